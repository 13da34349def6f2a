package pollux.handler;

import pollux.config.ErrorLog;
import pollux.http.FieldName;
import pollux.http.RequestTarget;
import pollux.posix.Errno;
import pollux.posix.Files;

/**
 * MKCOL as nginx's dav module does it: makes the folder that a path with a slash at its end maps to.
 *
 * <p>201 with {@code Location}; 405 where something is already; 409 without the slash, and where the folder that it lies in is
 * missing; 415 for a request with content; 403 where the server may not; 507 when the disk is full.
 */
public final class MkcolHandler implements ChangingHandler {
    @Override
    public int handle(Request request, Response response) {
        int refusal = refusal(request);
        if (refusal != 0) {
            return refusal;
        }
        Log log = request.log();
        String folder = folder(request);
        int answer = make(request, folder);
        FileCache.changed();
        if (answer == -Errno.EEXIST) {
            log.error(ErrorLog.Level.ERROR, FileErrors.failed("mkdir()", folder, Errno.EEXIST));
            return AllowedMethods.refuseHere(request, response);
        }
        if (answer < 0) {
            return FileFailure.report(log, "mkdir()", folder, answer, 409);
        }
        response.status(201);
        RedirectLocation.set(request, response, RequestTarget.encodePath(request.path()));
        return DONE;
    }

    @Override
    public int rehearse(Request request, Response response) {
        int refusal = refusal(request);
        if (refusal != 0) {
            return refusal;
        }
        String folder = folder(request);
        if (Files.linkMode(folder) >= 0) {
            return AllowedMethods.refuseHere(request, response);
        }
        if (!Folders.isThere(Folders.parent(folder))) {
            return 409;
        }
        int permission = Folders.permission(request.log(), Folders.parent(folder));
        if (permission != 0) {
            return permission;
        }
        response.status(201);
        return DONE;
    }

    private static int refusal(Request request) {
        Log log = request.log();
        if (request.contentLength() > 0 || request.head().find(FieldName.TRANSFER_ENCODING) >= 0) {
            log.error(ErrorLog.Level.ERROR, "MKCOL with body is unsupported");
            return 415;
        }
        if (!request.path().endsWith("/")) {
            log.error(ErrorLog.Level.ERROR, "MKCOL can create a collection only");
            return 409;
        }
        return FileLookup.refusal(request, folder(request));
    }

    private static int make(Request request, String path) {
        try (Entry entry = new Entry(path)) {
            int answer = entry.open(request);
            return answer < 0 ? answer : entry.folder().makeFolder(entry.name(), Folders.mode(request));
        }
    }

    private static String folder(Request request) {
        String name = request.filename();
        return name.length() > 1 && name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }
}
