package pollux.handler;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import pollux.buffer.IoBuffer;
import pollux.config.CharsetTable;
import pollux.config.ErrorLog;
import pollux.posix.Files;
import pollux.posix.OffHeap;

/**
 * Converts an answer's content to another charset, a part in each turn of the loop. Short content is kept in memory; any
 * other goes to a file in {@code client_body_temp_path} that has no name, because clients may take as long as they like to
 * read it, and memory would be the first thing that many of them use up.
 */
final class Conversion implements Work {
    /** What is longer before it is converted goes to a file. */
    private static final int LONGEST_IN_MEMORY = 16 << 10;

    /** Bytes that are converted in one turn of the loop: about half a millisecond. */
    private static final int PART = 64 << 10;

    private final Request request;
    private final Response response;
    private final OpenFile from;
    private final List<Content.Piece> pieces;
    private final boolean isShort;
    private final CharsetTable table;
    private final String contentType;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream(0);
    private IoBuffer part;
    private SpooledContent file;
    private byte[] rest = {};
    private int piece;
    private long taken;

    /**
     * Makes ready to convert.
     *
     * @param content the response's, and the response's still until it has what is made of it
     * @param contentType what the response has then
     */
    Conversion(Request request, Response response, Content.Pieces content, CharsetTable table, String contentType) {
        this.request = request;
        this.response = response;
        this.from = content.file();
        this.pieces = content.pieces();
        this.isShort = content.length() <= LONGEST_IN_MEMORY;
        this.table = table;
        this.contentType = contentType;
    }

    @Override
    public int step() {
        int outcome = convert();
        if (outcome != MORE) {
            abort();
        }
        return outcome;
    }

    private int convert() {
        byte[] text = next();
        if (text == null) {
            request.log().error(ErrorLog.Level.CRIT, "an answer could not be read to be converted");
            return 500;
        }
        boolean isLast = piece == pieces.size();
        int whole = isLast ? text.length : table.wholeCharacters(text);
        int refusal = put(table.convert(Arrays.copyOf(text, whole)));
        if (refusal != 0) {
            return refusal;
        }
        rest = Arrays.copyOfRange(text, whole, text.length);
        return isLast ? finish() : MORE;
    }

    /** What was left of the part before, and the next one; {@code null} when there are fewer bytes than there should be. */
    private byte[] next() {
        if (piece == pieces.size()) {
            return rest;
        }
        Content.Piece at = pieces.get(piece);
        int wanted = (int) Math.min(PART, at.length() - taken);
        byte[] text = Arrays.copyOf(rest, rest.length + wanted);
        if (at instanceof Content.Slice slice) {
            buffer().clear();
            int count = Files.read(from.fd(), part, slice.offset() + taken, wanted);
            if (count < Math.min(1, wanted)) {
                return null;
            }
            part.copyTo(part.start(), text, rest.length, count);
            text = Arrays.copyOf(text, rest.length + count);
        } else if (at instanceof Content.Memory bytes) {
            System.arraycopy(bytes.bytes(), (int) taken, text, rest.length, wanted);
        }
        taken += text.length - rest.length;
        if (taken == at.length()) {
            piece++;
            taken = 0;
        }
        return text;
    }

    private IoBuffer buffer() {
        if (part == null) {
            part = OffHeap.SOURCE.allocate(PART);
        }
        return part;
    }

    /** Puts aside what was converted: 0, or the status to refuse the request with. */
    private int put(byte[] converted) {
        if (isShort) {
            memory.writeBytes(converted);
            return 0;
        }
        if (file == null) {
            file = SpooledContent.openNameless(request, response);
            if (file == null) {
                return response.status();
            }
        }
        int refusal = 0;
        for (int at = 0; at < converted.length && refusal == 0; at += PART) {
            buffer().clear();
            part.put(converted, at, Math.min(PART, converted.length - at));
            refusal = file.take(part, part.start(), part.length());
        }
        return refusal;
    }

    private int finish() {
        Content.Pieces made = file == null
                ? Content.of(memory.toByteArray())
                : Content.of(new OpenFile(file.takeFile()), file.length());
        response.content(made);
        response.allowRanges(response.rangesAllowed() && table.isSameLength());
        response.contentType(contentType);
        return Handler.DONE;
    }

    @Override
    public void abort() {
        if (file != null) {
            file.abort();
            file = null;
        }
        if (part != null) {
            part.release();
            part = null;
        }
    }
}
