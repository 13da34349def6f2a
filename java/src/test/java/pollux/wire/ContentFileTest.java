package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code client_body_in_file_only}, {@code $request_body_file} and {@code $request_body}, as programs and logs see them. */
class ContentFileTest {
    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create();
        site.program(
                "www/p.sh",
                "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n%s|%s|' \"$FILE\" \"$CONTENT_LENGTH\"; cat;"
                        + " test -z \"$FILE\" || { printf '|'; cat \"$FILE\"; }\n");
        String text = """
                daemon off; pid run/pollux.pid; error_log run/error.log info; events { }
                http {
                log_format body escape=none '$request_uri|$request_body|$request_body_file';
                access_log run/body.log body;
                client_body_temp_path body 1 2;
                server {
                    listen 127.0.0.1:@port@; root www; cgi_param FILE $request_body_file; dav_methods PUT allow_cgi;
                    location /on/ { alias www/; cgi on; client_body_in_file_only on; }
                    location /clean/ { alias www/; cgi on; client_body_in_file_only clean; }
                    location /off/ { alias www/; cgi on; }
                    location /small/ { alias www/; cgi on; client_body_buffer_size 4; }
                    location /drop { return 204; }
                } }
                """;
        server = ServerProcess.start(site, text);
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    private static String post(String target, String content) {
        try (RawClient client = RawClient.connect(server.port())) {
            return client.ask("POST " + target + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + content.length()
                            + "\r\n\r\n" + content)
                    .content();
        }
    }

    private static String chunked(String target, String chunks) {
        try (RawClient client = RawClient.connect(server.port())) {
            return client.ask("POST " + target + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
                    .content();
        }
    }

    private static Path file(String answer) {
        return Path.of(answer.substring(0, answer.indexOf('|')));
    }

    @Test
    void aFileThatStaysHasItsPlaceByItsNumber() throws IOException {
        String answer = post("/on/p.sh", "content");
        String name = file(answer).getFileName().toString();
        assertTrue(name.matches("[0-9]{10}"), answer);
        Path expected = site.path("body/" + name.substring(9) + "/" + name.substring(7, 9) + "/" + name);
        assertEquals(expected + "|7|content|content", answer);
        assertEquals("content", Files.readString(expected));
        assertEquals("0||", chunked("/on/p.sh", "0\r\n\r\n").replaceAll("^[^|]*\\|", ""));
    }

    @Test
    void aFileThatGoesIsThereAsLongAsTheProgram() {
        for (String answer : new String[] {
            post("/clean/p.sh", "content"), chunked("/clean/p.sh", "3\r\ncon\r\n4\r\ntent\r\n0\r\n\r\n")
        }) {
            assertTrue(answer.endsWith("|7|content|content"), answer);
            Wait.until(() -> "the end of " + file(answer), () -> !Files.exists(file(answer)));
        }
    }

    @Test
    void thereIsNoFileWhereNobodyAsksForOne() {
        assertEquals("|7|content", post("/off/p.sh", "content"));
        assertEquals("||", post("/on/p.sh", "").replace("0", ""));
        assertFalse(post("/drop", "content").contains("content"));
    }

    @Test
    void logsHaveTheContentThatMemoryHasRoomFor() {
        post("/off/p.sh?kept", "content");
        chunked("/off/p.sh?chunks", "3\r\ncon\r\n4\r\ntent\r\n0\r\n\r\n");
        post("/small/p.sh?long", "content");
        post("/drop?dropped", "content");
        Wait.until(
                () -> site.read("run/body.log"), () -> site.read("run/body.log").contains("?dropped"));
        String log = site.read("run/body.log");
        assertTrue(log.contains("/off/p.sh?kept|content|\n"), log);
        assertTrue(log.contains("/off/p.sh?chunks|content|\n"), log);
        assertTrue(log.contains("/small/p.sh?long||\n"), log);
        assertTrue(log.contains("/drop?dropped||\n"), log);
    }
}
