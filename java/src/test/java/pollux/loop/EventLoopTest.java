package pollux.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.loop.Watch.READ;
import static pollux.loop.Watch.WRITE;

import com.sun.jna.Function;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.buffer.IoBuffer;
import pollux.posix.Files;
import pollux.posix.OffHeap;

/** Turns of the loop over real pipes: who is told what, what a report pays for, when descriptors are closed. */
class EventLoopTest {
    private static final int ENOUGH_MS = 10_000;
    private static final int NUMBER = 240;

    private final IoBuffer buffer = OffHeap.SOURCE.allocate(64);
    private final List<String> told = new ArrayList<>();
    private final Set<Integer> mine = new HashSet<>();
    private long clockNs = 5_000;
    private int clockReads;
    private EventLoop loop;

    private void use(Supplier<Poller> backend) {
        loop = new EventLoop(backend.get(), () -> {
            clockReads++;
            return clockNs;
        });
    }

    @AfterEach
    void closeAll() {
        loop.close();
        mine.forEach(Files::close);
        buffer.release();
    }

    /** A pipe whose reading end the loop gets, and closes; the writing end is the test's. */
    private Ends readable(String content) {
        Ends pipe = Ends.pipe();
        mine.add(pipe.writer());
        return content.isEmpty() ? pipe : pipe.put(content);
    }

    /**
     * A pipe whose reading end has {@link #NUMBER}. The system gives the lowest free number, and the Java machine opens and
     * closes files of its own meanwhile: so far up, nobody but this test takes it.
     */
    private Ends readableAtNumber() {
        assertFalse(Ends.isOpen(NUMBER));
        Ends pipe = readable("");
        assertEquals(NUMBER, Function.getFunction("c", "dup2").invokeInt(new Object[] {pipe.reader(), NUMBER}));
        Files.close(pipe.reader());
        mine.add(NUMBER);
        return new Ends(NUMBER, pipe.writer());
    }

    private Watch watch(int fd, int interest, String name, Consumer<Watch> body) {
        return loop.watch(fd, interest, new Watch.Handler() {
            @Override
            public void ready(Watch watch, long nowNs) {
                told.add(name);
                assertEquals(clockNs, nowNs);
                body.accept(watch);
            }

            @Override
            public void failed(Watch watch, Throwable problem) {
                told.add(name + " failed: " + problem.getMessage());
                watch.close();
            }
        });
    }

    private List<String> turn() {
        return turn(ENOUGH_MS);
    }

    private List<String> turn(int timeoutMs) {
        loop.turnOnce(timeoutMs);
        List<String> result = List.copyOf(told);
        told.clear();
        return result;
    }

