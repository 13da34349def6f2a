package pollux.handler;

/**
 * Names for files that come from outside, as byte strings, usually UTF-8. What {@link #clean} answers is one path
 * segment that can be made in any folder: not empty, not hidden, without control characters, of a bounded length.
 */
final class FileNames {
    /** What file systems take. */
    static final int MAX_BYTES = 255;

    /** A name of which nothing is left. */
    static final String UNNAMED = "upload";

    /** What stands behind the last dot and is longer is no extension, and may be cut. */
    private static final int MAX_EXTENSION = 32;

    private FileNames() {}

    /**
     * Makes a name safe.
     *
     * @param wanted what the client sent: a name, or a path of either kind of which the last segment counts
     */
    static String clean(String wanted) {
        String visible = withoutControls(wanted);
        String segment = visible.substring(Math.max(visible.lastIndexOf('/'), visible.lastIndexOf('\\')) + 1);
        int from = 0;
        int to = segment.length();
        while (from < to && (segment.charAt(from) == '.' || segment.charAt(from) == ' ')) {
            from++;
        }
        while (to > from && segment.charAt(to - 1) == ' ') {
            to--;
        }
        return from == to ? UNNAMED : withSuffix(segment.substring(from, to), "");
    }

    /** Drops the control characters of ASCII, and those that UTF-8 has as C2 80 to C2 9F. */
    private static String withoutControls(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            int b = name.charAt(i);
            int next = i + 1 < name.length() ? name.charAt(i + 1) : 0;
            if (b == 0xc2 && next >= 0x80 && next <= 0x9f) {
                i++;
            } else if (b >= ' ' && b != 0x7f) {
                out.append((char) b);
            }
        }
        return out.toString();
    }

    /**
     * Puts a suffix before the extension, and cuts what stands before both where the name would be too long, never inside
     * a character: {@code name-1.txt}.
     *
     * @param name not empty, without slashes
     */
    static String withSuffix(String name, String suffix) {
        int dot = name.lastIndexOf('.');
        int stem = dot > 0 && name.length() - dot <= MAX_EXTENSION ? dot : name.length();
        String extension = name.substring(stem);
        int room = MAX_BYTES - suffix.length() - extension.length();
        return name.substring(0, characterEnd(name, Math.min(stem, room))) + suffix + extension;
    }

    /** The given offset, or the one before it where a UTF-8 character ends; as it is when the bytes are no UTF-8. */
    private static int characterEnd(String name, int offset) {
        int at = offset;
        while (at < name.length() && at > offset - 3 && at > 0 && (name.charAt(at) & 0xc0) == 0x80) {
            at--;
        }
        return at < name.length() && (name.charAt(at) & 0xc0) == 0x80 ? offset : at;
    }
}
