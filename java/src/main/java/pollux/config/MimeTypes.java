package pollux.config;

import java.util.Map;

/** Extension to media type: nginx's {@code types}. */
public final class MimeTypes {
    /** What holds when no {@code types} is written. */
    public static final MimeTypes DEFAULT =
            new MimeTypes(Map.of("html", "text/html", "gif", "image/gif", "jpg", "image/jpeg"));

    private final Map<String, String> byExtension;

    MimeTypes(Map<String, String> byExtension) {
        this.byExtension = Map.copyOf(byExtension);
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
        return byExtension.get(AsciiText.lower(path.substring(dot + 1)));
    }
}
