package pollux.loop;

import java.util.ArrayList;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.PosixException;

/**
 * One thread, one wait, one turn after the other:
 *
 * <pre>
 *   wait for every descriptor at once, until one is ready or the next deadline passes
 *   hand each ready one to its handler
 *   run the deadlines that have passed
 *   tell the end of the turn (logs are written here)
 *   close what was given up
 * </pre>
 *
 * The loop knows descriptors and time, no protocol. It owns every descriptor it watches and is the only one to close
 * them, after the batch, so that a number cannot be used again while events of the old one are still being walked. The
 * clock is read once a turn. A handler that throws loses its own work, never the loop; one that throws even when it is
 * told to give up loses its descriptor.
 */
public final class EventLoop implements AutoCloseable {
    private static final int FAILED_WAIT_MS = 1;

    /** So many waits in a row may fail for want of memory; behind them it is something that does not pass. */
    private static final int MOST_FAILED_WAITS = 10;

    private Poller poller;
    private Poller successor;
    private final LongSupplier clock;
    private final TimerWheel timers;
    private final ArrayList<Watch> closing = new ArrayList<>();
    private Runnable endOfTurn = () -> {};
    private IntConsumer failedWait = errno -> {};
    private int failedWaits;
    private long nowNs;
    private long turn;
    private boolean stopped;

    /**
     * Makes a loop with nothing to watch.
     *
     * @param poller waits; the loop closes it
     * @param clock monotonic nanoseconds, {@link System#nanoTime} in earnest
     */
    public EventLoop(Poller poller, LongSupplier clock) {
        this.poller = poller;
        this.clock = clock;
        this.nowNs = clock.getAsLong();
        this.timers = new TimerWheel(nowNs);
    }

    /**
     * Takes a descriptor into care: from now on the loop owns it.
     *
     * @param fd non-blocking
     * @param interest {@link Watch#READ}, {@link Watch#WRITE}, both, 0 or {@link Watch#ASLEEP}
     * @param handler is told when it is ready
     * @throws PosixException when the system has no room for one more; the descriptor stays the caller's then
     */
    public Watch watch(int fd, int interest, Watch.Handler handler) {
        Watch watch = new Watch(this, fd, interest, handler);
        poller.add(watch);
        return watch;
    }

    /**
     * From the next turn on another poller waits, for the same descriptors.
     *
     * @param next with nothing to watch; the loop closes it
     */
    public void waitBy(Poller next) {
        if (successor != null) {
            successor.close();
        }
        successor = next;
    }

    void changed(Watch watch) {
        poller.change(watch);
    }

    void closeLater(Watch watch) {
        closing.add(watch);
    }

    /** The number of the present turn. */
    public long turn() {
        return turn;
    }

    /** The turn's time in nanoseconds on the loop's clock. */
    public long nowNs() {
        return nowNs;
    }

    /** Sets or moves a deadline. */
    public void set(Timer timer, long deadlineNs) {
        timers.set(timer, deadlineNs);
    }

    /** Takes a deadline away. */
    public void cancel(Timer timer) {
        timers.cancel(timer);
    }

    /** How many descriptors are watched. */
    public int size() {
        return poller.size();
    }

    /** What is done at the end of each turn. */
    public void endOfTurn(Runnable action) {
        endOfTurn = action;
    }

    /** Who is told, by a positive error number, that the system could not wait: for want of memory, most likely. */
    public void onFailedWait(IntConsumer action) {
        failedWait = action;
    }

    /** Lets {@link #run()} return when the present turn is over. */
    public void stop() {
        stopped = true;
    }

    /** Turns until {@link #stop()} is called. */
    public void run() {
        while (!stopped) {
            turnOnce(timers.nextDelayMs(clock.getAsLong()));
        }
    }

    /**
     * One turn.
     *
     * @param timeoutMs how long to wait at most: 0 not at all, -1 until something is ready
     * @throws IllegalStateException when the system has refused to wait too often in a row
     */
    public void turnOnce(int timeoutMs) {
        if (successor != null) {
            poller = AutoPoller.move(poller, successor);
            successor = null;
        }
        int ready = poller.await(timeoutMs);
        if (ready < 0) {
            failedWait(-ready);
        } else {
            failedWaits = 0;
        }
        nowNs = clock.getAsLong();
        turn++;
        for (Watch watch = poller.next(); watch != null; watch = poller.next()) {
            if (!watch.isClosed()) {
                watch.turn = turn;
                dispatch(watch);
            }
        }
        timers.expire(nowNs);
        endOfTurn.run();
        closeBatch();
    }

    /** It is tried again, only not as fast as the processor can. Of failures in a row the first is told. */
    private void failedWait(int errno) {
        failedWaits++;
        if (failedWaits == 1) {
            failedWait.accept(errno);
        } else if (failedWaits > MOST_FAILED_WAITS) {
            throw new IllegalStateException(
                    "waiting for " + poller.size() + " descriptors failed " + Errno.describe(errno));
        }
        PollPoller.waitForNothing(FAILED_WAIT_MS);
    }

    private void dispatch(Watch watch) {
        try {
            watch.handler().ready(watch, nowNs);
        } catch (RuntimeException | Error problem) {
            giveUp(watch, problem);
        }
    }

    private static void giveUp(Watch watch, Throwable problem) {
        try {
            watch.handler().failed(watch, problem);
        } catch (RuntimeException | Error worse) {
            // Left open it would be reported, and fail, turn after turn.
            watch.close();
        }
    }

    private void closeBatch() {
        int closed = 0;
        try {
            while (closed < closing.size()) {
                Watch watch = closing.get(closed);
                closed++;
                close(watch);
            }
        } finally {
            // Whatever happens, no number is closed a second time: it may be somebody else's by then.
            if (closed == closing.size()) {
                closing.clear();
            } else {
                closing.subList(0, closed).clear();
            }
        }
    }

    private void close(Watch watch) {
        try {
            poller.remove(watch);
        } finally {
            Files.close(watch.fd());
        }
    }

    /** Closes what was given up, and the poller. */
    @Override
    public void close() {
        closeBatch();
        poller.close();
        if (successor != null) {
            successor.close();
        }
    }
}
