package pollux.config;

/**
 * One name of a server block.
 *
 * @param kind how it is compared
 * @param text what is compared, lower-case: the name; for wildcards the part without {@code *} and its dot; for regular
 *     expressions the source
 * @param regex the compiled expression, or {@code null}
 */
public record ServerName(Kind kind, String text, Regex regex) {
    /** How a name is compared. */
    public enum Kind {
        /** {@code www.example.com}. */
        EXACT,
        /** {@code *.example.com}. */
        LEADING_WILDCARD,
        /** {@code .example.com}: the name itself and everything below it. */
        NAME_AND_BELOW,
        /** {@code www.example.*}. */
        TRAILING_WILDCARD,
        /** {@code ~expression}. */
        REGEX
    }
}
