package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that has no room, from the beginning or in the middle. Where this process may mount one, it is a file system of
 * 64 KiB; everywhere, it is a file at the largest offset there is, which the system refuses to write behind.
 */
class DiskFullTest {
    private static final String LARGE = "x".repeat(200_000);

    @TempDir
    Path folder;

    private Path disk;
    private boolean mounted;
    private Requests requests;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=64k", "pollux-test", disk.toString()) == 0;
        requests = Requests.server(
                folder,
                "location /up/ { upload_store " + disk + "; }"
                        + " location /put/ { alias " + disk + "/; dav_methods PUT; }"
                        + " client_body_temp_path " + disk + ";");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        List<String> left = Feeding.census(disk);
        List<String> open = Feeding.open(folder);
        if (mounted) {
            assertEquals(0, run("umount", disk.toString()));
        }
        assertEquals(List.of(), left);
        assertEquals(List.of(), open);
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noSuchProgram) {
            return -1;
        }
    }

    private Requests.Exchange request(String method, String path, String... lines) {
        return requests.send(method, path, lines);
    }

    /** Fills the disk in the middle of the content and answers the status. */
    private int fill(ContentSink sink, String... wayToFile) throws ReflectiveOperationException {
        assertNotNull(sink);
        assertEquals(0, Feeding.take(sink, "begin", 5));
        if (!mounted) {
            atTheLargestOffset(sink, wayToFile);
        }
        int status = Feeding.take(sink, LARGE, 16_384);
        sink.abort();
        return status;
    }

    private static void atTheLargestOffset(Object sink, String... wayToFile) throws ReflectiveOperationException {
        Object file = sink;
        for (String name : wayToFile) {
            Field field = file.getClass().getDeclaredField(name);
            field.setAccessible(true);
            file = field.get(file);
        }
        Field length = TemporaryFile.class.getDeclaredField("length");
        length.setAccessible(true);
        length.setLong(file, Long.MAX_VALUE - 1);
    }

    @Test
    void anUploadThatMeetsAFullDiskIs507() throws Exception {
        Requests.Exchange exchange = request("POST", "/up/x", "Transfer-Encoding: chunked");
        ContentSink sink = new UploadHandler().open(exchange.request, exchange.response);
        assertEquals(507, fill(sink, "files", "current"));
        assertTrue(
                exchange.log.get(0).startsWith("crit: pwrite() of a file in \"" + disk + "\" failed"),
                exchange.log.get(0));
    }

    @Test
    void aFormThatMeetsAFullDiskIs507AndLeavesNoneOfItsFiles() throws Exception {
        Requests.Exchange exchange =
                request("POST", "/up/", "Transfer-Encoding: chunked", "Content-Type: multipart/form-data; boundary=B");
        ContentSink sink = new UploadHandler().open(exchange.request, exchange.response);
        String part = "--B\r\nContent-Disposition: form-data; name=f; filename=%s\r\n\r\nsmall\r\n";
        assertEquals(
                0,
                Feeding.take(sink, part.formatted("one") + part.formatted("two").replace("l\r\n", ""), 9));
        assertEquals(507, fill(sink, "files", "current"));
    }

    @Test
    void aPutThatMeetsAFullDiskIs507() throws Exception {
        Requests.Exchange exchange = request("PUT", "/put/x", "Transfer-Encoding: chunked");
        ContentSink sink = new PutHandler().open(exchange.request, exchange.response);
        assertEquals(507, fill(sink, "file"));
    }

    @Test
    void spoolingThatMeetsAFullDiskIs507() throws Exception {
        Requests.Exchange exchange = request("POST", "/", "Transfer-Encoding: chunked");
        assertEquals(507, fill(SpooledContent.open(exchange.request, exchange.response), "file"));
    }

    @Test
    void aLengthThatCannotFitIsRefusedBeforeTheContent() {
        String length = "Content-Length: " + (1L << 62);
        for (Requests.Exchange exchange : List.of(
                request("POST", "/up/x", length),
                request("POST", "/up/", length, "Content-Type: multipart/form-data; boundary=B"))) {
            exchange.request.contentLength(1L << 62);
            assertEquals(507, Feeding.send(exchange, new UploadHandler(), ""));
        }
        Requests.Exchange put = request("PUT", "/put/x", length);
        put.request.contentLength(1L << 62);
        assertEquals(507, Feeding.send(put, new PutHandler(), ""));
    }
}
