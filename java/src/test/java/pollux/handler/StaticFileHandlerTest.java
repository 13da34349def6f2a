package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFileHandlerTest {
    private static final String MISSING = "(2: No such file or directory)";

    private final StaticFileHandler handler = new StaticFileHandler(new FileCaches());

    @TempDir
    Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        Requests.tree(
                folder,
                Map.of(
                        "www/a.txt",
                        "hello\n",
                        "www/empty",
                        "",
                        "www/dir/x",
                        "x",
                        "www/d i?r/y",
                        "y",
                        "www/a.html",
                        "a"));
        Files.setLastModifiedTime(folder.resolve("www/a.txt"), FileTime.from(Instant.parse("2026-11-22T10:00:00.75Z")));
        Files.createSymbolicLink(folder.resolve("www/loop"), Path.of("loop"));
        Files.createSymbolicLink(folder.resolve("www/link"), Path.of("a.txt"));
        Files.createSymbolicLink(folder.resolve("www/null"), Path.of("/dev/null"));
    }

    private Requests site(String directives) {
        return Requests.server(folder, "root www; types { text/html html; }" + directives);
    }

    private String root() {
        return folder + "/www";
    }

    @Test
    void aFileIsSentWithItsTypeAndValidators() {
        Requests.Exchange exchange = site("").get("/a.txt?x");
        assertEquals(Handler.DONE, exchange.by(handler));
        assertEquals(200, exchange.response.status());
        assertEquals("text/plain", exchange.response.contentType());
        assertEquals(1_795_341_600, exchange.response.lastModified());
        assertEquals("\"6b02bd20-6\"", exchange.response.entityTag());
        assertTrue(exchange.response.rangesAllowed());
        assertEquals("hello\n", exchange.content());
        assertEquals(List.of(), exchange.log);
        exchange.response.clear();
    }

    @Test
    void anEmptyFileIsAFile() {
        Requests.Exchange exchange = site("").get("/empty");
        assertEquals(Handler.DONE, exchange.by(handler));
        assertEquals(0, exchange.response.content().length());
        assertTrue(exchange.response.entityTag().endsWith("-0\""));
        exchange.response.clear();
    }

    @Test
    void etagOffSendsNone() {
        Requests.Exchange exchange = site("etag off;").get("/a.txt");
        exchange.by(handler);
        assertNull(exchange.response.entityTag());
        exchange.response.clear();
    }

    @Test
    void linksAreFollowed() {
        Requests.Exchange exchange = site("").get("/link");
        exchange.by(handler);
        assertEquals("hello\n", exchange.content());
        exchange.response.clear();
    }

    @Test
    void timesBefore1970AndAfter9999AreTheNearestThatCanBeSaid() throws IOException {
        Files.setLastModifiedTime(folder.resolve("www/empty"), FileTime.from(Instant.ofEpochSecond(-5)));
        Requests.Exchange exchange = site("").get("/empty");
        exchange.by(handler);
        assertEquals(0, exchange.response.lastModified());
        assertEquals("\"fffffffffffffffb-0\"", exchange.response.entityTag());
        exchange.response.clear();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/nope     | 404 | error: open() \"ROOT/nope\" failed (2: No such file or directory)",
                "/a.txt/x  | 404 | error: open() \"ROOT/a.txt/x\" failed (20: Not a directory)",
                "/null     | 404 | crit: \"ROOT/null\" is not a regular file"
            })
    void whatCannotBeSentIsRefusedAndLogged(String target, int status, String line) {
        Requests.Exchange exchange = site("").get(target);
        assertEquals(status, exchange.by(handler));
        assertEquals(List.of(line.replace("ROOT", root())), exchange.log);
    }

    @Test
    void aLoopOfLinksIsForbidden() {
        Requests.Exchange exchange = site("").get("/loop");
        assertEquals(403, exchange.by(handler));
        assertTrue(exchange.log.get(0).startsWith("error: open() \"" + root() + "/loop\" failed ("));
    }

    @Test
    void aNameThatIsTooLongIsMissing() {
        assertEquals(404, site("").get("/" + "n".repeat(300)).by(handler));
        assertEquals(404, site("").get("/" + "n/".repeat(3000) + "n").by(handler));
    }

    @Test
    void missingFilesAreNotLoggedWhereThatIsOff() {
        Requests.Exchange exchange = site("log_not_found off;").get("/nope");
        assertEquals(404, exchange.by(handler));
        assertEquals(List.of(), exchange.log);
    }

    @ParameterizedTest
    @CsvSource({
        "/dir, http://h.example:8080/dir/",
        "/dir?a=%20b, http://h.example:8080/dir/?a=%20b",
        "/dir?, http://h.example:8080/dir/",
        "/d%20i%3Fr, http://h.example:8080/d%20i%3Fr/"
    })
    void aDirectoryWithoutSlashIsRedirected(String target, String location) {
        Requests.Exchange exchange = site("").get(target);
        assertEquals(301, exchange.by(handler));
        assertEquals(List.of("Location: " + location), exchange.fields());
        assertEquals(0, exchange.response.content().length());
    }

    @ParameterizedTest
    @CsvSource({"GET, -1", "HEAD, -1", "POST, -1", "PUT, 405"})
    void aPathThatEndsInASlashIsNotItsBusiness(String method, int answer) {
        assertEquals(answer, site("").send(method, "/dir/").by(handler));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "FOO"})
    void otherMethodsAreNotAllowedOnAFile(String method) {
        Requests.Exchange exchange = site("").send(method, "/a.txt");
        assertEquals(405, exchange.by(handler));
        assertEquals(List.of("Allow: GET, HEAD, OPTIONS"), exchange.fields());
    }

    @Test
    void aPostToNothingIsStillNotFound() {
        Requests.Exchange exchange = site("").send("POST", "/nope");
        assertEquals(404, exchange.by(handler));
        assertTrue(exchange.log.get(0).endsWith(MISSING));
    }

    @Test
    void aHeadIsAnsweredAsAGet() {
        Requests.Exchange exchange = site("").send("HEAD", "/a.txt");
        assertEquals(Handler.DONE, exchange.by(handler));
        assertEquals(6, exchange.response.content().length());
        exchange.response.clear();
    }

    @Test
    void noWayOutLeavesADescriptorOpen() {
        List<String> targets = List.of("/nope", "/dir", "/null", "/loop", "/a.txt");
        Requests site = site("");
        int before = lowestFreeDescriptor();
        for (int i = 0; i < 200; i++) {
            for (String target : targets) {
                Requests.Exchange exchange = site.send(i % 2 == 0 ? "GET" : "POST", target);
                exchange.by(handler);
                exchange.response.clear();
            }
        }
        // The JVM may have opened a few of its own on the way.
        assertTrue(lowestFreeDescriptor() < before + 50);
    }

    private static int lowestFreeDescriptor() {
        int fd = pollux.posix.Files.openRead("/dev/null");
        pollux.posix.Files.close(fd);
        return fd;
    }
}
