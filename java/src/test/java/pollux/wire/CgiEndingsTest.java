package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pollux.posix.Processes;

/**
 * Programs that crash, hang, flood, or leave others behind, and clients that leave them: each gets the answer it
 * deserves, and afterwards there is no process, no descriptor, no buffer left of it.
 */
class CgiEndingsTest {
    private static final String[] PROGRAMS = {
        "big.py",
        "cat.sh",
        "close-early.py",
        "close-input.py",
        "crash-late.sh",
        "crash.sh",
        "cut-header.sh",
        "echo-length.sh",
        "endless-header.sh",
        "env.sh",
        "exit.sh",
        "flood.sh",
        "fork-child.sh",
        "garbage.sh",
        "hang.sh",
        "long.sh",
        "never-read.sh",
        "short.sh",
        "silent.sh",
        "slow.py",
        "split.sh",
        "stall.sh",
        "stderr-flood.py",
        "stderr.sh"
    };

    private static final String CONFIGURATION = ServerProcess.server("""
            listen unix:@site@/run/socket;
            listen 127.0.0.1:@port2@ sndbuf=16k;
            client_max_body_size 0;
            large_client_header_buffers 4 512k;
            cgi_param PIDS @site@/run/pids;
            location /cgi/ { cgi on; cgi_assign .py python3; cgi_timeout 20s 20s; }
            location /short/ { alias www/cgi/; cgi on; cgi_assign .py python3; cgi_timeout 500ms 300ms; }
            location /one/ {
                alias www/cgi/; cgi on; cgi_assign .py python3; cgi_timeout 20s 1s;
                cgi_max_processes 1; cgi_queue_timeout 300ms;
            }
            location /line/ {
                alias www/cgi/; cgi on; cgi_assign .py python3; cgi_timeout 20s 1s;
                cgi_max_processes 1; cgi_queue_timeout 20s;
            }
            location /nowhere/ { alias www/cgi/; cgi on; cgi_interpreter /nowhere/interpreter; }
            """)
            // The other poller, which many programs at once would bring, has a descriptor of its own.
            .replace("events {", "events { use poll;");

    private static Site site;
    private static ServerProcess server;
    private static List<String> descriptors;

    @BeforeAll
    static void start() {
        site = Site.create();
        CgiPrograms.install(site, "www/cgi", PROGRAMS);
        site.program("www/cgi/no-interpreter", "#!/nowhere/to/be/found\n");
        site.file("www/cgi/not-executable", "#!/bin/sh\n");
        site.program("www/cgi/waits.sh", """
                #!/bin/sh
                sleep 600 &
                echo "$$ $!" >"$PIDS-$QUERY_STRING.new"
                mv "$PIDS-$QUERY_STRING.new" "$PIDS-$QUERY_STRING"
                while [ ! -e "$PIDS-go-$QUERY_STRING" ]; do sleep 0.02; done
                printf 'Content-Type: text/plain\\n\\nat last\\n'
                """);
        server = ServerProcess.start(site, CONFIGURATION);
        descriptors = server.ownDescriptors();
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        Wait.until(() -> "children to be reaped: " + server.children(), () -> server.children()
                .isEmpty());
        Wait.until(() -> "descriptors to be closed: " + server.ownDescriptors(), () -> server.ownDescriptors()
                .equals(descriptors));
        Files.deleteIfExists(site.path("run/pids"));
    }

    private static Answer get(String path) {
        return server.ask(Wire.get(path, "Connection: close"));
    }

    private static String raw(String path) {
        return server.exchange(Wire.get(path, "Connection: close"));
    }

    /** The processes that a program says it has made, once it has. */
    private static List<Integer> pids() {
        return pids("run/pids");
    }

    private static List<Integer> pids(String file) {
        Wait.until("the program's word", () -> site.has(file));
        return site.read(file)
                .lines()
                .flatMap(line -> Arrays.stream(line.split(" ", -1)))
                .map(Integer::valueOf)
                .toList();
    }

    private static void awaitGone(List<Integer> pids) {
        for (int pid : pids) {
            Wait.until("the end of " + pid, () -> isGone(pid));
        }
    }

    /** Gone, or a zombie that belongs to somebody else: what init has not reaped yet. */
    private static boolean isGone(int pid) {
        String status = Proc.read(pid, "stat");
        return Processes.signal(pid, 0) < 0 || status.isEmpty() || status.contains(") Z ");
    }

    // --- Programs that fail.

    @ParameterizedTest
    @CsvSource({
        "crash.sh, was ended by signal 11",
        "silent.sh, ended before its header was complete",
        "cut-header.sh, ended before its header was complete",
        "garbage.sh, sent an invalid header",
        "endless-header.sh, sent an invalid header",
        "split.sh, sent an invalid header",
    })
    void aProgramWithoutAGoodHeaderIsABadGateway(String name, String words) {
        assertEquals(502, get("/cgi/" + name).status());
        server.awaitError(words);
    }

