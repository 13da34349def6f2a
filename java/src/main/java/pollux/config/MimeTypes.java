package pollux.config;

import java.util.Map;

/** Extension to media type: nginx's {@code types}. */
public final class MimeTypes {
    /** What holds when no {@code types} is written. */
    public static final MimeTypes DEFAULT =
            new MimeTypes(Map.of("html", "text/html", "gif", "image/gif", "jpg", "image/jpeg"));

    private final Map<String, String> byExtension;

    // Open addressing, at most half full: extensions and types by the hash of the extension, so that the end of a path
    // can
    // be looked up without making it a string of its own.
    private final String[] extensions;
    private final String[] types;

    MimeTypes(Map<String, String> byExtension) {
        this.byExtension = Map.copyOf(byExtension);
        int places = Integer.highestOneBit(Math.max(1, byExtension.size())) * 4;
        this.extensions = new String[places];
        this.types = new String[places];
        this.byExtension.forEach((extension, type) -> {
            int place = place(extension, 0);
            extensions[place] = extension;
            types[place] = type;
        });
    }

    /** Every extension, lower-case without its dot, and its type. */
    public Map<String, String> byExtension() {
        return byExtension;
    }

    /**
     * The type of a file.
     *
     * @param path a file name or the path of a URI
     * @return the type of what stands behind the last dot of the last segment, or {@code null}
     */
    public String typeOf(String path) {
        int dot = path.lastIndexOf('.');
        if (dot < 0 || dot < path.lastIndexOf('/')) {
            return null;
        }
        return types[place(path, dot + 1)];
    }

    /** Where the extension that begins at {@code from} stands, or would stand. */
    private int place(String path, int from) {
        int hash = 0;
        for (int i = from; i < path.length(); i++) {
            hash = hash * 31 + lower(path.charAt(i));
        }
        int place = (hash ^ hash >>> 15) & (extensions.length - 1);
        while (extensions[place] != null && !isEnd(path, from, extensions[place])) {
            place = (place + 1) & (extensions.length - 1);
        }
        return place;
    }

    private static boolean isEnd(String path, int from, String extension) {
        if (path.length() - from != extension.length()) {
            return false;
        }
        for (int i = 0; i < extension.length(); i++) {
            if (lower(path.charAt(from + i)) != extension.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    }
}
