package pollux.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;

/**
 * Takes {@code multipart/form-data} apart (RFC 7578, RFC 2046 section 5.1) as it comes in, in slices of any size. What the
 * parts hold is handed on as spans of the slices: no byte of it is copied, each is looked at once.
 *
 * <pre>
 *                delimiter          CRLF             empty line           delimiter
 *  PREAMBLE --------------&gt; AFTER -------&gt; HEAD ------------------&gt; DATA -------------&gt; AFTER
 *                             | "--"
 *                             v
 *                          EPILOGUE
 * </pre>
 *
 * A delimiter is {@code CR LF "--" boundary}; the first one may do without the line end. It holds no CR but its first
 * byte, so when a match breaks off nothing but the byte at hand can begin another: no backing up, linear time. A match
 * that began in an earlier slice and breaks off was data after all, and is handed on from the scratch buffer, which holds
 * the delimiter for this purpose.
 */
public final class MultipartParser {
    /** Told what comes; any answer but 0 is a status that stops the feed. */
    public interface Sink {
        /** A part begins. */
        int part(PartHead head);

        /** Bytes of the part, at least one; valid during the call only. */
        int data(IoBuffer buffer, int offset, int length);

        /** The part is whole. */
        int endPart();
    }

    private static final int LINE_END = 2;
    private static final int MAX_BOUNDARY = 70;
    private static final int MAX_HEAD_BYTES = 8 * 1024;
    private static final int MAX_PADDING = 256;

    private enum State {
        PREAMBLE,
        DATA,
        AFTER,
        AFTER_DASH,
        AFTER_PADDING,
        AFTER_CR,
        HEAD,
        EPILOGUE,
        BAD
    }

    private final byte[] delimiter;
    private final boolean[] inDelimiter = new boolean[256];
    private final IoBuffer scratch;
    private final int scratchOffset;
    private final int maxParts;
    private State state = State.PREAMBLE;
    private int matched = LINE_END;
    /** Bytes of the match that are not of the data in any case: a line end that came before it, or that nobody sent. */
    private int borrowed = LINE_END;

    private int parts;
    private int padding;
    private byte[] head = new byte[512];
    private int headLength;
    private int refused;

    /**
     * A parser for one content.
     *
     * @param boundary as {@link #boundary(String)} gives it
     * @param scratch at least 128 bytes of room, the caller's, not to be touched as long as this parser is used
     * @param maxParts more parts are refused with 400
     */
    public MultipartParser(String boundary, IoBuffer scratch, int maxParts) {
        String text = "\r\n--" + boundary;
        delimiter = new byte[text.length()];
        for (int i = 0; i < delimiter.length; i++) {
            delimiter[i] = (byte) text.charAt(i);
            inDelimiter[delimiter[i] & 0xff] = true;
        }
        this.scratch = scratch;
        this.maxParts = maxParts;
        scratchOffset = scratch.end();
        scratch.put(text);
    }

    /**
     * The boundary that a Content-Type names.
     *
     * @return {@code null} if the type is not {@code multipart/...}, or the boundary is missing or not 1 to 70 of the
     *     characters that RFC 2046 section 5.1.1 allows
     */
    public static String boundary(String contentType) {
        if (!FieldValue.leading(contentType).startsWith("multipart/")) {
            return null;
        }
        String boundary = FieldValue.parameter(contentType, "boundary");
        boolean isGood =
                boundary != null && !boundary.isEmpty() && boundary.length() <= MAX_BOUNDARY && !boundary.endsWith(" ");
        for (int i = 0; isGood && i < boundary.length(); i++) {
            isGood = isBoundaryCharacter(boundary.charAt(i));
        }
        return isGood ? boundary : null;
    }

    private static boolean isBoundaryCharacter(char c) {
        return Ascii.isAlphanumeric(c) || "'()+_,-./:=? ".indexOf(c) >= 0;
    }

    /** Whether the closing delimiter has been seen: only then the form is whole. */
    public boolean isComplete() {
        return state == State.EPILOGUE;
    }

    /**
     * Takes the next slice of the content.
     *
     * @return 0; -400 if the content is not what it should be; or the sink's status, negative. After anything but 0, the
     *     same again
     */
    public int feed(IoBuffer buffer, int offset, int length, Sink sink) {
        int at = offset;
        int end = offset + length;
        while (refused == 0 && at < end && state != State.EPILOGUE) {
            if (state == State.PREAMBLE || state == State.DATA) {
                at = scan(buffer, at, end, sink);
            } else {
                take(buffer.get(at), sink);
                at++;
            }
        }
        return refused;
    }

