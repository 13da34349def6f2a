package pollux.handler;

import java.util.ArrayDeque;
import java.util.Deque;
import pollux.buffer.IoBuffer;
import pollux.config.ErrorLog;
import pollux.posix.Arena;
import pollux.posix.Directory;
import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Files;
import pollux.posix.FolderWalk;
import pollux.posix.OffHeap;

/**
 * A file or a folder with all that is in it on its way to another name: copied under a hidden name beside the new one, and
 * moved into place when it is whole. A link that leads to a file is copied as that file, as nginx does, unless
 * {@code disable_symlinks} is there; other links, sockets and the like are left out. Times and permission bits are those of
 * what is copied.
 *
 * <p>On both sides each folder is opened from the one that it lies in, and stays in hand while it is copied: links that
 * somebody puts in their places meanwhile are neither read through nor written through.
 */
final class TreeCopy implements Work {
    private static final int STEP_ENTRIES = 32;
    private static final int STEP_BYTES = 1 << 20;
    private static final int BUFFER = 64 << 10;
    private static final int NO_FILE = -1;
    private static final int OWNER_ALL = 0700;

    private final Response response;
    private final Log log;
    private final Entry source;
    private final Entry target;
    private final boolean move;
    private final boolean followsLinks;
    private final String temporary = Replacement.temporary();
    private final IoBuffer buffer = OffHeap.SOURCE.allocate(BUFFER);
    private final FileStatus status = new FileStatus();
    private final FolderWalk from;
    private final FolderWalk to;
    private final Deque<Level> levels = new ArrayDeque<>();
    private int in = NO_FILE;
    private int out = NO_FILE;
    private String name;
    private long offset;
    private boolean begun;
    private boolean collection;
    private boolean over;

    /** A folder that is being copied: what is left of it, and the permission bits that the copy gets when all is in it. */
    private record Level(String name, Deque<String> names, int mode) {}

    private TreeCopy(Request request, Response response, Entry source, Entry target, boolean move) {
        this.response = response;
        this.log = request.log();
        this.source = source;
        this.target = target;
        this.move = move;
        this.followsLinks = request.location().files().links() == null;
        this.from = new FolderWalk(source.folder());
        this.to = new FolderWalk(target.folder());
    }

    /**
     * Begins to copy. Both entries are open, and this one's to close unless it cannot be made.
     *
     * @param target what is there is replaced
     * @param move whether the source goes when the copy is whole
     */
    static TreeCopy begin(Request request, Response response, Entry source, Entry target, boolean move) {
        return new Arena().make(() -> new TreeCopy(request, response, source, target, move));
    }

    @Override
    public int step() {
        int bytes = 0;
        for (int entries = 0; entries < STEP_ENTRIES && bytes < STEP_BYTES; entries++) {
            int outcome;
            if (in != NO_FILE) {
                outcome = copySlice();
                bytes += BUFFER;
                entries--;
            } else if (levels.isEmpty() && begun) {
                return finish();
            } else {
                outcome = next();
            }
            if (outcome != 0) {
                abort();
                return outcome;
            }
        }
        return MORE;
    }

    private int next() {
        if (!begun) {
            begun = true;
            return begin(source.name());
        }
        String found = levels.element().names().poll();
        return found == null ? leave() : begin(found);
    }

    /** What the copy of an entry is called: at the top it has another name. */
    private String copyName() {
        return levels.isEmpty() ? temporary : name;
    }

    private int begin(String found) {
        name = found;
        int answer = from.folder().status(name, status);
        if (answer < 0) {
            // Somebody has removed it meanwhile.
            return answer == -Errno.ENOENT && !levels.isEmpty() ? 0 : report("lstat()", answer, 404);
        }
        if (status.isDirectory()) {
            collection |= levels.isEmpty();
            return folder(status.mode() & 0777);
        }
        boolean isLink = status.isLink();
        return isLink || status.isRegular() ? file(isLink) : 0;
    }

    private int folder(int mode) {
        int answer = to.folder().makeFolder(copyName(), mode | OWNER_ALL);
        if (answer == 0) {
            answer = to.enter(copyName());
        }
        if (answer < 0) {
            return report(true, "mkdir()", answer, 409);
        }
        answer = from.enter(name);
        if (answer == 0 && to.hasPassed(from)) {
            // Whoever moves folders about while they are copied might have them copied for ever.
            answer = -Errno.ENOENT;
        }
        Deque<String> names = new ArrayDeque<>();
        levels.push(new Level(name, names, mode));
        answer = answer < 0 ? answer : list(names);
        name = null;
        return answer < 0 ? report("opendir()", answer, 404) : 0;
    }

