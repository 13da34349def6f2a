package pollux.server;

import pollux.buffer.IoBuffer;
import pollux.handler.ContentSink;
import pollux.http.ChunkedDecoder;
import pollux.http.Framing;
import pollux.loop.Watch;

/**
 * The content of one request on its way in: reads it from the client, takes its framing off, and passes it to a sink, to
 * a program's pipe, or to nobody. It holds at most one buffer of content, so a taker that is slow stops the client.
 *
 * <p>Content that came along with the head is read where it lies; when more is to come, the intake borrows a buffer of
 * its own. What was read behind the end of the content belongs to the next request and is given back by
 * {@link #finish}.
 */
final class ContentIntake {
    /** Who gets the content. */
    enum Taker {
        /** Nobody: it is read and dropped. */
        NOBODY,
        /** A sink, at once. */
        SINK,
        /** A pipe, whenever it has room. */
        PIPE
    }

    private static final int NO_LIMIT = 0;

    private final Buffers buffers;
    private final ChunkedDecoder chunks = new ChunkedDecoder();
    private IoBuffer source;
    private boolean borrowed;
    private boolean chunked;
    private long remaining;
    private long taken;
    private long received;
    private long maxSize;
    private boolean complete = true;
    private Taker taker = Taker.NOBODY;
    private ContentSink sink;
    private String complaint;
    private boolean complained;
    private StringBuilder kept;
    private int keptSize;

    ContentIntake(Buffers buffers) {
        this.buffers = buffers;
    }

    /**
     * Begins with a request's content; nobody takes it yet.
     *
     * @param input the connection's input buffer, its region right behind the head
     * @param framing an answer of {@link Framing#of} that is no refusal
     */
    void begin(IoBuffer input, long framing) {
        source = input;
        borrowed = false;
        chunked = framing == Framing.CHUNKED;
        remaining = Math.max(framing, 0);
        taken = 0;
        received = 0;
        maxSize = NO_LIMIT;
        complete = !chunked && remaining == 0;
        taker = Taker.NOBODY;
        sink = null;
        kept = null;
        complaint = null;
        complained = false;
        chunks.reset();
    }

    /** Passes the content to a sink from now on, refusing more than {@code limit} bytes (0: no limit). */
    void to(ContentSink newSink, long limit) {
        taker = Taker.SINK;
        sink = newSink;
        maxSize = limit;
    }

    /** Leaves the content for {@link #pour}: it is read only when what was read before has gone. */
    void toPipe() {
        taker = Taker.PIPE;
    }

    /** Drops what is still to come. */
    void toNobody() {
        taker = Taker.NOBODY;
        sink = null;
        maxSize = NO_LIMIT;
    }

    /** Keeps a copy of what is passed on from now on, unless it is more than {@code size} bytes. */
    void keep(int size) {
        if (kept == null) {
            kept = new StringBuilder();
            keptSize = size;
        }
    }

    /** The copy of the content; {@code null} when none is kept, or it was too long. */
    String kept() {
        return kept == null || kept.length() != taken || taken == 0 ? null : kept.toString();
    }

    private void copy(int offset, int length) {
        if (kept.length() + length <= keptSize) {
            kept.append(source.string(offset, length));
        } else {
            keptSize = 0;
            kept.setLength(0);
        }
    }

    Taker taker() {
        return taker;
    }

    /** The sink, or {@code null}. */
    ContentSink sink() {
        return sink;
    }

    /** Whether all content has been passed on. */
    boolean isComplete() {
        return complete;
    }

    /** Whether the next bytes are to be read from the client. */
    boolean wantsBytes() {
        return !complete && (taker != Taker.PIPE || source.isEmpty());
    }

    /** Whether it holds bytes of the next request: then nobody else may read any. */
    boolean holdsNext() {
        return borrowed && complete && !source.isEmpty();
    }

    /** Bytes of content passed on so far, with their framing. */
    long received() {
        return received;
    }

