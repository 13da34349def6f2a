package pollux.http;

import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;

/**
 * Takes the chunked coding off content (RFC 9112 section 7.1), in place and in pieces of any size: content is handed out as
 * spans of the buffer it arrived in.
 *
 * <pre>
 *          hex            ";"            CR            LF
 *  SIZE --------&gt; SIZE ---------&gt; EXTENSION ... ------&gt; SIZE_LF ----&gt; DATA (size &gt; 0) --&gt; DATA_CR --&gt; DATA_LF --&gt; SIZE
 *                                                            \
 *                                                             ----&gt; TRAILER (size 0) ... empty line --&gt; DONE
 * </pre>
 *
 * Sizes are hexadecimal digits and nothing else, every line ends with CR LF, extensions and trailer fields must be well
 * formed; they are then thrown away, never merged with the header, and bounded over the whole content, so that nobody can
 * make the server chew on overhead for ever. A bare LF, which nginx takes here, is refused: it is how chunks are smuggled.
 */
public final class ChunkedDecoder {
    /** All readable bytes are used up. */
    public static final int NEED_MORE = 0;

    /** A piece of content: {@link #dataOffset()} and {@link #dataLength()}. */
    public static final int DATA = 1;

    /** The content is over; what is left in the buffer belongs to the next request. */
    public static final int DONE = 2;

    /** Bytes that all extensions of one content may have together. */
    private static final int MAX_EXTENSION_BYTES = 16 * 1024;

    private static final int MAX_TRAILER_BYTES = 8 * 1024;

    /** Leading zeros count; RFC 9112 allows any number of them, and nobody sends any. */
    private static final int MAX_SIZE_DIGITS = 64;

    private enum State {
        SIZE_START,
        SIZE,
        /** Blanks after the size, which only an extension may follow (BWS). */
        SIZE_BLANKS,
        EXTENSION_NAME_START,
        EXTENSION_NAME,
        EXTENSION_NAME_BLANKS,
        EXTENSION_VALUE_START,
        EXTENSION_TOKEN,
        EXTENSION_QUOTED,
        EXTENSION_ESCAPE,
        EXTENSION_VALUE_END,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_START,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_LF,
        END_LF,
        DONE,
        BAD
    }

    private State state = State.SIZE_START;
    private long remaining;
    private int digits;
    private int extensionBytes;
    private int trailerBytes;
    private int dataOffset;
    private int dataLength;

    /** Makes ready for another content. */
    public void reset() {
        state = State.SIZE_START;
        remaining = 0;
        extensionBytes = 0;
        trailerBytes = 0;
        dataLength = 0;
    }

    /** Where the piece of content begins that the last {@link #step} answered {@link #DATA} for. */
    public int dataOffset() {
        return dataOffset;
    }

    /** The bytes of that piece, at least 1. */
    public int dataLength() {
        return dataLength;
    }

    /**
     * Bytes of the present chunk that are still to come: what its size announced, less what has been handed out. 0 between
     * chunks.
     */
    public long announced() {
        return state == State.DATA ? remaining : 0;
    }

    /**
     * Takes readable bytes until there is a piece of content, or none are left. The bytes are consumed from the region of
     * {@code in}; those of a piece stay in its memory until the caller puts something else there.
     *
     * @return {@link #DATA}, {@link #NEED_MORE}, {@link #DONE}, or -400, and then always -400
     */
    public int step(IoBuffer in) {
        while (state != State.DONE) {
            if (state == State.BAD) {
                return -400;
            }
            if (in.isEmpty()) {
                return NEED_MORE;
            }
            if (state == State.DATA) {
                return data(in);
            }
            byte b = in.get(in.start());
            in.consume(1);
            state = take(b & 0xff);
        }
        return DONE;
    }

    private int data(IoBuffer in) {
        dataOffset = in.start();
        dataLength = (int) Math.min(remaining, in.length());
        remaining -= dataLength;
        in.consume(dataLength);
        if (remaining == 0) {
            state = State.DATA_CR;
        }
        return DATA;
    }

