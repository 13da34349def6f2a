package pollux;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * nginx's command line options, parsed. Text is bytes from here on: arguments come as the platform decoded them and are
 * turned back into the bytes they were.
 *
 * @param help {@code -?} or {@code -h}
 * @param version {@code -v}
 * @param details {@code -V}
 * @param test {@code -t} or {@code -T}
 * @param dump {@code -T}
 * @param report {@code --report}
 * @param quiet {@code -q}
 * @param signal what {@code -s} names, or {@code null}
 * @param prefix {@code -p}, or {@code null}
 * @param file {@code -c}, or {@code null}
 * @param errorLog {@code -e}, or {@code null}
 * @param directives {@code -g}, or empty
 * @param explain the method and the URL behind {@code explain}, or {@code null}
 * @param headers {@code -H} each
 * @param from {@code --from}, or {@code null}
 */
record CommandLine(
        boolean help,
        boolean version,
        boolean details,
        boolean test,
        boolean dump,
        boolean report,
        boolean quiet,
        String signal,
        String prefix,
        String file,
        String errorLog,
        String directives,
        List<String> explain,
        List<String> headers,
        String from) {

    /** A command line that cannot be understood; the message is for the user. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    static final String USAGE = """
            Usage: pollux [-?hvVtTq] [-s signal] [-p prefix]
                          [-e filename] [-c filename] [-g directives]
                   pollux explain METHOD URL [-H 'Name: value']...
                          [--from address] [-p prefix] [-c filename]
                          [-g directives]

            Options:
              -?,-h         : this help
              -v            : show version and exit
              -V            : show version and configure options then exit
              -t            : test configuration and exit
              -T            : test configuration, dump it and exit
              -t --report   : say of each directive whether it is supported, and exit
              -q            : suppress non-error messages during configuration testing
              -s signal     : send signal to a master process: stop, quit, reopen, reload
              -p prefix     : set prefix path (default: where Pollux lies)
              -e filename   : set error log file (default: what the configuration says)
              -c filename   : set configuration file (default: conf/pollux.conf)
              -g directives : set global directives out of configuration file
              explain       : say what would become of a request, and exit
              -H header     : a field of the request that is explained
              --from address: the client that it comes from (default: this machine)
            """;

    /**
     * Parses options; like nginx, it takes them bundled ({@code -tq}) and their values joined ({@code -cfile}).
     *
     * @throws UsageException at the first option that is none, or lacks its value
     */
    static CommandLine parse(String[] args) throws UsageException {
        Parser parser = new Parser(args);
        parser.run();
        return new CommandLine(
                parser.help,
                parser.version,
                parser.details,
                parser.test,
                parser.dump,
                parser.report,
                parser.quiet,
                parser.signal,
                parser.prefix,
                parser.file,
                parser.errorLog,
                parser.directives,
                parser.explain == null ? null : List.copyOf(parser.explain),
                List.copyOf(parser.headers),
                parser.from);
    }

    private static final class Parser {
        private final String[] args;
        private int next;
        private boolean help;
        private boolean version;
        private boolean details;
        private boolean test;
        private boolean dump;
        private boolean report;
        private boolean quiet;
        private String signal;
        private String prefix;
        private String file;
        private String errorLog;
        private String directives = "";
        private String from;
        private List<String> explain;
        private final List<String> headers = new ArrayList<>();

        Parser(String[] args) {
            this.args = args;
        }

        void run() throws UsageException {
            while (next < args.length) {
                String word = args[next++];
                if (!word.startsWith("-") && explain != null) {
                    explain.add(bytes(word));
                    continue;
                }
                if (word.equals("explain")) {
                    explain = new ArrayList<>();
                    continue;
                }
                if (!word.startsWith("-")) {
                    throw new UsageException("invalid option: \"" + word + "\"");
                }
                if (word.equals("--report")) {
                    report = true;
                } else if (word.equals("--from")) {
                    from = take("", "option \"--from\" requires an address");
                } else {
                    bundle(word);
                }
            }
            if (explain != null && !help && explain.size() != 2) {
                throw new UsageException(
                        "\"explain\" requires a method and a URL, as in: pollux explain GET /index.html");
            }
            if (explain == null && !headers.isEmpty()) {
                throw new UsageException("option \"-H\" goes with \"explain\"");
            }
            if (explain == null && from != null) {
                throw new UsageException("option \"--from\" goes with \"explain\"");
            }
        }

        private void bundle(String word) throws UsageException {
            for (int i = 1; i < word.length(); i++) {
                char option = word.charAt(i);
                switch (option) {
                    case '?', 'h' -> help = true;
                    case 'v' -> version = true;
                    case 'V' -> details = true;
                    case 't' -> test = true;
                    case 'T' -> {
                        test = true;
                        dump = true;
                    }
                    case 'q' -> quiet = true;
                    default -> {
                        value(option, word.substring(i + 1));
                        return;
                    }
                }
            }
        }

        private void value(char option, String joined) throws UsageException {
            switch (option) {
                case 'p' -> prefix = take(joined, "option \"-p\" requires directory name");
                case 'c' -> file = take(joined, "option \"-c\" requires file name");
                case 'e' -> errorLog = take(joined, "option \"-e\" requires file name");
                case 'g' -> directives = take(joined, "option \"-g\" requires parameter");
                case 'H' -> headers.add(take(joined, "option \"-H\" requires a field, \"Name: value\""));
                case 's' -> {
                    signal = take(joined, "option \"-s\" requires parameter");
                    switch (signal) {
                        case "stop", "quit", "reopen", "reload" -> {}
                        default -> throw new UsageException("invalid option: \"-s " + signal + "\"");
                    }
                }
                default -> throw new UsageException("invalid option: \"" + option + "\"");
            }
        }

        private String take(String joined, String complaint) throws UsageException {
            if (joined.isEmpty() && next == args.length) {
                throw new UsageException(complaint);
            }
            return bytes(joined.isEmpty() ? args[next++] : joined);
        }
    }

    /** Turns text that the platform has decoded back into a byte string. */
    static String bytes(String decoded) {
        String name = System.getProperty("sun.jnu.encoding", "UTF-8");
        Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
        return new String(decoded.getBytes(charset), StandardCharsets.ISO_8859_1);
    }
}
