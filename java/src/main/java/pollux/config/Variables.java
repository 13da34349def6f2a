package pollux.config;

/** What variables stand for at the moment: a request under way. */
@FunctionalInterface
public interface Variables {
    /**
     * The value of a variable.
     *
     * @return a byte string, or {@code null} when there is none: templates render that as nothing, log lines as {@code -}
     */
    String value(Variable variable);

    /**
     * Writes the value of a variable to a log line. Whoever can do that without making a {@code String} first says how.
     *
     * @param line takes the value behind what it has
     */
    default void log(Variable variable, LogLine line) {
        line.value(value(variable));
    }
}
