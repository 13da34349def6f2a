package pollux.config;

import java.util.Map;

/** What stands behind a backslash, in a character class or outside: PCRE2's escapes, and their errors. */
final class RegexEscape {
    /** The escape stands for several characters. */
    static final int SET = -1;

    /** The escape stands for nothing, or for a place. */
    static final int NOTHING = -2;

    private static final int MAX_BYTE = 0xff;
    private static final String NO_CASE_CHANGE = "PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u";

    /** Java's own {@code \b} counts letters beyond ASCII as parts of words. */
    private static final Map<Character, String> PLACES = Map.of(
            'b', "(?:(?<!\\w)(?=\\w)|(?<=\\w)(?!\\w))",
            'B', "(?:(?<!\\w)(?!\\w)|(?<=\\w)(?=\\w))",
            'A', "\\A",
            'z', "\\z",
            'Z', "\\Z",
            'G', "\\G");

    private static final Map<Character, Integer> CONTROLS =
            Map.of('a', 0x07, 'e', 0x1b, 'f', 0x0c, 'n', 0x0a, 'r', 0x0d, 't', 0x09);

    private final RegexText text;

    RegexEscape(RegexText text) {
        this.text = text;
    }

    /** Reads one outside a class and writes it. */
    int outside() throws RegexText.RefusedException {
        char c = text.peek(1);
        if (PLACES.containsKey(c)) {
            text.skip(2);
            text.write(PLACES.get(c));
            return NOTHING;
        }
        switch (c) {
            case 'K', 'C' -> throw text.lacks("\\" + c);
            case 'R', 'X' -> {
                text.write(text.take(text.at() + 2));
                return SET;
            }
            case 'N' -> {
                text.skip(2);
                if (text.startsWith("{U+")) {
                    throw text.refuse("\\N{U+dddd} is supported only in Unicode (UTF) mode", text.at());
                }
                if (text.peek(0) == '{' && !Character.isDigit(text.peek(1))) {
                    throw text.refuse(NO_CASE_CHANGE, text.at());
                }
                text.write("[^\\n]");
                return SET;
            }
            default -> {}
        }
        return written(code());
    }

    /** Whether the digits behind the backslash are a group's number rather than an octal one. */
    boolean isReference(int groups) {
        char c = text.peek(1);
        if (c < '1' || c > '9') {
            return false;
        }
        int number = c - '0';
        for (int i = 2; Character.isDigit(text.peek(i)) && number <= MAX_BYTE; i++) {
            number = number * 10 + text.peek(i) - '0';
        }
        return number < 10 || c >= '8' || number <= groups;
    }

    private int written(int code) {
        if (code >= 0) {
            text.writeLiteral(code);
        }
        return code;
    }

    /** Reads one in a class: a character, which is not written yet, or a set, which is. */
    int inClass() throws RegexText.RefusedException {
        char c = text.peek(1);
        switch (c) {
            case 'b' -> {
                text.skip(2);
                return '\b';
            }
            case 'N' -> throw text.refuse("\\N is not supported in a class", text.at() + 2);
            case 'A', 'B', 'C', 'G', 'K', 'R', 'X', 'Z', 'z', 'g', 'k' ->
                throw text.refuse("escape sequence is invalid in character class", text.at() + 1);
            default -> {
                return code();
            }
        }
    }

    private int code() throws RegexText.RefusedException {
        if (text.isEnd(1)) {
            throw text.refuse("\\ at end of pattern", text.length());
        }
        char c = text.peek(1);
        if (CONTROLS.containsKey(c)) {
            text.skip(2);
            return CONTROLS.get(c);
        }
        switch (c) {
            case 'E' -> {
                text.skip(2);
                return NOTHING;
            }
            case 'd', 'D', 'h', 'H', 's', 'S', 'v', 'V', 'w', 'W' -> {
                text.write(text.take(text.at() + 2));
                return SET;
            }
            case 'p', 'P' -> {
                return property();
            }
            case 'c' -> {
                return control();
            }
            case 'x' -> {
                return hexadecimal();
            }
            case 'o' -> {
                return octalInBraces();
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                return octal();
            }
            case 'F', 'L', 'l', 'U', 'u' -> throw text.refuse(NO_CASE_CHANGE, text.at() + 2);
            default -> {
                boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                if (isLetter) {
                    throw text.refuse("unrecognized character follows \\", text.at() + 1);
                }
                text.skip(2);
                return c;
            }
        }
    }

    /** General categories alone: scripts are named otherwise in Java, and are not in bytes. */
    private int property() throws RegexText.RefusedException {
        int start = text.at();
        int end = text.peek(2) == '{' ? text.indexOf("}") + 1 : start + 3;
        if (end <= 0 || end > text.length()) {
            throw text.refuse("malformed \\P or \\p sequence", text.length());
        }
        String property = text.take(end);
        String name = property.replaceAll("[\\\\{}]", "").substring(1);
        if (!name.matches("C[cfnos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?")) {
            throw text.lacks(property);
        }
        text.write(property);
        return SET;
    }

    private int control() throws RegexText.RefusedException {
        if (text.isEnd(2)) {
            throw text.refuse("\\c at end of pattern", text.length());
        }
        char c = text.peek(2);
        if (c < ' ' || c > '~') {
            throw text.refuse("\\c must be followed by a printable ASCII character", text.at() + 2);
        }
        text.skip(3);
        return Character.toUpperCase(c) ^ 0x40;
    }

    private int hexadecimal() throws RegexText.RefusedException {
        text.skip(2);
        if (text.peek(0) == '{') {
            text.skip(1);
            return inBraces(16, "non-hex character in \\x{} (closing brace missing?)");
        }
        int value = 0;
        for (int i = 0; i < 2 && Character.digit(text.peek(0), 16) >= 0; i++) {
            value = value * 16 + Character.digit(text.peek(0), 16);
            text.skip(1);
        }
        return value;
    }

    private int octalInBraces() throws RegexText.RefusedException {
        text.skip(2);
        if (text.peek(0) != '{') {
            throw text.refuse("missing opening brace after \\o", text.at());
        }
        text.skip(1);
        return inBraces(8, "non-octal character in \\o{} (closing brace missing?)");
    }

    private int inBraces(int radix, String complaint) throws RegexText.RefusedException {
        if (text.peek(0) == '}') {
            throw text.refuse("digits missing in \\x{} or \\o{} or \\N{U+}", text.at());
        }
        int value = 0;
        while (Character.digit(text.peek(0), radix) >= 0) {
            value = Math.min(value * radix + Character.digit(text.peek(0), radix), MAX_BYTE + 1);
            text.skip(1);
        }
        if (value > MAX_BYTE) {
            throw text.refuse("character code point value in \\x{} or \\o{} is too large", text.at());
        }
        if (text.peek(0) != '}') {
            throw text.refuse(complaint, text.isEnd() ? text.at() - 1 : text.at());
        }
        text.skip(1);
        return value;
    }

    private int octal() throws RegexText.RefusedException {
        text.skip(1);
        int value = 0;
        for (int i = 0; i < 3 && Character.digit(text.peek(0), 8) >= 0; i++) {
            value = value * 8 + Character.digit(text.peek(0), 8);
            text.skip(1);
        }
        if (value > MAX_BYTE) {
            throw text.refuse("octal value is greater than \\377 in 8-bit non-UTF-8 mode", text.at());
        }
        return value;
    }
}
