package pollux.posix;

import pollux.buffer.IoBuffer;

/**
 * Opens a file without following symbolic links, or only some of them: nginx's {@code disable_symlinks}, and the folders of
 * the server's own. Linux does the first in one call ({@code openat2}); else the path is walked folder by folder, each opened
 * from the one before. A link that may be followed is opened itself first, and asked for its owner and where it leads:
 * nobody can slip another in between the look and the opening.
 */
public final class Links {
    private static final int O_RDONLY = Constants.of("O_RDONLY");
    private static final int O_NONBLOCK = Constants.of("O_NONBLOCK");
    private static final int O_NOFOLLOW = Constants.of("O_NOFOLLOW");
    private static final int READ = O_RDONLY | O_NONBLOCK;

    /** With {@code O_PATH}, where there is one, a folder may be walked through that may not be read. */
    private static final int O_PATH = Constants.orElse("O_PATH", 0);

    private static final int WALK = (O_PATH == 0 ? O_RDONLY : O_PATH) | Constants.of("O_DIRECTORY") | O_NONBLOCK;

    private static final int AT_FDCWD = Constants.of("AT_FDCWD");
    private static final int AT_SYMLINK_NOFOLLOW = Constants.of("AT_SYMLINK_NOFOLLOW");

    /** As in the kernel: more of them are a circle. */
    private static final int MAX_LINKS = 40;

    private static final int MAX_TARGET = 4096;

    /** Which links are followed. */
    private enum Followed {
        NONE,
        /** Those that have the owner of what they lead to. */
        OF_SAME_OWNER,
        /** Those that the superuser or this user has made, and those on their way likewise. */
        OWN
    }

    private final Followed followed;
    private final FileStatus status;
    private int met;

    private Links(Followed followed, FileStatus status) {
        this.followed = followed;
        this.status = status;
    }

    /**
     * Opens for reading; never waits. The caller owns the descriptor.
     *
     * @param trusted how many bytes at the beginning may lead through links, up to a slash; 0 for none
     * @param ownersMay whether a link is followed that has the owner of what it leads to
     * @param status scratch memory
     * @return a descriptor, or {@code -errno}: {@code -ELOOP} for a link, {@code -ENOTDIR} for one on the way
     */
    public static int openRead(String path, int trusted, boolean ownersMay, FileStatus status) {
        return open(path, trusted, ownersMay, READ, status);
    }

    static int open(String path, int trusted, boolean ownersMay, int flags, FileStatus status) {
        int base = AT_FDCWD;
        String rest = path;
        if (trusted > 0) {
            base = openAt(AT_FDCWD, path.substring(0, trusted), WALK);
            rest = path.substring(trusted + 1);
        }
        if (base < 0 && base != AT_FDCWD) {
            return base;
        }
        int fd = ownersMay ? -Errno.ELOOP : strictly(base, rest.isEmpty() ? "." : rest, flags, trusted > 0);
        if (fd < 0) {
            // By hand: links may be good, or the kernel cannot; and a bad one has the answer that nginx gives for its
            // place.
            fd = new Links(ownersMay ? Followed.OF_SAME_OWNER : Followed.NONE, status).walk(base, rest, flags);
        }
        close(base);
        return fd;
    }

    /** Opens a path of the configuration's; a descriptor or {@code -errno}: {@code -ELOOP} for somebody else's link. */
    static int openOwn(String path, int flags) {
        int fd = strictly(AT_FDCWD, path, flags, false);
        if (fd < 0) {
            FileStatus status = new FileStatus();
            fd = new Links(Followed.OWN, status).walk(AT_FDCWD, path, flags);
            status.release();
        }
        return fd;
    }

    private static int strictly(int base, String path, int flags, boolean beneath) {
        long address = Scratch.string(Scratch.memory(), path);
        return address == 0 ? -Errno.EINVAL : LibPollux.px_open_strictly(base, address, flags, beneath ? 1 : 0);
    }

    /** Opens what a path leads to from a folder, which stays the caller's. */
    private int walk(int folder, String path, int flags) {
        int at = path.startsWith("/") ? openAt(AT_FDCWD, "/", WALK) : folder;
        int begin = path.startsWith("/") ? 1 : 0;
        int slash = path.indexOf('/', begin);
        while (slash >= 0 && (at >= 0 || at == AT_FDCWD)) {
            if (slash > begin) {
                at = instead(folder, at, step(at, path.substring(begin, slash), WALK));
            }
            begin = slash + 1;
            slash = path.indexOf('/', begin);
        }
        if (at < 0 && at != AT_FDCWD) {
            return at;
        }
        boolean isFolder = begin == path.length();
        return instead(folder, at, isFolder ? openAt(at, ".", flags) : step(at, path.substring(begin), flags));
    }

    /** Closes the folder that was walked through, unless it is the caller's. */
    private static int instead(int callers, int at, int next) {
        if (at != callers) {
            close(at);
        }
        return next;
    }

    private int step(int at, String name, int flags) {
        if (followed == Followed.NONE) {
            return openAt(at, name, flags | O_NOFOLLOW);
        }
        return O_PATH == 0 ? stepByName(at, name, flags) : stepByEntry(at, name, flags);
    }

    private int stepByEntry(int at, String name, int flags) {
        int entry = openAt(at, name, O_PATH | O_NOFOLLOW | O_NONBLOCK);
        if (entry < 0) {
            return entry;
        }
        int answer = LibPollux.px_fstat(entry, status.address());
        if (answer < 0 || !status.isLink()) {
            close(entry);
            return answer < 0 ? answer : openAt(at, name, flags | O_NOFOLLOW);
        }
        long owner = status.owner();
        String target = target(entry);
        close(entry);
        if (target == null || ++met > MAX_LINKS) {
            return -Errno.ELOOP;
        }
        if (followed == Followed.OWN) {
            return isOurs(owner) ? walk(at, target, flags) : -Errno.ELOOP;
        }
        return ofOwner(owner, openAt(at, target, flags));
    }

    /** Where links cannot be opened themselves. */
    private int stepByName(int at, String name, int flags) {
        long address = Scratch.string(Scratch.memory(), name);
        int answer =
                address == 0 ? -Errno.EINVAL : LibPollux.px_fstatat(at, address, status.address(), AT_SYMLINK_NOFOLLOW);
        if (answer < 0) {
            return answer;
        }
        boolean isLink = status.isLink();
        long owner = status.owner();
        if (!isLink) {
            return openAt(at, name, flags | O_NOFOLLOW);
        }
        if (followed == Followed.OWN) {
            return isOurs(owner) ? openAt(at, name, flags) : -Errno.ELOOP;
        }
        return ofOwner(owner, openAt(at, name, flags));
    }

    private static boolean isOurs(long owner) {
        return owner == 0 || owner == LibPollux.px_geteuid();
    }

    /** The descriptor, when what it is open for has this owner. */
    private int ofOwner(long owner, int fd) {
        if (fd < 0) {
            return fd;
        }
        int answer = LibPollux.px_fstat(fd, status.address());
        if (answer == 0 && status.owner() != owner) {
            answer = -Errno.ELOOP;
        }
        if (answer < 0) {
            Files.close(fd);
            return answer;
        }
        return fd;
    }

    private static String target(int link) {
        IoBuffer memory = Scratch.memory();
        long empty = Scratch.string(memory, "");
        int begin = memory.end();
        int count = LibPollux.px_readlinkat(link, empty, memory.address() + begin, MAX_TARGET);
        return count <= 0 ? null : memory.string(begin, count);
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
