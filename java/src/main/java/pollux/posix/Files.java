package pollux.posix;

import pollux.buffer.IoBuffer;

/**
 * Regular files and directories, by path (a byte string) or descriptor. Every answer is n or {@code -errno}, but reading
 * and writing answer a count or -1. A path that holds a NUL or is longer than the system could take is {@code -EINVAL}.
 */
public final class Files {
    private static final int O_RDONLY = Constants.of("O_RDONLY");
    private static final int O_RDWR = Constants.of("O_RDWR");
    private static final int O_WRONLY = Constants.of("O_WRONLY");
    private static final int O_CREAT = Constants.of("O_CREAT");
    private static final int O_EXCL = Constants.of("O_EXCL");
    private static final int O_APPEND = Constants.of("O_APPEND");
    private static final int O_NONBLOCK = Constants.of("O_NONBLOCK");
    private static final int O_NOFOLLOW = Constants.of("O_NOFOLLOW");
    private static final int AT_FDCWD = Constants.of("AT_FDCWD");
    private static final int AT_SYMLINK_NOFOLLOW = Constants.of("AT_SYMLINK_NOFOLLOW");
    private static final int R_OK = Constants.of("R_OK");
    private static final int W_OK = Constants.of("W_OK");
    private static final int X_OK = Constants.of("X_OK");

    private Files() {}

    /** Opens for reading; never waits, even for a FIFO. The caller owns the descriptor. */
    public static int openRead(String path) {
        return open(path, O_RDONLY | O_NONBLOCK, 0);
    }

    /** Opens for reading and writing, new: {@code -EEXIST} when there is something, a dangling link included. */
    public static int createNew(String path, int mode) {
        return open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
    }

    /** Opens for writing at the end, made when it is not there: a log. */
    public static int openAppend(String path, int mode) {
        return open(path, O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK, mode);
    }

    /** Opens an existing file for writing, its content untouched. */
    public static int openWrite(String path) {
        return open(path, O_WRONLY | O_NONBLOCK, 0);
    }

    private static int open(String path, int flags, int mode) {
        long address = Scratch.string(Scratch.memory(), path);
        return address == 0 ? -Errno.EINVAL : LibPollux.px_open(address, flags, mode);
    }

    /** Closes a descriptor that is not watched by a loop. */
    public static int close(int fd) {
        return LibPollux.px_close(fd);
    }

    /** Asks for the status of an open file. */
    public static int status(int fd, FileStatus status) {
        return LibPollux.px_fstat(fd, status.address());
    }

    /** Asks for the status of a path, links followed. */
    public static int status(String path, FileStatus status) {
        return status(path, status, 0);
    }

    /** Asks for the status of a path; of the link itself when it is one. */
    public static int linkStatus(String path, FileStatus status) {
        return status(path, status, AT_SYMLINK_NOFOLLOW);
    }

    /** Type and permission bits of a path, links followed, as {@link FileStatus#mode()} has them; or {@code -errno}. */
    public static int mode(String path) {
        return mode(path, 0);
    }

    /** Type and permission bits of a path; of the link itself when it is one. */
    public static int linkMode(String path) {
        return mode(path, AT_SYMLINK_NOFOLLOW);
    }

    /** By way of the thread's own memory: so it can be asked where there is none to be had, and it was too late to stop. */
    private static int mode(String path, int flags) {
        IoBuffer memory = Scratch.memory();
        memory.region(FileStatus.SLOTS * Long.BYTES, FileStatus.SLOTS * Long.BYTES);
        long address = Scratch.string(memory, path);
        int answer = address == 0 ? -Errno.EINVAL : LibPollux.px_fstatat(AT_FDCWD, address, memory.address(), flags);
        return answer < 0 ? answer : (int) memory.getLong(FileStatus.MODE * Long.BYTES);
    }

    private static int status(String path, FileStatus status, int flags) {
        long address = Scratch.string(Scratch.memory(), path);
        return address == 0 ? -Errno.EINVAL : LibPollux.px_fstatat(AT_FDCWD, address, status.address(), flags);
    }

