package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static pollux.wire.Wire.chunked;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.request;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However the bytes of requests are cut into segments, the answers are the same. */
final class PiecesTest {
    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .file("www/a.txt", "Hello, wire.")
                .file("www/big.bin", new byte[300_000])
                .folder("www/put")
                .program("www/cgi/echo.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\n\\n%s:' "$CONTENT_LENGTH"
                        cat
                        """)
                .program("www/cgi/late.sh", """
                        #!/bin/sh
                        cat >/dev/null
                        printf 'Content-Type: text/plain\\n\\nlate'
                        """);
        site.program("www/cgi/slow.sh", """
                #!/bin/sh
                sleep 3
                printf 'Content-Type: text/plain\\n\\nslow'
                sleep 3
                printf ' and slower'
                """);
        server = ServerProcess.start(site, ServerProcess.server("""
                        location /cgi/ { cgi on; }
                        location /put/ { dav_methods PUT; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    static List<String> requests() {
        return List.of(
                get("/a.txt"),
                request("HEAD /a.txt", "If-None-Match: \"x\", \"y\""),
                "\r\nGET http://h:80/%61.txt?q HTTP/1.1\nHost: other\nConnection:  keep-alive \n\n",
                get("/missing"),
                request("PUT /put/x", "Content-Length: 4") + "abcd",
                request("PUT /put/x", "Transfer-Encoding: chunked") + "2;e=\"v\"\r\nab\r\n1\r\nc\r\n0\r\nT: v\r\n\r\n",
                request("POST /a.txt", "Content-Length: 3") + "abc" + get("/a.txt"),
                "BAD\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everySplitIsAnsweredAlike(String bytes) {
        String all = bytes + (bytes.startsWith("BAD") ? "" : get("/a.txt", "Connection: close"));
        // The first time a PUT answers 201.
        server.exchange(all);
        String whole = server.exchange(all);
        for (int cut = 1; cut < bytes.length(); cut += 1) {
            assertEquals(whole, inPieces(List.of(all.substring(0, cut), all.substring(cut))), "cut at " + cut);
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void byteByByteIsAnsweredAlike(String bytes) {
        String all = bytes + (bytes.startsWith("BAD") ? "" : get("/a.txt", "Connection: close"));
        server.exchange(all);
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < all.length(); i++) {
            pieces.add(all.substring(i, i + 1));
        }
        assertEquals(server.exchange(all), inPieces(pieces));
    }

    private static String inPieces(List<String> pieces) {
        try (RawClient client = server.connect()) {
            return client.sendPieces(pieces).readAll();
        }
    }

    @Test
    void contentForAProgramInPieces() {
        String plain = request("POST /cgi/echo.sh", "Content-Length: 10", "Connection: close") + "0123456789";
        String inChunks = request("POST /cgi/echo.sh", "Transfer-Encoding: chunked", "Connection: close")
                + "4\r\n0123\r\n6\r\n456789\r\n0\r\n\r\n";
        for (String all : List.of(plain, inChunks)) {
            int body = all.indexOf("\r\n\r\n");
            for (int cut = body; cut < all.length(); cut++) {
                try (RawClient client = server.connect()) {
                    client.sendPieces(List.of(all.substring(0, cut), all.substring(cut)));
                    assertEquals("10:0123456789", client.read().content(), "cut at " + cut);
                    client.assertEnded();
                }
            }
        }
    }

    @Test
    void clientThatHasEndedItsSideGetsItsAnswer() {
        for (String bytes : List.of(get("/a.txt"), request("POST /cgi/late.sh", "Content-Length: 2") + "ab")) {
            try (RawClient client = server.connect()) {
                Answer answer = client.send(bytes).endOutput().read();
                assertEquals(200, answer.status());
                assertEquals(bytes.startsWith("GET") ? "Hello, wire." : "late", answer.content());
                client.assertEnded();
            }
        }
    }

    @Test
    void clientThatHasEndedItsSideGetsTheAnswerOfASlowProgram() {
        try (RawClient client = server.connect()) {
            Answer answer = client.send(get("/cgi/slow.sh")).endOutput().read();
            assertEquals("slow and slower", answer.content());
            client.assertEnded();
        }
    }

    @Test
    void clientThatHasEndedItsSideGetsALargeFileWhole() {
        try (RawClient client = RawClient.slow(server.port())) {
            assertEquals(
                    300_000, client.send(get("/big.bin")).endOutput().read().bytes().length);
            client.assertEnded();
        }
    }

    @Test
    void clientThatHasEndedItsSideGetsAllPipelinedAnswers() {
        String three = get("/a.txt")
                + request("POST /cgi/late.sh", "Transfer-Encoding: chunked")
                + chunked("xy")
                + get("/a.txt");
        try (RawClient client = server.connect()) {
            client.send(three).endOutput();
            assertEquals("Hello, wire.", client.read().content());
            assertEquals("late", client.read().content());
            assertEquals("Hello, wire.", client.read().content());
            client.assertEnded();
        }
    }

    @Test
    void contentThatIsCutOffIsAnsweredByNobody() {
        try (RawClient client = server.connect()) {
            client.send(request("PUT /put/cut", "Content-Length: 10") + "abc").endOutput();
            assertEquals("", client.readAll());
        }
        assertEquals(404, server.ask(get("/put/cut")).status());
    }
}
