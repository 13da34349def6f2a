package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pollux.posix.Processes;

/** A folder, and a file, that somebody swaps for links all the while: {@code disable_symlinks} never lets one through. */
class LinkRaceTest {
    private static final int REQUESTS = 300;

    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        site = Site.create()
                .file("www/folder/passwd", "inside")
                .file("www/own/passwd", "inside")
                .folder("away")
                .link("to-folder", "/etc")
                .link("to-file", "/etc/passwd");
        if (Processes.isRoot()) {
            for (String link : new String[] {"to-folder", "to-file"}) {
                Files.setAttribute(site.path(link), "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);
            }
        }
        server = ServerProcess.start(site, ServerProcess.server("""
                        open_file_cache off; autoindex on; keepalive_requests 100000;
                        location /no/ { alias www/; disable_symlinks on; }
                        location /from/ { alias www/; disable_symlinks on from=@site@/www; }
                        location /owners/ { alias www/; disable_symlinks if_not_owner; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/no/", "/from/", "/owners/"})
    void neverAByteFromOutside(String place) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        Thread hostile = new Thread(() -> swap(over), "hostile");
        hostile.start();
        int inside = 0;
        try (RawClient client = server.connect()) {
            for (int i = 0; i < REQUESTS || inside == 0; i++) {
                Answer answer = client.ask(Wire.get(place + (i % 2 == 0 ? "folder" : "own") + "/passwd"));
                assertFalse(answer.content().contains("root:"), answer.text());
                inside += answer.content().equals("inside") ? 1 : 0;
            }
        } finally {
            over.set(true);
            hostile.join();
        }
        assertTrue(inside > 0);
    }

    private static void swap(AtomicBoolean over) {
        while (!over.get()) {
            exchange(site.path("www/folder"), site.path("to-folder"), site.path("away/folder"));
            exchange(site.path("www/own/passwd"), site.path("to-file"), site.path("away/passwd"));
        }
    }

    private static void exchange(Path real, Path link, Path away) {
        try {
            Files.move(real, away, StandardCopyOption.ATOMIC_MOVE);
            Files.move(link, real, StandardCopyOption.ATOMIC_MOVE);
            Files.move(real, link, StandardCopyOption.ATOMIC_MOVE);
            Files.move(away, real, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
