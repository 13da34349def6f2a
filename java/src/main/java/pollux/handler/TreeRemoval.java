package pollux.handler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import pollux.posix.Directory;
import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Folder;
import pollux.posix.FolderWalk;

/**
 * Removes a folder with all that is in it, children first. Every folder is opened from the one that it lies in: nobody who
 * puts links in their places meanwhile leads it out of the tree; links are removed themselves.
 */
final class TreeRemoval {
    private final Log log;
    private final FolderWalk walk;
    private final String top;
    private final Deque<Level> levels = new ArrayDeque<>();

    /** A folder that is being emptied. All names are read before the first is removed: no folder changes under its reader. */
    private record Level(String name, Deque<String> names) {}

    private TreeRemoval(Log log, Folder folder, String top) {
        this.log = log;
        this.walk = new FolderWalk(folder);
        this.top = top;
    }

    /**
     * Removes a folder.
     *
     * @param folder where it lies; open
     * @param path what it is called in the log
     * @return 0, or a status
     */
    static int remove(Log log, Folder folder, String name, String path) {
        TreeRemoval removal = new TreeRemoval(log, folder, path);
        try (FolderWalk walk = removal.walk) {
            int answer = removal.enter(name);
            while (answer == 0 && !walk.isAtStart()) {
                answer = removal.step();
            }
            return answer;
        } finally {
            FileCache.changed();
        }
    }

    private int step() {
        String name = levels.element().names().poll();
        if (name == null) {
            return leave();
        }
        int mode = walk.folder().linkMode(name);
        return mode >= 0 && FileStatus.isDirectory(mode) ? enter(name) : unlink(name);
    }

    private int unlink(String name) {
        int answer = walk.folder().unlink(name);
        return answer < 0 ? report("unlink()", name, answer) : 0;
    }

    private int enter(String name) {
        int answer = walk.enter(name);
        boolean isNone = answer == -Errno.ENOTDIR || answer == -Errno.ELOOP;
        if (isNone && !walk.isAtStart()) {
            return unlink(name); // since it was looked at
        }
        if (answer < 0) {
            return report("opendir()", name, answer);
        }
        Deque<String> names = new ArrayDeque<>();
        levels.push(new Level(name, names));
        answer = list(names);
        return answer < 0 ? report("opendir()", null, answer) : 0;
    }

    private int list(Deque<String> names) {
        try (Directory directory = new Directory()) {
            int opened = walk.folder().list(directory);
            for (String name = opened < 0 ? null : directory.next(); name != null; name = directory.next()) {
                names.add(name);
            }
            return opened < 0 ? opened : directory.problem();
        }
    }

    private int leave() {
        String name = levels.pop().name();
        int answer = walk.leave(-1);
        if (answer == 0) {
            answer = walk.folder().removeFolder(name);
        }
        return answer < 0 ? report("rmdir()", name, answer) : 0;
    }

    /** {@code name} lies in the present folder; {@code null} for that one itself. */
    private int report(String call, String name, int answer) {
        StringBuilder path = new StringBuilder(top);
        Iterator<Level> down = levels.descendingIterator();
        if (down.hasNext()) {
            down.next(); // the top itself
        }
        down.forEachRemaining(level -> path.append('/').append(level.name()));
        if (name != null && !levels.isEmpty()) {
            path.append('/').append(name);
        }
        return FileFailure.report(log, call, path.toString(), answer, 404);
    }
}
