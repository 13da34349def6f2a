package pollux.server;

import java.util.List;
import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;
import pollux.config.ClientSettings;
import pollux.config.ClientSettings.ServerTokens;
import pollux.handler.Product;
import pollux.handler.Request;
import pollux.handler.Response;
import pollux.http.ResponseHead;
import pollux.http.Status;

/** Renders the head of a response: the handler's fields, and those that frame the message or belong to the connection. */
final class ResponseWriter {
    private ResponseWriter() {}

    /**
     * How the content of a response is delimited.
     *
     * @param length its length, -1 when it is not announced
     * @param chunked whether it is sent in chunks
     * @param persistent whether another request may follow on the connection
     */
    record Delimiting(long length, boolean chunked, boolean persistent) {}

    /**
     * Appends the head.
     *
     * @return false when there is no room: the fields are more than a buffer takes
     */
    static boolean head(IoBuffer out, Request request, Response response, Delimiting delimiting) {
        ClientSettings client = request.location().client();
        int status = response.status();
        int begin = out.end();
        String reason = response.reason() == null ? Status.reason(status) : response.reason();
        boolean fits = ResponseHead.begin(out, status, reason)
                && ResponseHead.field(out, "Server", product(client.serverTokens()))
                && ResponseHead.date(out, "Date", request.nowMs() / 1000)
                && content(out, response, delimiting)
                && connection(out, client, delimiting.persistent())
                && (response.entityTag() == null || ResponseHead.field(out, "ETag", response.entityTag()))
                && fields(out, response.fields())
                && ResponseHead.end(out);
        if (!fits) {
            out.region(out.start(), begin);
        }
        return fits;
    }

    private static String product(ServerTokens tokens) {
        return tokens == ServerTokens.OFF ? Product.NAME : Product.NAME_AND_VERSION;
    }

    private static boolean content(IoBuffer out, Response response, Delimiting delimiting) {
        boolean fits = true;
        if (response.contentType() != null) {
            fits = ResponseHead.field(out, "Content-Type", response.contentType());
        }
        if (delimiting.length() >= 0) {
            fits = fits && ResponseHead.field(out, "Content-Length", delimiting.length());
        }
        if (response.lastModified() >= 0 && isOfTarget(response.status())) {
            fits = fits && ResponseHead.date(out, "Last-Modified", response.lastModified());
        }
        int location = location(response.fields());
        if (location >= 0) {
            fits = fits && field(out, response.fields(), location);
        }
        if (delimiting.chunked()) {
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
            return ResponseHead.field(out, "Connection", "close");
        }
        boolean fits = ResponseHead.field(out, "Connection", "keep-alive");
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
