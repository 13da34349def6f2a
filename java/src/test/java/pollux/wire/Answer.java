package pollux.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One response as it came, its content without the framing of chunks.
 *
 * @param head status line and fields, each with its CR LF, without the empty line; the value of {@code Date} is replaced by
 *     {@code <date>}
 * @param bytes the content
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Answer(String head, byte[] bytes) {
    /** What stands for the value of {@code Date}. */
    public static final String DATE = "<date>";

    /** Replaces the value of every {@code Date} line of a head, or of all heads in a text. */
    public static String withoutDate(String text) {
        return text.replaceAll(
                "\r\nDate: \\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n", "\r\nDate: " + DATE + "\r\n");
    }

    /** The status code. */
    public int status() {
        return (head.charAt(9) - '0') * 100 + (head.charAt(10) - '0') * 10 + (head.charAt(11) - '0');
    }

    /** The status line. */
    public String statusLine() {
        return head.substring(0, head.indexOf("\r\n"));
    }

    /** The values of a field, its lines in order; the name in any case. */
    public List<String> fields(String name) {
        String wanted = name.toLowerCase(Locale.ROOT) + ":";
        List<String> values = new ArrayList<>();
        for (String line : head.lines().toList()) {
            if (line.toLowerCase(Locale.ROOT).startsWith(wanted)) {
                values.add(line.substring(wanted.length()).strip());
            }
        }
        return values;
    }

    /** The value of a field that stands there once, or {@code null} when it does not stand there. */
    public String field(String name) {
        List<String> values = fields(name);
        if (values.size() > 1) {
            throw new AssertionError(name + " stands there " + values.size() + " times:\n" + head);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** The content, one byte a character. */
    public String content() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Head, empty line and content. */
    public String text() {
        return head + "\r\n" + content();
    }

    @Override
    public String toString() {
        return text();
    }
}
