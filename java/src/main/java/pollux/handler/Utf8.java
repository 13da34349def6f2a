package pollux.handler;

/** Counts the characters of a byte string that holds UTF-8, for columns. */
final class Utf8 {
    private Utf8() {}

    /** The number of characters, or -1 when the bytes are not UTF-8 (RFC 3629). */
    static int length(String bytes) {
        int count = 0;
        for (int at = 0; at < bytes.length(); count++) {
            int size = size(bytes, at);
            if (size < 0) {
                return -1;
            }
            at += size;
        }
        return count;
    }

    /** The offset of character {@code index} of valid UTF-8 that has at least so many. */
    static int offset(String bytes, int index) {
        int at = 0;
        for (int i = 0; i < index; i++) {
            at += size(bytes, at);
        }
        return at;
    }

    /** The bytes of the character at an offset, or -1. */
    private static int size(String bytes, int at) {
        int first = bytes.charAt(at);
        int size = first < 0x80 ? 1 : first < 0xc2 ? -1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : -1;
        if (size < 0 || at + size > bytes.length()) {
            return -1;
        }
        int value = size == 1 ? first : first & (0x7f >> size);
        for (int i = at + 1; i < at + size; i++) {
            if ((bytes.charAt(i) & 0xc0) != 0x80) {
                return -1;
            }
            value = (value << 6) | (bytes.charAt(i) & 0x3f);
        }
        boolean isOverlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
        return isOverlong || value > 0x10ffff ? -1 : size;
    }
}
