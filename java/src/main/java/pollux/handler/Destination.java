package pollux.handler;

import pollux.buffer.Ascii;
import pollux.config.ErrorLog;
import pollux.config.FileSettings.DocumentRoot;
import pollux.http.FieldName;

/**
 * {@code Destination} of COPY and MOVE (RFC 4918 section 10.3), taken as nginx takes it: a path, or a URL of this very server.
 * What would lead out of the root is no destination.
 *
 * @param written the field's value
 * @param path decoded, without its query string
 * @param file what the path maps to in the location of the request, its final slash taken off
 */
record Destination(String written, String path, String file) {
    private static final String SCHEME = "http://";

    /** Whether it names a collection. */
    boolean isCollection() {
        return path.endsWith("/");
    }

    /** Reads the field; {@code null} when there is none that could be followed, and the log says why. */
    static Destination of(Request request) {
        String written = request.head().only(FieldName.DESTINATION);
        if (written == null) {
            request.log().error(ErrorLog.Level.ERROR, "client sent no \"Destination\" header");
            return null;
        }
        String target = onThisServer(request, written);
        if (target == null && isUrl(written)) {
            String elsewhere =
                    "\"Destination\" URI \"" + written + "\" is handled by different repository than the source URI";
            request.log().error(ErrorLog.Level.ERROR, elsewhere);
            return null;
        }
        String path = target == null ? null : decode(target);
        boolean unsafe = target != null && (path == null || !isInside(path));
        if (unsafe) {
            request.log().error(ErrorLog.Level.ERROR, "unsafe URI \"" + target + "\" was detected");
        }
        if (path == null || unsafe || !isUnderAlias(request, path)) {
            request.log()
                    .error(ErrorLog.Level.ERROR, "client sent invalid \"Destination\" header: \"" + written + "\"");
            return null;
        }
        String file = request.filename(path);
        boolean slashed = file.length() > 1 && file.endsWith("/");
        return new Destination(written, path, slashed ? file.substring(0, file.length() - 1) : file);
    }

    private static boolean isUrl(String written) {
        return written.startsWith(SCHEME) && written.indexOf('/', SCHEME.length()) > 0;
    }

    /** The path and what follows it; as nginx, the port of a URL is not looked at. */
    private static String onThisServer(Request request, String written) {
        if (written.startsWith("/")) {
            return written;
        }
        String host = request.host();
        int hostEnd = host == null ? -1 : SCHEME.length() + host.length();
        boolean isOurs = host != null
                && written.length() > hostEnd
                && written.startsWith(SCHEME)
                && Ascii.equalsIgnoreCase(written.substring(SCHEME.length(), hostEnd), host)
                && (written.charAt(hostEnd) == '/' || written.charAt(hostEnd) == ':');
        int slash = isOurs ? written.indexOf('/', hostEnd) : -1;
        return slash < 0 ? null : written.substring(slash);
    }

    /** {@code null} for an escape that is none, and for a NUL. */
    private static String decode(String target) {
        int mark = target.indexOf('?');
        String raw = mark < 0 ? target : target.substring(0, mark);
        StringBuilder path = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            int b = raw.charAt(i);
            if (b == '%') {
                int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
                int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
                b = high < 0 || low < 0 ? 0 : high << 4 | low;
                i += 2;
            }
            if (b == 0) {
                return null;
            }
            path.append((char) b);
        }
        return path.toString();
    }

    /** Whether no segment climbs. */
    private static boolean isInside(String path) {
        return !(path + "/").contains("/../");
    }

    /** An alias stands for the beginning of the path: another beginning would be cut as if it were that one. */
    private static boolean isUnderAlias(Request request, String path) {
        DocumentRoot root = request.location().files().root();
        return !root.alias()
                || (root.replaced() >= 0
                        && path.length() >= root.replaced()
                        && path.startsWith(request.location().pattern()));
    }
}
