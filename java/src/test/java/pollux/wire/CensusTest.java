package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten thousand requests of every kind, half of them broken off somewhere: afterwards the server has the descriptors, the
 * children and the temporary files that it had before, and what it has stored is whole.
 */
class CensusTest {
    private static final int CLIENTS = 8;
    private static final int REQUESTS_EACH = 1_250;
    private static final long SEED = 0x9011;
    private static final int STORED = 20_000;

    private static final String CONFIGURATION = ServerProcess.server("""
            sendfile on;
            location /cgi/ { cgi on; cgi_timeout 20s 1s; cgi_max_processes 6; cgi_queue_timeout 20s; }
            location /upload { allow_methods POST; upload_store run/store; }
            location /dav/ { alias run/dav/; dav_methods PUT DELETE; }
            """);

    private Site site;
    private ServerProcess server;

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void afterTenThousandRequestsThereIsWhatThereWasBefore() throws Exception {
        try (Site fresh = Site.create().folder("run/store").folder("run/dav")) {
            site = fresh;
            site.file("www/small.txt", "small\n").file("www/large.bin", new byte[300_000]);
            CgiPrograms.install(site, "www/cgi", "cat.sh", "exit.sh", "echo-length.sh");
            try (ServerProcess running = ServerProcess.start(site, CONFIGURATION)) {
                server = running;
                List<String> before = open();
                int whole = everybodyAtOnce();
                assertTrue(whole > CLIENTS * REQUESTS_EACH / 3, whole + " requests were whole");
                Wait.until(() -> "children to be reaped: " + server.children(), () -> server.children()
                        .isEmpty());
                Wait.until(() -> "descriptors to be closed: " + open(), () -> open().equals(before));
                assertNothingHalfIsStored();
                assertEquals(
                        "fine\n",
                        server.ask(Wire.get("/cgi/exit.sh", "Connection: close"))
                                .content());
            }
        }
    }

    /** What the server has open, but for the files of Java's own machine, and the one set that it waits by at last. */
    private List<String> open() {
        return server.descriptors().stream()
                .filter(name -> !name.equals("anon_inode:[eventpoll]"))
                .filter(name ->
                        !name.startsWith("/") || name.startsWith(site.path().toString()) || name.equals("/dev/null"))
                .toList();
    }

    private void assertNothingHalfIsStored() {
        if (site.has("run/body")) {
            assertEquals(List.of(), site.names("run/body"));
        }
        int files = 0;
        for (String folder : List.of("run/store", "run/dav")) {
            for (String name : site.names(folder)) {
                assertEquals(STORED, site.path(folder + "/" + name).toFile().length(), name);
                files++;
            }
        }
        assertTrue(files > 100, files + " files were stored");
    }

    /** How many requests were answered as they should be. */
    private int everybodyAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(SEED + i);
                running.add(threads.submit(() -> oneClient(random)));
            }
            int whole = 0;
            for (Future<Integer> each : running) {
                whole += each.get();
            }
            return whole;
        } finally {
            threads.shutdownNow();
        }
    }

    private int oneClient(Random random) {
        int whole = 0;
        int done = 0;
        while (done < REQUESTS_EACH) {
            try (RawClient client = server.connect()) {
                boolean connected = true;
                while (connected && done < REQUESTS_EACH) {
                    Request request = Request.any(random);
                    done += request.count();
                    connected = random.nextBoolean();
                    if (connected) {
                        request.ask(client);
                        whole += request.count();
                    } else {
                        breakOff(client, request.text(), random);
                    }
                }
            }
        }
        return whole;
    }

    /** Sends a part, or all and reads a part; the client then closes, with bytes unread or without. */
    private static void breakOff(RawClient client, String text, Random random) {
        int length = random.nextInt(text.length() + 1);
        client.send(text.substring(0, length));
        if (length > text.length() / 2 && random.nextBoolean()) {
            client.send(text.substring(length)).await(1 + random.nextInt(100));
        }
    }

    /**
     * Requests on one connection, one behind the other.
     *
     * @param text what is sent
     * @param count how many requests it is
     * @param statuses what each may be answered with
     */
    private record Request(String text, int count, List<Integer> statuses) {
        static Request any(Random random) {
            String name = "f" + random.nextInt(40);
            String content = "0123456789".repeat(STORED / 10);
            return switch (random.nextInt(12)) {
                case 0, 1 -> one(Wire.get("/small.txt"), 200);
                case 2 -> one(Wire.get("/large.bin"), 200);
                case 3 -> one(Wire.get("/nothing"), 404);
                case 4 -> one(Wire.get("/large.bin", "Range: bytes=5-100000"), 206);
                case 5 -> one(Wire.get("/cgi/exit.sh"), 200);
                case 6 -> one(Wire.request("POST /cgi/cat.sh", "Content-Length: " + STORED) + content, 200);
                case 7 ->
                    one(
                            Wire.request("POST /cgi/echo-length.sh", "Transfer-Encoding: chunked")
                                    + Wire.chunked(content),
                            200);
                case 8 -> one(form(content), 201);
                case 9 ->
                    new Request(
                            Wire.request("PUT /dav/" + name, "Content-Length: " + STORED) + content,
                            1,
                            List.of(201, 204));
                case 10 -> new Request(Wire.request("DELETE /dav/" + name), 1, List.of(204, 404));
                default -> new Request(Wire.get("/small.txt").repeat(5), 5, List.of(200));
            };
        }

        private static Request one(String text, int status) {
            return new Request(text, 1, List.of(status));
        }

        private static String form(String content) {
            String body = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"up.txt\"\r\n\r\n" + content
                    + "\r\n--x--\r\n";
            return Wire.request(
                            "POST /upload",
                            "Content-Type: multipart/form-data; boundary=x",
                            "Content-Length: " + body.length())
                    + body;
        }

        void ask(RawClient client) {
            client.send(text);
            for (int i = 0; i < count; i++) {
                Answer answer = client.read();
                assertTrue(
                        statuses.contains(answer.status()), () -> text.lines().findFirst() + ": " + answer.head());
            }
        }
    }
}
