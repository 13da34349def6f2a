package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords that are slow to compare: what comes with the request, and behind it, waits as long. */
final class PasswordsTest {
    private static final String GOOD = "Authorization: Basic dTpwdw=="; // u:pw
    private static final String BAD = "Authorization: Basic dTpweA=="; // u:px
    private static final String SLOWEST = "Authorization: Basic czpwdw=="; // s:pw

    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .file("www/a.txt", "fine")
                .folder("run/store")
                .program("www/cgi/cat.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nexec cat\n")
                .file(
                        "passwords",
                        "u:$6$abc$MtSdWSZbhct2oe.SOqOUM2M/GA/uj5.vyVtJgRHgKi9uqXuWuJqOYE7H/YlsYGVg/YYzDV0xt3fEIwYt580.5.\n"
                                + "s:$6$rounds=1000000$abc$" + "x".repeat(86) + "\n");
        server = ServerProcess.start(site, ServerProcess.server("""
                location /in/ { alias www/; auth_basic in; auth_basic_user_file passwords; }
                location /cgi/ { cgi on; auth_basic in; auth_basic_user_file passwords; }
                location = /up { upload_store run/store; auth_basic in; auth_basic_user_file passwords; }
                """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    /** However much of the content comes while the password is worked out, and whether or not somebody takes it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 200_000})
    void contentIsWholeBehindIt(int size) {
        String content = "x".repeat(size);
        String length = "Content-Length: " + size;
        try (RawClient client = server.connect()) {
            String refused = Wire.request("POST /up", BAD, length) + content;
            String program = Wire.request("POST /cgi/cat.sh", GOOD, length) + content;
            String chunked = Wire.request("POST /up", GOOD, "Transfer-Encoding: chunked")
                    + (size == 0 ? "" : Integer.toHexString(size) + "\r\n" + content + "\r\n") + "0\r\n\r\n";
            client.sendWhileReading((refused + program + chunked + Wire.get("/in/a.txt", GOOD))
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            assertEquals(401, client.read().status());
            assertEquals(content, client.read().content());
            assertEquals(201, client.read().status());
            assertEquals("fine", client.read().content());
        }
        assertEquals(content, site.read("run/store/up"));
        site.remove("run/store/up");
    }

    /** Many who guess at the most expensive of all, and leave, keep nobody waiting, and nothing is at work behind them. */
    @Test
    void whoGuessesAndLeaves() {
        List<RawClient> guessers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            guessers.add(server.connect().send(Wire.get("/in/a.txt", SLOWEST)));
        }
        assertEquals(200, server.ask(Wire.get("/a.txt")).status());
        guessers.forEach(RawClient::close);
        assertEquals(401, server.ask(Wire.get("/in/a.txt", BAD)).status());
        assertEquals("fine", server.ask(Wire.get("/in/a.txt", GOOD)).content());
        Wait.until(
                () -> "lines of all in the log: " + server.accessLog(),
                () -> server.accessLog().split(" /in/a.txt ", -1).length > 30);
        assertTrue(server.isAlive());
    }
}
