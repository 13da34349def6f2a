package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pollux.posix.Signals;

/** {@code use}: clients of every kind at once, many idle ones beside them, are served alike however the server waits. */
class UseTest {
    private static final int IDLE = 60;
    private static final int LARGE = 3_000_000;
    private static final String SET = "anon_inode:[eventpoll]";

    private Site site;
    private ServerProcess server;

    @BeforeEach
    void make() {
        site = Site.create().folder("run/store").folder("run/dav");
        site.file("www/small.txt", "small\n").file("www/large.bin", new byte[LARGE]);
        CgiPrograms.install(
                site, "www/cgi", "big.py", "cat.sh", "close-input.py", "echo-length.sh", "flood.sh", "slow.py");
    }

    @AfterEach
    void remove() {
        site.close();
    }

    private static String configuration(String use) {
        return ServerProcess.server("""
                        sendfile on;
                        client_max_body_size 0;
                        location /cgi/ { cgi on; cgi_assign .py python3; cgi_timeout 20s 1s; }
                        location /upload { allow_methods POST; upload_store run/store; }
                        location /dav/ { alias run/dav/; dav_methods PUT; }
                        """).replace("events {", "events { use " + use + ";");
    }

    @ParameterizedTest
    @CsvSource({"poll, 0, 0", "epoll, 1, 1", "auto, 0, 1"})
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void whoeverComesIsServedHoweverTheServerWaits(String use, int setsAtFirst, int setsWithManyClients)
            throws Exception {
        try (ServerProcess running = ServerProcess.start(site, configuration(use))) {
            server = running;
            assertEquals(setsAtFirst, sets());
            everybodyAtOnce();
            List<RawClient> idle = idle();
            assertEquals(setsWithManyClients, sets());
            everybodyAtOnce();
            assertEachIsStillServed(idle);
            assertEquals(setsWithManyClients, sets());
            Wait.until("children to be reaped", () -> server.children().isEmpty());
        }
    }

    /** How many sets of descriptors the kernel keeps for the server. */
    private int sets() {
        return (int) server.descriptors().stream().filter(SET::equals).count();
    }

