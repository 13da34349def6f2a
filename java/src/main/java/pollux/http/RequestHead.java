package pollux.http;

import java.util.Arrays;
import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;

/**
 * What a {@link RequestParser} has found in a request's head: method, target, version and field lines, each as a span of
 * the bytes that were received. No byte is copied and no {@code String} is made before somebody asks for one.
 *
 * <p>Offsets are relative to the first byte of the head, so that the head outlives a buffer that is compacted, or bytes that
 * are copied into a larger one: {@link #buffer(IoBuffer, int)} says where they are now. The object is made once for a
 * connection and used for one request after the other; spans are valid until the bytes are overwritten.
 *
 * <p>It knows how fields are named and listed (RFC 9110 section 5), and nothing about what they mean to a handler.
 */
public final class RequestHead {
    /** What {@code Expect} asks for (RFC 9110 section 10.1.1). */
    public enum Expectation {
        /** Nothing; always so in HTTP/1.0, where the field is ignored. */
        NONE,
        /** An interim 100 before the content is sent. */
        CONTINUE,
        /** Something that cannot be met: 417. */
        UNKNOWN
    }

    private static final int STRIDE = 4;

    /** Field lines there is room for at first, and as many as room is kept for. */
    private static final int USUAL = 32;

    private static final int MOST_KEPT = 128;

    private static final byte UNDERSCORE = 1;
    private static final byte ODD = 2;

    private IoBuffer buffer;
    private int base;
    private int length;
    private Method method = Method.UNKNOWN;
    private int methodOffset;
    private int methodLength;
    private int targetOffset;
    private int targetLength;
    private int version;
    private int lineLength;
    private int count;

    // Which known names there are, a bit each: most questions are for fields that nobody sent.
    private long present;
    private int[] spans;
    private FieldName[] names;
    private byte[] marks;
    private boolean close;
    private boolean keepAlive;
    private Expectation expectation = Expectation.NONE;

    /** Makes an empty head. */
    public RequestHead() {
        makeRoom();
    }

    private void makeRoom() {
        spans = new int[USUAL * STRIDE];
        names = new FieldName[USUAL];
        marks = new byte[USUAL];
    }

    /** Gives memory back that is more than heads usually take, and the field lines in it: the request is over. */
    public void trim() {
        if (names.length > MOST_KEPT) {
            makeRoom();
            count = 0;
            present = 0;
        }
    }

    /** Forgets the request; memory is kept for the next one. */
    public void reset() {
        buffer = null;
        base = 0;
        length = 0;
        method = Method.UNKNOWN;
        methodOffset = 0;
        methodLength = 0;
        targetOffset = 0;
        targetLength = 0;
        version = 0;
        lineLength = 0;
        count = 0;
        present = 0;
        close = false;
        keepAlive = false;
        expectation = Expectation.NONE;
    }

    /** Says where the bytes of the head are now: its first byte is at {@code headStart} of {@code newBuffer}. */
    public void buffer(IoBuffer newBuffer, int headStart) {
        buffer = newBuffer;
        base = headStart;
    }

    /** Where the head begins in {@link #buffer()}. */
    public int start() {
        return base;
    }

    /** The buffer that holds the head. */
    public IoBuffer buffer() {
        return buffer;
    }

    /** The request line is too long; what stands from {@code end} on is not looked at. */
    void cut(int end) {
        if (lineLength == 0) {
            boolean hasReturn = buffer.get(base + end - 1) == '\r';
            lineLength = end - methodOffset - (hasReturn ? 1 : 0);
        }
    }

    /** The first byte of the request line has come. */
    void begin(int offset) {
        methodOffset = offset;
    }

    void method(int offset, int methodBytes) {
        methodOffset = offset;
        methodLength = methodBytes;
        method = Method.of(buffer, base + offset, methodBytes);
    }

    void target(int offset, int targetBytes) {
        targetOffset = offset;
        targetLength = targetBytes;
    }

    /** The last part of the request line, which ends at {@code lineEnd}. */
    void version(int newVersion, int lineEnd) {
        version = newVersion;
        lineLength = lineEnd - methodOffset;
    }

    void field(int nameOffset, int nameLength, int valueOffset, int valueLength) {
        if (count == names.length) {
            spans = Arrays.copyOf(spans, spans.length * 2);
            names = Arrays.copyOf(names, count * 2);
            marks = Arrays.copyOf(marks, count * 2);
        }
        int at = count * STRIDE;
        spans[at] = nameOffset;
        spans[at + 1] = nameLength;
        spans[at + 2] = valueOffset;
        spans[at + 3] = valueLength;
        names[count] = FieldName.of(buffer, base + nameOffset, nameLength);
        if (names[count] == null) {
            marks[count] = marksOf(base + nameOffset, nameLength);
        } else {
            marks[count] = 0;
            present |= bit(names[count]);
        }
        count++;
    }

    @SuppressWarnings("EnumOrdinal") // never leaves this object; FieldName sees to it that a long has a bit for each
    private static long bit(FieldName name) {
        return 1L << name.ordinal();
    }

