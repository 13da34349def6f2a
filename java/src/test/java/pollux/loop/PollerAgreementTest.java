package pollux.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.loop.Watch.ASLEEP;
import static pollux.loop.Watch.BROKEN;
import static pollux.loop.Watch.HANGUP;
import static pollux.loop.Watch.READ;
import static pollux.loop.Watch.WRITE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.buffer.IoBuffer;
import pollux.posix.Files;
import pollux.posix.LibPollux;
import pollux.posix.OffHeap;
import pollux.posix.Signals;
import pollux.posix.Sockets;

/**
 * Whatever happens to sockets and pipes, and whatever is done with a report (read a little, read all, write, nothing,
 * want something else), each backend's next report says what {@code poll()} says of the same descriptors. The course of
 * things is random, the same for the same seed.
 */
class PollerAgreementTest {
    private static final int STEPS = 600;
    private static final int MANY = 14;
    private static final int[] INTERESTS = {READ, READ, READ, WRITE, WRITE, READ | WRITE, 0, ASLEEP};

    /** One descriptor that is watched, by both, and its peer. */
    private static final class Subject {
        private final boolean tcp;
        private final int directions;
        private final Watch watch;
        private final Watch reference;
        private int peer;

        Subject(boolean tcp, int directions, int peer, Watch watch, Watch reference) {
            this.tcp = tcp;
            this.directions = directions;
            this.peer = peer;
            this.watch = watch;
            this.reference = reference;
        }

        int fd() {
            return watch.fd();
        }

        /** Wants this, as far as there is such a direction. */
        void want(int interest) {
            int possible = interest & (directions | ASLEEP);
            watch.interest(possible);
            reference.interest(possible);
        }

        void closePeer() {
            if (peer >= 0) {
                Files.close(peer);
                peer = -1;
            }
        }

        @Override
        public String toString() {
            return (tcp ? "socket " : "pipe ") + fd() + (peer < 0 ? " alone" : "") + ", interest " + watch.interest();
        }
    }

    private final Watch.Handler collecting = new Watch.Handler() {
        @Override
        public void ready(Watch watch, long nowNs) {
            told.put(watch.fd(), meaning(watch));
        }

        @Override
        public void failed(Watch watch, Throwable problem) {
            throw new AssertionError(problem);
        }
    };

    private final PollPoller poll = new PollPoller();
    private final EventLoop reference = new EventLoop(poll, () -> 0);
    private final IoBuffer buffer = OffHeap.SOURCE.allocate(1 << 20);
    private final Map<Integer, Integer> told = new TreeMap<>();
    private final List<Subject> subjects = new ArrayList<>();
    private Random random;
    private EventLoop loop;
    private int reports;

