package pollux.loop;

import pollux.buffer.IoBuffer;
import pollux.posix.LibPollux;

/**
 * One descriptor in the loop's care: what is wanted of it, and what the current turn's wait said of it. It is the only
 * way to read from or write to a socket or a pipe, and it enforces the law: a report of readiness pays for one read and
 * one write in the turn that brought it, no more. Whoever tries without gets an exception, because that is a bug.
 *
 * <p>Moving bytes answers n &gt; 0, 0 (the end, or nothing written) or -1: the peer is given up, and nobody asks why.
 */
public final class Watch {
    /** Interest and readiness: reading will not wait (there are bytes, or the end). */
    public static final int READ = 1;

    /** Interest and readiness: writing will not wait. */
    public static final int WRITE = 2;

    /** Readiness only: the other side has gone. What it sent before may still be read. */
    public static final int HANGUP = 4;

    /** Readiness only: nothing can be done with the descriptor but closing it. */
    public static final int BROKEN = 8;

    /**
     * Interest, alone: the descriptor is not watched at all. With an interest of 0 a hangup is still reported, turn after
     * turn; this is for a pipe whose last bytes nobody can take yet.
     */
    public static final int ASLEEP = 16;

    /** Whoever works on a descriptor. */
    public interface Handler {
        /**
         * The wait reported the descriptor; {@link Watch#readiness()} says for what.
         *
         * @param nowNs the turn's time on the loop's clock
         */
        void ready(Watch watch, long nowNs);

        /**
         * {@link #ready} has thrown: a bug, or no memory. The handler must give up what it was doing and close its
         * descriptors; the loop goes on.
         */
        void failed(Watch watch, Throwable problem);
    }

    private final EventLoop loop;
    private final int fd;
    private final Handler handler;
    private int interest;
    private boolean closed;
    private boolean shared;

    /** Where the poller keeps this watch; its business alone. */
    int slot = -1;

    /** What the last wait reported; set by the poller, spent by reading and writing, void after the turn. */
    int readiness;

    /** Whether the last read got some bytes, but fewer than it asked for: nothing was left of what had come. */
    boolean drained;

    /** The number of the turn that {@link #readiness} belongs to. */
    long turn;

    Watch(EventLoop loop, int fd, int interest, Handler handler) {
        this.loop = loop;
        this.fd = fd;
        this.interest = interest;
        this.handler = handler;
    }

    /** The descriptor's number, for set-up calls and logs. */
    public int fd() {
        return fd;
    }

    Handler handler() {
        return handler;
    }

    /**
     * What is wanted: {@link #READ}, {@link #WRITE}, both, 0 for nothing (a peer that is gone or broken is reported all
     * the same), or {@link #ASLEEP}.
     */
    public int interest() {
        return interest;
    }

    /** Changes what is wanted, from the next wait on. */
    public void interest(int wanted) {
        if (wanted != interest && !closed) {
            interest = wanted;
            loop.changed(this);
        }
    }

    /**
     * What the current turn's wait reported and has not been spent; 0 when it did not report this descriptor. Some backends
     * say unasked that writing will not wait; nobody else says more than was asked for.
     */
    public int readiness() {
        return turn == loop.turn() ? readiness : 0;
    }

    /** Whether one read is free to be made now. */
    public boolean isReadable() {
        return (readiness() & READ) != 0;
    }

    /** Whether one write is free to be made now. */
    public boolean isWritable() {
        return (readiness() & WRITE) != 0;
    }

    /** Whether the other side has gone, or an error waits: nothing can be written any more. */
    public boolean isGone() {
        return (readiness() & (HANGUP | BROKEN)) != 0;
    }

    /** Whether the open file behind the descriptor stays open when it is closed: then a kernel's set does not forget it. */
    public boolean isShared() {
        return shared;
    }

    /** Says so. */
    public void isShared(boolean staysOpen) {
        shared = staysOpen;
    }

    /** Whether {@link #close()} was called. */
    public boolean isClosed() {
        return closed;
    }

    /** Closes the descriptor when the turn's batch is over; no event reaches the handler any more. */
    public void close() {
        if (!closed) {
            closed = true;
            readiness = 0;
            loop.closeLater(this);
        }
    }

    private void spend(int right) {
        if (closed || (readiness() & right) == 0) {
            throw new IllegalStateException("descriptor " + fd + " was not reported ready for this");
        }
        readiness &= ~right;
    }

    /**
     * Receives once from a socket, into the room behind the buffer's content.
     *
     * @param max at most this many bytes
     */
    public int receive(IoBuffer into, int max) {
        spend(READ);
        int length = Math.min(max, into.room());
        int count = (int) LibPollux.px_recv(fd, into.address() + into.end(), length);
        return took(into, count, length);
    }

    /** Reads once from a pipe, into the room behind the buffer's content. */
    public int read(IoBuffer into, int max) {
        spend(READ);
        int length = Math.min(max, into.room());
        int count = (int) LibPollux.px_read(fd, into.address() + into.end(), length);
        return took(into, count, length);
    }

    private int took(IoBuffer into, int count, int length) {
        drained = count > 0 && count < length;
        if (count > 0) {
            into.extend(count);
        }
        return count;
    }

    /**
     * Sends once to a socket, from the front of the buffer's content; what was sent is consumed.
     *
     * @param more more will follow at once: a short segment may wait for it
     */
    public int send(IoBuffer from, boolean more) {
        spend(WRITE);
        int count = (int) LibPollux.px_send(fd, from.address() + from.start(), from.length(), more ? 1 : 0);
        if (count > 0) {
            from.consume(count);
        }
        return count;
    }

    /** Writes once to a pipe, from the front of the buffer's content; what was written is consumed. */
    public int write(IoBuffer from, int max) {
        spend(WRITE);
        int count = (int) LibPollux.px_write(fd, from.address() + from.start(), Math.min(max, from.length()));
        if (count > 0) {
            from.consume(count);
        }
        return count;
    }

    /** Sends once from a regular file to a socket; 0 when the file ends before {@code offset}. */
    public long sendFile(int file, long offset, long length) {
        spend(WRITE);
        return LibPollux.px_sendfile(fd, file, offset, length);
    }
}
