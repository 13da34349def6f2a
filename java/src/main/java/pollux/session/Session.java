package pollux.session;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One visitor's entries: names and values, both byte strings, bounded in number and size. A session belongs to its
 * store, which is told of changes by {@link SessionStore#save}.
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
    long usedMs;

    Session(String id, long nowMs) {
        this.id = id;
        this.usedMs = nowMs;
    }

    /** The id that the cookie carries: 32 hexadecimal digits. */
    public String id() {
        return id;
    }

    /** The entries, by name: lower-case letters, digits and underscores. */
    public Map<String, String> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /** An entry's value, or {@code null}. */
    public String get(String name) {
        return entries.get(name);
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
     * @return false when the name is none, or a bound would be passed: nothing has changed then
     */
    public boolean set(String name, String value) {
        if (!isName(name)) {
            return false;
        }
        String key = pollux.buffer.Ascii.lower(name);
        String old = entries.get(key);
        int grown = bytes + value.length() + (old == null ? key.length() : -old.length());
        if (grown > MAX_BYTES || (old == null && entries.size() == MAX_ENTRIES)) {
            return false;
        }
        entries.put(key, value);
        bytes = grown;
        return true;
    }

    /** Takes an entry away; an empty name takes all. */
    public void clear(String name) {
        if (name.isEmpty()) {
            entries.clear();
            bytes = 0;
            return;
        }
        String key = pollux.buffer.Ascii.lower(name);
        String old = entries.remove(key);
        if (old != null) {
            bytes -= key.length() + old.length();
        }
    }
}
