package pollux.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wheel, turned by hand: deadlines pass never early and at most a tick late, whoever moves them meanwhile. */
class TimerWheelTest {
    private static final long TICK = TimerWheel.TICK_NS;

    /** One turn of the wheel. */
    private static final long ROUND = 1024 * TICK;

    /** Whatever the clock's origin is: times are compared by their difference. */
    private static final long ORIGIN = Long.MAX_VALUE - 3 * ROUND;

    private final TimerWheel wheel = new TimerWheel(ORIGIN);
    private final List<String> passed = new ArrayList<>();

    private Timer timer(String name) {
        return timer(name, () -> {});
    }

    private Timer timer(String name, Runnable also) {
        return new Timer(new Timer.Action() {
            @Override
            public void expired(long nowNs) {
                passed.add(name);
                also.run();
            }

            @Override
            public void failed(Throwable problem) {
                passed.add(name + " failed: " + problem.getMessage());
            }
        });
    }

    private List<String> at(long afterOriginNs) {
        wheel.expire(ORIGIN + afterOriginNs);
        List<String> now = List.copyOf(passed);
        passed.clear();
        return now;
    }

    /** A round has 1024 ticks. */
    @ParameterizedTest(name = "after {0} ticks and {1} ns")
    @CsvSource({
        "0,1",
        "1,-1",
        "1,0",
        "1,1",
        "63,0",
        "64,0",
        "1023,0",
        "1024,-1",
        "1024,0",
        "1024,1",
        "2048,5",
        "40960,4000"
    })
    void aDeadlinePassesNeverEarlyAndAtMostATickLate(long ticks, long ns) {
        long after = ticks * TICK + ns;
        Timer timer = timer("a");
        wheel.set(timer, ORIGIN + after);
        assertTrue(timer.isSet());
        for (long now = 0; now < after; now += TICK / 2) {
            assertEquals(List.of(), at(now));
        }
        assertEquals(List.of(), at(after - 1));
        assertEquals(List.of("a"), at(after + TICK));
        assertFalse(timer.isSet());
        assertEquals(List.of(), at(after + 3 * ROUND));
    }

    @Test
    void aDeadlineInThePastPassesWithTheNextTick() {
        assertEquals(List.of(), at(10 * TICK));
        wheel.set(timer("past"), ORIGIN + TICK);
        assertEquals(List.of(), at(10 * TICK + TICK - 1));
        assertEquals(List.of("past"), at(11 * TICK));
    }

    @Test
    void aWheelThatIsNotTurnedForLongMissesNothing() {
        wheel.set(timer("near"), ORIGIN + TICK);
        wheel.set(timer("far"), ORIGIN + 5 * ROUND);
        wheel.set(timer("farther"), ORIGIN + 100 * ROUND);
        assertEquals(List.of("near", "far"), at(50 * ROUND));
        assertEquals(List.of("farther"), at(100 * ROUND + TICK));
    }

    @Test
    void aDeadlineMovesLaterAndEarlier() {
        Timer timer = timer("moved");
        wheel.set(timer, ORIGIN + 10 * TICK);
        wheel.set(timer, ORIGIN + 20 * TICK);
        assertEquals(List.of(), at(20 * TICK - 1));
        wheel.set(timer, ORIGIN + 2 * ROUND);
        assertEquals(List.of(), at(ROUND));
        wheel.set(timer, ORIGIN + ROUND + 2 * TICK);
        assertEquals(ORIGIN + ROUND + 2 * TICK, timer.deadlineNs());
        assertEquals(1, wheel.size());
        assertEquals(List.of("moved"), at(ROUND + 3 * TICK));
        assertEquals(List.of(), at(3 * ROUND));
    }

    @Test
    void aCancelledDeadlineDoesNotPassAndMayBeSetAgain() {
        Timer timer = timer("again");
        wheel.set(timer, ORIGIN + TICK);
        wheel.cancel(timer);
        wheel.cancel(timer);
        assertFalse(timer.isSet());
        assertEquals(0, wheel.size());
        assertEquals(List.of(), at(2 * TICK));
        wheel.set(timer, ORIGIN + 3 * TICK);
        assertEquals(List.of("again"), at(4 * TICK));
    }

    @Test
    void anActionMaySetItsOwnTimerAgain() {
        Timer[] timer = new Timer[1];
        long[] next = {TICK};
        timer[0] = timer("tick", () -> wheel.set(timer[0], ORIGIN + (next[0] += TICK)));
        wheel.set(timer[0], ORIGIN + next[0]);
        for (int i = 1; i <= 3000; i++) {
            assertEquals(List.of("tick"), at(i * TICK));
        }
        assertEquals(1, wheel.size());
    }

