package pollux.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import pollux.buffer.IoBuffer;
import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.LibPollux;
import pollux.posix.OffHeap;
import pollux.posix.Processes;
import pollux.posix.SocketAddress;
import pollux.posix.Sockets;

/** Two connected descriptors, and what the other side does to them: the test plays it without any loop. */
record Ends(int reader, int writer) {
    private static final int EVERYTHING = 1 << 20;

    /** A pipe. */
    static Ends pipe() {
        Processes.Pipe pipe = Processes.pipe();
        return new Ends(pipe.readEnd(), pipe.writeEnd());
    }

    /** A TCP connection over the loopback: each end reads and writes. */
    static Ends tcp() {
        SocketAddress address = new SocketAddress();
        try {
            assertEquals(0, address.setInet("127.0.0.1", 0));
            int listener = Sockets.stream(address);
            assertEquals(0, Sockets.bind(listener, address));
            assertEquals(0, Sockets.listen(listener, 1));
            address.setInet("127.0.0.1", portOf(listener));
            int client = Sockets.stream(address);
            Sockets.connect(client, address);
            int accepted = Sockets.accept(listener, address);
            while (accepted == -Errno.EAGAIN) {
                accepted = Sockets.accept(listener, address);
            }
            assertTrue(accepted >= 0);
            Files.close(listener);
            return new Ends(accepted, client);
        } finally {
            address.release();
        }
    }

    private static int portOf(int listener) {
        SocketAddress bound = new SocketAddress();
        try {
            Sockets.localAddress(listener, bound);
            return bound.port();
        } finally {
            bound.release();
        }
    }

    /** Writes text into the writer. */
    Ends put(String text) {
        IoBuffer bytes = OffHeap.SOURCE.allocate(text.length());
        bytes.put(text);
        assertEquals(text.length(), LibPollux.px_write(writer, bytes.address(), text.length()));
        bytes.release();
        return this;
    }

    /** Writes until nothing fits any more. */
    Ends fill() {
        IoBuffer bytes = OffHeap.SOURCE.allocate(EVERYTHING);
        while (LibPollux.px_write(writer, bytes.address(), EVERYTHING) > 0) {
            // There was room.
        }
        bytes.release();
        return this;
    }

    /** Reads until nothing is left; how many bytes there were. */
    long empty() {
        IoBuffer bytes = OffHeap.SOURCE.allocate(EVERYTHING);
        long sum = 0;
        long count;
        do {
            count = LibPollux.px_read(reader, bytes.address(), EVERYTHING);
            sum += Math.max(count, 0);
        } while (count > 0);
        bytes.release();
        return sum;
    }

    /** Whether a descriptor is open. */
    static boolean isOpen(int fd) {
        Path link = Path.of("/proc/self/fd/" + fd);
        try {
            // A file is the Java machine's own, which may take a number as soon as it is free.
            return java.nio.file.Files.isSymbolicLink(link)
                    ? !java.nio.file.Files.readSymbolicLink(link).isAbsolute()
                    : java.nio.file.Files.exists(Path.of("/dev/fd/" + fd));
        } catch (IOException gone) {
            return false;
        }
    }
}
