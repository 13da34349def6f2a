package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** COPY and MOVE of what takes more than one turn, by what is on the disk afterwards; and what they must never touch. */
class CopyTest {
    private static final int LARGE = 5_000_003;

    private Site site;
    private ServerProcess server;

    @BeforeEach
    void start() {
        site = Site.create();
        site.folder("dav");
        site.file("secret.txt", "secret");
        String text = """
                daemon off; pid run/pollux.pid; error_log run/error.log info; events { }
                http { access_log off;
                server { listen 127.0.0.1:@port@; root dav; dav_methods PUT DELETE MKCOL COPY MOVE; } }
                """;
        server = ServerProcess.start(site, text);
    }

    @AfterEach
    void stop() {
        try (Site folder = site;
                ServerProcess process = server) {
            assertTrue(process.port() > 0, folder::toString);
        }
    }

    private String ask(String methodAndTarget, String destination) {
        try (RawClient client = RawClient.connect(server.port())) {
            String fields = destination == null ? "" : "Destination: " + destination + "\r\n";
            return client.ask(methodAndTarget + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + fields + "\r\n")
                    .statusLine();
        }
    }

    private List<String> names(String folder) throws IOException {
        Path top = site.path(folder);
        try (Stream<Path> all = Files.walk(top)) {
            return all.filter(path -> !path.equals(top))
                    .map(path -> top.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aLargeFileIsCopiedWithTimeAndPermissions() throws IOException {
        site.file("dav/large", "0123456789".repeat(LARGE / 10 + 1).substring(0, LARGE));
        Files.setLastModifiedTime(site.path("dav/large"), FileTime.from(Instant.ofEpochSecond(1_000_000_000)));
        Files.setPosixFilePermissions(site.path("dav/large"), PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals("HTTP/1.1 204 No Content", ask("COPY /large", "/copy"));
        assertEquals(-1, Files.mismatch(site.path("dav/large"), site.path("dav/copy")));
        assertEquals(
                1_000_000_000, Files.getLastModifiedTime(site.path("dav/copy")).toMillis() / 1000);
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(site.path("dav/copy"))));
        assertEquals(List.of("copy", "large"), names("dav"));
    }

    @Test
    void aTreeOfManyFilesReplacesAnother() throws IOException {
        for (int i = 0; i < 300; i++) {
            site.file("dav/src/" + i % 7 + "/f" + i, "content " + i);
        }
        site.file("dav/old/gone", "x");
        assertEquals("HTTP/1.1 201 Created", ask("COPY /src/", "/old/"));
        assertEquals(names("dav/src"), names("dav/old"));
        assertEquals("content 299", site.read("dav/old/5/f299"));
        assertEquals("HTTP/1.1 201 Created", ask("MOVE /old/", "/new/"));
        assertEquals(names("dav/src"), names("dav/new"));
        try (Stream<Path> top = Files.list(site.path("dav"))) {
            assertEquals(
                    List.of("new", "src"),
                    top.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    /** Deeper than a path is long, and than there are descriptors: none is held for each level. */
    @Test
    void aDeepTreeIsCopiedMovedAndDeleted() throws IOException {
        String levels = "d" + "/d".repeat(999);
        for (String part : List.of("a", "b", "c")) {
            site.folder("dav/" + part + "/" + levels);
        }
        site.file("dav/a/" + levels + "/bottom", "x");
        site.move("dav/a", "dav/b/" + levels + "/a");
        site.move("dav/b", "dav/c/" + levels + "/b");
        List<String> before = server.ownDescriptors();
        assertEquals("HTTP/1.1 201 Created", ask("COPY /c/", "/copy/"));
        assertEquals("HTTP/1.1 201 Created", ask("MOVE /copy/" + levels + "/b/", "/moved/"));
        assertEquals("HTTP/1.1 201 Created", ask("MOVE /moved/" + levels + "/a/", "/bottom/"));
        assertEquals("x", site.read("dav/bottom/" + levels + "/bottom"));
        for (String tree : List.of("c", "copy", "moved", "bottom")) {
            assertEquals("HTTP/1.1 204 No Content", ask("DELETE /" + tree + "/", null));
        }
        assertEquals(List.of(), names("dav"));
        Wait.until("no folder stays open", () -> server.ownDescriptors().equals(before));
    }

    @Test
    void nothingIsCopiedOrMovedIntoItself() throws IOException {
        site.file("dav/a/b/f", "f");
        site.link("dav/link", "a");
        for (String destination : List.of("/a/", "/a/b/", "/a/b/c/", "/", "/a/./c/", "/link/c/")) {
            assertEquals("HTTP/1.1 403 Forbidden", ask("COPY /a/", destination), destination);
            assertEquals("HTTP/1.1 403 Forbidden", ask("MOVE /a/", destination), destination);
        }
        assertEquals("HTTP/1.1 403 Forbidden", ask("COPY /a/b/", "/a/"));
        assertEquals(List.of("a", "a/b", "a/b/f", "link"), names("dav"));
    }

    @Test
    void linksAreReplacedAndMovedThemselvesAndTheirFilesCopied() throws IOException {
        site.file("dav/f", "f");
        site.file("dav/tree/in", "in");
        site.link("dav/out", "../secret.txt");
        site.link("dav/tree/broken", "nowhere");
        site.link("dav/tree/up", "..");
        site.link("dav/tree/file", "../f");
        assertEquals("HTTP/1.1 204 No Content", ask("COPY /f", "/out"));
        assertEquals("secret", site.read("secret.txt"));
        assertEquals("f", site.read("dav/out"));
        assertFalse(Files.isSymbolicLink(site.path("dav/out")));
        assertEquals("HTTP/1.1 201 Created", ask("COPY /tree/", "/copy/"));
        assertEquals(List.of("file", "in"), names("dav/copy"));
        assertTrue(Files.isRegularFile(site.path("dav/copy/file"), LinkOption.NOFOLLOW_LINKS));
        assertEquals("HTTP/1.1 204 No Content", ask("MOVE /tree/file", "/made/moved"));
        assertTrue(Files.isSymbolicLink(site.path("dav/made/moved")));
        assertEquals("f", site.read("dav/f"));
        assertEquals("HTTP/1.1 204 No Content", ask("COPY /made/moved", "/of-link"));
        assertTrue(Files.isRegularFile(site.path("dav/of-link"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void whatWasJustCopiedIsServed() {
        site.file("dav/f", "new");
        site.file("dav/g", "old");
        assertEquals("HTTP/1.1 200 OK", ask("GET /g", null));
        assertEquals("HTTP/1.1 404 Not Found", ask("GET /h", null));
        assertEquals("HTTP/1.1 204 No Content", ask("COPY /f", "/g"));
        assertEquals("HTTP/1.1 204 No Content", ask("MOVE /f", "/h"));
        try (RawClient client = RawClient.connect(server.port())) {
            assertEquals("new", client.ask("GET /g HTTP/1.1\r\nHost: h\r\n\r\n").content());
            assertEquals("new", client.ask("GET /h HTTP/1.1\r\nHost: h\r\n\r\n").content());
            assertEquals(404, client.ask("GET /f HTTP/1.1\r\nHost: h\r\n\r\n").status());
        }
    }
}
