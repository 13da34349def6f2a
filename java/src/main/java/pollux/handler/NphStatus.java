package pollux.handler;

import java.nio.charset.StandardCharsets;
import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;

/**
 * Reads the status code out of the first line of a non-parsed program's output, on its way to the client: for logs only.
 * The output itself is nobody's business but the client's (RFC 3875 section 5).
 */
public final class NphStatus {
    private static final int LENGTH = "HTTP/1.1 200".length();

    private final byte[] line = new byte[LENGTH];
    private int length;

    /** Makes ready for the next program. */
    public void reset() {
        length = 0;
    }

    /** Looks at all the output there is so far, its first byte at {@code offset}. */
    public void take(IoBuffer output, int offset, int count) {
        length = Math.min(count, LENGTH);
        output.copyTo(offset, line, 0, length);
    }

    /** Whether no later byte can change {@link #code()}. */
    public boolean isDecided() {
        return length == LENGTH;
    }

    /** The status code, 100 to 999, or 0 as long as it is not known, and for output that has none. */
    public int code() {
        if (length < LENGTH) {
            return 0;
        }
        String start = new String(line, StandardCharsets.ISO_8859_1);
        boolean isStatusLine = start.startsWith("HTTP/")
                && Ascii.isDigit(line[5])
                && line[6] == '.'
                && Ascii.isDigit(line[7])
                && line[8] == ' ';
        long code = isStatusLine ? Ascii.parseDecimal(start.substring(9)) : 0;
        return code < 100 ? 0 : (int) code;
    }
}
