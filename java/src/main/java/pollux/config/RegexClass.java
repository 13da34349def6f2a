package pollux.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A character class of PCRE2's, in which {@code [} and {@code &} are ordinary and {@code [:alpha:]} is a POSIX class. */
final class RegexClass {
    private static final Map<String, String> POSIX_CLASSES = Map.ofEntries(
            Map.entry("alpha", "\\p{Alpha}"),
            Map.entry("ascii", "\\p{ASCII}"),
            Map.entry("digit", "\\p{Digit}"),
            Map.entry("alnum", "\\p{Alnum}"),
            Map.entry("upper", "\\p{Upper}"),
            Map.entry("lower", "\\p{Lower}"),
            Map.entry("punct", "\\p{Punct}"),
            Map.entry("graph", "\\p{Graph}"),
            Map.entry("print", "\\p{Print}"),
            Map.entry("blank", "\\p{Blank}"),
            Map.entry("cntrl", "\\p{Cntrl}"),
            Map.entry("xdigit", "\\p{XDigit}"),
            Map.entry("space", "\\s"),
            Map.entry("word", "\\w"));

    private static final Pattern POSIX = Pattern.compile("\\[([:.=])([^\\]\\[\\\\:.=]*)\\1\\]");
    private static final String BAD_RANGE = "invalid range in character class";

    private final RegexText text;
    private final RegexEscape escape;

    RegexClass(RegexText text, RegexEscape escape) {
        this.text = text;
        this.escape = escape;
    }

    /** Reads one from its opening bracket on. */
    void read() throws RegexText.RefusedException {
        if (posix() != null) {
            String complaint = text.peek(1) == ':'
                    ? "POSIX named classes are supported only within a class"
                    : "POSIX collating elements are not supported";
            throw text.refuse(complaint, text.at());
        }
        text.skip(1);
        text.write("[");
        if (text.peek(0) == '^') {
            text.skip(1);
            text.write("^");
        }
        // A "]" that comes first is ordinary.
        boolean first = true;
        while (first || text.peek(0) != ']') {
            member();
            first = false;
        }
        text.skip(1);
        text.write("]");
    }

    private Matcher posix() {
        Matcher posix = POSIX.matcher(text.rest());
        return posix.lookingAt() ? posix : null;
    }

    private void member() throws RegexText.RefusedException {
        if (text.startsWith("\\Q")) {
            quoted();
            return;
        }
        int low = one();
        boolean isRange = text.peek(0) == '-' && text.peek(1) != ']' && !text.isEnd(1) && low != RegexEscape.NOTHING;
        if (!isRange) {
            if (low >= 0) {
                text.writeLiteral(low);
            }
            return;
        }
        if (low == RegexEscape.SET) {
            throw text.refuse(BAD_RANGE, text.at());
        }
        text.skip(1);
        if (posix() != null) {
            throw text.refuse(BAD_RANGE, text.at() + 1);
        }
        int high = one();
        if (high == RegexEscape.SET) {
            throw text.refuse(BAD_RANGE, text.at());
        }
        if (high >= 0 && high < low) {
            throw text.refuse("range out of order in character class", text.at() - 1);
        }
        text.writeLiteral(low);
        text.write("-");
        text.writeLiteral(high < 0 ? '-' : high);
    }

    /** One character, which is not written yet, or one set, which is. */
    private int one() throws RegexText.RefusedException {
        if (text.isEnd()) {
            throw text.refuse("missing terminating ] for character class", text.length());
        }
        char c = text.peek(0);
        if (c == '\\') {
            return escape.inClass();
        }
        Matcher posix = c == '[' ? posix() : null;
        if (posix != null) {
            posixClass(posix);
            return RegexEscape.SET;
        }
        text.skip(1);
        return c;
    }

    private void quoted() {
        int end = text.indexOf("\\E");
        text.skip(2);
        text.take(end < 0 ? text.length() : end).chars().forEach(text::writeLiteral);
        text.skip(end < 0 ? 0 : 2);
    }

    private void posixClass(Matcher posix) throws RegexText.RefusedException {
        if (!posix.group(1).equals(":")) {
            throw text.refuse("POSIX collating elements are not supported", text.at());
        }
        boolean negated = posix.group(2).startsWith("^");
        String name = posix.group(2).substring(negated ? 1 : 0);
        if (name.equals("<") || name.equals(">")) {
            throw text.lacks(posix.group());
        }
        String java = POSIX_CLASSES.get(name);
        if (java == null) {
            throw text.refuse("unknown POSIX class name", text.at() + (negated ? 3 : 2));
        }
        text.write(negated ? "[^" + java + "]" : java);
        text.skip(posix.end());
    }
}
