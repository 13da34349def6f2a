package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Folders of a tree that somebody swaps for links all the while it is deleted or copied: nothing outside is removed, read or
 * written. What becomes of the tree itself is the hostile one's own affair.
 */
class DavRaceTest {
    private static final int ROUNDS = 12;
    private static final int FILES = 250;
    private static final int REQUESTS = 25;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger round = new AtomicInteger();
    private final AtomicInteger number = new AtomicInteger();
    private Site site;
    private ServerProcess server;

    @BeforeEach
    void start() {
        site = Site.create().folder("dav").folder("away");
        names("f").forEach(name -> site.file("outside/" + name, "outside"));
        server = ServerProcess.start(site, ServerProcess.server("""
                        location /dav/ { alias dav/; dav_methods DELETE COPY MOVE; }
                        location /made/ { alias dav/; disable_symlinks on; dav_methods PUT MOVE; create_full_put_path on; }
                        """));
    }

    @AfterEach
    void stop() {
        server.close();
        site.close();
    }

    private static List<String> names(String letter) {
        return IntStream.range(0, FILES).mapToObj(i -> letter + i).sorted().toList();
    }

    private void plant(String folder, String letter) {
        names(letter).forEach(name -> site.file("dav/" + folder + "/middle/" + name, "inside"));
    }

    private interface Step {
        void run() throws IOException;
    }

    /** The server may be faster, or have removed what it was about. */
    private static void attempt(Step step) {
        try {
            step.run();
        } catch (IOException | DirectoryIteratorException late) {
            Thread.onSpinWait();
        }
    }

    /** One thread is hostile while requests are sent; what lies outside stays what it was. */
    private void against(Step hostility, IntConsumer request) throws InterruptedException {
        Thread hostile = new Thread(
                () -> {
                    while (!over.get()) {
                        attempt(hostility);
                    }
                },
                "hostile");
        hostile.start();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                request.accept(i);
                assertEquals(names("f"), site.names("outside"));
            }
        } finally {
            over.set(true);
            hostile.join();
        }
        names("f").forEach(name -> assertEquals("outside", site.read("outside/" + name)));
    }

    /** The folder becomes a link. */
    private void replace(Path real) throws IOException {
        Files.move(real, site.path("away/" + number.incrementAndGet()), StandardCopyOption.ATOMIC_MOVE);
        Files.createSymbolicLink(real, site.path("outside"));
    }

    /** Waits for a copy that has begun with its middle: the hidden folder can be found, if not guessed. */
    private Path begun() throws IOException {
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(site.path("dav"), ".pollux-*")) {
            for (Path copy : copies) {
                if (Files.exists(copy.resolve("middle"))) {
                    return copy;
                }
            }
        }
        throw new NoSuchFileException("a copy");
    }

    private void ask(String methodAndTarget, String... fields) {
        assertTrue(server.ask(Wire.request(methodAndTarget, fields)).status() >= 200);
    }

    /** A link that was seen to be one is removed itself, so the middle becomes a folder again all the while. */
    @Test
    void nothingOutsideIsRemoved() throws InterruptedException {
        against(
                () -> {
                    Path middle = site.path("dav/" + round + "/middle");
                    replace(middle);
                    Files.delete(middle);
                    Files.move(site.path("away/" + number), middle, StandardCopyOption.ATOMIC_MOVE);
                },
                i -> {
                    plant("new", "f");
                    site.move("dav/new", "dav/" + i);
                    round.set(i);
                    ask("DELETE /dav/" + i + "/");
                });
    }

    @Test
    void nothingOutsideIsRead() throws InterruptedException {
        against(
                () -> {
                    begun();
                    replace(site.path("dav/" + round + "/middle"));
                },
                i -> {
                    plant("" + i, "f");
                    round.set(i);
                    ask("COPY /dav/" + i + "/", "Destination: /dav/copy/");
                    names("f").forEach(name -> {
                        String file = "dav/copy/middle/" + name;
                        assertTrue(!site.has(file) || site.read(file).equals("inside"), file);
                    });
                });
    }

    @Test
    void nothingOutsideIsWritten() throws InterruptedException {
        plant("tree", "g");
        against(() -> replace(begun().resolve("middle")), i -> ask("COPY /dav/tree/", "Destination: /dav/copy/"));
    }

    /** A folder is a link half of the time: what is put or moved by way of it goes into the folder, or nowhere. */
    @Test
    void nothingIsMadeOutside() throws InterruptedException {
        site.folder("dav/swapped").link("dav/link", "../outside");
        Path real = site.path("dav/swapped");
        Path link = site.path("dav/link");
        Path aside = site.path("dav/aside");
        against(
                () -> {
                    Files.move(real, aside, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(link, real, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(real, link, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(aside, real, StandardCopyOption.ATOMIC_MOVE);
                },
                i -> {
                    for (int j = 0; j < REQUESTS; j++) {
                        String name = i + "-" + j;
                        site.file("dav/source", "inside");
                        ask("PUT /made/swapped/put" + name + "/a/b/f", "Content-Length: 0");
                        ask("MOVE /made/source", "Destination: /made/swapped/moved" + name + "/a/b/f");
                    }
                });
    }
}
