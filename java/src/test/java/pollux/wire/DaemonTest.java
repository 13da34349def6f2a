package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pollux.posix.Processes;
import pollux.posix.Signals;

/** {@code daemon on}, nginx's default: who returns when, and what the daemon has left behind. */
final class DaemonTest {
    private static final String LISTEN = """
            pid run/pollux.pid;
            events {}
            http { access_log off; server { listen unix:@site@/run/socket; return 200 "here"; } }
            """;

    private Site site;

    @BeforeEach
    void make() {
        site = Site.create();
    }

    @AfterEach
    void remove() {
        site.close();
    }

    /** Starts with a configuration and gives the exit status, which comes when the starting process has ended. */
    private int start(String configuration, List<String> wrapper) {
        site.file("test.conf", configuration.replace("@site@", site.path().toString()));
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(ServerProcess.command(List.of("-p", site.path().toString(), "-c", "test.conf")));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(site.path("run/out").toFile())
                    .redirectError(site.path("run/err").toFile())
                    .start();
            boolean ended = process.waitFor(Wait.LIMIT_MS, TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            assertTrue(ended, "still running");
            return process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private int pid() {
        return Integer.parseInt(site.read("run/pollux.pid").strip());
    }

    private void end(int pid) {
        assertEquals(0, Processes.signal(pid, Signals.TERM));
        Wait.until("the daemon's end", () -> hasEnded(pid));
        assertFalse(site.has("run/pollux.pid"));
    }

    /** Whether a process is gone, or waits only for somebody to ask how it ended. */
    private static boolean hasEnded(int pid) {
        String stat = Proc.read(pid, "stat");
        return stat.isEmpty() || stat.contains(") Z ");
    }

    private static String stream(int pid, int number) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/" + number)).toString();
    }

    @Test
    void clientsCanConnectWhenTheStartReturns() throws IOException {
        assertEquals(0, start("error_log run/error.log;\n" + LISTEN, List.of()));
        int pid = pid();
        try {
            assertEquals("", site.read("run/out") + site.read("run/err"));
            try (RawClient client = RawClient.connect(site.path("run/socket"))) {
                assertEquals("here", client.ask(Wire.get("/")).content());
            }
            // pid (name) state parent group session terminal
            String[] stat = Proc.read(pid, "stat").replaceFirst(".*\\) ", "").split(" ", -1);
            assertEquals(List.of("" + pid, "" + pid, "0"), List.of(stat).subList(2, 5));
            for (int number = 0; number <= 2; number++) {
                assertEquals("/dev/null", stream(pid, number));
            }
        } finally {
            end(pid);
        }
    }

    @Test
    void errorLogOnStandardErrorStaysThere() throws IOException {
        assertEquals(0, start("error_log stderr info;\n" + LISTEN, List.of()));
        int pid = pid();
        try {
            assertEquals(site.path("run/err").toRealPath().toString(), stream(pid, 2));
            assertEquals("/dev/null", stream(pid, 1));
        } finally {
            end(pid);
        }
    }

    @Test
    void startThatFailsSaysWhy() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            String configuration = "error_log run/error.log;\n" + LISTEN.replace("unix:@site@/run/socket", address);
            assertEquals(1, start(configuration, List.of()));
            String message = "pollux: [emerg] bind() to " + address + " failed (98: Address already in use)\n";
            assertEquals(message, site.read("run/err"));
            assertFalse(site.has("run/pollux.pid"));
        }
    }

    @Test
    void badConfigurationStartsNoDaemon() {
        assertEquals(1, start("lisen 80;\n" + LISTEN, List.of()));
        assertTrue(site.read("run/err").startsWith("pollux: [emerg] unknown directive \"lisen\" in "));
        assertEquals(List.of("err", "out"), site.names("run"));
    }

    /** Signals go by the pid file, as for any server. */
    @Test
    void daemonReadsItsConfigurationAgain() {
        assertEquals(0, start("error_log run/error.log notice;\n" + LISTEN, List.of()));
        int pid = pid();
        try {
            String changed = "error_log run/error.log notice;\n" + LISTEN.replace("here", "there");
            site.file("test.conf", changed.replace("@site@", site.path().toString()));
            assertEquals(0, Processes.signal(pid, Signals.HUP));
            Wait.until("the new configuration", () -> site.read("run/error.log").contains("reconfigured"));
            try (RawClient client = RawClient.connect(site.path("run/socket"))) {
                assertEquals("there", client.ask(Wire.get("/")).content());
            }
        } finally {
            end(pid);
        }
    }
}
