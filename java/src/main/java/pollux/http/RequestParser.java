package pollux.http;

import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;

/**
 * Finds the head of a request in bytes that come in pieces of any size (RFC 9112 sections 2, 3 and 5). It marks spans and
 * makes no {@code String}; it goes on where it stopped, so that every byte is looked at once however they dribble in. It
 * knows grammar only: whether a method, a host or a length makes sense is for others.
 *
 * <pre>
 *             CR/LF            token         bytes           "HTTP/1." DIGIT
 *  START ----------&gt; METHOD -----SP-----&gt; TARGET ---SP---&gt; VERSION ----------&gt; LINE_END
 *    ^  \ leading                                                             CR? LF |
 *    |__/ empty lines                                                                v
 *                 token        ":"             SP HTAB              CR? LF
 *  FIELD_START ----------&gt; NAME -----&gt; BLANKS -----------&gt; VALUE ----------&gt; FIELD_START
 *       | CR? LF
 *       v
 *     DONE
 * </pre>
 *
 * A line ends with CR LF, or with a bare LF as nginx takes it (RFC 9112 section 2.2); a CR that no LF follows is 400
 * everywhere. Where a lenient reading is allowed but not needed, the strict one is taken, because what two parsers read
 * differently can be smuggled: exactly one space between the parts of the request line (section 3), no space before a
 * colon (5.1), no folded line (5.2), no control character but HTAB in a value (RFC 9110 section 5.5).
 */
public final class RequestParser {
    /** The head is there: its {@link RequestHead#length()} bytes begin at the buffer's start. */
    public static final int COMPLETE = 1;

    /** Every byte has been looked at, and the head is not over. */
    public static final int NEED_MORE = 0;

    /**
     * Bounds, in bytes, line ends included.
     *
     * @param requestLineBytes a longer request line is 414
     * @param fieldLineBytes a longer field line is 431
     * @param headBytes a longer head is 431
     * @param maxFields more field lines are 431
     */
    public record Limits(int requestLineBytes, int fieldLineBytes, int headBytes, int maxFields) {
        /** nginx's {@code large_client_header_buffers 4 8k}, and a hundred field lines. */
        public static final Limits DEFAULT = new Limits(8192, 8192, 32768, 100);
    }

    private static final int MAX_LEADING_BYTES = 16;
    private static final String VERSION_PREFIX = "HTTP/1.";

    private static final byte TARGET_BYTE = 1;
    private static final byte VALUE_BYTE = 2;
    private static final byte[] CLASS = classes();

    private enum State {
        START,
        START_CR,
        METHOD,
        TARGET,
        VERSION,
        LINE_END,
        LINE_CR,
        FIELD_START,
        NAME,
        BLANKS,
        VALUE,
        VALUE_CR,
        END_CR,
        DONE
    }

    private final Limits limits;
    private State state = State.START;
    private int position;
    private int lineStart;
    private int mark;
    private int nameOffset;
    private int nameLength;
    private int valueEnd;
    private int refused;
    private boolean inFields;
    private boolean isFull;

    /** A parser for one connection, with its bounds. */
    public RequestParser(Limits limits) {
        this.limits = limits;
    }

    private static byte[] classes() {
        byte[] table = new byte[256];
        for (int b = 0x20; b < 256; b++) {
            if (b != 0x7f) {
                table[b] = b == ' ' ? VALUE_BYTE : VALUE_BYTE | TARGET_BYTE;
            }
        }
        table['\t'] = VALUE_BYTE;
        return table;
    }

    /** Makes ready for the next request; the head is reset when its first bytes are looked at. */
    public void reset() {
        state = State.START;
        position = 0;
        lineStart = 0;
        mark = 0;
        refused = 0;
        inFields = false;
        isFull = false;
    }

    /** What a head was refused for. */
    public enum Fault {
        /** The method is no token. */
        METHOD,
        /** The rest of the request line is none. */
        REQUEST_LINE,
        /** A version that is not served. */
        VERSION,
        /** The request line is too long. */
        LONG_REQUEST_LINE,
        /** A field line is none. */
        FIELD_LINE,
        /** A field line, or all of them, are too long. */
        LONG_FIELD_LINE,
        /** There are too many field lines. */
        MANY_FIELD_LINES
    }

