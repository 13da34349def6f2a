package pollux.handler;

import java.nio.charset.StandardCharsets;
import java.util.List;
import pollux.http.FieldName;
import pollux.http.RequestTarget;

/**
 * The answer to an upload: 201, {@code Location} for the first file, and a list of what was stored under which name, as a
 * page or as JSON, whichever {@code Accept} likes better:
 *
 * <pre>{"stored":[{"name":"a.txt","size":123,"type":"text/plain"}]}</pre>
 *
 * <p>{@code Location} is the file's name below the path of the form, or beside the path of other content. It leads to the
 * file when the folder of that path is mapped to the store; the server cannot know of other ways to it. Names are shown
 * as UTF-8; bytes that are none are replaced.
 */
final class UploadAnswer {
    private static final String PAGE_HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>201 Created</title>
            <style>
            :root { color-scheme: light dark; }
            body { max-width: 40rem; margin: 3rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
            table { width: 100%; border-collapse: collapse; }
            th, td { padding: .4rem 0; border-bottom: 1px solid #8886; text-align: left; overflow-wrap: anywhere; }
            th + th, td + td { padding-left: 1rem; text-align: right; white-space: nowrap; }
            </style>
            </head>
            <body>
            """;

    private UploadAnswer() {}

    /**
     * Fills the response.
     *
     * @param folder the escaped path that the files are found below, with its final slash
     * @param stored at least one file
     */
    static void fill(Request request, Response response, String folder, List<StoredFile> stored) {
        boolean json = AcceptField.prefersJson(request.head().joined(FieldName.ACCEPT));
        String text = json ? json(stored) : page(request, stored);
        String first = RequestTarget.encodeSegment(stored.get(0).name());
        RedirectLocation.set(request, response, folder + first);
        response.status(201)
                .contentType(json ? "application/json" : "text/html; charset=utf-8")
                .content(Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String json(List<StoredFile> stored) {
        StringBuilder out = new StringBuilder("{\"stored\":[");
        for (StoredFile file : stored) {
            out.append(out.charAt(out.length() - 1) == '[' ? "{\"name\":" : ",{\"name\":");
            quote(out, text(file.name()));
            out.append(",\"size\":").append(file.size()).append(",\"type\":");
            quote(out, text(file.type()));
            out.append('}');
        }
        return out.append("]}\n").toString();
    }

    /** A string of RFC 8259 section 7. */
    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u00").append(c < 0x10 ? '0' : '1').append("0123456789abcdef".charAt(c & 0xf));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static String page(Request request, List<StoredFile> stored) {
        StringBuilder out = new StringBuilder(PAGE_HEAD);
        out.append("<h1>Stored</h1>\n<table>\n<tr><th scope=\"col\">File</th><th scope=\"col\">Size</th></tr>\n");
        for (StoredFile file : stored) {
            out.append("<tr><td>");
            escape(out, text(file.name()));
            out.append("</td><td>").append(size(file.size())).append("</td></tr>\n");
        }
        out.append("</table>\n<p><a href=\"");
        escape(out, text(back(request)));
        return out.append("\">Back</a></p>\n</body>\n</html>\n").toString();
    }

    /** Where the form came from; only web pages, because a link can also be a script. */
    private static String back(Request request) {
        String referer = request.head().value(FieldName.REFERER);
        boolean isPage = referer != null && (referer.startsWith("http://") || referer.startsWith("https://"));
        return isPage ? referer : RequestTarget.encodePath(request.path());
    }

    private static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
    }

    /** A size for people: {@code 1.5 MiB}, cut, not rounded up. */
    static String size(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        int unit = 0;
        long whole = bytes;
        long tenths = 0;
        while (whole >= 1024) {
            tenths = whole % 1024 * 10 / 1024;
            whole /= 1024;
            unit++;
        }
        return unit == 0 ? whole + " B" : whole + "." + tenths + " " + units[unit];
    }
}
