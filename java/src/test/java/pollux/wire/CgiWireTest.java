package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.lines;
import static pollux.wire.Wire.request;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CGI programs (RFC 3875) as a client sees them: what they are told, and what becomes of each kind of answer. */
final class CgiWireTest {
    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .file("www/a.txt", "a")
                .program("www/cgi/env.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\npwd >&2\nenv\n")
                .program(
                        "www/cgi/run.sh",
                        "#!/bin/sh\ncat >/dev/null\nprintf \"$(printf '%s' \"$QUERY_STRING\" | sed 's/+/ /g')\"\n")
                .program(
                        "www/cgi/cat.sh",
                        "#!/bin/sh\nprintf 'Content-Type: x/y\\nContent-Length: %s\\n\\n' \"$CONTENT_LENGTH\"\ncat\n")
                .program("www/cgi/nph-raw.sh", "#!/bin/sh\nprintf 'HTTP/1.1 299 Own\\r\\nX: y\\r\\n\\r\\nraw'\n")
                .program("www/cgi/dir/in.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'; pwd\n")
                .program("www/cgi/bad-interpreter", "#!/no/such/interpreter\n")
                .file("www/cgi/plain.sh", "#!/bin/sh\n")
                .file("www/by/x.sh", "printf 'Content-Type: text/plain\\n\\n%s %s' \"$0\" \"$1\"\n")
                .file("www/by/x.txt", "as text");
        server = ServerProcess.start(site, ServerProcess.server("""
                        server_name h;
                        client_max_body_size 10m;
                        location /cgi/ { cgi on; cgi_param EXTRA "$request_method $uri"; }
                        location /by/ { cgi_assign .sh /bin/sh; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    private static Map<String, String> environment(Answer answer) {
        Map<String, String> variables = new TreeMap<>();
        for (String line : answer.content().lines().toList()) {
            variables.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        // The shell's own, and what differs from run to run.
        for (String own : new String[] {"PWD", "OLDPWD", "SHLVL", "_", "PATH", "REMOTE_PORT"}) {
            variables.remove(own);
        }
        return variables;
    }

    private static Map<String, String> expected(String... more) {
        Map<String, String> variables = new TreeMap<>(Map.of(
                "GATEWAY_INTERFACE", "CGI/1.1",
                "SERVER_SOFTWARE", "pollux/0.1.0",
                "SERVER_PROTOCOL", "HTTP/1.1",
                "SERVER_NAME", "h",
                "SERVER_ADDR", "127.0.0.1",
                "SERVER_PORT", Integer.toString(server.port()),
                "REDIRECT_STATUS", "200",
                "REMOTE_ADDR", "127.0.0.1",
                "REMOTE_HOST", "127.0.0.1",
                "REQUEST_SCHEME", "http"));
        variables.put("DOCUMENT_ROOT", site.path("www").toString());
        variables.put("SCRIPT_NAME", "/cgi/env.sh");
        variables.put("SCRIPT_FILENAME", site.path("www/cgi/env.sh").toString());
        variables.put("HTTP_HOST", "h");
        for (int i = 0; i < more.length; i += 2) {
            variables.put(more[i], more[i + 1]);
        }
        return variables;
    }

    @Test
    void environmentOfAGet() {
        assertEquals(
                expected(
                        "REQUEST_METHOD", "GET",
                        "REQUEST_URI", "/cgi/env.sh?a=1&b=%20",
                        "DOCUMENT_URI", "/cgi/env.sh",
                        "QUERY_STRING", "a=1&b=%20",
                        "EXTRA", "GET /cgi/env.sh",
                        "HTTP_X_OWN", "1, 2",
                        "HTTP_COOKIE", "c=d"),
                environment(server.ask(
                        get("/cgi/env.sh?a=1&b=%20", "X-Own: 1", "X-Own: 2", "Proxy: http://evil", "Cookie: c=d"))));
    }

    @Test
    void environmentOfAPostWithPathInfo() {
        assertEquals(
                expected(
                        "REQUEST_METHOD", "POST",
                        "REQUEST_URI", "/cgi/env.sh/more%20of/it",
                        "DOCUMENT_URI", "/cgi/env.sh/more of/it",
                        "PATH_INFO", "/more of/it",
                        "PATH_TRANSLATED", site.path("www") + "/more of/it",
                        "QUERY_STRING", "",
                        "CONTENT_LENGTH", "3",
                        "CONTENT_TYPE", "text/x-in",
                        "AUTH_TYPE", "Basic",
                        "REMOTE_USER", "ann",
                        "EXTRA", "POST /cgi/env.sh/more of/it"),
                environment(server.ask(request(
                                "POST /cgi/env.sh/more%20of/it",
                                "Content-Type: text/x-in", "Authorization: Basic YW5uOnB3", "Content-Length: 3")
                        + "abc")));
    }

    @Test
    void chunkedContentOfAPostHasALength() {
        String chunks = "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        Answer answer = server.ask(request("POST /cgi/cat.sh", "Transfer-Encoding: chunked") + chunks);
        assertEquals("5", answer.field("Content-Length"));
        assertEquals("abcde", answer.content());
        assertEquals(
                "5",
                environment(server.ask(request("POST /cgi/env.sh", "Transfer-Encoding: chunked") + chunks))
                        .get("CONTENT_LENGTH"));
    }

    @Test
    void largeContentGoesInAndOutAtOnce() {
        byte[] content = new byte[4 << 20];
        new java.util.Random(3).nextBytes(content);
        try (RawClient client = server.connect()) {
            client.send(request("POST /cgi/cat.sh", "Content-Length: " + content.length));
            assertArrayEquals(content, client.sendWhileReading(content).read().bytes());
        }
    }

    @Test
    void wholeDocumentInChunks() {
        assertEquals(
                lines("""
                        HTTP/1.1 200 OK
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/plain
                        Transfer-Encoding: chunked
                        Connection: close
                        X-Own: 1

                        5
                        hello
                        0

                        """),
                server.exchange(
                        get("/cgi/run.sh?Content-Type:+text/plain\\nX-Own:+1\\n\\nhello", "Connection: close")));
    }

    /** In answers, {@code +} is a space; the query is what the program prints. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            Content-Type:+text/plain\\n\\nx                     | 200 OK                | x
            Content-Type:+text/plain\\r\\n\\r\\nx                 | 200 OK                | x
            Status:+404+Gone+Fishing\\nContent-Type:+a/b\\n\\nx | 404 Gone Fishing      | x
            Status:+204\\n\\n                                  | 204 No Content        |
            Location:+/a.txt\\n\\n                             | 200 OK                | a
            Location:+/a.txt?q\\n\\n                           | 200 OK                | a
            Location:+/missing\\n\\n                           | 404 Not Found         |
            Location:+http://other/\\n\\n                      | 302 Moved Temporarily |
            Status:+301\\nLocation:+http://other/\\n\\n         | 301 Moved Permanently |
            no+header                                        | 502 Bad Gateway       |
            Content-Type:+text/plain\\n                       | 502 Bad Gateway       |
            X:+y\\n\\nx                                        | 502 Bad Gateway       |
            Status:+abc\\nContent-Type:+a/b\\n\\nx              | 502 Bad Gateway       |
            """)
    void answersOfPrograms(String printed, String status, String content) {
        Answer answer = server.ask(get("/cgi/run.sh?" + printed));
        assertEquals("HTTP/1.1 " + status, answer.statusLine());
        if (content != null) {
            assertEquals(content, answer.content());
        }
    }

    @Test
    void clientRedirectNamesItsTarget() {
        Answer answer = server.ask(get("/cgi/run.sh?Location:+http://other/x\\n\\n"));
        assertEquals("302 http://other/x", answer.status() + " " + answer.field("Location"));
    }

    @Test
    void nonParsedHeaderGoesOutAsItIs() {
        assertEquals("HTTP/1.1 299 Own\r\nX: y\r\n\r\nraw", server.exchange(get("/cgi/nph-raw.sh")));
    }

    @Test
    void headHasNoContent() {
        try (RawClient client = server.connect()) {
            assertEquals(
                    200,
                    client.ask(request("HEAD /cgi/run.sh?Content-Type:+a/b\\n\\nx"))
                            .status());
            assertEquals("a", client.ask(get("/a.txt")).content());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /cgi/none.sh          | 404
            /cgi/                 | 403
            /cgi/dir/             | 403
            /cgi/plain.sh         | 403
            /cgi/plain.sh/more    | 403
            /by/none.sh           | 404
            """)
    void whatCannotBeRun(String target, int status) {
        assertEquals(status, server.ask(get(target)).status());
    }

    @Test
    void missingInterpreterIsAnError() {
        Answer answer = server.ask(get("/cgi/bad-interpreter"));
        assertTrue(answer.status() >= 500, answer.statusLine());
        server.awaitError("bad-interpreter\" failed (2: No such file or directory)");
    }

    @Test
    void workingFolderIsTheProgramsOwn() {
        assertEquals(
                site.path("www/cgi/dir") + "\n",
                server.ask(get("/cgi/dir/in.sh")).content());
    }

    @Test
    void extensionChoosesTheInterpreter() {
        assertEquals(site.path("www/by/x.sh") + " ", server.ask(get("/by/x.sh")).content());
        assertEquals("as text", server.ask(get("/by/x.txt")).content());
    }

    @Test
    void clientThatLeavesEndsTheProgram() {
        site.program("www/cgi/long.sh", "#!/bin/sh\ntouch ../../run/long\nsleep 60\n");
        try (RawClient client = server.connect()) {
            client.send(get("/cgi/long.sh"));
            Wait.until("the program", () -> site.has("run/long"));
            assertFalse(server.children().isEmpty());
        }
        Wait.until("the program's end", () -> server.children().isEmpty());
    }
}
