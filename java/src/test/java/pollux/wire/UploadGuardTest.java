package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import pollux.posix.Processes;

/** Uploads and somebody on the same machine who plants links in their way, modes, and what is on the disk before the answer. */
class UploadGuardTest {
    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .folder("outside")
                .file("outside/secret", "secret")
                .folder("store")
                .folder("swapped")
                .folder("synced")
                .folder("dav");
        server = ServerProcess.startUnder(
                // -D: strace hides behind the server, whose pid is the one that was started.
                List.of(
                        "strace",
                        "-D",
                        "-f",
                        "-q",
                        "-y",
                        "--seccomp-bpf",
                        "-e",
                        "trace=fsync,linkat,renameat,mkdirat,sendto",
                        "-o",
                        site.path("run/trace").toString()),
                site,
                ServerProcess.server("""
                        location /up { upload_store store; }
                        location /group { upload_store store; upload_store_access user:rw group:rw all:r; }
                        location /swapped { upload_store swapped; }
                        location /planted { upload_store planted/store; }
                        location /synced { upload_store synced/new; upload_sync on; }
                        location /dav/ { alias dav/; dav_methods PUT; upload_sync on; create_full_put_path on; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    private static int post(String target, String content) {
        return server.ask(Wire.request("POST " + target, "Content-Length: " + content.length()) + content)
                .status();
    }

    @Test
    void filesHaveTheModeOfTheStore() throws IOException {
        assertEquals(201, post("/up/private", "x"));
        assertEquals(201, post("/group/shared", "x"));
        assertEquals("rw-------", mode("store/private"));
        assertEquals("rw-rw-r--", mode("store/shared"));
    }

    private static String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(site.path(name)));
    }

    @Test
    void aNameThatALinkHasIsTaken() {
        site.link("store/to-file", "../outside/secret").link("store/to-nothing", "../outside/new");
        assertEquals(201, post("/up/to-file", "uploaded"));
        assertEquals(201, post("/up/to-nothing", "uploaded"));
        assertEquals("uploaded", site.read("store/to-file-1"));
        assertEquals("uploaded", site.read("store/to-nothing-1"));
        assertOutsideIsUntouched();
    }

    private static void assertOutsideIsUntouched() {
        assertEquals(List.of("secret"), site.names("outside"));
        assertEquals("secret", site.read("outside/secret"));
    }

    /** Somebody else's link on the way to the store; one of the server's own user is the administrator's. */
    @Test
    void aStoreBehindAPlantedLinkIsNotUsed() throws IOException {
        site.folder("elsewhere").link("planted", "elsewhere");
        assertEquals(201, post("/planted/own", "x"));
        assertEquals("x", site.read("elsewhere/store/own"));
        if (Processes.isRoot()) {
            Files.setAttribute(site.path("planted"), "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);
            assertEquals(500, post("/planted/others", "x"));
            assertFalse(site.has("elsewhere/store/others"));
            server.awaitError("Too many levels of symbolic links");
        }
    }

    /** Names, and the store itself, are swapped for links all the while; what was stored is in the store that was opened. */
    @Test
    void nobodyIsFastEnoughToLeadAnUploadOutside() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread hostile = new Thread(() -> swap(over), "hostile");
        hostile.start();
        int stored = 0;
        try {
            for (int i = 0; i < 150; i++) {
                int status = post("/swapped/target", "uploaded");
                assertTrue(status == 201 || status == 500, "" + status);
                stored += status == 201 ? 1 : 0;
                assertOutsideIsUntouched();
            }
        } finally {
            over.set(true);
            hostile.join();
        }
        assertTrue(stored > 0);
    }

    private static void swap(AtomicBoolean over) {
        Path store = site.path("swapped");
        Path link = site.path("link");
        try {
            Files.createSymbolicLink(link, site.path("outside"));
            if (Processes.isRoot()) {
                // The superuser's own links are the administrator's.
                Files.setAttribute(link, "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int i = 0; !over.get(); i++) {
            attempt(() -> Files.createSymbolicLink(store.resolve("target"), site.path("outside/secret")));
            attempt(() -> Files.delete(store.resolve("target")));
            if (Processes.isRoot()) {
                Path away = site.path("away-" + i);
                attempt(() -> Files.move(store, away));
                attempt(() -> Files.move(link, store, StandardCopyOption.ATOMIC_MOVE));
                attempt(() -> Files.move(store, Files.isSymbolicLink(store) ? link : away));
            }
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** The server may be faster: it makes a store that is missing. */
    private static void attempt(Step step) {
        try {
            step.run();
        } catch (IOException late) {
            Thread.onSpinWait();
        }
    }

    @Test
    void contentAndNameAreOnTheDiskBeforeTheAnswer() {
        String file = "(#\\d+( \\(deleted\\))?|\\.pollux-upload-\\w+\\.tmp)";
        String named = "(linkat|renameat2)\\(";
        String answer = "sendto\\(\\d+<.*HTTP/1.1 20";
        assertEquals(201, post("/synced/name", "x"));
        assertOrder(sync("synced"), sync("synced/new/" + file), named, sync("synced/new"), answer);
        String put = Wire.request("PUT /dav/a/b", "Content-Length: 1") + "x";
        assertEquals(201, server.ask(put).status());
        assertOrder(sync("dav/" + file), "mkdirat\\(.*\"a\"", sync("dav"), named, sync("dav/a"), answer);
        assertEquals(204, server.ask(put).status());
        assertOrder(sync("dav/a/" + file), named, "renameat\\(", sync("dav/a"), answer);
    }

    private static String sync(String path) {
        return "fsync\\(\\d+<" + site.path().toString() + "/" + path + ">";
    }

    /** The calls that were made, one behind the other; others may lie between. */
    private static void assertOrder(String... calls) {
        Pattern pattern = Pattern.compile(String.join("(?s:.*?)\\n\\d+ +", calls));
        Wait.until(() -> pattern + " in " + site.read("run/trace"), () -> pattern.matcher(site.read("run/trace"))
                .find());
    }
}
