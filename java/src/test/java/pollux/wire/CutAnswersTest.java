package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static pollux.wire.Wire.get;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Answers of programs that break off (RFC 9112 section 8): what there is of them reaches the client, and the end of the
 * connection says that it is not all. So it is whichever way the loop waits: with many connections it is another one.
 */
final class CutAnswersTest {
    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .program("www/cgi/length.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\nContent-Length: 100\\n\\nshort'
                        """)
                .program("www/cgi/crash.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\nContent-Length: 100\\n\\nshort'
                        kill -9 $$
                        """)
                .program("www/cgi/hang.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\n\\nshort'
                        exec sleep 60
                        """);
        server = ServerProcess.start(site, ServerProcess.server("location /cgi/ { cgi on; cgi_timeout 300ms 300ms; }"));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    /** Forty others make the loop leave {@code poll()}, for good. */
    @ParameterizedTest
    @CsvSource({
        "0, length.sh, Content-Length: 100, short",
        "0, crash.sh, Content-Length: 100, short",
        "0, hang.sh, Transfer-Encoding: chunked, 5~short~",
        "40, length.sh, Content-Length: 100, short",
        "40, crash.sh, Content-Length: 100, short",
        "40, hang.sh, Transfer-Encoding: chunked, 5~short~"
    })
    void whatThereIsReachesTheClientAndNoEndOfIt(int others, String program, String framing, String content) {
        List<RawClient> idle = new ArrayList<>();
        try (RawClient client = server.connect()) {
            for (int i = 0; i < others; i++) {
                idle.add(server.connect());
            }
            String answer = client.send(get("/cgi/" + program)).readAll();
            assertEquals("HTTP/1.1 200 OK\r\n", answer.substring(0, Math.min(17, answer.length())));
            assertEquals(1, answer.split(framing, -1).length - 1, answer);
            assertEquals(content.replace("~", "\r\n"), answer.substring(answer.indexOf("\r\n\r\n") + 4));
        } finally {
            idle.forEach(RawClient::close);
        }
    }
}
