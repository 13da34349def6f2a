package pollux.config;

/**
 * An address to listen on.
 *
 * @param kind its family
 * @param host the numeric host without brackets ({@code 0.0.0.0}, {@code ::1}), or the path of a Unix socket
 * @param port 1 to 65535; 0 for Unix sockets
 * @param wildcard whether the host stands for every address of its family
 * @param defaultServer whether {@code default_server} was written, here or for the same address elsewhere
 * @param options how the socket is set up
 */
public record Listen(Kind kind, String host, int port, boolean wildcard, boolean defaultServer, ListenOptions options) {
    /** The address's family. */
    public enum Kind {
        /** IPv4. */
        IPV4,
        /** IPv6. */
        IPV6,
        /** A Unix socket. */
        UNIX
    }

    /** The address in nginx's form: {@code 0.0.0.0:80}, {@code [::1]:80}, {@code unix:/path}. */
    public String text() {
        return switch (kind) {
            case IPV4 -> host + ":" + port;
            case IPV6 -> "[" + host + "]:" + port;
            case UNIX -> "unix:" + host;
        };
    }

    Listen with(boolean isDefault, ListenOptions newOptions) {
        return new Listen(kind, host, port, wildcard, isDefault, newOptions);
    }
}
