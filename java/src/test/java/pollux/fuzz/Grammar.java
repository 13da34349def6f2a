package pollux.fuzz;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Productions that several references need, as the RFCs write them, in the spelling of regular expressions. */
final class Grammar {
    /** RFC 9110 section 5.6.2. */
    static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /** The bytes a field's value may have, blanks around it among them (RFC 9110 section 5.5). */
    static final String TEXT = "[\\t -~\\x80-\\xff]*";

    private Grammar() {}

    /** What a text is to a grammar. */
    enum Fit {
        /** It is of the grammar, or begins with what is. */
        MATCH,
        /** With more bytes behind it, it might be. */
        PREFIX,
        /** Whatever came behind it, it never will be. */
        NONE
    }

    /** How a text, from {@code from} on, fits. A grammar's match is the first thing it can be, so it must not be ambiguous. */
    static Fit fit(Pattern grammar, String text, int from) {
        Matcher matcher = grammar.matcher(text).region(from, text.length());
        if (matcher.lookingAt()) {
            return Fit.MATCH;
        }
        return matcher.hitEnd() ? Fit.PREFIX : Fit.NONE;
    }

    /**
     * The offset of the first byte that makes it impossible for a text to become one of the grammar, found by trying ever
     * other prefixes.
     *
     * @return the text's length if there is no such byte
     */
    static int firstWrong(Pattern grammar, String text) {
        int possible = 0;
        int impossible = text.length() + 1;
        while (impossible - possible > 1) {
            int middle = (possible + impossible) >>> 1;
            if (fit(grammar, text.substring(0, middle), 0) == Fit.NONE) {
                impossible = middle;
            } else {
                possible = middle;
            }
        }
        return possible;
    }
}
