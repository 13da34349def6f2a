package pollux.loop;

import java.util.Arrays;
import java.util.Objects;
import pollux.buffer.IoBuffer;
import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Files;
import pollux.posix.LibPollux;
import pollux.posix.OffHeap;
import pollux.posix.PosixException;

/**
 * {@code kqueue} of macOS, level-triggered: the kernel keeps the set, and the call that waits takes the changes along, so
 * that they cost no call of their own.
 *
 * <p>The kernel knows no descriptors but filters, one for each direction, and reports them one by one: the two of a
 * descriptor are put together here. Without interest only the end is waited for: both filters are set, with EV_CLEAR, so
 * that bytes wake the loop at most once, and nothing but EV_EOF is passed on. What EV_EOF means depends:
 *
 * <pre>
 *   filter   descriptor  the socket's error   means
 *   read     pipe                             the writers have gone: HANGUP
 *   read     socket      none                 the peer has ended its sending side: READ, as any end
 *   read     socket      some                 BROKEN
 *   write    pipe                             the readers have gone: BROKEN
 *   write    socket      none                 both sides have ended: HANGUP
 *   write    socket      some                 BROKEN
 * </pre>
 *
 * Closing a descriptor would take its filters along, but a watch is taken out before that, as the contract says.
 */
public final class KqueuePoller implements Poller {
    /** {@code kevent()}, as in {@code native/include/pollux.h}; a test hands in another. */
    interface Kevent {
        int call(int kqueue, long changes, int changeCount, long events, int capacity, int timeoutMs);
    }

    // The layout of struct kevent and the numbers of its header; native/src proves them with static asserts.
    static final int EVENT = 32;
    static final int IDENT = 0;
    static final int FILTER = 8;
    static final int FLAGS = 10;
    static final int ERROR_OF_SOCKET = 12;
    static final int DATA = 16;
    static final int EVFILT_READ = -1;
    static final int EVFILT_WRITE = -2;
    static final int EV_ADD = 0x1;
    static final int EV_DELETE = 0x2;
    static final int EV_CLEAR = 0x20;
    static final int EV_ERROR = 0x4000;
    static final int EV_EOF = 0x8000;

    private static final int FIRST_CAPACITY = 256;

    // A watch's slot: which filters the kernel has (READ, WRITE; without interest both, ENDS), and:
    private static final int ENDS = 4;

    /** Reported by the wait that is being walked. */
    private static final int REPORTED = 16;

    /** Its filters are to be set, whether the kernel has them or not: that makes it tell once more what is still so. */
    private static final int AGAIN = 32;

    private static final int REMOVED = -1;
    private static final int FILTERS = Watch.READ | Watch.WRITE | ENDS;

    private final int kqueue;
    private final Kevent kevent;
    private final FileStatus status = new FileStatus();
    private IoBuffer changes = OffHeap.SOURCE.allocate(FIRST_CAPACITY * EVENT);
    private IoBuffer events = OffHeap.SOURCE.allocate(FIRST_CAPACITY * EVENT);
    private int changeCount;
    private Watch[] watches = new Watch[FIRST_CAPACITY];
    private final Touched touched = new Touched();
    private Watch[] ready = new Watch[FIRST_CAPACITY];
    private int readyCount;
    private int walk;
    private boolean refused;
    private boolean untold;
    private int size;

    /**
     * Makes an empty set.
     *
     * @throws PosixException when there is no descriptor left for it, or no {@code kqueue}
     */
    public KqueuePoller() {
        this(PosixException.check(LibPollux.px_kqueue(), "kqueue()"), LibPollux::px_kevent);
    }

    KqueuePoller(int kqueue, Kevent kevent) {
        this.kqueue = kqueue;
        this.kevent = kevent;
    }

    @Override
    public void add(Watch watch) {
        int fd = watch.fd();
        if (fd >= watches.length) {
            watches = Arrays.copyOf(watches, Math.max(watches.length * 2, fd + 1));
        }
        watches[fd] = watch;
        watch.slot = 0;
        size++;
        touched.add(watch);
    }

    @Override
    public void change(Watch watch) {
        touched.add(watch);
    }

    @Override
    public void remove(Watch watch) {
        takeAway(watch, EVFILT_READ, Watch.READ);
        takeAway(watch, EVFILT_WRITE, Watch.WRITE);
        watch.slot = REMOVED;
        watches[watch.fd()] = null;
        size--;
    }

    private void takeAway(Watch watch, int filter, int own) {
        if ((watch.slot & (own | ENDS)) != 0) {
            int before = untold ? changeCount : 0;
            changeCount = before;
            put(watch.fd(), filter, EV_DELETE);
            // Without room for reports it does not wait; a filter that has gone by itself is no loss.
            kevent.call(kqueue, changes.address() + (long) before * EVENT, 1, 0, 0, 0);
            changeCount = before;
        }
    }

    // --- What the kernel is told.

    private static int filters(int interest) {
        return switch (interest) {
            case Watch.ASLEEP -> 0;
            case 0 -> ENDS;
            default -> interest;
        };
    }

