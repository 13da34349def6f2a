package pollux.posix;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import pollux.buffer.IoBuffer;

/**
 * Buffers that are given back together: those that a thread has allocated while it made something of several parts. What
 * gives a buffer back by itself may go on doing so.
 */
public final class Arena {
    private static final ThreadLocal<Arena> PRESENT = new ThreadLocal<>();

    private final List<IoBuffer> buffers = new ArrayList<>();

    /**
     * Makes something, on this thread; the buffers allocated meanwhile are this arena's, until {@link #release}. When it cannot be made,
     * none of them is left.
     */
    public <T> T make(Supplier<T> maker) {
        Arena around = PRESENT.get();
        PRESENT.set(this);
        try {
            return maker.get();
        } catch (RuntimeException | Error problem) {
            release();
            throw problem;
        } finally {
            PRESENT.set(around);
        }
    }

    static void take(IoBuffer buffer) {
        Arena present = PRESENT.get();
        if (present != null) {
            present.buffers.add(buffer);
        }
    }

    /** Gives back those that have not been by themselves. */
    public void release() {
        for (IoBuffer buffer : buffers) {
            if (buffer.address() != 0) {
                buffer.release();
            }
        }
        buffers.clear();
    }
}