    private void refuse(int status) {
        if (status != 0 && refused == 0) {
            refused = -status;
            state = State.BAD;
        }
    }

    /** Looks for the delimiter; what comes before it is data. Answers where it stopped. */
    private int scan(IoBuffer buffer, int from, int end, Sink sink) {
        int carried = matched;
        int dataEnd = from; // before a match that has begun in this slice
        int at = from;
        while (at < end && matched < delimiter.length) {
            byte b = buffer.get(at);
            if (b == delimiter[matched]) {
                matched++;
                at++;
                continue;
            }
            emit(scratch, scratchOffset + borrowed, carried - borrowed, sink);
            carried = 0;
            borrowed = 0;
            matched = b == '\r' ? 1 : 0;
            dataEnd = b == '\r' ? at : at + 1;
            at++;
            if (matched == 0) {
                at = nextCandidate(buffer, at, end);
                dataEnd = at;
            }
        }
        emit(buffer, from, dataEnd - from, sink);
        if (matched == delimiter.length) {
            endOfData(sink);
        }
        return at;
    }

    /**
     * Where the next delimiter may begin, from {@code from} on. One that begins within its own length from there covers the
     * last byte of that stretch: if no delimiter holds such a byte, the whole stretch is data, and the rest of it is never
     * looked at. (Horspool's idea; the stretches that it cannot skip are searched once, so the time stays linear.)
     */
    private int nextCandidate(IoBuffer buffer, int from, int end) {
        int at = from;
        while (at + delimiter.length <= end) {
            int next = at + delimiter.length;
            if (inDelimiter[buffer.get(next - 1) & 0xff]) {
                int found = buffer.find(delimiter[0], at, next);
                if (found < next) {
                    return found;
                }
            }
            at = next;
        }
        return buffer.find(delimiter[0], at, end);
    }

    private void emit(IoBuffer buffer, int offset, int length, Sink sink) {
        if (state == State.DATA && length > 0 && refused == 0) {
            refuse(sink.data(buffer, offset, length));
        }
    }

    private void endOfData(Sink sink) {
        matched = 0;
        padding = 0;
        if (state == State.DATA) {
            refuse(sink.endPart());
        }
        if (refused == 0) {
            state = State.AFTER;
        }
    }

    private void take(int b, Sink sink) {
        switch (state) {
            case AFTER -> afterDelimiter(b);
            case AFTER_DASH -> enterIf(b == '-', State.EPILOGUE);
            case AFTER_PADDING -> afterPadding(b);
            case AFTER_CR -> {
                headLength = 0;
                parts++;
                enterIf(b == '\n' && parts <= maxParts, State.HEAD);
            }
            case HEAD -> head(b, sink);
            default -> throw new IllegalStateException(state.name());
        }
    }

    private void enterIf(boolean isGood, State next) {
        state = next;
        refuse(isGood ? 0 : 400);
    }

    private void afterDelimiter(int b) {
        if (b == '-') {
            state = State.AFTER_DASH;
        } else {
            afterPadding(b);
        }
    }

    /** RFC 2046 5.1.1: blanks may follow a delimiter ("transport padding"); anything else is no delimiter line. */
    private void afterPadding(int b) {
        if (b == '\r') {
            state = State.AFTER_CR;
        } else if ((b == ' ' || b == '\t') && padding++ < MAX_PADDING) {
            state = State.AFTER_PADDING;
        } else {
            refuse(400);
        }
    }

    private void head(int b, Sink sink) {
        if (headLength == MAX_HEAD_BYTES) {
            refuse(400);
            return;
        }
        if (headLength == head.length) {
            head = Arrays.copyOf(head, headLength * 2);
        }
        head[headLength++] = (byte) b;
        if (b != '\n' || !isHeadEnd()) {
            return;
        }
        PartHead part = PartHead.parse(new String(head, 0, headLength - 2, StandardCharsets.ISO_8859_1));
        if (part == null) {
            refuse(400);
            return;
        }
        // The empty line before an empty part may be the line end of the delimiter behind it, too.
        state = State.DATA;
        matched = LINE_END;
        borrowed = LINE_END;
        refuse(sink.part(part));
    }

    /** An empty line: CR LF behind a line's end, or at once. */
    private boolean isHeadEnd() {
        boolean isLineEnd = headLength >= 2 && head[headLength - 2] == '\r';
        return isLineEnd && (headLength == 2 || head[headLength - 3] == '\n');
    }
}
