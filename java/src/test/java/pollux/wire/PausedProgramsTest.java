package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static pollux.wire.Wire.get;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Programs that are ahead of their clients, and clients that leave while nobody reads from them. The socket's buffer is
 * small, so that a client which does not read stops the server at once.
 */
final class PausedProgramsTest {
    /** More than socket and server take before the pause, and no more than they and the pipe take together. */
    private static final int CONTENT = 96 * 1024;

    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .program("www/cgi/content.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\n\\n'
                        head -c 98304 /dev/zero
                        """)
                .program("www/cgi/length.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\nContent-Length: 98304\\n\\n'
                        head -c 98304 /dev/zero
                        """)
                .program("www/cgi/nph-raw.sh", """
                        #!/bin/sh
                        printf 'HTTP/1.1 200 OK\\r\\nContent-Length: 98304\\r\\n\\r\\n'
                        head -c 98304 /dev/zero
                        """)
                .program("www/cgi/mute.sh", "#!/bin/sh\nexec sleep 60\n");
        server = ServerProcess.start(site, ServerProcess.http("""
                        server {
                            listen 127.0.0.1:@port@ sndbuf=4k;
                            listen unix:run/socket;
                            root www;
                            location /cgi/ { cgi on; cgi_timeout 120s; }
                        }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    private static void assertWhole(String program) {
        try (RawClient client = RawClient.slow(server.port())) {
            client.send(get(program));
            client.await(1);
            Wait.until("the program's end", () -> server.children().isEmpty());
            assertEquals(CONTENT, client.read().content().length());
        }
    }

    @Test
    void whatAProgramWroteBeforeItEndedReachesASlowClient() {
        assertWhole("/cgi/content.sh");
        assertWhole("/cgi/length.sh");
        assertWhole("/cgi/nph-raw.sh");
    }

    @Test
    void clientThatLeavesBehindUnreadRequestsTakesItsProgramAlong() {
        try (RawClient client = RawClient.connect(site.path("run/socket"))) {
            client.send(get("/cgi/mute.sh") + get("/").repeat(200));
            Wait.until("the program's start", () -> !server.children().isEmpty());
        }
        Wait.until("the program's end", () -> server.children().isEmpty());
    }
}
