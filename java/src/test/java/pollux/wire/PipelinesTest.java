package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.chunked;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.request;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pipelines of several hundred requests of every kind over one connection (RFC 9112 section 9.3.2): each is answered once, in
 * order, and nothing that stands in content is ever taken for a request.
 */
final class PipelinesTest {
    private static final int REQUESTS = 400;
    private static final String BIG = "0123456789".repeat(10_000);

    /** Whoever loses count answers this, and every later answer is one too early. */
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

    private static Site site;
    private static ServerProcess server;

    /** One request and its answer. */
    private record Step(String bytes, int status, String content) {
        boolean isHead() {
            return bytes.startsWith("HEAD ");
        }
    }

    @BeforeAll
    static void start() {
        site = Site.create()
                .file("www/a.txt", "0123456789")
                .file("www/big.txt", BIG)
                .folder("www/put")
                .folder("www/up")
                .program("www/cgi/echo.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\n\\n%s %s:' "$REQUEST_METHOD" "$QUERY_STRING"
                        cat
                        """)
                .program("www/cgi/deaf.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\n\\ndeaf %s' "$QUERY_STRING"
                        """);
        server = ServerProcess.start(site, ServerProcess.server("""
                        keepalive_requests 100000;
                        location /cgi/ { cgi on; }
                        location /put/ { dav_methods PUT DELETE; }
                        location /up/ { upload_store www/up; }
                        location /echo { return 200 "$request_method $args"; }
                        location /none { return 204; }
                        location /smuggled { return 200 "smuggled"; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    /** Requests of every kind in random order; the same seed, the same ones. */
    private static List<Step> steps(long seed) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            steps.add(step(random.nextInt(20), seed + "-" + i));
        }
        return steps;
    }

    private static Step step(int kind, String id) {
        String length = "Content-Length: " + SMUGGLED.length();
        String inChunks = "Transfer-Encoding: chunked";
        String put = "PUT /put/" + id;
        return switch (kind) {
            case 0 -> new Step(get("/a.txt"), 200, "0123456789");
            case 1 -> new Step(get("/big.txt"), 200, BIG);
            case 2 -> new Step(request("HEAD /big.txt"), 200, "");
            case 3 -> new Step(get("/missing"), 404, null);
            case 4 -> new Step(request(put, length) + SMUGGLED, 201, "");
            case 5 -> new Step(request(put, inChunks) + chunked(SMUGGLED), 201, "");
            case 6 -> new Step(request(put, "Expect: 100-continue", length) + SMUGGLED, 201, "");
            case 7 -> new Step(get("/cgi/echo.sh?" + id), 200, "GET " + id + ":");
            case 8 ->
                new Step(request("POST /cgi/echo.sh?" + id, length) + SMUGGLED, 200, "POST " + id + ":" + SMUGGLED);
            case 9 ->
                new Step(
                        request("POST /cgi/echo.sh?" + id, inChunks) + chunked(SMUGGLED),
                        200,
                        "POST " + id + ":" + SMUGGLED);
            case 10 -> new Step(request("POST /cgi/deaf.sh?" + id, "Content-Length: 100000") + BIG, 200, "deaf " + id);
            case 11 -> new Step(request("HEAD /cgi/echo.sh?" + id), 200, "");
            case 12 -> new Step(request("DELETE /put/missing-" + id), 404, null);
            case 13 -> new Step(get("/a.txt", "If-None-Match: *"), 304, "");
            case 14 -> new Step(get("/a.txt", "Range: bytes=2-4"), 206, "234");
            case 15 -> new Step(request("POST /up/" + id, length) + SMUGGLED, 201, null);
            case 16 -> new Step(request("OPTIONS /a.txt", length) + SMUGGLED, 204, "");
            case 17 -> new Step(request("POST /a.txt", inChunks) + chunked(SMUGGLED), 405, null);
            case 18 -> new Step("\r\n" + request("GET /none", length) + SMUGGLED, 204, "");
            default -> new Step(request("BREW /echo?" + id, length) + SMUGGLED, 200, "BREW " + id);
        };
    }

    private static String bytes(List<Step> steps) {
        StringBuilder all = new StringBuilder();
        steps.forEach(step -> all.append(step.bytes()));
        return all.toString();
    }

    private static void assertAnswered(List<Step> steps, RawClient client) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            Answer answer = step.isHead() ? client.readHead() : client.read();
            String which = "answer " + i + " to " + step.bytes().lines().findFirst();
            assertEquals(step.status(), answer.status(), which);
            if (step.content() != null) {
                assertEquals(step.content(), answer.content(), which);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void hundredsAtOnceAreAnsweredInOrder(long seed) {
        List<Step> steps = steps(seed);
        try (RawClient client = server.connect()) {
            client.sendWhileReading(bytes(steps).getBytes(StandardCharsets.ISO_8859_1));
            assertAnswered(steps, client);
            assertEquals("0123456789", client.ask(get("/a.txt")).content());
        }
    }

    @Test
    void hundredsInPiecesAreAnsweredInOrder() {
        List<Step> steps = steps(3);
        byte[] bytes = bytes(steps).getBytes(StandardCharsets.ISO_8859_1);
        Random random = new Random(3);
        try (RawClient client = server.connect()) {
            for (int from = 0; from < bytes.length; ) {
                int to = Math.min(bytes.length, from + 1 + random.nextInt(3_000));
                client.sendWhileReading(java.util.Arrays.copyOfRange(bytes, from, to));
                from = to;
            }
            assertAnswered(steps, client);
            assertEquals("0123456789", client.ask(get("/a.txt")).content());
        }
    }

    @Test
    void hundredsOfAClientThatThenEndsItsSideAreAnswered() {
        List<Step> steps = steps(4);
        try (RawClient client = server.connect()) {
            client.sendWhileReading(bytes(steps).getBytes(StandardCharsets.ISO_8859_1));
            client.endOutput();
            assertAnswered(steps, client);
            client.assertEnded();
        }
    }

    @Test
    void hundredsInFrontOfARefusalAreAnsweredAndNothingBehindIt() {
        List<Step> steps = steps(5);
        String bad = request("POST /echo", "Content-Length: 5", "Transfer-Encoding: chunked") + "0\r\n\r\n";
        try (RawClient client = server.connect()) {
            client.sendWhileReading((bytes(steps) + bad + SMUGGLED).getBytes(StandardCharsets.ISO_8859_1));
            assertAnswered(steps, client);
            assertEquals(400, client.read().status());
            client.endOutput().assertEnded();
        }
    }

    @Test
    void whatWasPutIsWhatWasSent() {
        List<String> puts = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            String content = "content " + i + SMUGGLED;
            puts.add(content);
            boolean inChunks = i % 2 == 0;
            all.append(request(
                            "PUT /put/own-" + i,
                            inChunks ? "Transfer-Encoding: chunked" : "Content-Length: " + content.length()))
                    .append(inChunks ? chunked(content) : content)
                    .append(get("/put/own-" + i))
                    .append(request("DELETE /put/own-" + i))
                    .append(get("/put/own-" + i));
        }
        try (RawClient client = server.connect()) {
            client.sendWhileReading(all.toString().getBytes(StandardCharsets.ISO_8859_1));
            for (String content : puts) {
                assertEquals(201, client.read().status());
                assertEquals(content, client.read().content());
                assertEquals(204, client.read().status());
                assertEquals(404, client.read().status());
            }
        }
        assertTrue(site.names("www/put").stream().noneMatch(name -> name.startsWith("own-")));
    }
}
