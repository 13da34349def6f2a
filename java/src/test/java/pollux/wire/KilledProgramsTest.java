package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pollux.posix.Processes;

/**
 * Somebody kills programs at random moments, while clients read their answers by each way that tells where an answer ends: no
 * answer looks whole unless all its bytes are there.
 */
class KilledProgramsTest {
    private static final int LINES = 400;
    private static final int KILL = 9;
    private static final int CLIENTS = 3;
    private static final int ENOUGH = 50;
    private static final long SEED = 20_260_923;
    private static final long LONGEST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(8);
    private static final String CONTENT =
            IntStream.range(0, LINES).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());

    private static Site site;
    private static ServerProcess server;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger whole = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();

    @BeforeAll
    static void start() {
        String loop = "i=0; while [ $i -lt " + LINES + " ]; do echo \"line $i\"; i=$((i+1)); done\n";
        site = Site.create()
                .program("www/plain.sh", "#!/bin/sh\nprintf 'Content-Type: a/b\\n\\n'\n" + loop)
                .program("www/nph-raw.sh", "#!/bin/sh\nprintf 'HTTP/1.0 200 OK\\r\\n\\r\\n'\n" + loop)
                .program(
                        "www/announced.sh",
                        "#!/bin/sh\nprintf 'Content-Type: a/b\\nContent-Length: " + CONTENT.length() + "\\n\\n'\n"
                                + loop);
        server = ServerProcess.start(site, ServerProcess.server("cgi on;"));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void noAnswerOfAKilledProgramLooksWhole() throws Exception {
        Thread killer = new Thread(this::kill, "killer");
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        killer.start();
        try {
            List<Future<?>> all = IntStream.range(0, CLIENTS)
                    .<Future<?>>mapToObj(i -> clients.submit(() -> ask(i)))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            over.set(true);
            killer.join();
            clients.shutdown();
        }
        Wait.until("children to be reaped", () -> server.children().isEmpty());
    }

    private void kill() {
        Random random = new Random(SEED);
        while (!over.get()) {
            LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_PAUSE_NS));
            List<Integer> children = server.children();
            if (!children.isEmpty()) {
                Processes.signal(children.get(random.nextInt(children.size())), KILL);
            }
        }
    }

    private Void ask(int client) throws IOException {
        Random random = new Random(SEED + client);
        while (whole.get() < ENOUGH || cut.get() < ENOUGH) {
            switch (random.nextInt(4)) {
                case 0 -> judge("GET /plain.sh HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
                case 1 -> judge("GET /plain.sh HTTP/1.0\r\n\r\n");
                case 2 -> judge("GET /nph-raw.sh HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
                default -> judge("GET /announced.sh HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            }
        }
        return null;
    }

    private void judge(String request) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean orderly = true;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                bytes.write(b);
            }
        } catch (IOException reset) {
            orderly = false;
        }
        String answer = bytes.toString(StandardCharsets.ISO_8859_1);
        int end = answer.indexOf("\r\n\r\n") + 4;
        if (answer.startsWith("HTTP/1.1 502 ")) {
            return; // it was killed before it had answered
        }
        assertFalse(orderly && end < 4, "neither an answer nor a reset");
        if (orderly && isWhole(answer.substring(0, end), answer.substring(end))) {
            assertEquals(CONTENT, content(answer.substring(0, end), answer.substring(end)));
            whole.incrementAndGet();
        } else {
            cut.incrementAndGet();
        }
    }

    /** What a client takes for whole. */
    private static boolean isWhole(String head, String content) {
        if (head.contains("\r\nTransfer-Encoding: chunked\r\n")) {
            return content.endsWith("\r\n0\r\n\r\n");
        }
        return !head.contains("\r\nContent-Length: ") || content.length() == CONTENT.length();
    }

    private static String content(String head, String content) {
        if (!head.contains("\r\nTransfer-Encoding: chunked\r\n")) {
            return content;
        }
        StringBuilder decoded = new StringBuilder();
        int at = 0;
        while (true) {
            int line = content.indexOf("\r\n", at);
            int size = Integer.parseInt(content.substring(at, line), 16);
            if (size == 0) {
                return decoded.toString();
            }
            decoded.append(content, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
    }
}
