package pollux.server;

import java.util.regex.Pattern;
import pollux.config.ErrorLog;
import pollux.http.FieldName;
import pollux.http.Method;
import pollux.http.RequestHead;
import pollux.http.RequestParser;
import pollux.http.RequestTarget;

/**
 * What the error log says of a request whose head is refused: nginx's words, at {@code info}. Nothing here decides
 * anything; who refused a head asks for the words afterwards.
 */
final class HeadComplaints {
    /** Of a line in the log, so that whom it is about has room behind it, as in nginx. */
    private static final int LONGEST = 1748;

    private static final Pattern WITH_AUTHORITY = Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]*://.*");
    private static final String HEX = "0123456789abcdef";

    private final HeadLog log;

    HeadComplaints(HeadLog log) {
        this.log = log;
    }

    /** What the parser refused, for what has come so far. */
    static String unparsed(RequestParser parser, RequestHead head) {
        return "client sent " + fault(parser, head);
    }

    private static String fault(RequestParser parser, RequestHead head) {
        return switch (parser.fault()) {
            case METHOD -> "invalid method";
            case REQUEST_LINE -> "invalid request";
            case VERSION -> "invalid version";
            case LONG_REQUEST_LINE -> "too long URI";
            case FIELD_LINE -> "invalid header line: \"" + brokenLine(parser, head) + "...\"";
            case LONG_FIELD_LINE -> "too long header line: \"" + line(parser, head) + "...\"";
            case MANY_FIELD_LINES -> "too many header lines";
        };
    }

    /** What there is of the line. */
    private static String line(RequestParser parser, RequestHead head) {
        int length = Math.min(parser.position() - parser.lineStart(), LONGEST);
        return length <= 0 ? "" : head.buffer().string(head.start() + parser.lineStart(), length);
    }

    private static String brokenLine(RequestParser parser, RequestHead head) {
        int broken = head.buffer().get(head.start() + parser.position());
        return line(parser, head) + "\\x" + HEX.charAt(broken >> 4 & 0xf) + HEX.charAt(broken & 0xf);
    }

    /** Content-Length or Transfer-Encoding cannot be trusted. */
    void framing(RequestHead head) {
        if (log.takes(ErrorLog.Level.INFO)) {
            log.ofHeaders(framingFault(head));
        }
    }

    private static String framingFault(RequestHead head) {
        int length = head.find(FieldName.CONTENT_LENGTH);
        int coding = head.find(FieldName.TRANSFER_ENCODING);
        int length2 = length < 0 ? -1 : head.next(FieldName.CONTENT_LENGTH, length);
        int coding2 = coding < 0 ? -1 : head.next(FieldName.TRANSFER_ENCODING, coding);
        if (length2 >= 0) {
            return "client sent duplicate header line: " + twice(head, length, length2);
        }
        if (coding2 >= 0) {
            return "client sent duplicate header line: " + twice(head, coding, coding2);
        }
        if (coding < 0) {
            return "client sent invalid \"Content-Length\" header";
        }
        if (head.version() < 11) {
            return "client sent HTTP/1.0 request with \"Transfer-Encoding\" header";
        }
        return length >= 0
                ? "client sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time"
                : "client sent unknown \"Transfer-Encoding\": \"" + head.value(coding) + '"';
    }

    private static String twice(RequestHead head, int first, int second) {
        return '"' + head.name(second) + ": " + head.value(second) + "\", previous value: \"" + head.name(first) + ": "
                + head.value(first) + '"';
    }

    /** The target is none, or leads out of the tree. */
    void target(RequestTarget target, String text) {
        if (log.takes(ErrorLog.Level.INFO)) {
            boolean isHost = target.form() == RequestTarget.Form.ABSOLUTE
                    && target.authority() == null
                    && WITH_AUTHORITY.matcher(text).matches();
            log.ofRequestLine(isHost ? "client sent invalid host in request line" : "client sent invalid request");
        }
    }

    /** Host is missing, or there are several, or it is invalid. */
    void host(RequestHead head) {
        if (log.takes(ErrorLog.Level.INFO)) {
            int first = head.find(FieldName.HOST);
            int second = first < 0 ? -1 : head.next(FieldName.HOST, first);
            log.ofHeaders(
                    first < 0
                            ? "client sent HTTP/1.1 request without \"Host\" header"
                            : second >= 0
                                    ? "client sent duplicate host header: " + twice(head, first, second)
                                    : "client sent invalid host header");
        }
    }

    /** Methods that nobody answers here. */
    void method(Method method) {
        if (method == Method.TRACE || method == Method.CONNECT) {
            log.ofHeaders("client sent " + method + " method");
        }
    }

    /** Field lines that are going to be dropped. */
    void unusual(RequestHead head, boolean underscoresAllowed) {
        if (!log.takes(ErrorLog.Level.INFO)) {
            return;
        }
        for (int i = 0; i < head.fieldCount(); i++) {
            if (head.isUnusual(i, underscoresAllowed)) {
                String line = head.name(i) + ": " + head.value(i);
                String shown = line.substring(0, Math.min(line.length(), LONGEST));
                log.ofHeaders("client sent invalid header line: \"" + shown + '"');
            }
        }
    }
}
