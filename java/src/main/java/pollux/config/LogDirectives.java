package pollux.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where requests and messages are logged: rows, and the records they fill. */
final class LogDirectives {
    private static final Key<List<LogSettings.AccessLog>> ACCESS = new Key<>(null);
    private static final Key<Boolean> ACCESS_OFF = new Key<>(null);
    private static final Key<List<ErrorLog>> ERRORS = new Key<>(null);
    private static final Key<Map<String, LogFormat>> FORMATS = new Key<>(null);

    private static final Set<String> DEBUG_PARTS = Set.of(
            "debug_core", "debug_alloc", "debug_mutex", "debug_event", "debug_http", "debug_mail", "debug_stream");

    private LogDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.nginx(
                "error_log",
                Context.MAIN_TO_LOCATION,
                Arity.AT_LEAST_ONE,
                "logs/error.log error",
                "A file (or stderr) for messages of a level and above.",
                Setters.each(ERRORS, LogDirectives::readErrorLog));
        rows.nginx(
                "access_log",
                Set.of(Context.HTTP, Context.SERVER, Context.LOCATION, Context.LIMIT_EXCEPT),
                Arity.AT_LEAST_ONE,
                "logs/access.log combined",
                "A file for a line a request, and its format; or off.",
                LogDirectives::setAccessLog);
        rows.nginx(
                "log_format",
                Context.ONLY_HTTP,
                Arity.AT_LEAST_TWO,
                "combined",
                "Names a form of access-log lines.",
                LogDirectives::setFormat);
    }

    private static ErrorLog readErrorLog(Scope scope, Directive directive) throws ConfException {
        ErrorLog.Level level = readLevels(directive);
        return new ErrorLog(readFile(scope, directive), level);
    }

    /** One level; or any number of nginx's {@code debug_core} and the like, all of which are debug here. */
    private static ErrorLog.Level readLevels(Directive directive) throws ConfException {
        ErrorLog.Level level = null;
        for (String word : directive.args().subList(1, directive.count())) {
            boolean debugPart = DEBUG_PARTS.contains(word);
            ErrorLog.Level read = debugPart ? ErrorLog.Level.DEBUG : ErrorLog.Level.of(word);
            if (read == null) {
                throw directive.error("invalid log level \"" + word + "\"");
            }
            if (level != null && !debugPart) {
                throw directive.error("duplicate log level \"" + word + "\"");
            }
            level = read;
        }
        return level == null ? ErrorLog.Level.ERROR : level;
    }

    /** The path of an error log, or {@code null} for standard error. */
    private static String readFile(Scope scope, Directive directive) throws ConfException {
        refuseSpecial(directive);
        return directive.arg(0).equals("stderr") ? null : scope.loading().path(directive.arg(0));
    }

    private static void refuseSpecial(Directive directive) throws ConfException {
        String path = directive.arg(0);
        if (path.startsWith("syslog:") || path.startsWith("memory:")) {
            throw directive.lacking("log to \"" + path.substring(0, path.indexOf(':') + 1) + "\"");
        }
    }

    private static void setFormat(Scope http, Directive directive, ConfParser parser) throws ConfException {
        Map<String, LogFormat> formats = formats(http);
        String name = directive.arg(0);
        if (formats.containsKey(name)) {
            throw directive.error("duplicate \"log_format\" name \"" + name + "\"");
        }
        LogFormat.Escape escape = LogFormat.Escape.DEFAULT;
        int first = 1;
        if (directive.arg(1).startsWith("escape=")) {
            String word = directive.arg(1).substring("escape=".length());
            escape = switch (word) {
                case "default" -> LogFormat.Escape.DEFAULT;
                case "json" -> LogFormat.Escape.JSON;
                case "none" -> LogFormat.Escape.NONE;
                default -> throw directive.error("unknown log format escaping \"" + word + "\"");
            };
            first = 2;
        }
        String text = String.join("", directive.args().subList(first, directive.count()));
        formats.put(name, new LogFormat(name, escape, TemplateCompiler.compileLog(http, directive, text)));
    }

    private static void setAccessLog(Scope scope, Directive directive, ConfParser parser) throws ConfException {
        if (directive.arg(0).equals("off")) {
            if (directive.count() > 1) {
                throw directive.error("invalid parameter \"" + directive.arg(1) + "\"");
            }
            scope.put(ACCESS_OFF, true);
            return;
        }
        int options = directive.count() > 1 && directive.arg(1).indexOf('=') < 0 ? 2 : 1;
        String formatName = options == 2 ? directive.arg(1) : "combined";
        LogFormat format = formats(scope).get(formatName);
        if (format == null) {
            throw directive.error("unknown log format \"" + formatName + "\"");
        }
        refuseSpecial(directive);
        Template path = TemplateCompiler.compilePath(scope, directive, directive.arg(0));
        scope.add(ACCESS, new AccessOptions(scope, directive).read(path, format, options));
    }

    /** The parameters behind path and format. */
    private static final class AccessOptions {
        private final Scope scope;
        private final Directive directive;
        private int bufferSize;
        private long flushMs;
        private Template condition;

        AccessOptions(Scope scope, Directive directive) {
            this.scope = scope;
            this.directive = directive;
        }

        LogSettings.AccessLog read(Template path, LogFormat format, int first) throws ConfException {
            for (int i = first; i < directive.count(); i++) {
                readOption(directive.arg(i));
            }
            if (flushMs > 0 && bufferSize == 0) {
                throw directive.error("no buffer is defined for access_log \"" + directive.arg(0) + "\"");
            }
            if (bufferSize > 0 && !path.isConstant()) {
                throw directive.error("buffered logs cannot have variables in name");
            }
            return new LogSettings.AccessLog(path, format, bufferSize, flushMs, condition);
        }

        private void readOption(String option) throws ConfException {
            String value = option.substring(option.indexOf('=') + 1);
            if (option.startsWith("buffer=")) {
                long size = Values.size(value);
                if (size <= 0 || size > Integer.MAX_VALUE) {
                    throw directive.error("invalid buffer size \"" + value + "\"");
                }
                bufferSize = (int) size;
            } else if (option.startsWith("flush=")) {
                flushMs = Values.millis(value);
                if (flushMs <= 0) {
                    throw directive.error("invalid flush time \"" + value + "\"");
                }
            } else if (option.startsWith("if=")) {
                condition = TemplateCompiler.compile(scope, directive, value);
            } else if (option.startsWith("gzip")) {
                throw directive.lacking("\"gzip\" of \"access_log\"");
            } else {
                throw directive.error("invalid parameter \"" + option + "\"");
            }
        }
    }

    /** The formats of the http block around a scope, {@code combined} among them from the beginning. */
    private static Map<String, LogFormat> formats(Scope scope) throws ConfException {
        Scope http = scope;
        while (http.context() != Context.HTTP) {
            http = http.parent();
        }
        Map<String, LogFormat> formats = http.own(FORMATS);
        if (formats == null) {
            formats = new HashMap<>();
            Directive predefined = new Directive("log_format", List.of("combined", LogFormat.COMBINED), http.at());
            Template template = TemplateCompiler.compileLog(http, predefined, LogFormat.COMBINED);
            formats.put("combined", new LogFormat("combined", LogFormat.Escape.DEFAULT, template));
            http.put(FORMATS, formats);
        }
        return formats;
    }

    static List<ErrorLog> errorLogs(Scope scope) {
        List<ErrorLog> logs = scope.get(ERRORS);
        return logs != null
                ? List.copyOf(logs)
                : List.of(new ErrorLog(scope.loading().errorLog(), ErrorLog.Level.ERROR));
    }

    static LogSettings settings(Scope scope) throws ConfException {
        return new LogSettings(accessLogs(scope), errorLogs(scope));
    }

    /** The innermost level that says anything counts; {@code off} there silences its other logs too. */
    private static List<LogSettings.AccessLog> accessLogs(Scope scope) throws ConfException {
        for (Scope level = scope; level != null; level = level.parent()) {
            if (level.own(ACCESS_OFF) != null) {
                return List.of();
            }
            if (level.own(ACCESS) != null) {
                return List.copyOf(level.own(ACCESS));
            }
        }
        Template path = Template.constant(scope.loading().path("logs/access.log"));
        return List.of(new LogSettings.AccessLog(path, formats(scope).get("combined"), 0, 0, null));
    }
}
