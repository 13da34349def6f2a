package pollux.handler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;
import pollux.http.EntityTag;
import pollux.http.FieldName;
import pollux.http.HttpDate;
import pollux.session.Session;

/**
 * Reads the header that a CGI program's output begins with (RFC 3875 section 6), from bytes that come in pieces of any
 * size, into a response. Whole lines are consumed as they come; what is left when the header is complete is content.
 *
 * <p>It is strict where a wrong guess would reach the client: a line without colon, a name that is no token, a control
 * character, a folded line, and a CGI field given twice are all refused. It is lenient where programs are known to be:
 * lines may end with LF or CR LF, a first line of the form {@code HTTP/1.1 200 OK} counts as {@code Status} (nginx takes
 * it from SCGI programs, too), and {@code Location} may be relative.
 *
 * <p>Fields that frame the message or belong to the connection, {@code Date} and {@code Server} are the server's own and
 * left out. A transfer coding is refused: the program would write chunks where content is expected. Every other field is
 * handed on unchanged, in order and as often as it was given.
 */
public final class CgiResponseParser {
    /** {@link #parse}: the header is not over. */
    public static final int NEED_MORE = 0;

    /** {@link #parse}: the header was taken out of the buffer; the rest is content. */
    public static final int COMPLETE = 1;

    /** {@link #parse}: the header is broken; {@link #problem()} says how. */
    public static final int BROKEN = -502;

    /** A longer header is refused: twice as much holds any response head made of it. */
    public static final int MAX_BYTES = 16 * 1024;

    /** What kind of response a program has given (RFC 3875 section 6.2). */
    public enum Kind {
        /** A document, of any status. */
        DOCUMENT,
        /** The client is sent elsewhere; there may be content all the same. */
        CLIENT_REDIRECT,
        /** The server answers with what is at {@link #location()} instead; content of the program is dropped. */
        LOCAL_REDIRECT
    }

    private int scanned;
    private int taken;
    private String problem;
    private int status;
    private String reason;
    private String contentType;
    private String location;
    private long contentLength;
    private Kind kind;
    private final List<SessionChange> sessionChanges = new ArrayList<>();

    /** A parser for one program after the other. */
    public CgiResponseParser() {
        reset();
    }

    /** Makes ready for the next program. */
    public void reset() {
        scanned = 0;
        taken = 0;
        problem = null;
        status = 0;
        reason = null;
        contentType = null;
        location = null;
        contentLength = -1;
        kind = null;
        sessionChanges.clear();
    }

