package pollux.config;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * From one charset to another, as {@code charset_map} says: from a charset of one byte a character, or from UTF-8 to one. ASCII
 * stays as it is. What the other charset lacks becomes a question mark, or coming from UTF-8 a character reference of HTML.
 */
public final class CharsetTable {
    private static final int ASCII = 0x80;

    /** Bytes of a character of UTF-8, at most. */
    private static final int LONGEST = 4;

    private final boolean fromUtf8;
    private final boolean sameLength;
    private final byte[][] bytes = new byte[256][];
    private final Map<Integer, Byte> codePoints = new HashMap<>();

    CharsetTable(boolean fromUtf8, boolean toUtf8) {
        this.fromUtf8 = fromUtf8;
        this.sameLength = !fromUtf8 && !toUtf8;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = new byte[] {(byte) (i < ASCII ? i : '?')};
        }
    }

    /** A byte becomes one, or a character of UTF-8. */
    void put(int from, byte[] to) {
        bytes[from] = to;
    }

    /** A character of UTF-8 becomes a byte. */
    void put(byte[] from, int to) {
        int[] end = new int[1];
        codePoints.put(decode(from, 0, end), (byte) to);
    }

    /** Whether what is converted is as long as before. */
    public boolean isSameLength() {
        return sameLength;
    }

    /** Converts content. */
    public byte[] convert(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 16);
        if (!fromUtf8) {
            for (byte b : text) {
                out.writeBytes(bytes[b & 0xff]);
            }
            return out.toByteArray();
        }
        int[] end = new int[1];
        for (int at = 0; at < text.length; at = end[0]) {
            int code = decode(text, at, end);
            if (code >= 0 && code < ASCII) {
                out.write(code);
            } else if (code < 0) {
                out.write('?');
            } else if (codePoints.containsKey(code)) {
                out.write(codePoints.get(code));
            } else {
                out.writeBytes(("&#" + code + ";").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
        }
        return out.toByteArray();
    }

    /**
     * Where a text can be cut, so that what is before and behind the cut can be converted apart.
     *
     * @return {@code text.length}, or the beginning of a character at its end that is not whole
     */
    public int wholeCharacters(byte[] text) {
        for (int at = text.length - 1; fromUtf8 && at >= Math.max(0, text.length - LONGEST + 1); at--) {
            int first = text[at] & 0xff;
            if (first >= 0xc2 && first < 0xf8) {
                return at + more(first) >= text.length ? at : text.length;
            }
        }
        return text.length;
    }

    /** How many bytes follow the first one of a character. */
    private static int more(int first) {
        return first >= 0xf0 && first < 0xf8 ? 3 : first >= 0xe0 ? 2 : 1;
    }

    /** The code point at an offset, or -1 where there is none; {@code end[0]}: where the next one begins. */
    private static int decode(byte[] text, int at, int[] end) {
        int first = text[at] & 0xff;
        end[0] = at + 1;
        if (first < ASCII) {
            return first;
        }
        int more = more(first);
        if (first < 0xc2 || first >= 0xf8 || at + more >= text.length) {
            return -1;
        }
        int code = first & (0x3f >> more);
        for (int i = 1; i <= more; i++) {
            int next = text[at + i] & 0xff;
            if ((next & 0xc0) != 0x80) {
                return -1;
            }
            code = code << 6 | (next & 0x3f);
        }
        end[0] = at + more + 1;
        return code;
    }
}
