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
    private static final int SIGSTOP = 19;
    private static final int SIGCONT = 18;

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

    /** How many workers there are, one reload after the other. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "1 3 2 4 1 2"})
    void nothingIsRefusedOrResetInBetween(String counts) throws Exception {
        String[] workers = counts.split(" ", -1);
        try (ServerProcess server = ServerProcess.start(site, generation(0, Integer.parseInt(workers[0])))) {
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
                        int count = Integer.parseInt(workers[i % workers.length]);
                        reload(server, generation(i, count));
                        Wait.until(() -> count + " workers: " + workers(server), () -> workers(server) == count);
                    }
                } finally {
                    over.set(true);
                }
            });
            AtOnce.run(clients);
            assertFalse(server.errorLog().contains("[emerg]"), server.errorLog());
        }
    }

    /** How many workers run: the first has the main thread. */
    private static int workers(ServerProcess server) {
        int count = 1;
        for (String thread : server.threads()) {
            count += thread.startsWith("worker ") ? 1 : 0;
        }
        return count;
    }

    /** Clients that wait in the queue of a socket that nobody will accept from any more are served first. */
    @ParameterizedTest
    @ValueSource(strings = {"removed", "fewer workers", "quit"})
    void whoWaitsAlreadyIsAnswered(String why) {
        String two = "server { listen 127.0.0.1:@port2@; listen unix:@site@/run/s; return 200 here; }";
        String other = "server { listen 127.0.0.1:@port@; return 200 other; }";
        try (ServerProcess server =
                ServerProcess.start(site, "worker_processes 2;\n" + ServerProcess.http(two + other))) {
            server.signal(SIGSTOP);
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                clients.add(RawClient.connect(server.port2()).send(get("/")));
                clients.add(RawClient.connect(site.path("run/s")).send(get("/")));
            }
            server.configure(
                    why.equals("removed")
                            ? "worker_processes 2;\n" + ServerProcess.http(other)
                            : ServerProcess.http(two + other));
            server.signal(why.equals("quit") ? Signals.QUIT : Signals.HUP);
            server.signal(SIGCONT);
            for (RawClient client : clients) {
                assertEquals("here", client.read().content());
                client.close();
            }
            if (why.equals("quit")) {
                assertEquals(0, server.awaitExit());
            } else {
                server.awaitError("reconfigured");
                assertEquals("other", server.ask(get("/")).content());
            }
            assertEquals(why.equals("fewer workers"), site.has("run/s"));
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

    /** More workers, and an address that cannot be had: what they had opened and begun is given back. */
    @Test
    void whatMoreWorkersHadIsGivenBackWhenTheReloadIsRefused() {
        try (Site elsewhere = Site.create();
                ServerProcess other = ServerProcess.start(elsewhere, ServerProcess.server(""));
                ServerProcess server = ServerProcess.start(site, ServerProcess.server("return 200 old;"))) {
            List<String> before = server.ownDescriptors();
            server.configure("worker_processes 4;\n"
                    + ServerProcess.server("return 200 new; listen 127.0.0.1:" + other.port() + ";"));
            server.signal(Signals.HUP);
            server.awaitError("bind() to 127.0.0.1:" + other.port() + " failed (98: Address already in use)");
            Wait.until(() -> "one worker: " + server.threads(), () -> workers(server) == 1);
            Wait.until(
                    () -> "the descriptors of before, " + before + ": " + server.ownDescriptors(),
                    () -> server.ownDescriptors().equals(before));
            for (int i = 0; i < 20; i++) {
                assertEquals("old", server.ask(get("/")).content());
            }
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
    void pidFileMovesAndWorkersCome() {
        try (ServerProcess server = ServerProcess.start(site, ServerProcess.server(""))) {
            String moved = ServerProcess.server("").replace("run/pollux.pid", "run/moved.pid");
            reload(server, "worker_processes 3;\n" + moved);
            assertEquals(server.pid() + "\n", site.read("run/moved.pid"));
            assertFalse(site.has("run/pollux.pid"));
            assertEquals(3, workers(server));
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
