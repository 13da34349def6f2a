package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PutHandlerTest {
    private static final String OLD = "old";

    @TempDir
    Path folder;

    private final PutHandler handler = new PutHandler();
    private Requests requests;

    @BeforeEach
    void configure() throws IOException {
        requests = Requests.server(
                folder,
                "root " + folder + "/www; location / { dav_methods PUT; }"
                        + " location /deep/ { dav_methods PUT; create_full_put_path on;"
                        + " dav_access user:rw group:r all:r; }"
                        + " location /alias/ { dav_methods PUT; alias " + folder + "/store/; }");
        Requests.tree(folder, Map.of("www/old.txt", OLD, "www/dir/", "", "store/", ""));
    }

    @AfterEach
    void nothingIsLeftOpen() throws IOException {
        assertEquals(List.of(), Feeding.open(folder));
    }

    private Requests.Exchange put(String path, String content, String... fieldLines) {
        List<String> lines = new ArrayList<>(List.of(fieldLines));
        lines.add("Content-Length: " + content.length());
        Requests.Exchange exchange = requests.send("PUT", path, lines.toArray(String[]::new));
        exchange.request.contentLength(content.length());
        return exchange;
    }

    @Test
    void aNewFileIsCreatedAndItsPlaceIsSaid() throws IOException {
        Requests.Exchange exchange = put("/dir/a%20b.txt", "content");
        assertEquals(0, Feeding.send(exchange, handler, "content", 2));
        assertEquals(201, exchange.response.status());
        assertEquals(List.of("Location: http://h.example:8080/dir/a%20b.txt"), exchange.fields());
        assertEquals(0, exchange.response.content().length());
        assertEquals("content", Feeding.read(folder.resolve("www/dir/a b.txt")));
        assertEquals("rw-------", permissions("www/dir/a b.txt"));
    }

    @Test
    void anOldFileIsReplacedWhenTheContentIsWholeAndNotBefore() throws IOException {
        Requests.Exchange exchange = put("/old.txt", "new");
        ContentSink sink = handler.open(exchange.request, exchange.response);
        assertEquals(0, Feeding.take(sink, "new", 1));
        assertEquals(OLD, Feeding.read(folder.resolve("www/old.txt")));
        assertEquals(0, sink.complete(exchange.response));
        assertEquals(204, exchange.response.status());
        assertEquals(List.of(), exchange.fields());
        assertEquals("new", Feeding.read(folder.resolve("www/old.txt")));
        assertEquals(List.of("store/", "www/", "www/dir/", "www/old.txt"), Feeding.census(folder));
    }

    @Test
    void contentCutOffLeavesTheOldFileAndNothingElse() throws IOException {
        for (int length = 0; length < 3; length++) {
            Requests.Exchange exchange = put("/old.txt", "new");
            ContentSink sink = handler.open(exchange.request, exchange.response);
            assertEquals(0, Feeding.take(sink, "new".substring(0, length), 1));
            sink.abort();
            assertEquals(OLD, Feeding.read(folder.resolve("www/old.txt")));
            assertEquals(List.of("store/", "www/", "www/dir/", "www/old.txt"), Feeding.census(folder));
        }
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        assertEquals(0, Feeding.send(put("/empty", ""), handler, ""));
        assertEquals("", Feeding.read(folder.resolve("www/empty")));
    }

    @Test
    void anAliasIsFollowed() throws IOException {
        assertEquals(0, Feeding.send(put("/alias/x", "1"), handler, "1"));
        assertEquals("1", Feeding.read(folder.resolve("store/x")));
    }

    @Test
    void missingFoldersAreMadeWhereTheyMay() throws IOException {
        Requests.Exchange exchange = put("/deep/a/b/c.txt", "1");
        ContentSink sink = handler.open(exchange.request, exchange.response);
        assertFalse(Files.exists(folder.resolve("www/deep")), "made before the content is whole");
        assertEquals(0, Feeding.take(sink, "1", 1));
        assertEquals(0, sink.complete(exchange.response));
        assertEquals(201, exchange.response.status());
        assertEquals("1", Feeding.read(folder.resolve("www/deep/a/b/c.txt")));
        assertEquals("rwxr-xr-x", permissions("www/deep/a/b"));
        assertEquals("rw-r--r--", permissions("www/deep/a/b/c.txt"));
    }

    @Test
    void foldersThatWereMadeForNothingAreTakenBack() throws IOException {
        Requests.Exchange exchange = put("/deep/a/b/" + "x".repeat(256), "1");
        assertEquals(409, Feeding.send(exchange, handler, "1"));
        assertEquals(List.of("store/", "www/", "www/dir/", "www/old.txt"), Feeding.census(folder));
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/dir/ | X: y | 409 | error: cannot PUT to a collection",
                "/new/ | X: y | 409 | error: cannot PUT to a collection",
                "/alias/ | X: y | 409 | error: cannot PUT to a collection",
                "/dir | X: y | 409 | error: \"@/www/dir\" could not be created (21: Is a directory)",
                "/no/x | X: y | 409 | error: stat() \"@/www/no\" failed (2: No such file or directory)",
                "/old.txt/x | X: y | 409 "
                        + "| error: open() of a temporary file in \"@/www/old.txt\" failed (20: Not a directory)",
                "/x | Content-Range: bytes 0-0/1 | 400 | error: PUT with range is unsupported",
            })
    void whatCannotBeIsRefusedBeforeTheContent(String path, String line, int status, String logged) throws IOException {
        Requests.Exchange exchange = put(path, "1", line);
        assertEquals(null, handler.open(exchange.request, exchange.response));
        assertEquals(status, exchange.response.status());
        assertEquals(List.of(logged.replace("@", folder.toString())), exchange.log);
        assertEquals(List.of("store/", "www/", "www/dir/", "www/old.txt"), Feeding.census(folder));
    }

    @Test
    void aRequestWithoutALengthIsRefused() {
        Requests.Exchange exchange = requests.send("PUT", "/x");
        assertEquals(411, Feeding.send(exchange, handler, ""));
        assertEquals(List.of("info: client sent PUT method without \"Content-Length\" header"), exchange.log);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/old.txt | If-None-Match: * | 412",
                "/new.txt | If-None-Match: * | 201",
                "/old.txt | If-Match: * | 204",
                "/new.txt | If-Match: * | 412",
                "/old.txt | If-Match: @ | 204",
                "/old.txt | If-Match: \"other\" | 412",
                "/old.txt | If-Match: \"other\", @ | 204",
                "/old.txt | If-Match: W/@ | 412",
                "/old.txt | If-None-Match: W/@ | 412",
                "/old.txt | If-None-Match: \"other\" | 204",
                "/old.txt | If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT | 412",
                "/old.txt | If-Unmodified-Since: Sat, 01 Jan 2101 00:00:00 GMT | 204",
                "/old.txt | If-Unmodified-Since: yesterday | 204",
                "/new.txt | If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT | 201",
            })
    void preconditionsProtectWhatTheClientDoesNotKnow(String path, String line, int status) throws IOException {
        Path old = folder.resolve("www/old.txt");
        Files.setLastModifiedTime(old, java.nio.file.attribute.FileTime.fromMillis(Requests.NOW_MS));
        String tag = "\"" + Long.toHexString(Requests.NOW_MS / 1000) + "-3\"";
        Requests.Exchange exchange = put(path, "new", line.replace("@", tag));
        int answer = Feeding.send(exchange, handler, "new");
        assertEquals(status, answer == 0 ? exchange.response.status() : answer);
        assertEquals(status == 204 ? "new" : OLD, Feeding.read(old));
    }

    @Test
    void ofTwoWhoCreateAFileAtOnceOneWins() throws IOException {
        Requests.Exchange first = put("/new.txt", "1", "If-None-Match: *");
        Requests.Exchange second = put("/new.txt", "2", "If-None-Match: *");
        ContentSink one = handler.open(first.request, first.response);
        ContentSink two = handler.open(second.request, second.response);
        assertEquals(0, Feeding.take(one, "1", 1));
        assertEquals(0, Feeding.take(two, "2", 1));
        assertEquals(0, two.complete(second.response));
        assertEquals(412, one.complete(first.response));
        assertEquals("2", Feeding.read(folder.resolve("www/new.txt")));
        assertEquals(List.of("store/", "www/", "www/dir/", "www/new.txt", "www/old.txt"), Feeding.census(folder));
    }

    @Test
    void aLinkIsReplacedItselfNotWhatItLeadsTo() throws IOException {
        Files.createSymbolicLink(folder.resolve("www/link"), Path.of("old.txt"));
        assertEquals(0, Feeding.send(put("/link", "new"), handler, "new"));
        assertEquals(OLD, Feeding.read(folder.resolve("www/old.txt")));
        assertFalse(Files.isSymbolicLink(folder.resolve("www/link")));
    }

    @Test
    void aFolderThatVanishedMeanwhileIsAConflict() throws IOException {
        Requests.Exchange exchange = put("/dir/x", "1");
        ContentSink sink = handler.open(exchange.request, exchange.response);
        assertNotNull(sink);
        Files.delete(folder.resolve("www/dir"));
        assertEquals(0, Feeding.take(sink, "1", 1));
        assertEquals(409, sink.complete(exchange.response));
    }

    @Test
    void aFolderThatALinkTookThePlaceOfKeepsItsFile() throws IOException {
        Requests.Exchange exchange = put("/dir/x", "1");
        ContentSink sink = handler.open(exchange.request, exchange.response);
        assertNotNull(sink);
        Files.move(folder.resolve("www/dir"), folder.resolve("www/elsewhere"));
        Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(folder.resolve("www/dir"), folder.resolve("outside"));
        assertEquals(0, Feeding.take(sink, "1", 1));
        assertEquals(0, sink.complete(exchange.response));
        assertEquals("1", Feeding.read(folder.resolve("www/elsewhere/x")));
        assertFalse(Files.exists(folder.resolve("outside/x")));
    }
}
