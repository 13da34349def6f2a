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
 * @param limits what each program may use
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
        Stderr stderr,
        Limits limits) {
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

    /**
     * {@code cgi_limits}; {@link #NONE} leaves one as the server has it.
     *
     * @param cpuSeconds of processor time
     * @param addressSpace bytes of memory, mapped files included
     * @param descriptors open at once
     * @param processes of the program's user in all
     * @param fileSize bytes of any file it writes
     */
    public record Limits(long cpuSeconds, long addressSpace, long descriptors, long processes, long fileSize) {
        /** No limit of its own. */
        public static final long NONE = -1;

        /** Nothing is limited. */
        static final Limits UNLIMITED = new Limits(NONE, NONE, NONE, NONE, NONE);
    }

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
