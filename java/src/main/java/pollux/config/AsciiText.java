package pollux.config;

/**
 * Text where only ASCII has a meaning. Strings here are bytes: the JDK's own lower case would change the bytes of UTF-8
 * that look like capitals of ISO 8859-1.
 */
final class AsciiText {
    private AsciiText() {}

    /** The token of RFC 9110 section 5.6.2: methods, field names, cookie names. */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            boolean digit = c >= '0' && c <= '9';
            if (!letter && !digit && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** A to Z in lower case, every other byte unchanged. */
    static String lower(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] >= 'A' && chars[i] <= 'Z') {
                chars[i] = (char) (chars[i] | 0x20);
            }
        }
        return new String(chars);
    }
}
