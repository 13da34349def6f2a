package pollux.session;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Sessions in memory, in the order of their last use: the first is the next to expire, and the one that makes room. Every
 * step is constant time under one lock; nothing waits while it is held.
 */
final class MemorySessionStore implements SessionStore {
    /** 128 random bits: nobody guesses one (OWASP asks for 64). */
    private static final int ID_BYTES = 16;

    private static final int ID_DIGITS = 2 * ID_BYTES;

    private final SecureRandom random = new SecureRandom();
    private final LinkedHashMap<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);
    private final long timeoutMs;
    private final int max;
    private long changes;
    private long uses;

    MemorySessionStore(long timeoutMs, int max) {
        if (timeoutMs < 1 || max < 1) {
            throw new IllegalArgumentException("timeout " + timeoutMs + " ms, max " + max);
        }
        this.timeoutMs = timeoutMs;
        this.max = max;
    }

    /** Whether a text has the form of an id: 32 lower-case hexadecimal digits. Anything else is not even looked up. */
    static boolean isId(String text) {
        boolean good = text.length() == ID_DIGITS;
        for (int i = 0; good && i < ID_DIGITS; i++) {
            char c = text.charAt(i);
            good = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        return good;
    }

    @Override
    public synchronized Session find(String id, long nowMs) {
        Session session = id == null || !isId(id) ? null : sessions.get(id);
        if (session == null) {
            return null;
        }
        if (isExpired(session, nowMs)) {
            sessions.remove(id);
            changes++;
            return null;
        }
        session.usedMs(nowMs);
        uses++;
        return session;
    }

    private boolean isExpired(Session session, long nowMs) {
        return nowMs - session.usedMs() > timeoutMs;
    }

    @Override
    public synchronized Session create(long nowMs) {
        byte[] bits = new byte[ID_BYTES];
        String id;
        do {
            random.nextBytes(bits);
            id = HexFormat.of().formatHex(bits);
        } while (sessions.containsKey(id));
        Session session = new Session(id, nowMs);
        adopt(session);
        return session;
    }

    /** Takes in what was kept in a file, the one unused longest first: before all that are here. */
    synchronized void adoptOlder(List<Session> older) {
        List<Session> newer = all();
        sessions.clear();
        older.forEach(this::adopt);
        newer.forEach(this::adopt);
    }

    /** Takes a session in as the one used last. */
    private synchronized void adopt(Session session) {
        sessions.put(session.id(), session);
        changes++;
        if (sessions.size() > max) {
            Iterator<Session> eldest = sessions.values().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    @Override
    public synchronized void save(Session session, long nowMs) {
        if (sessions.get(session.id()) == session) {
            session.usedMs(nowMs);
            changes++;
        }
    }

    @Override
    public synchronized void tend(long nowMs) {
        Iterator<Session> all = sessions.values().iterator();
        while (all.hasNext() && isExpired(all.next(), nowMs)) {
            all.remove();
            changes++;
        }
    }

    @Override
    public synchronized int size() {
        return sessions.size();
    }

    /** Counts every change of what is kept; mere use is none. */
    synchronized long changes() {
        return changes;
    }

    /** Counts every use of a session. */
    synchronized long uses() {
        return uses;
    }

    /** The sessions now, the one unused longest first. */
    synchronized List<Session> all() {
        return new ArrayList<>(sessions.values());
    }

    @Override
    public String takeWarning() {
        return null;
    }

    @Override
    public void close() {}
}
