package pollux.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Turns an expression in PCRE's syntax into Java's, and refuses in PCRE2's words what PCRE refuses, so that an error says
 * what nginx says. Groups lose their names on the way: these are kept here, because Java's are narrower than PCRE's. What
 * PCRE has and Java does not (recursion, verbs, conditions, {@code \K}) is named as lacking. One thing is taken that PCRE
 * refuses: looking behind over a text of no fixed length.
 */
final class RegexSyntax {
    private static final int MAX_NAME = 32;
    private static final int MAX_REPEAT = 65_535;

    private static final Pattern COUNT = Pattern.compile("\\{([0-9]+)(,([0-9]*))?\\}");
    private static final Pattern NUMBER = Pattern.compile("\\{?([+-]?)([0-9]+)\\}?");

    private final RegexText text;
    private final RegexEscape escape;
    private final RegexClass classes;
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private final List<Reference> references = new ArrayList<>();

    /** What is known of all groups when this is the second reading; {@code null} in the first. */
    private final RegexSyntax first;

    /** For each open group whether spaces and comments are passed over outside of it. */
    private final Deque<Boolean> open = new ArrayDeque<>();

    private boolean extended;
    private boolean repeatable;
    private int groups;

    /** A group that is named before it may be there; {@code name} is {@code null} where it is a number. */
    private record Reference(int number, String name, int place) {}

    private RegexSyntax(String source, RegexSyntax first) {
        this.text = new RegexText(source);
        this.escape = new RegexEscape(text);
        this.classes = new RegexClass(text, escape);
        this.first = first;
    }

    /**
     * Compiles an expression.
     *
     * @throws RegexText.RefusedException when it is none
     */
    static Regex compile(String source, boolean ignoreCase) throws RegexText.RefusedException {
        RegexSyntax first = new RegexSyntax(source, null);
        first.read();
        first.checkReferences();
        RegexSyntax second = new RegexSyntax(source, first);
        second.read();
        int flags = Pattern.UNIX_LINES | (ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
        try {
            return new Regex(source, Pattern.compile(second.text.written(), flags), second.names);
        } catch (PatternSyntaxException e) {
            String complaint = Character.toLowerCase(e.getDescription().charAt(0))
                    + e.getDescription().substring(1);
            throw second.text.refuse(complaint, source.length());
        }
    }

    private void checkReferences() throws RegexText.RefusedException {
        for (Reference reference : references) {
            boolean isThere = reference.name != null
                    ? names.containsKey(reference.name)
                    : reference.number > 0 && reference.number <= groups;
            if (!isThere) {
                throw text.refuse("reference to non-existent subpattern", reference.place);
            }
        }
    }

    private void read() throws RegexText.RefusedException {
        while (!text.isEnd()) {
            char c = text.peek(0);
            switch (c) {
                case '\\' -> escape();
                case '[' -> {
                    classes.read();
                    repeatable = true;
                }
                case '(' -> group();
                case ')' -> close();
                case '|', '^', '$' -> {
                    text.write(text.take(text.at() + 1));
                    repeatable = false;
                }
                case '*', '+', '?' -> quantifier(text.at(), text.at() + 1);
                case '{' -> brace();
                case '#' -> comment();
                default -> {
                    text.write(text.take(text.at() + 1));
                    repeatable = true;
                }
            }
        }
        if (!open.isEmpty()) {
            throw text.refuse("missing closing parenthesis", text.length());
        }
    }

    /** Up to the end of the line where the flag {@code x} holds. */
    private void comment() {
        if (!extended) {
            text.skip(1);
            text.writeLiteral('#');
            repeatable = true;
            return;
        }
        int end = text.indexOf("\n");
        text.take(end < 0 ? text.length() : end);
    }

    private void quantifier(int place, int end) throws RegexText.RefusedException {
        if (!repeatable) {
            throw text.refuse("quantifier does not follow a repeatable item", place);
        }
        text.write(text.take(end));
        if (text.peek(0) == '?' || text.peek(0) == '+') {
            text.write(text.take(text.at() + 1));
        }
        repeatable = false;
    }

    /** A brace that does not begin a quantifier is ordinary in PCRE, and an error in Java. */
    private void brace() throws RegexText.RefusedException {
        var count = COUNT.matcher(text.rest());
        if (!count.lookingAt()) {
            text.skip(1);
            text.writeLiteral('{');
            repeatable = true;
            return;
        }
        int min = repeats(count.group(1), text.at() + count.start(1));
        boolean isRange = count.group(3) != null && !count.group(3).isEmpty();
        int end = text.at() + count.end();
        if (isRange && repeats(count.group(3), text.at() + count.start(3)) < min) {
            throw text.refuse("numbers out of order in {} quantifier", end - 1);
        }
        quantifier(end - 1, end);
    }

    private int repeats(String digits, int place) throws RegexText.RefusedException {
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            value = value * 10 + digits.charAt(i) - '0';
            if (value > MAX_REPEAT) {
                throw text.refuse("number too big in {} quantifier", place + i + 1);
            }
        }
        return value;
    }

