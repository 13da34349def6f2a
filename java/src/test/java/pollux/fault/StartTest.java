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
import pollux.posix.Processes;
import pollux.posix.Signals;
import pollux.wire.Packed;
import pollux.wire.Proc;
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
    private static final int FEW = 2;

    private static final int PLACES = Integer.getInteger("pollux.fault.places", FEW);

    private static final String REASON =
            "(?s)(NOTE: [^\n]*\n)?pollux: \\[emerg] [^\n]+ failed (\\(\\d+: [A-Z][^\n]+\\)|in /[^\n]+:\\d+)\n";

    /** How a server is started. */
    private enum Kind {
        PLAIN("daemon off;"),
        /** By a process that starts the server and ends. */
        DAEMON("daemon on;"),
        /** By the superuser, for somebody else; anybody else is not asked for more than in {@link #PLAIN}. */
        USER("daemon off; user daemon;");

        private final String directives;

        Kind(String directives) {
            this.directives = directives;
        }
    }

    private final Figures figures = new Figures();
    private List<String> names = List.of();

    private static Site site() {
        return Site.create()
                .file("www/small.txt", "small\n")
                .permissions(".", "rwxr-xr-x")
                .permissions("run", "rwxrwxrwx");
    }

    private static String configuration(Kind kind, Site site, int port) {
        return kind.directives + """

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

    private static Process launch(Kind kind, Site site, int port) {
        site.file("test.conf", configuration(kind, site, port));
        List<String> command = new ArrayList<>(FaultyServer.wrapper(site));
        command.addAll(ServerProcess.command(List.of("-p", site.path().toString(), "-c", "test.conf")));
        if (kind == Kind.USER) {
            command.set(command.indexOf("-cp") + 1, Packed.readableByAll(site));
        }
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(site.path("run/stdout").toFile())
                    .redirectError(site.path("run/stderr").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's pid; 0 when there is none, because the start has failed. */
    private static int start(Site site, Process process) {
        // The last thing it says: rights are given away behind the pid file.
        Wait.until(
                () -> "a start or an end: " + site.read("run/stderr"),
                () -> !process.isAlive() || site.read("run/stdout").startsWith("pollux: serving "));
        if (process.isAlive()) {
            return (int) process.pid();
        }
        return process.exitValue() == 0
                ? Integer.parseInt(site.read("run/pollux.pid").strip())
                : 0;
    }

    /** Ends the server; 0, or the status it ended with where that is to be had. */
    private static int end(int pid, Process process) {
        assertEquals(0, Processes.signal(pid, Signals.TERM));
        Wait.until("the server's end", () -> hasEnded(pid));
        return pid == process.pid() ? exit(process) : 0;
    }

    private static int exit(Process process) {
        Wait.until("the server's end", () -> !process.isAlive());
        return process.exitValue();
    }

    /** Whether a process is gone, or waits only for somebody to ask how it ended. */
    private static boolean hasEnded(int pid) {
        String stat = Proc.read(pid, "stat");
        return stat.isEmpty() || stat.contains(") Z ");
    }

    /** The calls of a start without a fault, and how often each is made, by all its processes. */
    private Map<String, Long> counts(Kind kind) {
        try (Site site = site()) {
            FaultPlan plan = FaultPlan.create(site.path("run/faults"));
            Process process = launch(kind, site, freePort());
            int pid = start(site, process);
            assertTrue(pid > 0, site.read("run/stderr"));
            names = plan.calls();
            Map<String, Long> counts = new LinkedHashMap<>();
            names.forEach(call -> counts.put(call, plan.made(call)));
            assertEquals(0, end(pid, process));
            counts.values().removeIf(count -> count == 0);
            counts.remove(FaultPlan.FREE);
            return counts;
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void whatFailsAtTheStartIsSaidOrDoneWithout() throws Exception {
        int planned = run(Kind.PLAIN, counts(Kind.PLAIN));
        assertTrue(planned > 20, planned + " starts");
    }

    /** With few places what only a daemon's start does; else all of it. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void whatFailsAtADaemonsStartIsSaidOrDoneWithout() throws Exception {
        Map<String, Long> more = more(Kind.DAEMON);
        assertTrue(more.keySet().containsAll(List.of("vfork", "setsid", "dup2", "execve")), more::toString);
        run(Kind.DAEMON, more);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void whatFailsWhenTheRightsAreGivenAwayIsSaidOrDoneWithout() throws Exception {
        Map<String, Long> more = more(Kind.USER);
        List<String> rights = List.of("getpwnam", "getgrnam", "chown", "initgroups", "setgid", "setuid");
        assertEquals(Processes.isRoot(), more.keySet().containsAll(rights), more::toString);
        run(Kind.USER, more);
    }

    private Map<String, Long> more(Kind kind) {
        Map<String, Long> plain = counts(Kind.PLAIN);
        Map<String, Long> counts = counts(kind);
        if (PLACES == FEW) {
            counts.keySet().removeIf(plain::containsKey);
        }
        return counts;
    }

    private int run(Kind kind, Map<String, Long> counts) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<String> failures = new ArrayList<>();
        List<Future<String>> starts = new ArrayList<>();
        try {
            counts.forEach((call, count) -> {
                for (int i = 1; i <= Math.min(count, PLACES); i++) {
                    int place = i == PLACES ? count.intValue() : i;
                    for (int errno : i == 1 && PLACES > FEW ? Errors.of(call) : List.of(Errors.likely(call))) {
                        starts.add(threads.submit(() -> start(kind, call, place, errno)));
                    }
                }
            });
            for (Future<String> start : starts) {
                if (!start.get().isEmpty()) {
                    failures.add(start.get());
                    System.out.println("    " + start.get());
                }
            }
            figures.requests(starts.size());
        } finally {
            threads.shutdownNow();
        }
        figures.print("each call of a start fails once (a start is a request here), " + kind, failures.size());
        assertEquals("", String.join("\n", failures));
        assertTrue(figures.faults() >= starts.size(), figures::toString);
        return starts.size();
    }

    private String start(Kind kind, String call, int place, int errno) {
        String what = "call " + place + " of " + call + "() fails with " + errno + ": ";
        try (Site site = site()) {
            FaultPlan plan = FaultPlan.create(site.path("run/faults"), names);
            plan.once(call, place, errno);
            look(kind, site, freePort());
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

    private static void look(Kind kind, Site site, int port) {
        Process process = launch(kind, site, port);
        try {
            int pid = start(site, process);
            String said = site.read("run/stderr");
            assertFalse(said.contains("Exception"), said);
            if (pid > 0) {
                ask(port); // which the fault may still have waited for
                assertEquals(List.of(200), ask(port).stream().map(Reply::status).toList());
                assertEquals(0, end(pid, process), () -> site.read("run/stderr"));
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
