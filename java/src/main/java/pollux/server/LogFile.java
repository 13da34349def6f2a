package pollux.server;

import pollux.buffer.IoBuffer;
import pollux.posix.Files;
import pollux.posix.OffHeap;

/**
 * One file that lines are appended to. Lines are gathered and written once at the end of a turn, or when the buffer is
 * full; whatever cannot be written (a full disk) is lost, and the server goes on. Each worker has its own: the system
 * keeps appended lines whole.
 */
final class LogFile {
    private static final int MODE = 0644;
    private static final int SIZE = 64 * 1024;
    private static final int STANDARD_ERROR = 2;

    /** The name of the log that goes to descriptor 2. */
    static final String STDERR = "stderr";

    private final String path;
    private final IoBuffer lines = OffHeap.SOURCE.allocate(SIZE);
    private int fd;

    /**
     * Opens a log.
     *
     * @param path the file, made when it is not there; or {@link #STDERR}
     */
    LogFile(String path) {
        this.path = path;
        this.fd = open(path);
    }

    private static int open(String path) {
        return path.equals(STDERR) ? STANDARD_ERROR : Files.openAppend(path, MODE);
    }

    /** 0, or the {@code -errno} of opening. */
    int problem() {
        return Math.min(fd, 0);
    }

    /** The buffer to append one whole line to, with room for {@code bytes} more; a longer line is the caller's to cut. */
    IoBuffer lines(int bytes) {
        if (lines.room() < bytes) {
            flush();
        }
        return lines;
    }

    /** The longest line there is room for. */
    static int longestLine() {
        return SIZE;
    }

    /** Writes what was gathered, in one call. */
    void flush() {
        if (!lines.isEmpty() && fd >= 0) {
            Files.append(fd, lines, lines.start(), lines.length());
        }
        lines.clear();
    }

    /** Opens the file by its name again, after it was moved away; the old one goes on when that fails. */
    void reopen() {
        flush();
        int fresh = open(path);
        if (fresh >= 0 && fd != STANDARD_ERROR) {
            closeFile();
            fd = fresh;
        }
    }

    void close() {
        flush();
        closeFile();
        lines.release();
    }

    private void closeFile() {
        if (fd > STANDARD_ERROR) {
            Files.close(fd);
        }
        fd = -1;
    }
}
