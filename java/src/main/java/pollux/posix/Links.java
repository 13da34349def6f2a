package pollux.posix;

/**
 * Opens a file without following symbolic links, or only those that belong to the owner of what they lead to: nginx's
 * {@code disable_symlinks}. The path is walked folder by folder, each opened from the one before, so that nobody can slip
 * a link in between the look and the opening.
 */
public final class Links {
    private static final int O_RDONLY = Constants.of("O_RDONLY");
    private static final int O_NONBLOCK = Constants.of("O_NONBLOCK");
    private static final int O_NOFOLLOW = Constants.of("O_NOFOLLOW");
    private static final int READ = O_RDONLY | O_NONBLOCK;

    /** With {@code O_PATH}, where there is one, a folder may be walked through that may not be read. */
    private static final int WALK = Constants.orElse("O_PATH", O_RDONLY) | Constants.of("O_DIRECTORY") | O_NONBLOCK;

    private static final int AT_FDCWD = Constants.of("AT_FDCWD");
    private static final int AT_SYMLINK_NOFOLLOW = Constants.of("AT_SYMLINK_NOFOLLOW");

    private Links() {}

    /**
     * Opens for reading; never waits. The caller owns the descriptor.
     *
     * @param trusted how many bytes at the beginning may lead through links, up to a slash; 0 for none
     * @param ownersMay whether a link is followed that has the owner of what it leads to
     * @param status scratch memory
     * @return a descriptor, or {@code -errno}: {@code -ELOOP} for a link, {@code -ENOTDIR} for one on the way
     */
    public static int openRead(String path, int trusted, boolean ownersMay, FileStatus status) {
        int at = AT_FDCWD;
        int begin = 0;
        if (trusted > 0 || path.startsWith("/")) {
            at = openAt(AT_FDCWD, trusted > 0 ? path.substring(0, trusted) : "/", WALK);
            begin = trusted > 0 ? trusted + 1 : 1;
        }
        int slash = path.indexOf('/', begin);
        while (slash >= 0 && (at >= 0 || at == AT_FDCWD)) {
            if (slash > begin) {
                int folder = step(at, path.substring(begin, slash), WALK, ownersMay, status);
                close(at);
                at = folder;
            }
            begin = slash + 1;
            slash = path.indexOf('/', begin);
        }
        if (at < 0 && at != AT_FDCWD) {
            return at;
        }
        boolean isFolder = begin == path.length();
        int fd = isFolder ? openAt(at, ".", READ) : step(at, path.substring(begin), READ, ownersMay, status);
        close(at);
        return fd;
    }

    private static int step(int at, String name, int flags, boolean ownersMay, FileStatus status) {
        if (!ownersMay) {
            return openAt(at, name, flags | O_NOFOLLOW);
        }
        int fd = openAt(at, name, flags);
        if (fd < 0) {
            return fd;
        }
        long address = Scratch.string(Scratch.memory(), name);
        int problem = LibPollux.px_fstatat(at, address, status.address(), AT_SYMLINK_NOFOLLOW);
        long owner = status.owner();
        problem = problem < 0 ? problem : LibPollux.px_fstat(fd, status.address());
        if (problem == 0 && status.owner() != owner) {
            problem = -Errno.ELOOP;
        }
        if (problem < 0) {
            Files.close(fd);
            return problem;
        }
        return fd;
    }

    private static int openAt(int at, String name, int flags) {
        long address = Scratch.string(Scratch.memory(), name);
        return address == 0 ? -Errno.EINVAL : LibPollux.px_openat(at, address, flags, 0);
    }

    private static void close(int at) {
        if (at >= 0) {
            Files.close(at);
        }
    }
}
