package pollux.handler;

import pollux.config.ErrorLog;
import pollux.http.Method;
import pollux.http.RequestTarget;

/**
 * Serves regular files: nginx's static module. Paths that end in a slash are not its business; a directory asked for
 * without one is redirected.
 */
public final class StaticFileHandler implements Handler {
    private final FileCaches caches;

    /** Makes a handler that finds its files through these caches. */
    public StaticFileHandler(FileCaches caches) {
        this.caches = caches;
    }

    @Override
    public int handle(Request request, Response response) {
        Method method = request.method();
        if (method != Method.GET && method != Method.HEAD && method != Method.POST) {
            return AllowedMethods.refuseForFile(request, response);
        }
        if (request.path().endsWith("/")) {
            return DECLINED;
        }
        FileCache cache = caches.of(request);
        CachedFile file = cache.find(request);
        try {
            return answer(request, response, file);
        } finally {
            cache.done(file);
        }
    }

    private static int answer(Request request, Response response, CachedFile file) {
        if (file.error() != 0) {
            return FileErrors.refuse(request, FileLookup.call(request, "open()"), file.name(), file.error());
        }
        if (file.isDirectory()) {
            return redirect(request, response);
        }
        if (!file.isRegular()) {
            request.log().error(ErrorLog.Level.CRIT, "\"" + file.name() + "\" is not a regular file");
            return 404;
        }
        if (request.method() == Method.POST) {
            return AllowedMethods.refuseForFile(request, response);
        }
        response.status(200).contentType(file.contentType(request));
        response.lastModified(file.lastModified());
        if (request.location().files().etag()) {
            response.entityTag(file.entityTag());
        }
        response.allowRanges(true);
        response.content(file.takeContent());
        response.whole(file);
        return DONE;
    }

    private static int redirect(Request request, Response response) {
        String path = RequestTarget.encodePath(request.path()) + "/";
        boolean hasArgs = request.args() != null && !request.args().isEmpty();
        RedirectLocation.set(request, response, hasArgs ? path + "?" + request.args() : path);
        return 301;
    }
}
