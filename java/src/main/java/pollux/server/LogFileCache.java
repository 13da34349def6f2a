package pollux.server;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import pollux.config.LogSettings.Caching;
import pollux.loop.EventLoop;
import pollux.posix.FileStatus;

/**
 * The files of logs with variables in their path, kept open as one {@code open_log_file_cache} says; the paths may be made
 * of what clients send, so there are never more than {@code max} beyond a turn's end. What is not kept is open until the
 * end of the turn. Like nginx it looks for what nobody uses when it is asked for something else.
 */
final class LogFileCache {
    /** Open at once within a turn where nothing is kept. */
    private static final int MOST = 512;

    private static final class Entry {
        LogFile file;
        long usedMs;
        long checkedMs;
        int uses;
    }

    private final Caching caching;
    private final EventLoop loop;
    private final Consumer<String> complaints;
    private final FileStatus status = new FileStatus();
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final List<Entry> fleeting = new ArrayList<>();

    LogFileCache(Caching caching, EventLoop loop, Consumer<String> complaints) {
        this.caching = caching;
        this.loop = loop;
        this.complaints = complaints;
    }

    /** The file of a path, or one with a {@link LogFile#problem()} that is closed already. */
    LogFile open(String path, long nowMs) {
        Entry entry = entries.get(path);
        if (entry == null) {
            entry = new Entry();
            dropOld(nowMs);
        } else if (nowMs - entry.usedMs > caching.inactiveMs() && caching.max() > 0) {
            entry.uses = 0;
        }
        boolean stale = entry.file != null
                && caching.max() > 0
                && nowMs - entry.checkedMs >= caching.validMs()
                && !entry.file.hasItsName(status);
        if (stale) {
            entry.file.close();
            entry.file = null;
        }
        if (entry.file == null) {
            LogFile file = new LogFile(path, loop, complaints);
            if (file.problem() < 0) {
                file.close();
                entries.remove(path);
                return file;
            }
            entry.file = file;
            entries.put(path, entry);
        }
        if (stale || entry.uses == 0 || nowMs - entry.checkedMs >= caching.validMs()) {
            entry.checkedMs = nowMs;
        }
        entry.usedMs = nowMs;
        entry.uses++;
        if ((caching.max() == 0 || entry.uses < caching.minUses()) && !fleeting.contains(entry)) {
            fleeting.add(entry);
        }
        return entry.file;
    }

    private void dropOld(long nowMs) {
        int most = caching.max() == 0 ? MOST : caching.max();
        Iterator<Entry> oldestFirst = entries.values().iterator();
        while (oldestFirst.hasNext()) {
            Entry oldest = oldestFirst.next();
            boolean inactive = caching.max() > 0 && nowMs - oldest.usedMs > caching.inactiveMs();
            if (!inactive && entries.size() < most) {
                return;
            }
            oldestFirst.remove();
            close(oldest);
        }
    }

    /** Closes what is not to be kept, with its lines written. */
    void endTurn() {
        for (int i = 0; i < fleeting.size(); i++) {
            Entry entry = fleeting.get(i);
            if (caching.max() == 0 || entry.uses < caching.minUses()) {
                close(entry);
            }
        }
        fleeting.clear();
        if (caching.max() == 0) {
            entries.clear();
        }
    }

    private static void close(Entry entry) {
        if (entry.file != null) {
            entry.file.close();
            entry.file = null;
        }
    }

    /** Closes every file. */
    void clear() {
        entries.values().forEach(LogFileCache::close);
        entries.clear();
        fleeting.clear();
    }

    /** Closes every file; nothing is asked of it any more. */
    void close() {
        clear();
        status.release();
    }
}
