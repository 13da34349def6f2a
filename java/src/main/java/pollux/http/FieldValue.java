package pollux.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import pollux.buffer.Ascii;

/**
 * Field values of the shape {@code value; name=token; name="quoted string"} (RFC 9110 sections 5.6.6 and 8.3.1, RFC 6266,
 * RFC 8187), as Content-Type and Content-Disposition have them.
 */
public final class FieldValue {
    private FieldValue() {}

    /** What comes before the first semicolon, without blanks, in lower case: {@code multipart/form-data}. */
    public static String leading(String value) {
        int semicolon = value.indexOf(';');
        return Ascii.lower(trim(semicolon < 0 ? value : value.substring(0, semicolon)));
    }

    /**
     * The value of a parameter. In quoted strings {@code \"} and {@code \\} stand for the second character; any other
     * backslash stands for itself, because there are clients that send a Windows path unescaped.
     *
     * @param name in any case
     * @return {@code null} if there is none, if it is there twice, or if the parameters are malformed
     */
    public static String parameter(String value, String name) {
        String found = null;
        int at = next(value, 0);
        while (at < value.length()) {
            int equals = tokenEnd(value, at);
            if (equals == at || equals == value.length() || value.charAt(equals) != '=') {
                return null;
            }
            int from = equals + 1;
            boolean isQuoted = from < value.length() && value.charAt(from) == '"';
            int to = isQuoted ? quotedEnd(value, from) : tokenEnd(value, from);
            if (to <= from || !isParameterEnd(value, blanksEnd(value, to))) {
                return null;
            }
            if (Ascii.equalsIgnoreCase(value.substring(at, equals), name)) {
                if (found != null) {
                    return null;
                }
                found = isQuoted ? unquote(value, from + 1, to - 1) : value.substring(from, to);
            }
            at = next(value, to);
        }
        return found;
    }

    private static boolean isParameterEnd(String value, int at) {
        return at == value.length() || value.charAt(at) == ';';
    }

    /** Where the parameter behind the next semicolon begins; empty ones ({@code ; ;}) are passed over. */
    private static int next(String value, int from) {
        int at = value.indexOf(';', from);
        while (at >= 0 && at < value.length() && value.charAt(at) == ';') {
            at = blanksEnd(value, at + 1);
        }
        return at < 0 ? value.length() : at;
    }

    private static int blanksEnd(String value, int from) {
        int at = from;
        while (at < value.length() && (value.charAt(at) == ' ' || value.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static int tokenEnd(String value, int from) {
        int at = from;
        while (at < value.length() && Ascii.isToken(value.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Behind the closing quote of the quoted string at {@code from}, or -1. */
    private static int quotedEnd(String value, int from) {
        for (int at = from + 1; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (isEscape(value, at)) {
                at++;
            }
        }
        return -1;
    }

    private static boolean isEscape(String value, int at) {
        if (value.charAt(at) != '\\' || at + 1 == value.length()) {
            return false;
        }
        char next = value.charAt(at + 1);
        return next == '"' || next == '\\';
    }

    private static String unquote(String value, int from, int to) {
        StringBuilder out = new StringBuilder(to - from);
        for (int at = from; at < to; at++) {
            if (isEscape(value, at)) {
                at++;
            }
            out.append(value.charAt(at));
        }
        return out.toString();
    }

    static String trim(String text) {
        int from = blanksEnd(text, 0);
        int to = text.length();
        while (to > from && (text.charAt(to - 1) == ' ' || text.charAt(to - 1) == '\t')) {
            to--;
        }
        return text.substring(from, to);
    }

    /**
     * Decodes the value of an extended parameter such as {@code filename*} (RFC 8187): {@code UTF-8'en'na%C3%AFve.txt}.
     *
     * @return its UTF-8 bytes, one a char; {@code null} for another character set, or anything malformed
     */
    public static String extended(String value) {
        int first = value.indexOf('\'');
        int second = value.indexOf('\'', first + 1);
        if (second < 0 || !Ascii.equalsIgnoreCase(value.substring(0, first), "utf-8")) {
            return null;
        }
        for (int i = second + 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Ascii.isToken(c) || c == '*' || c == '\'') {
                return null;
            }
        }
        String text = RequestTarget.decode(value.substring(second + 1));
        return text == null || !isUtf8(text) ? null : text;
    }

    private static boolean isUtf8(String bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}
