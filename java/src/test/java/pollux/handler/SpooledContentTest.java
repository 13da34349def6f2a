package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pollux.buffer.IoBuffer;
import pollux.posix.OffHeap;

class SpooledContentTest {
    @TempDir
    Path folder;

    private Requests.Exchange exchange;

    @BeforeEach
    void configure() {
        String directives = "client_body_temp_path " + folder + "/a/b;";
        exchange = Requests.server(folder, directives).send("POST", "/", "Transfer-Encoding: chunked");
    }

    private SpooledContent open() {
        return SpooledContent.open(exchange.request, exchange.response);
    }

    @Test
    void contentIsHandedOverWithItsLength() throws IOException {
        SpooledContent content = open();
        assertEquals(0, Feeding.take(content, "some content", 5));
        assertEquals(List.of("a/", "a/b/"), Feeding.census(folder));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a/b"))));
        assertEquals(0, content.complete(exchange.response));
        assertEquals(0, exchange.response.status());
        assertEquals(12, content.length());
        int fd = content.takeFile();
        content.abort();
        assertEquals("some content", read(fd));
        assertEquals(0, pollux.posix.Files.close(fd));
        assertEquals(List.of(), Feeding.open(folder));
    }

    private static String read(int fd) {
        IoBuffer buffer = OffHeap.SOURCE.allocate(100);
        int count = pollux.posix.Files.read(fd, buffer, 0, 100);
        String text = buffer.string(0, count);
        buffer.release();
        return text;
    }

    @Test
    void aProgramWouldReadFromTheFirstByte() throws IOException {
        SpooledContent content = open();
        assertEquals(0, Feeding.take(content, "abc", 1));
        int fd = content.takeFile();
        Path position = Path.of("/proc/self/fdinfo/" + fd);
        if (Files.exists(position)) {
            assertEquals("pos:\t0", Files.readAllLines(position).get(0));
        }
        assertEquals(0, pollux.posix.Files.close(fd));
    }

    @Test
    void contentThatNobodyTakesIsGone() throws IOException {
        SpooledContent content = open();
        assertEquals(0, Feeding.take(content, "abc", 1));
        content.abort();
        content.abort();
        assertEquals(List.of(), Feeding.open(folder));
        assertEquals(List.of("a/", "a/b/"), Feeding.census(folder));
    }

    @Test
    void aFolderThatCannotBeMadeIsTheServersFault() throws IOException {
        Files.createFile(folder.resolve("a"));
        assertNull(open());
        assertEquals(500, exchange.response.status());
        assertEquals(List.of("crit: mkdir() \"" + folder + "/a/b\" failed (20: Not a directory)"), exchange.log);
    }
}
