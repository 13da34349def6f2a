package pollux.session;

/**
 * The sessions of one configuration place, bounded in number and age. Safe from several workers' threads. Time is an
 * argument, in milliseconds since 1970.
 */
public interface SessionStore extends AutoCloseable {
    /**
     * Opens a store.
     *
     * @param file where sessions are kept across a restart, or {@code null} for memory alone. One file has one store: two
     *     would overwrite each other's
     * @param timeoutMs how long a session is kept after its last use, at least 1
     * @param max how many are kept at once, at least 1
     */
    static SessionStore open(String file, long timeoutMs, int max) {
        MemorySessionStore memory = new MemorySessionStore(timeoutMs, max);
        return file == null ? memory : new FileSessionStore(file, memory);
    }

    /**
     * Finds a visitor's session, which counts as used now.
     *
     * @param id as the cookie has it, of any form
     * @return the session, or {@code null}: unknown, expired or not of an id's form. A client's id is never adopted
     */
    Session find(String id, long nowMs);

    /** Makes a session with a fresh random id; at the bound the one unused longest makes room. */
    Session create(long nowMs);

    /** Tells the store that a session's entries have changed; a session that had to make room meanwhile stays away. */
    void save(Session session, long nowMs);

    /** Forgets what has expired, and writes what changed to where it is kept, if anywhere. Called about once a second. */
    void tend(long nowMs);

    /** How many sessions there are. */
    int size();

    /**
     * What has gone wrong since this was last asked: a line for the error log in nginx's words, or {@code null}. To be
     * asked after opening, after {@link #tend} and after {@link #close}: a store has no log of its own.
     */
    String takeWarning();

    /** Writes what changed and lets go of any file. */
    @Override
    void close();
}
