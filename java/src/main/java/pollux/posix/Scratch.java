package pollux.posix;

import pollux.buffer.IoBuffer;

/**
 * A thread's own off-heap scratch memory for the arguments of one set-up call: strings that C reads, numbers that C
 * writes. It is overwritten by the next set-up call of the same thread.
 */
final class Scratch {
    /** Room for two long paths and a few words; a string that does not fit is refused. */
    private static final int SIZE = 24 * 1024;

    private static final ThreadLocal<IoBuffer> MEMORY =
            ThreadLocal.withInitial(() -> OffHeap.SOURCE.allocateApart(SIZE));

    private Scratch() {}

    /** The scratch memory, empty. */
    static IoBuffer memory() {
        IoBuffer memory = MEMORY.get();
        memory.clear();
        return memory;
    }

    /** Gives it back, for a thread that ends. */
    static void release() {
        MEMORY.get().release();
        MEMORY.remove();
    }

    /**
     * Puts a NUL-terminated string behind what is already there.
     *
     * @return its address, or 0 when it holds a NUL or does not fit: C must never see another name than Java meant
     */
    static long string(IoBuffer memory, String text) {
        if (text.length() >= memory.room() || text.indexOf('\0') >= 0) {
            return 0;
        }
        long address = memory.address() + memory.end();
        memory.put(text);
        memory.put((byte) 0);
        return address;
    }
}