    static Stream<Arguments> backends() {
        return Pollers.all()
                .flatMap(backend -> IntStream.rangeClosed(1, 5).mapToObj(seed -> Arguments.of(backend, seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("backends")
    void eachReportIsThatOfPoll(Supplier<Poller> backend, int seed) {
        Signals.ignore(Signals.PIPE);
        random = new Random(seed);
        loop = new EventLoop(backend.get(), () -> 0);
        for (int step = 0; step < STEPS; step++) {
            while (subjects.size() < MANY) {
                open();
            }
            happen();
            String when = "step " + step;
            Map<Integer, Integer> before = expected();
            loop.endOfTurn(() -> {
                assertAgreement(before, expected(), when);
                react();
            });
            told.clear();
            loop.turnOnce(0);
        }
        assertTrue(reports > STEPS, "reports: " + reports);
    }

    private void open() {
        boolean tcp = random.nextBoolean();
        boolean reader = random.nextBoolean();
        Ends ends = tcp ? Ends.tcp() : Ends.pipe();
        int fd = reader ? ends.reader() : ends.writer();
        int peer = reader ? ends.writer() : ends.reader();
        int directions = tcp ? READ | WRITE : reader ? READ : WRITE;
        int interest = pick() & (directions | ASLEEP);
        subjects.add(new Subject(
                tcp,
                directions,
                peer,
                loop.watch(fd, interest, collecting),
                reference.watch(fd, interest, collecting)));
    }

    private int pick() {
        return INTERESTS[random.nextInt(INTERESTS.length)];
    }

    /** What peers do. */
    private void happen() {
        for (Subject subject : subjects) {
            int length = 1 + random.nextInt(random.nextInt(10) == 0 ? buffer.capacity() : 50);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> LibPollux.px_write(subject.peer, buffer.address(), length);
                case 3 -> LibPollux.px_read(subject.peer, buffer.address(), length);
                case 4 -> subject.want(pick());
                case 5 -> rarely(() -> Sockets.shutdownWrite(subject.peer));
                case 6 -> rarely(subject::closePeer);
                default -> {}
            }
        }
    }

    private void rarely(Runnable action) {
        if (random.nextInt(10) == 0) {
            action.run();
        }
    }

    private Map<Integer, Integer> expected() {
        Map<Integer, Integer> expected = new TreeMap<>();
        poll.await(0);
        for (Watch watch = poll.next(); watch != null; watch = poll.next()) {
            expected.put(watch.fd(), meaning(watch));
        }
        return expected;
    }

    /**
     * What counts: what was wanted; but of a peer that has gone only that it has, and to whoever may read not even that:
     * it learns of the end by reading.
     */
    private static int meaning(Watch watch) {
        int wanted = watch.readiness & watch.interest() & (READ | WRITE);
        boolean gone = (watch.readiness & (HANGUP | BROKEN)) != 0;
        return gone ? ((wanted & READ) != 0 ? READ : HANGUP) : wanted;
    }

    /** Peers' acknowledgements come when they come: only what held before and after must have been told. */
    private void assertAgreement(Map<Integer, Integer> before, Map<Integer, Integer> after, String when) {
        for (Subject subject : subjects) {
            int first = before.getOrDefault(subject.fd(), 0);
            int last = after.getOrDefault(subject.fd(), 0);
            int actual = told.getOrDefault(subject.fd(), 0);
            String whose = when + ", " + subject;
            assertEquals(first & last, actual & first & last, whose);
            assertEquals(0, actual & ~(first | last), whose);
            reports += actual != 0 ? 1 : 0;
        }
    }

    /** What whoever was told does about it, still in the turn. */
    private void react() {
        for (Subject subject : List.copyOf(subjects)) {
            Watch watch = subject.watch;
            // The reset of a peer that has gone may come after the wait: then nothing has told of it yet.
            boolean mayFail = watch.isGone() || subject.peer < 0;
            if (watch.isReadable() && random.nextInt(4) > 0) {
                buffer.clear();
                int most = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : buffer.capacity();
                int count = subject.tcp ? watch.receive(buffer, most) : watch.read(buffer, most);
                assertTrue(count >= 0 || mayFail, "reading what was reported must not fail");
            }
            if (watch.isWritable() && random.nextInt(2) == 0) {
                buffer.region(0, 1 + random.nextInt(random.nextInt(5) == 0 ? buffer.capacity() : 50));
                int count = subject.tcp ? watch.send(buffer, false) : watch.write(buffer, buffer.length());
                assertTrue(count > 0 || mayFail, "writing what was reported must not fail");
            }
            if (random.nextInt(6) == 0) {
                subject.want(pick());
            }
            if (random.nextInt(subject.peer < 0 ? 6 : 60) == 0) {
                subjects.remove(subject);
                poll.remove(subject.reference);
                watch.close();
                subject.closePeer();
            }
        }
    }

    @AfterEach
    void closeAll() {
        loop.endOfTurn(() -> {});
        for (Subject subject : subjects) {
            subject.watch.close();
            subject.closePeer();
        }
        loop.close();
        poll.close();
        buffer.release();
    }
}
