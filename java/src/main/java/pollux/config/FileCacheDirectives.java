package pollux.config;

/** nginx's {@code open_file_cache} and its kin: rows, and the record they fill. */
final class FileCacheDirectives {
    private static final Key<Cache> CACHE = new Key<>(null);
    private static final Key<Long> VALID = new Key<>(60_000L);
    private static final Key<Integer> MIN_USES = new Key<>(1);
    private static final Key<Boolean> ERRORS = new Key<>(false);

    /** {@code max} 0 is {@code off}. */
    private record Cache(int max, long inactiveMs) {}

    private FileCacheDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.nginx(
                "open_file_cache",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE_OR_TWO,
                "a second",
                "How many files are kept at hand (max=, inactive=), or off; unlike in nginx, files are kept for a second"
                        + " where it is not written.",
                Setters.once(CACHE, (scope, directive) -> read(directive)));
        rows.nginx(
                "open_file_cache_valid",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "60s",
                "How long a file of open_file_cache is believed before it is looked at again.",
                Setters.once(
                        VALID,
                        (scope, directive) -> 1000 * Setters.valid(directive, Values.seconds(directive.arg(0)))));
        rows.nginx(
                "open_file_cache_min_uses",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "1",
                "How often a file is asked for before open_file_cache keeps it open.",
                Setters.number(MIN_USES, 0));
        rows.nginx(
                "open_file_cache_errors",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "off",
                "Whether open_file_cache remembers that a file is not there.",
                Setters.flag(ERRORS));
    }

    private static Cache read(Directive directive) throws ConfException {
        long max = 0;
        long inactive = 60_000;
        boolean off = false;
        for (String word : directive.args()) {
            if (word.equals("off")) {
                off = true;
            } else if (word.startsWith("max=")) {
                max = Values.number(word.substring("max=".length()), 1, Integer.MAX_VALUE);
            } else if (word.startsWith("inactive=")) {
                inactive = Values.seconds(word.substring("inactive=".length())) * 1000;
            } else {
                max = Values.INVALID;
            }
            if (max == Values.INVALID || inactive < 0) {
                throw directive.error("invalid \"open_file_cache\" parameter \"" + word + "\"");
            }
        }
        if (!off && max == 0) {
            throw directive.error("\"open_file_cache\" must have the \"max\" parameter");
        }
        return new Cache(off ? 0 : (int) max, inactive);
    }

    static FileCaching settings(Scope scope) {
        Cache cache = scope.get(CACHE);
        if (cache == null) {
            return FileCaching.DEFAULT;
        }
        return cache.max() == 0
                ? FileCaching.OFF
                : new FileCaching(
                        cache.max(), cache.inactiveMs(), scope.get(VALID), scope.get(MIN_USES), scope.get(ERRORS));
    }
}
