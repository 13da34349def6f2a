package pollux.loop;

/**
 * One deadline of one owner, set and cancelled through a {@link TimerWheel} as often as needed without allocating. A
 * timer that is due is no longer set when its action runs.
 */
public final class Timer {
    /** What happens when a deadline passes. */
    public interface Action {
        /**
         * The deadline has passed.
         *
         * @param nowNs the turn's time on the loop's clock
         */
        void expired(long nowNs);

        /** {@link #expired} has thrown: a bug, or no memory. The owner gives up what it was doing; the loop goes on. */
        void failed(Throwable problem);
    }

    final Action action;
    Timer previous;
    Timer next;
    int slot = -1;
    long deadlineNs;

    /**
     * Makes a timer that is not set.
     *
     * @param action runs on the loop's thread each time the deadline passes
     */
    public Timer(Action action) {
        this.action = action;
    }

    /** Whether a deadline is set. */
    public boolean isSet() {
        return slot >= 0;
    }

    /** The deadline on the loop's clock; only while {@link #isSet()}. */
    public long deadlineNs() {
        return deadlineNs;
    }
}
