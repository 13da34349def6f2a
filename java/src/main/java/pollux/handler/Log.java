package pollux.handler;

import pollux.config.ErrorLog;

/** Where a handler reports what went wrong; the server adds the time, the client and the request. */
public interface Log {
    /**
     * Writes a line to the error log, if the log takes this level.
     *
     * @param message a byte string; control characters are escaped on the way
     */
    void error(ErrorLog.Level level, String message);

    /** Whether a line of this level would be written anywhere; if not, its words need not be found. */
    default boolean takes(ErrorLog.Level level) {
        return true;
    }
}
