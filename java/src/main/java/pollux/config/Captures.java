package pollux.config;

import java.util.Map;

/** What a regular expression captured: {@code $1} to {@code $9} and named captures. */
public final class Captures {
    /** The expression gave up (see {@link Regex#find}): answer 500, as nginx does. */
    public static final Captures FAILED = new Captures(new String[0], Map.of());

    private final String[] groups;
    private final Map<String, Integer> names;

    Captures(String[] groups, Map<String, Integer> names) {
        this.groups = groups;
        this.names = names;
    }

    /** Whether the expression gave up, so that it is not known whether it matches. */
    public boolean failed() {
        return this == FAILED;
    }

    /** What group {@code index} (0: the whole match) captured, or {@code null}. */
    public String group(int index) {
        return index < groups.length ? groups[index] : null;
    }

    /** What a named group captured, or {@code null}. */
    public String named(String name) {
        Integer index = names.get(name);
        return index == null ? null : groups[index];
    }
}
