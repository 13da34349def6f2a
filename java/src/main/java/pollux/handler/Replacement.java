package pollux.handler;

import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Files;

/** Puts a file or folder in the place of another, so that at every moment there is the old one or the new, but for one call. */
final class Replacement {
    private static final int RANDOM_BYTES = 16;

    private Replacement() {}

    /** A hidden name beside another, that nobody can guess. */
    static String temporary(String target) {
        String folder = Folders.parent(target);
        String prefix = folder.endsWith("/") ? folder : folder + "/";
        return prefix + ".pollux-" + TemporaryFile.randomDigits(RANDOM_BYTES) + ".tmp";
    }

    /**
     * Moves something to a name, in place of what is there.
     *
     * @return 0, or a status: then both are as they were
     */
    static int place(Log log, String from, String target) {
        int answer = Files.renameNew(from, target);
        if (answer == -Errno.EEXIST) {
            answer = exchange(log, from, target);
        }
        FileCache.changed();
        return answer < 0 ? FileFailure.report(log, "rename() to", target, answer, 409) : 0;
    }

    private static int exchange(Log log, String from, String target) {
        if (isFile(from) && isFile(target)) {
            return Files.rename(from, target);
        }
        String old = temporary(target);
        int answer = Files.rename(target, old);
        if (answer < 0) {
            return answer;
        }
        answer = Files.rename(from, target);
        if (answer < 0) {
            Files.rename(old, target);
            return answer;
        }
        // Whatever is left of it is hidden, and logged: the new one is in its place.
        remove(log, old);
        return 0;
    }

    private static boolean isFile(String path) {
        int mode = Files.linkMode(path);
        return mode >= 0 && !FileStatus.isDirectory(mode);
    }

    /** Removes a file, a link, or a folder with all that is in it: 0 or a status. */
    static int remove(Log log, String path) {
        if (!isFile(path)) {
            return DeleteHandler.removeTree(log, path);
        }
        int answer = Files.unlink(path);
        FileCache.changed();
        return answer < 0 ? FileFailure.report(log, "unlink()", path, answer, 404) : 0;
    }
}
