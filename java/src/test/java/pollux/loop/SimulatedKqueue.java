package pollux.loop;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pollux.buffer.IoBuffer;
import pollux.posix.Errno;
import pollux.posix.LibPollux;
import pollux.posix.OffHeap;
import pollux.posix.PollBits;

/**
 * {@code kevent()} as macOS's manual page has it, played on top of {@code poll()}: a filter for each direction, each
 * reported by itself; EV_CLEAR, EV_EOF and the error of a socket; changes before the wait, and those that fail among the
 * reports or, without room, instead of them. It proves that {@link KqueuePoller} understands that page, not that the page
 * is right.
 */
final class SimulatedKqueue implements KqueuePoller.Kevent {
    /** The peer has ended its sending side: Linux's own. */
    private static final int POLLRDHUP = 0x2000;

    private static final int EPIPE = 32;
    private static final int ECONNRESET = 104;
    private static final int BYTES = 1;
    private static final int NOTHING = 0;

    private record Key(int fd, int filter) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return fd != other.fd ? Integer.compare(fd, other.fd) : Integer.compare(filter, other.filter);
        }
    }

    /** A filter that is set. {@code told}: what it has reported since it was set last, when it is one with EV_CLEAR. */
    private static final class Filter {
        private final boolean clear;
        private int told;

        Filter(boolean clear) {
            this.clear = clear;
        }
    }

    private final Map<Key, Filter> filters = new TreeMap<>();

    @Override
    public int call(int kqueue, long changes, int changeCount, long events, int capacity, int timeoutMs) {
        int reports = 0;
        for (int i = 0; i < changeCount; i++) {
            Pointer change = new Pointer(changes + (long) i * KqueuePoller.EVENT);
            int error = change(change);
            if (error != 0 && reports == capacity) {
                return -error;
            } else if (error != 0) {
                put(events, reports, key(change), KqueuePoller.EV_ERROR, NOTHING, error);
                reports++;
            }
        }
        if (reports > 0 || capacity == 0) {
            return reports;
        }
        long end = System.nanoTime() + timeoutMs * 1_000_000L;
        reports = scan(events, capacity);
        while (reports == 0 && System.nanoTime() - end < 0) {
            // Waits a little for nothing at all.
            LibPollux.px_poll(0, 0, 1);
            reports = scan(events, capacity);
        }
        return reports;
    }

    private static Key key(Pointer change) {
        return new Key((int) change.getLong(KqueuePoller.IDENT), change.getShort(KqueuePoller.FILTER));
    }

    private int change(Pointer change) {
        Key key = key(change);
        int flags = change.getShort(KqueuePoller.FLAGS);
        if ((flags & KqueuePoller.EV_DELETE) != 0) {
            return filters.remove(key) == null ? Errno.ENOENT : 0;
        }
        if (key.filter == KqueuePoller.EVFILT_WRITE && (status(key.fd) & PollBits.POLLERR) != 0 && !isReset(key.fd)) {
            return EPIPE;
        }
        // One that is there already keeps its EV_CLEAR, but tells anew.
        Filter filter = filters.computeIfAbsent(key, set -> new Filter((flags & KqueuePoller.EV_CLEAR) != 0));
        filter.told = NOTHING;
        return 0;
    }

    private int scan(long events, int capacity) {
        List<Key> keys = new ArrayList<>(filters.keySet());
        int reports = 0;
        for (Key key : keys) {
            Filter filter = filters.get(key);
            int active = active(key);
            boolean news = filter.clear ? (active & ~filter.told) != 0 : active != NOTHING;
            filter.told = active;
            if (news && reports < capacity) {
                int error = (active & KqueuePoller.EV_EOF) != 0 && isReset(key.fd) ? ECONNRESET : 0;
                put(events, reports, key, active & KqueuePoller.EV_EOF, error, BYTES);
                reports++;
            }
        }
        return reports;
    }

    /** Whether a filter has something to report: BYTES (or room), EV_EOF. */
    private static int active(Key key) {
        int status = status(key.fd);
        boolean reading = key.filter == KqueuePoller.EVFILT_READ;
        int over = PollBits.POLLERR | PollBits.POLLHUP | (reading ? POLLRDHUP : 0);
        int active = (status & (reading ? PollBits.POLLIN : PollBits.POLLOUT)) != 0 ? BYTES : NOTHING;
        return active | ((status & over) != 0 ? KqueuePoller.EV_EOF : 0);
    }

    private static boolean isReset(int fd) {
        int both = PollBits.POLLERR | PollBits.POLLHUP | POLLRDHUP;
        return (status(fd) & both) == both;
    }

    private static int status(int fd) {
        IoBuffer one = OffHeap.SOURCE.allocate(Long.BYTES);
        one.setInt(0, fd);
        one.setShort(Integer.BYTES, (short) (PollBits.POLLIN | PollBits.POLLOUT | POLLRDHUP));
        one.setShort(Integer.BYTES + Short.BYTES, (short) 0);
        LibPollux.px_poll(one.address(), 1, 0);
        int status = one.getShort(Integer.BYTES + Short.BYTES);
        one.release();
        return status;
    }

    private static void put(long events, int index, Key key, int flags, int socketError, long data) {
        Pointer event = new Pointer(events + (long) index * KqueuePoller.EVENT);
        event.setLong(KqueuePoller.IDENT, key.fd);
        event.setShort(KqueuePoller.FILTER, (short) key.filter);
        event.setShort(KqueuePoller.FLAGS, (short) flags);
        event.setInt(KqueuePoller.ERROR_OF_SOCKET, socketError);
        event.setLong(KqueuePoller.DATA, data);
    }
}
