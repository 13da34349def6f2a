package pollux.http;

import java.util.Arrays;
import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;

/**
 * The request methods that have a meaning here (RFC 9110 section 9, RFC 5789, RFC 4918). Method names are case-sensitive:
 * {@code get} is not {@code GET}. Every other token is {@link #UNKNOWN}; its text stays in the {@link RequestHead}.
 */
public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    DELETE,
    OPTIONS,
    CONNECT,
    TRACE,
    PATCH,
    MKCOL,
    COPY,
    MOVE,
    PROPFIND,
    PROPPATCH,
    LOCK,
    UNLOCK,
    /** Any token that is none of the others. */
    UNKNOWN;

    private static final Method[] KNOWN = Arrays.copyOf(values(), values().length - 1);

    /** The method that a span names, to the byte. */
    public static Method of(IoBuffer buffer, int offset, int length) {
        for (Method method : KNOWN) {
            if (Ascii.equals(buffer, offset, length, method.name())) {
                return method;
            }
        }
        return UNKNOWN;
    }

    /** The method that a string names, to the byte. */
    public static Method of(String text) {
        for (Method method : KNOWN) {
            if (method.name().equals(text)) {
                return method;
            }
        }
        return UNKNOWN;
    }
}
