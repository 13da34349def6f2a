package pollux.server;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import pollux.buffer.IoBuffer;
import pollux.config.Config;
import pollux.config.ErrorLog;
import pollux.config.EventSettings;
import pollux.handler.FileCaches;
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
import pollux.posix.Arena;
import pollux.posix.Errno;
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

    /** So many turns that fail, with hardly a good one in between, and the loop is given up; that takes half a second. */
    private static final int MOST_FAILURES = 10;

    private static final int HEALTHY_TURNS = 100;
    private static final int FAILURE_PAUSE_MS = 10;

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
    private final Reaper reaper = new Reaper(this, Processes::descriptor, Signals::catchSignal);
    private final WorkLine works;
    private final ReserveDescriptor reserve = new ReserveDescriptor();
    private final Clients clients = new Clients(this);
    private final Listeners listeners;
    private final IoBuffer scratch = OffHeap.SOURCE.allocate(SCRATCH);
    private final StringBlock environment = new StringBlock();
    private final Wakeup wakeup;
    private final Timer tending;
    private final Timer sweeping;
    private final Timer closingLogs;
    private final Reports reports = new Reports(this);
    private final WorkerLife life;
    private Config config;

    /** The number of the last connection that a request of the configuration before may be on. */
    private long newestBefore;

    /** All memory of its parts. */
    private Arena memory;

    private long wallMs;
    private long wallOfNs = Long.MIN_VALUE;

    /**
     * Makes a worker.
     *
     * @throws PosixException when there are no descriptors left; nothing is left open then
     */
    static Worker create(Server server, int number, Config config) {
        Arena memory = new Arena();
        Worker worker = memory.make(() -> new Worker(server, number, config));
        worker.memory = memory;
        return worker;
    }

    private Worker(Server server, int number, Config config) {
        this.server = server;
        this.number = number;
        this.config = config;
        this.loop = new EventLoop(poller(config.events().use()), System::nanoTime);
        this.listeners = new Listeners(this, server.sockets());
        this.works = new WorkLine(loop, System::nanoTime);
        this.buffers = new Buffers(config.events().connections());
        try {
            this.logs = new Logs(number, loop, reports::complain);
            this.wakeup = new Wakeup(loop, signal -> life().signal(signal), reports::add);
        } catch (RuntimeException | Error refused) {
            loop.close();
            throw refused;
        }
        this.sweeping = new Timer(timing(now -> files.sweep(nowMs()), () -> {}));
        this.closingLogs = new Timer(timing(now -> closeOldLogs(), () -> {}));
        this.life = new WorkerLife(this, server);
        this.tending = new Timer(timing(now -> tend(), () -> {}));
        loop.endOfTurn(this::endOfTurn);
        loop.onFailedWait(
                errno -> report(ErrorLog.Level.ALERT, "waiting for descriptors failed " + Errno.describe(errno)));
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

    /** What it goes by at present. */
    Config config() {
        return config;
    }

    Listeners listeners() {
        return listeners;
    }

    /** Which one it is, from 0 on. */
    int number() {
        return number;
    }

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

    /** What requests wait for that is too long for one turn. */
    WorkLine works() {
        return works;
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

    /** Its course from serving to its end. */
    WorkerLife life() {
        return life;
    }

    // --- Connections.

    /** Whether another connection may be taken in; at the bound one that can be dispensed with is given up for it. */
    boolean hasRoom() {
        boolean room = clients.hasRoom(config.events().connections(), nowMs());
        if (!room) {
            report(ErrorLog.Level.ALERT, config.events().connections() + " worker_connections are not enough");
        }
        return room;
    }

    /** What is left when there are no descriptors for clients any more. */
    ReserveDescriptor reserve() {
        return reserve;
    }

    /** Who is connected. */
    Clients clients() {
        return clients;
    }

    long nextNumber() {
        return server.nextConnection();
    }

    void closed(Connection connection) {
        clients.closed(connection);
        listeners.resume();
        life.endWhenDone();
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
     * Listens on the addresses of the configuration, which are open, as one of so many workers.
     *
     * @throws PosixException when there are no descriptors left
     */
    void listen(int workers) {
        reserve.hold();
        listeners.apply(config.sockets(), number, workers);
    }

    /**
     * Turns until it is stopped, then gives everything back. What one request makes go wrong ends with that request, on its
     * connection or its timer; what goes wrong with a turn itself costs that turn.
     *
     * @throws RuntimeException or {@link Error} when one turn after the other failed: the loop is beyond help
     */
    void run() {
        try {
            int failures = 0;
            boolean ended = false;
            while (!ended) {
                long turn = loop.turn();
                try {
                    // Had before a client is accepted, who would be lost with the first call that lacks it.
                    OffHeap.beginOfThread();
                    loop.run();
                    ended = true;
                } catch (RuntimeException | Error problem) {
                    report(problem);
                    failures = loop.turn() - turn > HEALTHY_TURNS ? 1 : failures + 1;
                    if (failures == MOST_FAILURES) {
                        throw problem;
                    }
                    // Nothing can be waited for but time: the system may have memory again.
                    pause(failures);
                }
            }
        } finally {
            closeAll();
        }
    }

    private static void pause(int failures) {
        try {
            TimeUnit.MILLISECONDS.sleep((long) failures * FAILURE_PAUSE_MS);
        } catch (InterruptedException impossible) {
            // Nobody interrupts: then there is just no pause.
            return;
        }
    }

    /** Runs a task on this worker's thread; from any thread. */
    void submit(Runnable task) {
        wakeup.submit(task);
    }

    /**
     * Goes over to another configuration: addresses that stay keep their sockets, requests under way notice nothing.
     *
     * @param workers how many there are now
     * @throws PosixException when there are no descriptors left; the configuration before goes on
     */
    void apply(Config next, int workers) {
        if (life.isEnding()) {
            return;
        }
        boolean waitsOtherwise = next.events().use() != config.events().use();
        Poller successor = waitsOtherwise ? poller(next.events().use()) : null;
        try {
            listeners.apply(next.sockets(), number, workers);
        } catch (RuntimeException | Error refused) {
            if (successor != null) {
                successor.close();
            }
            throw refused;
        }
        if (successor != null) {
            loop.waitBy(successor);
        }
        config = next;
        newestBefore = server.lastConnection();
        closeOldLogs();
        files.clear();
        router.clear();
        // Those that are connected stay, though they be more than there may be from now on.
        buffers.bound(Math.max(next.events().connections(), clients.count()));
        buffers.trim();
    }

    /** Requests under way keep logging where they began to, so this is done again until the last of them must be over. */
    private void closeOldLogs() {
        logs.retain(Server.logFiles(config));
        if (clients.oldest() <= newestBefore) {
            loop.set(closingLogs, loop.nowNs() + LOGS_NS);
        }
    }

    /** Gives everything back; for one that never ran. */
    void discard() {
        closeAll();
    }

    /** Each by itself: where one fails, the others are given back all the same. */
    private void closeAll() {
        attempt(listeners::close);
        attempt(clients::abort);
        attempt(reaper::endAll);
        attempt(reserve::giveUp);
        attempt(logs::sendRest);
        attempt(wakeup::close);
        attempt(logs::close);
        attempt(loop::close);
        attempt(files::close);
        attempt(buffers::trim);
        attempt(scratch::release);
        attempt(environment::release);
        attempt(memory::release);
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error problem) {
            report(problem);
        }
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
        reports.add(level, message);
    }

    /** Something was thrown: a bug or no memory. It never throws itself. */
    void report(Throwable problem) {
        reports.add(problem);
    }
}
