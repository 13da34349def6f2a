package pollux.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pollux.wire.AtOnce;

/**
 * The program is exchanged, and every call of the new one up to when it serves fails once, while visitors ask: it says why
 * and ends, and the one before goes on as if nothing had been; or it can do without, and serves when the other has gone.
 *
 * <p>The first place of each call and the last one; with {@code -Dpollux.fault.places=N} up to N places, and at the first by
 * every error that is likely.
 */
class HeirTest {
    private static final int AT_ONCE = 2;
    private static final int FEW = 2;
    private static final int PLACES = Integer.getInteger("pollux.fault.places", FEW);

    private final Figures figures = new Figures();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger planned = new AtomicInteger();

    private record Fault(String call, int place, int errno) {}

    private static Queue<Fault> faults(Lineage.Calls calls) {
        Queue<Fault> faults = new ConcurrentLinkedQueue<>();
        calls.starting().forEach((call, count) -> {
            for (int i = 1; i <= Math.min(count, PLACES); i++) {
                int place = i == PLACES ? count.intValue() : i;
                for (int errno : i == 1 && PLACES > FEW ? Errors.of(call) : List.of(Errors.likely(call))) {
                    faults.add(new Fault(call, place, errno));
                }
            }
        });
        return faults;
    }

    /** Takes faults until there is none; one that shows a failure ends the lineage, and another one goes on. */
    private void work(Queue<Fault> faults) {
        while (!faults.isEmpty()) {
            Lineage lineage = new Lineage();
            try {
                Lineage.Calls calls = lineage.begin();
                for (Fault fault = faults.poll(); fault != null; fault = faults.poll()) {
                    planned.incrementAndGet();
                    fail(lineage, fault, calls);
                }
            } catch (AssertionError | RuntimeException problem) {
                System.out.println("    " + problem.getMessage());
                failures.add(problem.getMessage());
            } finally {
                lineage.close();
                synchronized (figures) {
                    figures.requests(lineage.requests());
                    figures.add(lineage.plan());
                }
            }
        }
    }

    private static void fail(Lineage lineage, Fault fault, Lineage.Calls calls) {
        try {
            lineage.fail(fault.call(), fault.place(), fault.errno(), calls);
        } catch (AssertionError | RuntimeException problem) {
            throw new AssertionError(
                    "call " + fault.place() + " of " + fault.call() + "() fails with " + fault.errno() + ": "
                            + problem.getMessage(),
                    problem);
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void anHeirServesOrTheOneBeforeGoesOn() throws Exception {
        Queue<Fault> faults;
        try (Lineage quiet = new Lineage()) {
            Lineage.Calls calls = quiet.begin();
            List<String> adopting =
                    List.of("getsockname", "fcntl", "rename", "unlink", "pwrite", "dup2", "close", "open");
            assertTrue(calls.starting().keySet().containsAll(adopting), calls::toString);
            faults = faults(calls);
        }
        AtOnce.run(Collections.nCopies(AT_ONCE, () -> work(faults)));
        figures.print("each call of a new program's start fails once", failures.size());
        assertEquals("", String.join("\n", failures));
        assertTrue(
                planned.get() > 20 && planned.get() <= figures.faults(), planned + " faults were planned: " + figures);
    }
}
