package pollux.handler;

import pollux.posix.FileStatus;

/** What tells one version of a file from another: nginx's, to the byte. */
final class Validators {
    private static final long LAST_SECOND = 253_402_300_799L;

    private Validators() {}

    /** The time of change, in seconds since 1970, in the years that {@code Last-Modified} can say. */
    static long lastModified(FileStatus file) {
        return Math.max(0, Math.min(file.modifiedSeconds(), LAST_SECOND));
    }

    /** Seconds and size in hexadecimal. */
    static String entityTag(FileStatus file) {
        return "\"" + Long.toHexString(file.modifiedSeconds()) + "-" + Long.toHexString(file.size()) + "\"";
    }
}
