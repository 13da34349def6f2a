package pollux.posix;

import pollux.buffer.IoBuffer;

/** Error numbers of set-up calls, by name. Their values differ between systems. */
public final class Errno {
    public static final int E2BIG = Constants.of("E2BIG");
    public static final int EACCES = Constants.of("EACCES");
    public static final int EADDRINUSE = Constants.of("EADDRINUSE");
    public static final int EAGAIN = Constants.of("EAGAIN");
    public static final int ECONNABORTED = Constants.of("ECONNABORTED");
    public static final int ECONNREFUSED = Constants.of("ECONNREFUSED");
    public static final int EDQUOT = Constants.of("EDQUOT");
    public static final int EEXIST = Constants.of("EEXIST");
    public static final int EFBIG = Constants.of("EFBIG");
    public static final int EINTR = Constants.of("EINTR");
    public static final int EINVAL = Constants.of("EINVAL");
    public static final int EIO = Constants.of("EIO");
    public static final int EISDIR = Constants.of("EISDIR");
    public static final int ELOOP = Constants.of("ELOOP");
    public static final int EMFILE = Constants.of("EMFILE");
    public static final int ENAMETOOLONG = Constants.of("ENAMETOOLONG");
    public static final int ENFILE = Constants.of("ENFILE");
    public static final int ENOBUFS = Constants.of("ENOBUFS");
    public static final int ENOENT = Constants.of("ENOENT");
    public static final int ENOEXEC = Constants.of("ENOEXEC");
    public static final int ENOMEM = Constants.of("ENOMEM");
    public static final int ENOSPC = Constants.of("ENOSPC");
    public static final int ENOTDIR = Constants.of("ENOTDIR");
    public static final int ENOTEMPTY = Constants.of("ENOTEMPTY");
    public static final int ENOTSUP = Constants.of("ENOTSUP");
    public static final int EOPNOTSUPP = Constants.of("EOPNOTSUPP");
    public static final int EPERM = Constants.of("EPERM");
    public static final int ETIMEDOUT = Constants.of("ETIMEDOUT");
    public static final int ETXTBSY = Constants.of("ETXTBSY");
    public static final int EXDEV = Constants.of("EXDEV");

    private Errno() {}

    /**
     * Describes an error as nginx's log does: {@code (2: No such file or directory)}.
     *
     * @param error a positive error number
     */
    public static String describe(int error) {
        IoBuffer memory = Scratch.memory();
        int length = LibPollux.px_strerror(error, memory.address(), memory.capacity());
        return "(" + error + ": " + memory.string(0, Math.max(0, length)) + ")";
    }
}
