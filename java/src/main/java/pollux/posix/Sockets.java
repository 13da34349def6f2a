package pollux.posix;

/**
 * Making and shaping sockets. Every answer is n or {@code -errno}; every socket is non-blocking and close-on-exec from
 * birth. Bytes are moved through {@code loop.Watch}, never from here.
 */
public final class Sockets {
    private static final int NONE = -1;
    private static final int SOCK_STREAM = Constants.of("SOCK_STREAM");
    private static final int SOCK_DGRAM = Constants.of("SOCK_DGRAM");
    private static final int SOL_SOCKET = Constants.of("SOL_SOCKET");
    private static final int SO_REUSEADDR = Constants.of("SO_REUSEADDR");
    private static final int SO_REUSEPORT = Constants.of("SO_REUSEPORT");
    private static final int SO_RCVBUF = Constants.of("SO_RCVBUF");
    private static final int SO_SNDBUF = Constants.of("SO_SNDBUF");
    private static final int IPPROTO_TCP = Constants.of("IPPROTO_TCP");
    private static final int TCP_NODELAY = Constants.of("TCP_NODELAY");
    private static final int IPPROTO_IPV6 = Constants.of("IPPROTO_IPV6");
    private static final int IPV6_V6ONLY = Constants.of("IPV6_V6ONLY");
    private static final int SO_KEEPALIVE = Constants.of("SO_KEEPALIVE");

    // Where a system lacks one of these, the option is left alone.
    private static final int TCP_KEEPIDLE = Constants.orElse("TCP_KEEPIDLE", NONE);
    private static final int TCP_KEEPINTVL = Constants.orElse("TCP_KEEPINTVL", NONE);
    private static final int TCP_KEEPCNT = Constants.orElse("TCP_KEEPCNT", NONE);
    private static final int TCP_DEFER_ACCEPT = Constants.orElse("TCP_DEFER_ACCEPT", NONE);
    private static final int TCP_FASTOPEN = Constants.orElse("TCP_FASTOPEN", NONE);
    private static final int SHUT_WR = Constants.of("SHUT_WR");

    private Sockets() {}

    /** A stream socket of the address's family. The caller owns the descriptor. */
    public static int stream(SocketAddress address) {
        return LibPollux.px_socket(address.domain(), SOCK_STREAM);
    }

    /** A datagram socket of the address's family. The caller owns the descriptor. */
    public static int datagram(SocketAddress address) {
        return LibPollux.px_socket(address.domain(), SOCK_DGRAM);
    }

    /** Binds a socket to an address. */
    public static int bind(int fd, SocketAddress address) {
        return LibPollux.px_bind(fd, address.address(), address.length());
    }

    /** Lets a socket accept connections. */
    public static int listen(int fd, int backlog) {
        return LibPollux.px_listen(fd, backlog);
    }

    /**
     * Accepts one connection.
     *
     * @param peer filled with the other side's address
     * @return a descriptor that the caller owns, or {@code -errno}
     */
    public static int accept(int fd, SocketAddress peer) {
        return LibPollux.px_accept(fd, peer.address());
    }

    /** Starts a connection; {@code -EINPROGRESS} is the usual answer for a non-blocking one. */
    public static int connect(int fd, SocketAddress address) {
        return LibPollux.px_connect(fd, address.address(), address.length());
    }

    /** Asks for a socket's own address. */
    public static int localAddress(int fd, SocketAddress address) {
        return LibPollux.px_getsockname(fd, address.address());
    }

    /** Lets a port be bound again while old connections to it linger. */
    public static int reuseAddress(int fd) {
        return LibPollux.px_setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    }

    /** Lets several sockets listen on one port; the system deals connections out among them. */
    public static int reusePort(int fd) {
        return LibPollux.px_setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, 1);
    }

    /** Sends small segments at once. */
    public static int noDelay(int fd) {
        return LibPollux.px_setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    }

    /** Keeps an IPv6 socket to IPv6, or lets it take IPv4 too. */
    public static int ipv6Only(int fd, boolean only) {
        return LibPollux.px_setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, only ? 1 : 0);
    }

    /** Sets the receive buffer in bytes. */
    public static int receiveBuffer(int fd, int bytes) {
        return LibPollux.px_setsockopt(fd, SOL_SOCKET, SO_RCVBUF, bytes);
    }

    /** Sets the send buffer in bytes. */
    public static int sendBuffer(int fd, int bytes) {
        return LibPollux.px_setsockopt(fd, SOL_SOCKET, SO_SNDBUF, bytes);
    }

    /**
     * Lets TCP probe idle peers, or not.
     *
     * @param idleSeconds before the first probe, intervalSeconds between two, and how many: each 0 for the system's own
     */
    public static int keepAlive(int fd, boolean on, int idleSeconds, int intervalSeconds, int probes) {
        int answer = LibPollux.px_setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, on ? 1 : 0);
        int idle = idleSeconds == 0 ? 0 : tcp(fd, TCP_KEEPIDLE, idleSeconds);
        int interval = intervalSeconds == 0 ? 0 : tcp(fd, TCP_KEEPINTVL, intervalSeconds);
        int count = probes == 0 ? 0 : tcp(fd, TCP_KEEPCNT, probes);
        return Math.min(Math.min(answer, idle), Math.min(interval, count));
    }

    /** Accepts connections only when there is something to read, or so many seconds have passed; 0 where unknown. */
    public static int deferAccept(int fd, int seconds) {
        return tcp(fd, TCP_DEFER_ACCEPT, seconds);
    }

    /** Lets so many connections wait that began with data; 0 where the system does not know it. */
    public static int fastOpen(int fd, int queue) {
        return tcp(fd, TCP_FASTOPEN, queue);
    }

    private static int tcp(int fd, int option, int value) {
        return option == NONE ? 0 : LibPollux.px_setsockopt(fd, IPPROTO_TCP, option, value);
    }

    /** Another descriptor of the same socket, which the caller owns too. */
    public static int duplicate(int fd) {
        return LibPollux.px_dup(fd);
    }

    /** From now on closing resets the connection: what was not sent is dropped, and no memory is held for it. */
    public static int resetOnClose(int fd) {
        return LibPollux.px_reset_on_close(fd);
    }

    /**
     * What the kernel knows of a TCP connection.
     *
     * @param which 0: round-trip time in microseconds; 1: its variance; 2: congestion window in segments; 3: receive
     *     window in bytes
     * @return n, or {@code -errno}: {@code -ENOTSUP} where the system does not tell
     */
    public static int tcpInfo(int fd, int which) {
        return LibPollux.px_tcp_info(fd, which);
    }

    /** Ends the sending side: the peer reads to the end of what was sent. */
    public static int shutdownWrite(int fd) {
        return LibPollux.px_shutdown(fd, SHUT_WR);
    }
}
