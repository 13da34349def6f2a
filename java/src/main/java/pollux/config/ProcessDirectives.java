package pollux.config;

import java.util.Locale;

/** The main and events contexts: rows, and the records they fill. */
final class ProcessDirectives {
    private static final Key<Integer> WORKERS = new Key<>(1);
    private static final Key<String> PID = new Key<>(null);
    private static final Key<Boolean> DAEMON = new Key<>(true);
    private static final Key<User> USER = new Key<>(new User(null, null, ""));
    private static final Key<Integer> OPEN_FILES = new Key<>(-1);
    private static final Key<Long> SHUTDOWN = new Key<>(0L);
    private static final Key<Integer> CONNECTIONS = new Key<>(512);
    private static final Key<EventSettings.Use> USE = new Key<>(EventSettings.Use.AUTO);
    private static final Key<Boolean> MULTI_ACCEPT = new Key<>(false);

    private record User(String name, String group, String at) {}

    private ProcessDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.nginx(
                "worker_processes",
                Context.ONLY_MAIN,
                Arity.ONE,
                "1",
                "How many loops run, each a thread; auto for one a processor.",
                Setters.once(WORKERS, (scope, directive) -> readWorkers(directive)));
        rows.nginx(
                "pid",
                Context.ONLY_MAIN,
                Arity.ONE,
                "logs/pollux.pid",
                "The file that holds the process id while the server accepts connections.",
                Setters.path(PID));
        rows.nginx(
                "daemon",
                Context.ONLY_MAIN,
                Arity.ONE,
                "on",
                "Whether the server leaves the terminal.",
                Setters.flag(DAEMON));
        rows.nginx(
                "user",
                Context.ONLY_MAIN,
                Arity.ONE_OR_TWO,
                "",
                "The user and group that the whole process goes over to, when root starts it, once it listens.",
                Setters.once(
                        USER,
                        (scope, directive) -> new User(
                                directive.arg(0),
                                directive.last(),
                                directive.at().toString())));
        rows.nginx(
                "worker_rlimit_nofile",
                Context.ONLY_MAIN,
                Arity.ONE,
                "",
                "The limit of open descriptors to ask for.",
                Setters.number(OPEN_FILES, 0));
        rows.nginx(
                "worker_shutdown_timeout",
                Context.ONLY_MAIN,
                Arity.ONE,
                "",
                "How long a graceful stop waits for requests under way; without it, until they have ended.",
                Setters.millis(SHUTDOWN));
        addEvents(rows);
    }

    private static void addEvents(DirectiveTable.Rows rows) {
        rows.nginx(
                "worker_connections",
                Context.ONLY_EVENTS,
                Arity.ONE,
                "512",
                "How many connections a loop holds at once.",
                Setters.once(CONNECTIONS, (scope, directive) -> readConnections(directive)));
        rows.pollux(
                "use",
                Context.ONLY_EVENTS,
                Arity.ONE,
                "auto",
                "How a loop waits: poll, epoll (Linux), kqueue (macOS), or auto, which begins with poll and leaves it when there are many connections.",
                Setters.once(USE, (scope, directive) -> readUse(directive)));
        rows.nginx(
                "multi_accept",
                Context.ONLY_EVENTS,
                Arity.ONE,
                "off",
                "Accepted, no effect: one report of a listener allows one accept.",
                Setters.flag(MULTI_ACCEPT));
    }

    private static int readWorkers(Directive directive) throws ConfException {
        if (directive.arg(0).equals("auto")) {
            return Runtime.getRuntime().availableProcessors();
        }
        long value = Values.number(directive.arg(0), 0, Integer.MAX_VALUE);
        return Math.max(1, (int) Setters.valid(directive, value));
    }

    private static int readConnections(Directive directive) throws ConfException {
        long value = Values.number(directive.arg(0), 0, Integer.MAX_VALUE);
        if (value == Values.INVALID) {
            throw directive.error("invalid number \"" + directive.arg(0) + "\"");
        }
        return (int) value;
    }

    private static EventSettings.Use readUse(Directive directive) throws ConfException {
        for (EventSettings.Use use : EventSettings.Use.values()) {
            if (use.isAvailable() && use.name().toLowerCase(Locale.ROOT).equals(directive.arg(0))) {
                return use;
            }
        }
        throw directive.error("invalid event type \"" + directive.arg(0) + "\"");
    }

    static ProcessSettings process(Scope main) {
        String pid = main.get(PID);
        User user = main.get(USER);
        return new ProcessSettings(
                main.get(WORKERS),
                pid != null ? pid : main.loading().path("logs/pollux.pid"),
                main.get(DAEMON),
                user.name(),
                user.group(),
                user.at(),
                main.get(OPEN_FILES),
                main.get(SHUTDOWN),
                LogDirectives.errorLogs(main));
    }

    /** {@code events}: the block, or the main scope when there is none. */
    static EventSettings events(Scope events) {
        return new EventSettings(events.get(CONNECTIONS), events.get(USE), events.get(MULTI_ACCEPT));
    }
}
