package pollux.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Objects;
import pollux.buffer.IoBuffer;
import pollux.posix.EpollBits;
import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.LibPollux;
import pollux.posix.OffHeap;
import pollux.posix.PosixException;

/**
 * Linux's {@code epoll}: the kernel keeps the set, so that a wait costs as much as there are ready descriptors, however
 * many are idle.
 *
 * <p>Whoever watches sees levels, as with the other backends; the kernel is asked for edges, in both directions at once.
 * An edge tells of both: with a request it says whether the answer can be written, so that one wait pays for both, and a
 * change of interest costs no call. What an edge has told is owed: as long as it is wanted and has not been used up, the
 * descriptor is armed again before the next wait, and that wait tells anew whatever is still so.
 *
 * <pre>
 *   armed ── an edge ──> owed ── wanted: handed out ──> read to the end, no more wanted ──> armed
 *     ^                    │                └── read in part, written, or still wanted ──┐
 *     │                    └── not wanted now, but later ────────────────────────────────┤
 *     └───────────────────────── armed again, before a wait ────────────────────────────┘
 * </pre>
 *
 * A read that got less than it asked for was a read to the end of what had come: the next arrival is an edge again. Only
 * the end of the stream may have come along unseen, so a report with EPOLLRDHUP is never used up. (A stream with an
 * urgent byte in it, or a pipe in packet mode, is read short before its end: its peer then waits until it sends more.)
 *
 * <p>Who is told that it may read and does not read, but goes on wanting to (a listener accepts, and more may be waiting),
 * is watched for levels, for reading alone, as long as that is all it wants: that spares it a call for each report.
 *
 * <p>A report names its descriptor, and the descriptor finds its watch. The kernel takes a descriptor out of its set when
 * it is closed, so nobody asks for that unless the same file is open elsewhere ({@link Watch#isShared()}); only what a
 * child has inherited, and not closed yet, may still be reported, under a number that belongs to somebody else by then. So a
 * report names its registration as well, and an old one is passed over.
 */
public final class EpollPoller implements Poller {
    /** More descriptors than this are reported in the next wait. */
    private static final int MOST_REPORTS = 512;

    private static final int FIRST_CAPACITY = 64;
    private static final int SOON_MS = 10;

    private static final int EDGES = EpollBits.EPOLLIN | EpollBits.EPOLLOUT | EpollBits.EPOLLRDHUP | EpollBits.EPOLLET;

    // A watch's slot: what edges have told and what nobody has used up (READ, WRITE, HANGUP, BROKEN), and:

    /** The peer's end has come. */
    private static final int ENDING = 16;

    /** Watched level-triggered, for reading. */
    private static final int LEVEL = 32;

    private static final int REMOVED = -1;
    private static final int ALWAYS_WANTED = Watch.HANGUP | Watch.BROKEN;

    private final int epoll;
    private final IoBuffer reports = OffHeap.SOURCE.allocate(MOST_REPORTS * EpollBits.REPORT_SIZE);
    private final Watch[] ready = new Watch[MOST_REPORTS];
    private Watch[] watches = new Watch[FIRST_CAPACITY];
    private int[] registrations = new int[FIRST_CAPACITY];
    private final Touched touched = new Touched();
    private final ArrayList<Watch> unarmed = new ArrayList<>();
    private int readyCount;
    private int walk;
    private int size;

    /**
     * Makes an empty set.
     *
     * @throws PosixException when there is no descriptor left for it, or no {@code epoll}
     */
    public EpollPoller() {
        int answer = LibPollux.px_epoll_create();
        if (answer < 0) {
            reports.release();
        }
        epoll = PosixException.check(answer, "epoll_create1()");
    }

    @Override
    public void add(Watch watch) {
        int fd = watch.fd();
        if (fd >= watches.length) {
            watches = Arrays.copyOf(watches, Math.max(watches.length * 2, fd + 1));
            registrations = Arrays.copyOf(registrations, watches.length);
        }
        registrations[fd]++;
        int answer = control(EpollBits.EPOLL_CTL_ADD, fd, EDGES);
        // It was removed and is still open.
        PosixException.check(
                answer == -Errno.EEXIST ? control(EpollBits.EPOLL_CTL_MOD, fd, EDGES) : answer, "epoll_ctl()");
        watch.slot = 0;
        watches[fd] = watch;
        size++;
    }

    @Override
    public void change(Watch watch) {
        touched.add(watch);
    }

    @Override
    public void remove(Watch watch) {
        if (watch.isShared()) {
            control(EpollBits.EPOLL_CTL_DEL, watch.fd(), 0);
        }
        watch.slot = REMOVED;
        watches[watch.fd()] = null;
        size--;
    }

