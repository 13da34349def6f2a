package pollux.session;

/**
 * The sessions of one configuration place, bounded in number and age. Safe from several workers' threads. Time is an
 * argument, in milliseconds since 1970.
 */
public interface SessionStore extends AutoCloseable {
    /**
     * Finds a visitor's session, which counts as used now.
     *
     * @param id as the cookie has it, of any form
     * @return the session, or {@code null}: unknown, expired or not of an id's form. A client's id is never adopted
     */
    Session find(String id, long nowMs);

    /** Makes a session with a fresh random id; at the bound the one unused longest makes room. */
    Session create(long nowMs);

    /** Tells the store that a session's entries have changed. */
    void save(Session session, long nowMs);

    /** Forgets what has expired, and writes what changed to where it is kept, if anywhere. Called about once a second. */
    void tend(long nowMs);

    /** How many sessions there are. */
    int size();

    /** Writes what changed and lets go of any file. */
    @Override
    void close();
}
