package pollux.handler;

import java.util.List;
import pollux.config.ErrorLog;
import pollux.config.Template;
import pollux.http.Method;
import pollux.posix.Errno;
import pollux.posix.FileStatus;

/**
 * Looks for an index file in a directory: nginx's index module. The first name that exists becomes the path of an
 * internal redirect; a name that begins with a slash is a path already, and is gone to unseen.
 */
public final class IndexHandler implements Handler {
    private final FileStatus file = new FileStatus();
    private final FileCaches caches;

    /** Makes a handler that looks into these caches before it looks at the disk. */
    public IndexHandler(FileCaches caches) {
        this.caches = caches;
    }

    @Override
    public int handle(Request request, Response response) {
        Method method = request.method();
        boolean isReading = method == Method.GET || method == Method.HEAD || method == Method.POST;
        if (!request.path().endsWith("/") || !isReading) {
            return DECLINED;
        }
        String directory = request.filename();
        boolean isDirectoryKnown = false;
        List<Template> names = request.location().files().index();
        for (int i = 0; i < names.size(); i++) {
            String name = request.render(names.get(i));
            if (name.startsWith("/")) {
                request.redirect(name, request.args());
                return REDIRECTED;
            }
            boolean isKnown = caches.of(request).isKnownFile(directory + name, request.nowMs());
            int failure = isKnown ? 0 : FileLookup.status(request, directory + name, file);
            if (failure == 0) {
                request.redirect(request.path() + name, request.args());
                return REDIRECTED;
            }
            if (-failure != Errno.ENOENT) {
                return refuse(request, directory + name, -failure);
            }
            int answer = isDirectoryKnown ? DECLINED : test(request, directory, name);
            if (answer != DECLINED) {
                return answer;
            }
            isDirectoryKnown = true;
        }
        return DECLINED;
    }

    /** Whether the directory is there: {@link #DECLINED} if so, else the status to refuse with. */
    private int test(Request request, String directory, String name) {
        // An alias may stand without a final slash: then it is the directory itself.
        String folder = directory.length() > 1 && directory.endsWith("/")
                ? directory.substring(0, directory.length() - 1)
                : directory;
        int failure = FileLookup.status(request, folder, file);
        if (-failure == Errno.ENOENT) {
            return refuse(request, directory + name, Errno.ENOENT);
        }
        // The look into the directory worked, so that it may be searched even if its status is not told.
        if ((failure == 0 && file.isDirectory()) || -failure == Errno.EACCES) {
            return DECLINED;
        }
        if (failure == 0) {
            request.log().error(ErrorLog.Level.ALERT, "\"" + folder + "\" is not a directory");
            return 500;
        }
        return fail(request, folder, -failure);
    }

    private static int fail(Request request, String path, int error) {
        request.log().error(ErrorLog.Level.CRIT, FileErrors.failed(FileLookup.call(request, "stat()"), path, error));
        return 500;
    }

    private static int refuse(Request request, String path, int error) {
        if (error == Errno.ELOOP) {
            return 403;
        }
        if (error == Errno.EACCES) {
            request.log().error(ErrorLog.Level.ERROR, "\"" + path + "\" is forbidden " + Errno.describe(error));
            return 403;
        }
        if (!FileErrors.isMissing(error)) {
            return fail(request, path, error);
        }
        if (request.location().errors().logNotFound()) {
            request.log().error(ErrorLog.Level.ERROR, "\"" + path + "\" is not found " + Errno.describe(error));
        }
        return 404;
    }
}
