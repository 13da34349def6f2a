package pollux.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What methods are allowed: rows, and the record they fill. */
final class MethodDirectives {
    private static final Key<List<String>> ALLOWED = new Key<>(null);
    private static final Key<Set<String>> LIMIT = new Key<>(null);
    private static final Key<Set<String>> OPEN = new Key<>(null);
    private static final String MAY_BE_RUN = "allow_cgi";

    /** {@code mayBeRun}: whether what is written may be a program. */
    private record Dav(Set<String> methods, boolean mayBeRun, Position at) {}

    private static final Key<Dav> DAV = new Key<>(new Dav(Set.of(), false, null));
    private static final Key<Integer> DAV_ACCESS = new Key<>(0600);
    private static final Key<Integer> MIN_DELETE_DEPTH = new Key<>(0);
    private static final Key<Boolean> CREATE_PATH = new Key<>(false);

    /** nginx's own list for {@code limit_except}. */
    private static final Set<String> LIMITABLE = Set.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "MKCOL",
            "COPY",
            "MOVE",
            "OPTIONS",
            "PROPFIND",
            "PROPPATCH",
            "LOCK",
            "UNLOCK",
            "PATCH");

    private MethodDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.pollux(
                "allow_methods",
                Context.HTTP_SERVER_LOCATION,
                Arity.AT_LEAST_ONE,
                "",
                "The methods allowed, others get 405; GET implies HEAD.",
                Setters.once(ALLOWED, (scope, directive) -> readAllowed(directive)));
        rows.block(
                "limit_except",
                Context.ONLY_LOCATION,
                Arity.AT_LEAST_ONE,
                "The methods left open; for all others its block holds: allow, deny and auth_basic.",
                MethodDirectives::limitExcept);
        rows.nginx(
                "dav_methods",
                Context.HTTP_SERVER_LOCATION,
                Arity.AT_LEAST_ONE,
                "off",
                "Which of PUT, DELETE, MKCOL, COPY and MOVE work on files here. Where they could write what is run as a "
                        + "program, they are refused, unless allow_cgi is among them.",
                (scope, directive, parser) -> scope.put(DAV, readDav(scope, directive)));
        rows.nginx(
                "dav_access",
                Context.HTTP_SERVER_LOCATION,
                new Arity(1, 3),
                "user:rw",
                "Who may read and write the files that PUT makes, and pass through the folders.",
                Setters.once(DAV_ACCESS, (scope, directive) -> readAccess(directive)));
        rows.nginx(
                "min_delete_depth",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "0",
                "How many segments a path must have for DELETE to work on it.",
                Setters.number(MIN_DELETE_DEPTH, 0));
        rows.nginx(
                "create_full_put_path",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "off",
                "Whether PUT makes the folders on the way.",
                Setters.flag(CREATE_PATH));
    }

    private static List<String> readAllowed(Directive directive) throws ConfException {
        Set<String> methods = new LinkedHashSet<>();
        for (String method : directive.args()) {
            if (!AsciiText.isToken(method)) {
                throw directive.error("invalid method \"" + method + "\"");
            }
            methods.add(method);
            if (method.equals("GET")) {
                methods.add("HEAD");
            }
        }
        return List.copyOf(methods);
    }

    private static void limitExcept(Scope scope, Directive directive, ConfParser parser) throws ConfException {
        scope.claim(directive, OPEN);
        Set<String> open = new LinkedHashSet<>();
        for (String written : directive.args()) {
            String method = written.toUpperCase(Locale.ROOT);
            if (!LIMITABLE.contains(method)) {
                throw directive.error("invalid method \"" + written + "\"");
            }
            open.add(method);
            if (method.equals("GET")) {
                open.add("HEAD");
            }
        }
        Scope block = scope.open(Context.LIMIT_EXCEPT, directive.at());
        parser.parseBlock(block);
        scope.put(OPEN, Set.copyOf(open));
        if (AccessDirectives.deniesEverybody(block)) {
            scope.put(LIMIT, Set.copyOf(open));
        }
    }

    /** The methods that a location's {@code limit_except} leaves open, or {@code null}. */
    static Set<String> leftOpen(Scope location) {
        return location.own(OPEN);
    }

    private static Dav readDav(Scope scope, Directive directive) throws ConfException {
        Dav earlier = scope.own(DAV);
        Set<String> methods = new LinkedHashSet<>(earlier == null ? Set.of() : earlier.methods());
        boolean mayBeRun = earlier != null && earlier.mayBeRun();
        for (String written : directive.args()) {
            if (written.equals(MAY_BE_RUN)) {
                mayBeRun = true;
                continue;
            }
            switch (written.toUpperCase(Locale.ROOT)) {
                case "PUT", "DELETE", "MKCOL", "COPY", "MOVE" -> {
                    if (!methods.add(written.toUpperCase(Locale.ROOT))) {
                        scope.loading().warn("duplicate value \"" + written + "\"" + directive.at());
                    }
                }
                case "OFF" -> {}
                default -> throw directive.error("invalid value \"" + written + "\"");
            }
        }
        return new Dav(Set.copyOf(methods), mayBeRun, directive.at());
    }

    /** What strangers write must not be run: refuses a location by way of which programs of this or another could be written. */
    static void refuseRunnable(List<ConfBuilder.Read> locations, ProgramReach programs) throws ConfException {
        for (ConfBuilder.Read read : locations) {
            Dav dav = read.scope().get(DAV);
            Location runner = dav.mayBeRun() ? null : programs.writtenBy(read.location());
            if (runner != null) {
                Position at = dav.at() == null ? read.scope().at() : dav.at();
                throw new ConfException("files written by way of " + ProgramReach.place(read.location())
                        + " could be run as programs by " + ProgramReach.place(runner) + ", add \"" + MAY_BE_RUN
                        + "\" to \"dav_methods\" if they may" + at);
            }
        }
    }

    /** {@code user:rw group:r all:r}, in any order; the user always reads and writes, as in nginx. */
    static int readAccess(Directive directive) throws ConfException {
        int access = 0600;
        for (String written : directive.args()) {
            int colon = written.indexOf(':');
            int shift =
                    switch (colon < 0 ? written : written.substring(0, colon)) {
                        case "user" -> 6;
                        case "group" -> 3;
                        case "all" -> 0;
                        default -> throw directive.error("invalid value \"" + written + "\"");
                    };
            int bits =
                    switch (written.substring(colon + 1)) {
                        case "rw" -> 6;
                        case "r" -> 4;
                        default -> throw directive.error("invalid value \"" + written + "\"");
                    };
            access |= bits << shift;
        }
        return access;
    }

    /** The permission bits of {@code dav_access}. */
    static int davAccess(Scope scope) {
        return scope.get(DAV_ACCESS);
    }

    static MethodSettings settings(Scope scope) {
        return new MethodSettings(
                scope.get(ALLOWED),
                scope.own(LIMIT),
                scope.get(DAV).methods(),
                scope.get(DAV_ACCESS),
                scope.get(CREATE_PATH),
                scope.get(MIN_DELETE_DEPTH));
    }
}
