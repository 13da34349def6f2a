package pollux.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static pollux.loop.Watch.ASLEEP;
import static pollux.loop.Watch.READ;
import static pollux.loop.Watch.WRITE;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.PosixException;

/** When the loop goes over from {@code poll()} to another poller, and what it takes along. */
class AutoPollerTest {
    private static final int CROSSING = 4;
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

    private final List<Integer> open = new ArrayList<>();
    private int successors;
    private AutoPoller poller;
    private EventLoop loop;

    private void use(Supplier<Poller> successor) {
        poller = new AutoPoller(
                () -> {
                    successors++;
                    return successor.get();
                },
                CROSSING);
        loop = new EventLoop(poller, () -> 0);
    }

    @AfterEach
    void closeAll() {
        poller.close();
        open.forEach(Files::close);
    }

    private Watch pipe(String content, int interest) {
        Ends pipe = Ends.pipe();
        open.addAll(List.of(pipe.reader(), pipe.writer()));
        if (!content.isEmpty()) {
            pipe.put(content);
        }
        return loop.watch(pipe.reader(), interest, NOBODY);
    }

    private Set<Integer> await() {
        Set<Integer> ready = new TreeSet<>();
        poller.await(0);
        for (Watch watch = poller.next(); watch != null; watch = poller.next()) {
            ready.add(watch.fd());
        }
        return ready;
    }

    private Set<Integer> fill(int count) {
        Set<Integer> ready = new TreeSet<>();
        while (poller.size() < count) {
            ready.add(pipe("x", READ).fd());
        }
        return ready;
    }

    @Test
    void pollWaitsUpToTheCrossing() {
        use(EpollPoller::new);
        assertEquals(fill(CROSSING), await());
        assertEquals(0, successors);
    }

    @Test
    void aboveTheCrossingItMovesOnceAndForGood() {
        use(EpollPoller::new);
        List<Watch> watches = new ArrayList<>();
        for (int i = 0; i <= CROSSING; i++) {
            watches.add(pipe("x", READ));
        }
        assertEquals(CROSSING + 1, await().size());
        assertEquals(1, successors);
        for (Watch watch : watches.subList(0, CROSSING)) {
            poller.remove(watch);
        }
        assertEquals(Set.of(watches.get(CROSSING).fd()), await());
        assertEquals(CROSSING + 10, fill(CROSSING + 10).size() + 1);
        assertEquals(CROSSING + 10, await().size());
        assertEquals(1, successors);
    }

    @Test
    void whatEachWantsIsTakenAlong() {
        use(EpollPoller::new);
        Watch asleep = pipe("x", ASLEEP);
        Watch unwanted = pipe("x", 0);
        Watch empty = pipe("", READ);
        Watch readable = pipe("x", READ);
        Ends pipe = Ends.pipe();
        open.addAll(List.of(pipe.reader(), pipe.writer()));
        Watch writable = loop.watch(pipe.writer(), WRITE, NOBODY);
        assertEquals(new TreeSet<>(Set.of(readable.fd(), writable.fd())), await());
        assertEquals(1, successors);
        assertEquals(5, poller.size());
        asleep.interest(READ);
        unwanted.interest(READ);
        readable.interest(0);
        writable.interest(ASLEEP);
        assertEquals(new TreeSet<>(Set.of(asleep.fd(), unwanted.fd())), await());
        poller.remove(empty);
        assertEquals(4, poller.watches().length);
    }

    @Test
    void withoutAnotherPollGoesOnAndLooksAgainWhenThereIsTwiceAsMuch() {
        use(() -> {
            throw new PosixException("epoll_create1()", Errno.EMFILE);
        });
        fill(CROSSING + 1);
        assertEquals(CROSSING + 1, await().size());
        assertEquals(CROSSING + 1, await().size());
        assertEquals(1, successors);
        fill(2 * CROSSING + 1);
        assertEquals(2 * CROSSING + 1, await().size());
        assertEquals(2, successors);
    }

    /** The kernel's set takes no regular file; {@code poll()} calls it ready. */
    @Test
    void whenAnotherCannotTakeAllInPollGoesOnWithAll() throws Exception {
        use(EpollPoller::new);
        java.nio.file.Path file = java.nio.file.Files.createTempFile("pollux-loop", "");
        try {
            int regular = Files.openRead(file.toString());
            open.add(regular);
            Set<Integer> ready = fill(CROSSING);
            loop.watch(regular, READ, NOBODY);
            ready.add(regular);
            assertEquals(ready, await());
            assertEquals(ready, await());
            assertEquals(1, successors);
            Poller refusing = new EpollPoller();
            assertThrows(PosixException.class, () -> new EventLoop(refusing, () -> 0).watch(regular, READ, NOBODY));
            assertEquals(0, refusing.size());
            refusing.close();
        } finally {
            java.nio.file.Files.delete(file);
        }
    }
}
