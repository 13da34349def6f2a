package pollux.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.buffer.IoBuffer;

/** The system calls as Java sees them: answers, errors by name, and names that must never reach C in part. */
class PosixTest {
    private static final String NUL = "\0";

    @TempDir
    private Path folder;

    private String path(String name) {
        return folder.resolve("x").toString().replaceFirst("x$", name);
    }

    private static Named<ToIntFunction<String>> call(String name, ToIntFunction<String> call) {
        return Named.of(name, call);
    }

    private static Stream<Named<ToIntFunction<String>>> callsWithAPath() {
        FileStatus status = new FileStatus();
        return Stream.of(
                call("openRead", Files::openRead),
                call("openAppend", path -> Files.openAppend(path, 0600)),
                call("createNew", path -> Files.createNew(path, 0600)),
                call("status", path -> Files.status(path, status)),
                call("linkStatus", path -> Files.linkStatus(path, status)),
                call("mode", Files::mode),
                call("linkMode", Files::linkMode),
                call("rename from", path -> Files.rename(path, path + "x")),
                call("rename to", path -> Files.rename("/", path)),
                call("unlink", Files::unlink),
                call("makeDirectory", path -> Files.makeDirectory(path, 0700)),
                call("mayExecute", Files::mayExecute));
    }

    /** C would see the name up to the NUL: another file than the one that was checked. */
    @ParameterizedTest
    @MethodSource("callsWithAPath")
    void aNameWithNulOrWithoutEndIsRefused(ToIntFunction<String> call) throws Exception {
        java.nio.file.Files.writeString(folder.resolve("file"), "content");
        assertEquals(-Errno.EINVAL, call.applyAsInt(path("file") + NUL + ".txt"));
        assertEquals(-Errno.EINVAL, call.applyAsInt(NUL));
        assertEquals(-Errno.EINVAL, call.applyAsInt("/" + "x".repeat(100_000)));
        try (Stream<Path> left = java.nio.file.Files.list(folder)) {
            assertEquals(List.of(folder.resolve("file")), left.toList());
        }
    }

    @Test
    void aRealPathOfANameWithNulIsNone() {
        assertNull(Files.realPath("/dev" + NUL + "/x"));
        assertNull(Files.realPath(path("missing")));
        assertEquals("/", Files.realPath("/dev/.."));
    }

    @Test
    void errorsHaveTheirNames() {
        assertEquals(-Errno.ENOENT, Files.openRead(path("missing")));
        assertEquals(-Errno.ENOTDIR, Files.openRead("/dev/null/x"));
        assertEquals(-Errno.EEXIST, Files.makeDirectory(folder.toString(), 0700));
        assertEquals(-Errno.ENAMETOOLONG, Files.openRead(path("x".repeat(300))));
        assertEquals("(2: No such file or directory)", Errno.describe(Errno.ENOENT));
        PosixException refused =
                assertThrows(PosixException.class, () -> PosixException.check(-Errno.ENOENT, "open() \"x\""));
        assertTrue(refused.getMessage().contains("open() \"x\""), refused.getMessage());
        assertEquals(7, PosixException.check(7, "nothing"));
    }

    @Test
    void bytesOfNamesAndOfFilesPassUnchanged() {
        String name = path("\u00fc\u0001\u00ff");
        int fd = Files.createNew(name, 0600);
        assertTrue(fd >= 0);
        assertEquals(-Errno.EEXIST, Files.createNew(name, 0600));
        IoBuffer buffer = OffHeap.SOURCE.allocate(32);
        buffer.put("0123456789");
        assertTrue(Files.write(fd, buffer, 0, 10, 0));
        assertTrue(Files.write(fd, buffer, 2, 3, 12));
        Files.close(fd);
        int again = Files.openRead(name);
        buffer.clear();
        assertEquals(10, Files.read(again, buffer, 5, 20));
        assertEquals("56789" + NUL + NUL + "234", buffer.string(0, 10));
        assertEquals(0, Files.read(again, buffer, 15, 3), "the end");
        Files.close(again);
        assertEquals(-1, Files.read(again, buffer, 0, 1), "closed");
        assertFalse(Files.write(again, buffer, 0, 1, 0), "closed");
        buffer.release();
        assertEquals(0, Files.unlink(name));
    }

