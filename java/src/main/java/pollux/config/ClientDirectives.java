package pollux.config;

import java.util.ArrayList;
import java.util.List;

/** How content is taken and connections are kept: rows, and the record they fill. */
final class ClientDirectives {
    private static final Key<Long> MAX_BODY_SIZE = new Key<>(1L << 20);
    private static final Key<Long> BODY_TIMEOUT = new Key<>(60_000L);
    private static final Key<Integer> BODY_BUFFER_SIZE = new Key<>(8192);
    private static final Key<String> BODY_TEMP_PATH = new Key<>(null);
    private static final Key<List<Integer>> BODY_LEVELS = new Key<>(List.of());
    private static final Key<ContentSettings.InFile> IN_FILE = new Key<>(ContentSettings.InFile.OFF);
    private static final Key<Long> SEND_TIMEOUT = new Key<>(60_000L);
    private static final Key<KeepAlive> KEEPALIVE = new Key<>(new KeepAlive(75_000L, 0));
    private static final Key<Integer> KEEPALIVE_REQUESTS = new Key<>(1000);
    private static final Key<Long> KEEPALIVE_TIME = new Key<>(3_600_000L);
    private static final Key<Long> KEEPALIVE_MIN_TIMEOUT = new Key<>(0L);
    private static final Key<ClientSettings.LingeringClose> LINGERING_CLOSE =
            new Key<>(ClientSettings.LingeringClose.ON);
    private static final Key<Long> LINGERING_TIME = new Key<>(30_000L);
    private static final Key<Long> LINGERING_TIMEOUT = new Key<>(5_000L);
    private static final Key<Boolean> TCP_NODELAY = new Key<>(true);
    private static final Key<Boolean> RESET_TIMEDOUT = new Key<>(false);
    private static final Key<ClientSettings.ServerTokens> SERVER_TOKENS = new Key<>(ClientSettings.ServerTokens.ON);
    private static final Key<Boolean> ABSOLUTE_REDIRECT = new Key<>(true);
    private static final Key<Boolean> PORT_IN_REDIRECT = new Key<>(true);
    private static final Key<Boolean> SERVER_NAME_IN_REDIRECT = new Key<>(false);
    private static final Key<Boolean> CHUNKED = new Key<>(true);

    private record KeepAlive(long timeoutMs, long headerSeconds) {}

