package pollux.handler;

import java.nio.charset.StandardCharsets;
import pollux.buffer.IoBuffer;
import pollux.posix.OffHeap;

/**
 * The text of a directory listing as it grows: in memory while it is small; a large one goes to a file in
 * {@code client_body_temp_path} that has no name, because clients may take as long as they like to read it, and memory would be
 * the first thing that many of them use up. Ends by {@link #finish} or {@link #abort}.
 */
final class ListingText {
    /** What is larger goes to a file. */
    static final int LARGEST_IN_MEMORY = 512 << 10;

    private static final int SLICE = 64 * 1024;

    private final Request request;
    private final Response response;
    private final StringBuilder out = new StringBuilder(1024);
    private SpooledContent file;
    private IoBuffer slice;

    /** {@code response} gets the status when there is no file to be had. */
    ListingText(Request request, Response response) {
        this.request = request;
        this.response = response;
    }

    /** What has been drawn since {@link #pass}; to be appended to. */
    StringBuilder out() {
        return out;
    }

    /**
     * Passes on what is too much for memory.
     *
     * @return 0, or the status to refuse the request with: 507 when the disk is full, 500
     */
    int pass() {
        if (file == null && out.length() <= LARGEST_IN_MEMORY) {
            return 0;
        }
        if (file == null) {
            file = SpooledContent.openNameless(request, response);
            if (file == null) {
                return response.status();
            }
            slice = OffHeap.SOURCE.allocate(SLICE);
        }
        for (int at = 0; at < out.length(); at += SLICE) {
            slice.clear();
            slice.put(out.substring(at, Math.min(out.length(), at + SLICE)));
            int refusal = file.take(slice, slice.start(), slice.length());
            if (refusal != 0) {
                return refusal;
            }
        }
        out.setLength(0);
        return 0;
    }

    /** The whole, when {@link #pass} has passed the last of it on; a file belongs to whoever holds the content. */
    Content.Pieces finish() {
        if (file == null) {
            return Content.of(out.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
        Content.Pieces whole = Content.of(new OpenFile(file.takeFile()), file.length());
        abort();
        return whole;
    }

    /** Gives back what is not handed over; harmless at any time. */
    void abort() {
        if (file != null) {
            file.abort();
            file = null;
        }
        if (slice != null) {
            slice.release();
            slice = null;
        }
    }
}
