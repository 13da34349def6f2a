package pollux.handler;

import pollux.posix.Folder;

/**
 * A name in a folder that is open: what is done to it is done there, wherever its path leads meanwhile. Whoever opened it
 * closes it.
 */
final class Entry implements AutoCloseable {
    private final String path;
    private final String name;
    private final Folder folder = new Folder();

    /** {@code path} may have slashes at its end. */
    Entry(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        this.path = path.substring(0, end);
        this.name = this.path.substring(this.path.lastIndexOf('/') + 1);
    }

    /** Opens the folder, by way of the links that may lie there; 0 or {@code -errno}. */
    int open(Request request) {
        return FileLookup.openFolder(request, Folders.parent(path), folder);
    }

    /** Likewise, the folder being open already; that one stays the caller's. */
    int open(Folder known) {
        return folder.openAs(known);
    }

    Folder folder() {
        return folder;
    }

    String name() {
        return name;
    }

    /** For the log. */
    String path() {
        return path;
    }

    /** Another name in the same folder, for the log. */
    String path(String other) {
        return path.substring(0, path.length() - name.length()) + other;
    }

    @Override
    public void close() {
        folder.close();
    }
}
