package pollux.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pollux.posix.Signals;
import pollux.wire.Answer;
import pollux.wire.AtOnce;
import pollux.wire.CgiPrograms;
import pollux.wire.RawClient;
import pollux.wire.ServerProcess;
import pollux.wire.Site;
import pollux.wire.Wait;
import pollux.wire.Wire;

/**
 * The laws of the loop, proved on a running server: every system call of the process is written down while clients of
 * all kinds are at work, and each one is held against the wait before it.
 */
class RunningServerTest {
    // -D: strace hides behind the server, whose pid is the one that was started. Arrays are written out in full.
    private static final List<String> STRACE = List.of(
            "strace",
            "-D",
            "-f",
            "-q",
            "-y",
            "-v",
            "-a",
            "1",
            "-s",
            "0",
            "--seccomp-bpf",
            "-e",
            "trace=%network,poll,ppoll,select,pselect6,epoll_wait,epoll_pwait,epoll_pwait2,epoll_ctl,io_uring_enter,"
                    + "read,readv,write,writev,sendfile,splice,tee,vmsplice,pipe,pipe2,close,dup,dup2,dup3,fcntl,"
                    + "clone,clone3,fork,vfork,wait4,waitid,nanosleep,clock_nanosleep,pause,flock",
            "-o");

    private static final int LARGE = 4 << 20;

    private static final String DIRECTIVES = """
            sendfile on;
            client_max_body_size 0;
            location /cgi/ { cgi on; cgi_assign .py python3; cgi_timeout 20s 1s; }
            location /upload { allow_methods POST; upload_store run/store; }
            location /dav/ { alias run/dav/; dav_methods PUT DELETE; }
            """;

    private ServerProcess server;

    @ParameterizedTest
    @CsvSource({"poll, poll", "epoll, epoll_wait"})
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void everyReadAndWriteWasReportedByTheLatestWait(String use, String wait) throws Exception {
        String configuration = ServerProcess.server(DIRECTIVES).replace("events {", "events { use " + use + ";");
        try (Site site = site()) {
            Path trace = site.path("run/trace");
            List<String> tracer = new ArrayList<>(STRACE);
            tracer.add(trace.toString());
            int pid;
            try (ServerProcess running = ServerProcess.startUnder(tracer, site, configuration)) {
                server = running;
                pid = running.pid();
                atOnce();
                reopenLogs(site);
            }
            LawCheck check = LawCheck.of(TraceReader.read(whole(trace, pid)));
            assertEquals(List.of(), check.violations());
            assertSomethingWasProved(check, wait);
        }
    }

    /** By a signal, which has to reach the loop. */
    private void reopenLogs(Site site) {
        site.move("run/access.log", "run/access.log.1");
        server.signal(Signals.USR1);
        Wait.until("the log is opened again", () -> site.has("run/access.log"));
    }

    private static Site site() {
        Site site = Site.create().folder("run/store").folder("run/dav");
        site.file("www/small.txt", "small\n");
        site.file("www/large.bin", new byte[LARGE]);
        CgiPrograms.install(
                site,
                "www/cgi",
                "env.sh",
                "cat.sh",
                "flood.sh",
                "big.py",
                "echo-length.sh",
                "crash.sh",
                "close-input.py",
                "fork-child.sh",
                "nph-hello.sh",
                "stderr.sh");
        return site.program("www/cgi/no-interpreter", "#!/nowhere/to/be/found\n");
    }

    /** The trace, once its writer has seen the end of the server. */
    private static List<String> whole(Path trace, int pid) throws IOException {
        // Short pids are padded.
        Pattern end = Pattern.compile(pid + " +\\+\\+\\+ exited .*");
        List<String> lines = new ArrayList<>();
        Wait.until("the end of the trace", () -> {
            lines.clear();
            lines.addAll(read(trace));
            return lines.stream().anyMatch(line -> end.matcher(line).matches());
        });
        return lines;
    }

