package pollux.posix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;

/**
 * An environment as {@code execve} takes it: strings {@code NAME=value} in memory outside the heap, each ended by a NUL, and
 * their addresses. Values go there from where they lie. It is used for one program after the other, and grows with the
 * largest; its memory is its owner's to {@link #release}.
 */
public final class StringBlock {
    private IoBuffer memory = OffHeap.SOURCE.allocate(4096);
    private int[] offsets = new int[64];
    private int count;
    private boolean nul;

    /** Forgets all strings. */
    public void clear() {
        memory.clear();
        count = 0;
        nul = false;
    }

    /** Sets a variable; one of this name that was there before is replaced. */
    public void set(String name, String value) {
        int before = find(name);
        begin(name);
        put(value);
        end();
        if (before >= 0) {
            offsets[before] = offsets[--count];
        }
    }

    /** Begins a variable of a name that is not there yet; its value follows by {@link #put}, then comes {@link #end}. */
    public void begin(String name) {
        begin();
        put(name);
        put('=');
    }

    /** Begins a variable with its name, put byte by byte, and the {@code =} behind it. */
    public void begin() {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
        }
        offsets[count] = memory.end();
    }

    /** Appends text; what holds a NUL can be no string of C. */
    public void put(String text) {
        nul |= text.indexOf('\0') >= 0;
        room(text.length());
        memory.put(text);
    }

    /** Appends one byte, not 0. */
    public void put(int b) {
        room(1);
        memory.put((byte) b);
    }

    /** Appends bytes without a 0 among them. */
    public void put(IoBuffer from, int offset, int length) {
        room(length);
        memory.put(from, offset, length);
    }

    /** Ends a variable. */
    public void end() {
        put(0);
        count++;
    }

    private int find(String name) {
        for (int i = 0; i < count; i++) {
            int at = offsets[i];
            int behind = at + name.length();
            if (behind < memory.end() && memory.get(behind) == '=' && Ascii.equals(memory, at, name.length(), name)) {
                return i;
            }
        }
        return -1;
    }

    private void room(int bytes) {
        if (memory.room() < bytes) {
            IoBuffer larger = OffHeap.SOURCE.allocate(Math.max(memory.capacity() * 2, memory.end() + bytes));
            larger.put(memory, 0, memory.end());
            memory.release();
            memory = larger;
        }
    }

    /** The strings, for whoever wants to see them. */
    public List<String> list() {
        List<String> strings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int end = memory.find((byte) 0, offsets[i], memory.end());
            strings.add(memory.string(offsets[i], end - offsets[i]));
        }
        return strings;
    }

    /** The address of the strings' addresses, behind the strings, ended by 0; 0 when a string holds a NUL. */
    long addresses() {
        int aligned = -memory.end() & Long.BYTES - 1;
        room(aligned + (count + 1) * Long.BYTES);
        int at = memory.end() + aligned;
        for (int i = 0; i < count; i++) {
            memory.setLong(at + i * Long.BYTES, memory.address() + offsets[i]);
        }
        memory.setLong(at + count * Long.BYTES, 0);
        return nul ? 0 : memory.address() + at;
    }

    /** Gives the memory back. */
    public void release() {
        memory.release();
    }
}
