package pollux.posix;

import com.sun.jna.Pointer;
import pollux.buffer.IoBuffer;

/** Memory outside the Java heap, by {@code malloc} and {@code free}: the source of every {@link IoBuffer}. */
public final class OffHeap implements IoBuffer.Source {
    /** The one source; safe from any thread. */
    public static final OffHeap SOURCE = new OffHeap();

    /** {@code malloc} has none; the message is in nginx's words. */
    public static final class NoMemoryError extends OutOfMemoryError {
        private static final long serialVersionUID = 1;

        NoMemoryError(int capacity) {
            // The system's words are not asked for: that takes memory.
            super("malloc(" + capacity + ") failed (12: Cannot allocate memory)");
        }
    }

    private OffHeap() {}

    /**
     * Allocates memory.
     *
     * @throws NoMemoryError when {@code malloc} has none
     */
    @Override
    public IoBuffer allocate(int capacity) {
        IoBuffer buffer = allocateApart(capacity);
        Arena.take(buffer);
        return buffer;
    }

    /** As {@link #allocate}, but no {@link Arena} gets it. */
    IoBuffer allocateApart(int capacity) {
        long address = LibPollux.px_malloc(capacity);
        if (address <= 0) {
            throw new NoMemoryError(capacity);
        }
        try {
            return new IoBuffer(new Pointer(address).getByteBuffer(0, capacity), address, this);
        } catch (OutOfMemoryError noHeap) {
            LibPollux.px_free(address);
            throw noHeap;
        }
    }

    /**
     * This thread is about to make calls: gets what the calls of this package keep for it, which they would else get when
     * they first need it.
     *
     * @throws OutOfMemoryError when there is none
     */
    public static void beginOfThread() {
        Scratch.memory();
    }

    /** This thread is about to end: gives back what the calls of this package have kept for it. */
    public static void endOfThread() {
        Scratch.release();
    }

    @Override
    public void free(IoBuffer buffer) {
        LibPollux.px_free(buffer.address());
    }
}
