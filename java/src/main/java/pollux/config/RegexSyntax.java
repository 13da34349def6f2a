package pollux.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Turns an expression in PCRE's syntax into Java's. What differs and is bridged: capture names may hold {@code _} and be
 * written {@code (?P<name>...)} or {@code (?'name'...)}; in a class, {@code [} and {@code &} are ordinary and
 * {@code [:alpha:]} is a POSIX class; {@code $} knows the line feed alone.
 */
final class RegexSyntax {
    private static final Map<String, String> POSIX_CLASSES = Map.ofEntries(
            Map.entry("alpha", "\\p{Alpha}"),
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

    private static final Map<String, String> PCRE_WORDS = Map.of(
            "Unclosed group", "missing closing parenthesis",
            "Unmatched closing", "unmatched closing parenthesis",
            "Dangling meta character", "quantifier does not follow a repeatable item",
            "Illegal character range", "range out of order in character class",
            "Illegal repetition range", "numbers out of order in {} quantifier",
            "Unknown inline modifier", "unrecognized character after (? or (?-");

    private final String source;
    private final StringBuilder out = new StringBuilder();
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private int at;
    private int groups;

    private RegexSyntax(String source) {
        this.source = source;
    }

    /**
     * Compiles an expression.
     *
     * @throws PatternSyntaxException when it is none
     */
    static Regex compile(String source, boolean ignoreCase) {
        RegexSyntax syntax = new RegexSyntax(source);
        syntax.translate();
        int flags = Pattern.UNIX_LINES | (ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
        return new Regex(source, Pattern.compile(syntax.out.toString(), flags), syntax.names);
    }

    /** What is wrong with an expression, in PCRE2's words where it has the same complaint. */
    static String reason(PatternSyntaxException e) {
        String java = e.getDescription();
        for (Map.Entry<String, String> phrase : PCRE_WORDS.entrySet()) {
            if (java.startsWith(phrase.getKey())) {
                return phrase.getValue();
            }
        }
        return java.isEmpty() ? "invalid expression" : Character.toLowerCase(java.charAt(0)) + java.substring(1);
    }

    private void translate() {
        while (at < source.length()) {
            char c = source.charAt(at);
            switch (c) {
                case '\\' -> escape();
                case '[' -> characterClass();
                case '(' -> group();
                case '{' -> brace();
                default -> {
                    out.append(c);
                    at++;
                }
            }
        }
    }

    /** A brace that does not begin a quantifier is ordinary in PCRE, and an error in Java. */
    private void brace() {
        int end = at + 1;
        while (end < source.length() && "0123456789,".indexOf(source.charAt(end)) >= 0) {
            end++;
        }
        boolean quantifier = end < source.length()
                && source.charAt(end) == '}'
                && source.substring(at + 1, end).matches("[0-9]+(,[0-9]*)?");
        out.append(quantifier ? "{" : "\\{");
        at++;
    }

    private void escape() {
        if (source.startsWith("\\Q", at)) {
            int end = source.indexOf("\\E", at);
            copy(end < 0 ? source.length() : end + 2);
        } else {
            copy(Math.min(at + 2, source.length()));
        }
    }

    private void copy(int end) {
        out.append(source, at, end);
        at = end;
    }

    private void group() {
        String rest = source.substring(at, Math.min(source.length(), at + 4));
        if (!rest.startsWith("(?")) {
            // "(*VERB)" is PCRE's own and has no counterpart: Java refuses it by itself.
            groups++;
            copy(at + 1);
        } else if (rest.startsWith("(?P<")) {
            namedGroup(at + 4, '>');
        } else if (rest.startsWith("(?'")) {
            namedGroup(at + 3, '\'');
        } else if (rest.startsWith("(?<") && !rest.startsWith("(?<=") && !rest.startsWith("(?<!")) {
            namedGroup(at + 3, '>');
        } else {
            copy(at + 2);
        }
    }

    /** Names are kept here and groups stay plain, because Java's names are narrower than PCRE's. */
    private void namedGroup(int start, char close) {
        int end = source.indexOf(close, start);
        if (end < 0) {
            throw new PatternSyntaxException("syntax error in subpattern name (missing terminator?)", source, start);
        }
        groups++;
        names.put(source.substring(start, end), groups);
        out.append('(');
        at = end + 1;
    }

    private void characterClass() {
        int start = at;
        copy(at + 1);
        if (at < source.length() && source.charAt(at) == '^') {
            copy(at + 1);
        }
        // A "]" that comes first is ordinary in PCRE.
        if (at < source.length() && source.charAt(at) == ']') {
            out.append("\\]");
            at++;
        }
        while (at < source.length() && source.charAt(at) != ']') {
            classMember();
        }
        if (at >= source.length()) {
            throw new PatternSyntaxException("missing terminating ] for character class", source, start);
        }
        copy(at + 1);
    }

    private void classMember() {
        char c = source.charAt(at);
        if (c == '\\') {
            escape();
        } else if (source.startsWith("[:", at) && source.indexOf(":]", at) > 0) {
            posixClass(source.indexOf(":]", at));
        } else {
            if (c == '[' || c == '&') {
                out.append('\\');
            }
            copy(at + 1);
        }
    }

    private void posixClass(int end) {
        boolean negated = source.startsWith("[:^", at);
        String name = source.substring(at + (negated ? 3 : 2), end);
        String java = POSIX_CLASSES.get(name);
        if (java == null) {
            throw new PatternSyntaxException("unknown POSIX class name", source, at);
        }
        out.append(negated ? "[^" + java + "]" : java);
        at = end + 2;
    }
}
