package pollux.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Prefix locations of one level, and the longest one that a path begins with. They are sorted by their bytes, and each
 * knows the longest other one that it begins with itself: what a path begins with is among the nearest one before it and
 * those that this one begins with, so that a thousand locations cost a search in halves.
 */
final class Prefixes {
    private final Location[] sorted;

    /** For each the place of the longest other one that it begins with, or -1. */
    private final int[] parents;

    Prefixes(List<Location> locations) {
        sorted = locations.toArray(new Location[0]);
        Arrays.sort(sorted, Comparator.comparing(Location::pattern));
        parents = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            parents[i] = ancestor(i - 1, sorted[i].pattern());
        }
    }

    /** The first of {@code place} and its parents that a path begins with, or -1. */
    private int ancestor(int place, String path) {
        int at = place;
        while (at >= 0 && !path.startsWith(sorted[at].pattern())) {
            at = parents[at];
        }
        return at;
    }

    /** The location with the longest pattern that a path begins with, or {@code null}. */
    Location longest(String path) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle].pattern().compareTo(path) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int found = ancestor(low - 1, path);
        return found < 0 ? null : sorted[found];
    }
}
