package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pollux.posix.Signals;

/** When the lines of access logs reach their files, and that none is lost on the way. */
final class GatheredLogsTest {
    private static final int CLIENTS = 4;
    private static final int MOVES = 8;

    private Site site;
    private ServerProcess server;

    @BeforeEach
    void start() {
        site = Site.create().file("www/a.txt", "Hello");
        server = ServerProcess.start(site, ServerProcess.http("""
                log_format uri '$request_uri';
                server {
                    listen 127.0.0.1:@port@;
                    root www;
                    access_log run/all.log uri;
                    location /buffered/ { return 200; access_log run/buffered.log uri buffer=40; access_log run/all.log uri; }
                    location /shared/ { return 200; access_log run/buffered.log uri; access_log run/all.log uri; }
                    location /flushed/ { return 200; access_log run/flushed.log uri buffer=4k flush=20ms; }
                    location /gzip/ { return 200; access_log run/log.gz uri gzip buffer=40; access_log run/all.log uri; }
                    location /named/ { return 200; access_log run/named-$arg_n.log uri; access_log run/all.log uri; }
                    location /kept/ {
                        open_log_file_cache max=1 valid=1h;
                        access_log run/kept-$arg_n.log uri;
                        access_log run/all.log uri;
                        return 200;
                    }
                }
                """));
    }

    @AfterEach
    void stop() {
        server.close();
        site.close();
    }

    /** Asks, and waits until the turn that logged it is over. */
    private void ask(String target) {
        long before = site.read("run/all.log").lines().count();
        server.ask(get(target));
        Wait.until(
                "the line of " + target, () -> site.read("run/all.log").lines().count() > before);
    }

    @Test
    void bufferIsWrittenWhenItIsFull() {
        ask("/buffered/1"); // 12 bytes with the line feed
        ask("/shared/12"); // 11
        assertEquals("", site.read("run/buffered.log"));
        ask("/buffered/2");
        assertEquals("", site.read("run/buffered.log"));
        ask("/buffered/3");
        assertEquals("/buffered/1\n/shared/12\n/buffered/2\n", site.read("run/buffered.log"));
        ask("/buffered/longer-than-the-buffer-is-as-a-whole");
        assertTrue(site.read("run/buffered.log")
                .endsWith("/buffered/3\n/buffered/longer-than-the-buffer-is-as-a-whole\n"));
    }

    @Test
    void bufferIsWrittenAtReopenToTheOldFileAndAtTheEnd() {
        ask("/buffered/1");
        site.move("run/buffered.log", "run/old.log");
        server.signal(Signals.USR1);
        Wait.until("the new file", () -> site.has("run/buffered.log"));
        assertEquals("/buffered/1\n", site.read("run/old.log"));
        ask("/buffered/2");
        assertEquals("", site.read("run/buffered.log"));
        server.signal(Signals.QUIT);
        assertEquals(0, server.awaitExit());
        assertEquals("/buffered/2\n", site.read("run/buffered.log"));
    }

    @Test
    void bufferIsWrittenWhenTheTimeIsOver() {
        server.ask(get("/flushed/1"));
        Wait.until("the line", () -> site.read("run/flushed.log").equals("/flushed/1\n"));
        server.ask(get("/flushed/2"));
        Wait.until("the line", () -> site.read("run/flushed.log").equals("/flushed/1\n/flushed/2\n"));
    }

    @Test
    void eachBufferIsAMemberOfTheCompressedFile() throws IOException {
        for (int i = 0; i < 12; i++) {
            ask("/gzip/" + i);
        }
        String soFar = unzipped("run/log.gz");
        assertTrue(soFar.startsWith("/gzip/0\n/gzip/1\n"), soFar);
        assertFalse(soFar.contains("/gzip/11"), soFar);
        server.signal(Signals.TERM);
        assertEquals(0, server.awaitExit());
        assertEquals(site.read("run/all.log"), unzipped("run/log.gz"));
    }

    private String unzipped(String name) throws IOException {
        byte[] content = Files.readAllBytes(site.path(name));
        try (GZIPInputStream members = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return new String(members.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void namedFilesAreOpenForATurnOrAsLongAsTheCacheSays() {
        ask("/named/?n=a");
        assertEquals("/named/?n=a\n", site.read("run/named-a.log"));
        site.move("run/named-a.log", "run/old-a.log");
        ask("/named/?n=a&2");
        assertEquals("/named/?n=a&2\n", site.read("run/named-a.log"));
        ask("/kept/?n=b");
        site.move("run/kept-b.log", "run/old-b.log");
        ask("/kept/?n=b&2");
        assertEquals("/kept/?n=b\n/kept/?n=b&2\n", site.read("run/old-b.log"));
        ask("/kept/?n=c"); // there is room for one
        ask("/kept/?n=b&3");
        assertEquals("/kept/?n=b&3\n", site.read("run/kept-b.log"));
    }

    @Test
    void noLineIsLostWhenFilesAreMovedUnderLoad() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                counts.add(clients.submit(() -> requests(over)));
            }
            for (int i = 0; i < MOVES; i++) {
                Wait.until("some lines", () -> site.read("run/all.log").lines().count() > 20);
                site.move("run/all.log", "run/moved-all-" + i);
                site.move("run/buffered.log", "run/moved-buffered-" + i);
                server.signal(Signals.USR1);
                Wait.until("the new files", () -> site.has("run/all.log") && site.has("run/buffered.log"));
            }
            over.set(true);
            int asked = 0;
            for (Future<Integer> count : counts) {
                asked += count.get();
            }
            server.signal(Signals.QUIT);
            assertEquals(0, server.awaitExit());
            assertEquals(asked, lines("all"));
            assertEquals(asked, lines("buffered"));
        } finally {
            over.set(true);
            clients.shutdownNow();
        }
    }

    private int requests(AtomicBoolean over) {
        int asked = 0;
        try (RawClient client = server.connect()) {
            for (; !over.get(); asked++) {
                assertEquals(200, client.ask(get("/buffered/" + asked)).status());
            }
        }
        return asked;
    }

    private long lines(String log) {
        long lines = site.read("run/" + log + ".log").lines().count();
        for (int i = 0; i < MOVES; i++) {
            lines += site.read("run/moved-" + log + "-" + i).lines().count();
        }
        return lines;
    }
}
