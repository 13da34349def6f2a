package pollux.handler;

import pollux.http.HttpDate;

/** Draws a directory listing as a JSON array, as nginx's {@code autoindex_format json} does. */
final class ListingJson implements ListingForm {
    private boolean isEmpty = true;

    @Override
    public void begin(StringBuilder out) {
        out.append("[\r\n");
    }

    @Override
    public void add(StringBuilder out, ListingEntry entry) {
        out.append(isEmpty ? "{ \"name\":\"" : ",\r\n{ \"name\":\"");
        isEmpty = false;
        escape(out, entry.name());
        out.append("\", \"type\":\"");
        out.append(
                switch (entry.kind()) {
                    case DIRECTORY -> "directory";
                    case FILE -> "file";
                    case OTHER -> "other";
                });
        out.append("\", \"mtime\":\"")
                .append(HttpDate.format(entry.modifiedSeconds()))
                .append('"');
        if (entry.kind() == ListingEntry.Kind.FILE) {
            out.append(", \"size\":").append(entry.size());
        }
        out.append(" }");
    }

    @Override
    public void end(StringBuilder out) {
        out.append(isEmpty ? "]" : "\r\n]");
    }

    /** RFC 8259 section 7: what must be escaped, and no more. */
    private static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(c >> 4).append("0123456789ABCDEF".charAt(c & 0xf));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
    }
}
