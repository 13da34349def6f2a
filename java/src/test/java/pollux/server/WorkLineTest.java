package pollux.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pollux.handler.Work;
import pollux.loop.EventLoop;
import pollux.loop.PollPoller;
import pollux.loop.Timer;
import pollux.loop.TimerWheel;

/** Works share what a turn has for them, whoever else comes. The clock is turned by hand. */
class WorkLineTest {
    private final StringBuilder steps = new StringBuilder();
    private final List<String> ends = new ArrayList<>();
    private long nowNs = 1;
    private final EventLoop loop = new EventLoop(new PollPoller(), () -> nowNs);
    private final WorkLine line = new WorkLine(loop, () -> nowNs);

    @AfterEach
    void close() {
        loop.close();
    }

    /** Takes so many steps, each as long as that. */
    private final class Steps implements Work {
        private final char name;
        private final long stepMs;
        private int left;

        Steps(char name, int left, long stepMs) {
            this.name = name;
            this.left = left;
            this.stepMs = stepMs;
        }

        @Override
        public int step() {
            steps.append(name);
            nowNs += TimeUnit.MILLISECONDS.toNanos(stepMs);
            if (name == '!') {
                throw new IllegalStateException("broken");
            }
            left--;
            return left == 0 ? 200 + name : MORE;
        }

        @Override
        public void abort() {
            ends.add(name + " aborted");
        }
    }

    private WorkInTurns place(char name) {
        return new WorkInTurns(
                line,
                outcome -> ends.add(name + " has " + (char) (outcome - 200)),
                problem -> ends.add(name + " " + problem.getMessage()));
    }

    private void turn() {
        steps.append(' ');
        nowNs += TimerWheel.TICK_NS;
        loop.turnOnce(0);
    }

    @Test
    void aTurnEndsWhenItsTimeIsUpAndTheNextGoesOnWhereItStopped() {
        turn();
        for (char name = 'a'; name <= 'e'; name++) {
            assertEquals(Work.MORE, place(name).start(new Steps(name, 3, 3)));
        }
        assertEquals(" ab", steps.toString(), "two steps of 3 ms, and nothing is left of 4");
        for (int i = 0; i < 7; i++) {
            turn();
        }
        assertEquals(" ab ab cd ea bc de cd e", steps.toString());
        assertEquals(List.of("a has a", "b has b", "c has c", "d has d", "e has e"), ends);
    }

    @Test
    void eachHasOneStepATickThoughThereBeTimeForMore() {
        turn();
        place('a').start(new Steps('a', 4, 0));
        place('b').start(new Steps('b', 2, 0));
        turn();
        turn();
        assertEquals(" ab ab a", steps.toString());
        assertEquals(List.of("b has b"), ends);
    }

    @Test
    void whatSomebodyIsGoingToTakeOfTheNextTurnCounts() {
        turn();
        line.add(() -> {
            steps.append('r');
            return TimeUnit.MILLISECONDS.toNanos(3);
        });
        line.add(() -> {
            steps.append('s');
            return TimeUnit.MILLISECONDS.toNanos(1);
        });
        line.add(() -> {
            steps.append('t');
            return 0;
        });
        turn();
        turn();
        assertEquals("  rs t", steps.toString());
    }

    @Test
    void aTurnIsLongByWhateverIsDoneInIt() {
        turn();
        nowNs += TimeUnit.MILLISECONDS.toNanos(20);
        assertFalse(line.isTurnLong());
        nowNs++;
        assertTrue(line.isTurnLong());
        turn();
        assertFalse(line.isTurnLong());
    }

    @Test
    void whatIsShortIsDoneAtOnce() {
        turn();
        WorkInTurns place = place('a');
        assertEquals(200 + 'a', place.start(new Steps('a', 1, 9)));
        assertFalse(place.isUnderWay());
        WorkInTurns late = place('b');
        assertEquals(Work.MORE, late.start(new Steps('b', 1, 0)), "the turn has been long enough");
        assertTrue(late.isUnderWay());
        turn();
        assertEquals(List.of("b has b"), ends);
    }

    @Test
    void whoWaitsHasAStepEvenInATurnThatIsSpentByOthers() {
        turn();
        loop.set(
                new Timer(new Timer.Action() {
                    @Override
                    public void expired(long at) {
                        place('b').start(new Steps('b', 2, 9));
                    }

                    @Override
                    public void failed(Throwable problem) {
                        throw new AssertionError(problem);
                    }
                }),
                loop.nowNs() + 1);
        place('a').start(new Steps('a', 2, 0));
        turn();
        assertEquals(" a ba", steps.toString());
        assertEquals(List.of("a has a"), ends);
    }

    @Test
    void oneThatThrowsOrIsGivenUpLosesOnlyItself() {
        turn();
        WorkInTurns given = place('a');
        given.start(new Steps('a', 9, 0));
        place('x').start(new Steps('x', 9, 9));
        WorkInTurns broken = place('!');
        broken.start(new Steps('!', 9, 0));
        place('c').start(new Steps('c', 1, 0));
        given.end();
        given.start(new Steps('d', 1, 0));
        turn();
        assertEquals(" ax d x!c".replace(" x!c", ""), steps.toString().substring(0, 5));
        turn();
        assertEquals(" ax dx !cx", steps.toString());
        assertEquals(List.of("a aborted", "a has d", "! aborted", "! broken", "c has c"), ends);
    }
}
