package pollux.handler;

import java.nio.charset.StandardCharsets;
import pollux.buffer.IoBuffer;
import pollux.config.ErrorLog;

/**
 * Makes log lines of what a program writes to its standard error. A line is at most 2 KiB, a longer one is logged in
 * pieces; an empty one is not logged. Control characters are escaped by the log.
 */
public final class CgiErrorOutput {
    /** Bytes of a log line at most. */
    public static final int MAX_LINE = 2048;

    private final Log log;
    private final ErrorLog.Level level;
    private byte[] line;
    private int length;

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
            byte b = in.get(at);
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

    /** The program has closed its standard error: what is left is the last line. */
    public void end() {
        write();
    }

    private void write() {
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        if (length > 0) {
            String text = new String(line, 0, length, StandardCharsets.ISO_8859_1);
            log.error(level, "CGI program sent in stderr: \"" + text + "\"");
        }
        length = 0;
    }
}
