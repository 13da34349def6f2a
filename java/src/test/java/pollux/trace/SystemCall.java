package pollux.trace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One system call as {@code strace -y} wrote it down, both halves put together when another thread came between them.
 *
 * @param line where it began in the trace, from 1
 * @param thread who called
 * @param name of the call
 * @param arguments what stands between the brackets
 * @param result what stands behind the equals sign
 */
record SystemCall(int line, int thread, String name, String arguments, String result) {
    private static final Pattern FIRST_DESCRIPTOR = Pattern.compile("(\\d+)<([^>]*)>.*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("(-?\\d+).*", Pattern.DOTALL);

    /** The descriptor that is the first argument, or -1. */
    int descriptor() {
        Matcher matcher = FIRST_DESCRIPTOR.matcher(arguments);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    /** What that descriptor is: {@code socket:[4711]}, {@code pipe:[4712]}, a path. */
    String kind() {
        Matcher matcher = FIRST_DESCRIPTOR.matcher(arguments);
        return matcher.matches() ? matcher.group(2) : "";
    }

    /** Whether the first argument is a socket or a pipe: what the laws speak of. */
    boolean isOnSocketOrPipe() {
        return kind().startsWith("socket:") || kind().startsWith("pipe:");
    }

    /** The number that the call answered; -1 too when it did not end. */
    long answer() {
        Matcher matcher = NUMBER.matcher(result);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    @Override
    public String toString() {
        return "line " + line + ": " + name + "(" + arguments + ") = " + result;
    }
}
