package pollux.server;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pollux.handler.Peer;

/**
 * A request that {@code explain} is asked about: where it is sent to, and its head as a client would send it.
 *
 * @param host the host of the URL, without brackets; empty when the URL names none
 * @param port 1 to 65535; 0 for a Unix socket; -1 when the URL is a path alone
 * @param unix the path of a Unix socket, or {@code null}
 * @param from the client's numeric address without brackets, or {@code null} for one of this machine
 * @param head the bytes of the head, one a character
 */
public record Question(String host, int port, String unix, String from, String head) {
    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*)");
    private static final Pattern URL =
            Pattern.compile("http://(\\[[0-9A-Fa-f:.]+\\]|[^/?#:\\[\\]]+)(?::([0-9]*))?([/?][^#]*)?(?:#.*)?");
    private static final Pattern UNIX = Pattern.compile("http://unix:([^:]+)(?::(/[^#]*))?(?:#.*)?");
    private static final int DEFAULT_PORT = 80;
    private static final int MAX_PORT = 65535;

    /** Method, URL or header are none; the message says which and why. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /** From this machine. */
    public Question(String host, int port, String unix, String head) {
        this(host, port, unix, null, head);
    }

    /**
     * The same question of another client.
     *
     * @param address an IPv4 or IPv6 address, without brackets
     * @throws RefusedException when it is none, or the question goes to a Unix socket
     */
    public Question from(String address) throws RefusedException {
        if (unix != null) {
            throw new RefusedException(
                    "option \"--from\" does not go with a Unix socket, whose clients have no address");
        }
        if (!Peer.isAddress(address)) {
            throw new RefusedException("invalid address \"" + address + "\": it is as 192.0.2.1 or 2001:db8::1");
        }
        return new Question(host, port, null, address, head);
    }

    /**
     * Makes the head of a request by HTTP/1.1. Its {@code Host} is that of the URL unless a header says another.
     *
     * @param method any token
     * @param url {@code http://host[:port]/path}, {@code http://unix:socket:/path}, a path that goes to the first address of
     *     the configuration, or {@code *}
     * @param headers {@code Name: value} each
     * @throws RefusedException when one of them is none
     */
    public static Question of(String method, String url, List<String> headers) throws RefusedException {
        if (!METHOD.matcher(method).matches()) {
            throw new RefusedException("invalid method \"" + method + "\"");
        }
        if (url.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new RefusedException(
                    "invalid URL \"" + url + "\": spaces and controls are written as %20 and the like");
        }
        if (url.startsWith("/") || url.equals("*")) {
            int fragment = url.indexOf('#');
            return new Question(
                    "", -1, null, head(method, fragment < 0 ? url : url.substring(0, fragment), "localhost", headers));
        }
        if (url.startsWith("https://")) {
            throw new RefusedException("invalid URL \"" + url + "\": there is no TLS here, only http://");
        }
        Matcher unix = UNIX.matcher(url);
        if (unix.matches()) {
            String target = unix.group(2) == null ? "/" : unix.group(2);
            return new Question("", 0, unix.group(1), head(method, target, "localhost", headers));
        }
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new RefusedException(
                    "invalid URL \"" + url + "\": it is http://host[:port]/path, http://unix:socket:/path or /path");
        }
        return ofHttp(method, url, parts, headers);
    }

    private static Question ofHttp(String method, String url, Matcher parts, List<String> headers)
            throws RefusedException {
        String host = parts.group(1);
        int port = port(parts.group(2));
        if (port < 0) {
            throw new RefusedException("invalid port in URL \"" + url + "\"");
        }
        String target = parts.group(3) == null ? "/" : parts.group(3);
        target = target.startsWith("?") ? "/" + target : target;
        String name = port == DEFAULT_PORT ? host : host + ":" + port;
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Question(bare, port, null, head(method, target, name, headers));
    }

    /** -1 for what is no port. */
    private static int port(String digits) {
        if (digits == null || digits.isEmpty()) {
            return DEFAULT_PORT;
        }
        int port = 0;
        for (int i = 0; i < digits.length() && port <= MAX_PORT; i++) {
            port = port * 10 + digits.charAt(i) - '0';
        }
        return port == 0 || port > MAX_PORT ? -1 : port;
    }

    private static String head(String method, String target, String host, List<String> headers)
            throws RefusedException {
        StringBuilder lines = new StringBuilder();
        boolean named = false;
        for (String header : headers) {
            Matcher parts = HEADER.matcher(header);
            if (!parts.matches()) {
                throw new RefusedException("invalid header \"" + header + "\": it is \"Name: value\"");
            }
            named |= parts.group(1).equalsIgnoreCase("Host");
            lines.append(parts.group(1)).append(": ").append(parts.group(2)).append("\r\n");
        }
        String hostLine = named ? "" : "Host: " + host + "\r\n";
        return method + " " + target + " HTTP/1.1\r\n" + hostLine + lines + "\r\n";
    }
}
