package pollux.posix;

/**
 * An open folder. What is done to the names in it is done there, whatever is put in its place meanwhile: a path would be
 * walked anew by each call, and somebody who may write on the way could lead it elsewhere. Names are single segments, byte
 * strings. Every answer is n or {@code -errno}.
 *
 * <p>Whoever opened it closes it; not safe between threads.
 */
public final class Folder implements AutoCloseable {
    private static final int NONE = -1;
    private static final int AT_FDCWD = Constants.of("AT_FDCWD");
    private static final int AT_SYMLINK_NOFOLLOW = Constants.of("AT_SYMLINK_NOFOLLOW");
    private static final int O_DIRECTORY = Constants.of("O_DIRECTORY");
    private static final int O_PATH = Constants.orElse("O_PATH", 0);
    private static final int O_TMPFILE = Constants.orElse("O_TMPFILE", 0);
    private static final int O_NOFOLLOW = Constants.of("O_NOFOLLOW");
    private static final int READ_FILE = Constants.of("O_RDONLY") | Constants.of("O_NONBLOCK");
    private static final int READ = READ_FILE | O_DIRECTORY;
    private static final int CREATE =
            Constants.of("O_RDWR") | Constants.of("O_CREAT") | Constants.of("O_EXCL") | O_NOFOLLOW;

    /** A file without a name gets one by way of this folder. */
    private static final boolean CAN_BE_NAMED_LATE = O_TMPFILE != 0 && Files.linkMode("/proc/self/fd") >= 0;

    private int fd = NONE;
    private boolean shared;

    /** Makes one that is not open. */
    public Folder() {}

    /** Opens a folder, whatever links lead to it; 0 or {@code -errno}. */
    public int open(String path) {
        int answer = openAt(AT_FDCWD, path, READ);
        if (answer == -Errno.EACCES && O_PATH != 0) {
            // It may be written to though not read.
            answer = openAt(AT_FDCWD, path, O_PATH | O_DIRECTORY);
        }
        return opened(answer);
    }

    /**
     * Opens a folder of the server's own, named by the configuration: a link on the way is followed only when the
     * superuser or this user made it, so that nobody else can lead it elsewhere. 0 or {@code -errno}: {@code -ELOOP}.
     */
    public int openOwn(String path) {
        int answer = Links.openOwn(path, READ);
        return opened(answer == -Errno.EACCES && O_PATH != 0 ? Links.openOwn(path, O_PATH | O_DIRECTORY) : answer);
    }

    /**
     * Opens a folder where links are not followed, or only some: as {@link Links#openRead}. 0 or {@code -errno}.
     *
     * @param status scratch memory
     */
    public int open(String path, int trusted, boolean ownersMay, FileStatus status) {
        int answer = Links.open(path, trusted, ownersMay, READ, status);
        if (answer == -Errno.EACCES && O_PATH != 0) {
            answer = Links.open(path, trusted, ownersMay, O_PATH | O_DIRECTORY, status);
        }
        return opened(answer);
    }

    /** Opens a folder of another, not by a link: 0 or {@code -errno}, {@code -ENOTDIR} for one. */
    public int openIn(Folder above, String name) {
        return opened(openAt(above.fd, name, READ | O_NOFOLLOW));
    }

    /** Opens the folder that another one is open for, wherever it lies now; 0 or {@code -errno}. */
    public int openAs(Folder other) {
        return opened(LibPollux.px_dup(other.fd));
    }

    private int opened(int answer) {
        fd = Math.max(answer, NONE);
        return Math.min(answer, 0);
    }

    /** Whether it is open. */
    public boolean isOpen() {
        return fd >= 0;
    }

    private static int openAt(int folder, String name, int flags) {
        return openAt(folder, name, flags, 0);
    }

    private static int openAt(int folder, String name, int flags, int mode) {
        long address = Scratch.string(Scratch.memory(), name);
        return address == 0 ? -Errno.EINVAL : LibPollux.px_openat(folder, address, flags, mode);
    }

    /**
     * Opens a file that has no name: if it gets none, nothing is left of it, however this process ends.
     *
     * @return a descriptor for reading and writing, which the caller owns; {@code -ENOTSUP} where there are no such files
     */
    public int createNameless(int mode) {
        if (!CAN_BE_NAMED_LATE) {
            return -Errno.ENOTSUP;
        }
        int answer = openAt(fd, ".", Constants.of("O_RDWR") | O_TMPFILE, mode);
        // What kernels and file systems say that do not know the flag.
        boolean isUnknown = answer == -Errno.EISDIR || answer == -Errno.EINVAL || answer == -Errno.EOPNOTSUPP;
        return isUnknown ? -Errno.ENOTSUP : answer;
    }

