package pollux.handler;

import java.util.List;
import pollux.buffer.Ascii;
import pollux.http.HttpDate;

/** The fields of the answer as variables have them: {@code $sent_http_name}, by what really goes out. */
final class SentFields {
    private SentFields() {}

    /**
     * The value of a field, several lines of it joined by {@code ", "}.
     *
     * @param name in lower case, {@code _} for {@code -}
     * @return {@code null} when there is no such field (yet); {@code Date} and {@code Server} are never told, as in nginx
     */
    static String value(Request request, String name) {
        Response response = request.response();
        Request.Progress progress = request.progress();
        return switch (name) {
            case "content_type" -> response.contentType();
            case "content_length" -> contentLength(response, progress);
            case "transfer_encoding" -> progress.sentLength() == Request.Progress.CHUNKED ? "chunked" : null;
            case "connection" -> progress.isPersistent() ? "keep-alive" : "close";
            case "keep_alive" -> keepAlive(request);
            case "last_modified" -> response.lastModified() < 0 ? null : HttpDate.format(response.lastModified());
            case "etag" -> response.entityTag();
            default -> joined(response.fields(), name);
        };
    }

    private static String contentLength(Response response, Request.Progress progress) {
        boolean isSent = progress.sentLength() != Request.Progress.NOT_YET;
        long length = isSent ? progress.sentLength() : response.content().length();
        return length < 0 ? null : Long.toString(length);
    }

    private static String keepAlive(Request request) {
        long seconds = request.location().client().keepaliveHeaderSeconds();
        return seconds > 0 && request.progress().isPersistent() ? "timeout=" + seconds : null;
    }

    static String joined(List<String> fields, String name) {
        String value = null;
        for (int i = 0; i < fields.size(); i += 2) {
            if (isNamed(fields.get(i), name)) {
                value = value == null ? fields.get(i + 1) : value + ", " + fields.get(i + 1);
            }
        }
        return value;
    }

    private static boolean isNamed(String field, String name) {
        if (field.length() != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            int b = Ascii.lower(field.charAt(i));
            if (b != name.charAt(i) && (b != '-' || name.charAt(i) != '_')) {
                return false;
            }
        }
        return true;
    }
}
