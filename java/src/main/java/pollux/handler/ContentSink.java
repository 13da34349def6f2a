package pollux.handler;

import pollux.buffer.IoBuffer;

/**
 * Takes the content of a request, slice by slice, into regular files or memory: it never waits. Exactly one of
 * {@link #complete} and {@link #abort} is called, once, and after either nothing of the sink's is left open.
 */
public interface ContentSink {
    /**
     * Takes a slice of content.
     *
     * @return 0, or a status (400, 413, 500, 507) that the request is refused with: {@link #abort} follows
     */
    int take(IoBuffer from, int offset, int length);

    /**
     * The content is whole.
     *
     * @param response to be filled
     * @return 0, or a status that the request is refused with; nothing was stored then
     */
    int complete(Response response);

    /** The content will not become whole: leaves nothing behind. */
    void abort();
}
