package pollux.server;

import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;
import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.OffHeap;
import pollux.posix.PosixException;
import pollux.posix.Processes;

/** The file that says which process serves: written when clients can connect, removed at the end. */
public final class PidFile {
    private static final int MODE = 0644;
    private static final int SIZE = 32;

    /** As in nginx: the name while a new program runs beside this one. */
    private static final String ASIDE = ".oldbin";

    private final String path;
    private boolean aside;

    private PidFile(String path) {
        this.path = path;
    }

    /**
     * Writes this process's pid; a file that was left behind is replaced, never seen half.
     *
     * @throws PosixException when that is not possible
     */
    static PidFile write(String path) {
        String temporary = path + ".new";
        IoBuffer line = OffHeap.SOURCE.allocate(SIZE);
        boolean written;
        try {
            Ascii.putDecimal(line, Processes.pid());
            line.put((byte) '\n');
            Files.unlink(temporary);
            int fd = PosixException.check(Files.createNew(temporary, MODE), "open() \"" + temporary + "\"");
            written = Files.write(fd, line, 0, line.length(), 0);
            Files.close(fd);
        } finally {
            line.release();
        }
        if (!written) {
            Files.unlink(temporary);
            throw new PosixException("write() \"" + temporary + "\"", Errno.ENOSPC);
        }
        int renamed = Files.rename(temporary, path);
        if (renamed < 0) {
            Files.unlink(temporary);
        }
        PosixException.check(renamed, "rename() to \"" + path + "\"");
        return new PidFile(path);
    }

    /**
     * Reads a pid.
     *
     * @return the pid; 0 when the file holds none; {@code -errno} when it cannot be read
     */
    public static int read(String path) {
        int fd = Files.openRead(path);
        if (fd < 0) {
            return fd;
        }
        long pid = Ascii.parseDecimal(start(fd));
        return pid <= 0 || pid > Integer.MAX_VALUE ? 0 : (int) pid;
    }

    /** What a file says instead of a pid: its first bytes, without white space around; empty when it cannot be read. */
    public static String text(String path) {
        int fd = Files.openRead(path);
        return fd < 0 ? "" : start(fd);
    }

    private static String start(int fd) {
        IoBuffer line = OffHeap.SOURCE.allocate(SIZE);
        // Whole: a part of a pid is another process's.
        for (int count = 1; count > 0 && line.room() > 0; ) {
            count = Files.read(fd, line, line.length(), line.room());
        }
        Files.close(fd);
        String text = line.string(0, line.length()).strip();
        line.release();
        return text;
    }

    /**
     * Makes room for the file of another process: this one's gets another name until it is {@link #putBack}.
     *
     * @throws PosixException when that is not possible
     */
    void setAside() {
        if (!aside) {
            int moved = Files.rename(path, path + ASIDE);
            PosixException.check(moved, "rename() \"" + path + "\" to \"" + path + ASIDE + "\"");
        }
        aside = true;
    }

    /**
     * The other process is gone.
     *
     * @throws PosixException when the name cannot be had back
     */
    void putBack() {
        int moved = Files.rename(path + ASIDE, path);
        if (moved < 0) {
            // Once more, should it have been a passing trouble: nobody finds this process without it.
            moved = Files.rename(path + ASIDE, path);
        }
        PosixException.check(moved, "rename() \"" + path + ASIDE + "\" to \"" + path + "\"");
        aside = false;
    }

    void remove() {
        Files.unlink(aside ? path + ASIDE : path);
    }
}
