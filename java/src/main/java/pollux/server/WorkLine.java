package pollux.server;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import pollux.loop.EventLoop;
import pollux.loop.Timer;

/**
 * The works that a worker's requests wait for, in the order in which their next steps are due: each gets one a tick, as long
 * as the time lasts that works may take of a turn. What is left is the next tick's, so that others are served in between,
 * however many works there are.
 */
final class WorkLine implements Timer.Action {
    /** Who is in the line. */
    interface Waiting {
        /**
         * The line has come to this one, which is in it no more.
         *
         * @return nanoseconds that it is going to take of the next turn, besides those that this call took
         */
        long takeTurn();
    }

    /** Half a tick of the loop's deadlines: at most about half of the time goes to works. */
    static final long BUDGET_NS = TimeUnit.MILLISECONDS.toNanos(4);

    /** What is put off until another turn waits for that once this one has taken so long. */
    private static final long LONG_TURN_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final EventLoop loop;
    private final LongSupplier clock;
    private final ArrayDeque<Waiting> line = new ArrayDeque<>();
    private final Timer timer = new Timer(this);
    private long turn = -1;
    private long spentAtNs;

    /**
     * Makes an empty line.
     *
     * @param clock monotonic nanoseconds, {@link System#nanoTime} in earnest
     */
    WorkLine(EventLoop loop, LongSupplier clock) {
        this.loop = loop;
        this.clock = clock;
    }

    /** Whether works have had what a turn has for them: the next step is for another turn. The first of a turn starts the clock. */
    boolean isSpent() {
        long now = clock.getAsLong();
        if (turn != loop.turn()) {
            turn = loop.turn();
            spentAtNs = now + BUDGET_NS;
        }
        return now - spentAtNs >= 0;
    }

    /** Whether this turn has taken so long, by whatever is done in it, that others are kept waiting. */
    boolean isTurnLong() {
        return clock.getAsLong() - loop.nowNs() > LONG_TURN_NS;
    }

    /** The present time on the line's clock, in nanoseconds. */
    long nowNs() {
        return clock.getAsLong();
    }

    /** Another tick is due for this one. */
    void add(Waiting waiting) {
        line.add(waiting);
        awaitTick();
    }

    /** One that is still to come: a turn that was late catches up with several, and must not grow longer by that. */
    private void awaitTick() {
        if (!timer.isSet()) {
            loop.set(timer, loop.nowNs() + 1);
        }
    }

    @Override
    public void expired(long nowNs) {
        int waiting = line.size();
        isSpent(); // the clock runs
        // One step at least: whoever begins anew each turn must not starve those who wait.
        do {
            spentAtNs -= line.remove().takeTurn();
            waiting--;
        } while (waiting > 0 && !isSpent());
        if (!line.isEmpty()) {
            awaitTick();
        }
    }

    @Override
    public void failed(Throwable problem) {
        // Each work meets its own; what is left of the line goes on.
        if (!line.isEmpty()) {
            awaitTick();
        }
    }
}
