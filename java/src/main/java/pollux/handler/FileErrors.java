package pollux.handler;

import pollux.config.ErrorLog;
import pollux.posix.Errno;

/** From a file that could not be opened to the status that the client gets: nginx's one switch, and its log lines. */
final class FileErrors {
    private FileErrors() {}

    /**
     * Logs a failure and chooses the status.
     *
     * @param call what failed, as the log has it: {@code open()}
     * @param path what it was called for
     * @param error a positive error number
     * @return 403, 404 or 500
     */
    static int refuse(Request request, String call, String path, int error) {
        int status = status(error);
        ErrorLog.Level level = status == 500 ? ErrorLog.Level.CRIT : ErrorLog.Level.ERROR;
        boolean isWanted = status != 404 || request.location().errors().logNotFound();
        if (isWanted && request.log().takes(level)) {
            request.log().error(level, failed(call, path, error));
        }
        return status;
    }

    /** The log's words for a call that failed. */
    static String failed(String call, String path, int error) {
        return call + " \"" + path + "\" failed " + Errno.describe(error);
    }

    private static int status(int error) {
        if (isMissing(error)) {
            return 404;
        }
        return error == Errno.EACCES || error == Errno.ELOOP ? 403 : 500;
    }

    /** Whether an error says that there is no such file. A path that no file can have (a NUL in it) is {@code EINVAL}. */
    static boolean isMissing(int error) {
        return error == Errno.ENOENT || error == Errno.ENOTDIR || error == Errno.ENAMETOOLONG || error == Errno.EINVAL;
    }
}
