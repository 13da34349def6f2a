package pollux.session;

import java.util.Map;
import java.util.TreeMap;
import pollux.buffer.Ascii;

/**
 * One visitor's entries: names and values, both byte strings, bounded in number and size. A session belongs to its
 * store, which is told of changes by {@link SessionStore#save}. Two requests of one visitor may be under way on two
 * workers at once, so every method here is safe from any thread.
 */
public final class Session {
    /** The most entries there may be. */
    public static final int MAX_ENTRIES = 64;

    /** The most bytes that names and values may have together. */
    public static final int MAX_BYTES = 16 * 1024;

    /** The most bytes of a name. */
    public static final int MAX_NAME = 64;

    private final String id;
    private final TreeMap<String, String> entries = new TreeMap<>();
    private int bytes;
    private long usedMs;

    Session(String id, long nowMs) {
        this.id = id;
        this.usedMs = nowMs;
    }

    /** The id that the cookie carries: 32 hexadecimal digits. */
    public String id() {
        return id;
    }

    /** The last use, in milliseconds since 1970. */
    synchronized long usedMs() {
        return usedMs;
    }

    /** Workers' clocks are read at different moments: time only moves forward. */
    synchronized void usedMs(long nowMs) {
        usedMs = Math.max(usedMs, nowMs);
    }

    /** The entries as they are now, a copy, by name: lower-case letters, digits and underscores, in order. */
    public synchronized Map<String, String> entries() {
        return new TreeMap<>(entries);
    }

    /** An entry's value, or {@code null}; the name in any case. */
    public synchronized String get(String name) {
        return entries.get(Ascii.lower(name));
    }

    /** Whether a name may be an entry's: letters, digits and underscores, not empty, not too long. */
    public static boolean isName(String name) {
        boolean good = !name.isEmpty() && name.length() <= MAX_NAME;
        for (int i = 0; good && i < name.length(); i++) {
            char c = name.charAt(i);
            good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        }
        return good;
    }

    /**
     * Sets an entry.
     *
     * @param name in any case: {@code Visits} and {@code visits} are one entry
     * @return false when the name is none, or a bound would be passed: nothing has changed then
     */
    public synchronized boolean set(String name, String value) {
        if (!isName(name)) {
            return false;
        }
        String key = Ascii.lower(name);
        String old = entries.get(key);
        // Compared without adding to the value's length first, which could overflow.
        int others = old == null ? bytes + key.length() : bytes - old.length();
        if (value.length() > MAX_BYTES - others || (old == null && entries.size() == MAX_ENTRIES)) {
            return false;
        }
        entries.put(key, value);
        bytes = others + value.length();
        return true;
    }

    /** Takes an entry away; an empty name takes all. */
    public synchronized void clear(String name) {
        if (name.isEmpty()) {
            entries.clear();
            bytes = 0;
            return;
        }
        String key = Ascii.lower(name);
        String old = entries.remove(key);
        if (old != null) {
            bytes -= key.length() + old.length();
        }
    }
}
