package pollux.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every exchange of the course, and in it every call, at every place where it is made: it fails there once, and everything
 * is as it was. A server that waits by {@code epoll} goes all the way; one that waits by {@code poll()} and starts programs by
 * {@code fork()} where it differs.
 *
 * <p>{@code -Dpollux.fault.places=N} fails each call at up to N places of an exchange instead of {@value #PLACES}; those
 * behind the first few are chosen by {@code -Dpollux.fault.seed}. {@code -Dpollux.fault.exchange=NAME} takes one exchange only.
 */
class EveryCallFailsTest {
    private static final int PLACES = 2;
    private static final int SIZE = 2;
    private static final int TRIES = 20;

    private final int places = Integer.getInteger("pollux.fault.places", PLACES);
    private final String only = System.getProperty("pollux.fault.exchange");
    private final Random random = new Random(Long.getLong("pollux.fault.seed", 1));
    private final List<String> failures = new ArrayList<>();
    private FaultyCourse course;
    private int planned;

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void withEpoll() {
        run("everything", "use epoll;", Course::exchanges, Set.of());
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void withPollAndFork() {
        run("everything", "use poll;", Course::exchanges, Set.of("poll", "fork"));
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void withLogsOverTheNetwork() {
        run("syslog", "use epoll;", Course::syslog, Set.of());
    }

    /** What a worker is made of. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void withMoreWorkersAndFewer() {
        List<String> calls =
                List.of("malloc", "fcntl", "pipe2", "epoll_create1", "epoll_ctl", "socket", "bind", "listen", "open");
        run("workers", "use epoll;", Course::workers, Set.copyOf(calls));
    }

    /** The exchange of the program takes a second each time, so here a few calls fail that only it makes: with more places, all do. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void withNewPrograms() {
        run(
                "upgrades",
                "use epoll;",
                Course::upgrades,
                places > PLACES ? Set.of() : Set.of("rename", "pipe2", "vfork", "execve"));
    }

    /** Of no calls in particular: all. */
    private void run(String title, String events, Function<Course, List<Exchange>> exchanges, Set<String> calls) {
        Figures figures = new Figures();
        try (FaultyCourse all = new FaultyCourse(new Course(events, SIZE), exchanges, figures)) {
            course = all;
            for (int i = 0; i < all.exchanges().size(); i++) {
                run(i, calls);
            }
            attempt("everything at the end", all::runAllWell);
        }
        figures.print("each call fails once: " + title + ", " + events, failures.size());
        assertEquals(List.of(), failures);
        assertTrue(planned > 0 && planned <= figures.faults(), planned + " faults were planned: " + figures);
    }

    private void run(int number, Set<String> calls) {
        Exchange exchange = course.exchanges().get(number);
        if (only == null || exchange.name().equals(only)) {
            counts(exchange).forEach((call, count) -> {
                if (calls.isEmpty() || calls.contains(call)) {
                    failEverywhere(number, call, count);
                }
            });
        }
    }

    /** The calls of an exchange, and how often it makes each. */
    private Map<String, Integer> counts(Exchange exchange) {
        FaultPlan plan = course.server().plan();
        // A program of an exchange before may have to be reaped still.
        course.server().awaitCensus(() -> course.runWell(exchange));
        course.giveSparesBack();
        course.runWell(exchange);
        Map<String, Long> before = new LinkedHashMap<>();
        plan.calls().forEach(call -> before.put(call, plan.made(call)));
        before.remove(FaultPlan.FREE);
        course.runWell(exchange);
        course.server().awaitCensus(() -> course.runWell(exchange));
        Map<String, Integer> counts = new LinkedHashMap<>();
        before.forEach((call, made) -> {
            int count = (int) (plan.made(call) - made);
            if (count > 0) {
                counts.put(call, count);
            }
        });
        counts.remove(FaultPlan.MALLOC);
        int allocated = allocated(exchange);
        if (allocated > 0) {
            counts.put(FaultPlan.MALLOC, allocated);
        }
        return counts;
    }

    /** How many blocks of memory an exchange takes when there are no spare ones. */
    private int allocated(Exchange exchange) {
        FaultPlan plan = course.server().plan();
        course.giveSparesBack();
        long before = plan.made(FaultPlan.MALLOC);
        course.runWell(exchange);
        return (int) (plan.made(FaultPlan.MALLOC) - before);
    }

    private void failEverywhere(int number, String call, int count) {
        for (int i = 1; i <= Math.min(count, places); i++) {
            // The first half in order, the others anywhere behind.
            int inOrder = count <= places ? count : (places + 1) / 2;
            int place = i <= inOrder ? i : inOrder + 1 + random.nextInt(count - inOrder);
            // At the first place in every way, at the others in the likeliest.
            for (int errno : i == 1 ? Errors.of(call) : List.of(Errors.likely(call))) {
                Exchange exchange = course.exchanges().get(number);
                String what = exchange.name() + ": call " + place + " of " + call + "() fails with " + errno;
                attempt(what, () -> failOnce(exchange, call, place, errno));
            }
        }
        String name = course.exchanges().get(number).name();
        attempt(name + ": " + call + "() has failed, memory", course::awaitMemory);
    }

    private void failOnce(Exchange exchange, String call, int place, int errno) {
        FaultPlan plan = course.server().plan();
        if (call.equals(FaultPlan.MALLOC)) {
            course.giveSparesBack();
        }
        plan.once(call, place, errno);
        int tries = 0;
        do {
            course.runFaulty(exchange);
            tries++;
        } while (plan.isPending(call) && tries < TRIES);
        if (plan.isPending(call)) {
            plan.disarm();
            assertTrue(made(exchange, call) < place, "the call was not made");
            return; // What was counted before came late, of another exchange.
        }
        planned++;
        course.server().awaitCensus(() -> course.runWell(exchange));
        course.runWell(exchange);
        // Everything else has its turn too: that the same thing works says little of the others.
        List<Exchange> all = course.exchanges();
        course.runWell(all.get(planned % all.size()));
    }

    /** How often an exchange makes a call, now that nothing fails. */
    private long made(Exchange exchange, String call) {
        long before = course.server().plan().made(call);
        course.runWell(exchange);
        return course.server().plan().made(call) - before;
    }

    /** What fails is told at the end; a fresh server goes on. */
    private void attempt(String what, Runnable action) {
        try {
            action.run();
        } catch (AssertionError | RuntimeException problem) {
            failures.add(what + ": " + problem.getMessage());
            System.out.println("    " + failures.get(failures.size() - 1));
            course.startAgain();
        }
    }
}
