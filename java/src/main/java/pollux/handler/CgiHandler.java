package pollux.handler;

import java.util.ArrayList;
import java.util.List;
import pollux.config.CgiSettings;
import pollux.config.ErrorLog;
import pollux.config.FileSettings.DocumentRoot;
import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Files;

/**
 * Finds the CGI program (RFC 3875) that a request asks for and says how it is to be run. Running it, with its pipes and
 * its time limits, is the server's work.
 *
 * <p>The path is walked from the front. Under {@code cgi on} the first segment that is a regular file is the script;
 * under {@code cgi_assign} the first that also has one of the extensions. What follows is PATH_INFO. Directories are
 * passed over, so a path that ends in one is declined: the static handler then finds the index or adds the slash.
 *
 * <p>An assigned extension decides about the interpreter before {@code cgi_interpreter} does. The query string never
 * becomes arguments, not even without {@code =} (RFC 3875 section 4.4 leaves that to the server): what a client writes
 * must not be read as an option by an interpreter.
 *
 * <p>One object a worker, not safe between threads.
 */
public final class CgiHandler {
    private static final int GO_ON = -2;
    private static final long UNKNOWN = -1;

    private final SearchPath searchPath;
    private final FileStatus status = new FileStatus();
    private final String home = Files.realPath(".");
    private CgiProgram program;

    /** A handler that looks for interpreters where the server's own {@code PATH} says. */
    public CgiHandler() {
        this(SearchPath.ofServer());
    }

    CgiHandler(SearchPath searchPath) {
        this.searchPath = searchPath;
    }

    /**
     * Finds the program. The request's session and the length of its content are set before, as far as they are known;
     * a length that turns up later is added by {@link CgiProgram#withContentLength}.
     *
     * @return 0: {@link #program()} is to be run; {@link Handler#DECLINED}: no program here; or a status, after a line in
     *     the error log: 404 there is no such script, 403 it must not be run, 500 its interpreter cannot be run
     */
    public int resolve(Request request) {
        program = null;
        CgiSettings settings = request.location().cgi();
        String path = request.path();
        if (!path.startsWith("/") || !mayBeProgram(settings, request)) {
            return Handler.DECLINED;
        }
        int end = 0;
        do {
            int slash = path.indexOf('/', end + 1);
            end = slash < 0 ? path.length() : slash;
            String file = file(request, path, end);
            CgiSettings.Assign assign = file == null ? null : settings.assignFor(file);
            if (file != null && (settings.enabled() || assign != null)) {
                int answer = look(request, absolute(file), end, assign);
                if (answer != GO_ON) {
                    return answer;
                }
            }
        } while (end < path.length());
        return Handler.DECLINED;
    }

    /** The program that the last {@link #resolve} found, or {@code null}. */
    public CgiProgram program() {
        return program;
    }

    /** Lets requests for plain files go by without a new string. */
    private static boolean mayBeProgram(CgiSettings settings, Request request) {
        boolean maybe = settings.enabled()
                || (settings.isActive() && request.location().files().root().alias());
        List<CgiSettings.Assign> assigned = settings.assigned();
        for (int i = 0; !maybe && i < assigned.size(); i++) {
            maybe = request.path().contains(assigned.get(i).extension());
        }
        return maybe;
    }

    /**
     * The file that the first {@code end} bytes of the path map to.
     *
     * @return {@code null} when they are no file of this location: an alias stands for more than that
     */
    private static String file(Request request, String path, int end) {
        DocumentRoot root = request.location().files().root();
        if (!root.alias() || root.replaced() >= 0) {
            return root.alias() && end < root.replaced() ? null : request.filename(path.substring(0, end));
        }
        // Behind an expression the alias is the whole file name; what it shares with the path's end may be PATH_INFO.
        String whole = request.filename(path);
        String rest = path.substring(end);
        return whole.endsWith(rest) ? whole.substring(0, whole.length() - rest.length()) : null;
    }

    private String absolute(String file) {
        return file.startsWith("/") ? file : home + "/" + file;
    }

    private int look(Request request, String file, int end, CgiSettings.Assign assign) {
        int answer = FileLookup.status(request, file, status);
        if (answer < 0) {
            return refuse(request, file, -answer);
        }
        if (status.isDirectory()) {
            return GO_ON;
        }
        if (!status.isRegular()) {
            request.log().error(ErrorLog.Level.CRIT, "\"" + file + "\" is not a regular file");
            return 404;
        }
        CgiSettings settings = request.location().cgi();
        return prepare(request, file, end, assign != null ? assign.interpreter() : settings.interpreter());
    }

    /** nginx's answers for a file that cannot be opened. */
    private static int refuse(Request request, String file, int error) {
        boolean missing =
                error == Errno.ENOENT || error == Errno.ENOTDIR || error == Errno.ENAMETOOLONG || error == Errno.EINVAL;
        int answer = missing ? 404 : error == Errno.EACCES || error == Errno.ELOOP ? 403 : 500;
        if (!missing || request.location().errors().logNotFound()) {
            ErrorLog.Level level = answer == 500 ? ErrorLog.Level.CRIT : ErrorLog.Level.ERROR;
            request.log()
                    .error(
                            level,
                            FileLookup.call(request, "open()") + " \"" + file + "\" failed " + Errno.describe(error));
        }
        return answer;
    }

    /** Settles what is executed; {@code command} is empty for the script itself. */
    private int prepare(Request request, String script, int end, List<String> command) {
        if (command.isEmpty()) {
            int denied = Files.mayExecute(script);
            if (denied < 0) {
                String why = Errno.describe(-denied);
                request.log().error(ErrorLog.Level.ERROR, "\"" + script + "\" may not be executed " + why);
                return 403;
            }
            program = program(request, script, end, script, List.of(script));
            return 0;
        }
        int denied = Files.mayRead(script);
        if (denied < 0) {
            return refuse(request, script, -denied);
        }
        String interpreter = interpreter(request, command.get(0));
        if (interpreter == null) {
            return 500;
        }
        List<String> arguments = new ArrayList<>(command);
        arguments.set(0, interpreter);
        arguments.add(script);
        program = program(request, script, end, interpreter, arguments);
        return 0;
    }

    private String interpreter(Request request, String command) {
        if (command.indexOf('/') < 0) {
            String found = searchPath.find(command);
            if (found == null) {
                request.log().error(ErrorLog.Level.CRIT, "CGI interpreter \"" + command + "\" was not found in PATH");
            }
            return found;
        }
        String file = absolute(command);
        int denied = Files.mayExecute(file);
        if (denied < 0) {
            String why = Errno.describe(-denied);
            request.log().error(ErrorLog.Level.CRIT, "CGI interpreter \"" + file + "\" may not be executed " + why);
            return null;
        }
        return file;
    }

    private CgiProgram program(Request request, String script, int end, String file, List<String> arguments) {
        String scriptName = request.path().substring(0, end);
        String pathInfo = request.path().substring(end);
        CgiSettings settings = request.location().cgi();
        int slash = script.lastIndexOf('/');
        String directory = slash == 0 ? "/" : script.substring(0, slash);
        if (settings.workingDir() != null) {
            directory = absolute(request.render(settings.workingDir()));
        }
        CgiEnvironment.Script found =
                new CgiEnvironment.Script(absolute(request.documentRoot()), script, scriptName, pathInfo);
        return new CgiProgram(
                file,
                List.copyOf(arguments),
                new CgiEnvironment(request, searchPath.value(), found, UNKNOWN),
                directory,
                script.startsWith("nph-", slash + 1),
                scriptName,
                pathInfo);
    }
}
