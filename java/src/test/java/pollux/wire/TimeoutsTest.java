package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.lines;
import static pollux.wire.Wire.request;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nobody may keep the server waiting: every wait for a client or a program ends. */
final class TimeoutsTest {
    private static final String TIMED_OUT = lines("""
            HTTP/1.1 408 Request Time-out
            Server: pollux/0.1.0
            Date: <date>
            Content-Type: text/html
            Content-Length: 167
            Connection: close

            <html>
            <head><title>408 Request Time-out</title></head>
            <body>
            <center><h1>408 Request Time-out</h1></center>
            <hr><center>pollux/0.1.0</center>
            </body>
            </html>
            """);

    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .file("www/a.txt", "a")
                .file("www/big.bin", new byte[20 << 20])
                .folder("www/put")
                .program("www/cgi/count.sh", "#!/bin/sh\nread line\nprintf 'Content-Type: text/plain\\n\\n'\n")
                .program("www/cgi/header.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\n\\n'
                        while ! [ -e ../../run/go ]; do sleep 0.01; done
                        printf went
                        """)
                .program("www/cgi/mute.sh", "#!/bin/sh\nexec sleep 60\n")
                .program(
                        "www/cgi/stuck.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nbegun'\nexec sleep 60\n");
        server = ServerProcess.start(site, ServerProcess.server("""
                        client_header_timeout 300ms;
                        client_body_timeout 300ms;
                        send_timeout 300ms;
                        keepalive_timeout 300ms;
                        lingering_timeout 300ms;
                        location /put/ { dav_methods PUT; }
                        location /slow/ { alias www/cgi/; cgi on; }
                        location /cgi/ { cgi on; cgi_timeout 300ms 200ms; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    private static String silentAfter(String bytes) {
        try (RawClient client = server.connect()) {
            return client.send(bytes).readAll();
        }
    }

    @Test
    void clientThatSaysNothingIsLetGo() {
        assertEquals("", silentAfter(""));
    }

    @Test
    void halfAHeadIs408() {
        assertEquals(TIMED_OUT, silentAfter("GET /a.txt HTTP/1.1\r\nHo"));
        server.awaitError("client timed out (110: Connection timed out) while reading client request headers");
    }

    @Test
    void halfOfTheContentIs408() {
        assertEquals(TIMED_OUT, silentAfter(request("PUT /put/half", "Content-Length: 10") + "abc"));
        assertEquals(TIMED_OUT, silentAfter(request("PUT /put/half", "Transfer-Encoding: chunked") + "a\r\nabc"));
        assertFalse(site.has("www/put/half"));
        assertEquals(List.of(), site.names("www/put"));
    }

    @Test
    void halfOfAProgramsContentIs408() {
        assertEquals(TIMED_OUT, silentAfter(request("POST /slow/count.sh", "Content-Length: 10") + "abc"));
        Wait.until("the program's end", () -> server.children().isEmpty());
    }

    @Test
    void idleConnectionIsClosedWithoutAWord() {
        try (RawClient client = server.connect()) {
            assertEquals(200, client.ask(get("/a.txt")).status());
            client.assertEnded();
        }
    }

    @Test
    void clientThatDoesNotReadIsGivenUp() {
        try (RawClient client = RawClient.slow(server.port())) {
            client.send(get("/big.bin?unread"));
            server.awaitError("client timed out (110: Connection timed out) while sending response to client");
        }
        Wait.until("the line in the access log", () -> server.accessLog().contains("/big.bin?unread"));
    }

    @Test
    void clientThatNeverEndsItsSideIsLetGoAfterLingering() {
        try (RawClient client = server.connect()) {
            client.send(request("PUT /nowhere", "Content-Length: 1000000", "Connection: close") + "abc");
            assertEquals(405, client.read().status());
            client.assertEnded();
        }
    }

    @Test
    void programThatSaysNothingIs504AndItsGroupIsEnded() {
        Answer answer = server.ask(get("/cgi/mute.sh"));
        assertEquals("HTTP/1.1 504 Gateway Time-out", answer.statusLine());
        Wait.until("the program's end", () -> server.children().isEmpty());
        server.awaitError("mute.sh\" wrote nothing for 300 ms (cgi_timeout)");
    }

    @Test
    void headerOfAProgramIsSentBeforeItsContent() {
        try (RawClient client = server.connect()) {
            client.send(get("/slow/header.sh"));
            client.await(150);
            site.file("run/go", "");
            assertEquals("went", client.read().content());
        }
    }

    @Test
    void programThatStopsInTheMiddleIsCutOff() {
        String answer = server.exchange(get("/cgi/stuck.sh"));
        assertEquals("5\r\nbegun\r\n", answer.substring(answer.indexOf("\r\n\r\n") + 4));
        Wait.until("the program's end", () -> server.children().isEmpty());
    }
}