    /** Reads at an offset into the room of a buffer; n, 0 at the end, or -1. */
    public static int read(int fd, IoBuffer into, long offset, int length) {
        int wanted = Math.min(length, into.room());
        long count = LibPollux.px_pread(fd, into.address() + into.end(), wanted, offset);
        if (count > 0) {
            into.extend((int) count);
        }
        return (int) count;
    }

    /**
     * Writes a whole span at an offset of a regular file.
     *
     * @return whether all of it was written; if not, {@link #reserve} can tell whether the disk is full
     */
    public static boolean write(int fd, IoBuffer from, int offset, int length, long fileOffset) {
        int written = 0;
        while (written < length) {
            long address = from.address() + offset + written;
            long count = LibPollux.px_pwrite(fd, address, length - written, fileOffset + written);
            if (count <= 0) {
                return false;
            }
            written += (int) count;
        }
        return true;
    }

    /** Appends a span to a file opened by {@link #openAppend}; the count, or -1. */
    public static int append(int fd, IoBuffer from, int offset, int length) {
        return (int) LibPollux.px_write(fd, from.address() + offset, length);
    }

    /** Sets room aside for bytes still to be written: {@code -ENOSPC} or {@code -EDQUOT} when there is none. */
    public static int reserve(int fd, long offset, long length) {
        return LibPollux.px_reserve(fd, offset, length);
    }

    /** How many bytes more there is room for where a file lies, for anybody but the superuser; or {@code -errno}. */
    public static long room(int fd) {
        return LibPollux.px_room(fd);
    }

    /** Waits until a file's content is on the disk. */
    public static int sync(int fd) {
        return LibPollux.px_fsync(fd);
    }

    /** Moves a file, in place of what was there. */
    public static int rename(String from, String to) {
        IoBuffer memory = Scratch.memory();
        long source = Scratch.string(memory, from);
        long target = Scratch.string(memory, to);
        return source == 0 || target == 0 ? -Errno.EINVAL : LibPollux.px_rename(source, target);
    }

    /** Removes a file. */
    public static int unlink(String path) {
        long address = Scratch.string(Scratch.memory(), path);
        return address == 0 ? -Errno.EINVAL : LibPollux.px_unlink(address);
    }

    /** Removes an empty directory. */
    public static int removeDirectory(String path) {
        long address = Scratch.string(Scratch.memory(), path);
        return address == 0 ? -Errno.EINVAL : LibPollux.px_rmdir(address);
    }

    /** Makes a directory. */
    public static int makeDirectory(String path, int mode) {
        long address = Scratch.string(Scratch.memory(), path);
        return address == 0 ? -Errno.EINVAL : LibPollux.px_mkdir(address, mode);
    }

    /** Changes the permission bits of an open file. */
    public static int changeMode(int fd, int mode) {
        return LibPollux.px_fchmod(fd, mode);
    }

    /** Sets the time of an open file's last change of content, in seconds since 1970. */
    public static int touch(int fd, long seconds) {
        return LibPollux.px_ftouch(fd, seconds);
    }

    /** Changes the permission bits. */
    public static int changeMode(String path, int mode) {
        long address = Scratch.string(Scratch.memory(), path);
        return address == 0 ? -Errno.EINVAL : LibPollux.px_chmod(address, mode);
    }

    /** Whether this process may run a file; 0 or {@code -errno}. */
    public static int mayExecute(String path) {
        return access(path, X_OK);
    }

    /** Whether this process may read a file; 0 or {@code -errno}. */
    public static int mayRead(String path) {
        return access(path, R_OK);
    }

    /** Whether this process may make, rename and remove what lies in a folder; 0 or {@code -errno}. */
    public static int mayChange(String folder) {
        return access(folder, W_OK | X_OK);
    }

    private static int access(String path, int mode) {
        long address = Scratch.string(Scratch.memory(), path);
        return address == 0 ? -Errno.EINVAL : LibPollux.px_access(address, mode);
    }

    /** The path with every link resolved, or {@code null}. */
    public static String realPath(String path) {
        IoBuffer memory = Scratch.memory();
        long address = Scratch.string(memory, path);
        if (address == 0) {
            return null;
        }
        int begin = memory.end();
        int count = LibPollux.px_realpath(address, memory.address() + begin, memory.room());
        return count < 0 ? null : memory.string(begin, count);
    }
}
