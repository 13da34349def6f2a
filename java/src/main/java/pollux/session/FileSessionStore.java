package pollux.session;

import java.util.List;

/**
 * Sessions in memory, and in a file that is read at the start and written anew when something has changed: whole or not
 * at all, because a new file is made, forced to the disk and renamed over the old one. A crash costs what changed since
 * the last time, a second at most. {@link SessionWriter} describes the file.
 *
 * <p>The cost: each writing takes time in proportion to all sessions, on the thread of the worker that tends. The other
 * workers go on meanwhile.
 */
final class FileSessionStore implements SessionStore {
    /** Changed entries are written at most this often. */
    private static final long CHANGES_EVERY_MS = 1_000;

    /** When only the times of last use have changed, or the last attempt failed, there is no hurry. */
    private static final long OTHERWISE_EVERY_MS = 60_000;

    private final String file;
    private final MemorySessionStore memory;
    private final Object writing = new Object();
    private long writtenChanges;
    private long writtenUses;
    private long writtenMs = Long.MIN_VALUE / 2;
    private boolean failed;
    private String warning;

    FileSessionStore(String file, MemorySessionStore memory) {
        this.file = file;
        this.memory = memory;
        SessionReader reader = new SessionReader();
        for (Session kept : reader.read(file)) {
            memory.adopt(kept);
        }
        warning = reader.problem();
        writtenChanges = memory.changes();
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
        synchronized (writing) {
            long everyMs = failed || memory.changes() == writtenChanges ? OTHERWISE_EVERY_MS : CHANGES_EVERY_MS;
            // A clock that was set back must not stop the writing for as long.
            if (isChanged() && (nowMs - writtenMs >= everyMs || nowMs < writtenMs)) {
                writtenMs = nowMs;
                write();
            }
        }
    }

    private boolean isChanged() {
        return memory.changes() != writtenChanges || memory.uses() != writtenUses;
    }

    private void write() {
        // Counted before the snapshot: what changes in between is written next time too.
        long changes = memory.changes();
        long uses = memory.uses();
        List<Session> snapshot = memory.all();
        String problem = new SessionWriter().write(file, snapshot);
        failed = problem != null;
        if (failed) {
            warning = problem;
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
        synchronized (writing) {
            String taken = warning;
            warning = null;
            return taken;
        }
    }

    @Override
    public void close() {
        synchronized (writing) {
            if (isChanged()) {
                write();
            }
        }
    }
}