    @Test
    void aFileIsNotMovedOverAnotherUnlessThatIsWanted() throws Exception {
        java.nio.file.Files.writeString(folder.resolve("a"), "a");
        java.nio.file.Files.writeString(folder.resolve("b"), "b");
        try (Folder in = new Folder()) {
            assertEquals(0, in.open(folder.toString()));
            assertEquals(-Errno.EEXIST, in.renameNew("a", "b"));
            assertEquals("b", java.nio.file.Files.readString(folder.resolve("b")));
            assertEquals(0, Files.rename(path("a"), path("b")));
            assertEquals("a", java.nio.file.Files.readString(folder.resolve("b")));
            assertEquals(0, in.renameNew("b", "c"));
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 80", "255.255.255.255, 65535", "::1, 0", "2001:db8::7, 8080"})
    void anAddressComesBackAsItWasGiven(String host, int port) {
        SocketAddress address = new SocketAddress();
        assertEquals(0, address.setInet(host, port));
        assertEquals(host, address.host());
        assertEquals(port, address.port());
        address.release();
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        SocketAddress address = new SocketAddress();
        for (String host : List.of("", "localhost", "1.2.3", "1.2.3.4.5", "[::1]", "127.0.0.1" + NUL)) {
            assertEquals(-Errno.EINVAL, address.setInet(host, 80), host);
        }
        assertEquals(-Errno.EINVAL, address.setUnix(""));
        assertEquals(-Errno.EINVAL, address.setUnix("/run/x" + NUL));
        assertEquals(-Errno.ENAMETOOLONG, address.setUnix("/" + "x".repeat(200)));
        assertEquals(0, address.setUnix("/run/x"));
        assertEquals("/run/x", address.host());
        assertEquals(0, address.port());
        address.release();
    }

    // --- Processes.

    /** What a shell command writes to its output, and how it ends. */
    private static String shell(Processes.How how, String command) throws Exception {
        Processes.Pipe output = Processes.pipe();
        Processes.Pipe status = Processes.pipe();
        int nothing = Files.openRead("/dev/null");
        int pid = Processes.spawn(
                "/bin/sh",
                List.of("sh", "-c", command),
                List.of("NAME=\u00fc"),
                "/",
                nothing,
                output.writeEnd(),
                2,
                status.writeEnd(),
                how);
        assertTrue(pid > 0);
        for (int fd : List.of(nothing, output.writeEnd(), status.writeEnd(), status.readEnd())) {
            Files.close(fd);
        }
        int code = Processes.reap(pid);
        while (code == Processes.RUNNING) {
            Thread.onSpinWait();
            code = Processes.reap(pid);
        }
        assertEquals(Processes.NO_CHILD, Processes.reap(pid), "gone for good");
        byte[] text = java.nio.file.Files.readAllBytes(Path.of("/dev/fd/" + output.readEnd()));
        Files.close(output.readEnd());
        return new String(text, StandardCharsets.ISO_8859_1) + "exit " + code;
    }

    @ParameterizedTest
    @EnumSource
    void aChildHasItsArgumentsEnvironmentDirectoryAndEnd(Processes.How how) throws Exception {
        assertEquals("/ \u00fc\nexit 3", shell(how, "echo \"$PWD $NAME\"; exit 3"));
        assertEquals("exit 265", shell(how, "kill -KILL $$"));
    }

    @Test
    void aProgramIsNotStartedUnderAnotherNameThanWasMeant() {
        Processes.Pipe status = Processes.pipe();
        assertEquals(-Errno.EINVAL, spawn("/bin/true" + NUL + "x", "a", "B=c", status));
        assertEquals(-Errno.EINVAL, spawn("/bin/true", "a" + NUL, "B=c", status));
        assertEquals(-Errno.EINVAL, spawn("/bin/true", "a", "B=c" + NUL, status));
        Files.close(status.readEnd());
        Files.close(status.writeEnd());
    }

    private static int spawn(String path, String argument, String variable, Processes.Pipe status) {
        return Processes.spawn(
                path, List.of(argument), List.of(variable), null, 0, 1, 2, status.writeEnd(), Processes.How.VFORK);
    }
}