    /**
     * Looks at the output that has come since the last call. The owner of the buffer may compact it between calls.
     *
     * @param in what was read and not consumed; a line must fit into it
     * @param response gets status, media type, validators and fields, but no content. Only of use after
     *     {@link #COMPLETE}
     * @return {@link #NEED_MORE}, {@link #COMPLETE}, or {@link #BROKEN}; after that the same again until {@link #reset()}
     */
    public int parse(IoBuffer in, Response response) {
        while (problem == null) {
            int lineFeed = find(in, in.start() + scanned, in.end(), '\n');
            if (taken + (lineFeed < 0 ? in.length() : lineFeed + 1 - in.start()) > MAX_BYTES) {
                return broken("too long");
            }
            if (lineFeed < 0) {
                scanned = in.length();
                boolean full = in.start() == 0 && in.room() == 0;
                return full ? broken("a line that is too long") : NEED_MORE;
            }
            int from = in.start();
            int to = lineFeed > from && in.get(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed;
            boolean first = taken == 0;
            taken += lineFeed + 1 - from;
            scanned = 0;
            in.consume(lineFeed + 1 - from);
            if (from == to) {
                return finish(response);
            }
            line(in, from, to, first, response);
        }
        return BROKEN;
    }

    private int broken(String how) {
        problem = how;
        return BROKEN;
    }

    private static int find(IoBuffer in, int from, int to, char wanted) {
        for (int at = from; at < to; at++) {
            if (in.get(at) == wanted) {
                return at;
            }
        }
        return -1;
    }

    private void line(IoBuffer in, int from, int to, boolean first, Response response) {
        for (int at = from; at < to; at++) {
            int b = in.get(at) & 0xff;
            if ((b < ' ' && b != '\t') || b == 0x7f) {
                broken("a control character");
                return;
            }
        }
        if (first && isStatusLine(in, from, to)) {
            status(in.string(from + 9, to - from - 9).strip());
            return;
        }
        int colon = find(in, from, to, ':');
        if (colon < 0) {
            broken("a line without colon");
            return;
        }
        for (int at = from; at < colon; at++) {
            if (!Ascii.isToken(in.get(at))) {
                broken("a wrong field name");
                return;
            }
        }
        if (colon == from) {
            broken("a field without name");
            return;
        }
        FieldName known = FieldName.of(in, from, colon - from);
        String name = in.string(from, colon - from);
        String value = in.string(colon + 1, to - colon - 1).strip();
        if (known == null) {
            other(name, value, response);
        } else {
            known(known, name, value, response);
        }
    }

    /** {@code HTTP/1.1 } and something behind it; no field's name has a slash. */
    private static boolean isStatusLine(IoBuffer in, int from, int to) {
        return to - from > 9
                && Ascii.equals(in, from, 5, "HTTP/")
                && Ascii.isDigit(in.get(from + 5))
                && in.get(from + 6) == '.'
                && Ascii.isDigit(in.get(from + 7))
                && in.get(from + 8) == ' ';
    }

    private void known(FieldName known, String name, String value, Response response) {
        switch (known) {
            case STATUS -> status(value);
            case CONTENT_TYPE -> contentType = only(contentType, name, value);
            case LOCATION -> location = only(location, name, value);
            case CONTENT_LENGTH -> contentLength(value);
            case LAST_MODIFIED -> lastModified(name, value, response);
            case ETAG -> entityTag(name, value, response);
            case TRANSFER_ENCODING -> broken("a transfer coding");
            case CONNECTION, KEEP_ALIVE, PROXY_CONNECTION, TE, TRAILER, UPGRADE, DATE, SERVER -> {
                // The server's own.
            }
            default -> response.add(name, value);
        }
    }

    /** RFC 3875 6.3: a CGI field is given once; an empty one says nothing. */
    private String only(String before, String name, String value) {
        if (before != null) {
            broken("two " + name + " fields");
        } else if (value.isEmpty()) {
            broken("an empty " + name + " field");
        }
        return value;
    }

    /** Three digits, and perhaps a reason phrase. Interim responses are the server's to send. */
    private void status(String value) {
        boolean shaped = value.length() == 3 || (value.length() > 3 && value.charAt(3) == ' ');
        long code = shaped ? Ascii.parseDecimal(value.substring(0, 3)) : Ascii.INVALID;
        if (status != 0) {
            broken("two statuses");
        } else if (code < 200 || code > 599) {
            broken("a wrong status");
        } else {
            status = (int) code;
            reason = value.length() == 3 ? null : value.substring(4).strip();
        }
    }

    private void contentLength(String value) {
        long length = Ascii.parseDecimal(value);
        // Even two equal ones: which of two is meant is nothing to guess about.
        if (length < 0 || contentLength >= 0) {
            broken("a wrong Content-Length");
        }
        contentLength = length;
    }

    /** Where the value is of the form that the server writes itself, it can answer conditional requests. */
    private static void lastModified(String name, String value, Response response) {
        long seconds = HttpDate.parse(value, 0);
        if (seconds >= 0 && HttpDate.format(seconds).equals(value)) {
            response.lastModified(seconds);
        } else {
            response.add(name, value);
        }
    }

    private static void entityTag(String name, String value, Response response) {
        if (EntityTag.isValid(value)) {
            response.entityTag(value);
        } else {
            response.add(name, value);
        }
    }

    private void other(String name, String value, Response response) {
        if (Ascii.equalsIgnoreCase(name, "Session-Set")) {
            int equals = value.indexOf('=');
            String entry = equals < 0 ? "" : value.substring(0, equals).strip();
            change(entry, equals < 0 ? "" : value.substring(equals + 1).strip(), Session.isName(entry));
        } else if (Ascii.equalsIgnoreCase(name, "Session-Clear")) {
            change(value, null, value.isEmpty() || Session.isName(value));
        } else {
            response.add(name, value);
        }
    }

    private void change(String entry, String value, boolean good) {
        if (good) {
            sessionChanges.add(new SessionChange(entry, value));
        } else {
            broken("a wrong session field");
        }
    }

    private int finish(Response response) {
        if (status == 0 && location == null && contentType == null) {
            return broken("neither Content-Type nor Location nor Status");
        }
        if (location == null) {
            kind = Kind.DOCUMENT;
        } else if (status == 0) {
            kind = location.startsWith("/") ? Kind.LOCAL_REDIRECT : Kind.CLIENT_REDIRECT;
        } else {
            kind = status >= 300 && status < 400 ? Kind.CLIENT_REDIRECT : Kind.DOCUMENT;
        }
        response.status(status != 0 ? status : kind == Kind.CLIENT_REDIRECT ? 302 : 200);
        response.reason(reason);
        response.contentType(contentType);
        if (location != null) {
            response.add(FieldName.LOCATION.text(), location);
        }
        return COMPLETE;
    }

    /** What is wrong with a broken header, a few words for the error log; {@code null} if nothing is. */
    public String problem() {
        return problem;
    }

    /** What kind of response it is, once complete. */
    public Kind kind() {
        return kind;
    }

    /**
     * What {@code Location} says, or {@code null}. A local one, path and perhaps query, is still encoded; with a
     * {@code Status} beside it, it is for the client.
     */
    public String location() {
        return location;
    }

    /** The length of the content that the program announced, in bytes, or -1. */
    public long contentLength() {
        return contentLength;
    }

    /** What is to be changed in the visitor's session, in order; the client never sees it. */
    public List<SessionChange> sessionChanges() {
        return Collections.unmodifiableList(sessionChanges);
    }
}
