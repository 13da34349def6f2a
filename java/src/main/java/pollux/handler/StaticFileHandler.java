package pollux.handler;

import pollux.config.ErrorLog;
import pollux.http.Method;
import pollux.http.RequestTarget;
import pollux.posix.FileStatus;
import pollux.posix.Files;

/**
 * Serves regular files: nginx's static module. Paths that end in a slash are not its business; a directory asked for
 * without one is redirected. The file stays open as the response's content, and is closed on every other way out.
 */
public final class StaticFileHandler implements Handler {
    private static final long LAST_SECOND = 253_402_300_799L;

    private final FileStatus file = new FileStatus();

    @Override
    public int handle(Request request, Response response) {
        Method method = request.method();
        if (method != Method.GET && method != Method.HEAD && method != Method.POST) {
            return AllowedMethods.refuseForFile(request, response);
        }
        if (request.path().endsWith("/")) {
            return DECLINED;
        }
        String name = request.filename();
        int fd = Files.openRead(name);
        if (fd < 0) {
            return FileErrors.refuse(request, "open()", name, -fd);
        }
        boolean isTaken = false;
        try {
            int answer = answer(request, response, name, fd);
            isTaken = answer == DONE;
            return answer;
        } finally {
            if (!isTaken) {
                Files.close(fd);
            }
        }
    }

    private int answer(Request request, Response response, String name, int fd) {
        int failure = Files.status(fd, file);
        if (failure < 0) {
            request.log().error(ErrorLog.Level.CRIT, FileErrors.failed("fstat()", name, -failure));
            return 500;
        }
        if (file.isDirectory()) {
            return redirect(request, response);
        }
        if (!file.isRegular()) {
            request.log().error(ErrorLog.Level.CRIT, "\"" + name + "\" is not a regular file");
            return 404;
        }
        if (request.method() == Method.POST) {
            return AllowedMethods.refuseForFile(request, response);
        }
        response.status(200).contentType(MediaTypes.ofPath(request));
        response.lastModified(lastModified(file));
        if (request.location().files().etag()) {
            response.entityTag(entityTag(file));
        }
        response.allowRanges(true);
        response.content(Content.of(fd, file.size()));
        return DONE;
    }

    private static int redirect(Request request, Response response) {
        String path = RequestTarget.encodePath(request.path()) + "/";
        boolean hasArgs = request.args() != null && !request.args().isEmpty();
        RedirectLocation.set(request, response, hasArgs ? path + "?" + request.args() : path);
        return 301;
    }

    /** The time of change in the years that {@code Last-Modified} can say. */
    static long lastModified(FileStatus file) {
        return Math.max(0, Math.min(file.modifiedSeconds(), LAST_SECOND));
    }

    /** nginx's tag: seconds and size in hexadecimal. */
    static String entityTag(FileStatus file) {
        return "\"" + Long.toHexString(file.modifiedSeconds()) + "-" + Long.toHexString(file.size()) + "\"";
    }
}
