package pollux.handler;

import java.nio.charset.StandardCharsets;
import pollux.buffer.IoBuffer;
import pollux.config.ErrorLog;

/**
 * Makes log lines of what a program writes to its standard error. A line is at most 2 KiB, a longer one is logged in
 * pieces; an empty one is not logged. Control characters are escaped by the log.
 *
 * <p>Each line brings the whole context of the request with it, and a program may never stop: so many lines, and so many
 * bytes, are logged of each. The rest is read, so that the program is not held up, and counted for one line at the end.
 */
public final class CgiErrorOutput {
    /** Bytes of a log line at most. */
    public static final int MAX_LINE = 2048;

    /** Lines that are logged of one program at most. */
    public static final int MOST_LINES = 1_000;

    /** Bytes that are logged of one program at most: 64 KiB. */
    public static final int MOST_BYTES = 64 << 10;

    private final Log log;
    private final ErrorLog.Level level;
    private byte[] line;
    private int length;
    private int lines;
    private int bytes;
    private long dropped;

    /**
     * For one program.
     *
     * @param log where the lines go
     * @param level what they count as: {@code cgi_stderr}
     */
    public CgiErrorOutput(Log log, ErrorLog.Level level) {
        this.log = log;
        this.level = level;
    }

    /** Takes everything readable out of a buffer. */
    public void take(IoBuffer in) {
        if (line == null) {
            line = new byte[MAX_LINE];
        }
        for (int at = in.start(); at < in.end(); at++) {
            if (isFull()) {
                dropped += in.end() - at;
                break;
            }
            byte b = in.get(at);
            bytes++;
            if (b == '\n') {
                write();
                continue;
            }
            if (length == MAX_LINE) {
                write();
            }
            line[length++] = b;
        }
        in.clear();
    }

    private boolean isFull() {
        return lines == MOST_LINES || bytes == MOST_BYTES;
    }

    /** The program has closed its standard error: what is left is the last line. */
    public void end() {
        write();
        if (dropped > 0) {
            log.error(level, "CGI program sent " + dropped + " more bytes in stderr, which are not logged");
            dropped = 0;
        }
    }

    private void write() {
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        if (length > 0) {
            String text = new String(line, 0, length, StandardCharsets.ISO_8859_1);
            log.error(level, "CGI program sent in stderr: \"" + text + "\"");
            lines++;
        }
        length = 0;
    }
}
