package pollux.handler;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import pollux.buffer.IoBuffer;
import pollux.config.ErrorLog;
import pollux.posix.Arena;
import pollux.posix.Directory;
import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Files;
import pollux.posix.OffHeap;

/**
 * A file or a folder with all that is in it on its way to another name: copied under a hidden name beside the new one, and
 * moved into place when it is whole. A link that leads to a file is copied as that file, as nginx does; other links, sockets
 * and the like are left out. Times and permission bits are those of what is copied.
 */
final class TreeCopy implements Work {
    private static final int STEP_ENTRIES = 32;
    private static final int STEP_BYTES = 1 << 20;
    private static final int BUFFER = 64 << 10;
    private static final int NO_FILE = -1;
    private static final int OWNER_ALL = 0700;

    private final Response response;
    private final Log log;
    private final String source;
    private final String target;
    private final boolean move;
    private final String temporary;
    private final IoBuffer buffer = OffHeap.SOURCE.allocate(BUFFER);
    private final FileStatus status = new FileStatus();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Reservation room = new Reservation();
    private final List<Ready> folders = new ArrayList<>();
    private int in = NO_FILE;
    private int out = NO_FILE;
    private String path;
    private int mode;
    private long changed;
    private long offset;
    private boolean collection;
    private boolean over;

    /** A folder that gets its permission bits when all is in it. */
    private record Ready(String path, int mode) {}

    private TreeCopy(Request request, Response response, String source, String target, boolean move) {
        this.response = response;
        this.log = request.log();
        this.source = source;
        this.target = target;
        this.move = move;
        this.temporary = Replacement.temporary(target);
        waiting.push("");
    }

    /**
     * Begins to copy.
     *
     * @param source without a slash at its end
     * @param target likewise; what is there is replaced
     * @param move whether the source goes when the copy is whole
     */
    static TreeCopy begin(Request request, Response response, String source, String target, boolean move) {
        return new Arena().make(() -> new TreeCopy(request, response, source, target, move));
    }

    @Override
    public int step() {
        int bytes = 0;
        for (int entries = 0; entries < STEP_ENTRIES && bytes < STEP_BYTES; ) {
            int outcome;
            if (in != NO_FILE) {
                outcome = copySlice();
                bytes += BUFFER;
            } else if (waiting.isEmpty()) {
                return finish();
            } else {
                outcome = begin(waiting.pop());
                entries++;
            }
            if (outcome != 0) {
                abort();
                return outcome;
            }
        }
        return MORE;
    }

    /** Begins with an entry, named by what stands behind the source's name. */
    private int begin(String rest) {
        String from = source + rest;
        int answer = Files.linkStatus(from, status);
        if (answer == 0 && status.isLink()) {
            answer = Files.status(from, status);
            if (answer < 0 || !status.isRegular()) {
                return rest.isEmpty() && answer < 0 ? report("stat()", from, answer, 404) : skip(from, answer);
            }
        }
        if (answer < 0) {
            // Somebody has removed it meanwhile.
            return answer == -Errno.ENOENT && !rest.isEmpty() ? 0 : report("lstat()", from, answer, 404);
        }
        path = temporary + rest;
        mode = status.mode() & 0777;
        changed = status.modifiedSeconds();
        if (status.isDirectory()) {
            collection |= rest.isEmpty();
            return folder(from, rest);
        }
        return status.isRegular() ? file(from) : skip(from, 0);
    }

    private int skip(String from, int answer) {
        if (answer < 0) {
            log.error(ErrorLog.Level.CRIT, FileErrors.failed("stat()", from, -answer));
        }
        return 0;
    }

    private int folder(String from, String rest) {
        int answer = Files.makeDirectory(path, mode | OWNER_ALL);
        if (answer < 0) {
            return report("mkdir()", path, answer, 409);
        }
        folders.add(new Ready(path, mode));
        try (Directory directory = new Directory()) {
            answer = directory.open(from);
            for (String name = answer < 0 ? null : directory.next(); name != null; name = directory.next()) {
                waiting.push(rest + "/" + name);
            }
            // Names that cannot be read must not be left out of what is called a copy.
            answer = answer < 0 ? answer : directory.problem();
        }
        return answer < 0 ? report("opendir()", from, answer, 404) : 0;
    }

    private int file(String from) {
        in = Files.openRead(from);
        if (in < 0) {
            int answer = in;
            in = NO_FILE;
            return report("open()", from, answer, 404);
        }
        out = Files.createNew(path, 0600);
        if (out < 0) {
            int answer = out;
            out = NO_FILE;
            return report("open()", path, answer, 409);
        }
        offset = 0;
        int reserved = room.begin(out, status.size());
        return reserved < 0 ? report("fallocate()", path, reserved, 500) : 0;
    }

    private int copySlice() {
        buffer.clear();
        int count = Files.read(in, buffer, offset, BUFFER);
        if (count < 0) {
            return report("pread()", source, -Errno.EIO, 500);
        }
        if (count > 0) {
            int reason = room.grow(out, offset + count);
            if (reason < 0 || !Files.write(out, buffer, buffer.start(), count, offset)) {
                reason = reason < 0 ? reason : Files.reserve(out, offset, count);
                return report("pwrite()", path, reason < 0 ? reason : -Errno.EIO, 500);
            }
            offset += count;
            return 0;
        }
        Files.close(in);
        in = NO_FILE;
        int answer = Files.close(out);
        out = NO_FILE;
        answer = answer < 0 ? answer : Files.touch(path, changed);
        answer = answer < 0 ? answer : Files.changeMode(path, mode);
        return answer < 0 ? report("close()", path, answer, 500) : 0;
    }

    private int finish() {
        for (int i = folders.size() - 1; i >= 0; i--) {
            Files.changeMode(folders.get(i).path(), folders.get(i).mode());
        }
        int outcome = Replacement.place(log, temporary, target);
        if (outcome == 0 && move) {
            outcome = Replacement.remove(log, source);
        }
        if (outcome != 0) {
            abort();
            return outcome;
        }
        release();
        response.status(collection ? 201 : 204);
        return Handler.DONE;
    }

    private int report(String call, String name, int answer, int notFound) {
        // Nobody knows the name beside the target's, or will find it.
        String known = name.startsWith(temporary) ? target + name.substring(temporary.length()) : name;
        return FileFailure.report(log, call, known, answer, notFound);
    }

    @Override
    public void abort() {
        if (!over) {
            release();
            if (Files.linkMode(temporary) >= 0) {
                Replacement.remove(log, temporary);
            }
        }
    }

    private void release() {
        over = true;
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
