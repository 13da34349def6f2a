package pollux.config;

/** Whether and how visitors are remembered: rows, and the record they fill. All are Pollux's own. */
final class SessionDirectives {
    private static final Key<Boolean> SESSION = new Key<>(false);
    private static final Key<String> COOKIE = new Key<>("POLLUXSID");
    private static final Key<Long> TIMEOUT = new Key<>(30 * 60_000L);
    private static final Key<Integer> MAX = new Key<>(10_000);

    /** Empty: memory. */
    private static final Key<String> STORE = new Key<>("");

    private SessionDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.pollux(
                "session",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "off",
                "Whether visitors are remembered.",
                Setters.flag(SESSION));
        rows.pollux(
                "session_cookie",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "POLLUXSID",
                "The cookie that holds a visitor's id.",
                Setters.once(COOKIE, (scope, directive) -> readCookie(directive)));
        rows.pollux(
                "session_timeout",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "30m",
                "How long a visitor is remembered after the last request.",
                Setters.millis(TIMEOUT));
        rows.pollux(
                "session_max",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "10000",
                "How many visitors are remembered at once.",
                Setters.number(MAX, 1));
        rows.pollux(
                "session_store",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "memory",
                "Where: memory, or file:path to outlive a restart.",
                Setters.once(STORE, SessionDirectives::readStore));
    }

    private static String readCookie(Directive directive) throws ConfException {
        if (!AsciiText.isToken(directive.arg(0))) {
            throw directive.complaint("invalid value");
        }
        return directive.arg(0);
    }

    private static String readStore(Scope scope, Directive directive) throws ConfException {
        String value = directive.arg(0);
        if (value.equals("memory")) {
            return "";
        }
        if (!value.startsWith("file:") || value.equals("file:")) {
            throw directive.error("invalid value \"" + value + "\"");
        }
        return scope.loading().path(value.substring("file:".length()));
    }

    static SessionSettings settings(Scope scope) {
        String file = scope.get(STORE);
        return new SessionSettings(
                scope.get(SESSION),
                scope.get(COOKIE),
                scope.get(TIMEOUT),
                scope.get(MAX),
                file.isEmpty() ? null : file);
    }
}
