package pollux.buffer;

import java.util.ArrayDeque;

/**
 * Buffers of one size, lent and taken back. A loop has its own pools, so nothing here is synchronised; a buffer goes back
 * to the pool it came from. The number of buffers that are out at once is bounded: a pool at its bound answers
 * {@code null}, and the caller sheds load.
 */
public final class BufferPool {
    private final IoBuffer.Source source;
    private final int size;
    private int maxLent;
    private final int maxSpare;
    private final ArrayDeque<IoBuffer> spare;
    private int lent;

    /**
     * Makes an empty pool; memory is allocated on demand.
     *
     * @param source allocates and frees the memory
     * @param size bytes in each buffer
     * @param maxLent how many may be out at once
     * @param maxSpare how many are kept for later when they come back; the memory of others is freed
     */
    public BufferPool(IoBuffer.Source source, int size, int maxLent, int maxSpare) {
        this.source = source;
        this.size = size;
        this.maxLent = maxLent;
        this.maxSpare = maxSpare;
        // Of its full size: a buffer that comes back when the heap is full must not be lost.
        this.spare = new ArrayDeque<>(maxSpare);
    }

    /**
     * Lends a buffer, empty.
     *
     * @return a buffer that the caller owns until it calls {@link IoBuffer#release()}, or {@code null} at the bound
     */
    public IoBuffer lend() {
        if (lent >= maxLent) {
            return null;
        }
        IoBuffer buffer = spare.pollLast();
        if (buffer == null) {
            buffer = source.allocate(size);
        }
        buffer.lentBy(this);
        lent++;
        return buffer;
    }

    /** Sets another bound; buffers that are out stay out, even if they are more. */
    public void bound(int newMaxLent) {
        maxLent = newMaxLent;
    }

    void takeBack(IoBuffer buffer) {
        lent--;
        if (spare.size() < maxSpare) {
            spare.addLast(buffer);
        } else {
            buffer.free();
        }
    }

    /** The size in bytes of each buffer. */
    public int size() {
        return size;
    }

    /** How many buffers are out. */
    public int lent() {
        return lent;
    }

    /** Frees the spare buffers. */
    public void trim() {
        for (IoBuffer buffer = spare.pollLast(); buffer != null; buffer = spare.pollLast()) {
            buffer.free();
        }
    }
}
