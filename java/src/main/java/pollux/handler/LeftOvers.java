package pollux.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import pollux.config.ErrorLog;
import pollux.posix.Directory;
import pollux.posix.FileStatus;
import pollux.posix.Folder;
import pollux.posix.Users;

/**
 * Files that had a hidden name while they waited for their real one when a server was killed. They are removed from a
 * folder when nobody, in whatever process, is at work in it: whoever makes such a name says so by a shared lock of the
 * folder. What another user owns, is no file, or has any other name is left alone.
 */
public final class LeftOvers {
    private static final String PREFIX = ".pollux-upload-";
    private static final String SUFFIX = ".tmp";
    private static final int RANDOM_BYTES = 16;
    private static final int NAME_LENGTH = PREFIX.length() + 2 * RANDOM_BYTES + SUFFIX.length();

    /** A file's time comes from a clock that ticks slowly: one made just now may seem this much older. */
    private static final long CLOCK_TICK_MS = 50;

    /** Folders that are not looked into again; more of them than this are. */
    private static final int MAX_SWEPT = 1000;

    private static final Set<String> SWEPT = ConcurrentHashMap.newKeySet();

    private LeftOvers() {}

    /** A hidden name that nobody can guess. */
    static String newName() {
        return PREFIX + TemporaryFile.randomDigits(RANDOM_BYTES) + SUFFIX;
    }

    private static boolean isOurs(String name) {
        if (name.length() != NAME_LENGTH || !name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
            return false;
        }
        return name.substring(PREFIX.length(), NAME_LENGTH - SUFFIX.length())
                .chars()
                .allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /** Sweeps a folder that the configuration does not name, when this process is about to use such a name there first. */
    static void sweepOnce(String path, Log log, long nowMs) {
        if (SWEPT.size() < MAX_SWEPT && SWEPT.add(path)) {
            sweep(path, Users.own(), log, nowMs);
        }
    }

    /**
     * Removes them from a folder of the configuration's, and logs how many there were. A folder that is not there, or where
     * somebody is at work, is left as it is.
     *
     * @param owner whose files they are
     * @param nowMs the time, in milliseconds since 1970
     */
    public static void sweep(String path, int owner, Log log, long nowMs) {
        try (Folder folder = new Folder()) {
            if (folder.openOwn(path) < 0 || !folder.lockAlone()) {
                return;
            }
            int removed = 0;
            FileStatus status = new FileStatus();
            for (String name : names(folder)) {
                boolean old = folder.status(name, status) == 0
                        && status.isRegular()
                        && status.owner() == owner
                        && modifiedMs(status) < nowMs - CLOCK_TICK_MS;
                removed += old && folder.unlink(name) == 0 ? 1 : 0;
            }
            status.release();
            if (removed > 0) {
                log.error(
                        ErrorLog.Level.NOTICE,
                        "removed " + removed + " files of uploads that were cut off by the end of a server from \""
                                + path + "\"");
            }
        }
    }

    private static long modifiedMs(FileStatus status) {
        return status.modifiedSeconds() * 1000 + status.modifiedNanos() / 1_000_000;
    }

    private static List<String> names(Folder folder) {
        List<String> names = new ArrayList<>();
        try (Directory directory = new Directory()) {
            if (folder.list(directory) < 0) {
                return names;
            }
            for (String name = directory.next(); name != null; name = directory.next()) {
                if (isOurs(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
