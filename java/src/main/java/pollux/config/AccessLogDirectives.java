package pollux.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** nginx's {@code access_log} and {@code open_log_file_cache}: rows, and the records they fill. */
final class AccessLogDirectives {
    private static final Key<List<LogSettings.AccessLog>> ACCESS = new Key<>(null);
    private static final Key<Boolean> OFF = new Key<>(null);
    private static final Key<LogSettings.Caching> CACHE = new Key<>(LogSettings.Caching.OFF);
    private static final Key<Map<String, LogSettings.Buffering>> BUFFERS = new Key<>(null);
    private static final int GZIP_BUFFER = 64 * 1024;

    private AccessLogDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.nginx(
                "access_log",
                Set.of(Context.HTTP, Context.SERVER, Context.LOCATION, Context.LIMIT_EXCEPT),
                Arity.AT_LEAST_ONE,
                "logs/access.log combined",
                "A file (or syslog:) for a line a request, its format, and buffer=, flush=, gzip= and if=; or off.",
                AccessLogDirectives::set);
        rows.nginx(
                "open_log_file_cache",
                Context.HTTP_SERVER_LOCATION,
                new Arity(1, 4),
                "off",
                "How files with variables in their path are kept open (max=, inactive=, valid=, min_uses=), or off.",
                Setters.once(CACHE, (scope, directive) -> readCache(directive)));
    }

    private static LogSettings.Caching readCache(Directive directive) throws ConfException {
        long max = 0;
        long inactive = 10;
        long valid = 60;
        long minUses = 1;
        boolean off = false;
        for (String word : directive.args()) {
            String value = word.substring(word.indexOf('=') + 1);
            boolean known = true;
            if (word.startsWith("max=")) {
                max = Values.number(value, 0, Integer.MAX_VALUE);
            } else if (word.startsWith("inactive=")) {
                inactive = Values.seconds(value);
            } else if (word.startsWith("valid=")) {
                valid = Values.seconds(value);
            } else if (word.startsWith("min_uses=")) {
                minUses = Values.number(value, 0, Integer.MAX_VALUE);
            } else {
                off |= word.equals("off");
                known = word.equals("off");
            }
            if (!known || Math.min(Math.min(max, inactive), Math.min(valid, minUses)) < 0) {
                throw directive.error("invalid \"open_log_file_cache\" parameter \"" + word + "\"");
            }
        }
        if (off) {
            return LogSettings.Caching.OFF;
        }
        if (max == 0) {
            throw directive.error("\"open_log_file_cache\" must have \"max\" parameter");
        }
        return new LogSettings.Caching((int) max, inactive * 1000, valid * 1000, (int) minUses);
    }

    private static void set(Scope scope, Directive directive, ConfParser parser) throws ConfException {
        if (directive.arg(0).equals("off")) {
            if (directive.count() > 1) {
                throw directive.error("invalid parameter \"" + directive.arg(1) + "\"");
            }
            scope.put(OFF, true);
            return;
        }
        scope.add(ACCESS, new Reading(scope, directive).read());
    }

    /** One directive while it is read. */
    private static final class Reading {
        private final Scope scope;
        private final Directive directive;
        private long size;
        private long flushMs;
        private long gzipLevel;
        private Template condition;

        Reading(Scope scope, Directive directive) {
            this.scope = scope;
            this.directive = directive;
        }

        LogSettings.AccessLog read() throws ConfException {
            Syslog syslog = SyslogReader.isSyslog(directive.arg(0)) ? SyslogReader.read(directive) : null;
            Template path = syslog != null ? Template.constant(directive.arg(0)) : path();
            String formatName = directive.count() > 1 ? directive.arg(1) : "combined";
            LogFormat format = LogDirectives.formats(scope).get(formatName);
            if (format == null) {
                throw directive.error("unknown log format \"" + formatName + "\"");
            }
            for (int i = 2; i < directive.count(); i++) {
                readOption(directive.arg(i));
            }
            return new LogSettings.AccessLog(path, format, buffering(path, syslog), syslog, condition);
        }

        private Template path() throws ConfException {
            String written = directive.arg(0);
            return written.isEmpty()
                    ? Template.constant(LogSettings.STDERR)
                    : TemplateCompiler.compilePath(scope, directive, written);
        }

        private void readOption(String option) throws ConfException {
            String value = option.substring(option.indexOf('=') + 1);
            if (option.startsWith("buffer=")) {
                size = Values.size(value);
                require(size > 0 && size <= Integer.MAX_VALUE, "buffer size", value);
            } else if (option.startsWith("flush=")) {
                flushMs = Values.millis(value);
                require(flushMs > 0, "flush time", value);
            } else if (option.equals("gzip") || option.startsWith("gzip=")) {
                gzipLevel = option.equals("gzip") ? 1 : Values.number(value, 1, 9);
                require(gzipLevel > 0, "compression level", value);
                size = size == 0 ? GZIP_BUFFER : size;
            } else if (option.startsWith("if=")) {
                condition = TemplateCompiler.compile(scope, directive, value);
            } else {
                throw directive.error("invalid parameter \"" + option + "\"");
            }
        }

        private void require(boolean good, String what, String value) throws ConfException {
            if (!good) {
                throw directive.error("invalid " + what + " \"" + value + "\"");
            }
        }

        /** A file has one buffer, wherever it is named; who names it without one writes to that all the same. */
        private LogSettings.Buffering buffering(Template path, Syslog syslog) throws ConfException {
            if (flushMs > 0 && size == 0) {
                throw directive.error("no buffer is defined for access_log \"" + directive.arg(0) + "\"");
            }
            if (size == 0) {
                return LogSettings.Buffering.NONE;
            }
            if (!path.isConstant()) {
                throw directive.error("buffered logs cannot have variables in name");
            }
            if (syslog != null) {
                throw directive.error("logs to syslog cannot be buffered");
            }
            Scope http = LogDirectives.http(scope);
            if (http.own(BUFFERS) == null) {
                http.put(BUFFERS, new HashMap<>());
            }
            LogSettings.Buffering buffering = new LogSettings.Buffering((int) size, flushMs, (int) gzipLevel);
            LogSettings.Buffering earlier = http.own(BUFFERS).putIfAbsent(path.source(), buffering);
            if (earlier != null && !earlier.equals(buffering)) {
                throw directive.error(
                        "access_log \"" + directive.arg(0) + "\" already defined with conflicting parameters");
            }
            return buffering;
        }
    }

    static LogSettings.Caching caching(Scope scope) {
        return scope.get(CACHE);
    }

    /** The innermost level that says anything counts; {@code off} there silences its other logs too. */
    static List<LogSettings.AccessLog> accessLogs(Scope scope) throws ConfException {
        for (Scope level = scope; level != null; level = level.parent()) {
            if (level.own(OFF) != null) {
                return List.of();
            }
            if (level.own(ACCESS) != null) {
                return List.copyOf(level.own(ACCESS));
            }
        }
        Template path = Template.constant(scope.loading().path("logs/access.log"));
        LogFormat combined = LogDirectives.formats(scope).get("combined");
        return List.of(new LogSettings.AccessLog(path, combined, LogSettings.Buffering.NONE, null, null));
    }
}
