package pollux.handler;

import java.util.ArrayDeque;
import java.util.Deque;
import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Files;
import pollux.posix.Folder;
import pollux.posix.FolderWalk;

/**
 * Makes folders on the way to a name, and can take back what it has made. Each is made in the one before, which is open: a
 * link that somebody puts in the place of one meanwhile is not followed. The folder that it begins in is the caller's.
 */
final class Folders implements AutoCloseable {
    /** Stands for a folder that was there. */
    private static final String FOUND = "";

    private final FolderWalk walk;
    private final boolean sync;
    private final Deque<String> way = new ArrayDeque<>();

    /**
     * Begins in a folder.
     *
     * @param sync whether each folder that is made is to be on the disk: it is an entry of the one above
     */
    Folders(Folder start, boolean sync) {
        this.walk = new FolderWalk(start);
        this.sync = sync;
    }

    /**
     * Goes down, and makes the folders that are not there.
     *
     * @param rest their names with slashes between them
     * @return 0, or {@code -errno}: {@code -ENOTDIR} where something else is in the way, a link included
     */
    int make(String rest, int mode) {
        int answer = 0;
        for (String name : rest.split("/", -1)) {
            answer = name.isEmpty() ? 0 : makeOne(name, mode);
            if (answer < 0) {
                return answer;
            }
        }
        return answer;
    }

    private int makeOne(String name, int mode) {
        Folder above = walk.folder();
        int made = above.makeFolder(name, mode);
        if (made < 0 && made != -Errno.EEXIST) {
            return made;
        }
        int answer = made == 0 && sync ? above.sync() : 0;
        answer = answer < 0 ? answer : walk.enter(name);
        if (answer == 0) {
            way.push(made == 0 ? name : FOUND);
        } else if (made == 0) {
            above.removeFolder(name);
        }
        return answer;
    }

    /** The folder that {@link #make} has come to. */
    Folder folder() {
        return walk.folder();
    }

    /** Goes back up, and removes the folders made, as far as they are empty. */
    void undo() {
        while (!way.isEmpty()) {
            String name = way.pop();
            if (walk.leave(-1) < 0) {
                way.clear();
            } else if (!name.equals(FOUND)) {
                walk.folder().removeFolder(name);
            }
        }
    }

    @Override
    public void close() {
        walk.close();
    }

    /**
     * Makes a folder of the server's own, named by the configuration, unless it is there.
     *
     * @return 0 or {@code -errno}; what stands there may still be something else than a folder
     */
    static int makeOwn(String path, int mode, boolean sync) {
        int there = Files.mode(path);
        if (there != -Errno.ENOENT) {
            return Math.min(there, 0);
        }
        String nearest = nearest(path);
        try (Folder start = new Folder();
                Folders folders = new Folders(start, sync)) {
            int answer = start.openOwn(nearest);
            answer = answer < 0 ? answer : folders.make(rest(path, nearest), mode);
            if (answer < 0) {
                folders.undo();
            }
            return answer;
        }
    }

    /** The permission bits of folders that a request makes. As nginx: whoever may read or write a file may pass through. */
    static int mode(Request request) {
        int mode = request.location().methods().davAccess();
        return mode | (mode & 0444) >> 2 | (mode & 0222) >> 1;
    }

    /** The folder that a path lies in. */
    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash > 0 ? path.substring(0, slash) : slash == 0 ? "/" : ".";
    }

    /** What a rehearsal says of a folder that would be changed: 0, or the status when this process may not. */
    static int permission(Log log, String folder) {
        int answer = Files.mayChange(folder);
        return answer < 0 ? FileFailure.report(log, "access()", folder, answer, 409) : 0;
    }

    /** The folder itself, or the nearest one above that is there. */
    static String nearest(String folder) {
        String at = folder;
        while (Files.mode(at) == -Errno.ENOENT && !at.equals(".") && !at.equals("/")) {
            at = parent(at);
        }
        return at;
    }

    /** What follows in a path on {@link #nearest} of it. */
    static String rest(String path, String nearest) {
        return nearest.equals(".") ? path : path.substring(nearest.length());
    }

    /** Whether a name is that of a folder, or of a link to one. */
    static boolean isThere(String name) {
        int mode = Files.mode(name);
        return mode >= 0 && FileStatus.isDirectory(mode);
    }
}
