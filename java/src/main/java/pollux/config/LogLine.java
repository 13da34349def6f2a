package pollux.config;

import java.util.Arrays;
import pollux.config.LogFormat.Escape;

/**
 * One line of a log while it is made, as bytes. What clients sent goes from their buffer to the line without becoming an
 * object on the way. Made once and used for one line after the other.
 */
public final class LogLine {
    private static final byte[] HEX_UPPER = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
    };

    private byte[] bytes = new byte[512];
    private int length;
    private Escape escape = Escape.NONE;

    /** Begins a line, whose values are made safe in this way. */
    public void begin(Escape how) {
        length = 0;
        escape = how;
    }

    /** The line's bytes, from the first on; they belong to the line. */
    public byte[] bytes() {
        return bytes;
    }

    /** The line's length in bytes. */
    public int length() {
        return length;
    }

    /** Forgets what is behind the first {@code most} bytes. */
    public void cut(int most) {
        length = Math.min(length, most);
    }

    /** Appends text as it is, the low eight bits of each {@code char}. */
    @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int) takes the low eight bits, as is wanted here
    public void text(String text) {
        int count = text.length();
        room(count);
        text.getBytes(0, count, bytes, length);
        length += count;
    }

    /** Appends one byte as it is. */
    public void put(char c) {
        room(1);
        bytes[length++] = (byte) c;
    }

    /** Appends a number that is not negative. */
    public void number(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        room(digits);
        long rest = number;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    /** Appends a time in seconds with three decimals. */
    public void seconds(long ms) {
        number(ms / 1000);
        put('.');
        int rest = (int) (ms % 1000);
        put((char) ('0' + rest / 100));
        put((char) ('0' + rest / 10 % 10));
        put((char) ('0' + rest % 10));
    }

    /** Appends a value that may hold anything, made safe; {@code null} is a variable without a value. */
    public void value(String value) {
        if (value == null) {
            none();
            return;
        }
        int from = length;
        text(value);
        makeSafe(from);
    }

    /** Where in {@link #bytes()} the next {@code count} bytes belong, for which there is room then; see {@link #value(int)}. */
    public int reserve(int count) {
        room(count);
        return length;
    }

    /** Takes the {@code count} bytes that were put where {@link #reserve} said for a value, and makes them safe. */
    public void value(int count) {
        length += count;
        makeSafe(length - count);
    }

    /** Appends what stands for a variable without a value. */
    public void none() {
        if (escape == Escape.DEFAULT) {
            put('-');
        }
    }

    private void makeSafe(int from) {
        if (escape == Escape.NONE) {
            return;
        }
        for (int at = from; at < length; at++) {
            if (isUnsafe(bytes[at])) {
                escapeFrom(at);
                return;
            }
        }
    }

    /** In the default form bytes from 127 up are negative or DEL: not plain ASCII. JSON leaves them as they are. */
    private boolean isUnsafe(byte b) {
        return b == '"' || b == '\\' || (escape == Escape.DEFAULT ? b < ' ' || b == 0x7f : b >= 0 && b < ' ');
    }

    private void escapeFrom(int at) {
        byte[] raw = Arrays.copyOfRange(bytes, at, length);
        length = at;
        for (byte b : raw) {
            if (!isUnsafe(b)) {
                put((char) b);
            } else if (escape == Escape.DEFAULT) {
                text("\\x");
                hex(b);
            } else {
                json(b);
            }
        }
    }

    private void json(byte b) {
        switch (b) {
            case '\n' -> text("\\n");
            case '\r' -> text("\\r");
            case '\t' -> text("\\t");
            case '\b' -> text("\\b");
            case '\f' -> text("\\f");
            case '"', '\\' -> {
                put('\\');
                put((char) b);
            }
            default -> {
                text("\\u00");
                hex(b);
            }
        }
    }

    private void hex(byte b) {
        put((char) HEX_UPPER[b >> 4 & 0xf]);
        put((char) HEX_UPPER[b & 0xf]);
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
