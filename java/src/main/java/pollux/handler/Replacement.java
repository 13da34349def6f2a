package pollux.handler;

import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Folder;

/** Puts a file or folder in the place of another, so that at every moment there is the old one or the new, but for one call. */
final class Replacement {
    private static final int RANDOM_BYTES = 16;

    private Replacement() {}

    /** A hidden name that nobody can guess. */
    static String temporary() {
        return ".pollux-" + TemporaryFile.randomDigits(RANDOM_BYTES) + ".tmp";
    }

    /**
     * Moves something to another name of its folder, in place of what is there.
     *
     * @param from a name in the target's folder
     * @return 0, or a status: then both are as they were
     */
    static int place(Log log, String from, Entry target) {
        int answer = target.folder().renameNew(from, target.name());
        if (answer == -Errno.EEXIST) {
            answer = exchange(log, from, target);
        }
        FileCache.changed();
        return answer < 0 ? FileFailure.report(log, "rename() to", target.path(), answer, 409) : 0;
    }

    private static int exchange(Log log, String from, Entry target) {
        Folder folder = target.folder();
        if (isFile(folder, from) && isFile(folder, target.name())) {
            return folder.rename(from, folder, target.name());
        }
        String old = temporary();
        int answer = folder.rename(target.name(), folder, old);
        if (answer < 0) {
            return answer;
        }
        answer = folder.rename(from, folder, target.name());
        if (answer < 0) {
            folder.rename(old, folder, target.name());
            return answer;
        }
        // Whatever is left of it is hidden, and logged: the new one is in its place.
        remove(log, folder, old, target.path(old));
        return 0;
    }

    /** {@link #remove} where there may be nothing. */
    static void removeIfThere(Log log, Folder folder, String name, String path) {
        if (folder.linkMode(name) >= 0) {
            remove(log, folder, name, path);
        }
    }

    private static boolean isFile(Folder folder, String name) {
        int mode = folder.linkMode(name);
        return mode >= 0 && !FileStatus.isDirectory(mode);
    }

    /**
     * Removes a file, a link, or a folder with all that is in it.
     *
     * @param path what it is called in the log
     * @return 0 or a status
     */
    static int remove(Log log, Folder folder, String name, String path) {
        if (!isFile(folder, name)) {
            return TreeRemoval.remove(log, folder, name, path);
        }
        int answer = folder.unlink(name);
        FileCache.changed();
        return answer < 0 ? FileFailure.report(log, "unlink()", path, answer, 404) : 0;
    }
}
