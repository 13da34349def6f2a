package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Much content into a program and much out of it, at once: it streams, and the server does not grow by what passes
 * through. {@code -Dpollux.stream.mebibytes=1024} makes it a gibibyte.
 */
class CgiStreamTest {
    private static final long SIZE = Long.getLong("pollux.stream.mebibytes", 256) << 20;
    private static final int BLOCK = 64 * 1024;
    private static final long MAX_GROWTH = 64L << 20;

    /** A prime period, so that no buffer's size hides a shift. */
    private static final int PERIOD = 65_521;

    private static final byte[] PATTERN = pattern();

    private static byte[] pattern() {
        byte[] bytes = new byte[PERIOD + BLOCK];
        for (int i = 0; i < bytes.length; i++) {
            int place = i % PERIOD;
            bytes[i] = (byte) (place * 31 + (place >> 8));
        }
        return bytes;
    }

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void muchGoesInAndOutAtOnceAndNothingOfItStays() throws Exception {
        try (Site site = Site.create()) {
            CgiPrograms.install(site, "www", "cat.sh");
            String configuration = ServerProcess.server("client_max_body_size 0; cgi on;");
            try (ServerProcess server = ServerProcess.start(site, configuration)) {
                assertEquals(
                        200,
                        server.ask(Wire.get("/cat.sh", "Connection: close")).status());
                long before = Proc.memory(server.pid(), "VmRSS");
                assertEquals(SIZE, thereAndBack(server.port()));
                long growth = Proc.memory(server.pid(), "VmHWM") - before;
                assertTrue(growth < MAX_GROWTH, growth + " bytes more");
                Wait.until("the program's end", () -> server.children().isEmpty());
            }
        }
    }

    /** How many bytes came back; each is looked at. */
    private static long thereAndBack(int port) throws Exception {
        ExecutorService sender = Executors.newSingleThreadExecutor();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Future<?> sent = sender.submit(() -> {
                send(socket.getOutputStream());
                return null;
            });
            long count = receive(new BufferedInputStream(socket.getInputStream(), BLOCK));
            sent.get();
            return count;
        } finally {
            sender.shutdownNow();
        }
    }

    private static void send(OutputStream out) throws IOException {
        String head = Wire.request("POST /cat.sh", "Content-Length: " + SIZE);
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        for (long at = 0; at < SIZE; at += BLOCK) {
            out.write(PATTERN, (int) (at % PERIOD), (int) Math.min(BLOCK, SIZE - at));
        }
    }

    private static long receive(InputStream in) throws IOException {
        String line = line(in);
        assertEquals("HTTP/1.1 200 OK", line);
        while (!line.isEmpty()) {
            line = line(in);
        }
        byte[] block = new byte[BLOCK];
        long at = 0;
        int size = chunkSize(in);
        while (size > 0) {
            for (int left = size; left > 0; ) {
                int count = in.readNBytes(block, 0, Math.min(left, BLOCK));
                assertPattern(at, block, count);
                at += count;
                left -= count;
            }
            assertEquals("", line(in));
            size = chunkSize(in);
        }
        return at;
    }

    private static void assertPattern(long at, byte[] block, int count) throws IOException {
        if (count == 0) {
            throw new IOException("the answer ends behind " + at + " bytes");
        }
        int from = (int) (at % PERIOD);
        int different = java.util.Arrays.mismatch(PATTERN, from, from + count, block, 0, count);
        assertEquals(-1, different, () -> "a wrong byte at " + (at + different));
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the answer ends in the line " + line);
            }
            line.append((char) b);
        }
        return line.toString().strip();
    }
}
