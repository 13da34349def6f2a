package pollux.posix;

import pollux.buffer.IoBuffer;

/** What {@code fstat} tells of a file; reused from call to call, not safe between threads. */
public final class FileStatus {
    static final int SLOTS = 9;

    /** Which slot is the {@link #mode()}. */
    static final int MODE = 3;

    /** Which slots are {@link #device()} and {@link #inode()}. */
    static final int DEVICE = 4;

    static final int INODE = 5;

    private static final int S_IFMT = Constants.of("S_IFMT");
    private static final int S_IFREG = Constants.of("S_IFREG");
    private static final int S_IFDIR = Constants.of("S_IFDIR");
    private static final int S_IFLNK = Constants.of("S_IFLNK");
    private static final int S_IFSOCK = Constants.of("S_IFSOCK");

    private final IoBuffer memory = OffHeap.SOURCE.allocate(SLOTS * Long.BYTES);

    long address() {
        return memory.address();
    }

    private long slot(int index) {
        return memory.getLong(index * Long.BYTES);
    }

    /** The size in bytes. */
    public long size() {
        return slot(0);
    }

    /** The time of the last change of content, in whole seconds since 1970. */
    public long modifiedSeconds() {
        return slot(1);
    }

    /** The nanoseconds behind {@link #modifiedSeconds()}, 0 to 999,999,999. */
    public long modifiedNanos() {
        return slot(2);
    }

    /** Type and permission bits. */
    public int mode() {
        return (int) slot(MODE);
    }

    /** The device that the file is on. */
    public long device() {
        return slot(DEVICE);
    }

    /** The file's number on its device. */
    public long inode() {
        return slot(INODE);
    }

    /** The user who owns it. */
    public long owner() {
        return slot(6);
    }

    /** Whether it is a regular file. */
    public boolean isRegular() {
        return (mode() & S_IFMT) == S_IFREG;
    }

    /** Whether it is a directory. */
    public boolean isDirectory() {
        return isDirectory(mode());
    }

    /** Whether a mode is a directory's. */
    public static boolean isDirectory(int mode) {
        return (mode & S_IFMT) == S_IFDIR;
    }

    /** Whether it is a symbolic link: only when the link itself was asked about. */
    public boolean isLink() {
        return (mode() & S_IFMT) == S_IFLNK;
    }

    /** Whether it is a socket. */
    public boolean isSocket() {
        return isSocket(mode());
    }

    /** Whether a mode is a socket's. */
    public static boolean isSocket(int mode) {
        return (mode & S_IFMT) == S_IFSOCK;
    }

    /** Frees the memory. */
    public void release() {
        memory.release();
    }
}
