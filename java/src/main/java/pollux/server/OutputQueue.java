package pollux.server;

import pollux.buffer.IoBuffer;
import pollux.config.FileSettings;
import pollux.handler.Content;
import pollux.loop.Watch;
import pollux.posix.Files;

/**
 * What is still to be sent to one client, in order: staged bytes (a head, with the content that fits behind it), the
 * rest of the content, or a program's output. Each call of {@link #write} makes one system call, because one report of
 * the poller pays for one write.
 *
 * <p>Small content joins the head in the staging buffer and leaves with it in one write; a slice of a file that does not
 * fit there goes by {@code sendfile}. The queue owns its staging buffer and the content's file; a program's output
 * buffer stays the program's.
 */
final class OutputQueue {
    private static final Content.Pieces NOTHING = (Content.Pieces) Content.NONE;

    private final Buffers buffers;
    private IoBuffer staging;
    private Content.Pieces content = NOTHING;
    private int piece;
    private long done;
    private FileSettings settings;
    private IoBuffer stream;
    private long sent;
    private long allowance = Long.MAX_VALUE;

    OutputQueue(Buffers buffers) {
        this.buffers = buffers;
    }

    /**
     * The staging buffer, for appending a head.
     *
     * @return the buffer, which stays the queue's, or {@code null} when the pool is at its bound
     */
    IoBuffer staging() {
        if (staging == null) {
            staging = buffers.output();
        }
        return staging;
    }

    /**
     * Lets content follow what is staged; its file is the queue's from now on. The staging buffer exists.
     *
     * @param how whether slices of files go by {@code sendfile}, how much at a time, and whether the head waits for them
     * @return whether all went well; if not, a file is shorter than it was said to be
     */
    boolean content(Content.Pieces next, FileSettings how) {
        content = next;
        piece = 0;
        done = 0;
        settings = how;
        return stage();
    }

    /** Lets a program's output follow what is staged; the buffer stays the program's. {@code null}: no more of it. */
    void stream(IoBuffer output) {
        stream = output;
    }

    /**
     * Copies a program's output behind what is staged, if it fits and nothing else has to go first.
     *
     * @param spare bytes of room to be left behind it
     * @return whether it was copied
     */
    boolean stage(IoBuffer output, int spare) {
        boolean fits = stream == null && staging() != null && staging.room() - spare >= output.length();
        if (fits) {
            staging.put(output, output.start(), output.length());
        }
        return fits;
    }

    /** Puts text behind what is staged; false when it does not fit. */
    boolean stage(String text) {
        boolean fits = stream == null && staging() != null && staging.room() >= text.length();
        if (fits) {
            staging.put(text);
        }
        return fits;
    }

    /** Whether there is nothing to write now. */
    boolean isEmpty() {
        return isStagingEmpty() && isContentDone() && (stream == null || stream.isEmpty());
    }

    private boolean isStagingEmpty() {
        return staging == null || staging.isEmpty();
    }

    private boolean isContentDone() {
        return piece == content.pieces().size();
    }

    /** Bytes written since the last {@link #clear}. */
    long sent() {
        return sent;
    }

    /** The next write takes so many bytes at most. */
    void allow(long bytes) {
        allowance = bytes;
    }

    /**
     * Makes one write. Only when not {@link #isEmpty}.
     *
     * @param last the connection ends when all is sent: the end then goes with the last bytes, in one segment
     * @return n, 0 when nothing could be written, or -1: the client is given up (or a file has become shorter)
     */
    long write(Watch watch, boolean last) {
        long count;
        if (!isStagingEmpty()) {
            count = send(watch, staging, isContentDone() ? last : settings.tcpNopush());
        } else if (!isContentDone()) {
            count = sendSlice(watch, (Content.Slice) content.pieces().get(piece));
        } else {
            count = send(watch, stream, false);
        }
        if (count <= 0) {
            return count;
        }
        sent += count;
        if (staging != null && staging.isEmpty()) {
            staging.clear();
            return stage() ? count : -1;
        }
        return count;
    }

    private long send(Watch watch, IoBuffer from, boolean more) {
        if (from.length() <= allowance) {
            return watch.send(from, more);
        }
        int whole = from.length();
        from.region(from.start(), from.start() + (int) allowance);
        long count = watch.send(from, false);
        from.extend(whole - (int) allowance);
        return count;
    }

    private long sendSlice(Watch watch, Content.Slice slice) {
        long left = slice.length() - done;
        long chunk = settings.sendfileMaxChunk() > 0 ? Math.min(left, settings.sendfileMaxChunk()) : left;
        long most = Math.min(chunk, allowance);
        long count = watch.sendFile(content.file().fd(), slice.offset() + done, most);
        if (count == 0) {
            return -1;
        }
        if (count > 0) {
            advance(count, slice.length());
        }
        return count;
    }

    private void advance(long count, long length) {
        done += count;
        if (done == length) {
            piece++;
            done = 0;
        }
    }

    /**
     * Moves what fits of the content's next bytes into the staging buffer, up to a slice that is better sent by
     * {@code sendfile}. False when a file is shorter than it was said to be.
     */
    private boolean stage() {
        while (!isContentDone() && staging.room() > 0) {
            Content.Piece next = content.pieces().get(piece);
            long left = next.length() - done;
            int wanted = (int) Math.min(staging.room(), left);
            if (next instanceof Content.Memory memory) {
                staging.put(memory.bytes(), (int) done, wanted);
            } else if (settings.sendfile() && left > wanted) {
                return true;
            } else if (left > 0) {
                wanted = Files.read(content.file().fd(), staging, ((Content.Slice) next).offset() + done, wanted);
            }
            if (wanted < 0 || (wanted == 0 && left > 0)) {
                return false;
            }
            advance(wanted, next.length());
        }
        return true;
    }

    /** Forgets what was to be sent, closes the content's file and gives the staging buffer back. */
    void clear() {
        if (content.file() != null) {
            content.file().release();
        }
        content = NOTHING;
        piece = 0;
        done = 0;
        stream = null;
        sent = 0;
        allowance = Long.MAX_VALUE;
        if (staging != null) {
            staging.release();
            staging = null;
        }
    }
}
