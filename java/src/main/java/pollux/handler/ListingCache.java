package pollux.handler;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import pollux.config.FileCaching;
import pollux.config.Location;

/**
 * Directory listings that were just made: like everything known of files they are true for a second, and no longer than
 * files are believed where they are listed. Many clients who ask for a large directory at once cost one reading of it.
 */
final class ListingCache {
    private static final long TRUE_MS = 1_000;
    private static final int MAX_LISTINGS = 8;

    private final Map<Place, Listing> listings = new LinkedHashMap<>();

    /** What is listed, and how. */
    private record Place(Location location, String folder, String path) {}

    private record Listing(Content content, long madeMs, long changes) {}

    /** The listing for a request, or {@code null} when it has to be made. */
    Content find(Request request, String folder) {
        Listing listing = listings.get(new Place(request.location(), folder, request.path()));
        return listing != null && isTrue(listing, request) ? listing.content() : null;
    }

    private static boolean isTrue(Listing listing, Request request) {
        long age = request.nowMs() - listing.madeMs();
        FileCaching caching = request.location().files().caching();
        return age >= 0 && age < Math.min(TRUE_MS, caching.validMs()) && listing.changes() == FileCache.changes();
    }

    /**
     * Keeps a listing that was just made.
     *
     * @param changes {@link FileCache#changes()} before the directory was read
     */
    void keep(Request request, String folder, Content content, long changes) {
        listings.values().removeIf(old -> !isTrue(old, request));
        if (request.location().files().caching().max() == 0 || content.length() > ListingText.LARGEST_IN_MEMORY) {
            return;
        }
        if (listings.size() >= MAX_LISTINGS) {
            Iterator<Listing> eldest = listings.values().iterator();
            eldest.next();
            eldest.remove();
        }
        listings.put(
                new Place(request.location(), folder, request.path()), new Listing(content, request.nowMs(), changes));
    }
}
