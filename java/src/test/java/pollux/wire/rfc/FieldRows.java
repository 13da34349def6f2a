package pollux.wire.rfc;

import static pollux.wire.rfc.Row.head;
import static pollux.wire.rfc.Row.request;
import static pollux.wire.rfc.Row.row;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import pollux.wire.rfc.Row.Place;

/** Field lines: their grammar (RFC 9112 section 5, RFC 9110 section 5), their bounds, and nginx's directives about names. */
final class FieldRows {
    private static final String CODE = "has no 431; RFC 6585 5";
    private static final String GET = "GET /a.txt";

    private FieldRows() {}

    static List<Row> rows() {
        return Stream.of(names(), values(), folds(), bounds(), unusual())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> names() {
        List<Row> rows = new ArrayList<>(List.of(
                row("9112 5.1", "a space before a colon", request(GET, "X : y"), "400 closed"),
                row("9112 5.1", "a tab before the colon", request(GET, "X\t: y"), "400 closed"),
                row("9112 5.1", "a space before the colon of Host", head(GET + " HTTP/1.1", "Host : h"), "400 closed"),
                row(
                        "9112 5.1",
                        "a space before the colon of Content-Length",
                        request("POST /echo", "Content-Length : 3") + "abc",
                        "400 closed"),
                row(
                        "9112 5.1",
                        "a space before the colon of Transfer-Encoding",
                        request("POST /echo", "Transfer-Encoding : chunked") + "0\r\n\r\n",
                        "400 closed"),
                row("9112 5", "an empty name", request(GET, ": y"), "400 closed"),
                row("9112 5", "only a colon", request(GET, ":"), "400 closed"),
                row("9112 5", "no colon", request(GET, "Xy"), "400 closed")
                        .nginx("200 kept", "passes over the line; RFC 9112 5: every field line has a colon"),
                row("9112 5", "a space within the name", request(GET, "X y: z"), "400 closed"),
                row(
                        "9110 5.1",
                        "names are case-insensitive",
                        head(GET + " HTTP/1.1", "hOsT: h", "cOnNeCtIoN: CLOSE"),
                        "200 closed"),
                row("9110 5.1", "every token character is taken", request(GET, "!#$%&'*+-.^`|~09azAZ: y"), "200 kept"),
                row("9112 5", "a request line among the fields", request(GET, "GET / HTTP/1.1"), "400 closed"),
                row("9112 5", "a line of blanks for a name", request(GET, " : y"), "400 closed"),
                row("9112 5.1", "NUL before the colon", request(GET, "X\0: y"), "400 closed"),
                row("9112 5.1", "a vertical tab before the colon", request(GET, "X\u000b: y"), "400 closed"),
                row("9110 5.1", "a name of 8000 bytes", request(GET, "X".repeat(8_000) + ": y"), "200 kept"),
                row("9112 2.2", "CR within a name", request(GET, "X\rY: z"), "400 closed")));
        for (char c : "\0\u0001\u001f\u007f\u000b\f".toCharArray()) {
            rows.add(noToken(c));
        }
        for (char c : "\"(),/;<=>?@[\\]{}\u0080\u00ff".toCharArray()) {
            rows.add(noToken(c).nginx("200 kept", "passes over the line; RFC 9110 5.1: a name is a token"));
        }
        return rows;
    }

    private static Row noToken(char c) {
        String name = String.format("%02x", (int) c);
        return row("9110 5.1", "no token character: " + name, request(GET, "X" + c + "Y: z"), "400 closed");
    }

    private static List<Row> values() {
        String echo = "GET /field";
        List<Row> rows = new ArrayList<>(List.of(
                row("9110 5.5", "an empty value", request(GET, "X-Y:"), "200 kept"),
                row("9110 5.5", "blanks alone", request(GET, "X-Y:  \t "), "200 kept"),
                row("9112 5.1", "white space around a value is no part of it", request(echo, "X-Y:  a b  "), "200 kept")
                        .content("a b"),
                row("9112 5.1", "tabs around a value too", request(echo, "X-Y:\ta\t"), "200 kept")
                        .content("a")
                        .nginx(
                                "200 kept, content \ta\t",
                                "leaves tabs in the value; RFC 9112 5.1: OWS is no part of it"),
                row("9112 5.1", "no white space at all", request(echo, "X-Y:a"), "200 kept")
                        .content("a"),
                row("9110 5.5", "a tab within a value", request(echo, "X-Y: a\tb"), "200 kept")
                        .content("a\tb"),
                row("9110 5.5", "bytes above 127", request(echo, "X-Y: \u00e4\u00ff"), "200 kept")
                        .content("\u00e4\u00ff"),
                row("9110 5.3", "lines of one name are joined in order", request(echo, "X-Y: a", "X-Y: b"), "200 kept")
                        .content("a, b")
                        .nginx("200 kept, content a", "has the first line alone before 1.23; RFC 9110 5.3"),
                row("9112 2.2", "a bare CR within a value", request(GET, "X: a\rb"), "400 closed"),
                row("9112 2.2", "a bare CR at a value's end", request(GET, "X: a\r\r\nY: b"), "400 closed")
                        .nginx("200 kept", "takes CR CR LF for a line's end; RFC 9112 2.2: a bare CR is an error"),
                row("9112 2.2", "a bare CR alone for a value", request(GET, "X: \r"), "400 closed")
                        .nginx("200 kept", "takes CR CR LF for a line's end; RFC 9112 2.2: a bare CR is an error"),
                row("9112 2.2", "several bare CR at a value's end", request(GET, "X: a\r\r\r"), "400 closed")
                        .nginx("200 kept", "takes CR CR LF for a line's end; RFC 9112 2.2: a bare CR is an error"),
                row("9112 2.2", "a bare CR at the end of Host", head(GET + " HTTP/1.1", "Host: h\r"), "400 closed")
                        .nginx("200 kept", "takes CR CR LF for a line's end; RFC 9112 2.2: a bare CR is an error"),
                row(
                                "9110 5.6.3",
                                "8000 blanks before a value",
                                request(echo, "X-Y:" + " ".repeat(8_000) + "a"),
                                "200 kept")
                        .content("a"),
                row("9110 5.6.1", "a list of 4000 members", request(GET, "Accept: " + "a,".repeat(4_000)), "200 kept"),
                row("9112 2.2", "a bare CR at a value's beginning", request(GET, "X:\ra"), "400 closed"),
                row(
                        "9112 2.2",
                        "a bare CR that would be a line",
                        request(GET, "X: a\rContent-Length: 5"),
                        "400 closed"),
                row(
                        "9112 2.2",
                        "a bare CR in place of the empty line",
                        "GET /a.txt HTTP/1.1\r\nHost: h\r\n\rX",
                        "400 closed")));
        rows.add(control(0));
        for (int c = 1; c <= 0x7f; c = c == 0x1f ? 0x7f : c + 1) {
            if (c != '\t' && c != '\r' && c != '\n') {
                rows.add(control(c).nginx("200 kept", "takes it; RFC 9110 5.5: invalid, and dangerous"));
            }
        }
        return rows;
    }

    private static Row control(int c) {
        String byteName = String.format("%02x", c);
        return row(
                "9110 5.5",
                "no control character in a value: " + byteName,
                request(GET, "X: a" + (char) c + "b"),
                "400 closed");
    }

    private static List<Row> folds() {
        return List.of(
                row("9112 5.2", "a folded line, by a space", request(GET, "X: a", " b"), "400 closed"),
                row("9112 5.2", "a folded line, by a tab", request(GET, "X: a", "\tb"), "400 closed"),
                row("9112 5.2", "a folded Host", head(GET + " HTTP/1.1", "Host:", " h"), "400 closed"),
                row(
                        "9112 5.2",
                        "a folded Transfer-Encoding",
                        request("POST /echo", "Transfer-Encoding:", " chunked") + "0\r\n\r\n",
                        "400 closed"),
                row(
                        "9112 5.2",
                        "a folded Content-Length",
                        request("POST /echo", "Content-Length: 1", " 0") + "0123456789",
                        "400 closed"),
                row(
                        "9112 5.2",
                        "a folded line behind a bare LF",
                        "GET /a.txt HTTP/1.1\nHost: h\nX: a\n b\n\n",
                        "400 closed"),
                row("9112 5.2", "a folded line behind an empty value", request(GET, "X:", "\ta"), "400 closed"),
                row("9112 5.2", "several folded lines", request(GET, "X: a", " b", "\tc"), "400 closed"),
                row("9112 5.2", "a folded Connection", request(GET, "Connection:", " close"), "400 closed"),
                row("9112 5.2", "a line of blanks alone", request(GET, "X: a", "  ", "Y: b"), "400 closed"));
    }

    private static List<Row> bounds() {
        String[] many = Stream.iterate("X: y", x -> x).limit(900).toArray(String[]::new);
        String[] tooMany = Stream.iterate("X: y", x -> x).limit(1_100).toArray(String[]::new);
        String page = "HTTP/1.1 431 Request Header Fields Too Large";
        return List.of(
                row(
                        "6585 5",
                        "a field line of 8000 bytes is taken",
                        request(GET, "X: " + "y".repeat(7_990)),
                        "200 kept"),
                row("6585 5", "9000 blanks are 431", request(GET, "X:" + " ".repeat(9_000)), "431 closed")
                        .nginx("400 closed", CODE),
                row(
                                "6585 5",
                                "a field line without end",
                                "GET /a.txt HTTP/1.1\r\nX: " + "y".repeat(9_000),
                                "431 closed")
                        .nginx("400 closed", CODE),
                row("6585 5", "5000 field lines", request(GET, "X: y\r\n".repeat(5_000) + "Z: z"), "431 closed")
                        .nginx("400 closed", CODE),
                row("6585 5", "a longer one is 431", request(GET, "X: " + "y".repeat(9_000)), "431 closed")
                        .with(page)
                        .nginx("400 closed, no " + page, CODE),
                row("6585 5", "a longer name is 431", request(GET, "X".repeat(9_000) + ": y"), "431 closed")
                        .nginx("400 closed", CODE),
                row("6585 5", "a longer Cookie is 431", request(GET, "Cookie: a=" + "y".repeat(9_000)), "431 closed")
                        .nginx("400 closed", CODE),
                row(
                                "6585 5",
                                "several lines that are too much together",
                                request(GET, ("X: " + "y".repeat(7_000) + "\r\n").repeat(6) + "Z: z"),
                                "431 closed")
                        .nginx("400 closed", CODE),
                row("9110 5.4", "900 field lines are taken", request(GET, many), "200 kept"),
                row("6585 5", "1100 field lines are not", request(GET, tooMany), "431 closed")
                        .nginx("400 closed", CODE));
    }

    private static List<Row> unusual() {
        String echo = "GET /field";
        return List.of(
                row("nginx", "underscores_in_headers off: the field is left out", request(echo, "X_Y: z"), "200 kept")
                        .content(""),
                row("nginx", "underscores_in_headers on: the field is there", request(echo, "X_Y: z"), "200 kept")
                        .content("z")
                        .at(Place.UNDERSCORES),
                row(
                                "nginx",
                                "ignore_invalid_headers on: the field is left out",
                                request(echo, "X.Y: z", "X-Y: a"),
                                "200 kept")
                        .content("a"),
                row("nginx", "ignore_invalid_headers off: the field is taken", request(echo, "X.Y: z"), "200 kept")
                        .at(Place.INVALID),
                row("nginx", "ignore_invalid_headers off takes underscores too", request(echo, "X_Y: z"), "200 kept")
                        .at(Place.INVALID),
                row(
                                "nginx",
                                "ignore_invalid_headers off: a space before the colon",
                                request(echo, "X : z"),
                                "400 closed")
                        .at(Place.INVALID),
                row(
                                "9112 6.3",
                                "Content_Length is no Content-Length",
                                request("POST /echo", "Content_Length: 5"),
                                "200 kept")
                        .at(Place.UNDERSCORES),
                row(
                                "9112 6.1",
                                "Transfer_Encoding is no Transfer-Encoding",
                                request("POST /echo", "Transfer_Encoding: chunked"),
                                "200 kept")
                        .at(Place.UNDERSCORES));
    }
}
