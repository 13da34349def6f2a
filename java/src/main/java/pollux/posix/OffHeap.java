package pollux.posix;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import pollux.buffer.IoBuffer;

/** Memory outside the Java heap, by {@code malloc} and {@code free}: the source of every {@link IoBuffer}. */
public final class OffHeap implements IoBuffer.Source {
    /** The one source; safe from any thread. */
    public static final OffHeap SOURCE = new OffHeap();

    private OffHeap() {}

    /**
     * Allocates memory.
     *
     * @throws OutOfMemoryError when {@code malloc} has none
     */
    @Override
    public IoBuffer allocate(int capacity) {
        long address = Native.malloc(capacity);
        if (address == 0) {
            throw new OutOfMemoryError("malloc of " + capacity + " bytes");
        }
        ByteBuffer bytes = new Pointer(address).getByteBuffer(0, capacity);
        return new IoBuffer(bytes, address, this);
    }

    @Override
    public void free(IoBuffer buffer) {
        Native.free(buffer.address());
    }
}
