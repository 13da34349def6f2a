package pollux.http;

import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;
import pollux.buffer.SpanCache;

/**
 * Takes a request target apart (RFC 9112 section 3.2): its form, the path decoded once and normalised, the query as it was
 * sent. The object belongs to one connection; a target that has been asked for before, by whomever, is not worked out again,
 * so that repeated requests make no new strings.
 *
 * <p>Decoding comes first, then normalising, as in nginx: {@code %2e%2e} climbs and {@code %2f} separates, {@code %3f} and
 * {@code %23} are plain characters of a name, and {@code %252e} is decoded to {@code %2e} and no further. A {@code #} ends the
 * path, and a query; what is behind it is dropped.
 */
public final class RequestTarget {
    /** The forms of a request target. */
    public enum Form {
        /** {@code /path?query} */
        ORIGIN,
        /** {@code http://host/path?query} */
        ABSOLUTE,
        /** {@code *}, for OPTIONS only */
        ASTERISK,
        /** {@code host:port}, for CONNECT only */
        AUTHORITY
    }

    private static final String SCHEME = "http";

    /** What a target was found to be; {@code status} is 0, or what it is refused with. */
    private record Parts(
            int status, boolean merged, Form form, String raw, String path, String args, HostName authority) {
        Parts refused(int with) {
            return new Parts(with, merged, form, raw, "", args, authority);
        }
    }

    /** Targets that have been taken apart, for all connections of one thread. */
    public static final class Memory {
        private static final int PLACES = 1024;
        private static final int LONGEST = 512;

        private final SpanCache<Parts> known = new SpanCache<>(PLACES, LONGEST);
    }

    private final boolean mergeSlashes;
    private final Memory memory;
    private Parts parts;

    /**
     * A target to be reused.
     *
     * @param mergeSlashes nginx's {@code merge_slashes}: adjoining slashes count as one
     * @param memory what is shared with others of the same thread
     */
    public RequestTarget(boolean mergeSlashes, Memory memory) {
        this.mergeSlashes = mergeSlashes;
        this.memory = memory;
        this.parts = new Parts(0, mergeSlashes, Form.ORIGIN, "", "", null, null);
    }

    /**
     * Parses a target that a {@link RequestParser} has found: no control characters, no spaces.
     *
     * @return 0; 400: not a target for this method, an invalid escape, {@code %00}, or a path that climbs above the root; or 421:
     *     a scheme other than {@code http}
     */
    public int parse(IoBuffer buffer, int offset, int length, Method method) {
        Parts known = memory.known.get(buffer, offset, length);
        if (known != null && known.merged == mergeSlashes) {
            parts = known;
            return parts.status;
        }
        parts = takeApart(buffer.string(offset, length), method);
        // What the other forms mean depends on the method.
        if (parts.form == Form.ORIGIN) {
            memory.known.put(buffer, offset, length, parts);
        }
        return parts.status;
    }

    /** {@link #parse(IoBuffer, int, int, Method)} for a string, such as a program's local redirect. */
    public int parse(String target, Method method) {
        parts = takeApart(target, method);
        return parts.status;
    }

    private Parts takeApart(String target, Method method) {
        if (target.startsWith("/")) {
            return split(Form.ORIGIN, target, null);
        }
        if (method == Method.CONNECT) {
            HostName authority = HostName.parse(target);
            int status = authority == null || authority.port() < 0 ? 400 : 0;
            return new Parts(status, mergeSlashes, Form.AUTHORITY, target, "", null, authority);
        }
        if (target.equals("*")) {
            int status = method == Method.OPTIONS ? 0 : 400;
            return new Parts(status, mergeSlashes, Form.ASTERISK, target, target, null, null);
        }
        return takeAbsoluteApart(target);
    }

    private Parts takeAbsoluteApart(String target) {
        int colon = schemeEnd(target);
        if (colon < 1 || !target.startsWith("://", colon)) {
            // Neither a path nor a scheme: it has no form at all, and is not remembered as one.
            return new Parts(400, mergeSlashes, Form.ABSOLUTE, target, "", null, null);
        }
        int from = colon + 3;
        int to = from;
        while (to < target.length() && target.charAt(to) != '/' && target.charAt(to) != '?') {
            to++;
        }
        HostName authority = HostName.parse(target.substring(from, to));
        if (authority == null) {
            return new Parts(400, mergeSlashes, Form.ABSOLUTE, target, "", null, null);
        }
        // nginx shows the target without scheme and authority.
        Parts parted = split(Form.ABSOLUTE, to == target.length() ? "/" : target.substring(to), authority);
        // RFC 9110 7.4: what is asked for by another scheme, https among them, is not to be had over this connection.
        boolean isOurs = Ascii.equalsIgnoreCase(target.substring(0, colon), SCHEME);
        return isOurs || parted.status != 0 ? parted : parted.refused(421);
    }

    private static int schemeEnd(String target) {
        int at = 0;
        while (at < target.length() && isSchemeCharacter(target.charAt(at), at == 0)) {
            at++;
        }
        return at;
    }

    private static boolean isSchemeCharacter(char c, boolean first) {
        return Ascii.isAlphanumeric(c) ? !first || !Ascii.isDigit(c) : !first && (c == '+' || c == '-' || c == '.');
    }

