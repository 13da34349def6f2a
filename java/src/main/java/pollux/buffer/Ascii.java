package pollux.buffer;

/**
 * Comparing, classifying and converting bytes of protocol text, on spans of an {@link IoBuffer} and on byte strings.
 * Numbers are digits only, and overflow is checked before it happens: a wrong number is {@link #INVALID}, one that does
 * not fit is {@link #OVERFLOW}, never an exception.
 */
public final class Ascii {
    /** The answer for text that is not a number. */
    public static final long INVALID = -1;

    /** The answer for a number that does not fit into a {@code long}. */
    public static final long OVERFLOW = -2;

    private static final byte TOKEN = 1;
    private static final byte DIGIT = 2;
    private static final byte HEX = 4;
    private static final byte[] CLASS = classes();

    private Ascii() {}

    private static byte[] classes() {
        byte[] table = new byte[256];
        String tokens = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        mark(table, tokens, TOKEN);
        mark(table, "0123456789", DIGIT);
        mark(table, "0123456789abcdefABCDEF", HEX);
        return table;
    }

    private static void mark(byte[] table, String characters, byte bit) {
        for (int i = 0; i < characters.length(); i++) {
            table[characters.charAt(i)] |= bit;
        }
    }

    /** Whether a byte (0 to 255 or its signed form) is a {@code tchar} of RFC 9110 section 5.6.2. */
    public static boolean isToken(int b) {
        return (CLASS[b & 0xff] & TOKEN) != 0;
    }

    /** Whether a byte is a decimal digit. */
    public static boolean isDigit(int b) {
        return (CLASS[b & 0xff] & DIGIT) != 0;
    }

    /** Whether a byte is A to Z, a to z or 0 to 9. */
    public static boolean isAlphanumeric(int b) {
        int c = lower(b & 0xff);
        return (c >= 'a' && c <= 'z') || isDigit(c);
    }

    /** Whether a byte is a hexadecimal digit of either case. */
    public static boolean isHex(int b) {
        return (CLASS[b & 0xff] & HEX) != 0;
    }

    /** The value of a hexadecimal digit, or -1. */
    public static int hexValue(int b) {
        if (!isHex(b)) {
            return -1;
        }
        int c = b & 0xff;
        return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
    }

    /** The lower-case digit of a value 0 to 15. */
    public static int hexDigit(int value) {
        return value < 10 ? '0' + value : 'a' + value - 10;
    }

    /** The lower-case form of a byte; only A to Z change. */
    public static int lower(int b) {
        return b >= 'A' && b <= 'Z' ? b | 0x20 : b;
    }

    /** The lower-case form of a byte string; only A to Z change. */
    public static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') {
                return lowerFrom(text, i);
            }
        }
        return text;
    }

    private static String lowerFrom(String text, int first) {
        char[] chars = text.toCharArray();
        for (int i = first; i < chars.length; i++) {
            chars[i] = (char) lower(chars[i]);
        }
        return new String(chars);
    }

    /** Whether a span is, to the byte, the given text. */
    public static boolean equals(IoBuffer buffer, int offset, int length, String text) {
        if (length != text.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((buffer.get(offset + i) & 0xff) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a span is the given text, A to Z taken for a to z on both sides. */
    public static boolean equalsIgnoreCase(IoBuffer buffer, int offset, int length, String text) {
        if (length != text.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(buffer.get(offset + i) & 0xff) != lower(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether two byte strings are equal, A to Z taken for a to z. */
    public static boolean equalsIgnoreCase(String a, String b) {
        if (a.length() != b.length()) {
            return false;
        }
        for (int i = 0; i < a.length(); i++) {
            if (lower(a.charAt(i)) != lower(b.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The value of a span of decimal digits.
     *
     * @return 0 to {@link Long#MAX_VALUE}, {@link #INVALID} for an empty span or any other byte, or {@link #OVERFLOW}
     */
    public static long parseDecimal(IoBuffer buffer, int offset, int length) {
        long value = length == 0 ? INVALID : 0;
        for (int i = 0; i < length; i++) {
            int b = buffer.get(offset + i);
            if (!isDigit(b)) {
                return INVALID;
            }
            value = appendDigit(value, b - '0');
        }
        return value;
    }

    /**
     * The value of a byte string of decimal digits.
     *
     * @return 0 to {@link Long#MAX_VALUE}, {@link #INVALID} for an empty string or any other byte, or {@link #OVERFLOW}
     */
    public static long parseDecimal(String text) {
        long value = text.isEmpty() ? INVALID : 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return INVALID;
            }
            value = appendDigit(value, c - '0');
        }
        return value;
    }

    private static long appendDigit(long value, int digit) {
        if (value == OVERFLOW || value > (Long.MAX_VALUE - digit) / 10) {
            return OVERFLOW;
        }
        return value * 10 + digit;
    }

    /** Appends a number in decimal, without making a string. */
    public static void putDecimal(IoBuffer buffer, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        int end = buffer.end();
        buffer.extend(digits);
        long rest = value;
        for (int at = end + digits - 1; at >= end; at--) {
            buffer.set(at, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }
}
