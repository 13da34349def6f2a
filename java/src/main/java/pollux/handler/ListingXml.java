package pollux.handler;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Draws a directory listing as an XML document, as nginx's {@code autoindex_format xml} does. */
final class ListingXml implements ListingForm {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public void begin(StringBuilder out) {
        out.append("<?xml version=\"1.0\"?>\r\n<list>\r\n");
    }

    @Override
    public void add(StringBuilder out, ListingEntry entry) {
        String element =
                switch (entry.kind()) {
                    case DIRECTORY -> "directory";
                    case FILE -> "file";
                    case OTHER -> "other";
                };
        out.append('<').append(element).append(" mtime=\"");
        out.append(TIME.format(Instant.ofEpochSecond(entry.modifiedSeconds()))).append('"');
        if (entry.kind() == ListingEntry.Kind.FILE) {
            out.append(" size=\"").append(entry.size()).append('"');
        }
        out.append('>');
        ListingPage.escape(out, entry.name(), entry.name().length());
        out.append("</").append(element).append(">\r\n");
    }

    @Override
    public void end(StringBuilder out) {
        out.append("</list>\r\n");
    }
}
