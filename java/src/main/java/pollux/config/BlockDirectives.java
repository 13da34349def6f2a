package pollux.config;

import java.util.List;

/** The blocks themselves, what belongs to a block as such, and {@code include}. */
final class BlockDirectives {
    static final Key<List<ServerName>> NAMES = new Key<>(null);
    static final Key<String> FIRST_NAME = new Key<>("");
    static final Key<ImpossibleName> IMPOSSIBLE_NAME = new Key<>(null);
    private static final Key<Boolean> INTERNAL = new Key<>(false);

    /** What was written as a name and can be none. */
    record ImpossibleName(String written, Position at) {}

    private BlockDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.nginx(
                "include",
                Context.ANY,
                Arity.ONE,
                "",
                "Reads a file, or every file that matches a pattern; relative ones lie beside the main file.",
                (scope, directive, parser) -> parser.include(scope, directive));
        rows.block(
                "events",
                Context.ONLY_MAIN,
                Arity.NONE,
                "How loops wait.",
                (scope, directive, parser) -> openOnce(scope, directive, parser, Context.EVENTS));
        rows.block(
                "http",
                Context.ONLY_MAIN,
                Arity.NONE,
                "The web server.",
                (scope, directive, parser) -> openOnce(scope, directive, parser, Context.HTTP));
        rows.block(
                "server",
                Context.ONLY_HTTP,
                Arity.NONE,
                "A site: the addresses it listens on, its names, its locations.",
                BlockDirectives::openServer);
        rows.nginx(
                "server_name",
                Context.ONLY_SERVER,
                Arity.AT_LEAST_ONE,
                "\"\"",
                "The hosts that a server answers for: exact, *.x, x.*, .x or ~expression.",
                (scope, directive, parser) -> addNames(scope, directive));
        rows.block(
                "location",
                Context.SERVER_LOCATION,
                Arity.ONE_OR_TWO,
                "What holds for some paths: a prefix, = path, ^~ prefix, ~ expression, ~* expression or @name.",
                BlockDirectives::openLocation);
        rows.nginx(
                "internal",
                Context.ONLY_LOCATION,
                Arity.NONE,
                "",
                "Only internal redirects may come here.",
                Setters.once(INTERNAL, (scope, directive) -> true));
    }

    private static void openOnce(Scope main, Directive directive, ConfParser parser, Context kind)
            throws ConfException {
        if (!main.children(kind).isEmpty()) {
            throw directive.complaint("is duplicate");
        }
        parser.parseBlock(main.open(kind, directive.at()));
    }

    private static void openServer(Scope http, Directive directive, ConfParser parser) throws ConfException {
        Scope server = http.open(Context.SERVER, directive.at());
        parser.parseBlock(server);
        if (http.loading().listens().of(server).isEmpty()) {
            http.loading().listens().addDefault(server);
        }
    }

    private static void openLocation(Scope outer, Directive directive, ConfParser parser) throws ConfException {
        LocationHead head = LocationHead.read(outer, directive);
        LocationHead around = outer.own(LocationHead.KEY);
        if (around != null) {
            checkNesting(directive, head, around);
        }
        Scope location = outer.open(Context.LOCATION, directive.at());
        location.put(LocationHead.KEY, head);
        parser.parseBlock(location);
    }

    private static void checkNesting(Directive directive, LocationHead head, LocationHead around) throws ConfException {
        String inner = "location \"" + head.pattern() + "\"";
        String outer = "location \"" + around.pattern() + "\"";
        if (around.kind() == Location.Kind.EXACT || around.kind() == Location.Kind.NAMED) {
            String kind = around.kind() == Location.Kind.EXACT ? "exact" : "named";
            throw directive.error(inner + " cannot be inside the " + kind + " " + outer);
        }
        if (head.kind() == Location.Kind.NAMED) {
            throw directive.error("named " + inner + " can be on the server level only");
        }
        if (head.regex() == null && !head.pattern().startsWith(around.pattern())) {
            throw directive.error(inner + " is outside " + outer);
        }
    }

    private static void addNames(Scope server, Directive directive) throws ConfException {
        for (String written : directive.args()) {
            ServerName name = readName(server, directive, written);
            if (server.own(NAMES) == null) {
                server.put(FIRST_NAME, name.kind() == ServerName.Kind.REGEX ? written : shown(name));
            }
            server.add(NAMES, name);
        }
    }

    /** A name as {@code $server_name} has it: wildcards keep their star, {@code .x} is shown as {@code x}. */
    private static String shown(ServerName name) {
        return switch (name.kind()) {
            case LEADING_WILDCARD -> "*." + name.text();
            case TRAILING_WILDCARD -> name.text() + ".*";
            default -> name.text();
        };
    }

    private static ServerName readName(Scope server, Directive directive, String written) throws ConfException {
        if (written.startsWith("~")) {
            return readExpression(server, directive, written);
        }
        if (written.equalsIgnoreCase("$hostname")) {
            return new ServerName(ServerName.Kind.EXACT, HostName.lookUp(), null);
        }
        if (written.indexOf('/') >= 0) {
            server.loading().warn("server name \"" + written + "\" has suspicious symbols" + directive.at());
        }
        String name = AsciiText.lower(written);
        if (name.isEmpty()) {
            return new ServerName(ServerName.Kind.EXACT, "", null);
        }
        boolean brokenStar = name.startsWith("*") && (name.length() < 3 || name.charAt(1) != '.');
        if (brokenStar || name.equals(".")) {
            throw directive.error("server name \"" + written + "\" is invalid");
        }
        return readPlainName(server, directive, written, name);
    }

    /** One that is neither a name nor a wildcard is harmless, as in nginx, where no other server block is beside it. */
    private static ServerName readPlainName(Scope server, Directive directive, String written, String name) {
        int stars = (int) name.chars().filter(c -> c == '*').count();
        boolean possible = stars <= 1 && name.indexOf("..") < 0;
        ServerName result = null;
        if (possible && name.startsWith(".")) {
            result = new ServerName(ServerName.Kind.NAME_AND_BELOW, name.substring(1), null);
        } else if (possible && name.startsWith("*.")) {
            result = new ServerName(ServerName.Kind.LEADING_WILDCARD, name.substring(2), null);
        } else if (possible && name.length() > 2 && name.endsWith(".*")) {
            result = new ServerName(ServerName.Kind.TRAILING_WILDCARD, name.substring(0, name.length() - 2), null);
        } else if (possible && stars == 0) {
            result = new ServerName(ServerName.Kind.EXACT, name, null);
        }
        if (result == null) {
            server.put(IMPOSSIBLE_NAME, new ImpossibleName(written, directive.at()));
            result = new ServerName(ServerName.Kind.EXACT, name, null);
        }
        return result;
    }

    private static ServerName readExpression(Scope server, Directive directive, String written) throws ConfException {
        if (written.length() == 1) {
            throw directive.error("empty regex in server name \"" + written + "\"");
        }
        // Hosts are compared in lower case, so an expression with capitals is compared without case, as in nginx.
        String source = written.substring(1);
        boolean capitals = source.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
        return new ServerName(ServerName.Kind.REGEX, source, LocationHead.compile(server, directive, source, capitals));
    }

    static boolean isInternal(Scope scope) {
        return scope.get(INTERNAL);
    }
}
