package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.lines;
import static pollux.wire.Wire.request;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import pollux.posix.Processes;

/** A disk that is full: 507, nothing half-written, no half lines. Mounts file systems of some megabytes, which only root may. */
final class FullDiskTest {
    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertEquals(0, process.waitFor(), String.join(" ", command));
    }

    private static boolean canMount(Site site, String size) throws IOException, InterruptedException {
        if (!Processes.isRoot()) {
            return false;
        }
        String[] mount = {
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=" + size,
            "tmpfs",
            site.path("disk").toString()
        };
        return new ProcessBuilder(mount).redirectErrorStream(true).start().waitFor() == 0;
    }

    private static void onADisk(String size, Consumer<Site> test) throws Exception {
        try (Site site = Site.create().folder("disk")) {
            boolean mounted = canMount(site, size);
            assumeTrue(mounted || "true".equals(System.getenv("CI")), "mounting is for root, outside of a container");
            assertTrue(mounted, "a tmpfs could not be mounted");
            try {
                test.accept(site);
            } finally {
                run("umount", site.path("disk").toString());
            }
        }
    }

    @Test
    void fullDiskIs507AndLeavesNothing() throws Exception {
        onADisk("1m", FullDiskTest::fill);
    }

    @Test
    void aFullDiskUnderTheLogsHarmsNobodyAndLinesGoOnWhenThereIsRoom() throws Exception {
        onADisk("1m", FullDiskTest::fillUnderTheLogs);
    }

    @Test
    void whoOnlyAnnouncesALengthKeepsNobodyFromTheDisk() throws Exception {
        onADisk("64m", FullDiskTest::announce);
    }

    private static void announce(Site site) {
        String configuration = ServerProcess.server("""
                client_max_body_size 100m;
                location /up/ { upload_store disk/store; }
                location /put/ { alias disk/store/; dav_methods PUT; }
                """);
        site.folder("disk/store");
        byte[] half = new byte[30 << 20];
        try (ServerProcess server = ServerProcess.start(site, configuration);
                RawClient upload = server.connect();
                RawClient put = server.connect()) {
            upload.send(request("POST /up/claimed", "Content-Length: 60000000") + "a");
            put.send(request("PUT /put/claimed", "Content-Length: 60000000") + "a");
            // Both have been begun when this one is: there is one loop.
            assertTrue(send(server, "POST /up/whole", "Content-Length: " + half.length, half)
                    .startsWith("HTTP/1.1 201 "));
            assertEquals(half.length, site.path("disk/store/whole").toFile().length());
            // What was only announced does not fit any more, which shows when it comes.
            byte[] rest = new byte[59_999_999];
            assertTrue(upload.send(rest).endOutput().readAll().startsWith("HTTP/1.1 507 "));
            assertTrue(put.send(rest).endOutput().readAll().startsWith("HTTP/1.1 507 "));
            assertEquals(List.of("whole"), site.names("disk/store"));
        }
    }

    private static void fillUnderTheLogs(Site site) {
        String configuration = ServerProcess.server("").replace("run/access.log", "disk/access.log");
        try (ServerProcess server = ServerProcess.start(site, configuration)) {
            site.file("disk/filler", new byte[900_000]);
            // Each line has some 4,000 bytes: the disk is full long before the last.
            String target = "/" + "x".repeat(4_000);
            for (int i = 0; i < 100; i++) {
                assertEquals(404, server.ask(get(target)).status());
            }
            server.awaitError("disk/access.log\" failed, ");
            assertEquals(404, server.ask(get("/lost")).status());
            // A line is written behind its response, at the end of the turn: this one is asked in a later turn.
            assertEquals(404, server.ask(get("/later")).status());
            site.remove("disk/filler");
            assertEquals(404, server.ask(get("/kept")).status());

            Wait.until("the line", () -> site.read("disk/access.log").contains("GET /kept "));
            List<String> lines = site.read("disk/access.log").lines().toList();
            assertTrue(lines.size() > 5 && lines.size() < 100, lines.size() + " lines");
            int last = lines.size() - 1;
            assertEquals("127.0.0.1 - - ", lines.get(last).substring(0, 14), lines.get(last));
            assertFalse(site.read("disk/access.log").contains("GET /lost "));
            // Only the one that was cut is not whole.
            assertEquals(1, lines.stream().filter(line -> !line.endsWith("\"")).count());
        }
    }

    private static void fill(Site site) {
        site.folder("disk/store");
        String configuration = ServerProcess.server("""
                client_max_body_size 10m;
                location /up/ { upload_store disk/store; }
                location /put/ { alias disk/store/; dav_methods PUT; }
                """);
        try (ServerProcess server = ServerProcess.start(site, configuration)) {
            // The length is known: there is no room, and nothing is read.
            assertEquals(lines("""
                            HTTP/1.1 507 Insufficient Storage
                            Server: pollux/0.1.0
                            Date: <date>
                            Content-Type: text/html
                            Content-Length: 175
                            Connection: close

                            <html>
                            <head><title>507 Insufficient Storage</title></head>
                            <body>
                            <center><h1>507 Insufficient Storage</h1></center>
                            <hr><center>pollux/0.1.0</center>
                            </body>
                            </html>
                            """), send(server, "POST /up/x", "Content-Length: 3000000", new byte[3_000_000]));
            assertTrue(send(server, "PUT /put/x", "Content-Length: 3000000", new byte[3_000_000])
                    .startsWith("HTTP/1.1 507 "));
            // The length is not known: the disk runs full on the way.
            byte[] chunk = ("2dc6c0\r\n" + "x".repeat(3_000_000) + "\r\n0\r\n\r\n")
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            assertTrue(send(server, "POST /up/x", "Transfer-Encoding: chunked", chunk)
                    .startsWith("HTTP/1.1 507 "));
            assertTrue(send(server, "PUT /put/x", "Transfer-Encoding: chunked", chunk)
                    .startsWith("HTTP/1.1 507 "));
            assertEquals(List.of(), site.names("disk/store"));
            assertEquals(
                    201,
                    server.ask(request("POST /up/small", "Content-Length: 5") + "small")
                            .status());
            assertEquals("small", site.read("disk/store/small"));
        }
    }

    private static String send(ServerProcess server, String methodAndTarget, String framing, byte[] content) {
        try (RawClient client = server.connect()) {
            return client.send(request(methodAndTarget, framing))
                    .send(content)
                    .endOutput()
                    .readAll();
        }
    }
}
