package pollux.handler;

import java.util.List;
import pollux.config.ErrorLog;
import pollux.config.FileSettings;
import pollux.config.FileSettings.Candidate;
import pollux.config.FileSettings.DocumentRoot;
import pollux.config.FileSettings.TryFiles;
import pollux.posix.FileStatus;

/**
 * {@code try_files}: the first candidate that exists becomes the request's path, and the location's content handlers go
 * on with it; when none does, a status or an internal redirect follows.
 *
 * <p>Below an {@code alias} a candidate with variables ({@code $uri}) may begin with the part of the path that the alias
 * stands for: it is taken off, as in nginx. Unlike in nginx it is not taken off the fallback, which is a path and no file:
 * there it would lead out of the root.
 */
public final class TryFilesHandler implements Handler {
    private final FileStatus file = new FileStatus();
    private final FileCaches caches;

    /** Makes a handler that looks into these caches before it looks at the disk. */
    public TryFilesHandler(FileCaches caches) {
        this.caches = caches;
    }

    @Override
    public int handle(Request request, Response response) {
        TryFiles tries = request.location().files().tryFiles();
        if (tries == null) {
            return DECLINED;
        }
        DocumentRoot root = request.location().files().root();
        String base = request.documentRoot();
        List<Candidate> candidates = tries.candidates();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            String name = name(request, root, candidate);
            if (exists(request, base + name, candidate.directory())) {
                accept(request, root, name, candidate.directory());
                return DECLINED;
            }
        }
        return tries.fallback() == null ? tries.status() : fallBack(request, request.render(tries.fallback()));
    }

    /** What is appended to the root or alias. */
    private static String name(Request request, DocumentRoot root, Candidate candidate) {
        String name = request.render(candidate.path());
        if (!root.alias()) {
            // "wwwsecret" must not be found beside a root of "www".
            return name.startsWith("/") ? name : "/" + name;
        }
        boolean isPath = root.replaced() > 0
                && !candidate.path().isConstant()
                && name.startsWith(replaced(request.path(), root));
        return isPath ? name.substring(root.replaced()) : name;
    }

    private static String replaced(String path, DocumentRoot root) {
        return path.substring(0, Math.min(root.replaced(), path.length()));
    }

    private boolean exists(Request request, String path, boolean directory) {
        if (caches.of(request).isKnownFile(path, request.nowMs())) {
            return !directory;
        }
        int failure = FileLookup.status(request, path, file);
        if (failure == 0) {
            return file.isDirectory() == directory;
        }
        if (!FileErrors.isMissing(-failure)) {
            request.log()
                    .error(ErrorLog.Level.CRIT, FileErrors.failed(FileLookup.call(request, "stat()"), path, -failure));
        }
        return false;
    }

    private static void accept(Request request, FileSettings.DocumentRoot root, String name, boolean directory) {
        if (!root.alias()) {
            request.path(name);
        } else if (root.replaced() >= 0) {
            request.path(replaced(request.path(), root) + name);
        } else if (!directory) {
            request.pathBehindAlias(name);
        }
    }

    private static int fallBack(Request request, String target) {
        if (target.startsWith("@")) {
            request.redirectNamed(target);
            return REDIRECTED_NAMED;
        }
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        request.redirect(path.startsWith("/") ? path : "/" + path, mark < 0 ? null : target.substring(mark + 1));
        return REDIRECTED;
    }
}
