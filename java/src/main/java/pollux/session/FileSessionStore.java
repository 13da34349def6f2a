package pollux.session;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sessions in memory, and in a file that is read at the start and written anew when something has changed: whole or not
 * at all, because a new file is made, forced to the disk and renamed over the old one. A crash costs what changed since
 * the last time, a second at most. {@link SessionWriter} describes the file.
 *
 * <p>A file that is there and cannot be read now (no descriptor is left, the disk errs) is read later: until then nothing is
 * written over it, and whoever comes in that time is a new visitor.
 *
 * <p>The cost: each writing takes time in proportion to all sessions, on the thread of the worker that tends. The other
 * workers go on meanwhile: none of them waits for the disk.
 */
final class FileSessionStore implements SessionStore {
    /** Changed entries are written at most this often. */
    private static final long CHANGES_EVERY_MS = 1_000;

    /** When only the times of last use have changed, or the last attempt failed, there is no hurry. */
    private static final long OTHERWISE_EVERY_MS = 60_000;

    private final String file;
    private final MemorySessionStore memory;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicReference<String> warning = new AtomicReference<>();
    private long writtenChanges;
    private long writtenUses;
    private long writtenMs = Long.MIN_VALUE / 2;
    private boolean failed;
    private boolean unread = true;

    FileSessionStore(String file, MemorySessionStore memory) {
        this.file = file;
        this.memory = memory;
        warning.set(read());
        writtenChanges = memory.changes();
    }

    /** Takes in what the file has, if that can be told; what is wrong with it, or {@code null}. */
    private String read() {
        SessionReader reader = new SessionReader();
        memory.adoptOlder(reader.read(file));
        unread = reader.isUnreadable();
        return reader.problem();
    }

    @Override
    public Session find(String id, long nowMs) {
        return memory.find(id, nowMs);
    }

    @Override
    public Session create(long nowMs) {
        return memory.create(nowMs);
    }

    @Override
    public void save(Session session, long nowMs) {
        memory.save(session, nowMs);
    }

    @Override
    public void tend(long nowMs) {
        memory.tend(nowMs);
        if (!writing.tryLock()) {
            return; // another worker is at it
        }
        try {
            if (isChanged() && isDue(nowMs)) {
                writtenMs = nowMs;
                write();
            }
        } finally {
            writing.unlock();
        }
    }

    private boolean isDue(long nowMs) {
        boolean noHurry = failed || memory.changes() == writtenChanges;
        // A clock that was set back must not stop the writing for as long.
        return nowMs < writtenMs || nowMs - writtenMs >= (noHurry ? OTHERWISE_EVERY_MS : CHANGES_EVERY_MS);
    }

    private boolean isChanged() {
        return memory.changes() != writtenChanges || memory.uses() != writtenUses;
    }

    private void write() {
        if (unread) {
            String problem = read();
            warning.set(problem);
            failed = unread;
            if (failed) {
                return;
            }
        }
        // Counted before the snapshot: what changes in between is written next time too.
        long changes = memory.changes();
        long uses = memory.uses();
        List<Session> snapshot = memory.all();
        String problem = new SessionWriter().write(file, snapshot);
        failed = problem != null;
        if (failed) {
            warning.set(problem);
        } else {
            writtenChanges = changes;
            writtenUses = uses;
        }
    }

    @Override
    public int size() {
        return memory.size();
    }

    @Override
    public String takeWarning() {
        return warning.getAndSet(null);
    }

    @Override
    public void close() {
        writing.lock();
        try {
            if (isChanged()) {
                write();
            }
        } finally {
            writing.unlock();
        }
    }
}