    private State take(int b) {
        return switch (state) {
            case SIZE_START -> {
                digits = 0;
                remaining = 0;
                yield Ascii.isHex(b) ? digit(b) : State.BAD;
            }
            case SIZE -> Ascii.isHex(b) ? digit(b) : afterSize(b);
            case SIZE_LF -> b != '\n' ? State.BAD : remaining == 0 ? State.TRAILER_START : State.DATA;
            case DATA_CR -> b == '\r' ? State.DATA_LF : State.BAD;
            case DATA_LF -> b == '\n' ? State.SIZE_START : State.BAD;
            case TRAILER_START, TRAILER_NAME, TRAILER_VALUE, TRAILER_LF, END_LF -> {
                trailerBytes++;
                yield trailerBytes > MAX_TRAILER_BYTES ? State.BAD : trailer(b);
            }
            default -> {
                extensionBytes++;
                yield extensionBytes > MAX_EXTENSION_BYTES ? State.BAD : extension(b);
            }
        };
    }

    private State digit(int b) {
        digits++;
        if (digits > MAX_SIZE_DIGITS || remaining > Long.MAX_VALUE >> 4) {
            return State.BAD;
        }
        remaining = (remaining << 4) | Ascii.hexValue(b);
        return State.SIZE;
    }

    /** RFC 9112 7.1.1: *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] ). */
    private State extension(int b) {
        return switch (state) {
            case SIZE_BLANKS -> isBlank(b) ? state : b == ';' ? State.EXTENSION_NAME_START : State.BAD;
            case EXTENSION_NAME_START -> isBlank(b) ? state : Ascii.isToken(b) ? State.EXTENSION_NAME : State.BAD;
            case EXTENSION_NAME -> Ascii.isToken(b) ? state : afterName(b);
            case EXTENSION_NAME_BLANKS -> b == '\r' ? State.BAD : afterName(b);
            case EXTENSION_VALUE_START -> isBlank(b) ? state : beginValue(b);
            case EXTENSION_TOKEN -> Ascii.isToken(b) ? state : afterSize(b);
            case EXTENSION_QUOTED -> quoted(b);
            case EXTENSION_ESCAPE -> isText(b) ? State.EXTENSION_QUOTED : State.BAD;
            case EXTENSION_VALUE_END -> afterSize(b);
            default -> throw new IllegalStateException(state.name());
        };
    }

    /** Behind a size, or an extension's value. */
    private static State afterSize(int b) {
        return b == '\r' ? State.SIZE_LF : b == ';' ? State.EXTENSION_NAME_START : blanks(b, State.SIZE_BLANKS);
    }

    private static State afterName(int b) {
        if (b == '=') {
            return State.EXTENSION_VALUE_START;
        }
        return b == '\r' || b == ';' ? afterSize(b) : blanks(b, State.EXTENSION_NAME_BLANKS);
    }

    private static State blanks(int b, State next) {
        return isBlank(b) ? next : State.BAD;
    }

    private static State beginValue(int b) {
        return b == '"' ? State.EXTENSION_QUOTED : Ascii.isToken(b) ? State.EXTENSION_TOKEN : State.BAD;
    }

    private State quoted(int b) {
        if (b == '"') {
            return State.EXTENSION_VALUE_END;
        }
        return b == '\\' ? State.EXTENSION_ESCAPE : isText(b) ? state : State.BAD;
    }

    private State trailer(int b) {
        return switch (state) {
            case TRAILER_START -> b == '\r' ? State.END_LF : Ascii.isToken(b) ? State.TRAILER_NAME : State.BAD;
            case TRAILER_NAME -> b == ':' ? State.TRAILER_VALUE : Ascii.isToken(b) ? state : State.BAD;
            case TRAILER_VALUE -> b == '\r' ? State.TRAILER_LF : isText(b) ? state : State.BAD;
            case TRAILER_LF -> b == '\n' ? State.TRAILER_START : State.BAD;
            default -> b == '\n' ? State.DONE : State.BAD;
        };
    }

    private static boolean isBlank(int b) {
        return b == ' ' || b == '\t';
    }

    private static boolean isText(int b) {
        return b == '\t' || (b >= ' ' && b != 0x7f);
    }
}