    private int list(Deque<String> names) {
        try (Directory directory = new Directory()) {
            int answer = from.folder().list(directory);
            for (String found = answer < 0 ? null : directory.next(); found != null; found = directory.next()) {
                names.push(found);
            }
            // Names that cannot be read must not be left out of what is called a copy.
            return answer < 0 ? answer : directory.problem();
        }
    }

    private int leave() {
        int answer = from.leave(-1);
        answer = answer < 0 ? answer : to.leave(levels.element().mode());
        name = null;
        int outcome = answer < 0 ? report("openat()", answer, 404) : 0;
        levels.pop();
        return outcome;
    }

    private int file(boolean isLink) {
        if (isLink && !followsLinks) {
            return levels.isEmpty() ? refuseLink() : 0;
        }
        in = from.folder().openRead(name, isLink);
        if (in < 0) {
            int answer = in;
            in = NO_FILE;
            boolean leadsNowhere = isLink && answer != -Errno.EACCES;
            return leadsNowhere && !levels.isEmpty()
                    ? skip(answer)
                    : report(leadsNowhere ? "stat()" : "open()", answer, 404);
        }
        int answer = Files.status(in, status);
        if (answer < 0 || !status.isRegular()) {
            Files.close(in);
            in = NO_FILE;
            return answer < 0 ? report("fstat()", answer, 500) : 0;
        }
        out = to.folder().createNew(copyName(), 0600);
        if (out < 0) {
            answer = out;
            out = NO_FILE;
            return report(true, "open()", answer, 409);
        }
        offset = 0;
        int reserved = status.size() > 0 ? Files.reserve(out, 0, status.size()) : 0;
        return reserved < 0 ? report(true, "fallocate()", reserved, 500) : 0;
    }

    private int refuseLink() {
        log.error(ErrorLog.Level.ERROR, FileErrors.failed("openat()", source.path(), Errno.ELOOP));
        return 403;
    }

    private int skip(int answer) {
        log.error(ErrorLog.Level.CRIT, FileErrors.failed("stat()", path(source), -answer));
        return 0;
    }

    private int copySlice() {
        buffer.clear();
        int count = Files.read(in, buffer, offset, BUFFER);
        if (count < 0) {
            return report("pread()", -Errno.EIO, 500);
        }
        if (count > 0) {
            if (!Files.write(out, buffer, buffer.start(), count, offset)) {
                int reason = Files.reserve(out, offset, count);
                return report(true, "pwrite()", reason < 0 ? reason : -Errno.EIO, 500);
            }
            offset += count;
            return 0;
        }
        Files.close(in);
        in = NO_FILE;
        // Nothing has asked about another file since this one was opened.
        int answer = Files.touch(out, status.modifiedSeconds());
        answer = answer < 0 ? answer : Files.changeMode(out, status.mode() & 0777);
        int closed = Files.close(out);
        out = NO_FILE;
        answer = answer < 0 ? answer : closed;
        return answer < 0 ? report(true, "close()", answer, 500) : 0;
    }

    private int finish() {
        // Of a link that led to nothing, or to no file, there is no copy.
        int outcome = Replacement.place(log, temporary, target);
        if (outcome == 0 && move) {
            outcome = Replacement.remove(log, source.folder(), source.name(), source.path());
        }
        if (outcome != 0) {
            abort();
            return outcome;
        }
        release();
        target.close();
        response.status(collection ? 201 : 204);
        return Handler.DONE;
    }

    private int report(String call, int answer, int notFound) {
        return report(false, call, answer, notFound);
    }

    /** {@code copied}: about the copy, which is called what it will be called: nobody knows the name beside it. */
    private int report(boolean copied, String call, int answer, int notFound) {
        return FileFailure.report(log, call, path(copied ? target : source), answer, notFound);
    }

    private String path(Entry top) {
        return TreePath.of(top.path(), levels.stream().map(Level::name).toList(), name);
    }

    @Override
    public void abort() {
        if (!over) {
            release();
            try (Entry left = target) {
                Replacement.removeIfThere(log, left.folder(), temporary, left.path(temporary));
            }
        }
    }

    /** All but the target, where a copy that is not whole has still to be removed. */
    private void release() {
        over = true;
        from.close();
        to.close();
        source.close();
        if (in != NO_FILE) {
            Files.close(in);
            in = NO_FILE;
        }
        if (out != NO_FILE) {
            Files.close(out);
            out = NO_FILE;
        }
        buffer.release();
        status.release();
    }
}
