package pollux.server;

import pollux.buffer.IoBuffer;
import pollux.config.ConnectionSettings;
import pollux.http.RequestHead;
import pollux.http.RequestParser;
import pollux.loop.Watch;

/**
 * The bytes of a connection up to the end of a request's head, and what came behind it. There is a buffer only while
 * there are bytes: an idle connection holds none. A head that outgrows its buffer moves to a larger one, up to
 * {@code large_client_header_buffers}.
 */
final class RequestInput {
    private final Buffers buffers;
    private final RequestParser.Limits limits;
    private final RequestParser parser;
    private final RequestHead head = new RequestHead();
    private IoBuffer in;
    private int headLength;

    RequestInput(Buffers buffers, ConnectionSettings settings) {
        this.buffers = buffers;
        this.limits = Limits.of(settings);
        this.parser = new RequestParser(limits);
    }

    /** The head, parsed as far as it has come. */
    RequestHead head() {
        return head;
    }

    /** The length of the head in bytes, once it is complete; before, and of one that was refused, its whole lines. */
    int headLength() {
        return headLength > 0 || !parser.isInFields() ? headLength : parser.lineStart();
    }

    /** The parser of heads, for what it knows of the present one. */
    RequestParser parser() {
        return parser;
    }

    /** The buffer, its region behind the head once that is complete; {@code null} when there is none. */
    IoBuffer buffer() {
        return in;
    }

    /** Whether there are no bytes that belong to a later request. */
    boolean isEmpty() {
        return in == null || in.isEmpty();
    }

    /** Whether more can be read behind what is there. */
    boolean hasRoom() {
        return in != null && in.room() > 0;
    }

    /** Makes sure that there is a buffer; false when the pool is at its bound. */
    boolean open() {
        if (in == null) {
            in = buffers.head();
        }
        return in != null;
    }

    /** Reads once: n, 0 at the end, or -1. */
    int receive(Watch watch) {
        return watch.receive(in, in.room());
    }

    /** The next head begins with the next byte. */
    void begin() {
        headLength = 0;
        parser.reset();
        head.trim();
    }

    /**
     * Parses what has come of a head. A complete one is consumed, its spans stay readable until the next {@link #begin}.
     *
     * @return {@link RequestParser#COMPLETE}, {@link RequestParser#NEED_MORE}, or a status to refuse with, negative
     */
    int parse() {
        int result = parser.parse(in, head);
        if (result == RequestParser.COMPLETE) {
            headLength = head.length();
            in.consume(headLength);
        } else if (result == RequestParser.NEED_MORE && in.room() == 0) {
            if (!makeRoom()) {
                return parser.refuseFull();
            }
            head.buffer(in, in.start());
        }
        return result;
    }

    /** A head that does not fit moves to the front of its buffer, or to a larger one. */
    private boolean makeRoom() {
        if (in.start() > 0) {
            in.compact();
            return true;
        }
        int size = Math.min(in.capacity() * 4, Math.max(limits.headBytes(), Buffers.HEAD));
        IoBuffer larger = size > in.capacity() ? buffers.headOf(size) : null;
        if (larger == null) {
            return false;
        }
        larger.put(in, in.start(), in.length());
        in.release();
        in = larger;
        return true;
    }

    /**
     * Goes on with a buffer that holds bytes of the next request, ahead of those that are here.
     *
     * @param ahead what {@link ContentIntake#finish} gave; {@code null} for none
     */
    void goOnWith(IoBuffer ahead) {
        if (ahead != null) {
            ahead.put(in, in.start(), in.length());
            in.release();
            in = ahead;
        }
        if (in.isEmpty()) {
            release();
        }
    }

    /** Gives the buffer back. */
    void release() {
        if (in != null) {
            in.release();
            in = null;
        }
    }
}
