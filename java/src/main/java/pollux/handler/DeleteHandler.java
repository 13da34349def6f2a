package pollux.handler;

import pollux.config.ErrorLog;
import pollux.http.FieldName;
import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Files;

/**
 * DELETE as nginx's dav module does it: removes the file that the path maps to by {@code root} or {@code alias}, or, when
 * the path ends in a slash, the folder with all that is in it. A symbolic link is removed itself; nobody goes through it.
 *
 * <p>204; 404 when there is nothing; 409 for a folder without the slash and for anything else with it; 412 when
 * a precondition does not hold; 415 for a request with
 * content; 400 for a {@code Depth} that does not fit; 403 where the server may not.
 */
public final class DeleteHandler implements ChangingHandler {
    /** Makes the handler; it keeps nothing between requests. */
    public DeleteHandler() {}

    @Override
    public int handle(Request request, Response response) {
        int refusal = refusal(request);
        if (refusal != 0) {
            return refusal;
        }
        Entry entry = new Entry(path(request));
        int outcome = 500;
        try {
            int answer = entry.open(request);
            outcome = answer < 0
                    ? FileFailure.report(request.log(), "open()", Folders.parent(entry.path()), answer, 404)
                    : response.work(new Removal(request, response, entry));
            return outcome;
        } finally {
            if (outcome != WORK) {
                entry.close();
            }
        }
    }

    /** What is removed, and the folder that it lies in. When the client leaves meanwhile, the rest of a tree stays. */
    private static final class Removal implements Work {
        private final Response response;
        private final Entry entry;
        private final TreeRemoval tree;

        Removal(Request request, Response response, Entry entry) {
            this.response = response;
            this.entry = entry;
            this.tree = new TreeRemoval(request.log(), entry.folder(), entry.name(), entry.path());
        }

        @Override
        public int step() {
            int outcome = tree.step();
            if (outcome != MORE) {
                abort();
            }
            if (outcome == 0) {
                response.status(204);
            }
            return outcome;
        }

        @Override
        public void abort() {
            tree.close();
            entry.close();
        }
    }

    @Override
    public int rehearse(Request request, Response response) {
        int refusal = refusal(request);
        if (refusal == 0) {
            refusal = Folders.permission(request.log(), Folders.parent(path(request)));
        }
        if (refusal == 0) {
            response.status(204);
        }
        return refusal;
    }

    /** Without its slash a link is seen as what it is: behind it lies somebody else's folder. */
    private static String path(Request request) {
        String name = request.filename();
        return isSlashed(name) ? name.substring(0, name.length() - 1) : name;
    }

    private static boolean isSlashed(String name) {
        return name.length() > 1 && name.endsWith("/");
    }

    /** Why nothing is removed, or 0. */
    private static int refusal(Request request) {
        Log log = request.log();
        if (request.contentLength() > 0 || request.head().find(FieldName.TRANSFER_ENCODING) >= 0) {
            log.error(ErrorLog.Level.ERROR, "DELETE with body is unsupported");
            return 415;
        }
        if (isTooShallow(request)) {
            return 409;
        }
        String path = path(request);
        int barred = FileLookup.refusal(request, path);
        if (barred != 0) {
            return barred;
        }
        int mode = Files.linkMode(path);
        if (mode < 0) {
            return FileFailure.report(log, "lstat()", request.filename(), mode, mode == -Errno.ENOTDIR ? 409 : 404);
        }
        boolean isFolder = FileStatus.isDirectory(mode);
        if (isSlashed(request.filename()) && !isFolder) {
            return FileFailure.report(log, "lstat()", request.filename(), -Errno.ENOTDIR, 409);
        }
        if (!WriteConditions.hold(request, path)) {
            return 412;
        }
        return isFolder ? folderRefusal(request, path) : fileRefusal(request);
    }

    /** {@code min_delete_depth}: a slash counts when something follows it. */
    private static boolean isTooShallow(Request request) {
        int least = request.location().methods().minDeleteDepth();
        String path = request.path();
        int slashes = 0;
        for (int i = 0; i < path.length(); i++) {
            slashes += path.charAt(i) == '/' ? 1 : 0;
        }
        int depth = path.endsWith("/") ? slashes - 1 : slashes;
        if (depth < least) {
            request.log().error(ErrorLog.Level.ERROR, "insufficient URI depth:" + slashes + " to DELETE");
        }
        return depth < least;
    }

    private static int fileRefusal(Request request) {
        String depth = Depth.of(request);
        if (depth != null && !depth.equals("0") && !depth.equals("infinity")) {
            request.log().error(ErrorLog.Level.ERROR, "\"Depth\" header must be 0 or infinity");
            return 400;
        }
        return 0;
    }

    private static int folderRefusal(Request request, String path) {
        if (!request.path().endsWith("/")) {
            String reason = Errno.describe(Errno.EISDIR);
            request.log().error(ErrorLog.Level.ERROR, "DELETE \"" + path + "\" failed " + reason);
            return 409;
        }
        String depth = Depth.of(request);
        if (depth != null && !depth.equals("infinity")) {
            request.log().error(ErrorLog.Level.ERROR, "\"Depth\" header must be infinity");
            return 400;
        }
        return 0;
    }
}
