package pollux;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import pollux.config.ConfException;
import pollux.config.ConfFile;
import pollux.config.ConfLoader;
import pollux.config.Config;
import pollux.config.Listen;
import pollux.handler.Product;
import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.LibPollux;
import pollux.posix.PosixException;
import pollux.posix.Processes;
import pollux.posix.Signals;
import pollux.server.PidFile;
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
            return tell();
        }
        ConfLoader.LoadRequest source = source();
        try {
            Config config = ConfLoader.load(source);
            for (String warning : config.warnings()) {
                err.println("pollux: [warn] " + warning);
            }
            if (options.signal() != null) {
                return signal(config);
            }
            return options.test() ? tested(config) : serve(source, config);
        } catch (ConfException refused) {
            return refuse(refused, source);
        } catch (PosixException | LibPollux.MissingLibraryException refused) {
            err.println("pollux: [emerg] " + refused.getMessage());
            return 1;
        }
    }

    private int tell() {
        err.println("pollux version: " + Product.NAME_AND_VERSION);
        if (options.details()) {
            err.println("running on: " + System.getProperty("java.vm.name") + " " + Runtime.version() + ", "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
            err.println("configure arguments: --prefix=" + home() + " --conf-path=" + DEFAULT_FILE);
        }
        if (options.help()) {
            err.print(CommandLine.USAGE);
        }
        return 0;
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
        String errorLog = options.errorLog() == null ? "" : "error_log \"" + options.errorLog() + "\";";
        return new ConfLoader.LoadRequest(prefix, file, errorLog + options.directives());
    }

    private int refuse(ConfException refused, ConfLoader.LoadRequest source) {
        err.println("pollux: [emerg] " + refused.getMessage());
        if (refused.hint() != null) {
            err.println("pollux: " + refused.hint());
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
        int answer = pid == 0 ? -Errno.EINVAL : Processes.signal(pid, signal);
        if (answer < 0) {
            err.println("pollux: [alert] kill(" + pid + ", " + signal + ") failed " + Errno.describe(-answer));
            return 1;
        }
        return 0;
    }

    private int serve(ConfLoader.LoadRequest source, Config config) {
        Server server = new Server(source, config);
        server.start();
        StringBuilder where = new StringBuilder();
        for (Listen listen : server.addresses()) {
            where.append(where.length() == 0 ? "" : ", ").append(url(listen));
        }
        out.println("pollux: serving " + where + " (Ctrl-C stops)");
        out.flush();
        server.run();
        return 0;
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
