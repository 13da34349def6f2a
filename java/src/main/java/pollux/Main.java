package pollux;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import pollux.config.ConfException;
import pollux.config.ConfFile;
import pollux.config.ConfLoader;
import pollux.config.ConfReport;
import pollux.config.Config;
import pollux.config.Listen;
import pollux.config.Origins;
import pollux.config.ProcessSettings;
import pollux.handler.Product;
import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.LibPollux;
import pollux.posix.PosixException;
import pollux.posix.Processes;
import pollux.posix.Signals;
import pollux.posix.Users;
import pollux.server.Daemon;
import pollux.server.Explainer;
import pollux.server.Inheritance;
import pollux.server.PidFile;
import pollux.server.Question;
import pollux.server.Server;

/** The program: reads the command line, loads the configuration, and serves, tests or signals. */
public final class Main {
    private static final String DEFAULT_FILE = "conf/pollux.conf";

    /** Where the launcher found itself: the default prefix. */
    private static final String HOME_PROPERTY = "pollux.home";

    private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.ISO_8859_1);
    private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.ISO_8859_1);
    private final CommandLine options;

    private Main(CommandLine options) {
        this.options = options;
    }

    /**
     * Starts the server; ends with status 1 when it cannot.
     *
     * @param args nginx's command line options
     */
    public static void main(String[] args) {
        int status;
        try {
            status = new Main(CommandLine.parse(args)).run();
        } catch (CommandLine.UsageException wrong) {
            System.err.println("pollux: " + wrong.getMessage());
            status = 1;
        }
        System.out.flush();
        if (status != 0) {
            System.exit(status);
        }
    }

    private int run() {
        if (options.help() || options.version() || options.details()) {
            tell();
            if (!options.test()) {
                return 0;
            }
        }
        ConfLoader.LoadRequest source = source();
        if (options.report()) {
            return report(ConfLoader.report(source));
        }
        try {
            if (options.explain() != null) {
                return explain(source);
            }
            Config config = ConfLoader.load(source);
            checkUser(config.process());
            if (!Daemon.isThis() && Inheritance.present() == null) {
                config.warnings().forEach(warning -> err.println("pollux: [warn] " + warning));
            }
            if (options.signal() != null) {
                return signal(config);
            }
            return options.test() ? tested(config) : serve(source, config);
        } catch (ConfException refused) {
            return refuse(refused.messages(), refused.hint(), source);
        } catch (UnknownUserException refused) {
            return refuse(List.of(refused.getMessage()), null, source);
        } catch (PosixException | LibPollux.MissingLibraryException refused) {
            err.println("pollux: [emerg] " + refused.getMessage());
            return 1;
        } catch (OutOfMemoryError | ExceptionInInitializerError none) {
            Throwable reason = none instanceof OutOfMemoryError ? none : none.getCause();
            if (!(reason instanceof OutOfMemoryError)) {
                throw none;
            }
            err.println("pollux: [emerg] " + reason.getMessage());
            return 1;
        }
    }

    private void tell() {
        err.println("pollux version: " + Product.NAME_AND_VERSION);
        if (options.help()) {
            err.print(CommandLine.USAGE);
        }
        if (options.details()) {
            err.println("running on: " + System.getProperty("java.vm.name") + " " + Runtime.version() + ", "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
            err.println("configure arguments: " + BuildOptions.of(home(), DEFAULT_FILE));
        }
    }

    private static String home() {
        return CommandLine.bytes(System.getProperty(HOME_PROPERTY, System.getProperty("user.dir")));
    }

    /** What to read: with {@code -p} alone, that prefix's own file if it has one, else the one Pollux comes with. */
    private ConfLoader.LoadRequest source() {
        String prefix = options.prefix() == null ? home() : options.prefix();
        String file = options.file();
        if (file == null) {
            boolean own = options.prefix() != null && Files.mayRead(prefix + "/" + DEFAULT_FILE) == 0;
            file = own ? DEFAULT_FILE : home() + "/" + DEFAULT_FILE;
        }
        String errorLog = options.errorLog() == null ? "" : options.errorLog();
        return new ConfLoader.LoadRequest(prefix, file, options.directives(), errorLog);
    }

    /** {@code user} in a file that somebody else than the superuser reads is passed over; a name must be one all the same. */
    private void checkUser(ProcessSettings process) {
        if (process.user() == null || Daemon.isThis()) {
            return;
        }
        if (!Processes.isRoot()) {
            err.println(
                    "pollux: [warn] the \"user\" directive makes sense only if the master process runs with super-user "
                            + "privileges, ignored" + process.userAt());
            return;
        }
        String missing = Users.missing(process.user(), process.group());
        if (missing != null) {
            throw new UnknownUserException(missing + " failed" + process.userAt());
        }
    }

    /** {@code user} names nobody. */
    private static final class UnknownUserException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnknownUserException(String message) {
            super(message);
        }
    }

    private int refuse(List<String> messages, String hint, ConfLoader.LoadRequest source) {
        messages.forEach(message -> err.println("pollux: [emerg] " + message));
        if (hint != null) {
            err.println("pollux: " + hint);
        }
        if (options.test()) {
            err.println("pollux: configuration file " + path(source) + " test failed");
        }
        return 1;
    }

    private static String path(ConfLoader.LoadRequest source) {
        String file = source.file();
        return file.startsWith("/") ? file : source.prefix() + (source.prefix().endsWith("/") ? "" : "/") + file;
    }

    private int tested(Config config) {
        if (!options.quiet()) {
            err.println("pollux: the configuration file " + config.file() + " syntax is ok");
            err.println("pollux: configuration file " + config.file() + " test is successful");
        }
        if (options.dump()) {
            for (ConfFile file : config.files()) {
                out.println("# configuration file " + file.name() + ":");
                out.println(file.content());
            }
            out.flush();
        }
        return 0;
    }

    /** One line a directive, in the form of compilers; what is refused says why behind it. */
    private int report(ConfReport report) {
        for (ConfReport.Entry entry : report.entries()) {
            String line = entry.line() == 0 ? "" : ":" + entry.line();
            String verdict = entry.verdict().name().toLowerCase(Locale.ROOT);
            boolean obvious = entry.reason().startsWith("directive \"" + entry.name() + "\" is one of");
            String reason = entry.reason().isEmpty() || obvious ? "" : " (" + entry.reason() + ")";
            out.println(entry.file() + line + ": " + verdict + " " + entry.name() + reason);
        }
        long invalid = report.count(ConfReport.Verdict.INVALID);
        out.println("directives: " + report.count(ConfReport.Verdict.SUPPORTED) + " supported, "
                + report.count(ConfReport.Verdict.IGNORED) + " ignored, "
                + report.count(ConfReport.Verdict.UNSUPPORTED) + " unsupported"
                + (invalid == 0 ? "" : ", " + invalid + " invalid"));
        out.flush();
        if (report.error() != null) {
            err.println("pollux: [emerg] " + report.error());
        }
        return report.isUsable() ? 0 : 1;
    }

    /** Answers a request in words alone. */
    private int explain(ConfLoader.LoadRequest source) throws ConfException {
        Origins origins = new Origins();
        Config config = ConfLoader.load(source, origins);
        try (Explainer explainer = new Explainer(config, origins)) {
            List<String> asked = options.explain();
            Question question = Question.of(asked.get(0), asked.get(1), options.headers());
            if (options.from() != null) {
                question = question.from(options.from());
            }
            explainer.explain(question).lines().forEach(out::println);
            out.flush();
            return 0;
        } catch (Question.RefusedException refused) {
            err.println("pollux: " + refused.getMessage());
            return 1;
        }
    }

    private int signal(Config config) {
        String path = config.process().pid();
        int pid = PidFile.read(path);
        if (pid < 0) {
            err.println("pollux: [error] open() \"" + path + "\" failed " + Errno.describe(-pid));
            return 1;
        }
        int signal =
                switch (options.signal()) {
                    case "stop" -> Signals.TERM;
                    case "quit" -> Signals.QUIT;
                    case "reopen" -> Signals.USR1;
                    default -> Signals.HUP;
                };
        if (pid == 0) {
            err.println("pollux: [error] invalid PID number \"" + PidFile.text(path) + "\" in \"" + path + "\"");
            return 1;
        }
        int answer = Processes.signal(pid, signal);
        if (answer < 0) {
            err.println("pollux: [alert] kill(" + pid + ", " + signal + ") failed " + Errno.describe(-answer));
            return 1;
        }
        return 0;
    }

    private int serve(ConfLoader.LoadRequest source, Config config) {
        if (config.process().daemon() && !Daemon.isThis() && Inheritance.present() == null) {
            return Daemon.start();
        }
        Server server = new Server(source, config);
        server.start();
        if (Inheritance.present() != null) {
            Inheritance.present().settle();
        } else if (Daemon.isThis()) {
            out.print('\n');
            out.flush();
            Daemon.settle(config.process().errorLogs().stream().anyMatch(log -> log.path() == null));
        } else {
            greet(server);
        }
        return server.run();
    }

    private void greet(Server server) {
        StringBuilder where = new StringBuilder();
        for (Listen listen : server.addresses()) {
            where.append(where.length() == 0 ? "" : ", ").append(url(listen));
        }
        out.println("pollux: serving " + where + " (Ctrl-C stops)");
        out.flush();
    }

    /** An address as a person would type it. */
    private static String url(Listen listen) {
        if (listen.kind() == Listen.Kind.UNIX) {
            return listen.text();
        }
        String host = listen.wildcard()
                ? "localhost"
                : listen.text().substring(0, listen.text().lastIndexOf(':'));
        return "http://" + host + (listen.port() == 80 ? "" : ":" + listen.port());
    }
}
