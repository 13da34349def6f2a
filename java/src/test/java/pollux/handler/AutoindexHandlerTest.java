package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pollux.buffer.IoBuffer;
import pollux.posix.OffHeap;

class AutoindexHandlerTest {
    private final AutoindexHandler handler = new AutoindexHandler();

    @TempDir
    Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        Requests.tree(folder, Map.of("www/l/sub/", "", "www/l/.hidden", "h", "www/l/f", "12345", "www/file", "f"));
        Files.createSymbolicLink(folder.resolve("www/l/dangling"), Path.of("nowhere"));
        Files.createSymbolicLink(folder.resolve("www/l/loop"), Path.of("loop"));
        FileTime time = FileTime.from(Instant.parse("2026-11-22T10:00:00Z"));
        Files.setLastModifiedTime(folder.resolve("www/l/f"), time);
        Files.setLastModifiedTime(folder.resolve("www/l/sub"), time);
    }

    private Requests site(String directives) {
        return Requests.server(folder, "root www;" + directives);
    }

    @Test
    void aDirectoryIsListedAsAPage() {
        Requests.Exchange exchange = site("autoindex on;").get("/l/");
        assertEquals(Handler.DONE, exchange.by(handler));
        assertEquals(200, exchange.response.status());
        assertEquals("text/html", exchange.response.contentType());
        String[] lines = exchange.content().split("\r\n", -1);
        assertEquals("<h1>Index of /l/</h1><hr><pre><a href=\"../\">../</a>", lines[3]);
        assertEquals("<a href=\"sub/\">sub/</a>" + " ".repeat(47) + "22-Nov-2026 10:00                   -", lines[4]);
        assertTrue(lines[5].startsWith("<a href=\"dangling\">dangling</a> "));
        assertEquals("<a href=\"f\">f</a>" + " ".repeat(50) + "22-Nov-2026 10:00                   5", lines[6]);
        assertTrue(lines[7].startsWith("<a href=\"loop\">loop</a> "));
        assertEquals("</pre><hr></body>", lines[8]);
        assertFalse(exchange.response.rangesAllowed());
        assertEquals(List.of(), exchange.log);
    }

    @Test
    void aDirectoryIsListedAsJson() {
        Requests.Exchange exchange =
                site("autoindex on; autoindex_format json; charset utf-8;").get("/l/");
        exchange.by(handler);
        assertEquals("application/json", exchange.response.contentType());
        assertTrue(exchange.content()
                .contains("{ \"name\":\"f\", \"type\":\"file\","
                        + " \"mtime\":\"Sun, 22 Nov 2026 10:00:00 GMT\", \"size\":5 },\r\n"));
        assertTrue(exchange.content().contains("{ \"name\":\"dangling\", \"type\":\"other\", "));
    }

    @Test
    void theCharsetIsAppended() {
        Requests.Exchange exchange = site("autoindex on; charset utf-8;").get("/l/");
        exchange.by(handler);
        assertEquals("text/html; charset=utf-8", exchange.response.contentType());
    }

    @ParameterizedTest
    @CsvSource({"off, GET", "off, HEAD", "on, POST"})
    void whatIsNotListedIsForbidden(String setting, String method) {
        Requests.Exchange exchange = site("autoindex " + setting + ";").send(method, "/l/");
        assertEquals(403, exchange.by(handler));
        assertEquals(List.of("error: directory index of \"" + folder + "/www/l/\" is forbidden"), exchange.log);
    }

    @Test
    void otherMethodsAreNotAllowedOnADirectory() {
        Requests.Exchange exchange = site("autoindex on;").send("PUT", "/l/");
        assertEquals(405, exchange.by(handler));
        assertEquals(List.of("Allow: GET, HEAD, OPTIONS"), exchange.fields());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/none/ | error: opendir() \"ROOT/none\" failed (2: No such file or directory)",
                "/file/ | error: opendir() \"ROOT/file\" failed (20: Not a directory)"
            })
    void whatIsNoDirectoryIsNotFound(String target, String line) {
        Requests.Exchange exchange = site("autoindex on;").get(target);
        assertEquals(404, exchange.by(handler));
        assertEquals(List.of(line.replace("ROOT", folder + "/www")), exchange.log);
    }

    @Test
    void aPathWithoutFinalSlashIsNotItsBusiness() {
        assertEquals(Handler.DECLINED, site("autoindex on;").get("/l").by(handler));
    }

    @Test
    void theRootOfTheServerCanBeListed() {
        Requests.Exchange exchange = site("autoindex on;").get("/");
        assertEquals(Handler.DONE, exchange.by(handler));
        assertTrue(exchange.content().contains("<a href=\"l/\">l/</a>"));
    }

    /** The names in a listing that is asked for at a time in milliseconds behind {@link Requests#NOW_MS}. */
    private String names(Requests site, String path, long ms) {
        Requests.Exchange exchange = site.get(path);
        exchange.request.nowMs(Requests.NOW_MS + ms);
        assertEquals(Handler.DONE, exchange.by(handler));
        return Pattern.compile("\"name\":\"(\\w+)\"")
                .matcher(exchange.content())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.joining(" "));
    }

    @Test
    void aListingIsTrueForASecondUnlessTheServerChangesAFile() throws IOException {
        Requests site = site("autoindex on; autoindex_format json; location /m/ { alias www/l/; }");
        for (String name : new String[] {"sub", "dangling", "loop"}) {
            Files.delete(folder.resolve("www/l/" + name));
        }
        assertEquals("f", names(site, "/l/", 0));
        Requests.tree(folder, Map.of("www/l/g", ""));
        assertEquals("f", names(site, "/l/", 999));
        assertEquals("f g", names(site, "/m/", 999));
        assertEquals("f g", names(site, "/l/", 1000));
        Requests.tree(folder, Map.of("www/l/h", ""));
        FileCache.changed();
        assertEquals("f g h", names(site, "/l/", 1001));
    }

    @Test
    void withoutACacheEachListingIsMadeAnew() throws IOException {
        Requests site = site("autoindex on; autoindex_format json; open_file_cache off;");
        for (String name : new String[] {"sub", "dangling", "loop"}) {
            Files.delete(folder.resolve("www/l/" + name));
        }
        assertEquals("f", names(site, "/l/", 0));
        Requests.tree(folder, Map.of("www/l/g", ""));
        assertEquals("f g", names(site, "/l/", 0));
    }

    private Work reading(Requests site, String folder) {
        Requests.Exchange exchange = site.get(folder);
        assertEquals(Handler.WORK, handler.handle(exchange.request, exchange.response));
        return exchange.response.takeWork();
    }

    @Test
    void aLargeDirectoryIsReadInSeveralStepsAndOneAfterTheOther() throws IOException {
        Path large = Files.createDirectory(folder.resolve("www/large"));
        for (int i = 0; i < 2_000; i++) {
            Files.createFile(large.resolve("f" + i));
        }
        Requests site = site("autoindex on; open_file_cache off;");
        Work first = reading(site, "/large/");
        Work second = reading(site, "/large/");
        Work small = reading(site, "/l/");
        assertEquals(Work.MORE, first.step());
        // Whoever begins while a large one is read waits for its end.
        assertEquals(Work.MORE, second.step());
        assertEquals(Work.MORE, small.step());
        assertEquals(Work.MORE, first.step());
        assertEquals(Work.MORE, first.step());
        assertEquals(Handler.DONE, first.step());
        assertEquals(Handler.DONE, small.step());
        assertEquals(Work.MORE, second.step());
        second.abort();
        Work third = reading(site, "/large/");
        assertEquals(Handler.DONE, Work.whole(third));
    }

    /** Many who want the same large one cost one reading; what is larger than memory should hold lies in a file. */
    @Test
    void whoWaitsForTheSameDirectoryGetsTheSameListing() throws IOException {
        Path large = Files.createDirectory(folder.resolve("www/large"));
        for (int i = 0; i < 5_000; i++) {
            Files.createFile(large.resolve("n".repeat(60) + i));
        }
        Requests site = site("autoindex on; autoindex_format json; client_body_temp_path body;");
        Requests.Exchange maker = site.get("/large/");
        handler.handle(maker.request, maker.response);
        Work making = maker.response.takeWork();
        assertEquals(Work.MORE, making.step());
        Requests.Exchange sharer = site.get("/large/");
        handler.handle(sharer.request, sharer.response);
        Work sharing = sharer.response.takeWork();
        Work given = reading(site, "/large/");
        Work other = reading(site, "/l/");
        for (Work each : List.of(sharing, given, other)) {
            assertEquals(Work.MORE, each.step());
        }
        assertEquals(Handler.DONE, Work.whole(making));
        assertEquals(Handler.DONE, sharing.step());
        Content.Pieces one = (Content.Pieces) maker.response.takeContent();
        Content.Pieces two = (Content.Pieces) sharer.response.takeContent();
        assertSame(one.file(), two.file());
        assertTrue(one.length() > ListingText.LARGEST_IN_MEMORY);
        IoBuffer start = OffHeap.SOURCE.allocate(11);
        assertEquals(11, pollux.posix.Files.read(one.file().fd(), start, 0, 11));
        assertEquals("[\r\n{ \"name\"", start.string(0, 11));
        start.release();
        // Three hold it: the third has left without an answer.
        given.abort();
        one.file().release();
        two.file().release();
        assertThrows(IllegalStateException.class, () -> two.file().release());
        assertEquals(Handler.DONE, other.step());
        // Whoever has got it waits no longer: the next one is held by its maker alone.
        Requests.Exchange next = site.get("/large/");
        assertEquals(Handler.DONE, next.by(handler));
        Content.Pieces three = (Content.Pieces) next.response.takeContent();
        three.file().release();
        assertThrows(IllegalStateException.class, () -> three.file().release());
        assertEquals(List.of(), List.of(folder.resolve("body").toFile().list()));
    }

    @Test
    void aLargeListingWithoutAFileIsRefused() throws IOException {
        Path large = Files.createDirectory(folder.resolve("www/large"));
        for (int i = 0; i < 5_000; i++) {
            Files.createFile(large.resolve("n".repeat(60) + i));
        }
        Files.createFile(folder.resolve("file"));
        Requests.Exchange exchange =
                site("autoindex on; client_body_temp_path file/body;").get("/large/");
        assertEquals(500, exchange.by(handler));
        assertEquals(1, exchange.log.size());
        assertTrue(exchange.log.get(0).contains("mkdir()"), exchange.log.get(0));
    }
}
