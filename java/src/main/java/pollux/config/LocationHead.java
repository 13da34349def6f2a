package pollux.config;

/** What stands between {@code location} and its brace. */
record LocationHead(Location.Kind kind, String pattern, Regex regex) {
    static final Key<LocationHead> KEY = new Key<>(null);

    /** The level of a server block, and of everything around it. */
    static final LocationHead SERVER = new LocationHead(Location.Kind.SERVER, "/", null);

    /** The head of the location that a scope is, or of the one around a {@code limit_except}. */
    static LocationHead of(Scope scope) {
        LocationHead head = scope.get(KEY);
        return head != null ? head : SERVER;
    }

    static LocationHead read(Scope scope, Directive directive) throws ConfException {
        if (directive.count() == 1) {
            return readJoined(scope, directive);
        }
        String pattern = directive.arg(1);
        return switch (directive.arg(0)) {
            case "=" -> new LocationHead(Location.Kind.EXACT, pattern, null);
            case "^~" -> new LocationHead(Location.Kind.PREFIX_NO_REGEX, pattern, null);
            case "~" -> regex(scope, directive, Location.Kind.REGEX, pattern);
            case "~*" -> regex(scope, directive, Location.Kind.REGEX_NOCASE, pattern);
            default -> throw directive.error("invalid location modifier \"" + directive.arg(0) + "\"");
        };
    }

    /** The modifier may touch the pattern: {@code location =/x}. */
    private static LocationHead readJoined(Scope scope, Directive directive) throws ConfException {
        String written = directive.arg(0);
        if (written.startsWith("=")) {
            return new LocationHead(Location.Kind.EXACT, written.substring(1), null);
        }
        if (written.startsWith("^~")) {
            return new LocationHead(Location.Kind.PREFIX_NO_REGEX, written.substring(2), null);
        }
        if (written.startsWith("~*")) {
            return regex(scope, directive, Location.Kind.REGEX_NOCASE, written.substring(2));
        }
        if (written.startsWith("~")) {
            return regex(scope, directive, Location.Kind.REGEX, written.substring(1));
        }
        return new LocationHead(written.startsWith("@") ? Location.Kind.NAMED : Location.Kind.PREFIX, written, null);
    }

    private static LocationHead regex(Scope scope, Directive directive, Location.Kind kind, String source)
            throws ConfException {
        return new LocationHead(kind, source, compile(scope, directive, source, kind == Location.Kind.REGEX_NOCASE));
    }

    /** Compiles an expression of the configuration; its capture names become variables. */
    static Regex compile(Scope scope, Directive directive, String source, boolean ignoreCase) throws ConfException {
        try {
            return scope.loading().known(RegexSyntax.compile(source, ignoreCase));
        } catch (RegexText.RefusedException refused) {
            throw refused.isLacking() ? directive.lacking(refused.getMessage()) : directive.error(refused.getMessage());
        }
    }
}
