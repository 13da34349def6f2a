package pollux.handler;

import java.util.ArrayList;
import java.util.List;
import pollux.buffer.IoBuffer;
import pollux.posix.Errno;
import pollux.posix.Files;

/**
 * The files of one upload, each in a temporary file of the store until all are whole; then all get their names, or none
 * does. One descriptor is open at most. Every answer is 0 or a status, and what went wrong is in the log.
 */
final class PendingFiles {
    /** Behind this number names get random digits: a folder full of one name must not cost a call for each of them. */
    private static final int MAX_NUMBER = 999;

    private static final int RANDOM_BYTES = 6;
    private static final int FOLDER_MODE = 0755;

    private record Pending(String name, String type, TemporaryFile file) {}

    private final Log log;
    private final String store;
    private final int mode;
    private final ArrayList<Pending> pending = new ArrayList<>();
    private final ArrayList<StoredFile> stored = new ArrayList<>();
    private TemporaryFile current;

    /**
     * No files yet.
     *
     * @param store the folder, made when it is not there
     * @param mode the permission bits of stored files
     */
    PendingFiles(Log log, String store, int mode) {
        this.log = log;
        this.store = store;
        this.mode = mode;
    }

    /** Whether the store could take this many bytes now; -1 asks only whether files can be made there. */
    int probe(long bytes) {
        TemporaryFile file = new TemporaryFile();
        int status = make(file, bytes);
        file.abandon();
        return status;
    }

    private int make(TemporaryFile file, long bytes) {
        int answer = file.create(store);
        if (answer == -Errno.ENOENT) {
            int made = new Folders().make(store, FOLDER_MODE);
            if (made < 0) {
                return FileFailure.reportOwn(log, "mkdir()", store, made);
            }
            answer = file.create(store);
        }
        if (answer < 0) {
            return FileFailure.reportOwn(log, "open() of a temporary file in", store, answer);
        }
        int reserved = bytes > 0 ? file.reserve(bytes) : 0;
        return reserved < 0 ? FileFailure.reportOwn(log, "fallocate()", file.path(), reserved) : 0;
    }

    /**
     * Begins a file.
     *
     * @param name a cleaned name
     * @param bytes what it will hold, to set room aside for; -1 when that is not known
     */
    int begin(String name, String type, long bytes) {
        current = new TemporaryFile();
        pending.add(new Pending(name, type, current));
        return make(current, bytes);
    }

    /** Appends to the file begun last. */
    int append(IoBuffer from, int offset, int length) {
        int answer = current.append(from, offset, length);
        return answer < 0 ? FileFailure.reportOwn(log, "pwrite()", current.path(), answer) : 0;
    }

    /** The file begun last is whole. */
    int end() {
        String path = current.path();
        int sealed = current.seal();
        if (sealed < 0) {
            return FileFailure.reportOwn(log, "close()", path, sealed);
        }
        int changed = current.changeMode(mode);
        return changed < 0 ? FileFailure.reportOwn(log, "chmod()", path, changed) : 0;
    }

    /** Whether there is no file at all. */
    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Gives every file its name. When one cannot get it, none has, and nothing is left. */
    int commit() {
        for (Pending file : pending) {
            int status = place(file);
            if (status != 0) {
                undo();
                return status;
            }
        }
        pending.clear();
        return 0;
    }

    private int place(Pending file) {
        String name = file.name();
        int answer = move(file, name);
        for (int i = 1; i <= MAX_NUMBER && answer == -Errno.EEXIST; i++) {
            name = FileNames.withSuffix(file.name(), "-" + i);
            answer = move(file, name);
        }
        if (answer == -Errno.EEXIST) {
            name = FileNames.withSuffix(file.name(), "-" + TemporaryFile.randomDigits(RANDOM_BYTES));
            answer = move(file, name);
        }
        if (answer < 0) {
            return FileFailure.reportOwn(log, "rename() to", path(name), answer);
        }
        stored.add(new StoredFile(name, file.file().length(), file.type()));
        return 0;
    }

    private int move(Pending file, String name) {
        return file.file().moveNew(path(name));
    }

    private String path(String name) {
        return store.endsWith("/") ? store + name : store + "/" + name;
    }

    private void undo() {
        for (StoredFile file : stored) {
            Files.unlink(path(file.name()));
            FileCache.changed();
        }
        stored.clear();
        abandon();
    }

    /** What was stored, in the order it came. */
    List<StoredFile> stored() {
        return stored;
    }

    /** Leaves nothing of what was not stored behind. */
    void abandon() {
        for (Pending file : pending) {
            file.file().abandon();
        }
        pending.clear();
    }
}