    private ClientDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        addContent(rows);
        addForeignPaths(rows);
        addKeepAlive(rows);
        addClosing(rows);
        addAnswers(rows);
    }

    private static void addContent(DirectiveTable.Rows rows) {
        rows.nginx(
                "client_max_body_size",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "1m",
                "How long request content may be; 0 for no bound.",
                Setters.offset(MAX_BODY_SIZE));
        rows.nginx(
                "client_body_timeout",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "60s",
                "How long a client may pause while it sends content.",
                Setters.millis(BODY_TIMEOUT));
        rows.nginx(
                "client_body_buffer_size",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "8k",
                "Accepted, no effect: content passes through one buffer of 64 KiB, whatever its length.",
                Setters.size(BODY_BUFFER_SIZE, 0));
        rows.nginx(
                "client_body_temp_path",
                Context.HTTP_SERVER_LOCATION,
                new Arity(1, 4),
                "client_body_temp",
                "The folder for content that is not kept in memory.",
                Setters.once(BODY_TEMP_PATH, (scope, directive) -> {
                    String path = readTempPath(scope, directive);
                    List<Integer> levels = new ArrayList<>();
                    for (int i = 1; i < directive.count(); i++) {
                        levels.add((int) Values.number(directive.arg(i)));
                    }
                    scope.put(BODY_LEVELS, levels);
                    return path;
                }));
        rows.nginx(
                "client_body_in_file_only",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "off",
                "Whether the content that a program gets is written to a file first, which goes with the request (clean) or"
                        + " stays (on): $request_body_file.",
                Setters.choice(IN_FILE, ContentSettings.InFile.class));
    }

    /** Of what is not there: read, so that a mistake in one is told. */
    private static void addForeignPaths(DirectiveTable.Rows rows) {
        for (String name : List.of("proxy_temp_path", "fastcgi_temp_path", "uwsgi_temp_path", "scgi_temp_path")) {
            rows.noEffect(
                    name,
                    "nothing is fetched from elsewhere",
                    Context.HTTP_SERVER_LOCATION,
                    new Arity(1, 4),
                    Setters.once(new Key<String>(null), ClientDirectives::readTempPath));
        }
    }

    private static void addKeepAlive(DirectiveTable.Rows rows) {
        rows.nginx(
                "keepalive_timeout",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE_OR_TWO,
                "75s",
                "How long an idle connection is kept, and what the client is told.",
                Setters.once(KEEPALIVE, (scope, directive) -> readKeepAlive(directive)));
        rows.nginx(
                "keepalive_requests",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "1000",
                "How many requests a connection may bring.",
                Setters.number(KEEPALIVE_REQUESTS, 0));
        rows.nginx(
                "keepalive_time",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "1h",
                "How old a connection may get.",
                Setters.millis(KEEPALIVE_TIME));
        rows.nginx(
                "keepalive_min_timeout",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "0",
                "How long an idle connection is not closed for another client, or for the server's graceful end.",
                Setters.millis(KEEPALIVE_MIN_TIMEOUT));
        rows.nginx(
                "send_timeout",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "60s",
                "How long a client may pause while it takes an answer.",
                Setters.millis(SEND_TIMEOUT));
        rows.nginx(
                "tcp_nodelay",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "on",
                "Whether small segments go out at once.",
                Setters.flag(TCP_NODELAY));
    }

    private static void addClosing(DirectiveTable.Rows rows) {
        rows.nginx(
                "lingering_close",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "on",
                "Whether what a client still sends is drained before closing: off, on or always.",
                Setters.choice(LINGERING_CLOSE, ClientSettings.LingeringClose.class));
        rows.nginx(
                "lingering_time",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "30s",
                "How long that takes in all.",
                Setters.millis(LINGERING_TIME));
        rows.nginx(
                "lingering_timeout",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "5s",
                "How long the client may pause meanwhile.",
                Setters.millis(LINGERING_TIMEOUT));
        rows.nginx(
                "reset_timedout_connection",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "off",
                "Whether connections that timed out are reset rather than closed.",
                Setters.flag(RESET_TIMEDOUT));
    }

    private static void addAnswers(DirectiveTable.Rows rows) {
        rows.nginx(
                "server_tokens",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "on",
                "Whether answers name the version (on), the name alone (off) or the build (build).",
                Setters.choice(SERVER_TOKENS, ClientSettings.ServerTokens.class));
        rows.nginx(
                "absolute_redirect",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "on",
                "Whether redirects name scheme and host.",
                Setters.flag(ABSOLUTE_REDIRECT));
        rows.nginx(
                "port_in_redirect",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "on",
                "Whether redirects name the port.",
                Setters.flag(PORT_IN_REDIRECT));
        rows.nginx(
                "server_name_in_redirect",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "off",
                "Whether redirects name the server's first name rather than the request's host.",
                Setters.flag(SERVER_NAME_IN_REDIRECT));
        rows.nginx(
                "chunked_transfer_encoding",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "on",
                "Whether HTTP/1.1 answers of unknown length may be chunked.",
                Setters.flag(CHUNKED));
    }

    /** The levels of sub-folders that nginx allows behind the path are checked, and of no effect. */
    private static String readTempPath(Scope scope, Directive directive) throws ConfException {
        for (int i = 1; i < directive.count(); i++) {
            if (Values.number(directive.arg(i), 1, Integer.MAX_VALUE) == Values.INVALID) {
                throw directive.complaint("invalid value");
            }
        }
        return scope.loading().path(directive.arg(0));
    }

    private static KeepAlive readKeepAlive(Directive directive) throws ConfException {
        long timeout = Setters.valid(directive, Values.millis(directive.arg(0)));
        long header = directive.count() == 1 ? 0 : Setters.valid(directive, Values.seconds(directive.arg(1)));
        return new KeepAlive(timeout, header);
    }

    static ClientSettings settings(Scope scope) {
        KeepAlive keepAlive = scope.get(KEEPALIVE);
        String tempPath = scope.get(BODY_TEMP_PATH);
        return new ClientSettings(
                scope.get(MAX_BODY_SIZE),
                scope.get(BODY_TIMEOUT),
                scope.get(BODY_BUFFER_SIZE),
                tempPath != null ? tempPath : scope.loading().path("client_body_temp"),
                new ContentSettings(scope.loading().isContentKept(), scope.get(IN_FILE), scope.list(BODY_LEVELS)),
                scope.get(SEND_TIMEOUT),
                keepAlive.timeoutMs(),
                keepAlive.headerSeconds(),
                scope.get(KEEPALIVE_REQUESTS),
                scope.get(KEEPALIVE_TIME),
                scope.get(KEEPALIVE_MIN_TIMEOUT),
                scope.get(LINGERING_CLOSE),
                scope.get(LINGERING_TIME),
                scope.get(LINGERING_TIMEOUT),
                scope.get(TCP_NODELAY),
                scope.get(RESET_TIMEDOUT),
                scope.get(SERVER_TOKENS),
                scope.get(ABSOLUTE_REDIRECT),
                scope.get(PORT_IN_REDIRECT),
                scope.get(SERVER_NAME_IN_REDIRECT),
                scope.get(CHUNKED));
    }
}