    private Parts split(Form form, String pathAndQuery, HostName authority) {
        int query = pathAndQuery.indexOf('?');
        int fragment = pathAndQuery.indexOf('#');
        int end = pathAndQuery.length();
        if (fragment >= 0) {
            end = fragment;
            query = query > fragment ? -1 : query;
        }
        String encoded = pathAndQuery.substring(0, query < 0 ? end : query);
        String args = query < 0 ? null : pathAndQuery.substring(query + 1, end);
        String path = clean(encoded);
        Parts found = new Parts(0, mergeSlashes, form, pathAndQuery, path, args, authority);
        return path == null ? found.refused(400) : found;
    }

    /** Decodes and normalises a path; {@code null} for one that is refused. */
    private String clean(String encoded) {
        String decoded = decode(encoded);
        if (decoded == null || decoded.indexOf('\0') >= 0) {
            return null;
        }
        return decoded.isEmpty() ? "/" : normalise(decoded, mergeSlashes);
    }

    /** The form of the target. */
    public Form form() {
        return parts.form;
    }

    /** The target as it was sent, of an absolute one path and query only: {@code $request_uri}. */
    public String raw() {
        return parts.raw;
    }

    /** The path, decoded and normalised, beginning with a slash; {@code *} or empty for the forms that have none. */
    public String path() {
        return parts.path;
    }

    /** What follows the first {@code ?}, as it was sent; {@code null} if there is no {@code ?}. */
    public String args() {
        return parts.args;
    }

    /** The authority of an absolute target, which wins over Host, or of CONNECT; else {@code null}. */
    public HostName authority() {
        return parts.authority;
    }

    /** The host of {@link #authority()}, or {@code null}. */
    public String host() {
        return authority() == null ? null : authority().host();
    }

    /** The port of {@link #authority()}, or -1. */
    public int port() {
        return authority() == null ? -1 : authority().port();
    }

    /**
     * Removes {@code .} and {@code ..} segments (RFC 3986 section 5.2.4) and, if asked, empty ones. Nothing is decoded.
     *
     * @param decoded a path that begins with a slash
     * @return the path, beginning with a slash; {@code null} if it climbs above the root, or begins with anything else
     */
    public static String normalise(String decoded, boolean mergeSlashes) {
        if (!decoded.startsWith("/")) {
            return null;
        }
        if (!decoded.contains("/.") && !(mergeSlashes && decoded.contains("//"))) {
            return decoded;
        }
        char[] out = new char[decoded.length()];
        int length = 1;
        out[0] = '/';
        int segment = 1; // where the current segment begins in out
        for (int i = 1; i <= decoded.length(); i++) {
            boolean isEnd = i == decoded.length();
            char c = isEnd ? '/' : decoded.charAt(i);
            if (c != '/') {
                out[length++] = c;
                continue;
            }
            int dots = dots(out, segment, length);
            if (dots == 2) {
                length = parent(out, segment);
                if (length < 0) {
                    return null;
                }
            } else if (dots == 1) {
                length = segment;
            } else if (!isEnd && !(mergeSlashes && length == segment)) {
                out[length++] = '/';
            }
            segment = length;
        }
        return new String(out, 0, length);
    }

    /** 1 for the segment {@code .}, 2 for {@code ..}, 0 for any other. */
    private static int dots(char[] out, int from, int to) {
        if (to - from > 2 || to == from || out[from] != '.') {
            return 0;
        }
        return to - from == 1 ? 1 : out[from + 1] == '.' ? 2 : 0;
    }

    /** Where the segment before the one at {@code segment} begins, or -1 at the root. */
    private static int parent(char[] out, int segment) {
        if (segment == 1) {
            return -1;
        }
        int at = segment - 1;
        while (out[at - 1] != '/') {
            at--;
        }
        return at;
    }

    /**
     * Decodes percent escapes, once.
     *
     * @return {@code null} if a {@code %} is not followed by two hexadecimal digits
     */
    public static String decode(String encoded) {
        int percent = encoded.indexOf('%');
        if (percent < 0) {
            return encoded;
        }
        StringBuilder out = new StringBuilder(encoded.length()).append(encoded, 0, percent);
        for (int i = percent; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            if (i + 2 >= encoded.length()) {
                return null;
            }
            int high = Ascii.hexValue(encoded.charAt(i + 1));
            int low = Ascii.hexValue(encoded.charAt(i + 2));
            if (high < 0 || low < 0) {
                return null;
            }
            out.append((char) (high << 4 | low));
            i += 2;
        }
        return out.toString();
    }

    /** Escapes a decoded path for a Location field, or a link, as nginx does: what cannot stand in a path, and no more. */
    public static String encodePath(String path) {
        return encode(path, "/-._~!$&'()*+,:;=@[]");
    }

    /** Escapes one decoded segment for a link, as nginx's directory listing does: all but unreserved characters. */
    public static String encodeSegment(String segment) {
        return encode(segment, "-._~");
    }

    /** Escapes one byte, whichever it is. */
    public static String encodeByte(char c) {
        return "%" + hex(c >> 4) + hex(c);
    }

    private static String encode(String text, String unescaped) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Ascii.isAlphanumeric(c) && unescaped.indexOf(c) < 0) {
                out = out == null ? new StringBuilder(text.length() + 16).append(text, 0, i) : out;
                out.append('%').append(hex(c >> 4)).append(hex(c));
            } else if (out != null) {
                out.append(c);
            }
        }
        return out == null ? text : out.toString();
    }

    private static char hex(int value) {
        return "0123456789ABCDEF".charAt(value & 0xf);
    }
}
