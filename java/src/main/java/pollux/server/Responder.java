package pollux.server;

import pollux.buffer.IoBuffer;
import pollux.config.ErrorLog;
import pollux.handler.CachedFile;
import pollux.handler.Content;
import pollux.handler.HeadersFilter;
import pollux.handler.Request;
import pollux.handler.Response;
import pollux.http.Method;
import pollux.http.RequestHead;
import pollux.http.Status;

/**
 * Puts a response that is made into the connection's output: its head, and its content in the form that the client can
 * take (by length, in chunks, or up to the end of the connection). One object for each connection, used for one response
 * after the other.
 */
final class Responder {
    private final Worker worker;
    private final RequestHead head;
    private final Request request;
    private final Response response;
    private final RequestProgress progress;
    private final OutputQueue out;
    private boolean begun;
    private boolean persistent;
    private boolean openEnded;
    private long sentLength;

    Responder(
            Worker worker,
            RequestHead head,
            Request request,
            Response response,
            RequestProgress progress,
            OutputQueue out) {
        this.worker = worker;
        this.head = head;
        this.request = request;
        this.response = response;
        this.progress = progress;
        this.out = out;
    }

    /** Forgets the last response. */
    void begin() {
        begun = false;
        persistent = false;
        openEnded = false;
        sentLength = Request.Progress.NOT_YET;
    }

    /** Whether the head is on its way. */
    boolean isBegun() {
        return begun;
    }

    /** Whether nothing but the end of the connection says where the content ends. */
    boolean isOpenEnded() {
        return openEnded;
    }

    /** Whether another request may follow on the connection. */
    boolean isPersistent() {
        return persistent;
    }

    /** As {@link Request.Progress#sentLength()}. */
    long sentLength() {
        return sentLength;
    }

    /** The connection ends with this response. */
    void closing() {
        persistent = false;
    }

    /** What follows in the output is the response as it is; the connection ends with it. */
    void raw() {
        begun = true;
        persistent = false;
        openEnded = true;
    }

    /**
     * Sends the response.
     *
     * @param freshCookie the {@code Set-Cookie} of a session that has just begun, or {@code null}
     * @param understood whether the request was: if not, its version says nothing, though the method may be known already
     * @param mayPersist whether another request may follow, as far as this one is concerned
     * @param program what will stream the content, or {@code null}
     * @return false when the head is too large, or there is no buffer: nobody can be told any more
     */
    boolean send(String freshCookie, boolean understood, boolean mayPersist, CgiExchange program) {
        boolean isUsual = freshCookie == null && request.location().headers().isConstant();
        CachedFile file = isUsual ? response.source() : null;
        HeadersFilter.apply(request, response);
        if (freshCookie != null) {
            response.add("Set-Cookie", freshCookie);
        }
        int status = response.status();
        boolean isOfNoLength = Status.isOfNoLength(status);
        boolean empty = isOfNoLength || Status.isWithoutContent(status);
        boolean isHead = head.method() == Method.HEAD;
        long length = isOfNoLength ? 0 : empty ? -1 : response.content().length();

        boolean mayChunk = understood
                && !empty
                && head.version() > 10
                && request.location().client().chunkedTransferEncoding();
        String trailers = mayChunk && !isHead ? HeadersFilter.trailers(request, response) : null;
        boolean chunked = mayChunk && (length < 0 || trailers != null);
        persistent = mayPersist && (empty || length >= 0 || chunked || isHead);
        openEnded = !chunked && length < 0 && !empty && !isHead;
        sentLength = chunked ? ResponseWriter.CHUNKED : length;
        begun = true;
        if (!writeHead(file)) {
            return false;
        }
        if (program != null) {
            program.responding(chunked, empty || isHead, trailers);
            return true;
        }
        if (empty || isHead) {
            response.content(Content.NONE);
            return true;
        }
        if (chunked) {
            response.content(Content.chunked((Content.Pieces) response.content(), trailers));
        }
        return out.content(
                (Content.Pieces) response.takeContent(), request.location().files());
    }

    /** {@code file}: the response is the usual one of this file; {@code null} for any other. */
    private boolean writeHead(CachedFile file) {
        IoBuffer staging = out.staging();
        if (staging == null || !(usualHead(staging, file) || freshHead(staging, file))) {
            request.log()
                    .error(ErrorLog.Level.ERROR, "the head of the response is too large, or there is no buffer for it");
            return false;
        }
        // An interim response (100) may have gone before, or still lie in front of it: neither is content.
        progress.headBytes(out.sent() + staging.length());
        return true;
    }

    private boolean usualHead(IoBuffer staging, CachedFile file) {
        return file != null && worker.responseWriter().usualHead(staging, request, file, persistent);
    }

    private boolean freshHead(IoBuffer staging, CachedFile file) {
        int begin = staging.end();
        boolean fits = worker.responseWriter().head(staging, request, response, sentLength, persistent);
        // The time of a change that is still to come is told as that of the answer: no head to be used again.
        if (fits && file != null && file.lastModified() <= request.nowMs() / 1000) {
            ResponseWriter.keepUsual(staging, begin, request, file, persistent);
        }
        return fits;
    }
}
