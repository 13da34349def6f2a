package pollux.handler;

/** A content duty that needs the request's content: it says at the head whether it wants it, and answers at its end. */
public interface ContentHandler {
    /**
     * Begins to take the content of a request, which may be empty.
     *
     * @param request routed, its location chosen, its head read
     * @param response empty; the sink fills it when the content is whole
     * @return what takes the content; or {@code null} when the request is refused before any of it is read:
     *     {@link Response#status()} is then the status to make an error response of
     */
    ContentSink open(Request request, Response response);

    /**
     * What would come of content that is as it should be: the refusals of {@link #open} that need no file, and otherwise
     * the status that follows when the file system lets it. Nothing is opened or changed.
     *
     * @return {@link Handler#DONE} with the response's status set, or a status to refuse with
     */
    int rehearse(Request request, Response response);
}
