package pollux.server;

import pollux.config.Captures;
import pollux.config.Location;
import pollux.config.Locations;
import pollux.handler.Request;

/**
 * Finds the location of a path, in nginx's order: the exact one; else the longest prefix, and then, unless that prefix is
 * {@code ^~}, the first regular expression that matches; nested locations by the same rule inside what was found. See
 * nginx's page on {@code location}.
 */
final class Router {
    private Router() {}

    /**
     * Sets the request's location by its path, starting from the server block.
     *
     * @return false when a regular expression gave up on the path: that is a 500
     */
    static boolean route(Request request) {
        request.location(request.server().root(), null);
        return search(request, request.server().locations()) != Found.FAILED;
    }

    /** Sets the request's location to a named one; false when the server block has none of that name. */
    static boolean routeNamed(Request request) {
        Location named = request.server().locations().named().get(request.namedLocation());
        if (named != null) {
            request.location(named, null);
        }
        return named != null;
    }

    private enum Found {
        NOTHING,
        FINAL,
        FAILED
    }

    private static Found search(Request request, Locations level) {
        if (level.isEmpty()) {
            return Found.NOTHING;
        }
        String path = request.path();
        Location exact = level.exact().get(path);
        if (exact != null) {
            request.location(exact, null);
            return Found.FINAL;
        }
        Location prefix = longestPrefix(level, path);
        boolean expressions = true;
        if (prefix != null) {
            request.location(prefix, null);
            expressions = prefix.kind() != Location.Kind.PREFIX_NO_REGEX;
            Found nested = search(request, prefix.nested());
            if (nested != Found.NOTHING) {
                return nested;
            }
        }
        return expressions ? searchExpressions(request, level, path) : Found.NOTHING;
    }

    private static Location longestPrefix(Locations level, String path) {
        for (Location candidate : level.prefixes()) {
            if (path.startsWith(candidate.pattern())) {
                return candidate;
            }
        }
        return null;
    }

    private static Found searchExpressions(Request request, Locations level, String path) {
        for (Location candidate : level.regexes()) {
            Captures captures = candidate.regex().find(path);
            if (captures != null) {
                request.location(candidate, captures);
                boolean failed = captures.failed() || search(request, candidate.nested()) == Found.FAILED;
                return failed ? Found.FAILED : Found.FINAL;
            }
        }
        return Found.NOTHING;
    }
}
