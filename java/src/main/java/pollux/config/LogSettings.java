package pollux.config;

import java.util.List;

/**
 * Where requests are logged.
 *
 * @param access the access logs; empty for none
 * @param errors the error logs; never empty
 * @param caching how files are kept open that have variables in their path
 */
public record LogSettings(List<AccessLog> access, List<ErrorLog> errors, Caching caching) {
    /** The path that stands for standard error; no file's, because those begin with a slash. */
    public static final String STDERR = "stderr";

    /**
     * One {@code access_log}.
     *
     * @param path the file; a constant one can be opened before the first request
     * @param format the lines' form
     * @param buffering whether lines are gathered
     * @param syslog the server that lines go to, or {@code null} for a file
     * @param condition the line is left out when this renders empty or {@code 0}; {@code null} for always
     */
    public record AccessLog(Template path, LogFormat format, Buffering buffering, Syslog syslog, Template condition) {}

    /**
     * How lines are gathered before they are written.
     *
     * @param size so many bytes at most, or 0 for once a turn
     * @param flushMs how long they may wait, or 0 for no bound
     * @param gzipLevel 1 to 9, or 0 for plain lines
     */
    public record Buffering(int size, long flushMs, int gzipLevel) {
        /** Lines are written once a turn. */
        public static final Buffering NONE = new Buffering(0, 0, 0);
    }

    /**
     * nginx's {@code open_log_file_cache}.
     *
     * @param max files open at once, or 0 for {@code off}: a file is open for one turn
     * @param inactiveMs a file is closed when nobody asked for it so long
     * @param validMs after so long it is looked at whether the file still has its name
     * @param minUses a file is kept open when it was asked for so often
     */
    public record Caching(int max, long inactiveMs, long validMs, int minUses) {
        /** Nothing is kept. */
        public static final Caching OFF = new Caching(0, 0, 0, 0);
    }
}
