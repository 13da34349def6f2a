package pollux.config;

/**
 * How a listening socket is set up.
 *
 * @param explicit whether any option was written: such an address gets a socket of its own even beside a wildcard
 * @param backlog the queue of connections that wait to be accepted; -1 for the system's choice
 * @param receiveBuffer bytes for {@code SO_RCVBUF}, or -1 to leave it
 * @param sendBuffer bytes for {@code SO_SNDBUF}, or -1 to leave it
 * @param reusePort whether each worker has a socket of its own ({@code SO_REUSEPORT})
 * @param ipv6Only whether an IPv6 wildcard leaves IPv4 alone
 * @param keepAlive whether TCP itself probes idle peers: {@code SO_KEEPALIVE}; {@code null} to leave it
 */
public record ListenOptions(
        boolean explicit,
        int backlog,
        int receiveBuffer,
        int sendBuffer,
        boolean reusePort,
        boolean ipv6Only,
        Boolean keepAlive) {
    /** nginx's own on Linux. */
    public static final int DEFAULT_BACKLOG = 511;

    /** What holds when nothing is written. */
    public static final ListenOptions DEFAULT = new ListenOptions(false, DEFAULT_BACKLOG, -1, -1, false, true, null);
}
