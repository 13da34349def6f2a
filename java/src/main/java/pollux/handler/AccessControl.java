package pollux.handler;

import java.util.HashMap;
import java.util.Map;
import pollux.config.AccessRules;
import pollux.config.AccessSettings;
import pollux.config.ErrorLog;
import pollux.http.FieldName;
import pollux.posix.Errno;

/**
 * nginx's access phase: {@code allow} and {@code deny}, then {@code auth_basic}, joined by {@code satisfy}. Asked for locations
 * that have any of it, after {@code return} and before anything else. It keeps the password files that it has read, for one
 * worker.
 */
public final class AccessControl {
    private static final int MAX_FILES = 64;

    /** The password is good. */
    private static final int GOOD = 0;

    /** The outcome of work that {@link #check} has asked for: it is to be asked again, and knows the answer then. */
    public static final int KNOWN = PasswordCheck.KNOWN;

    private final Map<String, PasswordFile> files = new HashMap<>();
    private final PasswordCheck.Line line = new PasswordCheck.Line();

    /**
     * Whether a request may go on.
     *
     * @return {@link Handler#DECLINED} to go on; 403; 401 with {@code WWW-Authenticate} in the response; 500;
     *     {@link Handler#WORK}, which answers {@link #KNOWN}
     */
    public int check(Request request, Response response) {
        AccessSettings access = request.location().access();
        PasswordCheck done = line.takeEnded();
        AccessRules.Verdict verdict = access.rules() == null
                ? AccessRules.Verdict.NONE
                : access.rules().judge(request.remoteBytes());
        if (verdict == AccessRules.Verdict.DENY && !access.any()) {
            return forbidden(request);
        }
        if (verdict == AccessRules.Verdict.ALLOW && access.any()) {
            return letIn(response);
        }
        int password = access.realm() == null ? Handler.DECLINED : password(request, response, access, done);
        if (!access.any()) {
            return password == GOOD ? Handler.DECLINED : password;
        }
        if (password == GOOD) {
            return letIn(response);
        }
        boolean refused = password == 403 || (password == Handler.DECLINED && verdict == AccessRules.Verdict.DENY);
        return refused ? forbidden(request) : password;
    }

    private static int forbidden(Request request) {
        request.log().error(ErrorLog.Level.ERROR, "access forbidden by rule");
        return 403;
    }

    /** What an earlier location asked for is not asked for any more. */
    private static int letIn(Response response) {
        response.remove("WWW-Authenticate");
        return Handler.DECLINED;
    }

    /** {@link #GOOD}, {@link Handler#DECLINED} when none is asked for, {@link Handler#WORK}, or a status. */
    private int password(Request request, Response response, AccessSettings access, PasswordCheck done) {
        String realm = request.render(access.realm());
        if (realm.equals("off")) {
            return Handler.DECLINED;
        }
        String authorization = request.head().value(FieldName.AUTHORIZATION);
        BasicCredentials credentials = BasicCredentials.of(authorization);
        if (credentials == null) {
            request.log().error(ErrorLog.Level.INFO, "no user/password was provided for basic authentication");
            return ask(response, realm);
        }
        String path = request.render(access.userFile());
        PasswordFile file = file(path);
        int error = file.look(request.nowMs());
        if (error != 0) {
            boolean missing = error == Errno.ENOENT;
            ErrorLog.Level level = missing ? ErrorLog.Level.ERROR : ErrorLog.Level.CRIT;
            String call = error == Errno.EISDIR ? "pread()" : "open()";
            request.log().error(level, FileErrors.failed(call, path, error));
            return missing ? 403 : 500;
        }
        return switch (file.check(credentials, done)) {
            case GOOD -> GOOD;
            case SLOW -> response.work(file.work(credentials, line));
            case UNKNOWN_USER -> {
                request.log()
                        .error(
                                ErrorLog.Level.ERROR,
                                "user \"" + credentials.user() + "\" was not found in \"" + path + "\"");
                yield ask(response, realm);
            }
            case MISMATCH -> {
                request.log().error(ErrorLog.Level.ERROR, "user \"" + credentials.user() + "\": password mismatch");
                yield ask(response, realm);
            }
        };
    }

    private static int ask(Response response, String realm) {
        response.remove("WWW-Authenticate");
        response.add("WWW-Authenticate", RedirectLocation.escapeControls("Basic realm=\"" + realm + "\""));
        return 401;
    }

    /** Names of files may hold variables: what is kept is bounded. */
    private PasswordFile file(String path) {
        PasswordFile known = files.get(path);
        if (known == null) {
            if (files.size() >= MAX_FILES) {
                files.clear();
            }
            known = new PasswordFile(path);
            files.put(path, known);
        }
        return known;
    }
}
