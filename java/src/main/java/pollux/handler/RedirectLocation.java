package pollux.handler;

import pollux.config.ClientSettings;
import pollux.http.RequestTarget;

/**
 * Makes the {@code Location} field: the one place that knows scheme, host and port rules (nginx's
 * {@code absolute_redirect}, {@code server_name_in_redirect}, {@code port_in_redirect}).
 */
public final class RedirectLocation {
    private static final int HTTP_PORT = 80;

    private RedirectLocation() {}

    /**
     * Sets the {@code Location} field of a response.
     *
     * @param target a path, escaped and with its query string, or a URL; a path is made absolute as configured
     */
    public static void set(Request request, Response response, String target) {
        response.remove("Location");
        response.add("Location", escapeControls(absolute(request, target)));
        response.redirectTarget(target);
    }

    /** Adds the {@code Location} field of a response, a URL that is left as it is. */
    public static void asWritten(Response response, String target) {
        response.add("Location", escapeControls(target));
        response.redirectTarget(target);
    }

    /**
     * Escapes control characters, which a variable of the request may have brought in: no field may have them (RFC 9110
     * section 5.5), and a path without them would be another one.
     */
    public static String escapeControls(String target) {
        StringBuilder escaped = null;
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            boolean isControl = c < ' ' || c == 0x7f;
            if (isControl && escaped == null) {
                escaped = new StringBuilder(target.length() + 16).append(target, 0, i);
            }
            if (isControl) {
                escaped.append(RequestTarget.encodeByte(c));
            } else if (escaped != null) {
                escaped.append(c);
            }
        }
        return escaped == null ? target : escaped.toString();
    }

    /**
     * The value of {@code Location} for a target.
     *
     * @param target what does not begin with a slash is left as it is
     */
    public static String absolute(Request request, String target) {
        ClientSettings client = request.location().client();
        String host = client.serverNameInRedirect() ? request.server().name() : host(request);
        // A Unix socket is nothing that a URL could name.
        boolean nameless = host.startsWith("unix:");
        if (!target.startsWith("/") || !client.absoluteRedirect() || nameless) {
            return target;
        }
        int port = client.portInRedirect() ? request.peer().localPort() : 0;
        String suffix = port == 0 || port == HTTP_PORT ? "" : ":" + port;
        return request.scheme() + "://" + host + suffix + target;
    }

    private static String host(Request request) {
        if (request.host() != null && !request.host().isEmpty()) {
            return request.host();
        }
        String address = request.peer().localAddress();
        boolean ipv6 = !address.startsWith("unix:") && address.indexOf(':') >= 0;
        return ipv6 ? "[" + address + "]" : address;
    }
}
