package pollux.server;

import java.util.concurrent.TimeUnit;
import pollux.config.ErrorLog;
import pollux.config.Listen;
import pollux.config.ListenOptions;
import pollux.config.ListenSocket;
import pollux.handler.Peer;
import pollux.loop.Timer;
import pollux.loop.Watch;
import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.PosixException;
import pollux.posix.SocketAddress;
import pollux.posix.Sockets;

/**
 * A listening socket: accepts one connection for each report. When there are no descriptors left, or as many connections
 * as there may be, accepting pauses: clients wait in the backlog, and nothing spins.
 */
final class Listener implements Watch.Handler, Timer.Action {
    /** Whoever reaches a Unix socket's folder may connect, as with nginx. */
    private static final int EVERYBODY = 0666;

    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Worker worker;
    private final int fd;
    private final Timer pause = new Timer(this);
    private final SocketAddress remote = new SocketAddress();
    private final SocketAddress local = new SocketAddress();
    private ListenSocket socket;
    private Watch watch;
    private boolean paused;

    private Listener(Worker worker, ListenSocket socket, int fd) {
        this.worker = worker;
        this.socket = socket;
        this.fd = fd;
    }

    /**
     * Opens a socket and binds it; it accepts when {@link #start} is called.
     *
     * @throws PosixException when the address cannot be had
     */
    static Listener open(Worker worker, ListenSocket socket, boolean shared) {
        boolean unix = socket.listen().kind() == Listen.Kind.UNIX;
        return new Listener(worker, socket, unix ? worker.unixSockets().open(socket) : bind(socket, shared));
    }

    /**
     * A socket that listens, which is the caller's own.
     *
     * @param shared whether other workers have sockets of the same address
     * @throws PosixException when the address cannot be had
     */
    static int bind(ListenSocket socket, boolean shared) {
        Listen listen = socket.listen();
        SocketAddress address = new SocketAddress();
        int known = listen.kind() == Listen.Kind.UNIX
                ? address.setUnix(listen.host())
                : address.setInet(listen.host(), listen.port());
        PosixException.check(known, "the address " + listen.text());
        int fd = PosixException.check(Sockets.stream(address), "socket() " + listen.text());
        try {
            shape(fd, listen, shared);
            PosixException.check(Sockets.bind(fd, address), "bind() to " + listen.text());
            if (listen.kind() == Listen.Kind.UNIX) {
                PosixException.check(Files.changeMode(listen.host(), EVERYBODY), "chmod() \"" + listen.host() + "\"");
            }

            PosixException.check(
                    Sockets.listen(fd, listen.options().backlog()), "listen() to " + listen.text() + ", backlog");
            defer(fd, socket);
        } catch (PosixException refused) {
            Files.close(fd);
            throw refused;
        } finally {
            address.release();
        }
        return fd;
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

    private static void shape(int fd, Listen listen, boolean shared) {
        ListenOptions options = listen.options();
        if (listen.kind() != Listen.Kind.UNIX) {
            Sockets.reuseAddress(fd);
            if (shared || options.reusePort()) {
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

    /** Begins to accept. */
    void start() {
        watch = worker.loop().watch(fd, Watch.READ, this);
    }

    /** The configuration of the socket. */
    ListenSocket socket() {
        return socket;
    }

    /** From the next connection on, another configuration holds for the same address. */
    void socket(ListenSocket replacement) {
        socket = replacement;
    }

    @Override
    public void ready(Watch ready, long nowNs) {
        if (!worker.hasRoom()) {
            pause();
            return;
        }
        // What a client has left since goes to the reserve first.
        worker.reserve().hold();
        int accepted = Sockets.accept(fd, remote);
        if (accepted >= 0) {
            open(accepted, false);
        } else if (isShortage(-accepted)) {
            worker.report(ErrorLog.Level.CRIT, "accept4() failed " + Errno.describe(-accepted));
            // Whom the one given up made room for is accepted in the next turn.
            if (!worker.giveUpOne()) {
                turnAway();
            }
        }
    }

    /** Lets one more in by way of the reserve, to tell it 503; when that is out already, clients wait in the backlog. */
    private void turnAway() {
        int accepted = worker.reserve().giveUp() ? Sockets.accept(fd, remote) : -Errno.EMFILE;
        if (accepted >= 0) {
            open(accepted, true);
        } else {
            worker.reserve().hold();
            pause();
        }
    }

    private static boolean isShortage(int error) {
        return error == Errno.EMFILE || error == Errno.ENFILE || error == Errno.ENOBUFS || error == Errno.ENOMEM;
    }

    private void open(int client, boolean turnedAway) {
        Listen listen = socket.listen();
        boolean unix = listen.kind() == Listen.Kind.UNIX;
        String localHost = listen.host();
        if (!unix) {
            if (listen.wildcard() && Sockets.localAddress(client, local) >= 0) {
                localHost = local.host();
            }
        }
        Peer peer = new Peer(
                unix ? "unix:" : remote.host(),
                unix ? 0 : remote.port(),
                unix ? "unix:" + listen.host() : localHost,
                listen.port(),
                worker.nextNumber(),
                worker.nowMs());
        worker.connect(this, peer, client, turnedAway);
    }

    private void pause() {
        paused = true;
        watch.interest(0);
        worker.loop().set(pause, worker.loop().nowNs() + PAUSE_NS);
    }

    /** There is room again: accepting goes on at once. */
    void resume() {
        if (paused) {
            paused = false;
            worker.loop().cancel(pause);
            watch.interest(Watch.READ);
        }
    }

    @Override
    public void expired(long nowNs) {
        resume();
    }

    @Override
    public void failed(Watch failed, Throwable problem) {
        failed(problem);
    }

    @Override
    public void failed(Throwable problem) {
        worker.report(problem);
        if (!paused) {
            pause();
        }
    }

    /** Accepts no more; a Unix socket's file goes away with the last who listens there. */
    void close() {
        worker.loop().cancel(pause);
        if (watch != null) {
            watch.close();
        } else {
            Files.close(fd);
        }
        if (socket.listen().kind() == Listen.Kind.UNIX) {
            worker.unixSockets().release(socket.listen().host());
        }
        remote.release();
        local.release();
    }
}