    @ParameterizedTest
    @CsvSource({
        "/cgi/nothing-here, 404",
        "/cgi/not-executable, 403",
        "/cgi/no-interpreter, 500",
        "/nowhere/exit.sh, 500",
    })
    void aProgramThatCannotBeRunHasAStatus(String path, int status) {
        assertEquals(status, get(path).status());
        Answer withContent = server.ask(
                Wire.request("POST " + path, "Content-Length: 100000", "Connection: close") + "x".repeat(100_000));
        assertEquals(status, withContent.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"crash-late.sh", "short.sh"})
    void anAnswerThatBreaksOffIsSeenToBeCut(String name) {
        String answer = raw("/cgi/" + name);
        assertTrue(answer.contains("Content-Length: 100\r\n"), answer);
        String content = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertTrue(content.length() < 100, answer);
        server.awaitError("ended before its content was complete");
    }

    @Test
    void moreThanWasAnnouncedDoesNotReachTheClient() {
        try (RawClient client = server.connect()) {
            assertEquals("hello", client.ask(Wire.get("/cgi/long.sh")).content());
            assertEquals("fine\n", client.ask(Wire.get("/cgi/exit.sh")).content());
        }
    }

    @Test
    void anEnvironmentThatIsTooLargeForTheSystemIsAnErrorOfTheServer() {
        Answer answer = server.ask(Wire.get("/cgi/env.sh", "X-Large: " + "x".repeat(200_000), "Connection: close"));
        assertEquals(500, answer.status());
    }

    @Test
    void aLargeEnvironmentArrivesWhole() {
        String value = "0123456789".repeat(10_000);
        Answer answer = server.ask(Wire.get("/cgi/env.sh", "X-Large: " + value, "Connection: close"));
        assertTrue(answer.content().contains("\nHTTP_X_LARGE=" + value + "\n"));
    }

    // --- Programs that hang.

    @Test
    void aProgramThatHangsAndIgnoresTermIsATimeoutAndItsWholeGroupIsKilled() {
        assertEquals(504, get("/short/hang.sh").status());
        List<Integer> group = pids();
        assertEquals(2, group.size());
        awaitGone(group);
        server.awaitError("(cgi_timeout)");
    }

    @Test
    void aProgramThatHangsInTheMiddleOfItsAnswerIsCutAndEnded() {
        String answer = raw("/short/stall.sh");
        assertTrue(answer.endsWith("7\r\nhalf of\r\n"), answer);
    }

    @Test
    void anAnswerEndsWithTheOutputAndTheProgramIsEndedLater() {
        assertEquals("early\n", get("/short/close-early.py").content());
    }

    @Test
    void aChildThatKeepsTheOutputOpenEndsWithTheProgram() {
        assertEquals("parent\n", get("/cgi/fork-child.sh").content());
        awaitGone(pids());
    }

    // --- Content.

    @Test
    void aProgramThatReadsToTheEndOfNoContentMeetsItAtOnce() {
        assertEquals("", get("/cgi/cat.sh").content());
        assertEquals(
                "announced=0 read=0\n",
                server.ask(Wire.request("POST /cgi/echo-length.sh", "Content-Length: 0", "Connection: close"))
                        .content());
    }

    @ParameterizedTest
    @CsvSource({"never-read.sh, 'not read\n'", "close-input.py, 'got xxxxxxxxxx\n'"})
    void contentThatAProgramLeavesIsReadPast(String name, String content) {
        String request = Wire.request("POST /cgi/" + name, "Content-Length: 3000000") + "x".repeat(3_000_000);
        try (RawClient client = server.connect()) {
            assertEquals(content, client.ask(request).content());
            assertEquals("fine\n", client.ask(Wire.get("/cgi/exit.sh")).content());
        }
    }

    @Test
    void errorOutputHoldsNobodyUp() {
        assertEquals("flooded\n", get("/cgi/stderr-flood.py").content());
        assertEquals("complained\n", get("/cgi/stderr.sh").content());
        server.awaitError("third");
        assertTrue(
                server.errorLog().contains("se\\x1Bcond") || server.errorLog().contains("se\\x1bcond"));
    }

    // --- Slow and faithless clients.

    /** More than the socket takes, less than buffer and pipe hold: the program's end is behind bytes that must wait. */
    @ParameterizedTest
    @ValueSource(ints = {90_000, 100_000, 120_000})
    void aSlowClientGetsAllOfItThoughTheProgramEndedLongAgo(int size) {
        try (RawClient client = RawClient.slow(server.port2())) {
            client.send(Wire.get("/cgi/big.py?" + size)).await(1000);
            Wait.until("the program's end", () -> server.children().isEmpty());
            byte[] content = client.read().bytes();
            assertEquals(size, content.length);
            for (int i = 0; i < size; i++) {
                assertEquals(i % 251, content[i] & 0xff);
            }
            assertEquals("fine\n", client.ask(Wire.get("/cgi/exit.sh")).content());
        }
    }

