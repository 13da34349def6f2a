package pollux.config;

import java.util.Map;

/**
 * Answers that are written in one charset and sent in another, or in one that variables name.
 *
 * @param charset the one that is sent; {@code off} or empty for none
 * @param source the one that answers are written in, or {@code null}
 * @param tables what is known of charsets, by {@link #key}
 */
public record Recoding(Template charset, Template source, Map<String, CharsetTable> tables) {
    /** The name of a table. */
    static String key(String from, String to) {
        return AsciiText.lower(from) + " " + AsciiText.lower(to);
    }

    /** The table from one charset to another, or {@code null}. */
    public CharsetTable find(String from, String to) {
        return tables.get(key(from, to));
    }
}
