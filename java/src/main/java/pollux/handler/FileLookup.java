package pollux.handler;

import pollux.config.FileSettings;
import pollux.posix.FileStatus;
import pollux.posix.Files;
import pollux.posix.Folder;
import pollux.posix.Links;

/** The way to a file that is read or run: {@code disable_symlinks} says which links may lie on it. */
final class FileLookup {
    private FileLookup() {}

    /**
     * Opens for reading.
     *
     * @param status scratch memory
     * @return a descriptor, which the caller owns, or {@code -errno}
     */
    static int open(Request request, String path, FileStatus status) {
        FileSettings.Links links = request.location().files().links();
        if (links == null) {
            return Files.openRead(path);
        }
        int trusted = links.from() == null ? 0 : trusted(path, request.render(links.from()));
        return trusted == path.length()
                ? Files.openRead(path)
                : Links.openRead(path, trusted, links.ownersMay(), status);
    }

    /** Asks for the status of a path: 0 or {@code -errno}. As in nginx, what may not be read has none where links matter. */
    static int status(Request request, String path, FileStatus status) {
        if (request.location().files().links() == null) {
            return Files.status(path, status);
        }
        int fd = open(request, path, status);
        if (fd < 0) {
            return fd;
        }
        int answer = Files.status(fd, status);
        Files.close(fd);
        return answer;
    }

    /** Opens a folder that something is to be changed in; 0 or {@code -errno}. */
    static int openFolder(Request request, String path, Folder into) {
        FileSettings.Links links = request.location().files().links();
        if (links == null) {
            return into.open(path);
        }
        int trusted = links.from() == null ? 0 : trusted(path + "/", request.render(links.from()));
        if (trusted >= path.length()) {
            return into.open(path);
        }
        FileStatus status = new FileStatus();
        int answer = into.open(path, trusted, links.ownersMay(), status);
        status.release();
        return answer;
    }

    /**
     * Whether a name may be changed by way of the links that lie before it: asked before anything is told of what lies there.
     *
     * @return 0, or a status as of reading
     */
    static int refusal(Request request, String path) {
        if (request.location().files().links() == null) {
            return 0;
        }
        String nearest = Folders.nearest(Folders.parent(path));
        try (Folder folder = new Folder()) {
            int answer = openFolder(request, nearest, folder);
            return answer < 0 ? FileErrors.refuse(request, "openat()", path, -answer) : 0;
        }
    }

    /** The call that fails, for the log. */
    static String call(Request request, String call) {
        return request.location().files().links() == null ? call : "openat()";
    }

    /** As nginx: what {@code from} says counts where it ends with, or before, a slash of the path. */
    private static int trusted(String path, String from) {
        int length = from.length();
        if (length == 0 || !path.startsWith(from)) {
            return 0;
        }
        if (length == path.length() || path.charAt(length) == '/') {
            return length;
        }
        return from.endsWith("/") ? length - 1 : 0;
    }
}
