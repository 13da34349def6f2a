package pollux.server;

import java.util.concurrent.TimeUnit;
import pollux.config.Listen;
import pollux.config.ListenOptions;
import pollux.config.ListenSocket;
import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Files;
import pollux.posix.PosixException;
import pollux.posix.SocketAddress;
import pollux.posix.Sockets;

/** Makes sockets that listen, as {@code listen} and its parameters say. */
final class SocketBinder {
    /** Whoever reaches a Unix socket's folder may connect, as with nginx. */
    private static final int EVERYBODY = 0666;

    private SocketBinder() {}

    /**
     * A socket that listens, which is the caller's own. A Unix socket's file that nobody listens behind any more, because its
     * server was killed, is replaced; nginx leaves that to the administrator.
     *
     * @param several whether there are to be more sockets of the same address
     * @throws PosixException when the address cannot be had
     */
    static int bind(ListenSocket socket, boolean several) {
        Listen listen = socket.listen();
        SocketAddress address = new SocketAddress();
        try {
            PosixException.check(set(address, listen), "the address " + listen.text());
            int fd = PosixException.check(Sockets.stream(address), "socket() " + listen.text());
            try {
                shape(fd, listen, several);
                bind(fd, address, listen);
                PosixException.check(
                        Sockets.listen(fd, listen.options().backlog()), "listen() to " + listen.text() + ", backlog");
                defer(fd, socket);
            } catch (RuntimeException | Error refused) {
                Files.close(fd);
                throw refused;
            }
            return fd;
        } finally {
            address.release();
        }
    }

    /** A name for what a socket is bound to, in the system's own spelling. */
    static String name(SocketAddress address) {
        return address.host() + " " + address.port();
    }

    /** The name of what is to be bound. */
    static String name(Listen listen) {
        SocketAddress address = new SocketAddress();
        try {
            return set(address, listen) < 0 ? listen.text() : name(address);
        } finally {
            address.release();
        }
    }

    private static int set(SocketAddress address, Listen listen) {
        return listen.kind() == Listen.Kind.UNIX
                ? address.setUnix(listen.host())
                : address.setInet(listen.host(), listen.port());
    }

    private static void bind(int fd, SocketAddress address, Listen listen) {
        boolean unix = listen.kind() == Listen.Kind.UNIX;
        int answer = Sockets.bind(fd, address);
        if (answer == -Errno.EADDRINUSE && unix && removeAbandoned(listen.host())) {
            answer = Sockets.bind(fd, address);
        }
        PosixException.check(answer, "bind() to " + listen.text());
        if (unix) {
            int changed = Files.changeMode(listen.host(), EVERYBODY);
            if (changed < 0) {
                Files.unlink(listen.host());
            }
            PosixException.check(changed, "chmod() \"" + listen.host() + "\"");
        }
    }

    /**
     * Removes the file of a Unix socket that no process listens behind.
     *
     * @return whether the file was there, was a socket's, and is gone
     */
    static boolean removeAbandoned(String path) {
        return isSocket(path) && isAbandoned(path) && Files.unlink(path) >= 0;
    }

    private static boolean isSocket(String path) {
        int mode = Files.linkMode(path);
        return mode >= 0 && FileStatus.isSocket(mode);
    }

    /** Asks by a socket of another type: where somebody listens he does not notice, and the type is refused. */
    private static boolean isAbandoned(String path) {
        SocketAddress address = new SocketAddress();
        try {
            int known = address.setUnix(path);
            int fd = known < 0 ? known : Sockets.datagram(address);
            if (fd < 0) {
                return false;
            }
            int answer = Sockets.connect(fd, address);
            Files.close(fd);
            return answer == -Errno.ECONNREFUSED;
        } finally {
            address.release();
        }
    }

    /** As nginx does: a client that sends nothing is not accepted before its first request would have timed out. */
    private static void defer(int fd, ListenSocket socket) {
        if (socket.listen().options().deferred()) {
            long timeoutMs = socket.hosts()
                    .get(socket.hosts().size() - 1)
                    .defaultServer()
                    .connection()
                    .headerTimeoutMs();
            Sockets.deferAccept(fd, (int) TimeUnit.MILLISECONDS.toSeconds(timeoutMs));
        }
    }

    private static void shape(int fd, Listen listen, boolean several) {
        ListenOptions options = listen.options();
        if (listen.kind() != Listen.Kind.UNIX) {
            Sockets.reuseAddress(fd);
            if (several || options.reusePort()) {
                PosixException.check(Sockets.reusePort(fd), "setsockopt(SO_REUSEPORT) " + listen.text());
            }
        }
        if (listen.kind() == Listen.Kind.IPV6) {
            Sockets.ipv6Only(fd, options.ipv6Only());
        }
        if (options.receiveBuffer() > 0) {
            Sockets.receiveBuffer(fd, options.receiveBuffer());
        }
        if (options.sendBuffer() > 0) {
            Sockets.sendBuffer(fd, options.sendBuffer());
        }
        ListenOptions.KeepAlive probing = options.keepAlive();
        if (probing != null) {
            Sockets.keepAlive(fd, probing.on(), probing.idleSeconds(), probing.intervalSeconds(), probing.probes());
        }
        if (options.fastOpen() >= 0) {
            Sockets.fastOpen(fd, options.fastOpen());
        }
    }
}
