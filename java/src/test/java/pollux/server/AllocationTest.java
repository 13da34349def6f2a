package pollux.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.config.ConfException;
import pollux.config.ConfLoader;
import pollux.config.Config;

/**
 * Requests that come again make no objects: a worker is turned by hand on the test's own thread, and the bytes that the
 * thread allocates while it turns are counted. An object for each request would show in every round; what happens once,
 * such as a class that is loaded, does not show in all of them.
 */
class AllocationTest {
    private static final int ROUNDS = 5;
    private static final int COUNTED = 100;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    static Object[][] requests() {
        return new Object[][] {
            {"GET /small.html HTTP/1.1\r\nHost: h\r\n\r\n", "200"},
            {"GET /small.html?a=b HTTP/1.1\r\nHost: other.example:80\r\nUser-Agent: u\r\nAccept: */*\r\n\r\n", "200"},
            {"HEAD /small.html HTTP/1.1\r\nHost: h\r\n\r\n", "200"},
            {"GET /large HTTP/1.1\r\nHost: h\r\n\r\n", "200"},
            {"GET /added/small.html HTTP/1.1\r\nHost: h\r\n\r\n", "200"},
            {"GET /aliased/small.html HTTP/1.1\r\nHost: h\r\n\r\n", "200"},
            {"GET /logged/small.html HTTP/1.1\r\nHost: h\r\nUser-Agent: u\r\nReferer: http://r/\r\n\r\n", "200"},
            {"GET /return HTTP/1.1\r\nHost: h\r\n\r\n", "200"},
            {"GET /missing HTTP/1.1\r\nHost: h\r\n\r\n", "404"},
            {"GET /small.html HTTP/1.1\r\nHost: h\r\nIf-None-Match: TAG\r\n\r\n", "304"},
            {"GET /small.html HTTP/1.1\r\nHost: h\r\nIf-Modified-Since: DATE\r\n\r\n", "304"},
        };
    }

    private Server server(String use) throws ConfException, IOException {
        Files.writeString(folder.resolve("small.html"), "x".repeat(1024));
        Files.writeString(folder.resolve("large"), "x".repeat(100_000));
        Files.createDirectories(folder.resolve("added"));
        Files.writeString(folder.resolve("added/small.html"), "y");
        Files.writeString(folder.resolve("test.conf"), """
                error_log stderr crit;
                pid none;
                events { worker_connections 16; use %s; }
                http {
                    access_log off;
                    sendfile on;
                    server {
                        listen unix:%s;
                        root .;
                        location = /return { return 200 "some text"; }
                        location /added/ { add_header X-Added yes; }
                        location /logged/ { alias ./; access_log access.log; }
                        location /aliased/ { alias ./; }
                        location ~ \\.php$ { return 404; }
                    }
                }
                """.formatted(use, socket()));
        ConfLoader.LoadRequest source = new ConfLoader.LoadRequest(folder.toString(), "test.conf", "");
        Config config = ConfLoader.load(source);
        Server server = new Server(source, config);
        server.sockets().open(config.sockets(), 1);
        return server;
    }

    private Path socket() {
        return folder.resolve("s");
    }

    @ParameterizedTest
    @MethodSource("requests")
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aRequestThatComesAgainAllocatesNothing(String request, String status) throws IOException, ConfException {
        for (String use : new String[] {"poll", "epoll"}) {
            Server server = server(use);
            Worker worker = server.worker();
            worker.listen(1);
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
                client.configureBlocking(false);
                ByteBuffer answer = ByteBuffer.allocate(200_000);
                exchange(worker, client, fill(worker, client, request), answer);
                assertEquals("HTTP/1.1 " + status, text(answer).substring(0, 12));
                ByteBuffer wanted = fill(worker, client, request);
                long fewest = Long.MAX_VALUE;
                for (int round = 0; round < ROUNDS && fewest > 0; round++) {
                    long allocated = 0;
                    for (int i = 0; i < COUNTED; i++) {
                        allocated += exchange(worker, client, wanted, answer);
                    }
                    fewest = Math.min(fewest, allocated);
                }
                assertEquals("HTTP/1.1 " + status, text(answer).substring(0, 12));
                assertEquals(0, fewest, "bytes for " + COUNTED + " times " + request);
            } finally {
                worker.life().stopNow();
                worker.run();
                server.sockets().close();
            }
        }
    }

    /** Puts the validators that the file has now where they are asked for. */
    private static ByteBuffer fill(Worker worker, SocketChannel client, String request) throws IOException {
        String filled = request;
        if (request.contains("TAG") || request.contains("DATE")) {
            ByteBuffer answer = ByteBuffer.allocate(8192);
            exchange(worker, client, bytes("GET /small.html HTTP/1.1\r\nHost: h\r\n\r\n"), answer);
            filled = request.replace("TAG", field(text(answer), "ETag: "))
                    .replace("DATE", field(text(answer), "Last-Modified: "));
        }
        return bytes(filled);
    }

    private static String field(String answer, String name) {
        int begin = answer.indexOf(name) + name.length();
        return answer.substring(begin, answer.indexOf("\r\n", begin));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(ByteBuffer answer) {
        return StandardCharsets.ISO_8859_1.decode(answer.duplicate().flip()).toString();
    }

    /** Sends a request and turns the worker until nothing more happens; the bytes that turning allocated. */
    private static long exchange(Worker worker, SocketChannel client, ByteBuffer request, ByteBuffer answer)
            throws IOException {
        request.rewind();
        answer.clear();
        while (request.hasRemaining()) {
            client.write(request);
        }
        long allocated = 0;
        for (int idle = 0; idle < 2; ) {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            worker.loop().turnOnce(answer.position() == 0 ? -1 : 0);
            allocated += THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            idle = client.read(answer) > 0 || answer.position() == 0 ? 0 : idle + 1;
        }
        return allocated;
    }
}
