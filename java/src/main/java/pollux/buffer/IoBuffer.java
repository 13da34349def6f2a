package pollux.buffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Off-heap bytes with an address that system calls can be given. The readable bytes are {@code [start, end)}, the room
 * for more is {@code [end, capacity)}; every offset is absolute within the buffer, and every access is bounds-checked.
 *
 * <p>A buffer has one owner at a time. The owner gives it back with {@link #release()}; after that every access throws,
 * because the memory may already belong to somebody else. This class knows nothing of sockets, of HTTP, or of where its
 * memory came from.
 *
 * <p>Text in Pollux is bytes: a {@code String} holds one byte a {@code char} (ISO 8859-1), so that what came off the wire
 * or out of a file name goes back unchanged.
 */
public final class IoBuffer {
    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final ByteBuffer GONE = ByteBuffer.allocateDirect(0);

    /** A string's bytes on their way off the heap: two copies of many bytes are faster than many of one. */
    private static final int COPIED = 512;

    private static final ThreadLocal<byte[]> COPY = ThreadLocal.withInitial(() -> new byte[COPIED]);

    /** Where off-heap memory comes from. */
    public interface Source {
        /**
         * Allocates off-heap memory.
         *
         * @param capacity bytes, at least 1
         * @return a buffer, empty, with this source as its owner of last resort
         */
        IoBuffer allocate(int capacity);

        /**
         * Takes memory back for good.
         *
         * @param buffer a buffer that this source allocated; not to be used afterwards
         */
        void free(IoBuffer buffer);
    }

    private final Source source;
    private BufferPool pool;
    private ByteBuffer bytes;
    private long address;
    private int start;
    private int end;
    private boolean lent = true;

    /**
     * Wraps memory that {@code source} has allocated.
     *
     * @param bytes a direct buffer over the memory
     * @param address where the memory begins
     * @param source takes the memory back
     */
    public IoBuffer(ByteBuffer bytes, long address, Source source) {
        this.bytes = bytes.order(ByteOrder.nativeOrder());
        this.address = address;
        this.source = source;
    }

    void lentBy(BufferPool owner) {
        pool = owner;
        lent = true;
        clear();
    }

    /** Gives the buffer back to its pool, or its memory back to the source. Releasing twice is a bug and throws. */
    public void release() {
        if (!lent) {
            throw new IllegalStateException("buffer released twice");
        }
        lent = false;
        if (pool != null) {
            pool.takeBack(this);
        } else {
            free();
        }
    }

    void free() {
        source.free(this);
        bytes = GONE;
        address = 0;
        start = 0;
        end = 0;
    }

    /** The address of the first byte of the memory, for a system call; 0 once freed. */
    public long address() {
        return address;
    }

    /** The size of the memory in bytes. */
    public int capacity() {
        return bytes.capacity();
    }

    /** The offset of the first readable byte. */
    public int start() {
        return start;
    }

    /** The offset behind the last readable byte, where the next bytes are put. */
    public int end() {
        return end;
    }

    /** The number of readable bytes. */
    public int length() {
        return end - start;
    }

    /** The number of bytes that can still be put behind {@link #end()}. */
    public int room() {
        return bytes.capacity() - end;
    }

    /** Whether there is nothing to read. */
    public boolean isEmpty() {
        return start == end;
    }

    /** Forgets all content. */
    public void clear() {
        start = 0;
        end = 0;
    }

    /**
     * Sets the readable region.
     *
     * @throws IndexOutOfBoundsException unless {@code 0 <= start <= end <= capacity}
     */
    public void region(int newStart, int newEnd) {
        if (newStart < 0 || newStart > newEnd || newEnd > bytes.capacity()) {
            throw new IndexOutOfBoundsException(newStart + ".." + newEnd + " of " + bytes.capacity());
        }
        start = newStart;
        end = newEnd;
    }

    /** Marks the first {@code count} readable bytes as consumed. */
    public void consume(int count) {
        region(start + count, end);
    }

    /** Marks {@code count} more bytes behind the end as readable: a system call has put them there. */
    public void extend(int count) {
        region(start, end + count);
    }

    /** Moves the readable bytes to the front of the memory. */
    public void compact() {
        if (start == 0) {
            return;
        }
        int length = end - start;
        if (length > 0) {
            bytes.put(0, bytes, start, length);
        }
        start = 0;
        end = length;
    }

    /** The byte at an absolute offset. */
    public byte get(int offset) {
        return bytes.get(offset);
    }

    /** Eight bytes at an absolute offset, in the machine's own order. */
    public long getLong(int offset) {
        return bytes.getLong(offset);
    }

    /** Four bytes at an absolute offset, in the machine's own order. */
    public int getInt(int offset) {
        return bytes.getInt(offset);
    }

    /** Two bytes at an absolute offset, in the machine's own order. */
    public short getShort(int offset) {
        return bytes.getShort(offset);
    }

    /**
     * Looks for a byte, eight at a time.
     *
     * @param value the byte looked for
     * @param from the offset to begin at
     * @param to the offset to end before
     * @return the offset of the first one, or {@code to} when there is none
     */
    public int find(byte value, int from, int to) {
        long pattern = EACH * (value & 0xff);
        int at = from;
        // A byte that is equal becomes 0; the test is true just when one of the eight is 0.
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long differing = bytes.getLong(at) ^ pattern;
            if (((differing - EACH) & ~differing & (EACH << 7)) != 0) {
                break;
            }
        }
        while (at < to && bytes.get(at) != value) {
            at++;
        }
        return at;
    }

    /** Overwrites the byte at an absolute offset. */
    public void set(int offset, byte value) {
        bytes.put(offset, value);
    }

    /** Overwrites two bytes at an absolute offset, in the machine's own order. */
    public void setShort(int offset, short value) {
        bytes.putShort(offset, value);
    }

    /** Overwrites four bytes at an absolute offset, in the machine's own order. */
    public void setInt(int offset, int value) {
        bytes.putInt(offset, value);
    }

    /** Overwrites eight bytes at an absolute offset, in the machine's own order. */
    public void setLong(int offset, long value) {
        bytes.putLong(offset, value);
    }

    /** Appends one byte. */
    public void put(byte value) {
        bytes.put(end, value);
        end++;
    }

    /** Appends bytes from the heap. */
    public void put(byte[] from, int offset, int length) {
        bytes.put(end, from, offset, length);
        end += length;
    }

    /** Overwrites bytes at an absolute offset. */
    public void set(int offset, byte[] from) {
        bytes.put(offset, from, 0, from.length);
    }

    /** Appends bytes of another buffer; the other keeps its region. */
    public void put(IoBuffer from, int offset, int length) {
        bytes.put(end, from.bytes, offset, length);
        end += length;
    }

    /** Appends a byte string: the low eight bits of each {@code char}. */
    @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int) takes the low eight bits, as is wanted here
    public void put(String text) {
        int length = text.length();
        if (length > room()) {
            throw new IndexOutOfBoundsException(length + " into " + room());
        }
        byte[] copy = COPY.get();
        for (int done = 0; done < length; done += COPIED) {
            int count = Math.min(length - done, COPIED);
            text.getBytes(done, done + count, copy, 0);
            bytes.put(end, copy, 0, count);
            end += count;
        }
    }

    /** Copies bytes to the heap. */
    public void copyTo(int offset, byte[] to, int toOffset, int length) {
        bytes.get(offset, to, toOffset, length);
    }

    /** The bytes of a span as a byte string (ISO 8859-1). */
    public String string(int offset, int length) {
        byte[] copy = new byte[length];
        bytes.get(offset, copy, 0, length);
        return new String(copy, StandardCharsets.ISO_8859_1);
    }
}