    private byte marksOf(int offset, int nameLength) {
        int found = 0;
        for (int i = offset; i < offset + nameLength; i++) {
            int b = buffer.get(i);
            if (b == '_') {
                found |= UNDERSCORE;
            } else if (b != '-' && !Ascii.isDigit(b) && !(Ascii.lower(b) >= 'a' && Ascii.lower(b) <= 'z')) {
                found |= ODD;
            }
        }
        return (byte) found;
    }

    /** Called once, when the empty line has been read: settles what is asked of every head. */
    void complete(int headBytes) {
        length = headBytes;
        close = listHas(FieldName.CONNECTION, "close");
        keepAlive = listHas(FieldName.CONNECTION, "keep-alive");
        expectation = version == 11 && find(FieldName.EXPECT) >= 0 ? expected() : Expectation.NONE;
    }

    /** RFC 9110 10.1.1: a list, in which one member has a meaning; empty members are passed over. */
    private Expectation expected() {
        Expectation found = Expectation.NONE;
        for (String member : joined(FieldName.EXPECT).split(",", -1)) {
            String name = FieldValue.trim(member);
            if (!name.isEmpty()) {
                found = Expectation.CONTINUE;
                if (!Ascii.equalsIgnoreCase(name, "100-continue")) {
                    return Expectation.UNKNOWN;
                }
            }
        }
        return found;
    }

    /** Bytes from the head's first one (empty lines before the request line count) through its closing empty line. */
    public int length() {
        return length;
    }

    /** The method. */
    public Method method() {
        return method;
    }

    /** The method as it was sent, for logs and for methods that are {@link Method#UNKNOWN}. */
    public String methodText() {
        return method != Method.UNKNOWN ? method.name() : string(methodOffset, methodLength);
    }

    /** 10 or 11; a higher minor version is served as 1.1 (RFC 9110 section 2.5). 0 as long as it is not known. */
    public int version() {
        return version;
    }

    /** Where the request target begins in {@link #buffer()}. */
    public int targetOffset() {
        return base + targetOffset;
    }

    /** The bytes of the request target. */
    public int targetLength() {
        return targetLength;
    }

    /**
     * The request line as it was sent, without its end ({@code $request}). Of a head that was refused while the line was
     * read, what is there of it.
     */
    public String requestLine() {
        return buffer == null ? "" : buffer.string(requestLineOffset(), requestLineLength());
    }

    /** Where {@link #requestLine()} begins in {@link #buffer()}. */
    public int requestLineOffset() {
        return base + methodOffset;
    }

    /** The bytes of {@link #requestLine()}; 0 as long as there is no {@link #buffer()}. */
    public int requestLineLength() {
        if (lineLength > 0 || buffer == null) {
            return lineLength;
        }
        int from = base + methodOffset;
        int to = from;
        while (to < buffer.end() && buffer.get(to) != '\r' && buffer.get(to) != '\n') {
            to++;
        }
        return to - from;
    }

    /** The number of field lines. */
    public int fieldCount() {
        return count;
    }

    /** The name of field line {@code i} if it is a known one, else {@code null}. */
    public FieldName fieldName(int i) {
        return names[i];
    }

    /** Where the name of field line {@code i} begins in {@link #buffer()}. */
    public int nameOffset(int i) {
        return base + spans[i * STRIDE];
    }

    /** The bytes of the name of field line {@code i}. */
    public int nameLength(int i) {
        return spans[i * STRIDE + 1];
    }

    /** Where the value of field line {@code i} begins in {@link #buffer()}, white space before it left out. */
    public int valueOffset(int i) {
        return base + spans[i * STRIDE + 2];
    }

    /** The bytes of the value of field line {@code i}, white space around it left out. */
    public int valueLength(int i) {
        return spans[i * STRIDE + 3];
    }

    /** The name of field line {@code i} as it was sent. */
    public String name(int i) {
        return names[i] != null && equalsExactly(i) ? names[i].text() : string(spans[i * STRIDE], nameLength(i));
    }

    private boolean equalsExactly(int i) {
        return Ascii.equals(buffer, nameOffset(i), nameLength(i), names[i].text());
    }

    /** The value of field line {@code i}. */
    public String value(int i) {
        return string(spans[i * STRIDE + 2], valueLength(i));
    }

    private String string(int offset, int bytes) {
        return bytes == 0 ? "" : buffer.string(base + offset, bytes);
    }

    /**
     * Whether the name of field line {@code i} has a byte other than A-Z, a-z, 0-9 and hyphen: what nginx calls an invalid
     * header and leaves out under {@code ignore_invalid_headers}.
     *
     * @param underscoresAllowed {@code underscores_in_headers}: an underscore is not unusual then
     */
    public boolean isUnusual(int i, boolean underscoresAllowed) {
        return (marks[i] & (underscoresAllowed ? ODD : (ODD | UNDERSCORE))) != 0;
    }

