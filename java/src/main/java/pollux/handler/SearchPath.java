package pollux.handler;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import pollux.posix.FileStatus;
import pollux.posix.Files;

/**
 * The folders where interpreters are looked for, and the value of {@code PATH} that programs get. What was found is
 * remembered; what was not is looked for again, so that an interpreter may be installed while the server runs.
 */
final class SearchPath {
    /** For a server that was started without {@code PATH}. */
    static final String DEFAULT = "/usr/local/bin:/usr/bin:/bin";

    private final String value;
    private final FileStatus status = new FileStatus();
    private final Map<String, String> found = new HashMap<>();

    /** A path of folders with colons between them. */
    SearchPath(String value) {
        this.value = value;
    }

    /** The server's own, or the usual one when it has none. */
    static SearchPath ofServer() {
        String inherited = System.getenv("PATH");
        return new SearchPath(inherited == null || inherited.isEmpty() ? DEFAULT : bytes(inherited));
    }

    /** The bytes that the JVM decoded on its way in, one a char again. */
    private static String bytes(String decoded) {
        Charset platform = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        return new String(decoded.getBytes(platform), StandardCharsets.ISO_8859_1);
    }

    /** The folders, with colons between them. */
    String value() {
        return value;
    }

    /**
     * Finds a command.
     *
     * @param command a name without a slash
     * @return an absolute path that this process may execute, or {@code null}
     */
    String find(String command) {
        String known = found.get(command);
        if (known != null) {
            return known;
        }
        for (String folder : value.split(":", -1)) {
            String candidate = folder + "/" + command;
            // An empty or relative folder would mean whatever folder happens to be the current one.
            if (folder.startsWith("/") && isProgram(candidate)) {
                found.put(command, candidate);
                return candidate;
            }
        }
        return null;
    }

    private boolean isProgram(String file) {
        return Files.status(file, status) == 0 && status.isRegular() && Files.mayExecute(file) == 0;
    }
}
