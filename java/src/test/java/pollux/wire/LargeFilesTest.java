package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static pollux.wire.Wire.get;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of sizes around every buffer's bound, with and without {@code sendfile}: the same bytes. */
final class LargeFilesTest {
    private static final int[] SIZES = {0, 1, 4095, 4096, 16_000, 32_767, 32_768, 32_769, 65_536, 1 << 20, 20 << 20};
    private static final byte[] NOISE = noise();

    private static Site site;
    private static ServerProcess server;

    private static byte[] noise() {
        byte[] noise = new byte[20 << 20];
        new Random(8).nextBytes(noise);
        return noise;
    }

    @BeforeAll
    static void start() {
        site = Site.create();
        for (int size : SIZES) {
            site.file("www/" + size, Arrays.copyOf(NOISE, size));
        }
        server = ServerProcess.start(site, ServerProcess.server("""
                        location /on/ { alias www/; sendfile on; tcp_nopush on; }
                        location /off/ { alias www/; sendfile off; }
                        location /chunk/ { alias www/; sendfile on; sendfile_max_chunk 100k; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/on/", "/off/", "/chunk/"})
    void bytesOfEverySize(String folder) {
        try (RawClient client = server.connect()) {
            for (int size : SIZES) {
                Answer answer = client.ask(get(folder + size));
                assertEquals(Integer.toString(size), answer.field("Content-Length"));
                assertArrayEquals(Arrays.copyOf(NOISE, size), answer.bytes(), "size " + size);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/on/", "/off/", "/chunk/"})
    void rangeFarInsideAFile(String folder) {
        int from = 10_000_001;
        Answer answer = server.ask(get(folder + (20 << 20), "Range: bytes=10000001-10099999"));
        assertArrayEquals(Arrays.copyOfRange(NOISE, from, from + 99_999), answer.bytes());
    }

    @Test
    void clientsThatReadSlowlyGetEverything() {
        RawClient[] clients = new RawClient[8];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = RawClient.slow(server.port());
            clients[i].send(get((i % 2 == 0 ? "/on/" : "/off/") + (1 << 20)));
        }
        // Everybody waits while one reads.
        for (RawClient client : clients) {
            assertArrayEquals(Arrays.copyOf(NOISE, 1 << 20), client.read().bytes());
            assertEquals(200, client.ask(get("/on/1")).status());
            client.close();
        }
    }
}
