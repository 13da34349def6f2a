package pollux.handler;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import pollux.http.ByteRange;
import pollux.http.EntityTag;
import pollux.http.FieldName;
import pollux.http.HttpDate;
import pollux.http.Method;

/**
 * Cuts a 200 answer down to the ranges that were asked for (RFC 9110 section 14): one piece as it is, several as
 * {@code multipart/byteranges} in nginx's form. Applied after {@link ConditionalFilter}. Content is not copied, but for
 * pieces of memory.
 */
public final class RangeFilter {
    private static final AtomicLong BOUNDARIES = new AtomicLong();

    private RangeFilter() {}

    /**
     * Applies {@code Range} and {@code If-Range} where the response allows ranges; announces {@code Accept-Ranges} when
     * the whole is sent.
     *
     * @return {@link Handler#DONE}, or 416 with {@code Content-Range} in the response
     */
    public static int apply(Request request, Response response) {
        int maxRanges = request.location().files().maxRanges();
        boolean isCuttable = response.status() == 200 && response.rangesAllowed() && maxRanges > 0;
        if (!isCuttable || !(response.content() instanceof Content.Pieces whole)) {
            return Handler.DONE;
        }
        long size = whole.length();
        // RFC 9110 14.2: the field means something to GET alone, and is to be ignored by all others, HEAD among them.
        String range = request.method() == Method.GET ? request.head().value(FieldName.RANGE) : null;
        if (range == null || !isCurrent(request, response)) {
            response.addUsual("Accept-Ranges", "bytes");
            return Handler.DONE;
        }
        ByteRange.Result result = ByteRange.parse(range, size, maxRanges);
        switch (result.kind()) {
            case NOT_A_RANGE -> response.addUsual("Accept-Ranges", "bytes");
            case UNSATISFIABLE -> {
                response.add("Content-Range", ByteRange.unsatisfied(size));
                return 416;
            }
            case RANGES -> cut(response, whole, result.ranges(), size);
        }
        return Handler.DONE;
    }

    /** Whether what {@code If-Range} knows is still what there is; also when the field is not there. */
    private static boolean isCurrent(Request request, Response response) {
        String known = request.head().joined(FieldName.IF_RANGE);
        if (known == null) {
            return true;
        }
        if (known.endsWith("\"")) {
            return response.entityTag() != null && EntityTag.strongEquals(known, response.entityTag());
        }
        long now = request.nowMs() / 1000;
        // RFC 9110 13.1.5, 8.8.2.2: in the second of a change there may be another one, so its date says too little.
        boolean isStrong = response.lastModified() >= 0 && response.lastModified() < now;
        return isStrong && HttpDate.parse(known, now) == response.lastModified();
    }

    private static void cut(Response response, Content.Pieces whole, List<ByteRange> ranges, long size) {
        List<Content.Piece> pieces = new ArrayList<>();
        response.status(206);
        if (ranges.size() == 1) {
            ByteRange range = ranges.get(0);
            slice(whole.pieces(), range, pieces);
            response.add("Content-Range", range.contentRange(size));
        } else {
            String boundary = boundary();
            String type = response.contentType() == null ? "" : "\r\nContent-Type: " + response.contentType();
            for (ByteRange range : ranges) {
                pieces.add(memory(
                        "\r\n--" + boundary + type + "\r\nContent-Range: " + range.contentRange(size) + "\r\n\r\n"));
                slice(whole.pieces(), range, pieces);
            }
            pieces.add(memory("\r\n--" + boundary + "--\r\n"));
            response.contentType("multipart/byteranges; boundary=" + boundary);
        }
        response.content(new Content.Pieces(whole.file(), List.copyOf(pieces)));
    }

    /** Appends the pieces that a range of the whole falls on. */
    private static void slice(List<Content.Piece> whole, ByteRange range, List<Content.Piece> pieces) {
        long begin = 0;
        for (Content.Piece piece : whole) {
            long end = begin + piece.length();
            long from = Math.max(range.first(), begin) - begin;
            long to = Math.min(range.last() + 1, end) - begin;
            if (from < to) {
                pieces.add(slice(piece, from, to));
            }
            begin = end;
        }
    }

    private static Content.Piece slice(Content.Piece piece, long from, long to) {
        if (piece instanceof Content.Slice file) {
            return new Content.Slice(file.offset() + from, to - from);
        }
        return new Content.Memory(Arrays.copyOfRange(((Content.Memory) piece).bytes(), (int) from, (int) to));
    }

    private static Content.Memory memory(String text) {
        return new Content.Memory(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Twenty digits, another number each time. */
    private static String boundary() {
        String number = Long.toString(BOUNDARIES.incrementAndGet());
        return "0".repeat(20 - number.length()) + number;
    }
}
