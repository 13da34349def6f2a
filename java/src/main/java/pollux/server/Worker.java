package pollux.server;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import pollux.buffer.IoBuffer;
import pollux.config.Config;
import pollux.config.ErrorLog;
import pollux.config.EventSettings;
import pollux.config.ListenSocket;
import pollux.handler.FileCaches;
import pollux.handler.Peer;
import pollux.handler.Request;
import pollux.handler.Response;
import pollux.loop.AutoPoller;
import pollux.loop.EpollPoller;
import pollux.loop.EventLoop;
import pollux.loop.KqueuePoller;
import pollux.loop.PollPoller;
import pollux.loop.Poller;
import pollux.loop.Timer;
import pollux.loop.Watch;
import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.OffHeap;
import pollux.posix.PosixException;
import pollux.posix.Processes;
import pollux.posix.Signals;
import pollux.posix.StringBlock;

/**
 * One loop and everything on it: listeners, connections, programs, buffers, logs. A worker runs on one thread and shares
 * nothing with the others but the frozen configuration, the session stores and a counter, so nothing in it is
 * synchronised; other threads reach it through {@link #submit}.
 */
final class Worker {
    private static final int SCRATCH = 64 * 1024;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOGS_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long SWEEP_NS = TimeUnit.SECONDS.toNanos(5);

    private final Server server;
    private final int number;
    private final EventLoop loop;
    private final Buffers buffers;
    private final Logs logs;
    private final FileCaches files = new FileCaches();
    private final Handlers handlers = Handlers.create(files);
    private final Router router = new Router();
    private final Memories memories = Memories.create();
    private final ResponseWriter responseWriter = new ResponseWriter();
    private final CgiGate gate = new CgiGate();
    private final Reaper reaper = new Reaper(this, Processes::descriptor);
    private final Dispensable dispensable = new Dispensable();
    private final ReserveDescriptor reserve = new ReserveDescriptor();
    private final SpareConnections spares = new SpareConnections(this);
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final IoBuffer scratch = OffHeap.SOURCE.allocate(SCRATCH);
    private final StringBlock environment = new StringBlock();
    private final Wakeup wakeup;
    private final Timer tending;
    private final Timer sweeping;
    private final Timer closingLogs;
    private final Timer shutdown;
    private List<Listener> listeners = new ArrayList<>();
    private Config config;
    private boolean stopping;

    /** The number of the last connection that a request of the configuration before may be on. */
    private long newestBefore;

    private long wallMs;
    private long wallOfNs = Long.MIN_VALUE;

    Worker(Server server, int number, Config config) {
        this.server = server;
        this.number = number;
        this.config = config;
        this.loop = new EventLoop(poller(config.events().use()), System::nanoTime);
        this.buffers = new Buffers(config.events().connections());
        this.logs = new Logs(number, loop, this::complain);
        this.wakeup = new Wakeup(loop, this::signal, this::report);
        this.sweeping = new Timer(timing(now -> files.sweep(nowMs()), () -> {}));
        this.closingLogs = new Timer(timing(now -> closeOldLogs(), () -> {}));
        this.shutdown = new Timer(timing(now -> stopNow(), this::stopNow));
        this.tending = new Timer(timing(now -> tend(), () -> {}));
        loop.endOfTurn(this::endOfTurn);
    }

    private static Poller poller(EventSettings.Use use) {
        return switch (use) {
            case POLL -> new PollPoller();
            case EPOLL -> new EpollPoller();
            case KQUEUE -> new KqueuePoller();
            case AUTO -> new AutoPoller(EventSettings.Use.EPOLL.isAvailable() ? EpollPoller::new : KqueuePoller::new);
        };
    }

    // --- What the parts ask for.

    EventLoop loop() {
        return loop;
    }

    Buffers buffers() {
        return buffers;
    }

    Logs logs() {
        return logs;
    }

    Handlers handlers() {
        return handlers;
    }

    Memories memories() {
        return memories;
    }

    Router router() {
        return router;
    }

    ResponseWriter responseWriter() {
        return responseWriter;
    }

    CgiGate gate() {
        return gate;
    }

    Reaper reaper() {
        return reaper;
    }

    /** The Unix sockets that all workers listen on. */
    UnixSockets unixSockets() {
        return server.unixSockets();
    }

    /** Memory for the environment of the program that is being started. */
    StringBlock environment() {
        return environment;
    }

    /** How programs are started. */
    Processes.How spawning() {
        return server.spawning();
    }

    /** Memory for bytes that are looked at once and forgotten; empty, and overwritten by the next who asks. */
    IoBuffer scratch() {
        scratch.clear();
        return scratch;
    }

    /** The turn's time, in milliseconds since 1970. */
    long nowMs() {
        if (wallOfNs != loop.nowNs()) {
            wallOfNs = loop.nowNs();
            wallMs = System.currentTimeMillis();
        }
        return wallMs;
    }

