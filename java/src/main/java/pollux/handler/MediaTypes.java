package pollux.handler;

import pollux.config.FileSettings;

/** The {@code Content-Type} of an answer: nginx's {@code types}, {@code default_type} and {@code charset}. */
public final class MediaTypes {
    private MediaTypes() {}

    /** The media type of what the request's path names, charset included, or {@code null} for no field. */
    public static String ofPath(Request request) {
        FileSettings files = request.location().files();
        String type = extensionType(files, request.path());
        return withCharset(files, type == null ? files.defaultType() : type);
    }

    /** nginx takes {@code .html} for a name without an extension, wherever a name like that stands. */
    private static String extensionType(FileSettings files, String path) {
        boolean hidden = path.lastIndexOf('.') == path.lastIndexOf('/') + 1;
        return hidden ? null : files.types().typeOf(path);
    }

    /**
     * A media type with the location's {@code charset} behind it, if it is one of {@code charset_types}.
     *
     * @param type without parameters; empty for none
     * @return {@code null} for none
     */
    public static String withCharset(FileSettings files, String type) {
        if (type.isEmpty()) {
            return null;
        }
        return hasCharset(files, type) ? type + "; charset=" + files.charset() : type;
    }

    /** Whether {@link #withCharset} appends the charset to this type. */
    static boolean hasCharset(FileSettings files, String type) {
        return files.charset() != null
                && (files.charsetTypes().contains(type) || files.charsetTypes().contains("*"));
    }
}
