package pollux.http;

import pollux.buffer.Ascii;

/**
 * What the header of one part of a form says.
 *
 * @param name the form field's name
 * @param filename the file's name as the client sent it, not cleaned in any way; {@code null} if the part is no file
 * @param contentType the part's Content-Type, or {@code null}
 */
public record PartHead(String name, String filename, String contentType) {
    /**
     * Reads the header section of a part (RFC 7578 section 4).
     *
     * @param section the field lines, each ended by CR LF
     * @return {@code null} if a line is malformed, or there is no {@code form-data} disposition with a name
     */
    static PartHead parse(String section) {
        String disposition = null;
        String type = null;
        int at = 0;
        while (at < section.length()) {
            int end = section.indexOf("\r\n", at);
            int colon = section.indexOf(':', at);
            if (end < 0 || colon < 0 || colon > end || !isLine(section, at, colon, end)) {
                return null;
            }
            FieldName name = FieldName.of(section.substring(at, colon));
            String value = FieldValue.trim(section.substring(colon + 1, end));
            if (name == FieldName.CONTENT_DISPOSITION) {
                if (disposition != null) {
                    return null;
                }
                disposition = value;
            } else if (name == FieldName.CONTENT_TYPE) {
                type = type == null ? value : type;
            }
            at = end + 2;
        }
        return disposition == null ? null : of(disposition, type);
    }

    private static PartHead of(String disposition, String type) {
        String name = FieldValue.parameter(disposition, "name");
        if (name == null || !FieldValue.leading(disposition).equals("form-data")) {
            return null;
        }
        String filename = FieldValue.parameter(disposition, "filename");
        String extended = FieldValue.parameter(disposition, "filename*");
        String decoded = extended == null ? null : FieldValue.extended(extended);
        return new PartHead(unescape(name), decoded != null ? decoded : unescape(filename), type);
    }

    /** Undoes what browsers do to a name, and no more: a literal percent sign is sent as it is. */
    private static String unescape(String text) {
        if (text == null || text.indexOf('%') < 0) {
            return text;
        }
        return text.replace("%22", "\"")
                .replace("%0D", "\r")
                .replace("%0d", "\r")
                .replace("%0A", "\n")
                .replace("%0a", "\n");
    }

    private static boolean isLine(String section, int from, int colon, int end) {
        if (colon == from) {
            return false;
        }
        for (int i = from; i < end; i++) {
            char c = section.charAt(i);
            boolean isGood = i < colon ? Ascii.isToken(c) : c == '\t' || (c >= ' ' && c != 0x7f);
            if (!isGood) {
                return false;
            }
        }
        return true;
    }
}
