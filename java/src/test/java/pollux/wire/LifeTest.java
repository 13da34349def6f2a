package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pollux.posix.Signals;

/** Starting, going over to another configuration, and stopping. */
final class LifeTest {
    private static final String SERVER =
            "server { listen 127.0.0.1:@port@; root www; location /x { return 200 old; } }";

    private static final AtomicInteger MISSING = new AtomicInteger();

    private Site site;

    @BeforeEach
    void make() {
        site = Site.create();
    }

    @AfterEach
    void remove() {
        site.close();
    }

    @Test
    void aStartThatFailsLeavesNoSocketBehind() {
        String configuration = ServerProcess.http("server { listen unix:@site@/run/s.sock; root www; }")
                .replace("pid run/pollux.pid;", "pid missing/pollux.pid;");
        AssertionError refused = assertThrows(AssertionError.class, () -> ServerProcess.start(site, configuration));
        assertTrue(refused.getMessage().contains("missing/pollux.pid"), refused.getMessage());
        assertFalse(site.has("run/s.sock"));
    }

    /** A server that was killed leaves its pid file and its Unix sockets' files behind; the next one does not mind. */
    @Test
    void startsAgainAfterAKill() {
        String configuration =
                ServerProcess.http("server { listen 127.0.0.1:@port@; listen unix:@site@/run/s.sock; return 200 x; }");
        int killed;
        try (ServerProcess server = ServerProcess.start(site, configuration)) {
            killed = server.pid();
            server.kill();
        }
        assertTrue(site.has("run/s.sock"));
        assertEquals(killed + "\n", site.read("run/pollux.pid"));
        try (ServerProcess server = ServerProcess.start(site, configuration);
                RawClient client = RawClient.connect(site.path("run/s.sock"))) {
            assertEquals("x", client.ask(get("/")).content());
            assertEquals(server.pid() + "\n", site.read("run/pollux.pid"));
        }
        assertFalse(site.has("run/s.sock"));
    }

    /** What is somebody's is not taken away: neither the socket of a server that lives, nor a file that is no socket. */
    @Test
    void aUnixSocketThatIsInUseIsLeftAlone() {
        String configuration = ServerProcess.http("server { listen unix:@site@/run/s.sock; return 200 x; }");
        try (Site other = Site.create();
                ServerProcess server = ServerProcess.start(site, configuration);
                RawClient client = RawClient.connect(site.path("run/s.sock"))) {
            String same = configuration.replace("@site@", site.path().toString());
            AssertionError refused = assertThrows(AssertionError.class, () -> ServerProcess.start(other, same));
            String message = "bind() to unix:" + site.path("run/s.sock") + " failed (98: Address already in use)";
            assertTrue(refused.getMessage().contains(message), refused.getMessage());
            assertEquals("x", client.ask(get("/")).content());
            assertTrue(server.isAlive());
            other.file("run/s.sock", "a file");
            assertThrows(AssertionError.class, () -> ServerProcess.start(other, configuration));
            assertEquals("a file", other.read("run/s.sock"));
        }
    }

    @Test
    void aReloadWhoseLogCannotBeOpenedIsRefusedAsAWhole() {
        try (ServerProcess server = ServerProcess.start(site, ServerProcess.http(SERVER))) {
            server.configure(ServerProcess.http("error_log missing/error.log;\n" + SERVER.replace("old", "new")));
            server.signal(Signals.HUP);
            server.awaitError("[emerg]");
            assertTrue(server.errorLog().contains("open() \"" + site.path("missing/error.log")), server.errorLog());
            assertEquals("old", server.ask(get("/x")).content());
            site.folder("missing");
            server.signal(Signals.HUP);
            server.awaitError("reconfigured");
            assertEquals("new", server.ask(get("/x")).content());
        }
    }

    @Test
    void aReloadMayAllowMoreConnections() {
        String many = ServerProcess.http(SERVER);
        String few = many.replace("worker_connections 512;", "worker_connections 2;");
        try (ServerProcess server = ServerProcess.start(site, few)) {
            server.configure(many);
            server.signal(Signals.HUP);
            server.awaitError("reconfigured");
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                clients.add(server.connect().send("GET /x HTTP/1.1\r\n"));
            }
            for (RawClient client : clients) {
                assertEquals("old", client.send("Host: h\r\n\r\n").read().content());
                client.close();
            }
        }
    }

    @Test
    void aServerThatEndsGracefullyCanStillBeStoppedAtOnce() {
        String two = "worker_processes 2;\n" + ServerProcess.http(SERVER);
        try (ServerProcess server = ServerProcess.start(site, two)) {
            long pipes = pipes(server);
            try (RawClient client = connectToSecondWorker(server)) {
                client.send("GET /x HTTP/1.1\r\n");
                // A worker that has ended has given its wake-up pipe back, both ends of it.
                server.signal(Signals.QUIT);
                Wait.until("the first worker's end", () -> pipes(server) <= pipes - 2);
                assertTrue(server.isAlive());
                server.signal(Signals.TERM);
                assertEquals(0, server.awaitExit());
            }
        }
    }

    private static long pipes(ServerProcess server) {
        return server.isAlive()
                ? server.descriptors().stream().filter("pipe"::equals).count()
                : 0;
    }

    /** A connection that is the second worker's: the line about a missing file says whose it is, "PID#NUMBER: ". */
    static RawClient connectToSecondWorker(ServerProcess server) {
        while (true) {
            RawClient client = server.connect();
            // Another one each time, for the log has those of earlier calls.
            String path = "/missing" + MISSING.incrementAndGet();
            client.ask(get(path));
            server.awaitError(path + "\"");
            String line = server.errorLog()
                    .lines()
                    .filter(each -> each.contains(path + "\""))
                    .findFirst()
                    .orElseThrow();
            if (line.contains("#1: ")) {
                return client;
            }
            client.close();
        }
    }
}
