package pollux.config;

/**
 * One {@code error_log}.
 *
 * @param path the file, or {@code null} for standard error; as it was written for a syslog server
 * @param level messages below it are left out
 * @param json whether a line is a JSON object, instead of nginx's form
 * @param syslog the server that lines go to, or {@code null} for a file
 */
public record ErrorLog(String path, Level level, boolean json, Syslog syslog) {
    /** A log in nginx's form. */
    public ErrorLog(String path, Level level) {
        this(path, level, false, null);
    }

    /** nginx's levels, the least important first. */
    public enum Level {
        /** For developers. */
        DEBUG,
        /** For the record. */
        INFO,
        /** Worth a note. */
        NOTICE,
        /** Something is odd. */
        WARN,
        /** A request failed. */
        ERROR,
        /** The server is in trouble. */
        CRIT,
        /** Somebody should act. */
        ALERT,
        /** The server cannot go on. */
        EMERG;

        /** The name in configuration and log lines. */
        public String text() {
            return AsciiText.lower(name());
        }

        /** Whether this is as important as {@code other}, or more. */
        public boolean isAtLeast(Level other) {
            return compareTo(other) >= 0;
        }

        static Level of(String text) {
            for (Level level : values()) {
                if (level.text().equals(text)) {
                    return level;
                }
            }
            return null;
        }
    }
}
