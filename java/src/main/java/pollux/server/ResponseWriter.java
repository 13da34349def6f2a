package pollux.server;

import java.util.List;
import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;
import pollux.config.ClientSettings;
import pollux.config.ClientSettings.ServerTokens;
import pollux.handler.CachedFile;
import pollux.handler.Product;
import pollux.handler.Request;
import pollux.handler.Response;
import pollux.http.DateText;
import pollux.http.ResponseHead;

/**
 * Renders the head of a response: the handler's fields, and those that frame the message or belong to the connection. A
 * worker has one; it keeps the dates that it has written last.
 */
final class ResponseWriter {
    /** Content without an announced length, which the end of the connection delimits; or no content at all. */
    static final long NO_LENGTH = -1;

    /** Content in chunks. */
    static final long CHUNKED = -2;

    /** What stands before the date of a usual head, but for the product. */
    private static final int BEFORE_DATE = "HTTP/1.1 200 OK\r\nServer: \r\nDate: ".length();

    private static final byte[] NAME_ONLY = ResponseHead.render("Server", Product.NAME);
    private static final byte[] NAME_AND_VERSION = ResponseHead.render("Server", Product.NAME_AND_VERSION);
    private static final byte[] KEEP_ALIVE = ResponseHead.render("Connection", "keep-alive");
    private static final byte[] CLOSE = ResponseHead.render("Connection", "close");

    private final DateText date = new DateText();
    private final DateText lastModified = new DateText();

    /**
     * Appends the head.
     *
     * @param delimiting the length of the content, {@link #NO_LENGTH} or {@link #CHUNKED}
     * @param persistent whether another request may follow on the connection
     * @return false when there is no room: the fields are more than a buffer takes
     */
    boolean head(IoBuffer out, Request request, Response response, long delimiting, boolean persistent) {
        ClientSettings client = request.location().client();
        int status = response.status();
        int begin = out.end();
        boolean begun = response.reason() == null
                ? ResponseHead.begin(out, status)
                : ResponseHead.begin(out, status, response.reason());
        boolean fits = begun
                && ResponseHead.line(out, client.serverTokens() == ServerTokens.OFF ? NAME_ONLY : NAME_AND_VERSION)
                && ResponseHead.date(out, "Date", date.at(request.nowMs() / 1000))
                && content(out, request, response, delimiting)
                && connection(out, client, persistent)
                && (response.entityTag() == null || ResponseHead.field(out, "ETag", response.entityTag()))
                && fields(out, response.fields())
                && ResponseHead.end(out);
        if (!fits) {
            out.region(out.start(), begin);
        }
        return fits;
    }

    /**
     * Appends the usual head of a file, if it has been rendered for this location before: only its date is new.
     *
     * @return false when there is none yet, or no room
     */
    boolean usualHead(IoBuffer out, Request request, CachedFile file, boolean persistent) {
        byte[] head = file.head(request.location(), persistent);
        if (head == null || out.room() < head.length) {
            return false;
        }
        int begin = out.end();
        out.put(head, 0, head.length);
        int datePosition = BEFORE_DATE
                + product(request.location().client().serverTokens()).length();
        out.set(begin + datePosition, date.at(request.nowMs() / 1000));
        return true;
    }

    /** Keeps what {@link #head} has appended behind {@code begin} for {@link #usualHead}. */
    static void keepUsual(IoBuffer out, int begin, Request request, CachedFile file, boolean persistent) {
        byte[] head = new byte[out.end() - begin];
        out.copyTo(begin, head, 0, head.length);
        file.head(request.location(), persistent, head);
    }

    private static String product(ServerTokens tokens) {
        return tokens == ServerTokens.OFF ? Product.NAME : Product.NAME_AND_VERSION;
    }

    private boolean content(IoBuffer out, Request request, Response response, long delimiting) {
        boolean fits = true;
        if (response.contentType() != null) {
            fits = ResponseHead.field(out, "Content-Type", response.contentType());
        }
        if (delimiting >= 0) {
            fits = fits && ResponseHead.field(out, "Content-Length", delimiting);
        }
        if (response.lastModified() >= 0 && isOfTarget(response.status())) {
            // RFC 9110 8.8.2.1: never later than Date, whatever the clock of a file's writer said.
            long changed = Math.min(response.lastModified(), request.nowMs() / 1000);
            fits = fits && ResponseHead.date(out, "Last-Modified", lastModified.at(changed));
        }
        int location = location(response.fields());
        if (location >= 0) {
            fits = fits && field(out, response.fields(), location);
        }
        if (delimiting == CHUNKED) {
            fits = fits && ResponseHead.field(out, "Transfer-Encoding", "chunked");
        }
        return fits;
    }

    /** As nginx: the time of an error page says nothing about what was asked for. */
    private static boolean isOfTarget(int status) {
        return status == 200 || status == 206 || status == 304;
    }

    private static boolean connection(IoBuffer out, ClientSettings client, boolean persistent) {
        if (!persistent) {
            return ResponseHead.line(out, CLOSE);
        }
        boolean fits = ResponseHead.line(out, KEEP_ALIVE);
        if (client.keepaliveHeaderSeconds() > 0) {
            fits = fits && ResponseHead.field(out, "Keep-Alive", "timeout=" + client.keepaliveHeaderSeconds());
        }
        return fits;
    }

    private static boolean fields(IoBuffer out, List<String> fields) {
        int written = location(fields);
        for (int i = 0; i < fields.size(); i += 2) {
            if (i != written && !field(out, fields, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean field(IoBuffer out, List<String> fields, int i) {
        return ResponseHead.field(out, fields.get(i), fields.get(i + 1));
    }

    /** Where {@code Location} stands; nginx sends it before the fields of the connection. -1: nowhere. */
    private static int location(List<String> fields) {
        for (int i = 0; i < fields.size(); i += 2) {
            if (Ascii.equalsIgnoreCase(fields.get(i), "Location")) {
                return i;
            }
        }
        return -1;
    }
}
