package pollux.http;

import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;

/**
 * The field names that a server reads or writes itself. A name is recognised once, when its line is parsed, so that
 * later look-ups compare constants instead of bytes. Names are case-insensitive (RFC 9110 section 5.1).
 */
public enum FieldName {
    ACCEPT("Accept"),
    ACCEPT_CHARSET("Accept-Charset"),
    ACCEPT_ENCODING("Accept-Encoding"),
    ACCEPT_LANGUAGE("Accept-Language"),
    ACCEPT_RANGES("Accept-Ranges"),
    ALLOW("Allow"),
    AUTHORIZATION("Authorization"),
    CACHE_CONTROL("Cache-Control"),
    CONNECTION("Connection"),
    CONTENT_DISPOSITION("Content-Disposition"),
    CONTENT_ENCODING("Content-Encoding"),
    CONTENT_LANGUAGE("Content-Language"),
    CONTENT_LENGTH("Content-Length"),
    CONTENT_LOCATION("Content-Location"),
    CONTENT_RANGE("Content-Range"),
    CONTENT_TYPE("Content-Type"),
    COOKIE("Cookie"),
    DATE("Date"),
    DEPTH("Depth"),
    DESTINATION("Destination"),
    ETAG("ETag"),
    EXPECT("Expect"),
    EXPIRES("Expires"),
    FORWARDED("Forwarded"),
    FROM("From"),
    HOST("Host"),
    IF("If"),
    IF_MATCH("If-Match"),
    IF_MODIFIED_SINCE("If-Modified-Since"),
    IF_NONE_MATCH("If-None-Match"),
    IF_RANGE("If-Range"),
    IF_UNMODIFIED_SINCE("If-Unmodified-Since"),
    KEEP_ALIVE("Keep-Alive"),
    LAST_MODIFIED("Last-Modified"),
    LOCATION("Location"),
    LOCK_TOKEN("Lock-Token"),
    MAX_FORWARDS("Max-Forwards"),
    ORIGIN("Origin"),
    OVERWRITE("Overwrite"),
    PRAGMA("Pragma"),
    PROXY("Proxy"),
    PROXY_AUTHORIZATION("Proxy-Authorization"),
    PROXY_CONNECTION("Proxy-Connection"),
    RANGE("Range"),
    REFERER("Referer"),
    SERVER("Server"),
    SET_COOKIE("Set-Cookie"),
    STATUS("Status"),
    TE("TE"),
    TIMEOUT("Timeout"),
    TRAILER("Trailer"),
    TRANSFER_ENCODING("Transfer-Encoding"),
    UPGRADE("Upgrade"),
    USER_AGENT("User-Agent"),
    VARY("Vary"),
    VIA("Via"),
    WWW_AUTHENTICATE("WWW-Authenticate"),
    X_FORWARDED_FOR("X-Forwarded-For"),
    X_FORWARDED_PROTO("X-Forwarded-Proto"),
    X_REAL_IP("X-Real-IP");

    // Four slots a name keep the probe chains short; a name that is not in the table usually meets an empty slot at
    // once.
    private static final int SLOTS = 256;
    private static final FieldName[] TABLE = table();

    private final String text;

    FieldName(String text) {
        this.text = text;
    }

    /** The name as it is usually written. */
    public String text() {
        return text;
    }

    /**
     * The field that a span names, in any case.
     *
     * @return {@code null} for a name that is not in this list
     */
    public static FieldName of(IoBuffer buffer, int offset, int length) {
        if (length == 0) {
            return null;
        }
        int slot = slot(length, buffer.get(offset), buffer.get(offset + length - 1), buffer.get(offset + length / 2));
        for (FieldName name = TABLE[slot]; name != null; name = TABLE[slot]) {
            if (Ascii.equalsIgnoreCase(buffer, offset, length, name.text)) {
                return name;
            }
            slot = (slot + 1) % SLOTS;
        }
        return null;
    }

    /**
     * The field that a string names, in any case.
     *
     * @return {@code null} for a name that is not in this list
     */
    public static FieldName of(String text) {
        if (text.isEmpty()) {
            return null;
        }
        int slot = slotOf(text);
        for (FieldName name = TABLE[slot]; name != null; name = TABLE[slot]) {
            if (Ascii.equalsIgnoreCase(text, name.text)) {
                return name;
            }
            slot = (slot + 1) % SLOTS;
        }
        return null;
    }

    private static FieldName[] table() {
        if (values().length > Long.SIZE) {
            throw new IllegalStateException("RequestHead has a bit for each name in one long");
        }
        FieldName[] table = new FieldName[SLOTS];
        for (FieldName name : values()) {
            int slot = slotOf(name.text);
            while (table[slot] != null) {
                slot = (slot + 1) % SLOTS;
            }
            table[slot] = name;
        }
        return table;
    }

    private static int slotOf(String text) {
        int length = text.length();
        return slot(length, text.charAt(0), text.charAt(length - 1), text.charAt(length / 2));
    }

    private static int slot(int length, int first, int last, int middle) {
        int hash = length;
        hash = hash * 31 + Ascii.lower(first & 0xff);
        hash = hash * 31 + Ascii.lower(last & 0xff);
        hash = hash * 31 + Ascii.lower(middle & 0xff);
        return (hash ^ hash >>> 8) & SLOTS - 1;
    }
}
