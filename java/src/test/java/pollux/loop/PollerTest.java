package pollux.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.loop.Watch.ASLEEP;
import static pollux.loop.Watch.BROKEN;
import static pollux.loop.Watch.HANGUP;
import static pollux.loop.Watch.READ;
import static pollux.loop.Watch.WRITE;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.posix.Files;
import pollux.posix.Signals;
import pollux.posix.Sockets;

/** What a wait says of real pipes and sockets, the same whichever backend waits. */
class PollerTest {
    private static final int ENOUGH_MS = 10_000;
    private static final Watch.Handler NOBODY = new Watch.Handler() {
        @Override
        public void ready(Watch watch, long nowNs) {
            throw new AssertionError("there is no loop here");
        }

        @Override
        public void failed(Watch watch, Throwable problem) {
            throw new AssertionError(problem);
        }
    };

    private final Set<Integer> open = new HashSet<>();
    private Poller poller;
    private EventLoop loop;

    private void use(Supplier<Poller> backend) {
        Signals.ignore(Signals.PIPE);
        poller = backend.get();
        loop = new EventLoop(poller, () -> 0);
    }

    @AfterEach
    void closeAll() {
        open.forEach(Files::close);
        poller.close();
    }

    private Ends opened(Ends ends) {
        open.add(ends.reader());
        open.add(ends.writer());
        return ends;
    }

    private void close(int fd) {
        open.remove(fd);
        Files.close(fd);
    }

    private Watch watch(int fd, int interest) {
        return loop.watch(fd, interest, NOBODY);
    }

    /**
     * A wait that something is expected of: the readiness of each descriptor that is handed out. A wait may end early
     * with nothing, but not again and again.
     */
    private Map<Integer, Integer> await() {
        Map<Integer, Integer> ready = Map.of();
        for (int i = 0; i < 3 && ready.isEmpty(); i++) {
            ready = await(ENOUGH_MS);
        }
        return ready;
    }

