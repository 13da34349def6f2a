package pollux.handler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pollux.buffer.IoBuffer;
import pollux.config.FileCaching;
import pollux.posix.FileStatus;
import pollux.posix.OffHeap;

/** A worker's file caches: one for each way of caching that the configuration asks for. */
@SuppressWarnings("ReferenceEquality") // parts of a configuration are frozen: another object is another meaning
public final class FileCaches {
    private final Map<FileCaching, FileCache> caches = new HashMap<>();
    private final List<FileCache> all = new ArrayList<>();
    private final FileStatus status = new FileStatus();
    private final IoBuffer scratch = OffHeap.SOURCE.allocate(FileCache.SMALL + 1);
    private FileCaching last;
    private FileCache lastCache;

    /** The cache that serves a request's location. */
    FileCache of(Request request) {
        FileCaching settings = request.location().files().caching();
        if (settings != last) {
            lastCache = caches.computeIfAbsent(settings, this::create);
            last = settings;
        }
        return lastCache;
    }

    private FileCache create(FileCaching settings) {
        FileCache cache = new FileCache(settings, status, scratch);
        all.add(cache);
        return cache;
    }

    /** Whether nothing is kept. */
    public boolean isEmpty() {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).size() > 0) {
                return false;
            }
        }
        return true;
    }

    /** Gives up what nobody has asked for lately. */
    public void sweep(long nowMs) {
        for (FileCache cache : all) {
            cache.sweep(nowMs);
        }
    }

    /** Gives everything up: descriptors, and what belongs to an earlier configuration. */
    public void clear() {
        all.forEach(FileCache::clear);
        all.clear();
        caches.clear();
        last = null;
        lastCache = null;
    }

    /** Gives everything up for good. */
    public void close() {
        clear();
        status.release();
        scratch.release();
    }
}