    private void open(String java) {
        text.write(java);
        open.push(extended);
        repeatable = false;
    }

    private void close() throws RegexText.RefusedException {
        if (open.isEmpty()) {
            throw text.refuse("unmatched closing parenthesis", text.at());
        }
        extended = open.pop();
        text.write(text.take(text.at() + 1));
        repeatable = true;
    }

    private void group() throws RegexText.RefusedException {
        char next = text.peek(1);
        if (next == '*' && (Character.isLetter(text.peek(2)) || text.peek(2) == ':')) {
            int end = text.indexOf(")");
            throw text.lacks(text.take(end < 0 ? text.length() : end + 1));
        }
        if (next != '?') {
            groups++;
            text.skip(1);
            open("(");
            return;
        }
        text.skip(2);
        switch (text.peek(0)) {
            case '#' -> skipComment();
            case ':', '=', '!', '>' -> open("(?" + text.take(text.at() + 1));
            case 'P' -> python();
            case '\'' -> named('\'');
            case '<' -> {
                if (text.peek(1) == '=' || text.peek(1) == '!') {
                    open("(?" + text.take(text.at() + 2));
                } else {
                    named('>');
                }
            }
            case '|', 'R', '&', '(', 'C', '+', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
                throw text.lacks("(?" + text.peek(0));
            default -> flags();
        }
    }

    private void skipComment() throws RegexText.RefusedException {
        int end = text.indexOf(")");
        if (end < 0) {
            throw text.refuse("missing ) after (?# comment", text.length());
        }
        text.take(end + 1);
    }

    private void python() throws RegexText.RefusedException {
        text.skip(1);
        switch (text.peek(0)) {
            case '<' -> named('>');
            case '=' -> {
                text.skip(1);
                reference(name(')'));
            }
            case '>' -> throw text.lacks("(?P>");
            case 0 -> throw text.refuse("missing closing parenthesis", text.length());
            default -> throw text.refuse("unrecognized character after (?P", text.at());
        }
    }

    private void named(char close) throws RegexText.RefusedException {
        text.skip(1);
        String name = name(close).name;
        if (names.containsKey(name)) {
            throw text.refuse("two named subpatterns have the same name (PCRE2_DUPNAMES not set)", text.at());
        }
        groups++;
        names.put(name, groups);
        open("(");
    }

    /** Reads a name and what ends it. */
    private Reference name(char close) throws RegexText.RefusedException {
        int start = text.at();
        if (Character.isDigit(text.peek(0))) {
            throw text.refuse("subpattern name must start with a non-digit", start);
        }
        int end = start;
        while (isWord(text.peek(end - start))) {
            end++;
        }
        if (end == start) {
            throw text.refuse("subpattern name expected", start);
        }
        if (end - start > MAX_NAME) {
            throw text.refuse("subpattern name is too long (maximum " + MAX_NAME + " code units)", end);
        }
        String name = text.take(end);
        if (text.peek(0) != close) {
            throw text.refuse("syntax error in subpattern name (missing terminator?)", end);
        }
        text.skip(1);
        return new Reference(0, name, start);
    }

