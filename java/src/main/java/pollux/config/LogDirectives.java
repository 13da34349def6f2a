package pollux.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where requests and messages are logged: rows, and the records they fill. */
final class LogDirectives {
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
                "A file (or stderr, or syslog:) for messages of a level and above; beyond nginx, format=json makes each line a JSON"
                        + " object.",
                Setters.each(ERRORS, LogDirectives::readErrorLog));
        rows.nginx(
                "log_format",
                Context.ONLY_HTTP,
                Arity.AT_LEAST_TWO,
                "combined",
                "Names a form of access-log lines.",
                LogDirectives::setFormat);
        AccessLogDirectives.addTo(rows);
    }

    private static ErrorLog readErrorLog(Scope scope, Directive directive) throws ConfException {
        List<String> words = new ArrayList<>(directive.args().subList(1, directive.count()));
        boolean json = words.remove("format=json");
        Syslog syslog = SyslogReader.isSyslog(directive.arg(0)) ? SyslogReader.read(directive) : null;
        String file = syslog != null ? directive.arg(0) : readFile(scope, directive);
        return new ErrorLog(file, readLevels(directive, words), json, syslog);
    }

    /** One level; or any number of nginx's {@code debug_core} and the like, all of which are debug here. */
    private static ErrorLog.Level readLevels(Directive directive, List<String> words) throws ConfException {
        ErrorLog.Level level = null;
        boolean whole = false;
        for (String word : words) {
            boolean debugPart = DEBUG_PARTS.contains(word);
            ErrorLog.Level read = debugPart ? ErrorLog.Level.DEBUG : ErrorLog.Level.of(word);
            if (read == null || (debugPart && whole)) {
                throw directive.error("invalid log level \"" + word + "\"");
            }
            if (level != null && !debugPart) {
                throw directive.error("duplicate log level \"" + word + "\"");
            }
            whole = !debugPart;
            level = read;
        }
        return level == null ? ErrorLog.Level.ERROR : level;
    }

    /** The path of an error log, or {@code null} for standard error. */
    private static String readFile(Scope scope, Directive directive) throws ConfException {
        String written = directive.arg(0);
        if (written.startsWith("memory:")) {
            throw directive.lacking("log to \"" + written.substring(0, written.indexOf(':') + 1) + "\"");
        }
        return written.isEmpty() || written.equals("stderr")
                ? null
                : scope.loading().path(written);
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

    /** The formats of the http block around a scope, {@code combined} among them from the beginning. */
    static Map<String, LogFormat> formats(Scope scope) throws ConfException {
        Scope http = http(scope);
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

    /** The http block around a scope. */
    static Scope http(Scope scope) {
        Scope http = scope;
        while (http.context() != Context.HTTP) {
            http = http.parent();
        }
        return http;
    }

    static List<ErrorLog> errorLogs(Scope scope) {
        List<ErrorLog> logs = scope.get(ERRORS);
        return logs != null
                ? List.copyOf(logs)
                : List.of(new ErrorLog(scope.loading().errorLog(), ErrorLog.Level.ERROR));
    }

    static LogSettings settings(Scope scope) throws ConfException {
        return new LogSettings(
                AccessLogDirectives.accessLogs(scope), errorLogs(scope), AccessLogDirectives.caching(scope));
    }
}
