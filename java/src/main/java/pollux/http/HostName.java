package pollux.http;

import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;
import pollux.buffer.SpanCache;

/**
 * The host and port of a Host field or of an authority (RFC 9110 section 7.2, RFC 3986 section 3.2.2).
 *
 * @param host in lower case; an IPv6 address in its brackets; one closing dot of a name dropped, as nginx does
 * @param port 0 to 65535, or -1 if none was given
 */
public record HostName(String host, int port) {
    /** Hosts that have been parsed, for all connections of one thread. */
    public static final class Memory {
        private static final int PLACES = 256;
        private static final int LONGEST = 128;

        private final SpanCache<HostName> known = new SpanCache<>(PLACES, LONGEST);

        private HostName parse(IoBuffer buffer, int offset, int length) {
            HostName name = known.get(buffer, offset, length);
            if (name == null) {
                name = HostName.parse(buffer.string(offset, length));
                if (name != null) {
                    known.put(buffer, offset, length, name);
                }
            }
            return name;
        }
    }

    /** No host was named, which HTTP/1.0 allows. */
    public static final HostName NONE = new HostName("", -1);

    private static final int INVALID_PORT = -2;
    private static final String NAME_EXTRA = "-._~!$&'()*+,;=";

    /**
     * The host that a request is for: that of an absolute target, else that of Host (RFC 9112 sections 3.2 and 3.3). Host is
     * checked even where the target wins.
     *
     * @param memory what is shared with other connections of the same thread
     * @return {@link #NONE} for HTTP/1.0 without a Host; {@code null} if the request must be refused with 400: HTTP/1.1 without
     *     Host, more than one of them, or an invalid one
     */
    public static HostName of(RequestHead head, RequestTarget target, Memory memory) {
        int field = head.find(FieldName.HOST);
        HostName named = NONE;
        if (field >= 0) {
            boolean isOnly = head.next(FieldName.HOST, field) < 0;
            named = isOnly ? memory.parse(head.buffer(), head.valueOffset(field), head.valueLength(field)) : null;
        } else if (head.version() > 10) {
            named = null;
        }
        return named == null || target.authority() == null ? named : target.authority();
    }

    /**
     * Parses {@code host [ ":" [ port ] ]}. Beyond the grammar, an empty name, empty labels ({@code a..b}) and ports over
     * 65535 are refused; user information, a path and a zone identifier are not part of a host at all.
     *
     * @return {@code null} if the text is no valid host
     */
    public static HostName parse(String text) {
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : hostEnd(text);
        if (end <= 0) {
            return null;
        }
        String host = Ascii.lower(text.substring(0, end));
        boolean valid = host.charAt(0) == '[' ? isLiteral(host) : isName(host);
        if (!valid || (end < text.length() && text.charAt(end) != ':')) {
            return null;
        }
        int port = end + 1 < text.length() ? port(text.substring(end + 1)) : -1;
        if (port == INVALID_PORT) {
            return null;
        }
        boolean dotted = host.endsWith(".");
        return new HostName(dotted ? host.substring(0, host.length() - 1) : host, port);
    }

    /** Host and port as Host would have them. */
    public String text() {
        return port < 0 ? host : host + ":" + port;
    }

    private static int port(String digits) {
        long port = Ascii.parseDecimal(digits);
        return port < 0 || port > 65535 ? INVALID_PORT : (int) port;
    }

    private static int hostEnd(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? text.length() : colon;
    }

    private static boolean isName(String host) {
        if (host.equals(".")) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '%') {
                if (i + 2 >= host.length() || !Ascii.isHex(host.charAt(i + 1)) || !Ascii.isHex(host.charAt(i + 2))) {
                    return false;
                }
            } else if (c == '.' && i > 0 && host.charAt(i - 1) == '.') {
                return false;
            } else if (!isNameCharacter(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNameCharacter(char c) {
        return Ascii.isAlphanumeric(c) || NAME_EXTRA.indexOf(c) >= 0;
    }

    private static boolean isLiteral(String bracketed) {
        String inside = bracketed.substring(1, bracketed.length() - 1);
        return inside.startsWith("v") ? isFutureAddress(inside) : isIpv6(inside);
    }

    /** "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" ) */
    private static boolean isFutureAddress(String text) {
        int dot = text.indexOf('.');
        if (dot < 2 || dot == text.length() - 1) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean good = i < dot ? Ascii.isHex(c) : i == dot || c == ':' || isNameCharacter(c);
            if (!good) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == 8;
        }
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after <= 7;
    }

    /** The number of 16-bit groups, an IPv4 address at the end counting for two; 0 for nothing, -1 for bad text. */
    private static int groups(String text, boolean mayEndInIpv4) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && mayEndInIpv4 && parts[i].indexOf('.') >= 0) {
                return isIpv4(parts[i]) ? parts.length + 1 : -1;
            }
            if (!isGroup(parts[i])) {
                return -1;
            }
        }
        return parts.length;
    }

    private static boolean isGroup(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Ascii.isHex(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 4;
    }

    private static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        for (String part : parts) {
            long value = Ascii.parseDecimal(part);
            if (value < 0 || value > 255 || (part.length() > 1 && part.charAt(0) == '0')) {
                return false;
            }
        }
        return parts.length == 4;
    }
}
