package pollux.http;

import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;

/**
 * How the content of a request is delimited (RFC 9112 section 6). Everything that two servers in a row might read
 * differently is refused, and after a refusal the connection must be closed: no later byte can be trusted to begin a
 * request.
 */
public final class Framing {
    /** There is no content: neither Content-Length nor Transfer-Encoding was sent. */
    public static final long NONE = -1;

    /** The content comes in chunks. */
    public static final long CHUNKED = -2;

    private static final String CHUNKED_NAME = "chunked";

    private Framing() {}

    /** Whether an answer of {@link #of} is a refusal; its status is then the answer negated. */
    public static boolean isRefused(long framing) {
        return framing <= -400;
    }

    /**
     * Reads Content-Length and Transfer-Encoding.
     *
     * @return the length of the content (0 if it was said to be 0), {@link #NONE}, {@link #CHUNKED}, or -400 or -501. Whether
     *     a method may do without content, 411, or how much is too much, 413, is for the caller
     */
    public static long of(RequestHead head) {
        int encoding = head.find(FieldName.TRANSFER_ENCODING);
        int length = head.find(FieldName.CONTENT_LENGTH);
        if (encoding < 0) {
            return length < 0 ? NONE : contentLength(head, length);
        }
        // RFC 9112 6.1: both together, or an encoding in HTTP/1.0, may be smuggling: refuse and close.
        if (length >= 0 || head.version() < 11 || head.next(FieldName.TRANSFER_ENCODING, encoding) >= 0) {
            return -400;
        }
        return transferEncoding(head, encoding);
    }

    private static long contentLength(RequestHead head, int i) {
        // A second field is refused even if it is equal, as nginx does (RFC 9112 6.3 allows either).
        if (head.next(FieldName.CONTENT_LENGTH, i) >= 0 || hasTab(head, i)) {
            return -400;
        }
        long length = Ascii.parseDecimal(head.buffer(), head.valueOffset(i), head.valueLength(i));
        return length < 0 ? -400 : length;
    }

    private static long transferEncoding(RequestHead head, int i) {
        IoBuffer buffer = head.buffer();
        int offset = head.valueOffset(i);
        int length = head.valueLength(i);
        if (hasTab(head, i)) {
            return -400;
        }
        if (Ascii.equalsIgnoreCase(buffer, offset, length, CHUNKED_NAME)) {
            return CHUNKED;
        }
        return endsUnderstandably(buffer.string(offset, length)) ? -501 : -400;
    }

    /**
     * Whether a list of codings is well formed and its last member, and no other, is {@code chunked}. Only then the content
     * is delimited although it cannot be decoded (501); otherwise its end cannot be known (400, RFC 9112 section 6.3).
     */
    private static boolean endsUnderstandably(String value) {
        String[] members = value.split(",", -1);
        for (int i = 0; i < members.length; i++) {
            String member = FieldValue.trim(members[i]);
            boolean isLast = i == members.length - 1;
            if (!isToken(member) || isLast != Ascii.equalsIgnoreCase(member, CHUNKED_NAME)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Ascii.isToken(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /**
     * Whether there is a tab anywhere between the colon and the line's end. RFC 9110 section 5.6.3 allows one as padding, but
     * there are servers that do not take it for white space, so for the two fields that frame it is refused, as by nginx.
     */
    private static boolean hasTab(RequestHead head, int i) {
        IoBuffer buffer = head.buffer();
        for (int at = head.nameOffset(i) + head.nameLength(i); buffer.get(at) != '\n'; at++) {
            if (buffer.get(at) == '\t') {
                return true;
            }
        }
        return false;
    }
}
