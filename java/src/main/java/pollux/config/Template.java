package pollux.config;

import java.util.List;

/**
 * A value that may hold variables, compiled once and rendered for each request. Rendering a constant one costs nothing.
 */
public final class Template {
    private final String source;
    private final List<Object> parts;
    private final String constant;

    /** Parts: literal {@code String}s and {@link Variable}s, in order. */
    Template(String source, List<Object> parts) {
        this.source = source;
        this.parts = List.copyOf(parts);
        this.constant = this.parts.stream().anyMatch(Variable.class::isInstance) ? null : join(this.parts);
    }

    private static String join(List<Object> literals) {
        StringBuilder all = new StringBuilder();
        literals.forEach(all::append);
        return all.toString();
    }

    /** A template without variables; {@code $} in it is only a dollar sign. */
    public static Template constant(String text) {
        return new Template(text, List.of(text));
    }

    /** The value as it was written (paths: with the prefix before them). */
    public String source() {
        return source;
    }

    /** Whether every rendering is the same. */
    public boolean isConstant() {
        return constant != null;
    }

    /** The value for a request. */
    public String render(Variables variables) {
        if (constant != null) {
            return constant;
        }
        StringBuilder out = new StringBuilder();
        renderTo(out, variables);
        return out.toString();
    }

    /** Appends the value for a request. */
    public void renderTo(StringBuilder out, Variables variables) {
        for (int i = 0; i < parts.size(); i++) {
            Object part = parts.get(i);
            if (part instanceof Variable variable) {
                String value = variables.value(variable);
                if (value != null) {
                    out.append(value);
                }
            } else {
                out.append((String) part);
            }
        }
    }

    List<Object> parts() {
        return parts;
    }

    @Override
    public String toString() {
        return source;
    }
}