    /** Three timers in one slot: one is due, one is due and cancelled by it, one is due a round later. */
    @Test
    void anActionMayCancelAnyTimerOfItsSlot() {
        Timer due = timer("due");
        Timer roundLater = timer("a round later");
        Timer other = timer("other");
        Timer first = timer("first", () -> {
            wheel.cancel(due);
            wheel.cancel(roundLater);
        });
        for (Timer each : List.of(first, due, roundLater, other)) {
            wheel.set(each, ORIGIN + 5 * TICK + (each == roundLater ? ROUND : 0));
        }
        assertEquals(List.of("first", "other"), at(5 * TICK));
        assertEquals(0, wheel.size());
        assertEquals(List.of(), at(3 * ROUND));
    }

    @Test
    void anActionMayMoveAnyTimerOfItsSlot() {
        Timer due = timer("due");
        Timer roundLater = timer("a round later");
        Timer first = timer("first", () -> {
            wheel.set(due, ORIGIN + 7 * TICK);
            wheel.set(roundLater, ORIGIN + 8 * TICK);
        });
        for (Timer each : List.of(first, due, roundLater)) {
            wheel.set(each, ORIGIN + 5 * TICK + (each == roundLater ? ROUND : 0));
        }
        assertEquals(List.of("first"), at(5 * TICK));
        assertEquals(2, wheel.size());
        assertEquals(List.of(), at(6 * TICK));
        assertEquals(List.of("due"), at(7 * TICK));
        assertEquals(List.of("a round later"), at(8 * TICK));
        assertEquals(List.of(), at(3 * ROUND));
    }

    @Test
    void anActionThatThrowsIsToldAndTheOthersRun() {
        wheel.set(
                timer("bad", () -> {
                    throw new IllegalArgumentException("oh");
                }),
                ORIGIN + TICK);
        wheel.set(timer("good"), ORIGIN + TICK);
        assertEquals(List.of("bad", "bad failed: oh", "good"), at(TICK));
    }

    @Test
    void theDelayIsThatOfTheNextDeadlineAndNeverTooLong() {
        assertEquals(-1, wheel.nextDelayMs(ORIGIN));
        Timer near = timer("near");
        wheel.set(timer("far"), ORIGIN + 100 * TICK);
        wheel.set(near, ORIGIN + 10 * TICK - 3);
        assertEquals(80, wheel.nextDelayMs(ORIGIN));
        assertEquals(80, wheel.nextDelayMs(ORIGIN + 1), "a part of a millisecond counts as a whole one");
        assertEquals(1, wheel.nextDelayMs(ORIGIN + 10 * TICK - 1));
        assertEquals(0, wheel.nextDelayMs(ORIGIN + 10 * TICK));
        assertEquals(0, wheel.nextDelayMs(ORIGIN + 50 * TICK), "overdue");
        wheel.cancel(near);
        assertEquals(800, wheel.nextDelayMs(ORIGIN));
        assertEquals(List.of("far"), at(100 * TICK));
        assertEquals(-1, wheel.nextDelayMs(ORIGIN + 100 * TICK));
    }

    @Test
    void theDelayOfADeadlineManyRoundsAwayIsAtMostARound() {
        wheel.set(timer("far"), ORIGIN + 7 * ROUND + 3 * TICK);
        long now = 0;
        int waits = 0;
        while (passed.isEmpty()) {
            int delayMs = wheel.nextDelayMs(ORIGIN + now);
            assertTrue(delayMs > 0 && delayMs <= TimeUnit.NANOSECONDS.toMillis(ROUND), delayMs + " ms");
            now += TimeUnit.MILLISECONDS.toNanos(delayMs);
            wheel.expire(ORIGIN + now);
            waits++;
        }
        assertEquals(7 * ROUND + 3 * TICK, now);
        assertEquals(8, waits);
    }

    /** Thousands at random, moved and cancelled at random, against a plain list of deadlines. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3})
    void thousandsPassWhenTheyShould(int seed) {
        Random random = new Random(seed);
        List<Timer> timers = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            Timer timer = timer(Integer.toString(i));
            timers.add(timer);
            wheel.set(timer, ORIGIN + random.nextLong(3 * ROUND));
        }
        int left = timers.size();
        for (long now = 0; left > 0; now += random.nextLong(20 * TICK)) {
            for (String name : at(now)) {
                long late = ORIGIN + now - timers.get(Integer.parseInt(name)).deadlineNs();
                assertTrue(late >= 0, "early by " + -late);
                left--;
            }
            for (Timer timer : timers) {
                assertTrue(!timer.isSet() || ORIGIN + now - timer.deadlineNs() < TICK, "late by more than a tick");
            }
            Timer any = timers.get(random.nextInt(timers.size()));
            left += any.isSet() ? 0 : 1;
            if (random.nextInt(4) == 0) {
                wheel.cancel(any);
                left--;
            } else {
                wheel.set(any, ORIGIN + now + random.nextLong(ROUND));
            }
            assertEquals(left, wheel.size());
            if (random.nextInt(500) == 0) {
                left -= cancelAll(timers);
            }
        }
        assertEquals(-1, wheel.nextDelayMs(ORIGIN));
    }

    private int cancelAll(List<Timer> timers) {
        int before = wheel.size();
        timers.forEach(wheel::cancel);
        assertEquals(0, wheel.size());
        return before;
    }
}
