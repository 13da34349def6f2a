package pollux.server;

import java.util.Arrays;
import pollux.config.Captures;
import pollux.config.Location;
import pollux.config.Locations;
import pollux.config.ServerBlock;
import pollux.handler.Request;

/**
 * Finds the location of a path, in nginx's order: the exact one; else the longest prefix, and then, unless that prefix is
 * {@code ^~}, the first regular expression that matches; nested locations by the same rule inside what was found. See
 * nginx's page on {@code location}.
 */
@SuppressWarnings("ReferenceEquality") // server blocks are frozen: another object is another configuration
final class Router {
    private static final int SEATS = 1024;

    private final Seat[] seats = new Seat[SEATS];

    /** What the last expression on the way captured; the request may have captures of an earlier way. */
    private Captures captured;

    /** Where the path led that sat here last. */
    private static final class Seat {
        private ServerBlock server;
        private String path;
        private Location location;
        private Captures captures;
    }

    /**
     * Sets the request's location by its path, starting from the server block.
     *
     * @return false when a regular expression gave up on the path: that is a 500
     */
    boolean route(Request request) {
        ServerBlock server = request.server();
        String path = request.path();
        int hash = path.hashCode() * 31 + System.identityHashCode(server);
        int place = (hash ^ hash >>> 16) & (SEATS - 1);
        Seat seat = seats[place];
        if (seat != null && seat.server == server && seat.path.equals(path)) {
            request.location(seat.location, seat.captures);
            return true;
        }
        request.location(server.root(), null);
        captured = null;
        if (search(request, server.locations()) == Found.FAILED) {
            return false;
        }
        seats[place] = sit(seat == null ? new Seat() : seat, request);
        return true;
    }

    private Seat sit(Seat seat, Request request) {
        seat.server = request.server();
        seat.path = request.path();
        seat.location = request.location();
        seat.captures = captured;
        return seat;
    }

    /** Forgets where paths led: a configuration is over. */
    void clear() {
        Arrays.fill(seats, null);
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

    private Found search(Request request, Locations level) {
        if (level.isEmpty()) {
            return Found.NOTHING;
        }
        String path = request.path();
        Location exact = level.exact().get(path);
        if (exact != null) {
            request.location(exact, null);
            return Found.FINAL;
        }
        Location prefix = level.longestPrefix(path);
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

    private Found searchExpressions(Request request, Locations level, String path) {
        for (int i = 0; i < level.regexes().size(); i++) {
            Location candidate = level.regexes().get(i);
            Captures captures = candidate.regex().find(path);
            if (captures != null) {
                request.location(candidate, captures);
                captured = captures;
                boolean failed = captures.failed() || search(request, candidate.nested()) == Found.FAILED;
                return failed ? Found.FAILED : Found.FINAL;
            }
        }
        return Found.NOTHING;
    }
}
