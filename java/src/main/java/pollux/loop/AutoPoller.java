package pollux.loop;

import java.util.function.Supplier;
import pollux.posix.PosixException;

/**
 * Begins with the literal {@code poll()}, and moves for good to a poller that the kernel keeps the set for when there is
 * more to be watched than {@code poll()} is good for. It moves between two waits, so nobody notices.
 */
public final class AutoPoller implements Poller {
    /**
     * Up to so many watches {@code poll()} waits. Measured with keep-alive requests for a 1 KiB file over the loopback, in
     * microseconds of the server's processor a request (the best of some runs), {@code poll()} and {@code epoll}:
     *
     * <pre>
     *   idle     1 busy       4 busy       16 busy      64 busy
     *      0    35    34    10.4   9.7     7.4   7.2    7.6   7.2
     *     32    44    28    15.9   8.6     8.9   7.0    7.6   7.1
     *    512   200    27                  20.4   7.2   12.4   7.3
     * </pre>
     *
     * Without idle ones they are nearly the same; but each idle one adds 0.15 to each wait of {@code poll()}, of which a
     * request takes two when it comes alone, and nothing to one of {@code epoll}.
     */
    static final int CROSSING = 16;

    private final Supplier<Poller> successor;
    private Poller backend = new PollPoller();
    private int most;

    /**
     * Begins with nothing to watch.
     *
     * @param successor makes the poller to move to; it may throw a {@link PosixException}, then {@code poll()} goes on
     */
    public AutoPoller(Supplier<Poller> successor) {
        this(successor, CROSSING);
    }

    AutoPoller(Supplier<Poller> successor, int crossing) {
        this.successor = successor;
        this.most = crossing;
    }

    @Override
    public int await(int timeoutMs) {
        if (backend.size() > most) {
            move();
        }
        return backend.await(timeoutMs);
    }

    private void move() {
        try {
            backend = move(backend, successor.get());
        } catch (PosixException | OutOfMemoryError refused) {
            // poll() goes on, at its price.
        }
        most = backend instanceof PollPoller ? most * 2 : Integer.MAX_VALUE;
    }

    /**
     * Hands every watch over from one poller to another, and closes the one it was with. When the other cannot take them
     * all in, {@code poll()} does.
     *
     * @return the poller to wait by from now on
     */
    static Poller move(Poller from, Poller to) {
        Watch[] all = from.watches();
        from.close();
        try {
            return filled(to, all);
        } catch (PosixException | OutOfMemoryError refused) {
            to.close();
            return filled(new PollPoller(), all);
        }
    }

    private static Poller filled(Poller poller, Watch[] all) {
        for (Watch watch : all) {
            poller.add(watch);
        }
        return poller;
    }

    @Override
    public void add(Watch watch) {
        backend.add(watch);
    }

    @Override
    public void change(Watch watch) {
        backend.change(watch);
    }

    @Override
    public void remove(Watch watch) {
        backend.remove(watch);
    }

    @Override
    public Watch next() {
        return backend.next();
    }

    @Override
    public Watch[] watches() {
        return backend.watches();
    }

    @Override
    public int size() {
        return backend.size();
    }

    @Override
    public void close() {
        backend.close();
    }
}
