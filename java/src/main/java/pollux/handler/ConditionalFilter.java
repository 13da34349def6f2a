package pollux.handler;

import pollux.buffer.Ascii;
import pollux.config.FileSettings.IfModifiedSince;
import pollux.http.DateText;
import pollux.http.EntityTag;
import pollux.http.FieldName;
import pollux.http.HttpDate;
import pollux.http.Method;
import pollux.http.RequestHead;

/**
 * Evaluates preconditions on a 200 answer to GET or HEAD, in the order of RFC 9110 section 13.2.2. Where nginx differs
 * from the RFC, the RFC is followed: {@code If-Match} and {@code If-None-Match} outrank the dates beside them, and a date
 * that is none, or has nothing to be compared with, is ignored. A worker has one.
 */
public final class ConditionalFilter {
    private final DateText lastModified = new DateText();

    /**
     * Applies the preconditions; a 304 keeps validators and fields, and loses content and {@code Content-Type}.
     *
     * @return {@link Handler#DONE}, or 412
     */
    public int apply(Request request, Response response) {
        Method method = request.method();
        if (response.status() != 200 || (method != Method.GET && method != Method.HEAD)) {
            return Handler.DONE;
        }
        RequestHead head = request.head();
        String match = head.joined(FieldName.IF_MATCH);
        if (match != null && !EntityTag.matchesStrong(match, response.entityTag())) {
            return 412;
        }
        if (match == null && isChangedSince(request, response)) {
            return 412;
        }
        if (isKnown(request, response)) {
            response.status(304);
            response.contentType(null);
            response.allowRanges(false);
            response.content(Content.NONE);
        }
        return Handler.DONE;
    }

    /** Whether the client has what it asks for. */
    private boolean isKnown(Request request, Response response) {
        RequestHead head = request.head();
        int field = head.find(FieldName.IF_NONE_MATCH);
        if (field < 0) {
            return isUnmodified(request, response);
        }
        String tag = response.entityTag();
        // What browsers send: the one tag they were given.
        boolean isOnly = tag != null && head.next(FieldName.IF_NONE_MATCH, field) < 0;
        return (isOnly && Ascii.equals(head.buffer(), head.valueOffset(field), head.valueLength(field), tag))
                || EntityTag.matchesWeak(head.joined(FieldName.IF_NONE_MATCH), tag);
    }

    /** Whether {@code If-Unmodified-Since} is there and does not hold. */
    private static boolean isChangedSince(Request request, Response response) {
        long since = date(request, FieldName.IF_UNMODIFIED_SINCE);
        return since >= 0 && response.lastModified() > since;
    }

    /** Whether {@code If-Modified-Since} is there and the client's copy is current. */
    private boolean isUnmodified(Request request, Response response) {
        IfModifiedSince comparison = request.location().files().ifModifiedSince();
        int field = request.head().find(FieldName.IF_MODIFIED_SINCE);
        if (comparison == IfModifiedSince.OFF || field < 0 || response.lastModified() < 0) {
            return false;
        }
        boolean isOnly = request.head().next(FieldName.IF_MODIFIED_SINCE, field) < 0;
        if (isOnly && isLastModified(request.head(), field, response.lastModified())) {
            return true;
        }
        long since = date(request, FieldName.IF_MODIFIED_SINCE);
        if (since < 0) {
            return false;
        }
        return comparison == IfModifiedSince.EXACT
                ? since == response.lastModified()
                : since >= response.lastModified();
    }

    /** What browsers send: the very date they were given. */
    private boolean isLastModified(RequestHead head, int field, long time) {
        byte[] expected = lastModified.at(time);
        if (head.valueLength(field) != expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (head.buffer().get(head.valueOffset(field) + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** RFC 9110 13.1.3, 13.1.4: a field with several dates is to be ignored, and so is what is no date. */
    private static long date(Request request, FieldName name) {
        String value = request.head().only(name);
        return value == null ? -1 : HttpDate.parse(value, request.nowMs() / 1000);
    }
}
