package pollux.server;

import java.util.List;
import pollux.config.ErrorLog;
import pollux.handler.Log;

/**
 * The error log with the words that say whom a line is about. A program outlives its request, and what it still has to
 * say is not the next request's fault: it keeps the log that was bound when it was started.
 *
 * @param worker writes
 * @param targets the logs of the location
 * @param connection the connection's number
 * @param context client, server, request and host
 */
record BoundLog(Worker worker, List<ErrorLog> targets, long connection, ErrorContext context) implements Log {
    @Override
    public void error(ErrorLog.Level level, String message) {
        if (takes(level)) {
            worker.logs().error(targets, level, connection, message, context, worker.nowMs());
        }
    }

    @Override
    public boolean takes(ErrorLog.Level level) {
        return Logs.take(targets, level);
    }
}
