package pollux.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pollux.posix.Processes;
import pollux.posix.Signals;
import pollux.wire.Proc;
import pollux.wire.RawClient;
import pollux.wire.ServerProcess;
import pollux.wire.Site;
import pollux.wire.Wait;
import pollux.wire.Wire;

/**
 * The program is exchanged, nginx's and Pollux, by the same signals: each step leads both to the same state, as it is seen
 * from outside, and a client that asks all the time is
 * answered all the time, up to the first TERM.
 *
 * <p>A is the first process, B the one that it started. A state is: whose pid is in the pid file, whose in the one of the old
 * program, who answers ({@code *}: one of them, or both), and who has ended.
 */
class UpgradeTwinTest {
    private static final int ASKED = 20;

    private static final String THERE = """
            start   | A - old  |
            USR2 A  | B A *    |
            WINCH A | B A new  |
            QUIT A  | B - new  | A
            TERM B  | - - none | A B
            """;
    private static final String AT_ONCE = """
            start   | A - old  |
            USR2 A  | B A *    |
            QUIT A  | B - new  | A
            QUIT B  | - - none | A B
            """;
    private static final String AND_BACK = """
            start   | A - old  |
            USR2 A  | B A *    |
            WINCH A | B A new  |
            HUP A   | B A *    |
            QUIT B  | A - old  | B
            HUP A   | A - new  | B
            QUIT A  | - - none | A B
            """;
    private static final String THE_NEW_ONE_ENDS = """
            start   | A - old  |
            USR2 A  | B A *    |
            WINCH A | B A new  |
            TERM B  | A - old  | B
            TERM A  | - - none | A B
            """;
    private final List<Side> sides = new ArrayList<>();
    private Site site;

    @BeforeEach
    void make() {
        site = Site.create();
    }

    @AfterEach
    void end() {
        sides.forEach(Side::end);
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {THERE, AT_ONCE, AND_BACK, THE_NEW_ONE_ENDS})
    void bothGoTheSameWay(String steps) {
        for (String name : List.of("nginx", "pollux")) {
            Side side = new Side(name);
            sides.add(side);
            side.run(steps.lines().map(line -> line.split(" *\\| *", -1)).toList());
        }
    }

    /** One of the twins. */
    private final class Side {
        private final String name;
        private final String pidFile;
        private final int port = freePort();
        private int first;
        private int second;

        Side(String name) {
            this.name = name;
            this.pidFile = "run/" + name + ".pid";
        }

        private void configure(String answer) {
            String block = "server { listen 127.0.0.1:" + port + "; return 200 " + answer + "; }";
            site.file(
                    name + ".conf",
                    Twins.configuration(block, name, "").replaceFirst("^daemon off;\n", "worker_processes 2;\n"));
        }

        private void run(List<String[]> steps) {
            configure("old");
            start();
            configure("new");
            AtomicBoolean over = new AtomicBoolean();
            AtomicReference<Throwable> lost = new AtomicReference<>();
            Thread client = new Thread(() -> askUntil(over, lost));
            try {
                for (String[] step : steps) {
                    boolean isLast = step == steps.get(steps.size() - 1);
                    // Who is to stop at once lets requests go.
                    if (isLast || step[0].startsWith("TERM")) {
                        over.set(true);
                        join(client);
                    }
                    signal(step[0]);
                    await(step[0], step[1] + " | " + step[2]);
                    if (step[0].equals("start")) {
                        client.start();
                    }
                }
            } finally {
                over.set(true);
                join(client);
            }
            assertEquals(null, lost.get(), name + ": a request was lost: " + lost.get());
        }

        private void askUntil(AtomicBoolean over, AtomicReference<Throwable> lost) {
            try {
                while (!over.get()) {
                    ask();
                }
            } catch (RuntimeException | AssertionError failed) {
                lost.set(failed);
            }
        }

        private void start() {
            ProcessBuilder builder = name.equals("nginx")
                    ? NginxProcess.command(site, name + ".conf")
                    : new ProcessBuilder(
                            ServerProcess.command(List.of("-p", site.path().toString(), "-c", name + ".conf")));
            try {
                Process process = builder.redirectErrorStream(true)
                        .redirectOutput(site.path("run/" + name + ".out").toFile())
                        .start();
                assertTrue(process.waitFor(Wait.LIMIT_MS, TimeUnit.MILLISECONDS), name);
                assertEquals(0, process.exitValue(), site.read("run/" + name + ".out"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
            Wait.until("the pid file of " + name, () -> pid(pidFile) != 0);
            first = pid(pidFile);
        }

        private int pid(String file) {
            String text = site.read(file).strip();
            return text.isEmpty() ? 0 : Integer.parseInt(text);
        }

        private void signal(String step) {
            if (step.equals("start")) {
                return;
            }
            String[] words = step.split(" ", -1);
            int number =
                    switch (words[0]) {
                        case "USR2" -> Signals.USR2;
                        case "WINCH" -> Signals.WINCH;
                        case "QUIT" -> Signals.QUIT;
                        case "HUP" -> Signals.HUP;
                        default -> Signals.TERM;
                    };
            assertEquals(0, Processes.signal(words[1].equals("A") ? first : second, number), name + ": " + step);
            if (words[0].equals("USR2")) {
                Wait.until("the new program of " + name, () -> {
                    int present = pid(pidFile);
                    second = present == first ? 0 : present;
                    return second != 0;
                });
            }
        }

        private void await(String step, String state) {
            Wait.until(
                    () -> name + " at " + step + ": \"" + state + "\", it is \"" + state(state) + "\"",
                    () -> state(state).equals(state));
        }

        /** The state now; of what need not be known, what is expected. */
        private String state(String expected) {
            String answers = expected.contains("*") ? "*" : answers();
            String ended = (hasEnded(first) ? "A " : "") + (second != 0 && hasEnded(second) ? "B" : "");
            return letter(pidFile) + " " + letter(pidFile + ".oldbin") + " " + answers + " | " + ended.strip();
        }

        private String letter(String file) {
            int pid = pid(file);
            return pid == 0 ? "-" : pid == first ? "A" : pid == second ? "B" : "?";
        }

        private String answers() {
            TreeSet<String> contents = new TreeSet<>();
            for (int i = 0; i < ASKED; i++) {
                try {
                    contents.add(ask());
                } catch (UncheckedIOException refused) {
                    contents.add("none");
                } catch (AssertionError broken) {
                    // By one that ends just now.
                    contents.add("broken");
                }
            }
            return String.join(" ", contents);
        }

        private String ask() {
            try (RawClient client = RawClient.connect(port)) {
                return client.ask(Wire.get("/", "Connection: close")).content();
            }
        }

        private void end() {
            for (int pid : new int[] {first, second}) {
                if (pid != 0 && !hasEnded(pid)) {
                    Processes.signal(pid, Signals.TERM);
                    Wait.until("the end of " + pid, () -> hasEnded(pid));
                }
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Whether a process is gone, or waits only for somebody to ask how it ended. */
    private static boolean hasEnded(int pid) {
        String stat = Proc.read(pid, "stat");
        return stat.isEmpty() || stat.contains(") Z ");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
