package pollux.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import pollux.buffer.IoBuffer;
import pollux.config.LogSettings;
import pollux.config.LogSettings.Buffering;
import pollux.loop.EventLoop;
import pollux.loop.Timer;
import pollux.posix.FileStatus;
import pollux.posix.Files;
import pollux.posix.OffHeap;

/**
 * One file that lines are appended to. Lines are gathered and written once at the end of a turn, or when the buffer is
 * full; with {@code buffer=} only when that is full, when {@code flush=} is over, when the file is opened again and when
 * the server stops. Whatever cannot be written (a full disk) is lost and told of, and the server goes on; the first line
 * that can be written again begins on a line of its own. Each worker has its own file: the system keeps appended lines whole.
 */
final class LogFile {
    private static final int MODE = 0644;
    private static final int SIZE = 64 * 1024;
    private static final int STANDARD_ERROR = 2;

    /** The name of the log that goes to descriptor 2. */
    static final String STDERR = LogSettings.STDERR;

    private final String path;
    private final EventLoop loop;
    private final Timer overdue = new Timer(new Overdue());
    private IoBuffer lines = OffHeap.SOURCE.allocate(SIZE);
    private Buffering buffering = Buffering.NONE;
    private final LogLosses losses;
    private boolean closed;
    private boolean torn;
    private int fd;

    /**
     * Opens a log.
     *
     * @param path the file, made when it is not there; or {@link #STDERR}
     * @param loop has the time for {@code flush=}
     * @param complaints is told of lines that are lost
     */
    LogFile(String path, EventLoop loop, Consumer<String> complaints) {
        this.path = path;
        this.loop = loop;
        this.losses = new LogLosses(path, loop, complaints);
        this.fd = open(path);
    }

    private static int open(String path) {
        return path.equals(STDERR) ? STANDARD_ERROR : Files.openAppend(path, MODE);
    }

    /** 0, or the {@code -errno} of opening. */
    int problem() {
        return Math.min(fd, 0);
    }

    /** From now on lines are gathered in another way; what there is of them is written first. */
    void buffering(Buffering next) {
        if (next.equals(buffering)) {
            return;
        }
        flush();
        buffering = next;
        int capacity = Math.max(SIZE, next.size());
        if (capacity != lines.capacity()) {
            IoBuffer other = OffHeap.SOURCE.allocate(capacity);
            lines.release();
            lines = other;
        }
    }

    /** The longest line there is room for. */
    static int longestLine() {
        return SIZE;
    }

    /**
     * Takes one whole line, of at most {@link #longestLine()} bytes.
     *
     * @return whether the line waits for {@link #flush()} at the end of the turn, and is the first to do so
     */
    boolean append(byte[] from, int length) {
        int most = buffering.size() > 0 ? buffering.size() : SIZE;
        if (lines.length() + length > most) {
            flush();
        }
        boolean first = lines.isEmpty();
        lines.put(from, 0, length);
        if (buffering.size() == 0) {
            return first;
        }
        if (length > most) {
            flush();
        } else if (first && buffering.flushMs() > 0) {
            loop.set(overdue, loop.nowNs() + TimeUnit.MILLISECONDS.toNanos(buffering.flushMs()));
        }
        return false;
    }

    /** Writes what was gathered, in one call; nothing when it is closed. */
    void flush() {
        if (closed) {
            return;
        }
        if (overdue.isSet()) {
            loop.cancel(overdue);
        }
        if (!lines.isEmpty() && fd >= 0) {
            if (buffering.gzipLevel() > 0) {
                writeCompressed();
            } else {
                writeLines();
            }
        }
        lines.clear();
    }

    /** RFC 1952: each buffer is a member of its own, so that what is in the file is whole whenever it is read. */
    private void writeCompressed() {
        byte[] plain = new byte[lines.length()];
        lines.copyTo(lines.start(), plain, 0, plain.length);
        byte[] member = compress(plain, buffering.gzipLevel());
        IoBuffer out = OffHeap.SOURCE.allocate(member.length);
        out.put(member, 0, member.length);
        write(out);
        out.release();
    }

    private void writeLines() {
        // What was cut off is ended first, so that nothing is taken for its rest.
        torn = torn && !endLine();
        if (torn) {
            losses.add(lines.length());
            return;
        }
        int count = write(lines);
        torn = count > 0 && lines.get(lines.start() + count - 1) != '\n';
    }

    private boolean endLine() {
        IoBuffer end = OffHeap.SOURCE.allocate(1);
        end.put((byte) '\n');
        boolean written = Files.append(fd, end, end.start(), end.length()) > 0;
        end.release();
        return written;
    }

    /** Half a line would spoil the next one: what is left is written, until nothing goes any more; how much went. */
    private int write(IoBuffer bytes) {
        int length = bytes.length();
        int done = 0;
        for (int written = 1; written > 0 && done < length; done += Math.max(0, written)) {
            written = Files.append(fd, bytes, bytes.start() + done, length - done);
        }
        if (done < length) {
            losses.add(length - done);
        }
        return done;
    }

    private static byte[] compress(byte[] plain, int level) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2);
        try (Member member = new Member(out, level)) {
            member.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static final class Member extends GZIPOutputStream {
        Member(ByteArrayOutputStream out, int level) throws IOException {
            super(out);
            def.setLevel(level);
        }
    }

    /** Whether the file that is open still has its name. */
    boolean hasItsName(FileStatus scratch) {
        if (fd < 0 || Files.status(fd, scratch) < 0) {
            return false;
        }
        long device = scratch.device();
        long inode = scratch.inode();
        return Files.status(path, scratch) >= 0 && scratch.device() == device && scratch.inode() == inode;
    }

    /**
     * Opens the file by its name again, after it was moved away; what was gathered goes to the old one, which goes on when
     * that fails.
     *
     * @return 0 or {@code -errno}
     */
    int reopen() {
        flush();
        int fresh = open(path);
        if (fresh >= 0 && fd != STANDARD_ERROR) {
            closeFile();
            fd = fresh;
            torn = false;
        }
        return Math.min(fresh, 0);
    }

    void close() {
        flush();
        closeFile();
        losses.cancel();
        if (!closed) {
            lines.release();
        }
        closed = true;
    }

    private void closeFile() {
        if (fd > STANDARD_ERROR) {
            Files.close(fd);
        }
        fd = Math.min(fd, -1); // why it could not be opened stays known
    }

    private final class Overdue implements Timer.Action {
        @Override
        public void expired(long nowNs) {
            flush();
        }

        @Override
        public void failed(Throwable problem) {
            lines.clear();
        }
    }
}
