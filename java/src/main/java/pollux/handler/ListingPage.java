package pollux.handler;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import pollux.config.FileSettings.Autoindex;
import pollux.http.RequestTarget;

/** Draws a directory listing as a page, to the byte as nginx's {@code autoindex_format html} does. */
final class ListingPage implements ListingForm {
    /** The columns that names have; longer ones are cut to make room for two dots and a {@code >}. */
    private static final int NAME_COLUMNS = 50;

    private static final int CUT_COLUMNS = NAME_COLUMNS - 3;
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final int EXACT_COLUMNS = 19;
    private static final int ROUNDED_COLUMNS = 7;
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private final Autoindex settings;
    private final boolean isUtf8;
    private final ZoneOffset zone;
    private final String path;

    /**
     * Makes a page.
     *
     * @param isUtf8 whether the columns of a name are its characters rather than its bytes
     * @param nowSeconds in seconds since 1970: local times are told in the offset that holds now
     * @param path of the directory, as clients name it
     */
    ListingPage(Autoindex settings, boolean isUtf8, long nowSeconds, String path) {
        this.path = path;
        this.settings = settings;
        this.isUtf8 = isUtf8;
        this.zone = settings.localTime()
                ? ZoneId.systemDefault().getRules().getOffset(Instant.ofEpochSecond(nowSeconds))
                : ZoneOffset.UTC;
    }

    @Override
    public void begin(StringBuilder out) {
        out.append("<html>\r\n<head><title>Index of ");
        escape(out, path, path.length());
        out.append("</title></head>\r\n<body>\r\n<h1>Index of ");
        escape(out, path, path.length());
        out.append("</h1><hr><pre><a href=\"../\">../</a>\r\n");
    }

    @Override
    public void add(StringBuilder out, ListingEntry entry) {
        renderName(out, entry);
        out.append(' ');
        renderTime(out, entry.modifiedSeconds());
        out.append(' ');
        renderSize(out, entry);
        out.append("\r\n");
    }

    @Override
    public void end(StringBuilder out) {
        out.append("</pre><hr></body>\r\n</html>\r\n");
    }

    private void renderName(StringBuilder out, ListingEntry entry) {
        String name = entry.name();
        out.append("<a href=\"").append(RequestTarget.encodeSegment(name));
        out.append(entry.isDirectory() ? "/\">" : "\">");
        int characters = isUtf8 ? Utf8.length(name) : -1;
        int columns = characters < 0 ? name.length() : characters;
        if (columns > NAME_COLUMNS) {
            escape(out, name, characters < 0 ? CUT_COLUMNS : Utf8.offset(name, CUT_COLUMNS));
            out.append("..&gt;</a>");
            return;
        }
        escape(out, name, name.length());
        if (entry.isDirectory() && columns < NAME_COLUMNS) {
            out.append('/');
            columns++;
        }
        out.append("</a>").append(" ".repeat(NAME_COLUMNS - columns));
    }

    private void renderTime(StringBuilder out, long epochSeconds) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(epochSeconds, 0, zone);
        two(out, time.getDayOfMonth());
        out.append('-')
                .append(MONTHS[time.getMonthValue() - 1])
                .append('-')
                .append(time.getYear())
                .append(' ');
        two(out, time.getHour());
        out.append(':');
        two(out, time.getMinute());
    }

    private static void two(StringBuilder out, int number) {
        out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private void renderSize(StringBuilder out, ListingEntry entry) {
        int columns = settings.exactSize() ? EXACT_COLUMNS : ROUNDED_COLUMNS;
        String size =
                entry.isDirectory() ? "-" : settings.exactSize() ? Long.toString(entry.size()) : rounded(entry.size());
        out.append(" ".repeat(Math.max(0, columns - size.length()))).append(size);
    }

    /** Bytes up to 9999, then the unit above, rounded. */
    private static String rounded(long size) {
        if (size >= GIB) {
            return rounded(size, GIB) + "G";
        }
        if (size >= MIB) {
            return rounded(size, MIB) + "M";
        }
        return size > 9999 ? rounded(size, KIB) + "K" : Long.toString(size);
    }

    private static long rounded(long size, long unit) {
        return size / unit + (size % unit >= unit / 2 ? 1 : 0);
    }

    static void escape(StringBuilder out, String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
    }
}