    private String read(Watch watch) {
        buffer.clear();
        watch.read(buffer, buffer.room());
        return buffer.string(0, buffer.length());
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void aReadyDescriptorsHandlerIsToldOnceATurn(Supplier<Poller> backend) {
        use(backend);
        watch(readable("abc").reader(), READ, "a", watch -> told.add(read(watch)));
        assertEquals(List.of("a", "abc"), turn());
        assertEquals(List.of(), turn(0));
        assertEquals(1, loop.size());
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void oneReportPaysForOneReadAndOneWrite(Supplier<Poller> backend) {
        use(backend);
        Ends tcp = Ends.tcp().put("abc");
        mine.add(tcp.writer());
        Watch watched = watch(tcp.reader(), READ | WRITE, "a", watch -> {
            buffer.clear();
            assertEquals(1, watch.receive(buffer, 1));
            assertFalse(watch.isReadable());
            assertTrue(watch.isWritable());
            assertThrows(IllegalStateException.class, () -> watch.receive(buffer, 1));
            assertThrows(IllegalStateException.class, () -> watch.read(buffer, 1));
            assertEquals(1, watch.send(buffer, false));
            assertFalse(watch.isWritable());
            buffer.put("more");
            assertThrows(IllegalStateException.class, () -> watch.send(buffer, false));
            assertThrows(IllegalStateException.class, () -> watch.write(buffer, 1));
            assertThrows(IllegalStateException.class, () -> watch.sendFile(0, 0, 1));
            told.add("all refused");
        });
        assertEquals(List.of("a", "all refused"), turn());
        assertEquals(0, watched.readiness());
        assertEquals(List.of("a", "all refused"), turn(), "the next report pays again");
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void aReportForOneDirectionDoesNotPayForTheOther(Supplier<Poller> backend) {
        use(backend);
        Ends tcp = Ends.tcp();
        mine.add(tcp.writer());
        watch(tcp.reader(), WRITE, "a", watch -> {
            assertThrows(IllegalStateException.class, () -> watch.receive(buffer, 1));
            told.add("refused");
        });
        assertEquals(List.of("a", "refused"), turn());
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void aReportThatWasNotUsedIsVoidInTheNextTurn(Supplier<Poller> backend) {
        use(backend);
        Watch unused = watch(readable("abc").reader(), READ, "unused", watch -> {});
        assertThrows(IllegalStateException.class, () -> unused.read(buffer, 1), "before any wait");
        assertEquals(List.of("unused"), turn());
        unused.interest(0);
        watch(readable("x").reader(), READ, "other", watch -> {
            assertEquals(0, unused.readiness());
            assertThrows(IllegalStateException.class, () -> unused.read(buffer, 1));
            told.add("refused");
        });
        assertEquals(List.of("other", "refused"), turn());
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void whoeverIsClosedInABatchIsNotToldInIt(Supplier<Poller> backend) {
        use(backend);
        List<Watch> watches = new ArrayList<>();
        Consumer<Watch> closeTheOthers = watch -> {
            for (Watch other : watches) {
                if (other != watch) {
                    other.close();
                    other.close();
                    assertTrue(other.isClosed());
                    assertThrows(IllegalStateException.class, () -> other.read(buffer, 1));
                    assertTrue(Ends.isOpen(other.fd()), "its number is not free before the batch is over");
                }
            }
        };
        for (int i = 0; i < 5; i++) {
            watches.add(watch(readable("x").reader(), READ, "one", closeTheOthers));
        }
        assertEquals(List.of("one"), turn());
        assertEquals(1, loop.size());
        int open = 0;
        for (Watch watch : watches) {
            open += Ends.isOpen(watch.fd()) ? 1 : 0;
        }
        assertEquals(1, open);
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void aNumberUsedAgainGetsItsOwnEventsAlone(Supplier<Poller> backend) {
        use(backend);
        Watch old = watch(readableAtNumber().put("x").reader(), READ, "old", Watch::close);
        assertEquals(List.of("old"), turn());
        Ends pipe = readableAtNumber();
        watch(pipe.reader(), READ, "new", watch -> told.add(read(watch)));
        old.interest(READ | WRITE);
        assertEquals(List.of(), turn(0));
        pipe.put("mine");
        assertEquals(List.of("new", "mine"), turn());
        assertEquals(0, old.readiness());
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void whatAnotherStillHoldsOpenIsNotTakenForTheNewOwnerOfTheNumber(Supplier<Poller> backend) {
        use(backend);
        Ends shared = readableAtNumber().put("x");
        int copy = Function.getFunction("c", "dup").invokeInt(new Object[] {shared.reader()});
        mine.add(copy);
        watch(shared.reader(), READ, "old", Watch::close);
        assertEquals(List.of("old"), turn());
        shared.put("y");
        assertEquals(List.of(), turn(0), "nobody has this number");
        Ends pipe = readableAtNumber();
        watch(pipe.reader(), READ, "new", watch -> told.add(read(watch)));
        shared.put("z");
        assertEquals(List.of(), turn(0), "somebody else has it");
        pipe.put("mine");
        assertEquals(List.of("new", "mine"), turn());
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void aHandlerThatThrowsIsToldAndTheLoopLives(Supplier<Poller> backend) {
        use(backend);
        watch(readable("x").reader(), READ, "bad", watch -> {
            throw new IllegalArgumentException("oh");
        });
        watch(readable("x").reader(), READ, "worse", watch -> {
            throw new StackOverflowError("deep");
        });
        watch(readable("x").reader(), READ, "good", watch -> told.add(read(watch)));
        List<String> first = turn();
        assertEquals(Set.of("bad", "bad failed: oh", "worse", "worse failed: deep", "good", "x"), new HashSet<>(first));
        assertEquals(6, first.size());
        assertEquals(1, loop.size());
        assertEquals(List.of(), turn(0));
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void timersRunBehindTheBatchAndTheEndOfTheTurnBehindThem(Supplier<Poller> backend) {
        use(backend);
        loop.endOfTurn(() -> told.add("end"));
        Timer timer = new Timer(new Timer.Action() {
            @Override
            public void expired(long nowNs) {
                told.add("timer");
            }

            @Override
            public void failed(Throwable problem) {
                throw new AssertionError(problem);
            }
        });
        watch(readable("x").reader(), READ, "watch", watch -> {});
        loop.set(timer, clockNs + TimerWheel.TICK_NS);
        assertEquals(List.of("watch", "end"), turn());
        clockNs += 2 * TimerWheel.TICK_NS;
        assertEquals(List.of("watch", "timer", "end"), turn());
        loop.set(timer, clockNs + TimerWheel.TICK_NS);
        loop.cancel(timer);
        clockNs += 2 * TimerWheel.TICK_NS;
        assertEquals(List.of("watch", "end"), turn());
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void theClockIsReadOnceATurn(Supplier<Poller> backend) {
        use(backend);
        watch(readable("x").reader(), READ, "a", watch -> {
            clockNs += 1;
            assertEquals(clockNs - 1, loop.nowNs());
        });
        int before = clockReads;
        turn();
        assertEquals(before + 1, clockReads);
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void theLoopRunsUntilItIsStopped(Supplier<Poller> backend) {
        use(backend);
        int[] turns = {0};
        watch(readable("x").reader(), READ, "a", watch -> {
            turns[0]++;
            if (turns[0] == 5) {
                loop.stop();
            }
        });
        loop.run();
        assertEquals(5, turns[0]);
    }

    /** Between two turns, so that the walk of the present one is not disturbed; the last one asked for counts. */
    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void anotherPollerWaitsFromTheNextTurnOn(Supplier<Poller> backend) {
        loop = new EventLoop(new PollPoller(), () -> clockNs);
        Consumer<Watch> change = watch -> {
            loop.waitBy(backend.get());
            loop.waitBy(backend.get());
        };
        watch(readable("x").reader(), READ, "a", change.andThen(Watch::close));
        watch(readable("xy").reader(), READ, "b", change.andThen(watch -> told.add(read(watch))));
        Ends silent = readable("");
        watch(silent.reader(), READ, "c", watch -> told.add(read(watch)));
        assertEquals(List.of("a", "b", "xy"), turn());
        assertEquals(List.of(), turn(0));
        assertEquals(2, loop.size());
        silent.put("z");
        assertEquals(List.of("c", "z"), turn());
        watch(readable("new").reader(), READ, "d", watch -> {
            told.add(read(watch));
            loop.waitBy(new PollPoller());
        });
        assertEquals(List.of("d", "new"), turn());
        silent.put("again");
        assertEquals(List.of("c", "again"), turn());
        assertEquals(3, loop.size());
        loop.waitBy(backend.get());
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void aLoopThatIsClosedClosesWhatWasGivenUp(Supplier<Poller> backend) {
        use(backend);
        Watch watch = watch(readable("").reader(), READ, "a", ready -> {});
        watch.close();
        assertTrue(Ends.isOpen(watch.fd()));
        loop.turnOnce(0);
        assertFalse(Ends.isOpen(watch.fd()));
        assertEquals(0, loop.size());
    }
}
