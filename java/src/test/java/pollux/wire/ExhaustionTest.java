package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.lines;
import static pollux.wire.Wire.request;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pollux.posix.Signals;

/** What runs out: descriptors, connections. Somebody is told so, nobody spins, and all goes on when there is room again. */
class ExhaustionTest {
    private static final int DESCRIPTORS = 200;

    private static final String OVERLOADED = lines("""
            HTTP/1.1 503 Service Temporarily Unavailable
            Server: pollux/0.1.0
            Date: <date>
            Content-Type: text/html
            Content-Length: 197
            Connection: close

            <html>
            <head><title>503 Service Temporarily Unavailable</title></head>
            <body>
            <center><h1>503 Service Temporarily Unavailable</h1></center>
            <hr><center>pollux/0.1.0</center>
            </body>
            </html>
            """);

    private static final String OVERLOADED_HEAD = OVERLOADED.substring(0, OVERLOADED.indexOf("<html>"));

    private Site site;
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeEach
    void make() {
        site = Site.create().file("www/a.txt", "a").file("www/big.bin", new byte[20 << 20]);
    }

    @AfterEach
    void remove() {
        clients.forEach(RawClient::close);
        site.close();
    }

    private ServerProcess startWithFewDescriptors() {
        return ServerProcess.startPackedUnder(
                List.of("prlimit", "--nofile=" + DESCRIPTORS), site, ServerProcess.server(""));
    }

    /** Connects, and has a whole answer of one byte: the connection is idle then. */
    private RawClient idle(ServerProcess server) {
        RawClient client = hold(server.connect());
        assertEquals(200, client.ask(get("/a.txt")).status());
        return client;
    }

    private RawClient hold(RawClient client) {
        clients.add(client);
        return client;
    }

    /** Takes descriptors, each by an answer that is not read, until there is none left for another client. */
    private int exhaust(ServerProcess server) {
        while (clients.size() < DESCRIPTORS) {
            RawClient client = hold(RawClient.slow(server.port()));
            Answer answer = client.send(get("/big.bin")).readHead();
            if (answer.status() == 503) {
                client.close();
                return clients.size() - 1;
            }
            assertEquals(200, answer.status());
        }
        throw new AssertionError("more clients than descriptors");
    }

    @Test
    void whoeverComesWhenThereAreNoDescriptorsIsTold503() {
        try (ServerProcess server = startWithFewDescriptors()) {
            int served = exhaust(server);
            assertTrue(served > 5, served + " clients were served");
            for (int i = 0; i < 5; i++) {
                assertEquals(OVERLOADED, server.exchange(get("/a.txt")));
            }
            assertEquals(OVERLOADED_HEAD, server.exchange(request("HEAD /a.txt")));
            server.awaitError("[crit]");
            server.awaitError("accept4() failed (24: Too many open files)");

            // For the reserve, a client and the client's file.
            clients.subList(0, 3).forEach(RawClient::close);
            Wait.until("room", () -> server.ask(get("/a.txt")).status() == 200);
        }
    }

    @Test
    void clientsBehindTheOneThatIsTold503WaitWithoutTheLoopSpinning() {
        try (ServerProcess server = startWithFewDescriptors()) {
            exhaust(server);
            // It says nothing, so it keeps the reserve for a while; who comes next is not accepted at all.
            RawClient mute = hold(server.connect());
            RawClient waiting = hold(server.connect()).send(get("/a.txt", "Connection: close"));
            long before = Proc.processorTicks(server.pid());
            mute.assertEnded();
            assertEquals(OVERLOADED, waiting.readAll());
            long ticks = Proc.processorTicks(server.pid()) - before;
            assertTrue(ticks < 50, ticks + " hundredths of a second of processor time");
        }
    }

    @Test
    void idleConnectionsMakeRoomWhenThereAreNoDescriptors() {
        try (ServerProcess server = startWithFewDescriptors()) {
            for (int i = 0; i < 2 * DESCRIPTORS; i++) {
                idle(server);
            }
            clients.get(0).assertEnded();
            RawClient last = clients.get(clients.size() - 1);
            assertEquals(200, last.ask(get("/a.txt")).status());
        }
    }

    @Test
    void atTheBoundOfConnectionsTheOneIdleLongestIsGivenUp() {
        try (ServerProcess server = startWithConnections(4)) {
            RawClient first = idle(server);
            RawClient second = idle(server);
            RawClient third = idle(server);
            RawClient fourth = idle(server);
            assertEquals(200, first.ask(get("/a.txt")).status());
            idle(server);
            second.assertEnded();
            idle(server);
            third.assertEnded();
            assertEquals(200, first.ask(get("/a.txt")).status());
            assertEquals(200, fourth.ask(get("/a.txt")).status());
        }
    }

    @Test
    void atTheBoundOfConnectionsASlowHeadIsGivenUpBeforeAnybodyWhoIsAnswered() {
        try (ServerProcess server = startWithConnections(4)) {
            RawClient reading = hold(RawClient.slow(server.port()));
            assertEquals(
                    200,
                    reading.send(get("/big.bin", "Connection: close"))
                            .readHead()
                            .status());
            RawClient slowest = hold(server.connect()).send("GET /a.txt HTTP/1.1\r\nHo");
            RawClient slower = hold(server.connect()).send("G");
            hold(server.connect()).send("GET");
            assertEquals(200, server.ask(get("/a.txt")).status());
            slowest.assertEnded();
            assertEquals(
                    200, slower.ask("ET /a.txt HTTP/1.1\r\nHost: x\r\n\r\n").status());
            assertEquals(20 << 20, reading.readToEnd().length);
        }
    }

    /** The pools of buffers are for as many as there may be: who was connected before that became fewer is served as well. */
    @Test
    void belowALoweredBoundOfConnectionsNobodyWhoIsConnectedLosesAnything() {
        try (ServerProcess server = startWithConnections(16)) {
            List<RawClient> reading = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                RawClient client = hold(RawClient.slow(server.port()));
                assertEquals(
                        200,
                        client.send(get("/big.bin", "Connection: close"))
                                .readHead()
                                .status());
                reading.add(client);
            }
            RawClient asking = hold(server.connect()).send("GET /a.txt HTTP/1.1\r\n");
            RawClient idle = idle(server); // accepted behind all others
            server.configure(withConnections(2));
            server.signal(Signals.HUP);
            server.awaitError("reconfigured");
            for (int i = 0; i < 3; i++) {
                assertEquals("a", idle.ask(get("/a.txt")).content());
            }
            assertEquals("a", asking.ask("Host: x\r\n\r\n").content());
            for (RawClient client : reading) {
                assertEquals(20 << 20, client.readToEnd().length);
            }
            idle.close();
            asking.close();
            Wait.until(
                    "room for another client", () -> server.ask(get("/a.txt")).status() == 200);
        }
    }

    private ServerProcess startWithConnections(int number) {
        return ServerProcess.start(site, withConnections(number));
    }

    private static String withConnections(int number) {
        return ServerProcess.server("").replace("worker_connections 512", "worker_connections " + number);
    }
}
