package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static pollux.wire.Wire.lines;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which connections stay, and requests that follow each other on one (RFC 9112 section 9). */
final class PersistenceTest {
    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .file("www/a.txt", "Hello, wire.")
                .file("www/b.txt", "bb")
                .program("www/cgi/hello.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\n\\nhello %s' "$QUERY_STRING"
                        """);
        server = ServerProcess.start(site, ServerProcess.server("""
                        location /cgi/ { cgi on; }
                        location /three/ { alias www/; keepalive_requests 3; }
                        location /none/ { alias www/; keepalive_timeout 0; }
                        location /hasty/ { alias www/; lingering_close off; }
                        location /said/ { alias www/; keepalive_timeout 75s 60s; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    @Test
    void wholeResponseOfAConnectionThatStays() {
        assertEquals(
                lines("""
                        HTTP/1.1 200 OK
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/plain
                        Content-Length: 12
                        Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT
                        Connection: keep-alive
                        ETag: "2ebc98a1-c"
                        Accept-Ranges: bytes

                        Hello, wire."""), server.ask("GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n").text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            HTTP/1.1 |                                 | keep-alive
            HTTP/1.1 | Connection: close               | close
            HTTP/1.1 | Connection: CLOSE               | close
            HTTP/1.1 | Connection: cLoSe               | close
            HTTP/1.1 | Connection: keep-alive          | keep-alive
            HTTP/1.1 | Connection: foo, close          | close
            HTTP/1.1 | Connection: close, keep-alive   | close
            HTTP/1.1 | Connection: ,Close ,            | close
            HTTP/1.1 | Connection: foo~Connection: close | close
            HTTP/1.1 | Connection: closed              | keep-alive
            HTTP/1.1 | Connection: upgrade             | keep-alive
            HTTP/1.0 |                                 | close
            HTTP/1.0 | Connection: keep-alive          | keep-alive
            HTTP/1.0 | Connection: Keep-Alive          | keep-alive
            HTTP/1.0 | Connection: foo, KEEP-ALIVE     | keep-alive
            HTTP/1.0 | Connection: keep-alive, close   | close
            HTTP/1.0 | Connection: foo                 | close
            """)
    void versionAndConnectionFieldDecide(String version, String field, String answer) {
        String fields = field == null ? "" : field.replace("~", "\r\n") + "\r\n";
        String request = "GET /a.txt " + version + "\r\nHost: h\r\n" + fields + "\r\n";
        try (RawClient client = server.connect()) {
            Answer first = client.ask(request);
            assertEquals("HTTP/1.1 200 OK", first.statusLine());
            assertEquals(answer, first.field("Connection"));
            if (answer.equals("close")) {
                client.assertEnded();
            } else {
                assertEquals(200, client.ask(request).status());
            }
        }
    }

    @Test
    void contentWithoutALengthEndsWithTheConnectionInHttp10() {
        assertEquals(lines("""
                        HTTP/1.1 200 OK
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/plain
                        Connection: close

                        hello q"""), server.exchange("GET /cgi/hello.sh?q HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
    }

    @Test
    void lastRequestOfAConnectionIsSaidToBeTheLast() {
        String request = Wire.get("/three/a.txt");
        try (RawClient client = server.connect()) {
            assertEquals("keep-alive", client.ask(request).field("Connection"));
            assertEquals("keep-alive", client.ask(request).field("Connection"));
            assertEquals("close", client.ask(request).field("Connection"));
            client.assertEnded();
        }
    }

    @Test
    void noConnectionStaysWithoutAKeepaliveTimeout() {
        assertEquals("close", server.ask(Wire.get("/none/a.txt")).field("Connection"));
        assertNull(server.ask(Wire.get("/a.txt")).field("Keep-Alive"));
        assertEquals("timeout=60", server.ask(Wire.get("/said/a.txt")).field("Keep-Alive"));
    }

    @Test
    void hundredPipelinedRequestsAreAnsweredInOrder() {
        StringBuilder requests = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            requests.append(Wire.get("/a.txt"))
                    .append(Wire.get("/cgi/hello.sh?" + i))
                    .append(Wire.get("/missing"))
                    .append(Wire.request("POST /cgi/hello.sh?post" + i, "Content-Length: 5") + "abcde");
            expected.addAll(List.of("200 Hello, wire.", "200 hello " + i, "404", "200 hello post" + i));
        }
        List<String> answers = new ArrayList<>();
        try (RawClient client = server.connect()) {
            client.send(requests.toString());
            for (int i = 0; i < expected.size(); i++) {
                Answer answer = client.read();
                answers.add(answer.status() == 404 ? "404" : answer.status() + " " + answer.content());
            }
            assertEquals(expected, answers);
            assertEquals("bb", client.ask(Wire.get("/b.txt")).content());
        }
    }

    /** More than the server has read lies there when it closes: the system ends such a connection by a reset. */
    @Test
    void theAnswerIsSentBeforeAConnectionIsClosedThatHasUnreadBytes() {
        String last = Wire.get("/hasty/b.txt", "Connection: close") + "x".repeat(30_000);
        for (int round = 0; round < 20; round++) {
            try (RawClient client = server.connect()) {
                assertEquals("bb", client.send(last).read().content());
            }
        }
    }

    @Test
    void requestsBehindTheLastOneAreNotAnswered() {
        String answers = server.exchange(Wire.get("/b.txt", "Connection: close") + Wire.get("/a.txt"));
        assertEquals(lines("""
                        HTTP/1.1 200 OK
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/plain
                        Content-Length: 2
                        Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT
                        Connection: close
                        ETag: "2ebc98a1-2"
                        Accept-Ranges: bytes

                        bb"""), answers);
    }
}
