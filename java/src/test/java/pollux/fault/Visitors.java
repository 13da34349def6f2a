package pollux.fault;

import static pollux.wire.Wire.get;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import pollux.wire.RawClient;
import pollux.wire.Wait;

/** Two who ask for {@code /small.txt} again and again, by TCP and by a Unix socket, until they are told to stop. */
final class Visitors implements AutoCloseable {
    private static final String REQUEST = get("/small.txt", "Connection: close");

    /** Leaves the processor to those who are visited. */
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private interface Way {
        RawClient connect();
    }

    private final List<Thread> threads = new ArrayList<>();
    private final List<AtomicInteger> asked = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private volatile boolean over;

    Visitors(int port, Path socket) {
        add("TCP", () -> RawClient.connect(port));
        add("Unix", () -> RawClient.connect(socket));
    }

    private void add(String name, Way way) {
        AtomicInteger count = new AtomicInteger();
        asked.add(count);
        Thread thread = new Thread(() -> visit(name, way, count), "visitor by " + name);
        threads.add(thread);
    }

    /** Lets them come. */
    void begin() {
        threads.forEach(Thread::start);
    }

    private void visit(String name, Way way, AtomicInteger count) {
        while (!over) {
            try (RawClient client = way.connect()) {
                String came = client.send(REQUEST).readAll();
                if (!came.startsWith("HTTP/1.1 200 ") || !came.endsWith("\r\n\r\nsmall\n")) {
                    lose(name + ": \"" + came + "\"");
                }
            } catch (RuntimeException | AssertionError problem) {
                lose(name + ": " + problem);
            }
            count.incrementAndGet();
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private void lose(String what) {
        synchronized (lost) {
            lost.add(what);
        }
    }

    /** Those whose requests were not answered well since this was last asked. */
    List<String> takeLost() {
        synchronized (lost) {
            List<String> taken = new ArrayList<>(lost);
            lost.clear();
            return taken;
        }
    }

    /** Waits until each has asked twice: one of those requests has begun since this was called. */
    void awaitMore() {
        for (AtomicInteger count : asked) {
            int before = count.get();
            Wait.until("more requests", () -> count.get() >= before + 2);
        }
    }

    /** How many requests there were. */
    int asked() {
        return asked.stream().mapToInt(AtomicInteger::get).sum();
    }

    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
