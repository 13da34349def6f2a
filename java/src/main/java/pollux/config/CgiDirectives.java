package pollux.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How CGI programs are run: rows, and the record they fill. All are Pollux's own. */
final class CgiDirectives {
    private static final Key<Boolean> CGI = new Key<>(false);
    private static final Key<List<CgiSettings.Assign>> ASSIGN = new Key<>(List.of());
    private static final Key<List<String>> INTERPRETER = new Key<>(List.of());
    private static final Key<List<CgiSettings.Param>> PARAMS = new Key<>(List.of());
    private static final Key<Template> WORKING_DIR = new Key<>(null);
    private static final Key<Timeout> TIMEOUT = new Key<>(new Timeout(60_000L, 5_000L));
    private static final Key<Integer> MAX_PROCESSES = new Key<>(64);
    private static final Key<Long> QUEUE_TIMEOUT = new Key<>(30_000L);
    private static final Key<CgiSettings.Stderr> STDERR = new Key<>(new CgiSettings.Stderr(null, ErrorLog.Level.WARN));

    private static final Key<CgiSettings.Limits> LIMITS = new Key<>(CgiSettings.Limits.UNLIMITED);

    private record Timeout(long outputMs, long killMs) {}

    private CgiDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        addPrograms(rows);
        addBounds(rows);
    }

    private static void addPrograms(DirectiveTable.Rows rows) {
        rows.pollux(
                "cgi",
                Context.SERVER_LOCATION,
                Arity.ONE,
                "off",
                "Whether the file that the URI maps to is run as a CGI program.",
                Setters.flag(CGI));
        rows.pollux(
                "cgi_assign",
                Context.HTTP_SERVER_LOCATION,
                Arity.AT_LEAST_ONE,
                "",
                "Files with this extension are CGI programs, run by the interpreter if one is given; repeatable.",
                Setters.each(ASSIGN, CgiDirectives::readAssign));
        rows.pollux(
                "cgi_interpreter",
                Context.ONLY_LOCATION,
                Arity.AT_LEAST_ONE,
                "",
                "The command that cgi on runs files with.",
                Setters.once(INTERPRETER, (scope, directive) -> command(scope, directive.args())));
        rows.pollux(
                "cgi_param",
                Context.HTTP_SERVER_LOCATION,
                Arity.exactly(2),
                "",
                "One more meta-variable; repeatable.",
                Setters.each(PARAMS, CgiDirectives::readParam));
        rows.pollux(
                "cgi_working_dir",
                Context.ONLY_LOCATION,
                Arity.ONE,
                "",
                "The programs' working directory instead of the script's own.",
                Setters.once(
                        WORKING_DIR,
                        (scope, directive) -> TemplateCompiler.compilePath(scope, directive, directive.arg(0))));
    }

    private static void addBounds(DirectiveTable.Rows rows) {
        rows.pollux(
                "cgi_timeout",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE_OR_TWO,
                "60s 5s",
                "Without output for the first time, the process group gets TERM, and KILL after the second.",
                Setters.once(TIMEOUT, (scope, directive) -> readTimeout(directive)));
        rows.pollux(
                "cgi_max_processes",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "64",
                "How many programs run at once; above it requests queue.",
                Setters.number(MAX_PROCESSES, 1));
        rows.pollux(
                "cgi_queue_timeout",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "30s",
                "How long a request queues before it gets 503.",
                Setters.millis(QUEUE_TIMEOUT));
        rows.pollux(
                "cgi_stderr",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE_OR_TWO,
                "warn",
                "Where the programs' error output goes: a level of the error log, which takes 1,000 lines and 64 KiB of each "
                        + "program, or file and a path.",
                Setters.once(STDERR, CgiDirectives::readStderr));
        rows.pollux(
                "cgi_limits",
                Context.HTTP_SERVER_LOCATION,
                new Arity(1, 5),
                "",
                "What each program may use: cpu= seconds, as= bytes of memory, nofile= descriptors, nproc= processes of its user, "
                        + "fsize= bytes of a file; off for nothing of that.",
                Setters.once(LIMITS, (scope, directive) -> readLimits(directive)));
    }

    private static CgiSettings.Assign readAssign(Scope scope, Directive directive) throws ConfException {
        String extension = directive.arg(0);
        if (extension.length() < 2 || !extension.startsWith(".") || extension.indexOf('/') >= 0) {
            throw directive.error("invalid extension \"" + extension + "\"");
        }
        return new CgiSettings.Assign(extension, command(scope, directive.args().subList(1, directive.count())));
    }

    /** A command without a slash is left to {@code PATH}; a relative one with a slash lies below the prefix. */
    private static List<String> command(Scope scope, List<String> words) {
        if (words.isEmpty() || words.get(0).indexOf('/') < 0) {
            return List.copyOf(words);
        }
        ArrayList<String> command = new ArrayList<>(words);
        command.set(0, scope.loading().path(words.get(0)));
        return List.copyOf(command);
    }

    private static CgiSettings.Param readParam(Scope scope, Directive directive) throws ConfException {
        String name = directive.arg(0);
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
            throw directive.error("invalid meta-variable name \"" + name + "\"");
        }
        return new CgiSettings.Param(name, TemplateCompiler.compile(scope, directive, directive.arg(1)));
    }

    private static Timeout readTimeout(Directive directive) throws ConfException {
        long output = Setters.valid(directive, Values.millis(directive.arg(0)));
        long kill = directive.count() == 1
                ? TIMEOUT.fallback().killMs()
                : Setters.valid(directive, Values.millis(directive.arg(1)));
        return new Timeout(output, kill);
    }

    private static CgiSettings.Stderr readStderr(Scope scope, Directive directive) throws ConfException {
        if (directive.arg(0).equals("file")) {
            if (directive.count() == 1) {
                throw directive.complaint("has no path behind \"file\"");
            }
            return new CgiSettings.Stderr(scope.loading().path(directive.arg(1)), ErrorLog.Level.WARN);
        }
        ErrorLog.Level level = ErrorLog.Level.of(directive.arg(0));
        if (level == null) {
            throw directive.error("invalid log level \"" + directive.arg(0) + "\"");
        }
        if (directive.count() == 2) {
            throw directive.error("invalid parameter \"" + directive.arg(1) + "\"");
        }
        return new CgiSettings.Stderr(null, level);
    }

    private static CgiSettings.Limits readLimits(Directive directive) throws ConfException {
        if (directive.count() == 1 && directive.arg(0).equals("off")) {
            return CgiSettings.Limits.UNLIMITED;
        }
        Map<String, Long> given = new HashMap<>();
        for (String written : directive.args()) {
            int equals = written.indexOf('=');
            String name = equals < 0 ? written : written.substring(0, equals);
            String text = written.substring(equals + 1);
            long value =
                    switch (name) {
                        case "cpu" -> Values.seconds(text);
                        case "as", "fsize" -> Values.offset(text);
                        case "nofile", "nproc" -> Values.number(text);
                        default -> Values.INVALID;
                    };
            if (equals < 0 || value <= 0 || given.put(name, value) != null) {
                throw directive.error("invalid parameter \"" + written + "\"");
            }
        }
        return new CgiSettings.Limits(
                limit(given, "cpu"),
                limit(given, "as"),
                limit(given, "nofile"),
                limit(given, "nproc"),
                limit(given, "fsize"));
    }

    private static long limit(Map<String, Long> given, String name) {
        return given.getOrDefault(name, CgiSettings.Limits.NONE);
    }

    static CgiSettings settings(Scope scope) {
        Timeout timeout = scope.get(TIMEOUT);
        return new CgiSettings(
                scope.get(CGI),
                scope.list(ASSIGN),
                scope.get(INTERPRETER),
                scope.list(PARAMS),
                scope.get(WORKING_DIR),
                timeout.outputMs(),
                timeout.killMs(),
                scope.get(MAX_PROCESSES),
                scope.get(QUEUE_TIMEOUT),
                scope.get(STDERR),
                scope.get(LIMITS));
    }
}
