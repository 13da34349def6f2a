package pollux.handler;

import java.util.ArrayDeque;
import java.util.Deque;
import pollux.posix.Directory;
import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Folder;
import pollux.posix.FolderWalk;

/**
 * Removes a file, a link, or a folder with all that is in it, children first, in steps. Every folder is opened from the one
 * that it lies in: nobody who puts links in their places meanwhile leads it out of the tree; links are removed themselves.
 * What others have removed meanwhile is as good as removed. The first fault ends it: what is left by then stays.
 *
 * <p>However deep the tree and however large its folders: a handful of descriptors, and {@link #BATCH} names of each folder on
 * the way. The folder that it begins in is the caller's, and is open until the end.
 */
final class TreeRemoval implements AutoCloseable {
    /** Names that are read before the first of them is removed: no folder changes under its reader. */
    static final int BATCH = 4096;

    private static final int STEP_ACTS = 64;
    private static final int NAMES_EACH = 16;

    private final Log log;
    private final FolderWalk walk;
    private final String topName;
    private final String top;
    private final Directory directory = new Directory();
    private final Deque<Level> levels = new ArrayDeque<>();
    private boolean begun;

    /** A folder that is being emptied. */
    private static final class Level {
        final String name;
        final Deque<String> names = new ArrayDeque<>();
        boolean isBeingRead = true;

        /** Whether there may be names that were not read. */
        boolean hasMore = true;

        Level(String name) {
            this.name = name;
        }
    }

    /**
     * Gets ready.
     *
     * @param folder where it lies; open
     * @param path what it is called in the log
     */
    TreeRemoval(Log log, Folder folder, String name, String path) {
        this.log = log;
        this.walk = new FolderWalk(folder);
        this.topName = name;
        this.top = path;
    }

    /** Removes it at once; 0, or a status. */
    static int remove(Log log, Folder folder, String name, String path) {
        try (TreeRemoval removal = new TreeRemoval(log, folder, name, path)) {
            return removal.finish();
        }
    }

    /** Does all that is left in one turn; 0, or a status. */
    int finish() {
        int outcome = step();
        while (outcome == Work.MORE) {
            outcome = step();
        }
        return outcome;
    }

    /** Removes some more: {@link Work#MORE}, 0 when all is gone, or a status. */
    int step() {
        try {
            for (int acts = 0; acts < STEP_ACTS; acts++) {
                int outcome = act();
                if (outcome != 0 || levels.isEmpty()) {
                    return outcome;
                }
            }
            return Work.MORE;
        } finally {
            FileCache.changed();
        }
    }

    private int act() {
        if (!begun) {
            begun = true;
            return removeOne(topName);
        }
        Level level = levels.element();
        if (level.isBeingRead) {
            return read(level);
        }
        String name = level.names.poll();
        if (name != null) {
            return removeOne(name);
        }
        if (level.hasMore) {
            return open(level);
        }
        return leave();
    }

    private int removeOne(String name) {
        int mode = walk.folder().linkMode(name);
        return mode >= 0 && FileStatus.isDirectory(mode) ? enter(name) : unlink(name);
    }

    private int unlink(String name) {
        return judge("unlink()", name, walk.folder().unlink(name));
    }

    private int enter(String name) {
        int answer = walk.enter(name);
        boolean isNone = answer == -Errno.ENOTDIR || answer == -Errno.ELOOP;
        if (isNone && !levels.isEmpty()) {
            return unlink(name); // since it was looked at
        }
        if (answer < 0) {
            return judge("opendir()", name, answer);
        }
        Level level = new Level(name);
        levels.push(level);
        return open(level);
    }

    private int open(Level level) {
        level.isBeingRead = true;
        int answer = walk.folder().list(directory);
        return answer < 0 ? report("opendir()", null, answer) : 0;
    }

    private int read(Level level) {
        for (int i = 0; i < NAMES_EACH; i++) {
            String name = directory.next();
            if (name == null) {
                level.hasMore = false;
                return endReading(level);
            }
            level.names.add(name);
        }
        return level.names.size() < BATCH ? 0 : endReading(level);
    }

    private int endReading(Level level) {
        level.isBeingRead = false;
        int answer = directory.problem();
        directory.close();
        return answer < 0 ? report("readdir()", null, answer) : 0;
    }

    private int leave() {
        String name = levels.element().name;
        int answer = walk.leave(-1);
        levels.pop();
        if (answer < 0) {
            return report("openat()", name, answer); // moved elsewhere: nobody knows the way back
        }
        return judge("rmdir()", name, walk.folder().removeFolder(name));
    }

    /** In the tree, what is no more is nobody's fault. */
    private int judge(String call, String name, int answer) {
        boolean isGone = answer == -Errno.ENOENT && !levels.isEmpty();
        return answer < 0 && !isGone ? report(call, name, answer) : 0;
    }

    /** {@code name} lies in the present folder; {@code null} for that one itself. */
    private int report(String call, String name, int answer) {
        String path = TreePath.of(top, levels.stream().map(level -> level.name).toList(), name);
        return FileFailure.report(log, call, path, answer, 404);
    }

    @Override
    public void close() {
        directory.close();
        walk.close();
        levels.clear();
    }
}
