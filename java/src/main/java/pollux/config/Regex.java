package pollux.config;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression of the configuration. nginx has PCRE, Pollux has {@code java.util.regex}; {@link RegexSyntax}
 * bridges what differs. Matching is bounded in steps and in stack, because subjects come from strangers.
 */
public final class Regex {
    /**
     * Looks at the subject before an expression gives up. Honest expressions look a few times at each of the 8 KiB that a
     * target may have; the loop stands still meanwhile, so PCRE's own limit, ten times as many, would be too much.
     */
    private static final int MAX_STEPS = 1_000_000;

    private final String source;
    private final Pattern pattern;
    private final Map<String, Integer> names;

    Regex(String source, Pattern pattern, Map<String, Integer> names) {
        this.source = source;
        this.pattern = pattern;
        this.names = Map.copyOf(names);
    }

    /** The expression as it was written. */
    public String source() {
        return source;
    }

    /** The names of its captures. */
    public Set<String> names() {
        return names.keySet();
    }

    /**
     * Looks for the expression anywhere in a byte string.
     *
     * @return what was captured; {@code null} when it does not match; {@link Captures#FAILED} when it took too many steps
     *     or too much stack
     */
    public Captures find(String subject) {
        try {
            Matcher matcher = pattern.matcher(new Bounded(subject));
            if (!matcher.find()) {
                return null;
            }
            String[] groups = new String[matcher.groupCount() + 1];
            for (int i = 0; i < groups.length; i++) {
                groups[i] = matcher.start(i) < 0 ? null : subject.substring(matcher.start(i), matcher.end(i));
            }
            return new Captures(groups, names);
        } catch (StackOverflowError | StepsExhausted tooMuch) {
            return Captures.FAILED;
        }
    }

    /** A subject that counts how often it is looked at. */
    private static final class Bounded implements CharSequence {
        private final String text;
        private int steps;

        Bounded(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++steps > MAX_STEPS) {
                throw new StepsExhausted();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Leaves the matcher; never leaves this class. */
    private static final class StepsExhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        StepsExhausted() {
            super(null, null, false, false);
        }
    }
}
