package pollux.wire;

/** How tests write down what goes over the wire. */
public final class Wire {
    private Wire() {}

    /** Text with line feeds, such as a text block, as HTTP's lines: each ends with CR LF. */
    public static String lines(String text) {
        return text.replace("\n", "\r\n");
    }

    /** The head of a request by HTTP/1.1 with {@code Host: h} and further field lines; the connection stays. */
    public static String request(String methodAndTarget, String... fieldLines) {
        StringBuilder head = new StringBuilder(methodAndTarget).append(" HTTP/1.1\r\nHost: h\r\n");
        for (String line : fieldLines) {
            head.append(line).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** {@link #request} by GET. */
    public static String get(String target, String... fieldLines) {
        return request("GET " + target, fieldLines);
    }

    /** Content in one chunk and the end of it. */
    public static String chunked(String content) {
        return Integer.toHexString(content.length()) + "\r\n" + content + "\r\n0\r\n\r\n";
    }
}
