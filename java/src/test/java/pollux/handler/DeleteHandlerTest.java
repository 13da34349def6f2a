package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeleteHandlerTest {
    private static final List<String> ALL =
            List.of("www/", "www/a.txt", "www/full/", "www/full/.hidden", "www/full/sub/", "www/full/sub/x");

    @TempDir
    Path folder;

    private Requests requests;

    @BeforeEach
    void configure() throws IOException {
        requests = Requests.server(folder, "root " + folder + "/www; location / { dav_methods DELETE; }");
        Requests.tree(folder, Map.of("www/a.txt", "a", "www/full/sub/x", "x", "www/full/.hidden", ""));
    }

    @AfterEach
    void nothingIsLeftOpen() throws IOException {
        assertEquals(List.of(), Feeding.open(folder));
    }

    private Requests.Exchange delete(int status, String path, String... lines) {
        Requests.Exchange exchange = requests.send("DELETE", path, lines);
        int answer = exchange.by(new DeleteHandler());
        assertEquals(status, answer == 0 ? exchange.response.status() : answer);
        return exchange;
    }

    @Test
    void aFileIsRemoved() throws IOException {
        delete(204, "/a.txt");
        delete(404, "/a.txt");
        assertEquals(
                List.of("www/", "www/full/", "www/full/.hidden", "www/full/sub/", "www/full/sub/x"),
                Feeding.census(folder));
    }

    @Test
    void aFolderIsRemovedWithAllThatIsInIt() throws IOException {
        delete(204, "/full/", "Depth: infinity");
        assertEquals(List.of("www/", "www/a.txt"), Feeding.census(folder));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/no | X: y | 404 | error: lstat() \"@/no\" failed (2: No such file or directory)",
                "/a.txt/x | X: y | 409 | error: lstat() \"@/a.txt/x\" failed (20: Not a directory)",
                "/a.txt/ | X: y | 409 | error: lstat() \"@/a.txt/\" failed (20: Not a directory)",
                "/full | X: y | 409 | error: DELETE \"@/full\" failed (21: Is a directory)",
                "/full/ | Depth: 0 | 400 | error: \"Depth\" header must be infinity",
                "/a.txt | Depth: 1 | 400 | error: \"Depth\" header must be 0 or infinity",
                "/a.txt | Transfer-Encoding: chunked | 415 | error: DELETE with body is unsupported",
            })
    void whatIsRefusedStays(String path, String line, int status, String logged) throws IOException {
        Requests.Exchange exchange = delete(status, path, line);
        assertEquals(List.of(logged.replace("@", folder + "/www")), exchange.log);
        assertEquals(ALL, Feeding.census(folder));
    }

    @Test
    void aRequestWithContentIsRefused() throws IOException {
        Requests.Exchange exchange = requests.send("DELETE", "/a.txt", "Content-Length: 1");
        exchange.request.contentLength(1);
        assertEquals(415, exchange.by(new DeleteHandler()));
        assertEquals(ALL, Feeding.census(folder));
    }

    @Test
    void depthsThatFitAFileAreTaken() {
        delete(204, "/a.txt", "Depth: 0");
        delete(204, "/full/sub/x", "Depth: infinity");
    }

    @Test
    void preconditionsHold() throws IOException {
        delete(412, "/a.txt", "If-Match: \"other\"");
        delete(412, "/a.txt", "If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT");
        assertEquals(ALL, Feeding.census(folder));
        delete(204, "/a.txt", "If-Match: *");
    }

    @Test
    void nobodyGoesThroughALink() throws IOException {
        Requests.tree(folder, Map.of("other/precious", "x"));
        Files.createSymbolicLink(folder.resolve("www/full/link"), Path.of("../../other"));
        Files.createSymbolicLink(folder.resolve("www/link"), Path.of("../other"));
        Files.createSymbolicLink(folder.resolve("www/dangling"), Path.of("nowhere"));
        delete(409, "/link/");
        delete(204, "/full/");
        delete(204, "/link");
        delete(204, "/dangling");
        assertEquals(List.of("other/", "other/precious", "www/", "www/a.txt"), Feeding.census(folder));
    }
}
