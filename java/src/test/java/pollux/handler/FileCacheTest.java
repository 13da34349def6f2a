package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which version of a file is served, and what is kept open meanwhile. Time is the request's, and stands still. */
class FileCacheTest {
    private static final long LONG_AGO = Requests.NOW_MS - 86_400_000;
    private static final String LARGE = "x".repeat(FileCache.SMALL + 1);

    private final FileCaches caches = new FileCaches();
    private final StaticFileHandler handler = new StaticFileHandler(caches);

    @TempDir
    Path folder;

    private Requests site;

    @BeforeEach
    void makeSite() throws IOException {
        Requests.tree(folder, Map.of("www/a", "one", "www/b", "b", "www/c", "c", "www/large", LARGE, "www/d/x", "x"));
        for (String name : new String[] {"a", "b", "c", "large"}) {
            age(name, LONG_AGO);
        }
        use("");
    }

    private void use(String directives) {
        site = Requests.server(folder, (directives.startsWith("root") ? "" : "root www;") + directives);
    }

    private void age(String name, long modifiedMs) throws IOException {
        Files.setLastModifiedTime(folder.resolve("www/" + name), FileTime.from(Instant.ofEpochMilli(modifiedMs)));
    }

    /** Puts another file in the place of one, as an editor or a deployment does. */
    private void replace(String name, String text) throws IOException {
        Path fresh = folder.resolve("fresh");
        Files.writeString(fresh, text);
        Files.move(fresh, folder.resolve("www/" + name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        age(name, LONG_AGO);
    }

    /** Status and content at a time in milliseconds behind {@link Requests#NOW_MS}. */
    private String get(String name, long ms) {
        Requests.Exchange exchange = site.get("/" + name);
        exchange.request.nowMs(Requests.NOW_MS + ms);
        int outcome = exchange.by(handler);
        String answer = outcome == Handler.DONE ? exchange.response.status() + " " + exchange.content() : outcome + "";
        exchange.response.clear();
        return answer;
    }

    /** How many descriptors of this process lead to a file of the site, its name gone or not. */
    private long open(String name) throws IOException {
        Path file = folder.resolve("www/" + name);
        try (var all = Files.newDirectoryStream(Path.of("/dev/fd"))) {
            long count = 0;
            for (Path fd : all) {
                String target = Files.isSymbolicLink(fd) ? readLink(fd) : "";
                count += target.equals(file.toString()) || target.equals(file + " (deleted)") ? 1 : 0;
            }
            return count;
        }
    }

    private static String readLink(Path fd) {
        try {
            return Files.readSymbolicLink(fd).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    @Test
    void aFileIsLookedAtAgainAfterASecondAndNotBefore() throws IOException {
        assertEquals("200 one", get("a", 0));
        replace("a", "two");
        assertEquals("200 one", get("a", 999));
        assertEquals("200 two", get("a", 1000));
        replace("a", "three");
        assertEquals("200 two", get("a", 1999));
        assertEquals("200 three", get("a", 2000));
    }

    @Test
    void aFileThatIsGoneIsMissedAfterASecond() throws IOException {
        assertEquals("200 one", get("a", 0));
        Files.delete(folder.resolve("www/a"));
        assertEquals("200 one", get("a", 999));
        assertEquals("404", get("a", 1000));
    }

    @Test
    void aFileThatAppearsIsFoundAtOnce() throws IOException {
        assertEquals("404", get("new", 0));
        Requests.tree(folder, Map.of("www/new", "n"));
        assertEquals("200 n", get("new", 0));
    }

    @Test
    void whatTheServerChangesItselfIsSeenAtOnce() throws IOException {
        assertEquals("200 one", get("a", 0));
        replace("a", "two");
        FileCache.changed();
        assertEquals("200 two", get("a", 0));
        Files.delete(folder.resolve("www/a"));
        FileCache.changed();
        assertEquals("404", get("a", 0));
    }

    @Test
    void aClockThatIsSetBackMakesItLook() throws IOException {
        assertEquals("200 one", get("a", 0));
        replace("a", "two");
        assertEquals("200 two", get("a", -1));
    }

    @Test
    void aFileThatIsOverwrittenWithinTheClocksTickIsReadAnew() throws IOException {
        age("a", Requests.NOW_MS);
        assertEquals("200 one", get("a", 0));
        Files.writeString(folder.resolve("www/a"), "two");
        age("a", Requests.NOW_MS);
        assertEquals("200 two", get("a", 1000));
    }

    @Test
    void withoutACacheEachRequestLooks() throws IOException {
        use("open_file_cache off;");
        assertEquals("200 one", get("a", 0));
        replace("a", "two");
        assertEquals("200 two", get("a", 0));
        assertEquals("200 " + LARGE, get("large", 0));
        assertEquals(0, open("large"));
        assertTrue(caches.isEmpty());
    }

    @Test
    void whereLinksAreNotFollowedEachRequestLooks() throws IOException {
        use("disable_symlinks on; open_file_cache max=10; open_file_cache_valid 60s;");
        assertEquals("200 one", get("a", 0));
        replace("a", "two");
        assertEquals("200 two", get("a", 0));
        assertEquals(0, open("a"));
    }

    @Test
    void aConfiguredTimeHolds() throws IOException {
        use("open_file_cache max=10; open_file_cache_valid 30s;");
        assertEquals("200 one", get("a", 0));
        replace("a", "two");
        assertEquals("200 one", get("a", 29_999));
        assertEquals("200 two", get("a", 30_000));
    }

    @Test
    void absenceIsRememberedOnlyWhenThatIsAskedFor() throws IOException {
        use("open_file_cache max=10; open_file_cache_errors on;");
        assertEquals("404", get("new", 0));
        Requests.tree(folder, Map.of("www/new", "n"));
        assertEquals("404", get("new", 59_999));
        assertEquals("200 n", get("new", 60_000));
    }

    @Test
    void smallFilesNeedNoDescriptorAndLargeOnesKeepOne() throws IOException {
        get("a", 0);
        get("large", 0);
        get("large", 10);
        assertEquals(0, open("a"));
        assertEquals(1, open("large"));
        caches.clear();
        assertEquals(0, open("large"));
    }

    @Test
    void aResponseKeepsItsFileWhenTheCacheGivesItUp() throws IOException {
        Requests.Exchange exchange = site.get("/large");
        assertEquals(Handler.DONE, exchange.by(handler));
        caches.clear();
        assertEquals(LARGE, exchange.content());
        assertEquals(1, open("large"));
        exchange.response.clear();
        assertEquals(0, open("large"));
    }

    @Test
    void whatIsNotAskedForIsGivenUp() throws IOException {
        get("large", 0);
        get("a", 15_000);
        caches.sweep(Requests.NOW_MS + 19_999);
        assertEquals(1, open("large"));
        caches.sweep(Requests.NOW_MS + 20_000);
        assertEquals(0, open("large"));
        assertFalse(caches.isEmpty());
        caches.sweep(Requests.NOW_MS + 35_000);
        assertTrue(caches.isEmpty());
    }

    @Test
    void theOldestThatIsNotAskedForAgainMakesRoom() throws IOException {
        use("open_file_cache max=2;");
        get("a", 0);
        get("b", 0);
        get("a", 1);
        get("c", 2);
        replace("a", "two");
        assertEquals("200 one", get("a", 3));
        replace("b", "bb");
        assertEquals("200 bb", get("b", 4));
    }

    @Test
    void aFileIsKeptOpenAfterEnoughUses() throws IOException {
        use("open_file_cache max=10; open_file_cache_min_uses 2;");
        assertEquals("200 " + LARGE, get("large", 0));
        assertEquals(0, open("large"));
        assertEquals("200 " + LARGE, get("large", 1));
        assertEquals(1, open("large"));
    }

    @Test
    void aDirectoryIsRedirectedToWithoutADescriptor() throws IOException {
        assertEquals("301", get("d", 0));
        assertEquals("301", get("d", 1));
        assertEquals(0, open("d"));
    }

    @Test
    void twoLocationsWithDifferentRootsAreTwoFiles() throws IOException {
        Requests.tree(folder, Map.of("other/a", "other"));
        use("location /a { } location /b { root other; }");
        assertEquals("200 one", get("a", 0));
        Requests.tree(folder, Map.of("other/b", "other b"));
        assertEquals("200 other b", get("b", 0));
    }

    @Test
    void aLocationThatNamesItsRootByAVariableIsNotMistaken() throws IOException {
        Requests.tree(folder, Map.of("sites/one/a", "first", "sites/two/a", "second"));
        use("root sites/$arg_s;");
        assertEquals("200 first", get("a?s=one", 0));
        assertEquals("200 second", get("a?s=two", 0));
        assertEquals("200 first", get("a?s=one", 0));
    }

    @Test
    void onePlaceThatSeveralPathsLeadToHasTheTypeOfEachPath() {
        use("location ~ ^/x { alias www/a; types { text/html html; image/gif gif; } }");
        assertEquals("text/html", type("/x.html"));
        assertEquals("image/gif", type("/x.gif"));
        assertEquals("text/html", type("/x.html"));
    }

    /** The type that a path gets; a head is kept for it, as the server does. */
    private String type(String path) {
        Requests.Exchange exchange = site.get(path);
        assertEquals(Handler.DONE, exchange.by(handler));
        String type = exchange.response.contentType();
        CachedFile file = exchange.response.source();
        assertNull(file.head(exchange.request.location(), true));
        file.head(exchange.request.location(), true, new byte[0]);
        exchange.response.clear();
        return type;
    }
}
