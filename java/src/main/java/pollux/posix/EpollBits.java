package pollux.posix;

/** Linux's {@code epoll}: its operations, its event bits and the layout of a report, asked of C. Nowhere else. */
public final class EpollBits {
    public static final int EPOLL_CTL_ADD = Constants.of("EPOLL_CTL_ADD");
    public static final int EPOLL_CTL_MOD = Constants.of("EPOLL_CTL_MOD");
    public static final int EPOLL_CTL_DEL = Constants.of("EPOLL_CTL_DEL");

    public static final int EPOLLIN = Constants.of("EPOLLIN");
    public static final int EPOLLOUT = Constants.of("EPOLLOUT");
    public static final int EPOLLERR = Constants.of("EPOLLERR");
    public static final int EPOLLHUP = Constants.of("EPOLLHUP");
    public static final int EPOLLRDHUP = Constants.of("EPOLLRDHUP");

    /** The highest bit: the one number that C proves instead of telling it. */
    public static final int EPOLLET = 1 << 31;

    /** The bytes of a report, {@code struct epoll_event}. */
    public static final int REPORT_SIZE = Constants.of("sizeof(struct epoll_event)");

    /** Where a report has its event bits, an {@code int}. */
    public static final int REPORT_EVENTS = Constants.of("offsetof(struct epoll_event, events)");

    /** Where a report has what was said of the descriptor, a {@code long}. */
    public static final int REPORT_DATA = Constants.of("offsetof(struct epoll_event, data)");

    private EpollBits() {}
}
