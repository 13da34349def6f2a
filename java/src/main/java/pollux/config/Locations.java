package pollux.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The locations of a server block, or those nested in a location, in the order in which nginx looks: exact, then the
 * longest prefix, then, unless that is {@code ^~}, the first expression that matches.
 *
 * @param exact by whole path
 * @param prefixes {@code PREFIX} and {@code PREFIX_NO_REGEX}, longest first
 * @param regexes in file order
 * @param named by name with its {@code @}; only at the server level
 */
public record Locations(
        Map<String, Location> exact, List<Location> prefixes, List<Location> regexes, Map<String, Location> named) {
    /** No locations at all. */
    public static final Locations NONE = new Locations(Map.of(), List.of(), List.of(), Map.of());

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
