package pollux.http;

import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;

/**
 * Writes the head of a response (RFC 9112 sections 4 and 5) into a buffer. Every method appends all of its bytes, or none
 * and answers {@code false}: the caller then takes a larger buffer and begins again.
 *
 * <p>Whatever is passed, a response cannot be split: in a value (and a reason) CR, LF, NUL and every other control byte but
 * HTAB become a space (RFC 9110 section 5.5); in a name a byte that is no token byte becomes {@code _}.
 */
public final class ResponseHead {
    private static final String VERSION = "HTTP/1.1 ";

    private ResponseHead() {}

    /** Appends the status line with the phrase of {@link Status#reason(int)}. */
    public static boolean begin(IoBuffer out, int status) {
        return begin(out, status, Status.reason(status));
    }

    /**
     * Appends a status line. The version is always HTTP/1.1, which is what the server speaks, whatever the client does.
     *
     * @param status 100 to 999
     */
    public static boolean begin(IoBuffer out, int status, String reason) {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("status " + status);
        }
        if (out.room() < VERSION.length() + 3 + 1 + reason.length() + 2) {
            return false;
        }
        out.put(VERSION);
        Ascii.putDecimal(out, status);
        out.put((byte) ' ');
        putValue(out, reason);
        putLineEnd(out);
        return true;
    }

    /** Appends a field line. */
    public static boolean field(IoBuffer out, String name, String value) {
        if (out.room() < name.length() + 2 + value.length() + 2) {
            return false;
        }
        putName(out, name);
        putValue(out, value);
        putLineEnd(out);
        return true;
    }

    /**
     * Appends a field line with a number.
     *
     * @param value at least 0
     */
    public static boolean field(IoBuffer out, String name, long value) {
        if (out.room() < name.length() + 2 + 19 + 2) {
            return false;
        }
        putName(out, name);
        Ascii.putDecimal(out, value);
        putLineEnd(out);
        return true;
    }

    /** Appends a field line with a date that {@link HttpDate#render} has written. */
    public static boolean date(IoBuffer out, String name, byte[] rendered) {
        if (out.room() < name.length() + 2 + HttpDate.LENGTH + 2) {
            return false;
        }
        putName(out, name);
        out.put(rendered, 0, HttpDate.LENGTH);
        putLineEnd(out);
        return true;
    }

    /** Appends the empty line that ends the head. */
    public static boolean end(IoBuffer out) {
        if (out.room() < 2) {
            return false;
        }
        putLineEnd(out);
        return true;
    }

    private static void putName(IoBuffer out, String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            out.put((byte) (Ascii.isToken(c) ? c : '_'));
        }
        out.put((byte) ':');
        out.put((byte) ' ');
    }

    private static void putValue(IoBuffer out, String value) {
        for (int i = 0; i < value.length(); i++) {
            int b = value.charAt(i) & 0xff;
            boolean isControl = (b < ' ' && b != '\t') || b == 0x7f;
            out.put((byte) (isControl ? ' ' : b));
        }
    }

    private static void putLineEnd(IoBuffer out) {
        out.put((byte) '\r');
        out.put((byte) '\n');
    }
}
