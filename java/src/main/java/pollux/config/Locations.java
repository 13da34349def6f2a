package pollux.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The locations of a server block, or those nested in a location, in the order in which nginx looks: exact, then the
 * longest prefix, then, unless that is {@code ^~}, the first expression that matches.
 */
public final class Locations {
    /** No locations at all. */
    public static final Locations NONE = new Locations(Map.of(), List.of(), List.of(), Map.of());

    private final Map<String, Location> exact;
    private final List<Location> prefixes;
    private final List<Location> regexes;
    private final Map<String, Location> named;
    private final Prefixes byPath;

    Locations(
            Map<String, Location> exact, List<Location> prefixes, List<Location> regexes, Map<String, Location> named) {
        this.exact = Map.copyOf(exact);
        this.prefixes = List.copyOf(prefixes);
        this.regexes = List.copyOf(regexes);
        this.named = Map.copyOf(named);
        this.byPath = new Prefixes(prefixes);
    }

    /** Exact locations by whole path. */
    public Map<String, Location> exact() {
        return exact;
    }

    /** {@code PREFIX} and {@code PREFIX_NO_REGEX}, longest first. */
    public List<Location> prefixes() {
        return prefixes;
    }

    /** Expressions in file order. */
    public List<Location> regexes() {
        return regexes;
    }

    /** Named locations by name with its {@code @}; only at the server level. */
    public Map<String, Location> named() {
        return named;
    }

    /** The one of {@link #prefixes()} with the longest pattern that a path begins with, or {@code null}. */
    public Location longestPrefix(String path) {
        return byPath.longest(path);
    }

    /** Hands every location to an action, nested ones included. */
    public void forEach(Consumer<Location> action) {
        for (Collection<Location> kind : List.of(exact.values(), prefixes, regexes, named.values())) {
            for (Location location : kind) {
                action.accept(location);
                location.nested().forEach(action);
            }
        }
    }

    /** Whether there is nothing to look for. */
    public boolean isEmpty() {
        return exact.isEmpty() && prefixes.isEmpty() && regexes.isEmpty() && named.isEmpty();
    }
}
