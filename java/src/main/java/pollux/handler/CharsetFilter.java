package pollux.handler;

import pollux.config.CharsetTable;
import pollux.config.ErrorLog;
import pollux.config.FileSettings;
import pollux.config.Recoding;

/**
 * {@code charset} with variables, and {@code source_charset}: names the charset of an answer, and converts its content. What
 * is too long to be converted is sent as it is, under no charset's name.
 */
public final class CharsetFilter {
    private static final int MAX_BYTES = 8 << 20;

    private CharsetFilter() {}

    /**
     * Applies the location's {@link Recoding}, which is not {@code null}, to an answer; one that it was applied to already
     * stays as it is.
     *
     * @return {@link Handler#DONE}; {@link Handler#WORK}, which leaves the answer as it is to be; or a status
     */
    public static int apply(Request request, Response response) {
        FileSettings files = request.location().files();
        Recoding recoding = files.own().recoding();
        String type = response.contentType();
        boolean isMoved = response.status() == 301 || response.status() == 302;
        if (type == null || isMoved || type.contains("charset=") || !isText(files, type)) {
            return Handler.DONE;
        }
        String charset = request.render(recoding.charset());
        String source = recoding.source() == null ? "" : request.render(recoding.source());
        if (charset.isEmpty()) {
            return Handler.DONE;
        }
        String named = type + "; charset=" + charset;
        if (isNone(source) || source.equalsIgnoreCase(charset)) {
            response.contentType(named);
            return Handler.DONE;
        }
        CharsetTable table = recoding.find(source, charset);
        if (table == null || !(response.content() instanceof Content.Pieces content)) {
            return Handler.DONE;
        }
        if (content.length() > MAX_BYTES) {
            request.log().error(ErrorLog.Level.ERROR, "the answer is too long to be converted");
            return Handler.DONE;
        }
        return response.work(new Conversion(request, response, content, table, named));
    }

    private static boolean isText(FileSettings files, String type) {
        return files.charsetTypes().contains(type) || files.charsetTypes().contains("*");
    }

    private static boolean isNone(String charset) {
        return charset.isEmpty() || charset.equals("off");
    }
}
