package pollux.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pollux.posix.Errno;

/** What may happen at any time, everywhere at once: clients get the same bytes, logs have whole lines. */
class EverywhereTest {
    private static final List<String> MOVING = List.of("recv", "send", "read", "write", "pread", "pwrite", "sendfile");

    /** The calls that a signal may interrupt, by their manual pages; moving bytes through a non-blocking socket or pipe is none. */
    private static final List<String> INTERRUPTED = List.of(
            "poll",
            "epoll_wait",
            "accept4",
            "open",
            "openat",
            "close",
            "dup2",
            "fallocate",
            "fstatvfs",
            "ftruncate",
            "fsync",
            "pread",
            "pwrite",
            "waitpid");

    private static void run(String title, String events, int least, Arming arm) {
        Figures figures = new Figures();
        try (FaultyCourse course = new FaultyCourse(new Course(events, 1), Course::exchanges, figures)) {
            arm.on(course.server().plan());
            course.runAllWell();
            course.server().plan().disarm();
            course.server().awaitCensus(course::runAllWell);
            course.runAllWell();
            assertLinesAreWhole(course.server().process().accessLog());
        }
        figures.print(title + ", " + events, 0);
        assertTrue(figures.faults() >= least, figures::toString);
    }

    private interface Arming {
        void on(FaultPlan plan);
    }

    private static void assertLinesAreWhole(String log) {
        String line = "127\\.0\\.0\\.1 - (-|who) \\[[^]]+] \"[^\"]*\" \\d{3} \\d+ \"-\" \"-\"";
        assertEquals(List.of(), log.lines().filter(each -> !each.matches(line)).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"use epoll;", "use poll;"})
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void oneByteAtATimeIsTheSameBytes(String events) {
        run(
                "one byte at a time",
                events,
                100_000,
                plan -> MOVING.forEach(call -> plan.always(call, 1, FaultPlan.ONE_BYTE)));
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void piecesOfAnyLengthAreTheSameBytes() {
        run("one byte now and then", "use epoll;", 100, plan -> {
            plan.seed(Long.getLong("pollux.fault.seed", 1));
            MOVING.forEach(call -> plan.always(call, 2, FaultPlan.ONE_BYTE));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"use epoll;", "use poll;"})
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void interruptionIsHarmless(String events) {
        run("interrupted every other time", events, 100, plan -> {
            plan.seed(Long.getLong("pollux.fault.seed", 1));
            INTERRUPTED.forEach(call -> plan.always(call, 2, Errno.EINTR));
        });
    }
}