    /** What {@link #parse} refused the head for; to be asked only when it did. */
    public Fault fault() {
        if (inFields) {
            return refused != -431 ? Fault.FIELD_LINE : isFull ? Fault.LONG_FIELD_LINE : Fault.MANY_FIELD_LINES;
        }
        return switch (state) {
            case START, START_CR, METHOD -> refused == -414 ? Fault.LONG_REQUEST_LINE : Fault.METHOD;
            default -> refused == -414 ? Fault.LONG_REQUEST_LINE : refused == -505 ? Fault.VERSION : Fault.REQUEST_LINE;
        };
    }

    /** Whether the request line is over, and the lines behind it are being read. */
    public boolean isInFields() {
        return inFields;
    }

    /** Where the line that is being read begins, in bytes from the head's first one: those before it are read. */
    public int lineStart() {
        return lineStart;
    }

    /** How far the bytes are read: after a refusal for one of them, where that one stands. */
    public int position() {
        return position;
    }

    /**
     * Whether a byte of a request has come, empty lines before it not counted: what an idle connection has not seen.
     */
    public boolean isStarted() {
        return state != State.START && state != State.START_CR;
    }

    /** The status for a head that does not fit: 414 while the request line is being read, 431 afterwards. */
    private int statusIfFull() {
        return inFields ? 431 : 414;
    }

    /**
     * Looks at the bytes that have come since the last call. Nothing is consumed: all bytes since the head's first one
     * must still be readable in {@code in}, which may be another buffer than last time.
     *
     * @param in the readable bytes begin with the head's first one
     * @param head is filled; its spans refer to {@code in} until {@link RequestHead#buffer(IoBuffer, int)} says otherwise
     * @return {@link #COMPLETE}, {@link #NEED_MORE}, or the status to refuse with, negative: -400, -414, -431 or -505.
     *     After a refusal, the same again until {@link #reset()}
     */
    public int parse(IoBuffer in, RequestHead head) {
        if (refused < 0) {
            return refused;
        }
        if (position == 0) {
            head.reset();
        }
        int base = in.start();
        head.buffer(in, base);
        int available = in.length();
        while (position < available && state != State.DONE) {
            int error = advance(in, base, Math.min(available, lineLimit()), head);
            if (error != 0) {
                return refuse(error);
            }
            // As in nginx: with its last byte the room for a line is gone, whatever the next one would be.
            if (position == lineLimit() && state != State.DONE) {
                head.cut(position);
                return refuseFull();
            }
        }
        return state == State.DONE ? COMPLETE : NEED_MORE;
    }

    /** The offset at which the line, or the head, has become too long. */
    private int lineLimit() {
        int line = inFields ? limits.fieldLineBytes : limits.requestLineBytes;
        return Math.min(lineStart + line, limits.headBytes);
    }

    /** Refuses a head that the caller has no more room for; as {@link #parse} answers. */
    public int refuseFull() {
        isFull = true;
        return refuse(statusIfFull());
    }

    private int refuse(int status) {
        refused = -status;
        return refused;
    }

    /** Takes at least one byte, at most those before {@code stop}; 0, or a status to refuse with. */
    private int advance(IoBuffer in, int base, int stop, RequestHead head) {
        return switch (state) {
            case START, START_CR -> start(in.get(base + position), head);
            case METHOD -> method(in, base, stop, head);
            case TARGET -> target(in, base, stop, head);
            case VERSION -> version(in.get(base + position), head);
            case LINE_END, LINE_CR -> lineEnd(in.get(base + position));
            case FIELD_START, END_CR -> fieldStart(in.get(base + position), head);
            case NAME -> name(in, base, stop);
            case BLANKS -> blanks(in, base, stop);
            case VALUE -> value(in, base, stop, head);
            case VALUE_CR -> in.get(base + position) == '\n' ? endField(head) : 400;
            case DONE -> throw new IllegalStateException();
        };
    }

    private int start(int b, RequestHead head) {
        if (state == State.START_CR && b != '\n') {
            return 400;
        }
        if (b == '\r' || b == '\n') {
            // RFC 9112 2.2: an empty line or two before a request are ignored, not a stream of them.
            position++;
            lineStart = position;
            state = b == '\r' ? State.START_CR : State.START;
            return position > MAX_LEADING_BYTES ? 400 : 0;
        }
        mark = position;
        state = State.METHOD;
        head.begin(mark);
        return Ascii.isToken(b) ? 0 : 400;
    }

