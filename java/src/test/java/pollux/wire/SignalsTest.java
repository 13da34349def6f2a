package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;

import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pollux.posix.Signals;

/** The life of the process: its pid file, and what signals do to it. */
final class SignalsTest {
    private static final int LARGE = 8 << 20;

    private Site site;
    private ServerProcess server;

    @BeforeEach
    void start() {
        site = Site.create()
                .file("www/a.txt", "a")
                .file("www/large", new byte[LARGE])
                .program("www/cgi/wait.sh", """
                        #!/bin/sh
                        echo run >../../run/begun
                        while ! [ -e ../../run/go ]; do sleep 0.01; done
                        printf 'Content-Type: text/plain\\n\\nwaited'
                        """);
        server = ServerProcess.start(site, ServerProcess.server("location /cgi/ { cgi on; }"));
    }

    @AfterEach
    void stop() {
        server.close();
        site.close();
    }

    @Test
    void pidFileIsThereWhileItServes() {
        assertEquals(server.pid() + "\n", site.read("run/pollux.pid"));
        String line = "pollux: serving http://127.0.0.1:" + server.port() + " (Ctrl-C stops)\n";
        Wait.until("the line that says where", () -> server.standardOutput().equals(line));
        server.signal(Signals.TERM);
        assertEquals(0, server.awaitExit());
        assertFalse(site.has("run/pollux.pid"));
    }

    @Test
    void interruptStopsAtOnce() {
        try (RawClient client = RawClient.slow(server.port())) {
            client.send(get("/large")).await(1000);
            server.signal(Signals.INT);
            assertEquals(0, server.awaitExit());
            assertFalse(site.has("run/pollux.pid"));
        }
    }

    @Test
    void stopEndsPrograms() {
        try (RawClient client = server.connect()) {
            client.send(get("/cgi/wait.sh"));
            Wait.until("the program's start", () -> site.has("run/begun"));
            int child = server.children().get(0);
            server.signal(Signals.TERM);
            assertEquals(0, server.awaitExit());
            Wait.until("the program's end", () -> !java.nio.file.Files.exists(java.nio.file.Path.of("/proc/" + child)));
        }
    }

    @Test
    void quitLetsRequestsEndAndTakesNoMore() {
        try (RawClient slow = RawClient.slow(server.port());
                RawClient program = server.connect();
                RawClient idle = server.connect()) {
            assertEquals(200, idle.ask(get("/a.txt")).status());
            slow.send(get("/large")).await(1000);
            program.send(get("/cgi/wait.sh"));
            Wait.until("the program's start", () -> site.has("run/begun"));
            server.signal(Signals.QUIT);
            idle.assertEnded();
            assertThrows(UncheckedIOException.class, () -> server.connect().close());
            assertTrue(server.isAlive());
            assertEquals(LARGE, slow.read().bytes().length);
            slow.assertEnded();
            site.file("run/go", "");
            Answer answer = program.read();
            assertEquals("waited close", answer.content() + " " + answer.field("Connection"));
            assertEquals(0, server.awaitExit());
            assertFalse(site.has("run/pollux.pid"));
        }
    }

    @Test
    void hangUpReadsTheConfigurationAgain() {
        try (RawClient during = server.connect();
                RawClient after = server.connect()) {
            during.send(get("/cgi/wait.sh"));
            Wait.until("the program's start", () -> site.has("run/begun"));
            assertEquals(200, after.ask(get("/a.txt")).status());
            server.configure(ServerProcess.http("""
                    server { listen 127.0.0.1:@port@; return 200 "new"; }
                    server { listen 127.0.0.1:@port2@; return 200 "second"; }
                    """));
            server.signal(Signals.HUP);
            server.awaitError("[notice]");
            assertEquals("new", after.ask(get("/")).content());
            assertEquals("new", server.ask(get("/a.txt")).content());
            try (RawClient second = RawClient.connect(server.port2())) {
                assertEquals("second", second.ask(get("/")).content());
            }
            site.file("run/go", "");
            assertEquals("waited", during.read().content());
        }
    }

    @Test
    void addressThatIsNoLongerConfiguredIsLeft() {
        server.configure(ServerProcess.http("server { listen 127.0.0.1:@port2@; return 200 moved; }"));
        server.signal(Signals.HUP);
        server.awaitError("reconfigured");
        Wait.until("nobody to listen", () -> !isListenedTo());
        try (RawClient second = RawClient.connect(server.port2())) {
            assertEquals("moved", second.ask(get("/")).content());
        }
    }

    private boolean isListenedTo() {
        try {
            server.connect().close();
            return true;
        } catch (UncheckedIOException refused) {
            return false;
        }
    }

    @Test
    void badConfigurationLeavesTheOldOne() {
        server.configure("events {} http { server { lisen 80; } }");
        server.signal(Signals.HUP);
        server.awaitError("[emerg] ");
        assertTrue(server.errorLog().contains("unknown directive \"lisen\" in " + site.path("test.conf") + ":1"));
        assertEquals("a", server.ask(get("/a.txt")).content());
    }

    @Test
    void user1OpensTheLogsAgain() {
        server.ask(get("/a.txt?before"));
        server.awaitAccess(1);
        site.move("run/access.log", "run/access.old");
        server.signal(Signals.USR1);
        Wait.until("a new log", () -> site.has("run/access.log"));
        server.ask(get("/a.txt?after"));
        assertTrue(server.awaitAccess(1).get(0).contains("?after"));
        assertTrue(site.read("run/access.old").contains("?before"));
        assertFalse(site.read("run/access.old").contains("?after"));
    }

    @Test
    void nothingIsLeftOpenAfterRequests() {
        List<String> before = open();
        site.file("run/go", "");
        for (int i = 0; i < 20; i++) {
            assertEquals(200, server.ask(get("/a.txt")).status());
            assertEquals("waited", server.ask(get("/cgi/wait.sh")).content());
            assertEquals(206, server.ask(get("/large", "Range: bytes=0-9")).status());
        }
        Wait.until(() -> "the descriptors of before, " + before + ": " + open(), () -> open().equals(before));
        Wait.until("the programs' end", () -> server.children().isEmpty());
    }

    /** A file that was asked for stays open for as long as somebody may soon ask again, which is no leak. */
    private List<String> open() {
        return server.ownDescriptors().stream()
                .filter(name -> !name.endsWith("/www/large"))
                .toList();
    }

    /** nginx 1.27.4: a client that was promised so much may still ask, and is told that this was the last time. */
    @Test
    void aConnectionIsHeldForItsLeastTimeWhenTheServerLeaves() {
        String held = """
                location /held { keepalive_min_timeout 60s; return 200 held; }
                location /over { keepalive_min_timeout 1ms; return 200 over; }
                """;
        try (Site own = Site.create().folder("www");
                ServerProcess leaving = ServerProcess.start(own, ServerProcess.server(held));
                RawClient first = leaving.connect();
                RawClient second = leaving.connect()) {
            assertEquals("held", first.ask(get("/held")).content());
            assertEquals("over", second.ask(get("/over")).content());
            leaving.signal(Signals.QUIT);
            second.assertEnded();
            Answer last = first.ask(get("/held"));
            assertEquals("close", last.field("Connection"));
            first.assertEnded();
            assertEquals(0, leaving.awaitExit());
        }
    }
}
