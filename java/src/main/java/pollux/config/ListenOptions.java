package pollux.config;

/**
 * How a listening socket is set up, and what its connections begin with. See nginx's page on {@code listen}.
 *
 * @param explicit whether any option of the socket was written: such an address gets a socket of its own even beside a
 *     wildcard
 * @param backlog the queue of connections that wait to be accepted
 * @param receiveBuffer bytes for {@code SO_RCVBUF}, or -1 to leave it
 * @param sendBuffer bytes for {@code SO_SNDBUF}, or -1 to leave it
 * @param reusePort whether each worker has a socket of its own ({@code SO_REUSEPORT})
 * @param ipv6Only whether an IPv6 wildcard leaves IPv4 alone
 * @param keepAlive whether TCP itself probes idle peers; {@code null} to leave it
 * @param deferred whether connections are accepted only when there is something to read ({@code TCP_DEFER_ACCEPT})
 * @param fastOpen how many connections may wait that began with data ({@code TCP_FASTOPEN}); -1 to leave it
 * @param proxyProtocol whether connections begin with a header of the PROXY protocol; no option of the socket
 */
public record ListenOptions(
        boolean explicit,
        int backlog,
        int receiveBuffer,
        int sendBuffer,
        boolean reusePort,
        boolean ipv6Only,
        KeepAlive keepAlive,
        boolean deferred,
        int fastOpen,
        boolean proxyProtocol) {
    /**
     * {@code SO_KEEPALIVE}.
     *
     * @param on whether it is switched on or off
     * @param idleSeconds before the first probe; 0 for the system's own
     * @param intervalSeconds between two probes; 0 for the system's own
     * @param probes how many; 0 for the system's own
     */
    public record KeepAlive(boolean on, int idleSeconds, int intervalSeconds, int probes) {}

    /** nginx's own on Linux. */
    public static final int DEFAULT_BACKLOG = 511;

    /** What holds when nothing is written. */
    public static final ListenOptions DEFAULT =
            new ListenOptions(false, DEFAULT_BACKLOG, -1, -1, false, true, null, false, -1, false);

    /** The same socket, its connections beginning with a header of the PROXY protocol or not. */
    ListenOptions withProxyProtocol(boolean begins) {
        return new ListenOptions(
                explicit,
                backlog,
                receiveBuffer,
                sendBuffer,
                reusePort,
                ipv6Only,
                keepAlive,
                deferred,
                fastOpen,
                begins);
    }
}
