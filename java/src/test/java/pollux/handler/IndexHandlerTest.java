package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexHandlerTest {
    private final IndexHandler handler = new IndexHandler(new FileCaches());

    @TempDir
    Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        Requests.tree(
                folder,
                Map.of(
                        "www/idx/index.html",
                        "i",
                        "www/two/b",
                        "b",
                        "www/two/c",
                        "c",
                        "www/none/",
                        "",
                        "www/file",
                        "f"));
        Files.createDirectories(folder.resolve("www/odd/index.html"));
        Files.createDirectories(folder.resolve("www/loop"));
        Files.createSymbolicLink(folder.resolve("www/loop/index.html"), Path.of("index.html"));
    }

    private Requests site(String directives) {
        return Requests.server(folder, "root www;" + directives);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                    | /idx/      | /idx/index.html",
                "''                    | /odd/      | /odd/index.html",
                "index a b c;          | /two/      | /two/b",
                "index a c b;          | /two/      | /two/c",
                "index a$arg_x b;      | /two/      | /two/b",
                "index $arg_i b;       | /two/?i=c  | /two/c",
                "index a /from/root;   | /two/      | /from/root",
                "index /from/root;     | /missing/  | /from/root",
                "index $uri.x;         | /two/      | /two/.x"
            })
    void theFirstNameThatExistsIsGoneTo(String directives, String target, String path) {
        Requests.Exchange exchange = site(directives).get(target);
        assertEquals(Handler.REDIRECTED, exchange.by(handler));
        assertEquals(path, exchange.request.path());
        assertTrue(exchange.request.isInternal());
        assertEquals(List.of(), exchange.log);
    }

    @Test
    void theQueryStringGoesAlong() {
        Requests.Exchange exchange = site("").get("/idx/?a=b");
        exchange.by(handler);
        assertEquals("a=b", exchange.request.args());
        exchange = site("").get("/idx/");
        exchange.by(handler);
        assertNull(exchange.request.args());
    }

    @Test
    void aDirectoryWithoutAnyIsLeftToOthers() {
        Requests.Exchange exchange = site("index a b;").get("/none/");
        assertEquals(Handler.DECLINED, exchange.by(handler));
        assertEquals(List.of(), exchange.log);
    }

    @ParameterizedTest
    @CsvSource({"GET, /idx, -1", "PUT, /idx/, -1", "POST, /idx/, -2", "HEAD, /idx/, -2"})
    void onlyReadingADirectoryIsItsBusiness(String method, String target, int answer) {
        assertEquals(answer, site("").send(method, target).by(handler));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/missing/ | 404 | error: \"ROOT/missing/index.html\" is not found (2: No such file or directory)",
                "/file/    | 404 | error: \"ROOT/file/index.html\" is not found (20: Not a directory)"
            })
    void aMissingDirectoryIsNotFound(String target, int status, String line) {
        Requests.Exchange exchange = site("").get(target);
        assertEquals(status, exchange.by(handler));
        assertEquals(List.of(line.replace("ROOT", folder + "/www")), exchange.log);
        exchange = site("log_not_found off;").get(target);
        assertEquals(status, exchange.by(handler));
        assertEquals(List.of(), exchange.log);
    }

    @Test
    void aLoopOfLinksIsForbidden() {
        assertEquals(403, site("").get("/loop/").by(handler));
    }

    @Test
    void anAliasWithoutFinalSlashIsThePrefixOfTheName() throws IOException {
        Requests.tree(folder, Map.of("www/idxindex.html", "i"));
        String directives = "location /a/ { alias www/idx; }";
        Requests.Exchange exchange = site(directives).get("/a/");
        assertEquals(Handler.REDIRECTED, exchange.by(handler));
        Files.delete(folder.resolve("www/idxindex.html"));
        assertEquals(Handler.DECLINED, site(directives).get("/a/").by(handler));
    }
}
