package pollux.posix;

/**
 * Signals as bytes in a pipe: a caught signal writes its number to every wake-up pipe, and the loop reads it there like
 * anything else. The JVM must run with {@code -Xrs}, or it keeps HUP, INT, TERM and QUIT for itself.
 */
public final class Signals {
    public static final int HUP = Constants.of("SIGHUP");
    public static final int INT = Constants.of("SIGINT");
    public static final int QUIT = Constants.of("SIGQUIT");
    public static final int TERM = Constants.of("SIGTERM");
    public static final int USR1 = Constants.of("SIGUSR1");
    public static final int USR2 = Constants.of("SIGUSR2");
    public static final int WINCH = Constants.of("SIGWINCH");
    public static final int CHLD = Constants.of("SIGCHLD");
    public static final int PIPE = Constants.of("SIGPIPE");

    private Signals() {}

    /** From now on this signal is written to the wake-up pipes. */
    public static void catchSignal(int signal) {
        PosixException.check(LibPollux.px_signal_catch(signal), "sigaction()");
    }

    /** From now on nothing happens at this signal. */
    public static void ignore(int signal) {
        PosixException.check(LibPollux.px_signal_ignore(signal), "sigaction()");
    }

    /** Adds a wake-up pipe's writing end. */
    public static void wake(int writeEnd) {
        PosixException.check(LibPollux.px_signal_wake(writeEnd), "adding a wake-up pipe");
    }

    /** Takes a wake-up pipe's writing end out again, before it is closed. */
    public static void unwake(int writeEnd) {
        LibPollux.px_signal_unwake(writeEnd);
    }
}
