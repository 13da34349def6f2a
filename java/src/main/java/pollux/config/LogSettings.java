package pollux.config;

import java.util.List;

/**
 * Where requests are logged.
 *
 * @param access the access logs; empty for none
 * @param errors the error logs; never empty
 */
public record LogSettings(List<AccessLog> access, List<ErrorLog> errors) {
    /**
     * One {@code access_log}.
     *
     * @param path the file; a constant one can be opened before the first request
     * @param format the lines' form
     * @param bufferSize bytes gathered before they are written, or 0 for once a turn
     * @param flushMs how long they may wait, or 0 for no bound
     * @param condition the line is left out when this renders empty or {@code 0}; {@code null} for always
     */
    public record AccessLog(Template path, LogFormat format, int bufferSize, long flushMs, Template condition) {}
}
