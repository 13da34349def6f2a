package pollux.handler;

import java.util.ArrayList;
import java.util.List;
import pollux.buffer.IoBuffer;
import pollux.config.UploadSettings;
import pollux.posix.Errno;
import pollux.posix.Folder;

/**
 * The files of one upload, each without its name until all are whole; then all get their names, or none does. The store is
 * opened once, so that they stay in it whatever is put in its place; one more descriptor is open at most. Every answer is 0
 * or a status, and what went wrong is in the log.
 */
final class PendingFiles {
    /** Behind this number names get random digits: a folder full of one name must not cost a call for each of them. */
    private static final int MAX_NUMBER = 999;

    /** So many numbers are tried for all files of a form together: there may be a thousand of one name. */
    private static final int MAX_TRIES = 2 * MAX_NUMBER;

    private static final int RANDOM_BYTES = 6;
    private static final int FOLDER_MODE = 0755;

    private record Pending(String name, String type, TemporaryFile file) {}

    private final Log log;
    private final UploadSettings settings;
    private final String store;
    private final Folder folder = new Folder();
    private final ArrayList<Pending> pending = new ArrayList<>();
    private final ArrayList<StoredFile> stored = new ArrayList<>();
    private TemporaryFile current;
    private int tries;

    /** No files yet; the store is made when it is not there. */
    PendingFiles(Log log, UploadSettings settings) {
        this.log = log;
        this.settings = settings;
        this.store = settings.store();
    }

    /** Whether the store could take this many bytes now. If not, nothing is left open. */
    int probe(long bytes) {
        TemporaryFile file = new TemporaryFile();
        int status = make(file, bytes);
        file.abandon();
        if (status != 0) {
            folder.close();
        }
        return status;
    }

    private int make(TemporaryFile file, long bytes) {
        int status = folder.isOpen() ? 0 : open();
        if (status != 0) {
            return status;
        }
        int answer = file.create(folder);
        if (answer < 0) {
            return FileFailure.reportOwn(log, "open() of a temporary file in", store, answer);
        }
        int reserved = bytes > 0 ? file.reserve(bytes) : 0;
        return reserved < 0 ? FileFailure.reportOwn(log, "fallocate() of a file in", store, reserved) : 0;
    }

    private int open() {
        int answer = folder.openOwn(store);
        if (answer == -Errno.ENOENT) {
            int made = Folders.makeOwn(store, FOLDER_MODE, settings.sync());
            if (made < 0) {
                return FileFailure.reportOwn(log, "mkdir()", store, made);
            }
            answer = folder.openOwn(store);
        }
        return answer < 0 ? FileFailure.reportOwn(log, "open()", store, answer) : 0;
    }

    /**
     * Begins a file.
     *
     * @param name a cleaned name
     * @param bytes what it will hold, to set room aside for; -1 when that is not known
     */
    int begin(String name, String type, long bytes) {
        // The one before waits for its name without a descriptor: a form may have many files.
        int rested = current == null ? 0 : current.rest();
        if (rested < 0) {
            return FileFailure.reportOwn(log, "link() of a temporary file in", store, rested);
        }
        current = new TemporaryFile();
        pending.add(new Pending(name, type, current));
        return make(current, bytes);
    }

    /** Appends to the file begun last. */
    int append(IoBuffer from, int offset, int length) {
        int answer = current.append(from, offset, length);
        return answer < 0 ? FileFailure.reportOwn(log, "pwrite() of a file in", store, answer) : 0;
    }

    /** The file begun last is whole. */
    int end() {
        int changed = current.changeMode(settings.access());
        if (changed < 0) {
            return FileFailure.reportOwn(log, "fchmod() of a file in", store, changed);
        }
        int synced = settings.sync() ? current.sync() : 0;
        return synced < 0 ? FileFailure.reportOwn(log, "fsync() of a file in", store, synced) : 0;
    }

    /** Whether there is no file at all. */
    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Gives every file its name. When one cannot get it, none has, and nothing is left. */
    int commit() {
        int status = 0;
        for (int i = 0; i < pending.size() && status == 0; i++) {
            status = place(pending.get(i));
        }
        if (status == 0 && settings.sync()) {
            int synced = folder.sync();
            status = synced < 0 ? FileFailure.reportOwn(log, "fsync()", store, synced) : 0;
        }
        if (status != 0) {
            undo();
        }
        pending.clear();
        folder.close();
        return status;
    }

    private int place(Pending file) {
        String name = file.name();
        int answer = file.file().moveNew(name);
        for (int i = 1; i <= MAX_NUMBER && tries < MAX_TRIES && answer == -Errno.EEXIST; i++) {
            tries++;
            name = FileNames.withSuffix(file.name(), "-" + i);
            answer = file.file().moveNew(name);
        }
        if (answer == -Errno.EEXIST) {
            name = FileNames.withSuffix(file.name(), "-" + TemporaryFile.randomDigits(RANDOM_BYTES));
            answer = file.file().moveNew(name);
        }
        if (answer < 0) {
            return FileFailure.reportOwn(log, "rename() to", path(name), answer);
        }
        stored.add(new StoredFile(name, file.file().length(), file.type()));
        return 0;
    }

    private String path(String name) {
        return store.endsWith("/") ? store + name : store + "/" + name;
    }

    private void undo() {
        for (StoredFile file : stored) {
            folder.unlink(file.name());
            FileCache.changed();
        }
        stored.clear();
        abandon();
    }

    /** What was stored, in the order it came. */
    List<StoredFile> stored() {
        return stored;
    }

    /** Leaves nothing of what was not stored behind; harmless at any time. */
    void abandon() {
        for (Pending file : pending) {
            file.file().abandon();
        }
        pending.clear();
        folder.close();
    }
}
