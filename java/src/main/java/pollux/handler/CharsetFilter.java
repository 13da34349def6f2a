package pollux.handler;

import java.util.List;
import pollux.buffer.IoBuffer;
import pollux.config.CharsetTable;
import pollux.config.ErrorLog;
import pollux.config.FileSettings;
import pollux.config.Recoding;
import pollux.posix.Files;
import pollux.posix.OffHeap;

/**
 * {@code charset} with variables, and {@code source_charset}: names the charset of an answer, and converts its content. That is
 * made in memory as a whole; what is too long for that is sent as it is, under no charset's name.
 */
public final class CharsetFilter {
    private static final int MAX_BYTES = 8 << 20;
    private static final int BUFFER = 64 << 10;

    private CharsetFilter() {}

    /** Applies the location's {@link Recoding}, which is not {@code null}, to an answer. */
    public static void apply(Request request, Response response) {
        FileSettings files = request.location().files();
        Recoding recoding = files.own().recoding();
        String type = response.contentType();
        boolean isMoved = response.status() == 301 || response.status() == 302;
        if (type == null || isMoved || type.contains("charset=") || !isText(files, type)) {
            return;
        }
        String charset = request.render(recoding.charset());
        String source = recoding.source() == null ? "" : request.render(recoding.source());
        if (charset.isEmpty()) {
            return;
        }
        if (!isNone(source) && !source.equalsIgnoreCase(charset)) {
            CharsetTable table = recoding.find(source, charset);
            if (table == null || !(response.content() instanceof Content.Pieces content)) {
                return;
            }
            byte[] text = read(content);
            if (text == null) {
                request.log()
                        .error(ErrorLog.Level.ERROR, "the answer is too long to be converted, or could not be read");
                return;
            }
            response.content(Content.of(table.convert(text)));
            response.allowRanges(response.rangesAllowed() && table.isSameLength());
        }
        response.contentType(type + "; charset=" + charset);
    }

    private static boolean isText(FileSettings files, String type) {
        return files.charsetTypes().contains(type) || files.charsetTypes().contains("*");
    }

    private static boolean isNone(String charset) {
        return charset.isEmpty() || charset.equals("off");
    }

    /** All the bytes, or {@code null} when there are too many, or fewer than there should be. */
    private static byte[] read(Content.Pieces content) {
        if (content.length() > MAX_BYTES) {
            return null;
        }
        byte[] whole = new byte[(int) content.length()];
        IoBuffer buffer = OffHeap.SOURCE.allocate(BUFFER);
        try {
            int at = 0;
            List<Content.Piece> pieces = content.pieces();
            for (int i = 0; i < pieces.size() && at >= 0; i++) {
                at = pieces.get(i) instanceof Content.Memory memory
                        ? copy(memory.bytes(), whole, at)
                        : read(content.file().fd(), (Content.Slice) pieces.get(i), buffer, whole, at);
            }
            return at < 0 ? null : whole;
        } finally {
            buffer.release();
        }
    }

    private static int copy(byte[] from, byte[] to, int at) {
        System.arraycopy(from, 0, to, at, from.length);
        return at + from.length;
    }

    private static int read(int fd, Content.Slice slice, IoBuffer buffer, byte[] to, int begin) {
        int at = begin;
        for (long done = 0; done < slice.length(); ) {
            buffer.clear();
            int count = Files.read(fd, buffer, slice.offset() + done, (int) Math.min(BUFFER, slice.length() - done));
            if (count <= 0) {
                return -1;
            }
            buffer.copyTo(buffer.start(), to, at, count);
            at += count;
            done += count;
        }
        return at;
    }
}