    /** {@link #isUnusual(int, boolean)} with underscores not allowed. */
    public boolean isUnusual(int i) {
        return isUnusual(i, false);
    }

    /** Whether any field line is unusual. */
    public boolean hasUnusual(boolean underscoresAllowed) {
        for (int i = 0; i < count; i++) {
            if (isUnusual(i, underscoresAllowed)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Drops every unusual field line, as {@code ignore_invalid_headers on} does. None of them is a known field, so
     * framing and persistence are not touched.
     */
    public void dropUnusual(boolean underscoresAllowed) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (!isUnusual(i, underscoresAllowed)) {
                System.arraycopy(spans, i * STRIDE, spans, kept * STRIDE, STRIDE);
                names[kept] = names[i];
                marks[kept] = marks[i];
                kept++;
            }
        }
        count = kept;
    }

    /** The first field line with this name, or -1. */
    public int find(FieldName name) {
        return next(name, -1);
    }

    /** The next field line with this name behind line {@code after}, or -1. */
    public int next(FieldName name, int after) {
        for (int i = (present & bit(name)) == 0 ? count : after + 1; i < count; i++) {
            if (names[i] == name) {
                return i;
            }
        }
        return -1;
    }

    /** The value of the first field line with this name, or {@code null}. */
    public String value(FieldName name) {
        int i = find(name);
        return i < 0 ? null : value(i);
    }

    /** The value of the one field line with this name; {@code null} if there is none, or more than one. */
    public String only(FieldName name) {
        int i = find(name);
        return i < 0 || next(name, i) >= 0 ? null : value(i);
    }

    /**
     * The values of all field lines with this name in the order they were sent, joined as RFC 9110 section 5.3 allows:
     * by {@code "; "} for Cookie (RFC 6265), by {@code ", "} for any other.
     *
     * @return {@code null} if there is none
     */
    public String joined(FieldName name) {
        int first = find(name);
        if (first < 0) {
            return null;
        }
        int second = next(name, first);
        if (second < 0) {
            return value(first);
        }
        StringBuilder all = new StringBuilder(value(first));
        for (int i = second; i >= 0; i = next(name, i)) {
            all.append(name == FieldName.COOKIE ? "; " : ", ").append(value(i));
        }
        return all.toString();
    }

    /**
     * The joined values of the fields that a variable's name stands for, as {@code $http_NAME} has them.
     *
     * @param name in lower case; an underscore stands for a hyphen or an underscore
     * @return {@code null} if there is none
     */
    public String find(String name) {
        int first = next(name, -1);
        int second = first < 0 ? -1 : next(name, first);
        if (second < 0) {
            return first < 0 ? null : value(first);
        }
        StringBuilder all = new StringBuilder(value(first));
        for (int i = second; i >= 0; i = next(name, i)) {
            all.append(names[i] == FieldName.COOKIE ? "; " : ", ").append(value(i));
        }
        return all.toString();
    }

    /**
     * The next field line that a variable's name stands for, or -1.
     *
     * @param name as {@link #find(String)} takes it
     * @param after the line to go on behind; -1 to begin
     */
    public int next(String name, int after) {
        for (int i = after + 1; i < count; i++) {
            if (isNamed(i, name)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isNamed(int i, String name) {
        if (nameLength(i) != name.length()) {
            return false;
        }
        for (int k = 0; k < name.length(); k++) {
            int b = Ascii.lower(buffer.get(nameOffset(i) + k) & 0xff);
            char c = name.charAt(k);
            if (b != c && (b != '-' || c != '_')) {
                return false;
            }
        }
        return true;
    }

    /** Whether any field line with this name lists the option, in any case; empty list members are passed over. */
    public boolean listHas(FieldName name, String option) {
        for (int i = find(name); i >= 0; i = next(name, i)) {
            int end = valueOffset(i) + valueLength(i);
            int from = valueOffset(i);
            while (from < end) {
                int to = from;
                while (to < end && buffer.get(to) != ',') {
                    to++;
                }
                if (isTrimmed(from, to, option)) {
                    return true;
                }
                from = to + 1;
            }
        }
        return false;
    }

    private boolean isTrimmed(int from, int to, String option) {
        int first = from;
        int last = to;
        while (first < last && isBlank(buffer.get(first))) {
            first++;
        }
        while (first < last && isBlank(buffer.get(last - 1))) {
            last--;
        }
        return Ascii.equalsIgnoreCase(buffer, first, last - first, option);
    }

    private static boolean isBlank(int b) {
        return b == ' ' || b == '\t';
    }

    /** Whether {@code Connection} lists {@code close}. */
    public boolean isClose() {
        return close;
    }

    /** Whether {@code Connection} lists {@code keep-alive}. */
    public boolean isKeepAlive() {
        return keepAlive;
    }

    /** Whether the connection may outlive this request, by version and {@code Connection} (RFC 9112 section 9.3). */
    public boolean isPersistent() {
        return !close && (version == 11 || keepAlive);
    }

    /** What {@code Expect} asks for. */
    public Expectation expectation() {
        return expectation;
    }
}
