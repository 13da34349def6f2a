package pollux.server;

import java.util.concurrent.TimeUnit;
import pollux.config.ErrorLog;
import pollux.config.Listen;
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
    /** A queue is never longer than this. */
    private static final int MOST_WAITING = 1 << 16;

    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Worker worker;
    private final ListeningSockets sockets;
    private final int index;
    private final int fd;
    private final Timer pause = new Timer(this);
    private final SocketAddress remote = new SocketAddress();
    private final SocketAddress local = new SocketAddress();
    private ListenSocket socket;
    private Watch watch;
    private boolean paused;

    /**
     * Gets a descriptor; it accepts when {@link #start} is called.
     *
     * @param index which of its address's sockets it is
     * @throws PosixException when there is no descriptor left
     */
    Listener(Worker worker, ListeningSockets sockets, ListenSocket socket, int index) {
        this.worker = worker;
        this.sockets = sockets;
        this.socket = socket;
        this.index = index;
        this.fd = sockets.copy(socket.listen(), index);
    }

    /** Begins to accept. */
    void start() {
        watch = worker.loop().watch(fd, Watch.READ, this);
        watch.isShared(true);
    }

    /** Which of its address's sockets it is, from 0 on. */
    int index() {
        return index;
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
            take(accepted, false);
        } else if (isShortage(-accepted)) {
            worker.report(ErrorLog.Level.CRIT, "accept4() failed " + Errno.describe(-accepted));
            // Whom the one given up made room for is accepted in the next turn.
            if (!worker.clients().giveUpOne(worker.nowMs())) {
                turnAway();
            }
        }
    }

    /** Lets one more in by way of the reserve, to tell it 503; when that is out already, clients wait in the backlog. */
    private void turnAway() {
        int accepted = worker.reserve().giveUp() ? Sockets.accept(fd, remote) : -Errno.EMFILE;
        if (accepted >= 0) {
            take(accepted, true);
        } else {
            worker.reserve().hold();
            pause();
        }
    }

    /** Takes in, before a close, who waits already: closing the socket would reset them. */
    void acceptWaiting() {
        for (int i = 0; i < MOST_WAITING && worker.hasRoom(); i++) {
            int accepted = Sockets.accept(fd, remote);
            if (accepted >= 0) {
                open(accepted, false);
            } else if (accepted != -Errno.EINTR && accepted != -Errno.ECONNABORTED) {
                return;
            }
        }
    }

    private static boolean isShortage(int error) {
        return error == Errno.EMFILE || error == Errno.ENFILE || error == Errno.ENOBUFS || error == Errno.ENOMEM;
    }

    private void take(int client, boolean turnedAway) {
        try {
            open(client, turnedAway);
        } catch (PosixException refused) {
            // This client is given up; nothing says that the next one must be.
            worker.report(refused);
        }
    }

    private void open(int client, boolean turnedAway) {
        Peer peer;
        try {
            peer = peer(client);
        } catch (RuntimeException | Error problem) {
            Files.close(client);
            throw problem;
        }
        worker.clients().connect(this, peer, client, turnedAway);
    }

    private Peer peer(int client) {
        Listen listen = socket.listen();
        boolean unix = listen.kind() == Listen.Kind.UNIX;
        String localHost = listen.host();
        if (!unix) {
            if (listen.wildcard() && Sockets.localAddress(client, local) >= 0) {
                localHost = local.host();
            }
        }
        return new Peer(
                unix ? "unix:" : remote.host(),
                unix ? 0 : remote.port(),
                unix ? "unix:" + listen.host() : localHost,
                listen.port(),
                worker.nextNumber(),
                worker.nowMs());
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

    /** Accepts no more. */
    void close() {
        worker.loop().cancel(pause);
        if (watch != null) {
            watch.close();
        } else {
            Files.close(fd);
        }
        sockets.release(socket.listen());
        remote.release();
        local.release();
    }
}