    private int control(int operation, int fd, int events) {
        long name = (long) registrations[fd] << Integer.SIZE | fd;
        return LibPollux.px_epoll_ctl(epoll, operation, fd, events, name);
    }

    @Override
    public int await(int timeoutMs) {
        settle();
        int timeout = unarmed.isEmpty() || (timeoutMs >= 0 && timeoutMs < SOON_MS) ? timeoutMs : SOON_MS;
        int answer = LibPollux.px_epoll_wait(epoll, reports.address(), MOST_REPORTS, timeout);
        readyCount = 0;
        walk = 0;
        if (answer < 0) {
            return answer == -Errno.EINTR ? 0 : answer;
        }
        for (int i = 0; i < answer; i++) {
            int report = i * EpollBits.REPORT_SIZE;
            long name = reports.getLong(report + EpollBits.REPORT_DATA);
            Watch watch = named(name);
            if (watch != null) {
                take(watch, reports.getInt(report + EpollBits.REPORT_EVENTS));
            }
        }
        return readyCount;
    }

    /** The watch that a report is about; {@code null} when it is about one that was removed. */
    private Watch named(long name) {
        int fd = (int) name;
        if (watches[fd] == null) {
            // Removed and still open: it shall not be reported again. Whoever holds what was closed here is on the way
            // out.
            control(EpollBits.EPOLL_CTL_DEL, fd, 0);
        }
        return registrations[fd] == (int) (name >> Integer.SIZE) ? watches[fd] : null;
    }

    /** Before a wait: whoever wants what it has been told already is armed again. */
    private void settle() {
        unarmed.clear();
        for (Watch watch = touched.take(); watch != null; watch = touched.take()) {
            if (watch.slot != REMOVED) {
                watch.slot &= ~Touched.MARK;
                settle(watch);
            }
        }
        for (int i = 0; i < unarmed.size(); i++) {
            touched.add(unarmed.get(i));
        }
    }

    private void settle(Watch watch) {
        int interest = watch.interest();
        if ((watch.slot & LEVEL) != 0) {
            if (interest != Watch.READ) {
                arm(watch, EDGES, 0);
            }
            return;
        }
        if (watch.drained && (watch.slot & ENDING) == 0) {
            watch.slot &= ~Watch.READ;
        }
        int wanted = interest == Watch.ASLEEP ? 0 : interest | ALWAYS_WANTED;
        int owed = watch.slot & wanted;
        if (owed == Watch.READ && interest == Watch.READ && (watch.readiness & Watch.READ) != 0) {
            arm(watch, EpollBits.EPOLLIN, LEVEL);
        } else if (owed != 0) {
            arm(watch, EDGES, 0);
        }
    }

    /** What is refused for want of memory is tried again before the next wait, which is a short one. */
    private void arm(Watch watch, int events, int slot) {
        if (control(EpollBits.EPOLL_CTL_MOD, watch.fd(), events) < 0) {
            unarmed.add(watch);
        } else {
            watch.slot = slot;
        }
    }

    /** Keeps what was reported of a watch, and hands it out if any of it is wanted. */
    private void take(Watch watch, int events) {
        int told = readiness(events);
        int interest = watch.interest();
        if ((watch.slot & LEVEL) == 0) {
            watch.slot |= told | ((events & EpollBits.EPOLLRDHUP) != 0 ? ENDING : 0);
            watch.drained = false;
            touched.add(watch);
        }
        int wanted = interest == Watch.ASLEEP ? 0 : interest | ALWAYS_WANTED;
        if ((told & wanted) != 0) {
            // Whoever is told may write as well; to read, it must have asked, or the end must be there.
            int readable = (told & Watch.HANGUP) != 0 ? Watch.READ : interest & Watch.READ;
            watch.readiness = told & (readable | Watch.WRITE | ALWAYS_WANTED);
            ready[readyCount++] = watch;
        }
    }

    @Override
    public Watch next() {
        return walk < readyCount ? ready[walk++] : null;
    }

    private static int readiness(int events) {
        int readiness = 0;
        if ((events & (EpollBits.EPOLLIN | EpollBits.EPOLLHUP)) != 0) {
            readiness |= Watch.READ;
        }
        if ((events & EpollBits.EPOLLOUT) != 0) {
            readiness |= Watch.WRITE;
        }
        if ((events & EpollBits.EPOLLHUP) != 0) {
            readiness |= Watch.HANGUP;
        }
        if ((events & EpollBits.EPOLLERR) != 0) {
            readiness |= Watch.BROKEN;
        }
        return readiness;
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
        Files.close(epoll);
        reports.release();
    }
}