    private List<RawClient> idle() {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < IDLE; i++) {
            RawClient client = server.connect();
            assertEquals("small\n", client.ask(Wire.get("/small.txt")).content());
            clients.add(client);
        }
        return clients;
    }

    private static void assertEachIsStillServed(List<RawClient> clients) {
        for (RawClient client : clients) {
            assertEquals("small\n", client.ask(Wire.get("/small.txt")).content());
            client.close();
        }
    }

    private void everybodyAtOnce() throws Exception {
        List<AtOnce.Client> clients = List.of(
                this::keepAlive,
                this::pipelined,
                this::largeFiles,
                this::programs,
                this::contentThroughPrograms,
                this::uploads,
                this::halfClosed,
                this::leaving);
        AtOnce.run(clients);
    }

    private void keepAlive() {
        try (RawClient client = server.connect()) {
            for (int i = 0; i < 100; i++) {
                assertEquals("small\n", client.ask(Wire.get("/small.txt")).content());
                assertEquals(404, client.ask(Wire.get("/nothing")).status());
                assertEquals(200, client.ask(Wire.request("HEAD /large.bin")).status());
            }
        }
        for (int i = 0; i < 20; i++) {
            assertEquals(
                    "small\n",
                    server.ask(Wire.get("/small.txt", "Connection: close")).content());
        }
    }

    private void pipelined() {
        try (RawClient client = server.connect()) {
            for (int i = 0; i < 5; i++) {
                client.send((Wire.get("/small.txt") + Wire.get("/cgi/slow.py?1")).repeat(3));
                for (int j = 0; j < 3; j++) {
                    assertEquals("small\n", client.read().content());
                    assertEquals("slow\n", client.read().content());
                }
            }
        }
    }

    private void largeFiles() {
        try (RawClient client = server.connect();
                RawClient slow = RawClient.slow(server.port())) {
            for (int i = 0; i < 5; i++) {
                assertEquals(LARGE, client.ask(Wire.get("/large.bin")).bytes().length);
            }
            assertEquals(LARGE, slow.ask(Wire.get("/large.bin")).bytes().length);
            assertEquals("small\n", slow.ask(Wire.get("/small.txt")).content());
        }
    }

    private void programs() {
        try (RawClient client = server.connect();
                RawClient slow = RawClient.slow(server.port())) {
            slow.send(Wire.get("/cgi/big.py?700000"));
            assertEquals(2_000_000, client.ask(Wire.get("/cgi/big.py?2000000")).bytes().length);
            assertEquals("slow\n", client.ask(Wire.get("/cgi/slow.py")).content());
            slow.await(100);
            assertEquals(700_000, slow.read().bytes().length);
        }
    }

    private void contentThroughPrograms() {
        String content = "0123456789abcdef".repeat(40_000);
        try (RawClient client = server.connect()) {
            client.sendWhileReading(Wire.request("POST /cgi/cat.sh", "Content-Length: " + content.length())
                    .concat(content)
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            assertEquals(content, client.read().content());
            Answer counted = client.ask(
                    Wire.request("POST /cgi/echo-length.sh", "Transfer-Encoding: chunked") + Wire.chunked(content));
            assertEquals("announced=640000 read=640000\n", counted.content());
            client.ask(Wire.request("POST /cgi/close-input.py", "Content-Length: " + content.length()) + content);
        }
    }

    private void uploads() {
        String part = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\n";
        String form = part + "uploaded ".repeat(100_000) + "\r\n--x--\r\n";
        String slowly = Wire.request("PUT /dav/slow.txt", "Content-Length: 20", "Expect: 100-continue");
        try (RawClient client = server.connect()) {
            assertEquals(
                    201,
                    client.ask(Wire.request(
                                            "POST /upload",
                                            "Content-Type: multipart/form-data; boundary=x",
                                            "Content-Length: " + form.length())
                                    + form)
                            .status());
            for (int i = 0; i < slowly.length(); i++) {
                client.send(slowly.substring(i, i + 1));
            }
            assertEquals(100, client.read().status());
            for (int i = 0; i < 20; i++) {
                client.send("x");
            }
            assertTrue(client.read().status() / 100 == 2);
            assertEquals("small\n", client.ask(Wire.get("/small.txt")).content());
        }
    }

    /** The end comes along with the request, or while its answer is made, or after it. */
    private void halfClosed() {
        for (String target : List.of("/small.txt", "/large.bin", "/nothing")) {
            int status = target.equals("/nothing") ? 404 : 200;
            try (RawClient client = server.connect()) {
                client.send(Wire.get(target)).endOutput();
                assertEquals(status, client.read().status());
                client.assertEnded();
            }
        }
        try (RawClient client = server.connect()) {
            assertEquals("small\n", client.ask(Wire.get("/small.txt")).content());
            client.endOutput().assertEnded();
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

    /** A reload changes it like everything else; who is there notices nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"poll epoll", "epoll poll", "epoll auto", "auto epoll"})
    void aReloadMayChangeIt(String fromTo) {
        String[] use = fromTo.split(" ", -1);
        try (ServerProcess running = ServerProcess.start(site, configuration(use[0]))) {
            server = running;
            RawClient halfway = server.connect().send("GET /small.txt HTTP/1.1\r\n");
            RawClient waiting = server.connect().send(Wire.get("/cgi/slow.py?50"));
            List<RawClient> idle = idle();
            server.configure(configuration(use[1]));
            server.signal(Signals.HUP);
            server.awaitError("reconfigured");
            assertEquals("small\n", halfway.send("Host: h\r\n\r\n").read().content());
            assertEquals("slow\n", waiting.read().content());
            assertEachIsStillServed(idle);
            assertEquals("small\n", server.ask(Wire.get("/small.txt")).content());
            assertEquals(use[1].equals("poll") ? 0 : 1, sets());
            halfway.close();
            waiting.close();
        }
    }

    @Test
    void eachWorkerHasItsOwn() {
        try (ServerProcess running = ServerProcess.start(site, "worker_processes 3;\n" + configuration("epoll"))) {
            server = running;
            Wait.until("three sets", () -> sets() == 3);
            assertEachIsStillServed(idle());
        }
    }
}