    private Map<Integer, Integer> await(int timeoutMs) {
        Map<Integer, Integer> ready = new TreeMap<>();
        int count = poller.await(timeoutMs);
        for (Watch watch = poller.next(); watch != null; watch = poller.next()) {
            // That it may write as well is told to some unasked.
            int unasked = WRITE & ~watch.interest();
            assertNull(ready.put(watch.fd(), watch.readiness & ~unasked), "handed out twice");
        }
        assertEquals(count, ready.size());
        return ready;
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void nothingReadyIsTheEndOfTheTime(Supplier<Poller> backend) {
        use(backend);
        assertEquals(Map.of(), await(0));
        watch(opened(Ends.pipe()).reader(), READ);
        assertEquals(Map.of(), await(0));
        assertEquals(Map.of(), await(1));
        assertEquals(1, poller.size());
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void aPipeIsReadyForReadingWhileThereIsAByte(Supplier<Poller> backend) {
        use(backend);
        Ends pipe = opened(Ends.pipe());
        watch(pipe.reader(), READ);
        pipe.put("x");
        assertEquals(Map.of(pipe.reader(), READ), await());
        assertEquals(Map.of(pipe.reader(), READ), await(), "as long as it is not read");
        pipe.empty();
        assertEquals(Map.of(), await(0));
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void aPipeIsReadyForWritingWhileThereIsRoom(Supplier<Poller> backend) {
        use(backend);
        Ends pipe = opened(Ends.pipe());
        watch(pipe.writer(), WRITE);
        assertEquals(Map.of(pipe.writer(), WRITE), await());
        pipe.fill();
        assertEquals(Map.of(), await(0));
        pipe.empty();
        assertEquals(Map.of(pipe.writer(), WRITE), await());
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void theEndOfAPipeIsAHangupThatMayBeRead(Supplier<Poller> backend) {
        use(backend);
        Ends pipe = opened(Ends.pipe());
        watch(pipe.reader(), READ);
        pipe.put("last words");
        close(pipe.writer());
        assertEquals(Map.of(pipe.reader(), READ | HANGUP), await());
        assertEquals(10, pipe.empty());
        assertEquals(Map.of(pipe.reader(), READ | HANGUP), await());
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void aPipeThatNobodyReadsIsBroken(Supplier<Poller> backend) {
        use(backend);
        Ends pipe = opened(Ends.pipe());
        watch(pipe.writer(), 0);
        assertEquals(Map.of(), await(0));
        close(pipe.reader());
        assertEquals(BROKEN, await().get(pipe.writer()) & BROKEN);
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void withoutInterestOnlyTheEndIsReportedAndAsleepNotEvenThat(Supplier<Poller> backend) {
        use(backend);
        Ends pipe = opened(Ends.pipe());
        Watch watch = watch(pipe.reader(), 0);
        pipe.put("x");
        assertEquals(Map.of(), await(0));
        close(pipe.writer());
        assertEquals(HANGUP, await().get(pipe.reader()) & HANGUP);
        watch.interest(ASLEEP);
        assertEquals(Map.of(), await(0));
        watch.interest(READ);
        assertEquals(Map.of(pipe.reader(), READ | HANGUP), await());
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void aWatchMayBeAddedAsleep(Supplier<Poller> backend) {
        use(backend);
        Ends pipe = opened(Ends.pipe()).put("x");
        Watch watch = watch(pipe.reader(), ASLEEP);
        assertEquals(Map.of(), await(0));
        watch.interest(READ);
        assertEquals(Map.of(pipe.reader(), READ), await());
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void aSocketIsReportedForBothDirectionsAtOnceWhenBothAreWanted(Supplier<Poller> backend) {
        use(backend);
        Ends tcp = opened(Ends.tcp());
        Watch watch = watch(tcp.reader(), READ);
        assertEquals(Map.of(), await(0));
        tcp.put("x");
        assertEquals(Map.of(tcp.reader(), READ), await());
        watch.interest(READ | WRITE);
        assertEquals(Map.of(tcp.reader(), READ | WRITE), await());
        watch.interest(WRITE);
        assertEquals(Map.of(tcp.reader(), WRITE), await());
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void aPeerThatHasEndedItsSendingSideIsStillThere(Supplier<Poller> backend) {
        use(backend);
        Ends tcp = opened(Ends.tcp());
        watch(tcp.reader(), READ);
        Sockets.shutdownWrite(tcp.writer());
        assertEquals(Map.of(tcp.reader(), READ), await());
        // When both sides have ended some call it a hangup; whoever may read learns of the end anyway.
        Sockets.shutdownWrite(tcp.reader());
        assertEquals(READ, await().get(tcp.reader()) & ~HANGUP);
    }

    /** Closing with bytes unread resets the connection. */
    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void aPeerThatResetsTheConnectionLeavesItBroken(Supplier<Poller> backend) {
        use(backend);
        Ends tcp = opened(Ends.tcp()).put("unread");
        watch(tcp.writer(), 0);
        close(tcp.reader());
        int readiness = await().get(tcp.writer());
        assertEquals(BROKEN, readiness & BROKEN);
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void hundredsAreWatchedAndEachKeepsItsOwnReadiness(Supplier<Poller> backend) {
        use(backend);
        Map<Integer, Integer> expected = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            Ends pipe = opened(Ends.pipe());
            watch(pipe.reader(), READ);
            if (i % 3 == 0) {
                pipe.put("x");
                expected.put(pipe.reader(), READ);
            }
        }
        assertEquals(200, poller.size());
        assertEquals(expected, await());
    }

    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void whatIsRemovedIsForgottenAndTheOthersAreNot(Supplier<Poller> backend) {
        use(backend);
        List<Watch> watches = new ArrayList<>();
        Map<Integer, Integer> expected = new TreeMap<>();
        for (int i = 0; i < 130; i++) {
            Ends pipe = opened(Ends.pipe()).put("x");
            watches.add(watch(pipe.reader(), READ));
            expected.put(pipe.reader(), READ);
        }
        // The last, the first, and every fourth of the others.
        for (int i = watches.size() - 1; i >= 0; i -= i == watches.size() - 1 ? 1 : 4) {
            Watch removed = watches.get(i);
            poller.remove(removed);
            expected.remove(removed.fd());
        }
        assertEquals(expected.size(), poller.size());
        assertEquals(expected, await());
    }

    /** A watch that is added or changed while ready ones are handed out has its say in the next wait. */
    @ParameterizedTest
    @MethodSource(Pollers.ALL)
    void theSetMayGrowAndChangeDuringAWalk(Supplier<Poller> backend) {
        use(backend);
        List<Watch> first = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            first.add(watch(opened(Ends.pipe()).put("x").reader(), READ));
        }
        Map<Integer, Integer> expected = new TreeMap<>();
        Set<Watch> seen = new HashSet<>();
        poller.await(ENOUGH_MS);
        for (Watch watch = poller.next(); watch != null; watch = poller.next()) {
            assertTrue(seen.add(watch));
            watch.interest(0);
            int added = opened(Ends.pipe()).put("y").reader();
            watch(added, READ);
            expected.put(added, READ);
        }
        assertEquals(new HashSet<>(first), seen);
        assertEquals(expected, await());
    }
}
