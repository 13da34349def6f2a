package pollux.loop;

import java.util.concurrent.TimeUnit;

/**
 * Deadlines in a hashed wheel: setting, moving and cancelling cost the same however many there are. A deadline passes up
 * to one tick late, never early. Time is an argument everywhere, so that a test turns the wheel by hand.
 *
 * <p>A deadline that moves further away stays where it is filed and is filed anew when the wheel comes by: a busy
 * connection moves its deadline with each request, and pays a store for it.
 */
public final class TimerWheel {
    /** The wheel's grain. */
    public static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(8);

    private static final int SLOTS = 1024;
    private static final int MASK = SLOTS - 1;

    /** Where timers wait for their turn once their deadline has passed: an action before theirs may still move them. */
    private static final int DUE = SLOTS;

    private final Timer[] heads = new Timer[SLOTS + 1];
    private final long[] occupied = new long[SLOTS / Long.SIZE + 1];
    private final long originNs;
    private long lastTick;
    private int size;

    /**
     * Makes an empty wheel.
     *
     * @param nowNs the clock's present time, whatever its origin
     */
    public TimerWheel(long nowNs) {
        originNs = nowNs;
    }

    /** Sets or moves a timer's deadline. A deadline in the past passes with the next tick. */
    public void set(Timer timer, long deadlineNs) {
        if (timer.isSet()) {
            if (timer.slot != DUE && deadlineNs - timer.deadlineNs >= 0) {
                timer.deadlineNs = deadlineNs;
                return;
            }
            unlink(timer);
        }
        timer.deadlineNs = deadlineNs;
        link(timer);
    }

    /** Takes a timer's deadline away; nothing happens when it has none. */
    public void cancel(Timer timer) {
        if (timer.isSet()) {
            unlink(timer);
        }
    }

    /** How many deadlines are set. */
    public int size() {
        return size;
    }

    /** The first tick at or after a time: a deadline filed there has passed when the tick is reached. */
    private long tickAfter(long timeNs) {
        return Math.floorDiv(timeNs - originNs + TICK_NS - 1, TICK_NS);
    }

    private void link(Timer timer) {
        long tick = Math.max(tickAfter(timer.deadlineNs), lastTick + 1);
        file(timer, (int) (tick & MASK));
    }

    private void file(Timer timer, int slot) {
        Timer head = heads[slot];
        timer.slot = slot;
        timer.previous = null;
        timer.next = head;
        if (head != null) {
            head.previous = timer;
        }
        heads[slot] = timer;
        occupied[slot / Long.SIZE] |= 1L << slot;
        size++;
    }

    private void unlink(Timer timer) {
        int slot = timer.slot;
        if (timer.previous != null) {
            timer.previous.next = timer.next;
        } else {
            heads[slot] = timer.next;
        }
        if (timer.next != null) {
            timer.next.previous = timer.previous;
        }
        if (heads[slot] == null) {
            occupied[slot / Long.SIZE] &= ~(1L << slot);
        }
        timer.previous = null;
        timer.next = null;
        timer.slot = -1;
        size--;
    }

    /**
     * How long the loop may wait.
     *
     * @return milliseconds until the next filed deadline could pass, 0 when one is overdue, -1 when none is set
     */
    public int nextDelayMs(long nowNs) {
        if (size == 0) {
            return -1;
        }
        for (int ahead = 1; ahead <= SLOTS; ahead++) {
            int slot = (int) ((lastTick + ahead) & MASK);
            long word = occupied[slot / Long.SIZE] >>> slot;
            if ((word & 1) != 0) {
                long waitNs = originNs + (lastTick + ahead) * TICK_NS - nowNs;
                return waitNs <= 0 ? 0 : (int) ((waitNs + 999_999) / 1_000_000);
            }
            if (word == 0) {
                ahead += Long.SIZE - 1 - slot % Long.SIZE;
            }
        }
        throw new IllegalStateException(size + " timers are set, and none is filed");
    }

    /**
     * Runs the actions of the deadlines that have passed. An action may set and cancel any timer.
     *
     * @return how many passed
     */
    public int expire(long nowNs) {
        long tick = Math.floorDiv(nowNs - originNs, TICK_NS);
        long first = Math.max(lastTick + 1, tick - SLOTS + 1);
        int passed = 0;
        for (long at = first; at <= tick; at++) {
            lastTick = at;
            passed += expireSlot((int) (at & MASK), nowNs);
        }
        return passed;
    }

    private int expireSlot(int slot, long nowNs) {
        sort(slot, nowNs);
        int passed = 0;
        while (heads[DUE] != null) {
            Timer timer = heads[DUE];
            unlink(timer);
            passed++;
            run(timer.action, nowNs);
        }
        return passed;
    }

    /** Empties a slot: what is not due yet is filed anew, before any action runs and may want to move it. */
    private void sort(int slot, long nowNs) {
        Timer timer = heads[slot];
        while (timer != null) {
            Timer following = timer.next;
            unlink(timer);
            if (timer.deadlineNs - nowNs <= 0) {
                file(timer, DUE);
            } else {
                link(timer);
            }
            timer = following;
        }
    }

    private static void run(Timer.Action action, long nowNs) {
        try {
            action.expired(nowNs);
        } catch (RuntimeException | Error problem) {
            giveUp(action, problem);
        }
    }

    private static void giveUp(Timer.Action action, Throwable problem) {
        try {
            action.failed(problem);
        } catch (RuntimeException | Error worse) {
            // The owner has lost its deadline, and nobody is left to tell; the others' must not be lost with it.
            return;
        }
    }
}