    private static List<String> read(Path trace) {
        try {
            return Files.readAllLines(trace, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void assertSomethingWasProved(LawCheck check, String wait) {
        String seen = check.counts().toString();
        assertTrue(check.count(wait) > 200, seen);
        assertTrue(check.count("accept") == 19, seen);
        assertTrue(check.count("reading a socket") > 200, seen);
        assertTrue(check.count("writing a socket") > 200, seen);
        assertTrue(check.count("reading a pipe") > 50, seen);
        assertTrue(check.count("writing a pipe") > 5, seen);
        assertTrue(check.count("sendfile") > 5, seen);
        assertTrue(check.count("wake-up") > 0, seen);
        assertTrue(check.count("born") > 40, seen);
    }

    // --- The clients. Few at once, because strace cuts a report off behind 1 KiB of its text.

    private void atOnce() throws Exception {
        List<AtOnce.Client> clients = List.of(
                this::keepAlive,
                this::pipelined,
                this::largeFile,
                this::largeFileReadSlowly,
                this::programs,
                this::contentThroughPrograms,
                this::programReadSlowly,
                this::uploads,
                this::byteByByte,
                this::leaving);
        AtOnce.run(clients);
    }

    private static void assertStatus(int status, Answer answer) {
        assertEquals(status, answer.status(), answer::head);
    }

    private void keepAlive() {
        try (RawClient client = server.connect()) {
            for (int i = 0; i < 50; i++) {
                assertStatus(200, client.ask(Wire.get("/small.txt")));
                assertStatus(404, client.ask(Wire.get("/nothing")));
                assertStatus(200, client.ask(Wire.request("HEAD /large.bin")));
            }
        }
    }

    private void pipelined() {
        try (RawClient client = server.connect()) {
            for (int i = 0; i < 10; i++) {
                client.send(Wire.get("/small.txt").repeat(30));
                for (int j = 0; j < 30; j++) {
                    assertEquals("small\n", client.read().content());
                }
            }
        }
    }

    private void largeFile() {
        try (RawClient client = server.connect()) {
            assertEquals(LARGE, client.ask(Wire.get("/large.bin")).bytes().length);
            assertStatus(206, client.ask(Wire.get("/large.bin", "Range: bytes=0-99,200-1000000")));
        }
    }

    private void largeFileReadSlowly() {
        try (RawClient client = RawClient.slow(server.port())) {
            assertEquals(LARGE, client.ask(Wire.get("/large.bin")).bytes().length);
        }
    }

    private void programs() {
        for (String name :
                List.of("env.sh", "fork-child.sh", "nph-hello.sh", "stderr.sh", "crash.sh", "no-interpreter")) {
            server.ask(Wire.get("/cgi/" + name, "Connection: close"));
        }
    }

    private void contentThroughPrograms() {
        String content = "0123456789abcdef".repeat(20_000);
        try (RawClient client = server.connect()) {
            Answer back = client.ask(Wire.request("POST /cgi/cat.sh", "Content-Length: " + content.length()) + content);
            assertEquals(content, back.content());
            Answer counted = client.ask(
                    Wire.request("POST /cgi/echo-length.sh", "Transfer-Encoding: chunked") + Wire.chunked(content));
            assertEquals("announced=320000 read=320000\n", counted.content());
            client.ask(Wire.request("POST /cgi/close-input.py", "Content-Length: " + content.length()) + content);
        }
    }

    /** The program has ended long before its client has taken all of its output. */
    private void programReadSlowly() {
        try (RawClient client = RawClient.slow(server.port())) {
            client.send(Wire.get("/cgi/big.py?2700000"));
            client.await(100);
            assertEquals(2_700_000, client.read().bytes().length);
        }
    }

    private void uploads() {
        String part = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\n";
        String form = part + "uploaded ".repeat(30_000) + "\r\n--x--\r\n";
        try (RawClient client = server.connect()) {
            assertStatus(
                    201,
                    client.ask(Wire.request(
                                    "POST /upload",
                                    "Content-Type: multipart/form-data; boundary=x",
                                    "Content-Length: " + form.length())
                            + form));
            assertStatus(
                    201,
                    client.ask(Wire.request("PUT /dav/p.txt", "Transfer-Encoding: chunked")
                            + Wire.chunked("put ".repeat(9000))));
            assertStatus(204, client.ask(Wire.request("DELETE /dav/p.txt")));
        }
    }

    private void byteByByte() {
        String request = Wire.request("PUT /dav/slow.txt", "Content-Length: 20", "Expect: 100-continue");
        try (RawClient client = server.connect()) {
            for (int i = 0; i < request.length(); i++) {
                client.send(request.substring(i, i + 1));
            }
            assertStatus(100, client.read());
            for (int i = 0; i < 20; i++) {
                client.send("x");
            }
            assertStatus(201, client.read());
        }
    }

    /** Clients that go away wherever it hurts. */
    private void leaving() {
        for (String request : List.of(
                Wire.get("/large.bin"),
                Wire.get("/cgi/flood.sh"),
                Wire.request("POST /cgi/cat.sh", "Content-Length: 1000000") + "x".repeat(200_000),
                Wire.request("PUT /dav/cut.txt", "Content-Length: 1000000") + "x".repeat(200_000),
                "GET /small.txt HTT")) {
            try (RawClient client = server.connect()) {
                client.send(request);
                if (request.startsWith("GET /cgi") || request.startsWith("GET /large")) {
                    client.await(10);
                }
            }
        }
    }
}