    private void settle() {
        // What could not be handed over the last time comes first.
        changeCount = untold ? changeCount : 0;
        untold = false;
        for (Watch watch = touched.take(); watch != null; watch = touched.take()) {
            if (watch.slot != REMOVED) {
                int wanted = filters(watch.interest());
                int there = watch.slot & FILTERS;
                boolean again = (watch.slot & AGAIN) != 0 && there == wanted;
                set(watch, again ? 0 : there, wanted);
                watch.slot = wanted;
            }
        }
    }

    /** A filter that is there keeps its EV_CLEAR, or its lack of it, whatever it is told: it is taken away and set anew. */
    private void set(Watch watch, int from, int to) {
        for (int filter = EVFILT_READ; filter >= EVFILT_WRITE; filter--) {
            int own = filter == EVFILT_READ ? Watch.READ : Watch.WRITE;
            int before = from & (own | ENDS);
            int after = to & (own | ENDS);
            if (before != after) {
                if (before != 0) {
                    put(watch.fd(), filter, EV_DELETE);
                }
                if (after != 0) {
                    put(watch.fd(), filter, after == ENDS ? EV_ADD | EV_CLEAR : EV_ADD);
                }
            }
        }
    }

    private void put(int fd, int filter, int flags) {
        int at = changeCount * EVENT;
        if (at == changes.capacity()) {
            changes = doubled(changes);
        }
        changes.setLong(at + IDENT, fd);
        changes.setShort(at + FILTER, (short) filter);
        changes.setShort(at + FLAGS, (short) flags);
        changes.setInt(at + ERROR_OF_SOCKET, 0);
        changes.setLong(at + DATA, 0);
        changes.setLong(at + DATA + Long.BYTES, 0);
        changeCount++;
    }

    private static IoBuffer doubled(IoBuffer buffer) {
        IoBuffer larger = OffHeap.SOURCE.allocate(buffer.capacity() * 2);
        larger.put(buffer, 0, buffer.capacity());
        buffer.release();
        return larger;
    }

    // --- What the kernel tells.

    @Override
    public int await(int timeoutMs) {
        settle();
        // A change that fails is reported; without room for that the whole call would fail.
        while (events.capacity() < changes.capacity()) {
            events = doubled(events);
        }
        readyCount = 0;
        walk = 0;
        refused = false;
        int answer = collect(timeoutMs);
        if (refused) {
            // Then only the changes that failed were reported.
            changeCount = 0;
            answer = collect(readyCount > 0 ? 0 : timeoutMs);
        }
        return readyCount > 0 ? readyCount : Math.min(answer, 0);
    }

    private int collect(int timeoutMs) {
        int room = events.capacity() / EVENT;
        int answer = kevent.call(kqueue, changes.address(), changeCount, events.address(), room, timeoutMs);
        if (answer == -Errno.EINTR) {
            return 0;
        }
        untold = answer < 0;
        for (int i = 0; i < answer; i++) {
            take(i * EVENT);
        }
        return answer;
    }

    private void take(int at) {
        Watch watch = watches[(int) events.getLong(at + IDENT)];
        int readiness = readiness(at, watch);
        if (readiness == 0) {
            return;
        }
        if ((watch.slot & REPORTED) == 0) {
            watch.slot |= REPORTED;
            watch.readiness = 0;
            if (readyCount == ready.length) {
                ready = Arrays.copyOf(ready, readyCount * 2);
            }
            ready[readyCount++] = watch;
        }
        watch.readiness |= readiness;
    }

    private int readiness(int at, Watch watch) {
        int flags = events.getShort(at + FLAGS);
        if ((flags & EV_ERROR) != 0) {
            return refused(watch, (int) events.getLong(at + DATA));
        }
        boolean reading = events.getShort(at + FILTER) == EVFILT_READ;
        int ready = watch.slot & (reading ? Watch.READ : Watch.WRITE);
        int ended = (flags & EV_EOF) != 0 ? ended(at, watch, reading) : 0;
        if (ended != 0 && (watch.slot & ENDS) != 0) {
            again(watch);
        }
        return ready | ended;
    }

    private void again(Watch watch) {
        watch.slot |= AGAIN;
        touched.add(watch);
    }

    private int ended(int at, Watch watch, boolean reading) {
        if (events.getInt(at + ERROR_OF_SOCKET) != 0) {
            return Watch.BROKEN;
        }
        boolean pipe = !isSocket(watch.fd());
        if (reading) {
            return pipe ? Watch.READ | Watch.HANGUP : 0;
        }
        return pipe ? Watch.BROKEN : Watch.HANGUP;
    }

    /** A filter could not be set: its pipe has lost its other end (EPIPE), or there is no memory for it. */
    private int refused(Watch watch, int error) {
        refused = true;
        if (error == Errno.ENOENT) {
            // One that was to be taken away had gone by itself.
            return 0;
        }
        again(watch);
        return Watch.BROKEN;
    }

    private boolean isSocket(int fd) {
        return Files.status(fd, status) == 0 && status.isSocket();
    }

    @Override
    public Watch next() {
        if (walk == readyCount) {
            return null;
        }
        Watch watch = ready[walk++];
        watch.slot &= ~REPORTED;
        return watch;
    }

    @Override
    public Watch[] watches() {
        return Arrays.stream(watches).filter(Objects::nonNull).toArray(Watch[]::new);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void close() {
        Files.close(kqueue);
        changes.release();
        events.release();
        status.release();
    }
}