    private static boolean isWord(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    }

    private void flags() throws RegexText.RefusedException {
        StringBuilder flags = new StringBuilder("(?");
        boolean on = true;
        boolean spaced = extended;
        while (true) {
            char c = text.peek(0);
            switch (c) {
                case 'i', 'm', 's' -> {}
                case 'x' -> {
                    if (text.peek(1) == 'x') {
                        throw text.lacks("(?xx");
                    }
                    spaced = on;
                }
                case '-' -> on = false;
                case 'n', 'J', 'U', '^' -> throw text.lacks("(?" + c);
                case ':', ')' -> {
                    text.skip(1);
                    boolean isEmpty = flags.length() == 2 || flags.toString().equals("(?-");
                    if (c == ':') {
                        open(isEmpty ? "(?:" : flags + ":");
                    } else {
                        text.write(isEmpty ? "" : flags + ")");
                        repeatable = false;
                    }
                    extended = spaced;
                    return;
                }
                case 0 -> throw text.refuse("missing closing parenthesis", text.length());
                default -> throw text.refuse("unrecognized character after (? or (?-", text.at());
            }
            flags.append(c);
            text.skip(1);
        }
    }

    private void escape() throws RegexText.RefusedException {
        char c = text.peek(1);
        if (c == 'Q') {
            quoted();
        } else if (c == 'k') {
            text.skip(2);
            reference(bracketed("\\k is not followed by a braced, angle-bracketed, or quoted name"));
        } else if (c == 'g') {
            text.skip(2);
            reference(numbered());
        } else if (escape.isReference(groups)) {
            text.skip(1);
            int start = text.at();
            int number = 0;
            while (Character.isDigit(text.peek(0)) && number <= MAX_REPEAT) {
                number = number * 10 + text.peek(0) - '0';
                text.skip(1);
            }
            reference(new Reference(number, null, start));
        } else if (c == 'E') {
            text.skip(2);
        } else {
            repeatable = escape.outside() != RegexEscape.NOTHING;
        }
    }

    private void quoted() {
        text.skip(2);
        int end = text.indexOf("\\E");
        String literal = text.take(end < 0 ? text.length() : end);
        literal.chars().forEach(text::writeLiteral);
        text.skip(end < 0 ? 0 : 2);
        repeatable |= !literal.isEmpty();
    }

    private Reference bracketed(String complaint) throws RegexText.RefusedException {
        char close =
                switch (text.peek(0)) {
                    case '{' -> '}';
                    case '<' -> '>';
                    case '\'' -> '\'';
                    default -> throw text.refuse(complaint, text.at());
                };
        text.skip(1);
        return name(close);
    }

    /** Of {@code \g}, a number that may count from here, or a name in braces. */
    private Reference numbered() throws RegexText.RefusedException {
        if (text.peek(0) == '<' || text.peek(0) == '\'') {
            throw text.lacks("\\g" + text.peek(0));
        }
        var number = NUMBER.matcher(text.rest());
        if (!number.lookingAt()) {
            return bracketed(
                    "\\g is not followed by a braced, angle-bracketed, or quoted name/number or by a plain number");
        }
        int start = text.at();
        text.skip(number.end());
        String sign = number.group(1);
        int value = (int) Math.min(Values.number(number.group(2)), MAX_REPEAT);
        return new Reference(
                switch (sign) {
                    case "-" -> groups + 1 - value;
                    case "+" -> groups + value;
                    default -> value;
                },
                null,
                start);
    }

    private void reference(Reference found) {
        references.add(found);
        int number = found.number;
        if (found.name != null) {
            number = first == null ? 1 : first.names.get(found.name);
        }
        text.write("(?:\\" + number + ")");
        repeatable = true;
    }
}
