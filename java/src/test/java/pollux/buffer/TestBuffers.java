package pollux.buffer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Buffers for tests that make no system calls: direct memory of the JVM, address 0. */
public final class TestBuffers {
    private static final class Source implements IoBuffer.Source {
        @Override
        public IoBuffer allocate(int capacity) {
            return new IoBuffer(ByteBuffer.allocateDirect(capacity), 0, this);
        }

        @Override
        public void free(IoBuffer buffer) {
            // The garbage collector frees direct memory.
        }
    }

    /** A source of such buffers. */
    public static final IoBuffer.Source SOURCE = new Source();

    private TestBuffers() {}

    /** An empty buffer of this size. */
    public static IoBuffer empty(int capacity) {
        return SOURCE.allocate(capacity);
    }

    /** A full buffer with the bytes of a byte string. */
    public static IoBuffer of(String text) {
        IoBuffer buffer = SOURCE.allocate(Math.max(1, text.length()));
        buffer.put(text.getBytes(StandardCharsets.ISO_8859_1), 0, text.length());
        return buffer;
    }

    /** The readable bytes as a byte string. */
    public static String text(IoBuffer buffer) {
        return buffer.string(buffer.start(), buffer.length());
    }
}
