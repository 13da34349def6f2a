package pollux.http;

import java.nio.charset.StandardCharsets;
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
    private static final byte[][] STATUS_LINES = statusLines();

    private ResponseHead() {}

    private static byte[][] statusLines() {
        byte[][] lines = new byte[600][];
        for (int status = 100; status < lines.length; status++) {
            lines[status] = bytes(VERSION + status + " " + Status.reason(status) + "\r\n");
        }
        return lines;
    }

    /** A field line as it goes out, for {@link #line}: name and value are taken as they are. */
    public static byte[] render(String name, String value) {
        return bytes(name + ": " + value + "\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Appends the status line with the phrase of {@link Status#reason(int)}. */
    public static boolean begin(IoBuffer out, int status) {
        return (status >= 100 && status < STATUS_LINES.length)
                ? line(out, STATUS_LINES[status])
                : begin(out, status, Status.reason(status));
    }

    /** Appends a line that {@link #render} has made. */
    public static boolean line(IoBuffer out, byte[] rendered) {
        if (out.room() < rendered.length) {
            return false;
        }
        out.put(rendered, 0, rendered.length);
        return true;
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

    /** A field line as text, made safe as {@link #field} does. */
    public static String line(String name, String value) {
        StringBuilder out = new StringBuilder(name.length() + value.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            out.append(Ascii.isToken(name.charAt(i)) ? name.charAt(i) : '_');
        }
        out.append(": ");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            out.append((c < ' ' && c != '\t') || c == 0x7f ? ' ' : c);
        }
        return out.append("\r\n").toString();
    }

    private static void putName(IoBuffer out, String name) {
        int begin = out.end();
        out.put(name);
        for (int i = 0; i < name.length(); i++) {
            if (!Ascii.isToken(name.charAt(i))) {
                out.set(begin + i, (byte) '_');
            }
        }
        out.put((byte) ':');
        out.put((byte) ' ');
    }

    private static void putValue(IoBuffer out, String value) {
        int begin = out.end();
        out.put(value);
        for (int i = 0; i < value.length(); i++) {
            int b = value.charAt(i) & 0xff;
            if ((b < ' ' && b != '\t') || b == 0x7f) {
                out.set(begin + i, (byte) ' ');
            }
        }
    }

    private static void putLineEnd(IoBuffer out) {
        out.put((byte) '\r');
        out.put((byte) '\n');
    }
}
