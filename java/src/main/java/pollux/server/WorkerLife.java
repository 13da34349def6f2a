package pollux.server;

import java.util.List;
import java.util.concurrent.TimeUnit;
import pollux.config.ErrorLog;
import pollux.loop.EventLoop;
import pollux.loop.Timer;
import pollux.posix.Errno;
import pollux.posix.Signals;

/**
 * A worker's course from serving to its end, and the signals that lead it.
 *
 * <pre>
 *   SERVING ──WINCH──> RETIRED ──HUP──> SERVING            (worker_shutdown_timeout: whoever is left is given up)
 *      └──────QUIT────────┴──> ENDING ──no client left, TERM, worker_shutdown_timeout──> the loop stops
 * </pre>
 */
final class WorkerLife {
    private enum State {
        SERVING,
        /** It accepts no more, and finishes what is under way; it may be asked to serve again. */
        RETIRED,
        /** As {@link #RETIRED}, and then it ends. */
        ENDING
    }

    /**
     * Who leaves closes idle connections after this: a busy client's next request, which may be on its way, is answered until
     * then, and told that it is the last one.
     */
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(1);

    private final Worker worker;
    private final Server server;
    private final EventLoop loop;
    private final Timer shutdown;
    private final Timer closingIdle;
    private State state = State.SERVING;

    WorkerLife(Worker worker, Server server) {
        this.worker = worker;
        this.server = server;
        this.loop = worker.loop();
        this.shutdown = new Timer(worker.timing(now -> giveUp(), this::giveUp));
        this.closingIdle = new Timer(worker.timing(now -> worker.clients().closeIdle(), () -> {}));
    }

    /** Whether connections shall end with the request that is under way. */
    boolean isLeaving() {
        return state != State.SERVING;
    }

    /** Whether it was told to end. */
    boolean isEnding() {
        return state == State.ENDING;
    }

    /** Every worker gets every signal; each stops by itself, so that the last one still can when the first has ended. */
    void signal(int signal) {
        boolean isFirst = worker.number() == 0;
        if (signal == Signals.CHLD) {
            worker.reaper().reap();
            if (isFirst) {
                server.upgrade().reap();
            }
        } else if (signal == Signals.USR1) {
            worker.logs()
                    .reopen((name, errno) -> worker.report(
                            ErrorLog.Level.EMERG, "open() \"" + name + "\" failed " + Errno.describe(errno)));
        } else if (signal == Signals.TERM || signal == Signals.INT) {
            stopNow();
        } else if (signal == Signals.QUIT) {
            stopGracefully();
            server.sockets().keep(List.of());
        } else if (signal == Signals.HUP && isFirst && !isEnding()) {
            server.hangUp();
        } else if (signal == Signals.USR2 && isFirst && !isEnding()) {
            server.upgrade().begin();
        } else if (signal == Signals.WINCH && server.mayRetire()) {
            retire();
        }
    }

    /** Accepts no more, lets requests under way end, for {@code worker_shutdown_timeout} at most, then stops the loop. */
    void stopGracefully() {
        if (isEnding()) {
            return;
        }
        state = State.ENDING;
        worker.listeners().acceptWaiting();
        leave();
        endWhenDone();
    }

    /** Accepts no more, and lets requests under way end; the sockets stay, and whoever shares them is left their queues. */
    private void retire() {
        if (state == State.SERVING) {
            state = State.RETIRED;
            leave();
        }
    }

    private void leave() {
        worker.listeners().close();
        loop.set(closingIdle, loop.nowNs() + GRACE_NS);
        long shutdownMs = worker.config().process().shutdownMs();
        if (shutdownMs > 0) {
            loop.set(shutdown, loop.nowNs() + TimeUnit.MILLISECONDS.toNanos(shutdownMs));
        }
    }

    /** {@code worker_shutdown_timeout} is over. */
    private void giveUp() {
        if (isEnding()) {
            stopNow();
        } else {
            worker.clients().abort();
        }
    }

    /** Serves again after it has retired, as one of so many workers. */
    void comeBack(int workers) {
        if (state == State.RETIRED) {
            state = State.SERVING;
            loop.cancel(closingIdle);
            loop.cancel(shutdown);
            worker.listen(workers);
        }
    }

    /** Closes idle connections when all that this turn's wait has reported is done: one may have its next request there. */
    void closeIdleSoon() {
        if (!closingIdle.isSet()) {
            loop.set(closingIdle, loop.nowNs());
        }
    }

    /** Ends when it is to, and nobody is connected any more. */
    void endWhenDone() {
        if (isEnding() && worker.clients().isEmpty()) {
            loop.stop();
        }
    }

    /** Stops the loop at the end of the turn, whatever is under way. */
    void stopNow() {
        state = State.ENDING;
        loop.stop();
    }
}
