package pollux.handler;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import pollux.buffer.IoBuffer;
import pollux.config.FileCaching;
import pollux.config.FileSettings.DocumentRoot;
import pollux.posix.FileStatus;
import pollux.posix.Files;

/**
 * Files that were asked for lately: nginx's {@code open_file_cache}, and lighttpd's rule that a file is looked at again at
 * most once a second. A small file is kept whole and needs no descriptor, a larger one keeps its descriptor. What the
 * server itself writes or removes is seen at once ({@link #changed()}); what others do, when the time is over.
 *
 * <p>A cache belongs to one worker. It is bounded in files and bytes; what is not asked for any more is given up by
 * {@link #sweep}, so that a file which was removed does not keep its place on the disk.
 */
@SuppressWarnings("ReferenceEquality") // parts of a configuration are frozen: another object is another meaning
public final class FileCache {
    /** Files up to this size are kept whole: they fit behind their head in one write. */
    static final int SMALL = 16 * 1024;

    private static final int MAX_KEPT_BYTES = 8 << 20;
    private static final int SEATS = 1024;

    private static final AtomicLong CHANGES = new AtomicLong();

    private final FileCaching settings;
    private final Map<String, CachedFile> files = new LinkedHashMap<>();
    private final Seat[] seats = new Seat[SEATS];
    private final CachedFile failure = new CachedFile("");
    private final FileStatus status;
    private final IoBuffer scratch;
    private long keptBytes;

    /** The way from a path to a name, and its file, without making the name anew. */
    private static final class Seat {
        private DocumentRoot root;
        private String path;
        private String name;
        private CachedFile file;
    }

    /**
     * Makes an empty cache.
     *
     * @param status scratch memory, shared with others of the same thread
     * @param scratch likewise, more than {@link #SMALL} bytes
     */
    FileCache(FileCaching settings, FileStatus status, IoBuffer scratch) {
        this.settings = settings;
        this.status = status;
        this.scratch = scratch;
    }

    /** The server has written or removed a file: every cache of every worker looks again before it answers. */
    public static void changed() {
        CHANGES.incrementAndGet();
    }

    /** How often the server has changed a file. */
    static long changes() {
        return CHANGES.get();
    }

    /**
     * Finds the file that a request's path maps to.
     *
     * @return the file, or why there is none, to be read until {@link #done}
     */
    CachedFile find(Request request) {
        Seat seat = request.isFilenameByPath() ? seat(request.location().files().root(), request.path()) : null;
        if (seat != null && seat.name == null) {
            seat.name = request.filename();
        }
        String name = seat == null ? request.filename() : seat.name;
        CachedFile file = seat != null && seat.file != null && seat.file.kept ? seat.file : files.get(name);
        long nowMs = request.nowMs();
        if (file == null || !isFresh(file, nowMs)) {
            file = look(request, name, file, nowMs);
        }
        if (seat != null) {
            seat.file = file;
        }
        file.used(nowMs);
        return file;
    }

    /** What was found has been made use of. */
    void done(CachedFile file) {
        if (!file.kept || file.uses < settings.minUses()) {
            keptBytes -= file.keptBytes();
            file.letGo();
        }
    }

    /** Whether a name is known to be a regular file, and need not be looked at. */
    boolean isKnownFile(String name, long nowMs) {
        CachedFile file = files.get(name);
        return file != null && file.isRegular() && isFresh(file, nowMs);
    }

    private Seat seat(DocumentRoot root, String path) {
        int hash = path.hashCode() * 31 + System.identityHashCode(root);
        int at = (hash ^ hash >>> 16) & (SEATS - 1);
        Seat seat = seats[at];
        if (seat == null) {
            seat = new Seat();
            seats[at] = seat;
        }
        if (seat.root != root || !path.equals(seat.path)) {
            seat.root = root;
            seat.path = path;
            seat.name = null;
            seat.file = null;
        }
        return seat;
    }

    private boolean isFresh(CachedFile file, long nowMs) {
        long age = nowMs - file.checkedMs;
        // The clock on the wall may be set back.
        return age >= 0 && age < settings.validMs() && file.checkedAt == CHANGES.get() && file.isUsable();
    }

    /** Looks at the name: {@code known} if it is still true, else what is there now. */
    private CachedFile look(Request request, String name, CachedFile known, long nowMs) {
        long changes = CHANGES.get();
        if (known != null
                && known.error() == 0
                && known.isUsable()
                && Files.status(name, status) == 0
                && known.isAs(status)
                && !known.isDoubtful()) {
            known.checked(nowMs, changes);
            return known;
        }
        if (known != null) {
            remove(known);
        }
        int fd = FileLookup.open(request, name, status);
        int problem = fd < 0 ? fd : Files.status(fd, status);
        if (problem < 0) {
            if (fd >= 0) {
                Files.close(fd);
            }
            return failed(name, -problem, nowMs, changes);
        }
        CachedFile file = new CachedFile(name);
        file.opened(status, nowMs);
        file.uses = known == null ? 0 : known.uses;
        file.checked(nowMs, changes);
        if (!file.isRegular()) {
            Files.close(fd);
        } else if (!readWhole(file, fd)) {
            file.content(new OpenFile(fd));
        }
        if (file.isRegular() || file.isDirectory()) {
            keep(file);
        }
        return file;
    }

    private CachedFile failed(String name, int errno, long nowMs, long changes) {
        CachedFile file = settings.errors() ? new CachedFile(name) : failure;
        file.failed(name, errno);
        file.checked(nowMs, changes);
        if (settings.errors()) {
            keep(file);
        }
        return file;
    }

    /** Reads a small file and closes it; false when it is not small, or is just being changed. */
    private boolean readWhole(CachedFile file, int fd) {
        long size = status.size();
        if (settings.max() == 0 || size > SMALL || keptBytes + size > MAX_KEPT_BYTES) {
            return false;
        }
        scratch.clear();
        int count = Files.read(fd, scratch, 0, SMALL + 1);
        if (count != size) {
            return false;
        }
        byte[] whole = new byte[count];
        scratch.copyTo(0, whole, 0, count);
        file.content(whole);
        keptBytes += count;
        Files.close(fd);
        return true;
    }

    private void keep(CachedFile file) {
        if (settings.max() > 0) {
            while (files.size() >= settings.max()) {
                giveUpOne();
            }
            file.kept = true;
            files.put(file.name(), file);
        }
    }

    /** Gives up the one that has been kept longest, but for those that were asked for again meanwhile. */
    private void giveUpOne() {
        for (int tries = files.size(); ; tries--) {
            CachedFile eldest = files.values().iterator().next();
            if (tries == 0 || !eldest.referenced) {
                remove(eldest);
                return;
            }
            eldest.referenced = false;
            files.remove(eldest.name());
            files.put(eldest.name(), eldest);
        }
    }

    private void remove(CachedFile file) {
        files.remove(file.name());
        file.kept = false;
        keptBytes -= file.keptBytes();
        file.letGo();
    }

    /** Gives up what nobody has asked for lately. */
    void sweep(long nowMs) {
        for (CachedFile file : List.copyOf(files.values())) {
            if (Math.abs(nowMs - file.usedMs) >= settings.inactiveMs()) {
                remove(file);
            }
        }
    }

    /** How many files are kept. */
    int size() {
        return files.size();
    }

    /** Gives everything up. */
    void clear() {
        for (CachedFile file : List.copyOf(files.values())) {
            remove(file);
        }
        Arrays.fill(seats, null);
    }
}