    @Test
    void aProgramThatFloodsWaitsForTheClientAndTheServerDoesNotGrow() {
        long before = Proc.memory(server.pid(), "VmRSS");
        try (RawClient client = RawClient.slow(server.port())) {
            client.send(Wire.get("/cgi/flood.sh")).await(100);
            int program = server.children().get(0);
            long[] seen = {-1, 0};
            Wait.until("the program to stand still", () -> {
                long written = Proc.written(program);
                seen[1] = written == seen[0] ? seen[1] + 1 : 0;
                seen[0] = written;
                return seen[1] == 50;
            });
            assertTrue(Proc.read(program, "stat").contains(") S "), "it sleeps");
            long growth = Proc.memory(server.pid(), "VmRSS") - before;
            assertTrue(growth < 8 << 20, growth + " bytes more");
        }
    }

    @Test
    void aClientThatLeavesEndsAProgramThatHasNotAnswered() {
        try (RawClient client = server.connect()) {
            client.send(Wire.get("/one/hang.sh"));
            pids();
        }
        awaitGone(pids());
        Wait.until("the reaping of it", () -> server.children().isEmpty());
    }

    @Test
    void aClientThatLeavesAUnixSocketEndsItsProgramToo() {
        try (RawClient client = RawClient.connect(site.path("run/socket"))) {
            client.send(Wire.get("/one/hang.sh"));
            pids();
        }
        awaitGone(pids());
    }

    @Test
    void aClientThatLeavesInTheMiddleOfItsContentEndsTheProgram() {
        try (RawClient client = server.connect()) {
            client.send(Wire.request("POST /cgi/cat.sh", "Content-Length: 1000000") + "x".repeat(100_000));
            client.await(100_000);
        }
    }

    @Test
    void aClientThatHasEndedItsSideGetsItsAnswer() {
        try (RawClient client = server.connect()) {
            client.send(Wire.get("/cgi/exit.sh")).endOutput();
            assertEquals("fine\n", client.read().content());
            client.assertEnded();
        }
    }

    @Test
    void aClientThatHasEndedItsSideGetsAnAnswerThatTakesItsTime() {
        try (RawClient client = server.connect()) {
            client.send(Wire.get("/cgi/waits.sh?answered")).endOutput();
            List<Integer> group = pids("run/pids-answered");
            site.file("run/pids-go-answered", "");
            assertEquals("at last\n", client.read().content());
            client.assertEnded();
            awaitGone(group);
        }
    }

    /** One that only ended its sending side looks the same as one that has left: both are given up after some seconds. */
    @Test
    void programsOfClientsThatHaveLeftEndWithTheirGroups() throws IOException {
        try (RawClient half = server.connect()) {
            half.send(Wire.get("/cgi/waits.sh?half")).endOutput();
            try (RawClient gone = server.connect();
                    RawClient local = RawClient.connect(site.path("run/socket"));
                    Socket reset = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                reset.setSoLinger(true, 0);
                gone.send(Wire.get("/cgi/waits.sh?gone"));
                local.send(Wire.get("/cgi/waits.sh?local"));
                reset.getOutputStream().write(Wire.get("/cgi/waits.sh?reset").getBytes(StandardCharsets.ISO_8859_1));
                pids("run/pids-gone");
                pids("run/pids-local");
                pids("run/pids-reset");
            }
            for (String way : List.of("half", "gone", "local", "reset")) {
                List<Integer> group = pids("run/pids-" + way);
                assertEquals(2, group.size());
                awaitGone(group);
            }
            half.assertEnded();
        }
    }

    // --- As many as may be.

    @Test
    void aRequestInLineIsRefusedWhenItsTimeIsOver() {
        try (RawClient first = server.connect()) {
            first.send(Wire.get("/one/flood.sh")).await(100);
            assertEquals(503, get("/one/exit.sh").status());
        }
        Wait.until("the first one's end", () -> server.children().isEmpty());
        assertEquals("fine\n", get("/one/exit.sh").content());
    }

    @Test
    void requestsInLineAreServedInTheirOrder() {
        try (RawClient second = server.connect();
                RawClient third = server.connect()) {
            try (RawClient first = server.connect();
                    RawClient leaver = server.connect()) {
                first.send(Wire.get("/line/flood.sh")).await(100);
                second.send(Wire.get("/line/slow.py?1"));
                leaver.send(Wire.get("/line/hang.sh"));
                third.send(Wire.request("POST /line/cat.sh", "Content-Length: 100000") + "x".repeat(100_000));
                assertEquals(1, server.children().size());
            }
            assertEquals("slow\n", second.read().content());
            assertEquals(100_000, third.read().bytes().length);
        }
    }
}
