package pollux.config;

/** How request heads are read: rows, and the record they fill. */
final class ConnectionDirectives {
    private static final Key<Long> HEADER_TIMEOUT = new Key<>(60_000L);
    private static final Key<Integer> HEADER_BUFFER = new Key<>(1024);
    private static final Key<Buffers> LARGE_BUFFERS = new Key<>(new Buffers(4, 8192));
    private static final Key<Integer> MAX_HEADERS = new Key<>(1000);
    private static final Key<Boolean> IGNORE_INVALID = new Key<>(true);
    private static final Key<Boolean> UNDERSCORES = new Key<>(false);
    private static final Key<Boolean> MERGE_SLASHES = new Key<>(true);

    /** A head shorter than this could not even hold a request line with a host. */
    private static final int MIN_BUFFER = 64;

    private record Buffers(int count, int size) {}

    private ConnectionDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.nginx(
                "client_header_timeout",
                Context.HTTP_SERVER,
                Arity.ONE,
                "60s",
                "How long a whole request head may take.",
                Setters.millis(HEADER_TIMEOUT));
        rows.nginx(
                "client_header_buffer_size",
                Context.HTTP_SERVER,
                Arity.ONE,
                "1k",
                "The first buffer for a request head.",
                Setters.size(HEADER_BUFFER, MIN_BUFFER));
        rows.nginx(
                "large_client_header_buffers",
                Context.HTTP_SERVER,
                Arity.exactly(2),
                "4 8k",
                "How many larger buffers a head may take, and their size, which bounds one line.",
                Setters.once(LARGE_BUFFERS, (scope, directive) -> readBuffers(directive)));
        rows.nginx(
                "max_headers",
                Context.HTTP_SERVER,
                Arity.ONE,
                "1000",
                "How many field lines a request head may have; more are 431.",
                Setters.number(MAX_HEADERS, 0));
        rows.nginx(
                "ignore_invalid_headers",
                Context.HTTP_SERVER,
                Arity.ONE,
                "on",
                "Whether field lines with odd names are dropped.",
                Setters.flag(IGNORE_INVALID));
        rows.nginx(
                "underscores_in_headers",
                Context.HTTP_SERVER,
                Arity.ONE,
                "off",
                "Whether _ may stand in field names.",
                Setters.flag(UNDERSCORES));
        rows.nginx(
                "merge_slashes",
                Context.HTTP_SERVER,
                Arity.ONE,
                "on",
                "Whether adjacent slashes of a path count as one.",
                Setters.flag(MERGE_SLASHES));
    }

    private static Buffers readBuffers(Directive directive) throws ConfException {
        long count = Values.number(directive.arg(0), 1, Integer.MAX_VALUE);
        return new Buffers((int) Setters.valid(directive, count), Setters.readSize(directive, 1, MIN_BUFFER));
    }

    static ConnectionSettings settings(Scope server) {
        Buffers large = server.get(LARGE_BUFFERS);
        return new ConnectionSettings(
                server.get(HEADER_TIMEOUT),
                server.get(HEADER_BUFFER),
                large.count(),
                large.size(),
                server.get(MAX_HEADERS),
                server.get(IGNORE_INVALID),
                server.get(UNDERSCORES),
                server.get(MERGE_SLASHES));
    }
}