    /** Makes a file, opened for reading and writing: {@code -EEXIST} when there is something, a link included. */
    public int createNew(String name, int mode) {
        return openAt(fd, name, CREATE, mode);
    }

    /** Gives a file of {@link #createNameless} a name; {@code -EEXIST} when there is something. */
    public int giveName(int file, String name) {
        long address = Scratch.string(Scratch.memory(), name);
        return address == 0 ? -Errno.EINVAL : LibPollux.px_give_name(file, fd, address);
    }

    /** Moves a file to a name in another folder, or this one, in place of what was there; a link is replaced itself. */
    public int rename(String from, Folder folder, String to) {
        var memory = Scratch.memory();
        long source = Scratch.string(memory, from);
        long target = Scratch.string(memory, to);
        return source == 0 || target == 0 ? -Errno.EINVAL : LibPollux.px_renameat(fd, source, folder.fd, target);
    }

    /** Moves a file to another name, unless there is something: then {@code -EEXIST}. */
    public int renameNew(String from, String to) {
        var memory = Scratch.memory();
        long source = Scratch.string(memory, from);
        long target = Scratch.string(memory, to);
        return source == 0 || target == 0 ? -Errno.EINVAL : LibPollux.px_renameat_new(fd, source, fd, target);
    }

    /**
     * Opens a file for reading; never waits, even for a FIFO. The caller owns the descriptor.
     *
     * @param follows whether a link is followed; if not, it is {@code -ELOOP}
     */
    public int openRead(String name, boolean follows) {
        return openAt(fd, name, follows ? READ_FILE : READ_FILE | O_NOFOLLOW);
    }

    /** Makes a folder. */
    public int makeFolder(String name, int mode) {
        long address = Scratch.string(Scratch.memory(), name);
        return address == 0 ? -Errno.EINVAL : LibPollux.px_mkdirat(fd, address, mode);
    }

    /** Removes an empty folder. */
    public int removeFolder(String name) {
        long address = Scratch.string(Scratch.memory(), name);
        return address == 0 ? -Errno.EINVAL : LibPollux.px_rmdirat(fd, address);
    }

    /** Changes its own permission bits. */
    public int changeMode(int mode) {
        return LibPollux.px_fchmod(fd, mode);
    }

    /** Which folder it is. */
    record Identity(long device, long inode) {}

    /** Which folder it is, or {@code null} when that cannot be told. */
    Identity identity() {
        var memory = Scratch.memory();
        return LibPollux.px_fstat(fd, memory.address()) < 0
                ? null
                : new Identity(
                        memory.getLong(FileStatus.DEVICE * Long.BYTES), memory.getLong(FileStatus.INODE * Long.BYTES));
    }

    /** Type and permission bits of a name, of the link itself when it is one, as {@link Files#linkMode}; or {@code -errno}. */
    public int linkMode(String name) {
        var memory = Scratch.memory();
        memory.region(FileStatus.SLOTS * Long.BYTES, FileStatus.SLOTS * Long.BYTES);
        long address = Scratch.string(memory, name);
        int answer =
                address == 0 ? -Errno.EINVAL : LibPollux.px_fstatat(fd, address, memory.address(), AT_SYMLINK_NOFOLLOW);
        return answer < 0 ? answer : (int) memory.getLong(FileStatus.MODE * Long.BYTES);
    }

    /** Removes a file, or a link itself. */
    public int unlink(String name) {
        long address = Scratch.string(Scratch.memory(), name);
        return address == 0 ? -Errno.EINVAL : LibPollux.px_unlinkat(fd, address);
    }

    /** Asks for the status of a name; of the link itself when it is one. */
    public int status(String name, FileStatus status) {
        long address = Scratch.string(Scratch.memory(), name);
        return address == 0 ? -Errno.EINVAL : LibPollux.px_fstatat(fd, address, status.address(), AT_SYMLINK_NOFOLLOW);
    }

    /** Opens its list of names; 0 or {@code -errno}. */
    public int list(Directory directory) {
        return directory.openOf(fd);
    }

    /** Waits until its names are on the disk. */
    public int sync() {
        return LibPollux.px_fsync(fd);
    }

    /** Says, until this is closed, that names in it are somebody's who is at work; for {@link #lockAlone}. */
    public void share() {
        if (!shared) {
            shared = LibPollux.px_lock(fd, 0) == 0;
        }
    }

    /** Whether nobody is at work with names in it, in whatever process; while this is open, nobody can say so then. */
    public boolean lockAlone() {
        return !shared && LibPollux.px_lock(fd, 1) == 0;
    }

    @Override
    public void close() {
        if (fd >= 0) {
            Files.close(fd);
            fd = NONE;
            shared = false;
        }
    }
}