    /** Bytes of content passed on so far, framing taken off. */
    long taken() {
        return taken;
    }

    /**
     * Reads once from the client.
     *
     * @return n, 0 at the end, -1 when the client is given up or there is no buffer
     */
    int receive(Watch watch) {
        if (!borrowed && !borrow()) {
            return -1;
        }
        source.compact();
        int wanted = chunked ? source.room() : (int) Math.min(source.room(), remaining - source.length());
        return watch.receive(source, wanted);
    }

    private boolean borrow() {
        IoBuffer bulk = buffers.bulk();
        if (bulk == null) {
            return false;
        }
        bulk.put(source, source.start(), source.length());
        source.region(source.end(), source.end());
        source = bulk;
        borrowed = true;
        return true;
    }

    /**
     * Passes on what was read, to the sink or to nobody.
     *
     * @return 0, or a status that the request is refused with
     */
    int pass() {
        return chunked ? passChunks() : passPlain();
    }

    /**
     * Why {@link #pass} refused the content, in nginx's words, once; {@code null} when it was not for its framing or
     * length.
     */
    String takeComplaint() {
        String news = complained ? null : complaint;
        complained |= news != null;
        return news;
    }

    private int passPlain() {
        int length = (int) Math.min(source.length(), remaining);
        if (isTooLarge(length, remaining - length)) {
            return 413;
        }
        int refusal = length == 0 ? 0 : give(source.start(), length);
        source.consume(length);
        received += length;
        remaining -= length;
        complete = remaining == 0;
        return refusal;
    }

    private int passChunks() {
        while (!complete) {
            int before = source.length();
            int step = chunks.step(source);
            received += before - source.length();
            if (step < 0) {
                complaint = "client sent invalid chunked body";
                return -step;
            }
            complete = step == ChunkedDecoder.DONE;
            int length = step == ChunkedDecoder.DATA ? chunks.dataLength() : 0;
            if (isTooLarge(length, chunks.announced())) {
                complaint = "client intended to send too large chunked body: " + taken + "+"
                        + (length + chunks.announced()) + " bytes";
                return 413;
            }
            int refusal = length == 0 ? 0 : give(chunks.dataOffset(), length);
            if (refusal != 0 || step == ChunkedDecoder.NEED_MORE) {
                return refusal;
            }
        }
        return 0;
    }

    /** Content is refused by what is announced: what would be too much need not be sent first. */
    private boolean isTooLarge(int length, long announced) {
        return maxSize != NO_LIMIT && announced > maxSize - taken - length;
    }

    private int give(int offset, int length) {
        taken += length;
        if (kept != null) {
            copy(offset, length);
        }
        return sink == null ? 0 : sink.take(source, offset, length);
    }

    /**
     * Pours content into a program's pipe, in one write. Only when {@link #hasToPour}; only for content of a known length.
     *
     * @return n, 0, or -1: the program does not take any more
     */
    int pour(Watch pipe) {
        int length = (int) Math.min(source.length(), remaining);
        int begin = source.start();
        int count = pipe.write(source, length);
        if (count > 0) {
            if (kept != null) {
                copy(begin, count);
            }
            remaining -= count;
            taken += count;
            received += count;
            complete = remaining == 0;
        }
        return count;
    }

    /** Whether there are bytes for {@link #pour}. */
    boolean hasToPour() {
        return !complete && !source.isEmpty();
    }

    /**
     * Ends with this request.
     *
     * @return a buffer that the connection goes on with in place of its own, because it holds bytes of the next request;
     *     {@code null} when the connection keeps its own
     */
    IoBuffer finish() {
        IoBuffer next = null;
        if (borrowed) {
            if (source.isEmpty()) {
                source.release();
            } else {
                next = source;
            }
        }
        source = null;
        sink = null;
        borrowed = false;
        complete = true;
        taker = Taker.NOBODY;
        return next;
    }
}