    private int method(IoBuffer in, int base, int stop, RequestHead head) {
        int at = position;
        while (at < stop && Ascii.isToken(in.get(base + at))) {
            at++;
        }
        position = at;
        if (at == stop) {
            return 0;
        }
        if (in.get(base + at) != ' ') {
            return 400;
        }
        head.method(mark, at - mark);
        position = at + 1;
        mark = position;
        state = State.TARGET;
        return 0;
    }

    private int target(IoBuffer in, int base, int stop, RequestHead head) {
        int at = position;
        while (at < stop && (CLASS[in.get(base + at) & 0xff] & TARGET_BYTE) != 0) {
            at++;
        }
        position = at;
        if (at == stop) {
            return 0;
        }
        // Anything but a space is a control character here, or the end of an HTTP/0.9 request's line.
        if (in.get(base + at) != ' ' || at == mark) {
            return 400;
        }
        head.target(mark, at - mark);
        position = at + 1;
        mark = position;
        state = State.VERSION;
        return 0;
    }

    private int version(int b, RequestHead head) {
        int index = position - mark;
        position++;
        if (index < VERSION_PREFIX.length()) {
            if (b == VERSION_PREFIX.charAt(index)) {
                return 0;
            }
            // "HTTP/2.0" and above are versions, and the preface of HTTP/2 is one of them; "HTTP/0.9" never had a name.
            return index == VERSION_PREFIX.length() - 2 && b >= '2' && b <= '9' ? 505 : 400;
        }
        if (!Ascii.isDigit(b)) {
            return 400;
        }
        head.version(b == '0' ? 10 : 11, position);
        state = State.LINE_END;
        return 0;
    }

    private int lineEnd(int b) {
        position++;
        if (b == '\n') {
            lineStart = position;
            inFields = true;
            state = State.FIELD_START;
            return 0;
        }
        if (b == '\r' && state == State.LINE_END) {
            state = State.LINE_CR;
            return 0;
        }
        return 400;
    }

    private int fieldStart(int b, RequestHead head) {
        if (b == '\n') {
            position++;
            state = State.DONE;
            head.complete(position);
            return 0;
        }
        if (state == State.END_CR) {
            return 400;
        }
        if (b == '\r') {
            position++;
            state = State.END_CR;
            return 0;
        }
        // A space here would fold the line before (RFC 9112 5.2); a colon would be an empty name.
        if (!Ascii.isToken(b)) {
            return 400;
        }
        mark = position;
        state = State.NAME;
        return head.fieldCount() == limits.maxFields ? 431 : 0;
    }

    private int name(IoBuffer in, int base, int stop) {
        int at = position;
        while (at < stop && Ascii.isToken(in.get(base + at))) {
            at++;
        }
        position = at;
        if (at == stop) {
            return 0;
        }
        // RFC 9112 5.1: no white space between name and colon.
        if (in.get(base + at) != ':') {
            return 400;
        }
        nameOffset = mark;
        nameLength = at - mark;
        position = at + 1;
        state = State.BLANKS;
        return 0;
    }

    private int blanks(IoBuffer in, int base, int stop) {
        int at = position;
        while (at < stop && isBlank(in.get(base + at))) {
            at++;
        }
        position = at;
        mark = at;
        state = at == stop ? State.BLANKS : State.VALUE;
        return 0;
    }

    private int value(IoBuffer in, int base, int stop, RequestHead head) {
        int at = position;
        while (at < stop && (CLASS[in.get(base + at) & 0xff] & VALUE_BYTE) != 0) {
            at++;
        }
        position = at;
        if (at == stop) {
            return 0;
        }
        valueEnd = at;
        while (valueEnd > mark && isBlank(in.get(base + valueEnd - 1))) {
            valueEnd--;
        }
        int b = in.get(base + at);
        if (b == '\n') {
            return endField(head);
        }
        if (b != '\r') {
            return 400;
        }
        position++;
        state = State.VALUE_CR;
        return 0;
    }

    private int endField(RequestHead head) {
        head.field(nameOffset, nameLength, mark, valueEnd - mark);
        position++;
        lineStart = position;
        state = State.FIELD_START;
        return 0;
    }

    private static boolean isBlank(int b) {
        return b == ' ' || b == '\t';
    }
}
