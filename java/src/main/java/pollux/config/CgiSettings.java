package pollux.config;

import java.util.List;

/**
 * How CGI programs (RFC 3875) are run.
 *
 * @param enabled whether every file here is a program ({@code cgi on})
 * @param assigned the extensions of {@code cgi_assign} in file order
 * @param interpreter the command that {@code cgi on} runs files with; empty: the file itself
 * @param params further meta-variables, in file order
 * @param workingDir the working directory, or {@code null} for the script's own
 * @param timeoutMs without output, before the process group gets TERM
 * @param killTimeoutMs after that, before it gets KILL
 * @param maxProcesses how many run at once; above it requests queue
 * @param queueTimeoutMs in that queue, before 503
 * @param stderr where the programs' error output goes
 */
public record CgiSettings(
        boolean enabled,
        List<Assign> assigned,
        List<String> interpreter,
        List<Param> params,
        Template workingDir,
        long timeoutMs,
        long killTimeoutMs,
        int maxProcesses,
        long queueTimeoutMs,
        Stderr stderr) {
    /**
     * One {@code cgi_assign}.
     *
     * @param extension with its dot
     * @param interpreter command and arguments; empty: the file itself is run. A command without a slash is looked for in
     *     {@code PATH}
     */
    public record Assign(String extension, List<String> interpreter) {}

    /**
     * One {@code cgi_param}.
     *
     * @param name the meta-variable
     * @param value its value
     */
    public record Param(String name, Template value) {}

    /**
     * Where error output goes.
     *
     * @param file a file it is appended to, or {@code null} for the error log
     * @param level the error log's level
     */
    public record Stderr(String file, ErrorLog.Level level) {}

    /** Whether any file could be run here. */
    public boolean isActive() {
        return enabled || !assigned.isEmpty();
    }

    /**
     * The {@code cgi_assign} for a file name.
     *
     * @return the first whose extension ends the name, or {@code null}
     */
    public Assign assignFor(String fileName) {
        for (Assign candidate : assigned) {
            if (fileName.endsWith(candidate.extension())) {
                return candidate;
            }
        }
        return null;
    }
}
