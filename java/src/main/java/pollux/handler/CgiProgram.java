package pollux.handler;

import java.util.List;

/**
 * A CGI program ready to be run for one request: everything that {@code execve} is given, and what the server needs to
 * understand its output.
 *
 * @param file the absolute path of what is executed: the interpreter, or the script itself
 * @param arguments {@code argv}: the interpreter with its arguments and the script, or the script alone
 * @param environment writes its variables when it is started, as long as the request is there
 * @param workingDirectory absolute
 * @param nonParsed whether the output is a whole HTTP response that goes to the client as it is: the script's name
 *     begins with {@code nph-} (RFC 3875 section 5)
 * @param scriptName the part of the path that led to the script
 * @param pathInfo the rest of the path, beginning with a slash, or empty
 */
public record CgiProgram(
        String file,
        List<String> arguments,
        CgiEnvironment environment,
        String workingDirectory,
        boolean nonParsed,
        String scriptName,
        String pathInfo) {
    /**
     * The same program told a content length that was not known before: the content came in chunks and has been counted.
     *
     * @param bytes at least 0
     */
    public CgiProgram withContentLength(long bytes) {
        return new CgiProgram(
                file,
                arguments,
                environment.withContentLength(bytes),
                workingDirectory,
                nonParsed,
                scriptName,
                pathInfo);
    }
}
