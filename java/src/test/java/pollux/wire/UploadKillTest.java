package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server that is killed in the middle of uploads, as often as time allows: every file that is there afterwards is whole,
 * what a client was told to be stored is there, and nothing else is left.
 */
class UploadKillTest {
    private static final long SEED = 20_261_123;
    private static final int KILLS = 4;
    private static final int CLIENTS = 6;
    private static final int REPLACED = 5;
    private static final String LEFT_OVER = ".pollux-upload-0123456789abcdef0123456789abcdef.tmp";

    private static final String CONFIGURATION = ServerProcess.server("""
            client_max_body_size 0;
            upload_sync on;
            location /up { upload_store store; }
            location /dav/ { alias dav/; dav_methods PUT; }
            """);

    private final AtomicInteger numbers = new AtomicInteger();

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void everyFileIsWholeOrNotThere() throws Exception {
        Random random = new Random(SEED);
        int stored = 0;
        try (Site site = Site.create().folder("store").folder("dav")) {
            for (int i = 0; i < KILLS; i++) {
                List<String> told;
                try (ServerProcess server = ServerProcess.start(site, CONFIGURATION)) {
                    assertEquals(List.of(), hidden(site, "store"), "swept at the start");
                    told = killDuringUploads(server, 1 + random.nextInt(100));
                }
                for (String name : told) {
                    assertTrue(site.has("store/" + name), name + " was said to be stored");
                }
                stored += told.size();
                assertWhole(site, "store");
                assertWhole(site, "dav");
            }
            try (ServerProcess server = ServerProcess.start(site, CONFIGURATION)) {
                assertEquals(List.of(), hidden(site, "store"));
                for (int i = 0; i < 2; i++) {
                    server.ask(Wire.request("PUT /dav/0", "Content-Length: 0"));
                }
                assertEquals(List.of(), hidden(site, "dav"), "swept by the first that replaces a file there");
            }
        }
        assertTrue(stored >= KILLS, stored + " files were stored");
    }

    private static List<String> hidden(Site site, String folder) {
        return site.names(folder).stream().filter(name -> name.startsWith(".")).toList();
    }

    /** A file says its length in its first eight bytes. */
    private static void assertWhole(Site site, String folder) {
        for (String name : site.names(folder)) {
            if (!name.startsWith(".")) {
                String content = site.read(folder + "/" + name);
                assertTrue(content.length() >= 8, name + " is cut: " + content);
                assertEquals(Integer.parseInt(content.substring(0, 8)), content.length(), name);
            }
        }
    }

    /** Ends the server when so many uploads were answered and others are under way; the names that were said to be stored. */
    private List<String> killDuringUploads(ServerProcess server, int answers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        CountDownLatch answered = new CountDownLatch(answers);
        try {
            List<Future<List<String>>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(SEED + numbers.get() + i);
                clients.add(threads.submit(() -> client(server.port(), random, answered)));
            }
            answered.await();
            server.kill();
            List<String> told = new ArrayList<>();
            for (Future<List<String>> client : clients) {
                told.addAll(client.get());
            }
            return told;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Uploads until the server is gone. */
    private List<String> client(int port, Random random, CountDownLatch answered) {
        List<String> told = new ArrayList<>();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            while (true) {
                List<String> names = new ArrayList<>();
                String request = request(random, names);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                String status = answer(socket);
                assertTrue(status.startsWith("HTTP/1.1 20"), status);
                told.addAll(names);
                answered.countDown();
            }
        } catch (IOException gone) {
            return told;
        }
    }

    private String request(Random random, List<String> names) {
        int number = numbers.incrementAndGet();
        if (number % 3 == 0) {
            String content = content(random);
            return Wire.request("PUT /dav/" + random.nextInt(REPLACED), "Content-Length: " + content.length())
                    + content;
        }
        if (number % 3 == 1) {
            names.add("plain" + number);
            String content = content(random);
            return Wire.request("POST /up/plain" + number, "Content-Length: " + content.length()) + content;
        }
        StringBuilder form = new StringBuilder();
        for (int i = 0; i <= random.nextInt(4); i++) {
            names.add("form" + number + "." + i);
            form.append("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"form")
                    .append(number + "." + i)
                    .append("\"\r\n\r\n")
                    .append(content(random))
                    .append("\r\n");
        }
        form.append("--b--\r\n");
        return Wire.request(
                        "POST /up", "Content-Type: multipart/form-data; boundary=b", "Content-Length: " + form.length())
                + form;
    }

    private static String content(Random random) {
        int length = 8 + random.nextInt(random.nextInt(4) == 0 ? 500_000 : 5_000);
        return String.format("%08d", length) + "x".repeat(length - 8);
    }

    /** The status line; what follows the head is read past. */
    private static String answer(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) read(socket));
        }
        int at = head.indexOf("Content-Length: ");
        int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
        for (int i = 0; i < length; i++) {
            read(socket);
        }
        return head.substring(0, head.indexOf("\r\n"));
    }

    private static int read(Socket socket) throws IOException {
        int b = socket.getInputStream().read();
        if (b < 0) {
            throw new IOException("the server is gone");
        }
        return b;
    }

    @Test
    void onlyWhatIsCertainlyALeftOverIsSwept() {
        String form = Wire.lines("""
                --b
                Content-Disposition: form-data; name="f"; filename="a"

                first
                --b
                Content-Disposition: form-data; name="f"; filename="b"

                second
                --b--
                """);
        try (Site site = Site.create().folder("store");
                Site other = Site.create()) {
            site.folder("store/.pollux-upload-fedcba9876543210fedcba9876543210.tmp")
                    .link("store/.pollux-upload-1123456789abcdef0123456789abcdef.tmp", "/etc/passwd")
                    .file("store/.pollux-upload-0123456789ABCDEF0123456789abcdef.tmp", "not hexadecimal")
                    .file("store/.pollux-upload-0.tmp", "too short")
                    .file("store/pollux-upload-0123456789abcdef0123456789abcdef.tmp", "seen")
                    .file("store/" + LEFT_OVER, "left");
            List<String> before = site.names("store");
            try (ServerProcess server = ServerProcess.start(site, CONFIGURATION)) {
                assertTrue(before.contains(LEFT_OVER));
                List<String> kept =
                        before.stream().filter(name -> !name.equals(LEFT_OVER)).toList();
                assertEquals(kept, site.names("store"));
                server.awaitError("removed 1 files of uploads");
                // A form that is under way has a hidden file that another server's start leaves alone.
                try (RawClient client = server.connect()) {
                    int cut = form.indexOf("second");
                    client.send(Wire.request(
                                    "POST /up",
                                    "Content-Type: multipart/form-data; boundary=b",
                                    "Content-Length: " + form.length())
                            + form.substring(0, cut));
                    Wait.until("the first file", () -> site.names("store").size() == kept.size() + 1);
                    List<String> during = site.names("store");
                    String store = site.path("store").toString();
                    ServerProcess.start(other, CONFIGURATION.replace("upload_store store", "upload_store " + store))
                            .close();
                    assertEquals(during, site.names("store"));
                    assertEquals(201, client.ask(form.substring(cut)).status());
                }
                assertEquals("first", site.read("store/a"));
                assertEquals("second", site.read("store/b"));
            }
        }
    }
}
