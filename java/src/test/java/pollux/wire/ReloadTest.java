package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pollux.posix.Signals;

/** HUP while clients are busy, and what must be gone or said behind it. */
final class ReloadTest {
    private static final int RELOADS = 10;
    private static final int LARGE = 8 << 20;

    private Site site;

    @BeforeEach
    void make() {
        site = Site.create().file("www/large", new byte[LARGE]);
    }

    @AfterEach
    void remove() {
        site.close();
    }

    /** Every second configuration has one more address; each answers with its number. */
    private static String generation(int number, int workers) {
        String more = number % 2 == 0 ? "" : "server { listen 127.0.0.1:@port2@; return 200 more; }";
        return "worker_processes " + workers + ";\n" + ServerProcess.http("""
                server { listen 127.0.0.1:@port@; root www; location = / { return 200 "%d"; } }
                """.formatted(number) + more);
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    private static void reload(ServerProcess server, String configuration) {
        int before = count(server.errorLog(), "reconfigured");
        server.configure(configuration);
        server.signal(Signals.HUP);
        Wait.until(() -> "a reload:\n" + server.errorLog(), () -> count(server.errorLog(), "reconfigured") > before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nothingIsRefusedOrResetInBetween(int workers) throws Exception {
        try (ServerProcess server = ServerProcess.start(site, generation(0, workers))) {
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger answers = new AtomicInteger();
            List<AtOnce.Client> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clients.add(() -> {
                    while (!over.get()) {
                        assertGeneration(server.ask(get("/")));
                        answers.incrementAndGet();
                    }
                });
            }
            clients.add(() -> {
                try (RawClient client = server.connect()) {
                    while (!over.get()) {
                        assertGeneration(client.ask(get("/")));
                        answers.incrementAndGet();
                    }
                }
            });
            clients.add(() -> {
                while (!over.get()) {
                    assertEquals(LARGE, server.ask(get("/large")).bytes().length);
                }
            });
            clients.add(() -> {
                try {
                    for (int i = 1; i <= RELOADS; i++) {
                        int before = answers.get();
                        Wait.until("answers between two reloads", () -> answers.get() >= before + 20);
                        reload(server, generation(i, workers));
                    }
                } finally {
                    over.set(true);
                }
            });
            AtOnce.run(clients);
            assertFalse(server.errorLog().contains("[emerg]"), server.errorLog());
        }
    }

    private static void assertGeneration(Answer answer) {
        assertEquals(200, answer.status());
        int generation = Integer.parseInt(answer.content());
        assertTrue(generation >= 0 && generation <= RELOADS, answer.content());
    }

    @Test
    void requestUnderWayKeepsItsConfigurationAndItsLog() {
        String old = ServerProcess.server("access_log run/old.log;");
        try (ServerProcess server = ServerProcess.start(site, old);
                RawClient slow = RawClient.slow(server.port())) {
            slow.send(get("/large")).await(1000);
            reload(server, ServerProcess.server("return 200 new;"));
            assertEquals("new", server.ask(get("/large")).content());
            assertEquals(LARGE, slow.read().bytes().length);
            Wait.until("the line of the old log", () -> count(site.read("run/old.log"), "\n") == 1);
        }
    }

    @Test
    void logsThatAreNoLongerConfiguredAreClosed() {
        String old = ServerProcess.server("access_log run/old.log; error_log run/old.err;");
        try (ServerProcess server = ServerProcess.start(site, old)) {
            server.ask(get("/large"));
            assertEquals(2, opened(server, "/run/old."));
            reload(server, ServerProcess.server("access_log run/new.log;"));
            assertEquals(0, opened(server, "/run/old."));
            assertEquals(1, opened(server, "/run/new.log"));
        }
    }

    @Test
    void whatARefusedConfigurationOpenedIsClosed() {
        try (ServerProcess server = ServerProcess.start(site, ServerProcess.server("return 200 old;"))) {
            server.configure(ServerProcess.http("""
                    access_log run/new.log;
                    server { listen 127.0.0.1:@port2@; }
                    server { listen 127.0.0.1:@port@; access_log nowhere/new.log; }
                    """));
            server.signal(Signals.HUP);
            server.awaitError("open() \"" + site.path("nowhere/new.log") + "\" failed (2: No such file or directory)");
            assertEquals("old", server.ask(get("/")).content());
            Wait.until("the end of the new log", () -> opened(server, "/run/new.log") == 0);
        }
    }

    private static long opened(ServerProcess server, String part) {
        return server.descriptors().stream().filter(file -> file.contains(part)).count();
    }

    @Test
    void everythingThatIsLackingIsLogged() {
        try (ServerProcess server = ServerProcess.start(site, ServerProcess.server("return 200 old;"))) {
            server.configure(ServerProcess.server("ssl_certificate a;\nssl_certificate_key b;"));
            server.signal(Signals.HUP);
            server.awaitError("\"ssl_certificate_key\" is one of nginx's that Pollux does not have");
            assertTrue(server.errorLog().contains("\"ssl_certificate\" is one of nginx's"));
            assertEquals("old", server.ask(get("/")).content());
        }
    }

    @Test
    void pidFileMovesAndWorkersStay() {
        try (ServerProcess server = ServerProcess.start(site, ServerProcess.server(""))) {
            String moved = ServerProcess.server("").replace("run/pollux.pid", "run/moved.pid");
            reload(server, "worker_processes 3;\n" + moved);
            assertEquals(server.pid() + "\n", site.read("run/moved.pid"));
            assertFalse(site.has("run/pollux.pid"));
            assertTrue(
                    server.errorLog().contains("\"worker_processes\" stays 1 until the next start, the file says 3"));
            server.signal(Signals.TERM);
            assertEquals(0, server.awaitExit());
            assertFalse(site.has("run/moved.pid"));
        }
    }

    @Test
    void pidFileThatCannotBeWrittenLeavesTheOldConfiguration() {
        try (ServerProcess server = ServerProcess.start(site, ServerProcess.server("return 200 old;"))) {
            server.configure(ServerProcess.server("return 200 new;").replace("run/pollux.pid", "nowhere/pid"));
            server.signal(Signals.HUP);
            server.awaitError("open() \"" + site.path("nowhere/pid") + ".new\" failed");
            assertEquals("old", server.ask(get("/")).content());
            assertEquals(server.pid() + "\n", site.read("run/pollux.pid"));
        }
    }

    /** With a limit, a graceful stop ends although a client never reads its answer. */
    @Test
    void shutdownTimeoutEndsWhatDoesNotEnd() {
        String configuration = "worker_shutdown_timeout 50ms;\n" + ServerProcess.server("send_timeout 1h;");
        try (ServerProcess server = ServerProcess.start(site, configuration);
                RawClient slow = RawClient.slow(server.port())) {
            slow.send(get("/large")).await(1000);
            server.signal(Signals.QUIT);
            assertEquals(0, server.awaitExit());
            assertFalse(site.has("run/pollux.pid"));
        }
    }
}
