package pollux.handler;

import pollux.config.ErrorLog;
import pollux.posix.Errno;

/** The one switch from errno to log line and status for files that are written, moved or removed (nginx's dav module). */
final class FileFailure {
    private FileFailure() {}

    /**
     * Logs a failed call.
     *
     * @param call as nginx names it: {@code rename()}
     * @param answer {@code -errno}
     * @param notFound the status when the path leads nowhere
     * @return the status to refuse the request with
     */
    static int report(Log log, String call, String path, int answer, int notFound) {
        int error = -answer;
        int status = status(error, notFound);
        ErrorLog.Level level = status >= 500 ? ErrorLog.Level.CRIT : ErrorLog.Level.ERROR;
        log.error(level, FileErrors.failed(call, path, error));
        return status;
    }

    private static int status(int error, int notFound) {
        if (FileErrors.isMissing(error)) {
            return notFound;
        }
        if (error == Errno.EACCES || error == Errno.EPERM) {
            return 403;
        }
        return isFull(error) ? 507 : 500;
    }

    private static boolean isFull(int error) {
        return error == Errno.ENOSPC || error == Errno.EDQUOT || error == Errno.EFBIG;
    }

    /** As {@link #report}, for folders of the server's own: what is wrong with them is not the client's doing, but 500. */
    static int reportOwn(Log log, String call, String path, int answer) {
        int status = report(log, call, path, answer, 500);
        return status == 403 ? 500 : status;
    }
}
