package pollux.buffer;

/**
 * Remembers what byte strings meant, so that one which comes again is not worked out again and makes no new objects. Each
 * has one place, found by its hash; a newcomer takes the place of the one that was there. Memory is bounded whatever
 * clients send. Not safe between threads.
 *
 * @param <T> what a byte string means; never {@code null}
 */
public final class SpanCache<T> {
    private final byte[][] keys;
    private final Object[] values;
    private final int longest;

    /**
     * Makes an empty cache.
     *
     * @param places how many byte strings are remembered at most; a power of two
     * @param longest bytes; what is longer is not remembered
     */
    public SpanCache(int places, int longest) {
        if (Integer.bitCount(places) != 1) {
            throw new IllegalArgumentException(places + " is no power of two");
        }
        this.keys = new byte[places][];
        this.values = new Object[places];
        this.longest = longest;
    }

    /** What was remembered of these bytes, or {@code null}. */
    public T get(IoBuffer buffer, int offset, int length) {
        if (length > longest) {
            return null;
        }
        int place = place(buffer, offset, length);
        return isKey(keys[place], buffer, offset, length) ? value(place) : null;
    }

    /** Remembers what these bytes mean, unless they are too many. */
    public void put(IoBuffer buffer, int offset, int length, T value) {
        if (length <= longest) {
            int place = place(buffer, offset, length);
            byte[] key = new byte[length];
            buffer.copyTo(offset, key, 0, length);
            keys[place] = key;
            values[place] = value;
        }
    }

    private int place(IoBuffer buffer, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = hash * 31 + buffer.get(i);
        }
        return (hash ^ hash >>> 15) & keys.length - 1;
    }

    private static boolean isKey(byte[] key, IoBuffer buffer, int offset, int length) {
        if (key == null || key.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (key[i] != buffer.get(offset + i)) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked") // only put() writes here
    private T value(int place) {
        return (T) values[place];
    }
}
