package pollux.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds of buffers and of pools, and that nobody can use what was given back. */
class IoBufferTest {
    private final List<IoBuffer> freed = new ArrayList<>();
    private final IoBuffer.Source source = new IoBuffer.Source() {
        @Override
        public IoBuffer allocate(int capacity) {
            return new IoBuffer(ByteBuffer.allocateDirect(capacity), 4096, this);
        }

        @Override
        public void free(IoBuffer buffer) {
            freed.add(buffer);
        }
    };

    @Test
    void bytesComeOutAsTheyWereConsumed() {
        IoBuffer buffer = source.allocate(8);
        assertTrue(buffer.isEmpty());
        buffer.put("abcdef");
        buffer.consume(2);
        assertEquals(2, buffer.start());
        assertEquals(4, buffer.length());
        assertEquals(2, buffer.room());
        assertEquals("cdef", buffer.string(buffer.start(), buffer.length()));
        buffer.compact();
        assertEquals(0, buffer.start());
        assertEquals("cdef", buffer.string(0, 4));
        buffer.put((byte) 'g');
        assertEquals("cdefg", buffer.string(0, 5));
        buffer.clear();
        assertEquals(8, buffer.room());
    }

    @ParameterizedTest
    @CsvSource({"-1,0", "3,2", "0,9", "9,9", "-2147483648,0", "0,2147483647"})
    void aRegionLiesWithinTheMemory(int start, int end) {
        IoBuffer buffer = source.allocate(8);
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.region(start, end));
        assertEquals(0, buffer.length());
    }

    @Test
    void nothingIsReadWrittenOrCountedOutsideTheMemory() {
        IoBuffer buffer = source.allocate(8);
        buffer.put("1234567");
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.get(8));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.get(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.getLong(1));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.setInt(5, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.put("89"));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.put(new byte[2], 0, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.put(buffer, 0, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.consume(8));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.extend(2));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.string(7, 2));
        assertEquals("1234567", buffer.string(0, buffer.length()), "what was refused has changed nothing");
    }

    @Test
    void charactersAreBytes() {
        IoBuffer buffer = source.allocate(4);
        buffer.put("\u00ff\u0000\u0080\u0141");
        assertEquals("\u00ff\u0000\u0080A", buffer.string(0, 4));
    }

    @Test
    void theFirstByteOfAValueIsFoundWhereverItIs() {
        IoBuffer buffer = source.allocate(40);
        for (int value : new int[] {0, 1, '\r', 0x7f, 0x80, 0xff}) {
            for (int filler : new int[] {value ^ 1, value ^ 0x80, value - 1 & 0xff, value + 1 & 0xff}) {
                for (int from = 0; from < 9; from++) {
                    for (int at = from; at <= 40; at++) {
                        buffer.clear();
                        for (int i = 0; i < 40; i++) {
                            buffer.put((byte) (i == at || i == at + 3 || i < from ? value : filler));
                        }
                        assertEquals(at, buffer.find((byte) value, from, 40), value + " at " + at + " from " + from);
                        assertEquals(Math.min(at, 21), buffer.find((byte) value, from, Math.max(from, 21)));
                    }
                }
            }
        }
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.find((byte) 7, 0, 48));
    }

    @Test
    void aReleasedBufferIsOfNoUse() {
        IoBuffer buffer = source.allocate(8);
        buffer.put("secret");
        buffer.release();
        assertEquals(List.of(buffer), freed);
        assertEquals(0, buffer.address());
        assertEquals(0, buffer.capacity());
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.get(0));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.put((byte) 1));
        assertThrows(IllegalStateException.class, buffer::release);
        assertEquals(1, freed.size());
    }

    @Test
    void aPoolLendsUpToItsBoundAndAgainWhatCameBack() {
        BufferPool pool = new BufferPool(source, 8, 2, 1);
        IoBuffer first = pool.lend();
        IoBuffer second = pool.lend();
        assertNotNull(second);
        assertNull(pool.lend());
        assertEquals(2, pool.lent());
        first.put("old");
        first.release();
        assertSame(first, pool.lend());
        assertTrue(first.isEmpty(), "what the one before left is not seen");
        assertNull(pool.lend());
    }

    @Test
    void aPoolKeepsNoMoreSparesThanItMay() {
        BufferPool pool = new BufferPool(source, 8, 3, 1);
        List<IoBuffer> lent = List.of(pool.lend(), pool.lend(), pool.lend());
        lent.forEach(IoBuffer::release);
        assertEquals(0, pool.lent());
        assertEquals(lent.subList(1, 3), freed);
        pool.trim();
        assertEquals(3, freed.size());
    }

    @Test
    void aBufferOfAPoolIsGivenBackOnce() {
        BufferPool pool = new BufferPool(source, 8, 2, 2);
        IoBuffer buffer = pool.lend();
        buffer.release();
        assertThrows(IllegalStateException.class, buffer::release);
        assertEquals(0, pool.lent());
    }
}
