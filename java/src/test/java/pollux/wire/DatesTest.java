package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.request;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code Date} is the time of the answer (RFC 9110 section 6.6.1), and nothing was changed after it (section 8.8.2.1). */
final class DatesTest {
    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        site = Site.create()
                .file("www/future.txt", "0123456789")
                .folder("www/put")
                .program("www/cgi/slow.sh", """
                        #!/bin/sh
                        sleep 2
                        printf 'Content-Type: text/plain\\n\\n'
                        date +%s
                        """)
                .program("www/cgi/future.sh", """
                        #!/bin/sh
                        printf 'Last-Modified: Tue, 31 Dec 2999 23:59:59 GMT\\nContent-Type: text/plain\\n\\n'
                        """);
        Files.setLastModifiedTime(site.path("www/future.txt"), FileTime.from(Instant.parse("2999-12-31T23:59:59Z")));
        server = ServerProcess.start(
                site,
                ServerProcess.server(
                        "location /cgi/ { cgi on; } location /put/ { dav_methods PUT; client_body_timeout 1500ms; }"));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    /** All that comes back, its dates as they are. */
    private static String raw(String request) {
        try (RawClient client = server.connect()) {
            return new String(client.send(request).readToEnd(), StandardCharsets.ISO_8859_1);
        }
    }

    private static long seconds(String answer, String field) {
        Matcher line = Pattern.compile("\r\n" + field + ": ([^\r]+)\r\n").matcher(answer);
        assertTrue(line.find(), answer);
        return ZonedDateTime.parse(line.group(1), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toEpochSecond();
    }

    @Test
    void dateIsTheTimeOfTheAnswerNotOfTheRequest() {
        String answer = raw("GET /cgi/slow.sh HTTP/1.0\r\n\r\n");
        long ended =
                Long.parseLong(answer.substring(answer.indexOf("\r\n\r\n") + 4).strip());
        // The head may leave just before the program looks at its clock.
        assertTrue(seconds(answer, "Date") >= ended - 1, answer);
    }

    @Test
    void dateOfARefusalIsThatOfTheRefusal() {
        long before = Instant.now().getEpochSecond();
        String answer = raw(request("PUT /put/x", "Content-Length: 5"));
        assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        // It was given after more than a second without content.
        assertTrue(seconds(answer, "Date") > before, answer);
    }

    @Test
    void nothingWasChangedAfterItWasSent() {
        for (String path : new String[] {"/future.txt", "/cgi/future.sh"}) {
            String answer = raw(get(path, "Connection: close"));
            assertEquals(seconds(answer, "Date"), seconds(answer, "Last-Modified"), path);
        }
    }

    @Test
    void timeThatIsStillToComeValidatesNothing() {
        String sent = raw(get("/future.txt", "Connection: close"));
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.ofEpochSecond(seconds(sent, "Last-Modified")).atZone(java.time.ZoneOffset.UTC));
        assertEquals(
                200,
                server.ask(get("/future.txt", "If-Modified-Since: " + date)).status());
        assertEquals(
                200,
                server.ask(get("/future.txt", "Range: bytes=0-1", "If-Range: " + date))
                        .status());
        String later = "If-Range: Tue, 31 Dec 2999 23:59:59 GMT";
        assertEquals(
                200, server.ask(get("/future.txt", "Range: bytes=0-1", later)).status());
        assertFalse(raw(get("/future.txt", "Connection: close")).contains("2999"));
    }
}
