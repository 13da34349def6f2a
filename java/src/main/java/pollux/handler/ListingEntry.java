package pollux.handler;

import pollux.posix.FileStatus;

/**
 * One line of a directory listing. Directories come first, then names by their bytes.
 *
 * @param name a byte string
 * @param kind what it is
 * @param modifiedSeconds the last change, in seconds since 1970
 * @param size in bytes
 */
record ListingEntry(String name, Kind kind, long modifiedSeconds, long size) implements Comparable<ListingEntry> {
    enum Kind {
        DIRECTORY,
        FILE,
        OTHER
    }

    static ListingEntry of(String name, FileStatus status) {
        Kind kind = status.isDirectory() ? Kind.DIRECTORY : status.isRegular() ? Kind.FILE : Kind.OTHER;
        return new ListingEntry(name, kind, Validators.lastModified(status), status.size());
    }

    boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }

    @Override
    public int compareTo(ListingEntry other) {
        if (isDirectory() != other.isDirectory()) {
            return isDirectory() ? -1 : 1;
        }
        return name.compareTo(other.name);
    }
}
