package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.lines;
import static pollux.wire.Wire.request;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content of requests: chunks, {@code Expect}, bounds, and clients that send more than anybody wants. */
final class ContentTest {
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create().file("www/a.txt", "a").folder("www/put").program("www/cgi/size.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\n\\n%s %s' "$CONTENT_LENGTH" "$(wc -c)"
                        """);
        site.program("www/cgi/deaf.sh", """
                #!/bin/sh
                exec <&-
                printf 'Content-Type: text/plain\\n\\ndeaf'
                """);
        server = ServerProcess.start(site, ServerProcess.server("""
                        client_max_body_size 1m;
                        location /put/ { dav_methods PUT; }
                        location /ten/ { alias www/put/; dav_methods PUT; client_max_body_size 10; }
                        location /cgi/ { cgi on; }
                        location /cgi-ten/ { alias www/cgi/; cgi on; client_max_body_size 10; }
                        location /any/ { alias www/put/; dav_methods PUT; client_max_body_size 0; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    @Test
    void chunksAreTakenApart() {
        Answer stored = server.ask(
                request("PUT /put/chunks", "Transfer-Encoding: chunked")
                        + "3\r\nabc\r\n1;name=value\r\nd\r\n00a\r\n0123456789\r\nA;x=\"y\"\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n");
        assertEquals("HTTP/1.1 201 Created", stored.statusLine());
        assertEquals("abcd01234567890123456789", site.read("www/put/chunks"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\n",
                "1\r\nab\r\n",
                "-1\r\n",
                "1 \nb",
                "ffffffffffffffffff\r\n",
                "0\r\nbad trailer\r\n\r\n",
                "\r\n"
            })
    void brokenChunksAreRefused(String chunks) {
        try (RawClient client = server.connect()) {
            client.send(request("PUT /put/broken", "Transfer-Encoding: chunked") + chunks);
            Answer answer = client.read();
            assertEquals("HTTP/1.1 400 Bad Request", answer.statusLine());
            assertEquals("close", answer.field("Connection"));
            client.endOutput().assertEnded();
        }
        assertFalse(site.has("www/put/broken"));
    }

    @ParameterizedTest
    @CsvSource({"GET /a.txt, 400", "GET /missing, 404", "POST /a.txt, 405", "CONNECT h:80, 405"})
    void brokenChunksThatNobodyWantsEndTheConnection(String methodAndTarget, int status) {
        try (RawClient client = server.connect()) {
            client.send(request(methodAndTarget, "Transfer-Encoding: chunked") + "2\nab\r\n0\r\n\r\n" + get("/a.txt"));
            Answer answer = client.read();
            assertEquals(status, answer.status());
            assertEquals("close", answer.field("Connection"));
            client.endOutput().assertEnded();
        }
    }

    @Test
    void contentThatNobodyWantsNeedNotBeWhole() {
        try (RawClient client = server.connect()) {
            client.send(request("POST /a.txt", "Content-Length: 10") + "abc").endOutput();
            assertEquals(405, client.read().status());
            client.assertEnded();
        }
    }

    @Test
    void clientIsAskedToContinueWhenContentIsWanted() {
        try (RawClient client = server.connect()) {
            client.send(request("PUT /put/expected", "Content-Length: 3", "Expect: 100-continue"));
            assertEquals(CONTINUE, client.read().text());
            assertEquals(201, client.send("abc").read().status());
            client.send(request("PUT /put/expected", "Transfer-Encoding: chunked", "Expect: 100-Continue"));
            assertEquals(CONTINUE, client.read().text());
            assertEquals(204, client.send("1\r\nx\r\n0\r\n\r\n").read().status());
            client.send(request("POST /cgi/size.sh", "Content-Length: 3", "Expect: 100-continue"));
            assertEquals(CONTINUE, client.read().text());
            assertEquals("3 3", client.send("abc").read().content());
        }
    }

    @Test
    void clientThatDoesNotWaitIsNotAskedToContinue() {
        try (RawClient client = server.connect()) {
            client.send(request("PUT /put/at-once", "Content-Length: 3", "Expect: 100-continue") + "abc");
            assertEquals(201, client.read().status());
            assertEquals(200, client.ask(get("/a.txt")).status());
        }
    }

    @Test
    void http10AndRequestsWithoutContentAreNotAskedToContinue() {
        try (RawClient client = server.connect()) {
            client.send("PUT /put/ten HTTP/1.0\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc");
            assertEquals(201, client.read().status());
        }
        assertEquals(200, server.ask(get("/a.txt", "Expect: 100-continue")).status());
    }

    @Test
    void unknownExpectationIs417() {
        assertEquals(lines("""
                        HTTP/1.1 417 Expectation Failed
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Length: 0
                        Connection: close

                        """), server.exchange(get("/a.txt", "Expect: miracles", "Connection: close")));
    }

    @Test
    void finalStatusComesAtOnceWhenContentIsNotWanted() {
        String[] requests = {
            request("PUT /put/large", "Content-Length: 1048577", "Expect: 100-continue"),
            request("PUT /missing", "Content-Length: 3", "Expect: 100-continue"),
            request("POST /cgi/none.sh", "Content-Length: 3", "Expect: 100-continue"),
        };
        int[] statuses = {413, 405, 404};
        for (int i = 0; i < requests.length; i++) {
            try (RawClient client = server.connect()) {
                Answer answer = client.ask(requests[i]);
                assertEquals(statuses[i], answer.status());
                assertEquals("close", answer.field("Connection"));
                client.endOutput().assertEnded();
            }
        }
    }

    @Test
    void contentOfExactlyTheLimitIsTaken() {
        assertEquals(
                201,
                server.ask(request("PUT /ten/exact", "Content-Length: 10") + "0123456789")
                        .status());
        assertEquals(
                413,
                server.ask(request("PUT /ten/over", "Content-Length: 11") + "0123456789a")
                        .status());
        String exact = request("PUT /ten/exact", "Transfer-Encoding: chunked") + "a\r\n0123456789\r\n0\r\n\r\n";
        assertEquals(204, server.ask(exact).status());
        String over = request("PUT /ten/over", "Transfer-Encoding: chunked") + "a\r\n0123456789\r\n1\r\nx\r\n0\r\n\r\n";
        assertEquals(413, server.ask(over).status());
        String toProgram =
                request("POST /cgi-ten/size.sh", "Transfer-Encoding: chunked") + "b\r\n0123456789a\r\n0\r\n\r\n";
        assertEquals(413, server.ask(toProgram).status());
        assertEquals(
                413,
                server.ask(request("POST /cgi-ten/size.sh", "Content-Length: 11") + "0123456789a")
                        .status());
        assertEquals(
                "[exact]",
                site.names("www/put").stream()
                        .filter(n -> n.startsWith("exact") || n.startsWith("over"))
                        .toList()
                        .toString());
    }

    @Test
    void limitOfZeroIsNone() {
        byte[] content = new byte[3_000_000];
        try (RawClient client = server.connect()) {
            client.send(request("PUT /any/large", "Content-Length: 3000000")).send(content);
            assertEquals(201, client.read().status());
        }
        assertEquals(3_000_000, site.path("www/put/large").toFile().length());
    }

    @Test
    void wholeRefusalOfContentThatIsTooLarge() {
        assertEquals(lines("""
                        HTTP/1.1 413 Request Entity Too Large
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/html
                        Content-Length: 183
                        Connection: close

                        <html>
                        <head><title>413 Request Entity Too Large</title></head>
                        <body>
                        <center><h1>413 Request Entity Too Large</h1></center>
                        <hr><center>pollux/0.1.0</center>
                        </body>
                        </html>
                        """), tooLarge("Content-Length: 8388608", new byte[8 << 20]));
    }

    /** The client sends all it has before it reads: it must not be cut off, or its answer is lost. */
    private static String tooLarge(String framing, byte[] content) {
        try (RawClient client = server.connect()) {
            return client.send(request("PUT /put/eight", framing))
                    .send(content)
                    .endOutput()
                    .readAll();
        }
    }

    /** A hundred megabytes on their way while the answer is there already: nothing of it is lost. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 104857600", "Transfer-Encoding: chunked"})
    void clientThatSendsVeryMuchMoreReadsItsAnswer(String framing) {
        byte[] block = new byte[1 << 20];
        try (RawClient client = server.connect()) {
            client.send(request("PUT /put/hundred", framing));
            client.send(framing.startsWith("C") ? "" : "6400000\r\n");
            for (int i = 0; i < 100; i++) {
                client.send(block);
            }
            assertEquals(413, client.endOutput().read().status());
            client.assertEnded();
        }
        assertFalse(site.has("www/put/hundred"));
    }

    @Test
    void clientThatSendsTooManyChunksReadsItsAnswer() {
        byte[] chunks = ("10000\r\n" + "x".repeat(65536) + "\r\n")
                .repeat(128)
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        String answer = tooLarge("Transfer-Encoding: chunked", chunks);
        assertTrue(answer.startsWith("HTTP/1.1 413 Request Entity Too Large\r\n"), answer);
        assertFalse(site.has("www/put/eight"));
    }

    @Test
    void contentNobodyWantsIsReadPastOnAConnectionThatStays() {
        try (RawClient client = server.connect()) {
            client.send(request("POST /a.txt", "Content-Length: 500000")).send(new byte[500_000]);
            assertEquals(405, client.read().status());
            assertEquals(
                    404,
                    client.ask(request("GET /missing", "Content-Length: 5") + "abcde")
                            .status());
            assertEquals(
                    200,
                    client.ask(request("GET /a.txt", "Transfer-Encoding: chunked") + "1\r\na\r\n0\r\n\r\n")
                            .status());
            assertEquals("a", client.ask(get("/a.txt")).content());
        }
    }

    @Test
    void contentAProgramDoesNotReadIsReadPast() {
        try (RawClient client = server.connect()) {
            client.send(request("POST /cgi/deaf.sh", "Content-Length: 300000")).send(new byte[300_000]);
            assertEquals("deaf", client.read().content());
            assertEquals(
                    "deaf",
                    client.ask(request("POST /cgi/deaf.sh", "Content-Length: 3") + "abc")
                            .content());
            assertEquals("a", client.ask(get("/a.txt")).content());
        }
    }

    @Test
    void chunkedContentHasItsLengthForAProgram() {
        String content = "x".repeat(70_000);
        String chunks = "11170\r\n" + content + "\r\n5\r\nabcde\r\n0\r\n\r\n";
        assertEquals(
                "70005 70005",
                server.ask(request("POST /cgi/size.sh", "Transfer-Encoding: chunked") + chunks)
                        .content());
        assertEquals(
                "0 0",
                server.ask(request("POST /cgi/size.sh", "Transfer-Encoding: chunked") + "0\r\n\r\n")
                        .content());
        assertEquals(
                "5 5",
                server.ask(request("POST /cgi/size.sh", "Content-Length: 5") + "abcde")
                        .content());
    }
}