    boolean isStopping() {
        return stopping;
    }

    /** A handler of a watch for a part: when its body throws, that is logged and the part is told to give up. */
    Watch.Handler watching(Consumer<Watch> body, Runnable giveUp) {
        return new Watch.Handler() {
            @Override
            public void ready(Watch watch, long nowNs) {
                body.accept(watch);
            }

            @Override
            public void failed(Watch watch, Throwable problem) {
                report(problem);
                watch.close();
                giveUp.run();
            }
        };
    }

    /** An action of a timer for a part: when its body throws, that is logged and the part is told to give up. */
    Timer.Action timing(LongConsumer body, Runnable giveUp) {
        return new Timer.Action() {
            @Override
            public void expired(long nowNs) {
                body.accept(nowNs);
            }

            @Override
            public void failed(Throwable problem) {
                report(problem);
                giveUp.run();
            }
        };
    }

    // --- Connections.

    /** Whether another connection may be taken in; at the bound one that can be dispensed with is given up for it. */
    boolean hasRoom() {
        if (connections.size() < config.events().connections()) {
            return true;
        }
        giveUpOne();
        boolean room = connections.size() < config.events().connections();
        if (!room) {
            report(ErrorLog.Level.ALERT, config.events().connections() + " worker_connections are not enough");
        }
        return room;
    }

    /** Closes the first connection that can be dispensed with; false when there is none. */
    boolean giveUpOne() {
        Connection first = dispensable.first(nowMs());
        if (first != null) {
            first.close();
        }
        return first != null;
    }

    /** What is left when there are no descriptors for clients any more. */
    ReserveDescriptor reserve() {
        return reserve;
    }

    long nextNumber() {
        return server.nextConnection();
    }

    /**
     * Takes an accepted connection in; the descriptor belongs to the loop from then on.
     *
     * @param turnedAway whether its one request is answered with 503
     */
    void connect(Listener listener, Peer peer, int fd, boolean turnedAway) {
        Connection connection;
        try {
            connection = spares.take(listener.socket().select(peer.localAddress()));
            connection.open(listener, peer, fd, turnedAway);
        } catch (RuntimeException | Error problem) {
            Files.close(fd);
            throw problem;
        }
        connections.add(connection);
        connection.begin();
    }

    /** A connection has come to another state. */
    void moved(Connection connection, Connection.State state) {
        dispensable.moved(connection, state);
        if (stopping && state == Connection.State.IDLE) {
            submit(connection::closeIfIdle);
        }
    }

    void closed(Connection connection) {
        connections.remove(connection);
        spares.giveBack(connection);
        for (Listener listener : listeners) {
            listener.resume();
        }
        if (stopping && connections.isEmpty()) {
            loop.stop();
        }
    }

    // --- Sessions.

    /** Gives a request its visitor's session; a fresh one's cookie is added to the response. */
    void attachSession(Request request, Response response) {
        if (!tending.isSet()) {
            loop.set(tending, loop.nowNs() + SECOND_NS);
        }
        server.sessions().attach(request, response);
    }

    void saveSession(Request request) {
        server.sessions().save(request);
    }

    private void tend() {
        server.sessions().tend(nowMs(), warning -> report(ErrorLog.Level.WARN, warning));
        loop.set(tending, loop.nowNs() + SECOND_NS);
    }

    // --- Life.

    /**
     * Opens the sockets of the configuration; they accept after {@link #startListening}.
     *
     * @throws PosixException when an address cannot be had; none is left open then
     */
    void openListeners() {
        listeners = open(config.sockets());
    }

    private List<Listener> open(List<ListenSocket> sockets) {
        List<Listener> opened = new ArrayList<>();
        try {
            for (ListenSocket socket : sockets) {
                opened.add(Listener.open(this, socket, server.isShared()));
            }
            return opened;
        } catch (PosixException refused) {
            for (Listener listener : opened) {
                listener.close();
            }
            throw refused;
        }
    }

    void startListening() {
        reserve.hold();
        for (Listener listener : listeners) {
            listener.start();
        }
    }

    /** Turns until it is stopped, then gives everything back. */
    void run() {
        try {
            loop.run();
        } finally {
            closeAll();
        }
    }

    /** Runs a task on this worker's thread; from any thread. */
    void submit(Runnable task) {
        wakeup.submit(task);
    }

    /** Every worker gets every signal; each stops by itself, so that the last one still can when the first has ended. */
    private void signal(int signal) {
        if (signal == Signals.CHLD) {
            reaper.reap();
        } else if (signal == Signals.USR1) {
            logs.reopen((name, errno) ->
                    report(ErrorLog.Level.EMERG, "open() \"" + name + "\" failed " + Errno.describe(errno)));
        } else if (signal == Signals.TERM || signal == Signals.INT) {
            stopNow();
        } else if (signal == Signals.QUIT) {
            stopGracefully();
        } else if (signal == Signals.HUP && number == 0) {
            server.reload();
        }
    }

