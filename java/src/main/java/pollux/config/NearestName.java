package pollux.config;

import java.util.Collection;

/** Finds the name that was probably meant. */
final class NearestName {
    private NearestName() {}

    /**
     * The nearest of some names.
     *
     * @return the first with the smallest edit distance, or {@code null} when more than a third of the name (at least one
     *     letter) would have to change
     */
    static String of(String name, Collection<String> candidates) {
        int bound = Math.max(1, name.length() / 3);
        String nearest = null;
        for (String candidate : candidates) {
            int distance = distance(name, candidate);
            if (distance <= bound) {
                nearest = candidate;
                bound = distance - 1;
            }
        }
        return nearest;
    }

    /** Letters to insert, drop, replace or swap with their neighbour (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
