package pollux.fault;

/** One way to use a server, good for any number of times. */
interface Exchange {
    /** What it is, for messages. */
    String name();

    /** Does it with no fault about; fails when anything is not as it should be. */
    void runWell(FaultyServer server);

    /** Does it when something may go wrong on the way; fails when the server lies, hangs or loses something. */
    void runFaulty(FaultyServer server);

    /** Does it when many things may go wrong at once: then a loss is none of the server's, only a lie is. */
    default void runInStorm(FaultyServer server) {
        runFaulty(server);
    }

    /** How many requests it makes. */
    int requests();
}
