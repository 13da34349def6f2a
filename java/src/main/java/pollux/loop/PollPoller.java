package pollux.loop;

import java.util.Arrays;
import pollux.buffer.IoBuffer;
import pollux.posix.Errno;
import pollux.posix.LibPollux;
import pollux.posix.OffHeap;
import pollux.posix.PollBits;

/**
 * The literal {@code poll()}: an array of {@code struct pollfd} off the heap, one entry for each watch, without holes.
 * Adding appends; removing moves the last entry into the gap. The cost of a wait grows with the number of watches, idle
 * ones included: nothing is cheaper for a few hundred, nothing dearer for many thousands.
 */
public final class PollPoller implements Poller {
    // The layout of struct pollfd; native/src proves it with static asserts.
    private static final int ENTRY = 8;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;
    private static final int FIRST_CAPACITY = 64;

    private IoBuffer entries = OffHeap.SOURCE.allocate(FIRST_CAPACITY * ENTRY);
    private Watch[] watches = new Watch[FIRST_CAPACITY];
    private int size;
    private int walk;
    private int unseen;

    @Override
    public void add(Watch watch) {
        if (size == watches.length) {
            grow();
        }
        watches[size] = watch;
        watch.slot = size;
        entries.setShort(size * ENTRY + REVENTS, (short) 0);
        size++;
        change(watch);
    }

    private void grow() {
        IoBuffer larger = OffHeap.SOURCE.allocate(watches.length * 2 * ENTRY);
        larger.put(entries, 0, size * ENTRY);
        entries.release();
        entries = larger;
        watches = Arrays.copyOf(watches, watches.length * 2);
    }

    @Override
    public void change(Watch watch) {
        // poll() passes over entries with a negative descriptor.
        entries.setInt(watch.slot * ENTRY, watch.interest() == Watch.ASLEEP ? -1 : watch.fd());
        entries.setShort(watch.slot * ENTRY + EVENTS, events(watch.interest()));
    }

    @Override
    public void remove(Watch watch) {
        int gap = watch.slot;
        size--;
        Watch last = watches[size];
        watches[size] = null;
        if (last != watch) {
            watches[gap] = last;
            last.slot = gap;
            entries.setLong(gap * ENTRY, entries.getLong(size * ENTRY));
        }
        watch.slot = -1;
    }

    /** Lets time pass where there is no loop to wait for it: a wait for no descriptors needs no memory. */
    public static void waitForNothing(int timeoutMs) {
        LibPollux.px_poll(0, 0, timeoutMs);
    }

    @Override
    public int await(int timeoutMs) {
        int answer = LibPollux.px_poll(entries.address(), size, timeoutMs);
        walk = 0;
        unseen = Math.max(answer, 0);
        return answer == -Errno.EINTR ? 0 : answer;
    }

    @Override
    public Watch next() {
        while (unseen > 0 && walk < size) {
            int revents = entries.getShort(walk * ENTRY + REVENTS);
            Watch watch = watches[walk];
            walk++;
            if (revents != 0) {
                unseen--;
                watch.readiness = readiness(revents);
                return watch;
            }
        }
        return null;
    }

    private static short events(int interest) {
        int events = 0;
        if ((interest & Watch.READ) != 0) {
            events |= PollBits.POLLIN;
        }
        if ((interest & Watch.WRITE) != 0) {
            events |= PollBits.POLLOUT;
        }
        return (short) events;
    }

    private static int readiness(int revents) {
        int readiness = 0;
        if ((revents & (PollBits.POLLIN | PollBits.POLLHUP)) != 0) {
            readiness |= Watch.READ;
        }
        if ((revents & PollBits.POLLOUT) != 0) {
            readiness |= Watch.WRITE;
        }
        if ((revents & PollBits.POLLHUP) != 0) {
            readiness |= Watch.HANGUP;
        }
        if ((revents & (PollBits.POLLERR | PollBits.POLLNVAL)) != 0) {
            readiness |= Watch.BROKEN;
        }
        return readiness;
    }

    @Override
    public Watch[] watches() {
        return Arrays.copyOf(watches, size);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void close() {
        entries.release();
    }
}