    /** Goes over to another configuration: addresses that stay keep their sockets, requests under way notice nothing. */
    void apply(Config next) {
        if (stopping) {
            return;
        }
        List<ListenSocket> added = new ArrayList<>();
        for (ListenSocket socket : next.sockets()) {
            if (find(socket) == null) {
                added.add(socket);
            }
        }
        List<Listener> opened = open(added);
        List<Listener> kept = new ArrayList<>();
        for (Listener listener : listeners) {
            ListenSocket replacement = matching(next.sockets(), listener.socket());
            if (replacement == null) {
                listener.close();
            } else {
                listener.socket(replacement);
                kept.add(listener);
            }
        }
        for (Listener listener : opened) {
            listener.start();
            kept.add(listener);
        }
        listeners = kept;
        if (next.events().use() != config.events().use()) {
            loop.waitBy(poller(next.events().use()));
        }
        config = next;
        newestBefore = server.lastConnection();
        closeOldLogs();
        files.clear();
        router.clear();
        buffers.bound(next.events().connections());
    }

    /** Requests under way keep logging where they began to, so this is done again until the last of them must be over. */
    private void closeOldLogs() {
        logs.retain(Server.logFiles(config));
        if (!connections.isEmpty() && connections.iterator().next().peer().number() <= newestBefore) {
            loop.set(closingLogs, loop.nowNs() + LOGS_NS);
        }
    }

    private Listener find(ListenSocket socket) {
        for (Listener listener : listeners) {
            if (listener.socket().listen().text().equals(socket.listen().text())) {
                return listener;
            }
        }
        return null;
    }

    private static ListenSocket matching(List<ListenSocket> sockets, ListenSocket wanted) {
        for (ListenSocket socket : sockets) {
            if (socket.listen().text().equals(wanted.listen().text())) {
                return socket;
            }
        }
        return null;
    }

    /** Accepts no more, lets requests under way end, for {@code worker_shutdown_timeout} at most, then returns from {@link #run}. */
    void stopGracefully() {
        if (stopping) {
            return;
        }
        stopping = true;
        closeListeners();
        for (Connection idle = dispensable.idle(); idle != null; idle = dispensable.idle()) {
            idle.close();
        }
        if (connections.isEmpty()) {
            loop.stop();
        } else if (config.process().shutdownMs() > 0) {
            loop.set(
                    shutdown,
                    loop.nowNs()
                            + TimeUnit.MILLISECONDS.toNanos(config.process().shutdownMs()));
        }
    }

    /** Returns from {@link #run} at the end of the turn, whatever is under way. */
    void stopNow() {
        stopping = true;
        loop.stop();
    }

    /** Accepts no more; the files of Unix sockets go away. */
    void closeListeners() {
        for (Listener listener : listeners) {
            listener.close();
        }
        listeners = List.of();
    }

    private void closeAll() {
        closeListeners();
        for (Connection connection : List.copyOf(connections)) {
            connection.abort();
        }
        for (Reaper.Parent child : reaper.running()) {
            Processes.killGroup(child.pid());
        }
        reserve.giveUp();
        logs.sendRest();
        wakeup.close();
        logs.close();
        loop.close();
        files.close();
        buffers.close();
        scratch.release();
        environment.release();
    }

    private void endOfTurn() {
        logs.flush();
        if (!sweeping.isSet() && !files.isEmpty()) {
            loop.set(sweeping, loop.nowNs() + SWEEP_NS);
        }
    }

    // --- Reports.

    /** Writes a line about no connection to the main error log. */
    void report(ErrorLog.Level level, String message) {
        logs.error(config.process().errorLogs(), level, 0, message, ErrorContext.NONE, nowMs());
    }

    /** What a syslog server did not get goes to the files among the main error logs. */
    private void complain(String message) {
        List<ErrorLog> inFiles = config.process().errorLogs().stream()
                .filter(log -> log.syslog() == null)
                .toList();
        logs.error(inFiles, ErrorLog.Level.ERROR, 0, message, ErrorContext.NONE, nowMs());
    }

    /**
     * Something was thrown: a bug or no memory. The first lines of where go to the log. It never throws: whoever reports
     * has to give up what failed behind it, and without memory there may be none for the line either.
     */
    void report(Throwable problem) {
        try {
            describe(problem);
        } catch (RuntimeException | Error worse) {
            // The line is lost; the wake-up pipe and the listeners, which report from here too, are not.
            return;
        }
    }

    private void describe(Throwable problem) {
        StringBuilder message = new StringBuilder("unexpected ").append(problem);
        StackTraceElement[] trace = problem.getStackTrace();
        for (int i = 0; i < Math.min(trace.length, 12); i++) {
            message.append(i == 0 ? " at " : " < ").append(trace[i]);
        }
        report(ErrorLog.Level.ALERT, message.toString());
    }
}
