package pollux.handler;

import pollux.config.ErrorLog;
import pollux.http.FieldName;

/** {@code Depth} (RFC 4918 section 10.2), as nginx's dav module reads it. */
final class Depth {
    private Depth() {}

    /** The field's value, or {@code null} when there is none; the log is told of one that is no depth at all. */
    static String of(Request request) {
        String depth = request.head().value(FieldName.DEPTH);
        if (depth != null && !depth.equals("0") && !depth.equals("1") && !depth.equals("infinity")) {
            request.log().error(ErrorLog.Level.ERROR, "client sent invalid \"Depth\" header: \"" + depth + "\"");
        }
        return depth;
    }
}
