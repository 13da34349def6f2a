package pollux.twin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of a table: what is sent over one connection, and in what the answers may differ.
 *
 * @param name what reports call the row
 * @param requests sent at once, one behind the other
 * @param answers how many answers are read before the connection is looked at
 * @param differences the deliberate ones, all of them
 */
record Row(String name, List<String> requests, int answers, List<Difference> differences) {
    /** Sent over a connection that has answered: it is kept if this is answered too. */
    static final String PROBE = "GET /probe HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n";

    /**
     * A difference that is meant.
     *
     * @param what {@code status}, {@code reason}, the name of a field, {@code content}, {@code connection} or {@code interim}; with
     *     {@code "2: "} before it for the second answer. Where the status differs, the rest of the answer may too
     * @param nginx what nginx answers; {@code null} for nothing
     * @param pollux what Pollux answers; {@code null} for nothing
     * @param reason why it shall be so
     */
    record Difference(String what, String nginx, String pollux, String reason) {}

    /** A row of raw requests, sent as one; each gets an answer. */
    static Row raw(String... requests) {
        String all = String.join("", requests);
        String name = all.length() > 200 ? all.substring(0, 200) + "..." : all;
        name = name.replace("\r\n", "|")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\0", "\\0");
        return new Row(name, List.of(requests), requests.length, List.of());
    }

    /** HTTP/1.1 with a host and further field lines. */
    static Row request(String methodAndTarget, String... fieldLines) {
        return raw(text(methodAndTarget, "h", fieldLines));
    }

    /** {@link #request} by GET. */
    static Row get(String target, String... fieldLines) {
        return request("GET " + target, fieldLines);
    }

    /** {@link #request} by HEAD. */
    static Row head(String target, String... fieldLines) {
        return request("HEAD " + target, fieldLines);
    }

    /** A request with content of a known length. */
    static Row send(String methodAndTarget, String content, String... fieldLines) {
        List<String> lines = new ArrayList<>(List.of(fieldLines));
        lines.add("Content-Length: " + content.length());
        return raw(text(methodAndTarget, "h", lines.toArray(new String[0])) + content);
    }

    /** By GET, to a host. */
    static Row host(String host, String target) {
        return raw(text("GET " + target, host));
    }

    /** The text of a request. */
    static String text(String methodAndTarget, String host, String... fieldLines) {
        StringBuilder head = new StringBuilder(methodAndTarget).append(" HTTP/1.1\r\nHost: ");
        head.append(host).append("\r\n");
        for (String line : fieldLines) {
            head.append(line).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** The bytes of UTF-8, one a character. */
    static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** This row with another number of answers. */
    Row answers(int count) {
        return new Row(name, requests, count, differences);
    }

    /** This row with one more deliberate difference. */
    Row but(String what, String nginx, String pollux, String reason) {
        return but(new Difference(what, nginx, pollux, reason));
    }

    /** This row with more deliberate differences. */
    Row but(Difference... more) {
        List<Difference> all = new ArrayList<>(differences);
        all.addAll(List.of(more));
        return new Row(name, requests, answers, List.copyOf(all));
    }
}
