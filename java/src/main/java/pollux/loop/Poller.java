package pollux.loop;

import pollux.posix.PosixException;

/**
 * The one place where the loop waits. A backend knows which watches there are and what each wants, waits once, and then
 * hands out the ready ones. It calls nobody: watches may be added and their interest changed while ready ones are being
 * walked, and a watch is removed only between two walks.
 */
public sealed interface Poller extends AutoCloseable permits PollPoller, EpollPoller, KqueuePoller, AutoPoller {
    /**
     * Takes a watch in, with the interest it has now.
     *
     * @throws PosixException when the system has no room for it; the watch is not in then
     */
    void add(Watch watch);

    /** The watch wants something else from now on. */
    void change(Watch watch);

    /** Forgets a watch; its descriptor is still open. Never called during a walk. */
    void remove(Watch watch);

    /**
     * Waits until something is ready or the time is over; it may return earlier with nothing.
     *
     * @param timeoutMs milliseconds; 0 does not wait, -1 waits for ever
     * @return how many watches are ready: {@link #next()} hands them out; {@code -errno} when the system could not even
     *     wait, and nothing is known to be ready. Whoever was interrupted has waited
     */
    int await(int timeoutMs);

    /**
     * The next ready watch, with {@link Watch#readiness} set, or {@code null} when the walk is over. A descriptor is
     * handed out once per wait, and wait after wait for as long as it is ready for what its watch wants. That it may be
     * written to as well is said by some backends to a watch that is handed out for another reason.
     */
    Watch next();

    /** Every watch there is, in no order. */
    Watch[] watches();

    /** How many watches there are. */
    int size();

    /** Gives the poller's own memory and descriptors back. */
    @Override
    void close();
}
