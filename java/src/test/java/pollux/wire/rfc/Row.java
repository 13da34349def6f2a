package pollux.wire.rfc;

import java.util.ArrayList;
import java.util.List;

/**
 * One row of the table: a rule, the bytes that put it to the test, and what must come back.
 *
 * <p>What comes back is written as the statuses in order and what becomes of the connection: {@code "400 closed"},
 * {@code "200 404 kept"}; {@code "closed"} when there is no answer at all. Kept means that a good request behind the row's
 * bytes is answered, and closed that it is not. Behind that stand the checks that do not hold, each as a text: in an
 * expectation there are none, unless it is nginx's.
 *
 * @param rule the section: {@code "9112 6.1"}
 * @param gist what its sentence says
 * @param steps the bytes, one a character; a further step is sent when the server has done what it does about the one before
 * @param ends whether the client then ends its sending side; nothing follows
 * @param place which of the servers is asked
 * @param expected what must come back
 * @param checks what the last answer must be like
 * @param nginx what nginx answers, when that is something else; {@code null} when nginx cannot be asked
 * @param reason why it is something else: what nginx does, and what speaks against it; or why it cannot be asked
 */
record Row(
        String rule,
        String gist,
        List<String> steps,
        boolean ends,
        Place place,
        String expected,
        List<Check> checks,
        String nginx,
        String reason) {

    /** The servers of the configuration: each has a socket of its own. */
    enum Place {
        /** Everything by default. */
        PLAIN,
        /** {@code underscores_in_headers on}. */
        UNDERSCORES,
        /** {@code ignore_invalid_headers off}. */
        INVALID
    }

    /**
     * Something the last answer must have or lack.
     *
     * @param kind of what
     * @param text a field line, the name of a field, or the content
     */
    record Check(Kind kind, String text) {
        enum Kind {
            LINE,
            NO_FIELD,
            CONTENT
        }
    }

    /** A row that nginx answers alike. */
    static Row row(String rule, String gist, String bytes, String expected) {
        return new Row(rule, gist, List.of(bytes), false, Place.PLAIN, expected, List.of(), expected, "");
    }

    /** A head: lines with their CR LF, and the empty line. */
    static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** A head by HTTP/1.1 with a Host. */
    static String request(String methodAndTarget, String... fieldLines) {
        String first = methodAndTarget + " HTTP/1.1\r\nHost: h";
        return fieldLines.length == 0 ? head(first) : head(first, String.join("\r\n", fieldLines));
    }

    /** What is sent when the server has done what it does about the bytes so far. */
    Row then(String bytes) {
        List<String> more = new ArrayList<>(steps);
        more.add(bytes);
        return new Row(rule, gist, List.copyOf(more), ends, place, expected, checks, nginx, reason);
    }

    /** The client ends its sending side behind the bytes. */
    Row ending() {
        return new Row(rule, gist, steps, true, place, expected, checks, nginx, reason);
    }

    /** Another server is asked. */
    Row at(Place other) {
        return new Row(rule, gist, steps, ends, other, expected, checks, nginx, reason);
    }

    /** The last answer has these field lines. */
    Row with(String... lines) {
        return check(Check.Kind.LINE, lines);
    }

    /** The last answer has none of these fields. */
    Row without(String... names) {
        return check(Check.Kind.NO_FIELD, names);
    }

    /** The last answer's content. */
    Row content(String content) {
        return check(Check.Kind.CONTENT, content);
    }

    private Row check(Check.Kind kind, String... texts) {
        List<Check> more = new ArrayList<>(checks);
        for (String text : texts) {
            more.add(new Check(kind, text));
        }
        return new Row(rule, gist, steps, ends, place, expected, List.copyOf(more), nginx, reason);
    }

    /** nginx answers something else; the reason goes on behind the word nginx. */
    Row nginx(String outcome, String why) {
        return new Row(rule, gist, steps, ends, place, expected, checks, outcome, why);
    }

    /** nginx cannot be asked. */
    Row notForNginx(String why) {
        return nginx(null, why);
    }

    /** All bytes. */
    String bytes() {
        return String.join("", steps);
    }

    /** Whether the row's first request is a HEAD: its answer has no content. */
    boolean isHead() {
        return steps.get(0).startsWith("HEAD ");
    }

    String name() {
        return rule + ": " + gist;
    }
}
