package pollux.config;

/**
 * What is remembered of files that were asked for: nginx's {@code open_file_cache}, and what holds where it is not written.
 *
 * @param max how many files; 0 for none
 * @param inactiveMs a file that was not asked for so long is given up
 * @param validMs how long it is believed before it is looked at again
 * @param minUses how often it must have been asked for before it is kept open
 * @param errors whether a file's absence is remembered, too
 */
public record FileCaching(int max, long inactiveMs, long validMs, int minUses, boolean errors) {
    /** lighttpd's rule: what was looked at within the last second is true. */
    public static final FileCaching DEFAULT = new FileCaching(1000, 20_000, 1_000, 1, false);

    /** Every request looks at its file. */
    public static final FileCaching OFF = new FileCaching(0, 0, 0, 1, false);
}
