package pollux.config;

import java.util.List;

/**
 * A socket to open, and the addresses served by it. As in nginx, {@code *:80} beside {@code 127.0.0.1:80} is one socket:
 * which address a client came to is then asked of the connection.
 *
 * @param listen what to bind
 * @param hosts the addresses behind it, at least one; when the socket is a wildcard, its own comes last
 */
public record ListenSocket(Listen listen, List<VirtualHosts> hosts) {
    /** Whether the connection's own address must be known to choose the server blocks. */
    public boolean needsLocalAddress() {
        return hosts.size() > 1;
    }

    /**
     * The server blocks for the address that a client came to.
     *
     * @param localHost the numeric host of the connection's own end; not looked at unless {@link #needsLocalAddress()}
     */
    public VirtualHosts select(String localHost) {
        int last = hosts.size() - 1;
        for (int i = 0; i < last; i++) {
            VirtualHosts candidate = hosts.get(i);
            if (candidate.listen().host().equals(localHost)) {
                return candidate;
            }
        }
        return hosts.get(last);
    }
}
