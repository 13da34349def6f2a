package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pollux.posix.Processes;
import pollux.posix.Signals;

/** {@code user}: started by the superuser, the server is somebody else when clients can connect; else nothing happens. */
final class UserTest {
    private static final String CONFIGURATION = """
            daemon off;
            user daemon;
            worker_processes 2;
            pid run/pollux.pid;
            error_log run/error.log info;
            events {}
            http {
                access_log run/access.log;
                client_body_temp_path run/body;
                server {
                    listen unix:@site@/run/socket;
                    root www;
                    location /cgi/ { cgi on; }
                    location /few/ { alias www/cgi/; cgi on; cgi_limits nproc=1; }
                    location /up { upload_store up; }
                    location = /answer { return 200 "old"; }
                }
            }
            """;

    private Site site;

    @BeforeEach
    void make() {
        site = Site.create()
                .permissions(".", "rwxr-xr-x")
                .folder("up")
                .file("www/secret", "secret")
                .permissions("www/secret", "rw-------")
                .program("www/cgi/who.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nid -u\n")
                .program("www/cgi/fork.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\n\\n'
                        exec 2>&1
                        (id -u >/dev/null) && echo forked
                        """);
        site.file("test.conf", CONFIGURATION.replace("@site@", site.path().toString()));
    }

    @AfterEach
    void remove() {
        site.close();
    }

    private Process start() throws IOException {
        return start(List.of());
    }

    private Process start(List<String> wrapper) throws IOException {
        List<String> command = ServerProcess.command(List.of("-p", site.path().toString(), "-c", "test.conf"));
        command.set(command.indexOf("-cp") + 1, Packed.readableByAll(site));
        command.addAll(0, wrapper);
        Process process = new ProcessBuilder(command)
                .redirectOutput(site.path("run/out").toFile())
                .redirectError(site.path("run/err").toFile())
                .start();
        Wait.until(() -> "the start: " + site.read("run/err"), () -> !process.isAlive() || serves(process));
        return process;
    }

    private boolean serves(Process process) {
        return site.read("run/out").startsWith("pollux: serving")
                && site.read("run/pollux.pid").strip().equals("" + process.pid());
    }

    private Answer ask(String request) {
        try (RawClient client = RawClient.connect(site.path("run/socket"))) {
            return client.ask(request);
        }
    }

    private static Object owner(Path file) throws IOException {
        return Files.getAttribute(file, "unix:uid");
    }

    @Test
    void everyThreadAndProgramIsThatUser() throws IOException, InterruptedException {
        Process process = start();
        try {
            boolean root = Processes.isRoot();
            String self = "" + owner(Path.of("/proc/self"));
            String expected = root ? ask(Wire.get("/cgi/who.sh")).content().strip() : self;
            assertEquals(root, !expected.equals(self));
            int threads = 0;
            try (Stream<Path> tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
                for (Path task : (Iterable<Path>) tasks::iterator) {
                    String status = Proc.read((int) process.pid(), "task/" + task.getFileName() + "/status");
                    if (!status.isEmpty()) {
                        String ids = "\t" + expected;
                        assertTrue(status.contains("\nUid:" + ids.repeat(4) + "\n"), status);
                        threads++;
                    }
                }
            }
            assertTrue(threads > 2, "" + threads);
            assertEquals(expected, "" + owner(site.path("run/access.log")));
            assertEquals(root ? 403 : 200, ask(Wire.get("/secret")).status());
            // A log that belongs to the user can be opened again, and the configuration be read again.
            site.file("test.conf", site.read("test.conf").replace("\"old\"", "\"new\""));
            assertEquals(0, Processes.signal((int) process.pid(), Signals.USR1));
            assertEquals(0, Processes.signal((int) process.pid(), Signals.HUP));
            Wait.until(
                    "the new configuration",
                    () -> ask(Wire.get("/answer")).content().equals("new"));
        } finally {
            Processes.signal((int) process.pid(), Signals.TERM);
            Wait.until("the end", () -> !process.isAlive());
        }
        assertEquals(0, process.exitValue());
        assertFalse(site.read("run/error.log").contains("unexpected"), site.read("run/error.log"));
        boolean warned = site.read("run/err").contains("the \"user\" directive makes sense only if the master process");
        assertEquals(!Processes.isRoot(), warned);
    }

    /** Both limits count what the user has in all, the server's own threads among it; the superuser has none. */
    @Test
    void thereAreOnlySoManyProcesses() throws IOException, InterruptedException {
        Process process = start();
        try {
            assertEquals("forked\n", ask(Wire.get("/cgi/fork.sh")).content());
            String few = ask(Wire.get("/few/fork.sh")).content();
            assertTrue(few.contains("ork") && !few.contains("forked"), few);
            limitProcesses(process, 1);
            assertEquals(503, ask(Wire.get("/cgi/fork.sh")).status());
            limitProcesses(process, 30_000);
            assertEquals("forked\n", ask(Wire.get("/cgi/fork.sh")).content());
            String log = site.read("run/error.log");
            assertTrue(log.contains("/fork.sh\" failed (11: Resource temporarily unavailable)"), log);
        } finally {
            Processes.signal((int) process.pid(), Signals.TERM);
            Wait.until("the end", () -> !process.isAlive());
        }
    }

    /** A reload that wants more workers than there are threads to be had says so, and changes nothing. */
    @Test
    void workersForWhomThereIsNoThreadAreRefusedAsAWhole() throws IOException, InterruptedException {
        int more = freePort(0);
        Process process = start();
        try {
            reload(site.read("test.conf")
                    .replace("worker_processes 2", "worker_processes 4")
                    .replace("\"old\"", "\"new\"")
                    .replace("root www;", "root www; listen 127.0.0.1:" + more + ";"));
            limitProcesses(process, 1);
            hangUp(process);
            String refused = "pthread_create() for \"worker 2\" failed (11: Resource temporarily unavailable)";
            Wait.until("a refusal", () -> site.read("run/error.log").contains(refused));
            for (int i = 0; i < 10; i++) {
                assertEquals("old", ask(Wire.get("/answer")).content());
            }
            assertThrows(UncheckedIOException.class, () -> RawClient.connect(more));
            limitProcesses(process, 30_000);
            hangUp(process);
            Wait.until(
                    () -> "a reload: " + site.read("run/error.log") + site.read("run/err"),
                    () -> site.read("run/error.log").contains("reconfigured"));
            assertEquals("new", ask(Wire.get("/answer")).content());
            Wait.until("four workers", () -> Proc.threads((int) process.pid()).contains("worker 3"));
        } finally {
            Processes.signal((int) process.pid(), Signals.TERM);
            Wait.until("the end", () -> !process.isAlive());
        }
        assertEquals(0, process.exitValue());
    }

    /** And a start says so and ends; sixty workers are more than fifty threads, Java's own among them. The workers that there are would be a server that half works. */
    @Test
    void aStartWithoutThreadsForAllWorkersFails() throws IOException, InterruptedException {
        site.file("test.conf", site.read("test.conf").replace("worker_processes 2", "worker_processes 60"));
        for (String each : List.of(".", "run", "www", "up")) {
            site.permissions(each, "rwxrwxrwx");
        }
        List<String> command = new ArrayList<>(List.of("prlimit", "--nproc=" + (threadsOf(user()) + 50)));
        if (Processes.isRoot()) {
            command.addAll(0, List.of("setpriv", "--reuid=daemon", "--regid=daemon", "--clear-groups"));
        }
        Process process = start(command);
        assertEquals(1, process.waitFor(), site.read("run/err"));
        String said = site.read("run/err");
        assertTrue(said.contains("pollux: [emerg] pthread_create() for \"worker "), said);
        assertTrue(said.contains("failed (11: Resource temporarily unavailable)"), said);
        assertFalse(site.has("run/pollux.pid"));
        assertFalse(site.has("run/socket"));
    }

    private static int user() throws IOException, InterruptedException {
        if (!Processes.isRoot()) {
            return (int) owner(Path.of("/proc/self"));
        }
        Process id = new ProcessBuilder("id", "-u", "daemon").start();
        String said = new String(id.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
        return id.waitFor() == 0 ? Integer.parseInt(said.strip()) : -1;
    }

    /** How many threads a user has, in all processes. */
    private static int threadsOf(int uid) throws IOException {
        int threads = 0;
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path process : (Iterable<Path>) all::iterator) {
                String name = process.getFileName().toString();
                String status = name.matches("\\d+") ? Proc.read(Integer.parseInt(name), "status") : "";
                if (status.contains("\nUid:\t" + uid + "\t")) {
                    threads += Integer.parseInt(status.replaceAll("(?s).*\nThreads:\\s*(\\d+)\n.*", "$1"));
                }
            }
        }
        return threads;
    }

    /**
     * A port that only the superuser may bind: what it has bound stays shared by all workers, and nothing is lost when there
     * come to be more of them, or fewer; one more such port is refused.
     */
    @Test
    void moreWorkersShareAPortThatOnlyTheSuperuserMayBind() throws IOException {
        int port = lowPort(600);
        String low = CONFIGURATION
                .replace("@site@", site.path().toString())
                .replace("worker_processes 2", "worker_processes 1")
                .replace("root www;", "root www; listen 127.0.0.1:" + port + ";");
        site.file("test.conf", low);
        Process process = start();
        try {
            for (int count : new int[] {4, 2, 3}) {
                site.file("run/error.log", "");
                reload(low.replace("worker_processes 1", "worker_processes " + count));
                hangUp(process);
                Wait.until(
                        () -> "a reload: " + site.read("run/error.log") + site.read("run/err"),
                        () -> site.read("run/error.log").contains("reconfigured"));
                for (int i = 0; i < 100; i++) {
                    try (RawClient client = RawClient.connect(port)) {
                        assertEquals("old", client.ask(Wire.get("/answer")).content());
                    }
                }
            }
            int other = lowPort(port + 1);
            reload(low.replace("127.0.0.1:" + port, "127.0.0.1:" + other));
            site.file("run/error.log", "");
            hangUp(process);
            String refused = "bind() to 127.0.0.1:" + other + " failed (13: Permission denied)";
            // Some systems let everybody bind it.
            Wait.until(
                    () -> "a reload, or its refusal: " + site.read("run/error.log"),
                    () -> site.read("run/error.log").contains(refused)
                            || site.read("run/error.log").contains("reconfigured"));
            boolean isRefused = site.read("run/error.log").contains(refused);
            try (RawClient client = RawClient.connect(isRefused ? port : other)) {
                assertEquals("old", client.ask(Wire.get("/answer")).content());
            }
        } finally {
            Processes.signal((int) process.pid(), Signals.TERM);
            Wait.until("the end", () -> !process.isAlive());
        }
    }

    /** A free port, as low as this user may have it. */
    private static int lowPort(int from) throws IOException {
        return freePort(Processes.isRoot() ? from : 0);
    }

    /** The first free port from a number on; any, from 0. */
    private static int freePort(int from) throws IOException {
        for (int port = from; ; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                assertTrue(port < 1024, "no free port below 1024");
            }
        }
    }

    private void reload(String configuration) {
        site.file("test.conf.new", configuration);
        site.move("test.conf.new", "test.conf");
    }

    private static void hangUp(Process process) {
        assertEquals(0, Processes.signal((int) process.pid(), Signals.HUP));
    }

    private static void limitProcesses(Process server, int soft) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("prlimit", "--pid", "" + server.pid(), "--nproc=" + soft + ":"));
        if (Processes.isRoot()) {
            // In a container the superuser may not do it to others; the user may do it to its own.
            command.addAll(0, List.of("setpriv", "--reuid=daemon", "--regid=daemon", "--clear-groups"));
        }
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }

    @Test
    void unknownNamesAreRefusedByTheTestToo() {
        for (String user : List.of("no-such-user", "daemon no-such-group")) {
            site.file("test.conf", CONFIGURATION.replace("user daemon;", "user " + user + ";"));
            String call = user.startsWith("no") ? "getpwnam(\"no-such-user\")" : "getgrnam(\"no-such-group\")";
            String place = " in " + site.path("test.conf") + ":2\n";
            String file = site.path("test.conf").toString();
            String failed = "pollux: [emerg] " + call + " failed" + place + "pollux: configuration file " + file
                    + " test failed\nexit status 1";
            String passedOver =
                    "pollux: [warn] the \"user\" directive makes sense only if the master process runs with "
                            + "super-user privileges, ignored" + place;
            String output = ServerProcess.test(site, "test.conf");
            if (Processes.isRoot()) {
                assertEquals(failed, output);
            } else {
                assertTrue(output.startsWith(passedOver), output);
            }
        }
    }
}
