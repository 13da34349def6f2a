package pollux.config;

/**
 * How many arguments a directive takes.
 *
 * @param min at least so many
 * @param max at most so many
 */
public record Arity(int min, int max) {
    static final Arity NONE = exactly(0);
    static final Arity ONE = exactly(1);
    static final Arity ONE_OR_TWO = new Arity(1, 2);
    static final Arity AT_LEAST_ONE = new Arity(1, Integer.MAX_VALUE);
    static final Arity AT_LEAST_TWO = new Arity(2, Integer.MAX_VALUE);
    static final Arity ANY = new Arity(0, Integer.MAX_VALUE);

    static Arity exactly(int count) {
        return new Arity(count, count);
    }

    boolean allows(int count) {
        return count >= min && count <= max;
    }
}
