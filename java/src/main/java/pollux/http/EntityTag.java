package pollux.http;

/**
 * Entity tags (RFC 9110 section 8.8.3): {@code "x"} is strong, {@code W/"x"} is weak. A tag may hold commas, so lists of
 * them are walked tag by tag and never split.
 */
public final class EntityTag {
    private EntityTag() {}

    /** Whether a text is one entity tag and nothing else. */
    public static boolean isValid(String text) {
        return !text.isEmpty() && end(text, 0) == text.length();
    }

    /** Whether a tag is weak. */
    public static boolean isWeak(String tag) {
        return tag.startsWith("W/");
    }

    /** Strong comparison (section 8.8.3.2): equal, and neither is weak. */
    public static boolean strongEquals(String a, String b) {
        return !isWeak(a) && a.equals(b);
    }

    /** Weak comparison (section 8.8.3.2): equal but for weakness. */
    public static boolean weakEquals(String a, String b) {
        return opaque(a).equals(opaque(b));
    }

    private static String opaque(String tag) {
        return isWeak(tag) ? tag.substring(2) : tag;
    }

    /**
     * Whether an If-Match value holds for what exists with this tag: {@code *}, or a tag that is strongly equal.
     *
     * @param list the field's value, several lines joined by commas
     * @param tag the current tag, or {@code null} if what exists has none: then only {@code *} matches
     */
    public static boolean matchesStrong(String list, String tag) {
        return matches(list, tag, true);
    }

    /**
     * Whether an If-None-Match value names what exists with this tag: {@code *}, or a tag that is weakly equal.
     *
     * @param list the field's value, several lines joined by commas
     * @param tag the current tag, or {@code null} if what exists has none: then only {@code *} matches
     */
    public static boolean matchesWeak(String list, String tag) {
        return matches(list, tag, false);
    }

    private static boolean matches(String list, String tag, boolean strong) {
        if (list.equals("*")) {
            return true;
        }
        int at = 0;
        while (tag != null && at < list.length()) {
            char c = list.charAt(at);
            if (c == ',' || c == ' ' || c == '\t') {
                at++;
                continue;
            }
            int end = end(list, at);
            // Behind a broken member nothing is certain; what came before it has been compared.
            if (end < 0 || !isMemberEnd(list, end)) {
                return false;
            }
            String member = list.substring(at, end);
            if (strong ? strongEquals(member, tag) : weakEquals(member, tag)) {
                return true;
            }
            at = end;
        }
        return false;
    }

    private static boolean isMemberEnd(String list, int at) {
        return at == list.length() || list.charAt(at) == ',' || list.charAt(at) == ' ' || list.charAt(at) == '\t';
    }

    /** Where the tag that begins at {@code at} ends, or -1: [ "W/" ] DQUOTE *etagc DQUOTE. */
    private static int end(String text, int at) {
        int i = text.startsWith("W/", at) ? at + 2 : at;
        if (i >= text.length() || text.charAt(i) != '"') {
            return -1;
        }
        for (i++; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c <= ' ' || c == 0x7f) {
                return -1;
            }
        }
        return -1;
    }
}
