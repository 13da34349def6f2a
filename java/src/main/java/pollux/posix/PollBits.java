package pollux.posix;

/** The event bits of {@code poll()}, asked of C. */
public final class PollBits {
    public static final int POLLIN = Constants.of("POLLIN");
    public static final int POLLOUT = Constants.of("POLLOUT");
    public static final int POLLERR = Constants.of("POLLERR");
    public static final int POLLHUP = Constants.of("POLLHUP");
    public static final int POLLNVAL = Constants.of("POLLNVAL");

    private PollBits() {}
}
