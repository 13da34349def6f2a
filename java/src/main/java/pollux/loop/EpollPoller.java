package pollux.loop;

import java.util.Arrays;
import pollux.buffer.IoBuffer;
import pollux.posix.EpollBits;
import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.LibPollux;
import pollux.posix.OffHeap;
import pollux.posix.PosixException;

/**
 * Linux's {@code epoll}, level-triggered: the kernel keeps the set, so that a wait costs as much as there are ready
 * descriptors, however many are idle. In return each change of interest is a call.
 *
 * <p>A report names its descriptor, and the descriptor finds its watch. That is safe because a watch is taken out of the
 * kernel's set before its descriptor is closed, and all reports of a wait are walked before that.
 */
public final class EpollPoller implements Poller {
    /** More descriptors than this are reported in the next wait. */
    private static final int MOST_REPORTS = 512;

    private static final int FIRST_CAPACITY = 64;

    /** A watch's slot: the events that the kernel was told to look for, or that it was told of none. */
    private static final int UNKNOWN = -1;

    private final int epoll;
    private final IoBuffer reports = OffHeap.SOURCE.allocate(MOST_REPORTS * EpollBits.REPORT_SIZE);
    private Watch[] watches = new Watch[FIRST_CAPACITY];
    private int size;
    private int walk;
    private int count;

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
        }
        change(watch);
        watches[fd] = watch;
        size++;
    }

    @Override
    public void change(Watch watch) {
        int events = events(watch.interest());
        if (events == watch.slot) {
            return;
        }
        if (events == UNKNOWN) {
            control(EpollBits.EPOLL_CTL_DEL, watch, 0);
        } else {
            control(watch.slot == UNKNOWN ? EpollBits.EPOLL_CTL_ADD : EpollBits.EPOLL_CTL_MOD, watch, events);
        }
        watch.slot = events;
    }

    private void control(int operation, Watch watch, int events) {
        PosixException.check(LibPollux.px_epoll_ctl(epoll, operation, watch.fd(), events, watch.fd()), "epoll_ctl()");
    }

    @Override
    public void remove(Watch watch) {
        if (watch.slot != UNKNOWN) {
            control(EpollBits.EPOLL_CTL_DEL, watch, 0);
        }
        watch.slot = UNKNOWN;
        watches[watch.fd()] = null;
        size--;
    }

    @Override
    public int await(int timeoutMs) {
        int answer = LibPollux.px_epoll_wait(epoll, reports.address(), MOST_REPORTS, timeoutMs);
        walk = 0;
        count = Math.max(answer, 0);
        if (answer < 0 && answer != -Errno.EINTR) {
            throw new IllegalStateException("epoll_wait() of " + size + " failed " + Errno.describe(-answer));
        }
        return count;
    }

    @Override
    public Watch next() {
        if (walk == count) {
            return null;
        }
        int report = walk * EpollBits.REPORT_SIZE;
        walk++;
        Watch watch = watches[(int) reports.getLong(report + EpollBits.REPORT_DATA)];
        watch.readiness = readiness(reports.getInt(report + EpollBits.REPORT_EVENTS));
        return watch;
    }

    private static int events(int interest) {
        if (interest == Watch.ASLEEP) {
            return UNKNOWN;
        }
        return ((interest & Watch.READ) != 0 ? EpollBits.EPOLLIN : 0)
                | ((interest & Watch.WRITE) != 0 ? EpollBits.EPOLLOUT : 0);
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
    public int size() {
        return size;
    }

    @Override
    public void close() {
        Files.close(epoll);
        reports.release();
    }
}
