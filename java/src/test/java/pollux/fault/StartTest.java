package pollux.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pollux.wire.ServerProcess;
import pollux.wire.Site;
import pollux.wire.Wait;
import pollux.wire.Wire;

/**
 * Every call that is made while a server starts fails once, each in a start of its own: the server says why, in nginx's
 * manner, ends with status 1 and leaves nothing behind; or it can do without, and serves.
 */
class StartTest {
    private static final int AT_ONCE = 2;

    /** The first place and the last one, where there are many. */
    private static final int PLACES = Integer.getInteger("pollux.fault.places", 2);

    private static final String REASON =
            "(?s)(NOTE: [^\n]*\n)?pollux: \\[emerg] [^\n]+ failed \\(\\d+: [A-Z][^\n]+\\)\n";

    private final Figures figures = new Figures();
    private List<String> names = List.of();

    private static Site site() {
        return Site.create().file("www/small.txt", "small\n");
    }

    private static String configuration(Site site, int port) {
        return """
                daemon off;
                pid run/pollux.pid;
                error_log run/error.log info;
                worker_processes 2;
                events { use epoll; }
                http {
                    access_log run/access.log;
                    client_body_temp_path run/body;
                    server { listen 127.0.0.1:%d; listen unix:%s/run/socket; root www; }
                }
                """.formatted(port, site.path());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process launch(Site site, int port) {
        site.file("test.conf", configuration(site, port));
        List<String> command = new ArrayList<>(FaultyServer.wrapper(site));
        command.addAll(ServerProcess.command(List.of("-p", site.path().toString(), "-c", "test.conf")));
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(site.path("run/stdout").toFile())
                    .redirectError(site.path("run/stderr").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isUp(Site site, Process process) {
        String pid = Long.toString(process.pid());
        Wait.until(
                () -> "a start or an end: " + site.read("run/stderr"),
                () -> !process.isAlive() || site.read("run/pollux.pid").strip().equals(pid));
        return process.isAlive();
    }

    private static int end(Process process) {
        process.destroy();
        Wait.until("the server's end", () -> !process.isAlive());
        return process.exitValue();
    }

    /** The calls of a start without a fault, and how often each is made. */
    private Map<String, Long> counts() {
        try (Site site = site()) {
            FaultPlan plan = FaultPlan.create(site.path("run/faults"));
            Process process = launch(site, freePort());
            assertTrue(isUp(site, process), site.read("run/stderr"));
            names = plan.calls();
            Map<String, Long> counts = new LinkedHashMap<>();
            names.forEach(call -> counts.put(call, plan.made(call)));
            assertEquals(0, end(process));
            counts.values().removeIf(count -> count == 0);
            counts.remove(FaultPlan.FREE);
            return counts;
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void whatFailsAtTheStartIsSaidOrDoneWithout() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<String> failures = new ArrayList<>();
        try {
            List<Future<String>> starts = new ArrayList<>();
            counts().forEach((call, count) -> {
                for (int i = 1; i <= Math.min(count, PLACES); i++) {
                    int place = i == PLACES ? count.intValue() : i;
                    starts.add(threads.submit(() -> start(call, place)));
                }
            });
            for (Future<String> start : starts) {
                if (!start.get().isEmpty()) {
                    failures.add(start.get());
                }
            }
            figures.requests(starts.size());
        } finally {
            threads.shutdownNow();
        }
        figures.print("each call of a start fails once (a start is a request here)", failures.size());
        assertEquals("", String.join("\n", failures));
        assertTrue(figures.faults() > 20, figures::toString);
    }

    private String start(String call, int place) {
        String what = "call " + place + " of " + call + "(): ";
        try (Site site = site()) {
            FaultPlan plan = FaultPlan.create(site.path("run/faults"), names);
            plan.once(call, place, Errors.likely(call));
            look(site, freePort());
            assertFalse(plan.isPending(call), "it was not made");
            synchronized (figures) {
                figures.add(plan);
            }
            return "";
        } catch (AssertionError | RuntimeException problem) {
            return what + problem.getMessage();
        }
    }

    private static List<Reply> ask(int port) {
        return Reply.ask(port, Wire.get("/small.txt", "Connection: close"), List.of(false));
    }

    private static void look(Site site, int port) {
        Process process = launch(site, port);
        try {
            boolean isUp = isUp(site, process);
            String said = site.read("run/stderr");
            assertFalse(said.contains("Exception"), said);
            if (isUp) {
                ask(port); // which the fault may still have waited for
                assertEquals(List.of(200), ask(port).stream().map(Reply::status).toList());
                assertEquals(0, end(process), () -> site.read("run/stderr"));
            } else {
                assertEquals(1, process.exitValue(), said);
                assertTrue(said.matches(REASON), said);
            }
            for (String left : List.of("run/pollux.pid", "run/pollux.pid.new", "run/socket")) {
                assertFalse(site.has(left), left + " is left behind: " + said);
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
