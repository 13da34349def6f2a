package pollux.posix;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A way down into folders and back up, two of them open at a time however deep it leads. No link is followed: what somebody
 * puts in the place of a folder meanwhile is not entered, and the way up leads to the folder that was come from, or nowhere.
 * Every answer is 0 or {@code -errno}.
 *
 * <p>The folder that it begins in is the caller's. Not safe between threads.
 */
public final class FolderWalk implements AutoCloseable {
    private static final String ABOVE = "..";

    private final Folder start;

    /** Which folders were come from. */
    private final Deque<Folder.Identity> way = new ArrayDeque<>();

    private Folder at;
    private Folder above;

    /** Begins in a folder, which is open and stays so. */
    public FolderWalk(Folder start) {
        this.start = start;
        this.at = start;
    }

    /** Where it stands. */
    public Folder folder() {
        return at;
    }

    /** Whether it is where it began. */
    public boolean isAtStart() {
        return way.isEmpty();
    }

    /** Goes into a folder of the present one; {@code -ENOTDIR} when it is none, or a link. */
    public int enter(String name) {
        Folder.Identity from = at.identity();
        if (from == null) {
            return -Errno.ENOENT;
        }
        Folder next = new Folder();
        int answer = next.openIn(at, name);
        if (answer < 0) {
            return answer;
        }
        way.push(from);
        close(above);
        above = at;
        at = next;
        return 0;
    }

    /** Whether another walk stands in a folder that this one has come through. */
    public boolean hasPassed(FolderWalk other) {
        Folder.Identity where = other.at.identity();
        return where != null && way.contains(where);
    }

    /**
     * Goes back to the folder that it came from.
     *
     * @param mode the permission bits that the one it leaves gets, or -1
     * @return {@code -ENOENT} when that one has been moved elsewhere
     */
    public int leave(int mode) {
        Folder.Identity from = way.pop();
        Folder left = at;
        int answer = above == null ? reopen(from) : 0;
        if (answer == 0) {
            answer = mode < 0 ? 0 : left.changeMode(mode);
            at = above;
            above = null;
            close(left);
        }
        return answer;
    }

    private int reopen(Folder.Identity from) {
        Folder found = way.isEmpty() ? start : new Folder();
        int answer = found == start ? 0 : found.openIn(at, ABOVE);
        if (answer == 0 && !from.equals(found.identity())) {
            answer = -Errno.ENOENT;
        }
        if (answer < 0) {
            close(found);
            return answer;
        }
        above = found;
        return 0;
    }

    private void close(Folder folder) {
        if (folder != null && folder != start) {
            folder.close();
        }
    }

    @Override
    public void close() {
        close(at);
        close(above);
        at = start;
        above = null;
        way.clear();
    }
}
