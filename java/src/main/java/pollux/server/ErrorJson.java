package pollux.server;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import pollux.config.ErrorLog;
import pollux.config.LogFormat;
import pollux.config.LogLine;
import pollux.posix.Processes;

/**
 * {@code error_log … format=json}: a line is one JSON object (RFC 8259) with {@code time}, {@code level}, {@code pid},
 * {@code tid}, {@code connection}, {@code message}, {@code client}, {@code server}, {@code request}, {@code host} and
 * {@code referrer}; what there is none of is left out. It is valid whatever clients send: UTF-8 stands as it is, as with nginx's
 * {@code escape=json}; a byte that is none stands as the character of that number, and a long value is cut.
 */
final class ErrorJson {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX", Locale.ROOT).withZone(ZoneId.systemDefault());

    /** Of a message and of a request line; a byte takes six at most, and all must fit into the longest line. */
    private static final int LONGEST = 4096;

    private static final int LONGEST_NAME = 512;

    private ErrorJson() {}

    /** Makes the line anew, without the line feed. */
    static void render(
            LogLine line,
            ErrorLog.Level level,
            int worker,
            long connection,
            String message,
            ErrorContext context,
            long nowMs) {
        StringBuilder text = new StringBuilder("{\"time\":\"");
        TIME.formatTo(Instant.ofEpochMilli(nowMs), text);
        text.append("\",\"level\":\"").append(level.text());
        text.append("\",\"pid\":").append(Processes.pid()).append(",\"tid\":").append(worker);
        if (connection > 0) {
            text.append(",\"connection\":").append(connection);
        }
        append(text, "message", message, LONGEST);
        append(text, "client", context.client(), LONGEST_NAME);
        append(text, "server", context.server(), LONGEST_NAME);
        append(text, "request", context.request(), LONGEST);
        append(text, "host", context.host(), LONGEST_NAME);
        append(text, "referrer", context.referrer(), LONGEST_NAME);
        line.begin(LogFormat.Escape.NONE);
        line.text(text.append('}').toString());
    }

    private static void append(StringBuilder text, String name, String value, int most) {
        if (value == null) {
            return;
        }
        text.append(",\"").append(name).append("\":\"");
        int length = Math.min(value.length(), most);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                text.append(c);
            } else {
                int sequence = utf8(value, i, length);
                if (sequence > 1) {
                    text.append(value, i, i + sequence);
                    i += sequence - 1;
                } else {
                    text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                }
            }
        }
        text.append('"');
    }

    /** How many bytes make the character beyond ASCII that begins at a place (RFC 3629 section 4); 0 when none does. */
    private static int utf8(String bytes, int at, int end) {
        int first = bytes.charAt(at);
        int length =
                first >= 0xc2 && first <= 0xdf ? 2 : first >> 4 == 0xe ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
        if (length == 0 || at + length > end) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if (bytes.charAt(at + i) >> 6 != 2) {
                return 0;
            }
        }
        int second = bytes.charAt(at + 1);
        // Not what could be shorter, no surrogate, nothing beyond U+10FFFF.
        boolean isWrong = (first == 0xe0 && second < 0xa0)
                || (first == 0xed && second > 0x9f)
                || (first == 0xf0 && second < 0x90)
                || (first == 0xf4 && second > 0x8f);
        return isWrong ? 0 : length;
    }
}
