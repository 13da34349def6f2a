package pollux.wire.rfc;

import static pollux.wire.rfc.Row.head;
import static pollux.wire.rfc.Row.request;
import static pollux.wire.rfc.Row.row;

import java.util.List;
import java.util.stream.Stream;
import pollux.wire.rfc.Row.Place;

/** Programs (RFC 3875): what they are told, and what their words become. */
final class ProgramRows {
    private ProgramRows() {}

    static List<Row> rows() {
        return Stream.of(variables(), content(), answers())
                .flatMap(List::stream)
                .map(row -> row.notForNginx("nginx has no CGI"))
                .toList();
    }

    /** The program prints its variables whose name begins with the first word of its query. */
    private static Row env(String rule, String gist, String prefix, String content, String... lines) {
        return row(rule, gist, request("GET /cgi/env.sh?" + prefix, lines), "200 kept")
                .content(content);
    }

    private static List<Row> variables() {
        String none = "HTTP_HOST=h\n";
        return List.of(
                env(
                        "3875 4.1.18",
                        "fields become HTTP_*",
                        "HTTP_",
                        "HTTP_ACCEPT=a/b\n" + none + "HTTP_X_Y=z\n",
                        "Accept: a/b",
                        "X-y: z"),
                env("3875 4.1.18", "lines of one name are joined", "HTTP_X", "HTTP_X=a, b\n", "X: a", "X: b"),
                env("9110 7.6.1", "Connection is not handed on", "HTTP_", none, "Connection: keep-alive"),
                env(
                        "9110 7.6.1",
                        "nor what Connection names",
                        "HTTP_",
                        none,
                        "Connection: X-Secret, keep-alive",
                        "X-Secret: s"),
                env(
                        "9110 7.6.1",
                        "in any case and in any line",
                        "HTTP_",
                        none,
                        "Connection: x-a",
                        "Connection: X-B",
                        "X-A: s",
                        "x-b: s"),
                env(
                        "9110 7.6.1",
                        "nor Keep-Alive, TE, Trailer, Upgrade",
                        "HTTP_",
                        none,
                        "Keep-Alive: 5",
                        "TE: trailers",
                        "Trailer: X",
                        "Upgrade: x"),
                env("9110 7.6.1", "nor Proxy-Connection", "HTTP_", none, "Proxy-Connection: close"),
                env("3875 4.1.18", "Proxy never becomes HTTP_PROXY", "HTTP_", none, "Proxy: http://evil"),
                env("3875 4.1.18", "in any case", "HTTP_", none, "PROXY: http://evil", "pRoXy: http://evil"),
                env("3875 4.1.18", "nor with odd names allowed", "HTTP_", none, "Proxy: http://evil")
                        .at(Place.INVALID),
                env("3875 9.2", "nor Authorization", "HTTP_", none, "Authorization: Basic dTpw"),
                env(
                        "3875 4.1.18",
                        "nor Content-Type and Content-Length twice",
                        "HTTP_",
                        none,
                        "Content-Type: a/b",
                        "Content-Length: 0"),
                env(
                        "3875 4.1.3",
                        "Content-Type is CONTENT_TYPE",
                        "CONTENT_",
                        "CONTENT_TYPE=a/b; c=d\n",
                        "Content-Type: a/b; c=d"),
                env("nginx", "underscores_in_headers off: no variable", "HTTP_X", "", "X_Y: z"),
                env("nginx", "underscores_in_headers on: a variable", "HTTP_X", "HTTP_X_Y=z\n", "X_Y: z")
                        .at(Place.UNDERSCORES),
                env(
                                "3875 4.1.18",
                                "a name with underscores never passes for one with hyphens",
                                "HTTP_X",
                                "HTTP_X_Y=good\n",
                                "X_Y: evil",
                                "X-Y: good",
                                "X_Y: evil")
                        .at(Place.UNDERSCORES),
                env("3875 4.1.18", "Content_Length is no length", "CONTENT_", "", "Content_Length: 5")
                        .at(Place.UNDERSCORES),
                env("nginx", "ignore_invalid_headers on: no variable", "HTTP_X", "", "X.Y: z", "X!: z"),
                env("3875 4.1.18", "ignore_invalid_headers off: no variable has an odd name", "HTTP_X", "", "X.Y: z")
                        .at(Place.INVALID),
                row(
                                "9110 7.2",
                                "Host as it was sent, port and all",
                                head("GET /cgi/env.sh?HTTP_HOST HTTP/1.1", "Host: Example.org:8080"),
                                "200 kept")
                        .content("HTTP_HOST=Example.org:8080\n"),
                row(
                                "9112 3.2.2",
                                "an absolute target stands for Host",
                                head("GET http://other:81/cgi/env.sh?HTTP_HOST HTTP/1.1", "Host: evil"),
                                "200 kept")
                        .content("HTTP_HOST=other:81\n"),
                row(
                                "9112 3.2.2",
                                "an absolute target is Host where there is none",
                                head("GET http://other/cgi/env.sh?HTTP_HOST HTTP/1.0"),
                                "200 closed")
                        .content("HTTP_HOST=other\n"),
                row(
                                "9112 3.2.2",
                                "what a target says, Connection cannot take away",
                                head("GET http://other/cgi/env.sh?HTTP_HOST HTTP/1.1", "Host: h", "Connection: Host"),
                                "200 kept")
                        .content("HTTP_HOST=other\n"),
                env("3875 4.1.18", "what a server never sends on: Expect", "HTTP_", none, "Expect: 100-continue"),
                row(
                                "9110 6.5.1",
                                "no field of a trailer",
                                request("POST /cgi/env.sh?HTTP_", "Transfer-Encoding: chunked")
                                        + "1\r\na\r\n0\r\nX-Y: z\r\nCookie: a=b\r\nHost: evil\r\n\r\n",
                                "200 kept")
                        .content(none),
                env("3875 4.1.18", "Proxy by an underscore", "HTTP_", none, "_Proxy: x", "Proxy_: x")
                        .at(Place.PLAIN),
                env(
                        "9110 7.6.1",
                        "nor what an odd list names",
                        "HTTP_",
                        none,
                        "Connection: ,x-a ,\tX-B,",
                        "X-A: s",
                        "X-B: s"),
                env(
                        "6265 5.4",
                        "Cookie as it is",
                        "HTTP_COOKIE",
                        "HTTP_COOKIE=a=\"1,2\"; ;b\n",
                        "Cookie: a=\"1,2\"; ;b"),
                env(
                        "6265 5.4",
                        "several Cookie fields are joined",
                        "HTTP_COOKIE",
                        "HTTP_COOKIE=a=1; b=2\n",
                        "Cookie: a=1",
                        "Cookie: b=2"),
                env("3875 4.1.7", "QUERY_STRING is not decoded", "QUERY&a=%41+%zz", "QUERY_STRING=QUERY&a=%41+%zz\n"),
                env("3875 4.1.12", "REQUEST_METHOD", "REQUEST_METHOD", "REQUEST_METHOD=GET\n"),
                env("3875 4.1.16", "SERVER_PROTOCOL", "SERVER_PROTOCOL", "SERVER_PROTOCOL=HTTP/1.1\n"),
                env("3875 4.1.14", "SERVER_NAME is the name that was asked for", "SERVER_NAME", "SERVER_NAME=h\n"),
                row("3875 4.1.5", "PATH_INFO is decoded", request("GET /cgi/env.sh/a%20b/../c?PATH_INFO"), "200 kept")
                        .content("PATH_INFO=/c\n"));
    }

    private static List<Row> content() {
        String cat = "POST /cgi/cat.sh";
        return List.of(
                row("3875 4.2", "content of a length", request(cat, "Content-Length: 5") + "abcde", "200 kept")
                        .content("5|abcde"),
                row(
                                "3875 4.2",
                                "content for a program that has to queue",
                                request("POST /queue/cat.sh", "Content-Length: 5") + "abcde",
                                "200 kept")
                        .content("abcde"),
                row("3875 4.2", "no content", request(cat), "200 kept").content("|"),
                row("3875 4.2", "a length of 0", request(cat, "Content-Length: 0"), "200 kept")
                        .content("0|"),
                row(
                                "9112 7.1",
                                "chunks are taken off",
                                request(cat, "Transfer-Encoding: chunked") + "3\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n",
                                "200 kept")
                        .content("5|abcde"),
                row(
                                "9110 8.6",
                                "chunks become a length",
                                request("POST /cgi/env.sh?CONTENT_L", "Transfer-Encoding: chunked")
                                        + "3\r\nabc\r\n0\r\n\r\n",
                                "200 kept")
                        .content("CONTENT_LENGTH=3\n"),
                row(
                        "9110 15.5.14",
                        "chunks that announce too much never reach it",
                        request("POST /limit/cat.sh", "Transfer-Encoding: chunked") + "b\r\na",
                        "413 closed"),
                row(
                                "9112 8",
                                "chunks without end never reach it",
                                request("POST /cgi/keep.sh", "Transfer-Encoding: chunked") + "3\r\nabc\r\n",
                                "closed")
                        .ending(),
                row(
                        "9112 8",
                        "nor do broken ones",
                        request("POST /cgi/keep.sh", "Transfer-Encoding: chunked") + "3\r\nabc\r\nx",
                        "400 closed"),
                row("9112 8", "it was not run for either", request("GET /cgi/keep.sh.kept"), "404 kept"),
                row(
                                "3875 4.2",
                                "a program that does not read its content",
                                request("POST /cgi/deaf.sh", "Content-Length: 5") + "abcde",
                                "200 kept")
                        .content("deaf"));
    }

    private static Row says(String rule, String gist, String program, String expected) {
        return row(rule, gist, request("GET /cgi/" + program + ".sh"), expected);
    }

    private static List<Row> answers() {
        return List.of(
                says("9110 5.5", "a bare CR in a field", "split", "502 kept").without("Set-Cookie"),
                says("9110 5.5", "NUL in a field", "nul", "502 kept"),
                says("9110 5.5", "a folded field", "fold", "502 kept"),
                says("9112 5.1", "a space before the colon", "space", "502 kept"),
                says("3875 6.3", "a line without colon", "bare", "502 kept"),
                says("3875 6.2", "no CGI field at all", "nothing", "502 kept"),
                says("9112 6.1", "a transfer coding of its own", "coded", "502 kept"),
                says("9112 6.3", "two lengths", "lengths", "502 kept"),
                says("9110 8.6", "a length with a sign", "sign", "502 kept"),
                says("9112 6.3", "more than its length: cut", "long", "200 kept")
                        .content("ok")
                        .with("Content-Length: 2"),
                says("9110 7.6.1", "fields of the connection are the server's", "hop", "200 kept")
                        .with("Connection: keep-alive")
                        .without("Keep-Alive", "Trailer", "Upgrade"),
                says("6265 3", "Set-Cookie lines are kept apart, and as they are", "cookies", "200 kept")
                        .with("Set-Cookie: a=1; Path=/\r\nSet-Cookie: b=2, 3"),
                says("9110 5.5", "a bare CR in Location", "location", "502 kept")
                        .without("Set-Cookie", "Location"),
                says("9110 5.5", "a bare CR in a reason", "reason", "502 kept"),
                says("9110 5.5", "a bare CR in Content-Type", "type", "502 kept")
                        .without("X"),
                says("9110 5.1", "a bare CR in a name", "name", "502 kept").without("Y"),
                says("9112 11.1", "a header that ends early begins content, no response", "lf", "200 kept")
                        .with("X-A: b")
                        .content("HTTP/1.1 200 OK\n\nok"),
                says("9112 6.3", "content beyond a length of 0: cut", "short", "200 kept")
                        .with("Content-Length: 0")
                        .content(""),
                says("3875 6.3.3", "two statuses", "statuses", "502 kept"),
                says("3875 6.3.3", "a status of four digits", "big-status", "502 kept"),
                says("3875 6.3.3", "a status line", "line", "404 kept").with("HTTP/1.1 404 Gone Fishing"),
                says("9110 15.3.5", "204 has neither length nor content", "empty-status", "204 kept")
                        .content("")
                        .without("Content-Length", "Transfer-Encoding"),
                row(
                                "9110 13.1.2",
                                "a tag of a program's",
                                request("GET /cgi/tag.sh", "If-None-Match: \"a\""),
                                "304 kept")
                        .with("ETag: \"a\"")
                        .content(""),
                row(
                        "9110 13.1.1",
                        "another tag of a program's",
                        request("GET /cgi/tag.sh", "If-Match: \"b\""),
                        "412 kept"),
                row(
                                "9110 14.2",
                                "ranges are not for programs",
                                request("GET /cgi/tag.sh", "Range: bytes=0-0"),
                                "200 kept")
                        .content("ok")
                        .without("Accept-Ranges", "Content-Range"),
                says("9110 6.6.1", "Date and Server are the server's", "date", "200 kept")
                        .with("Date: <date>"),
                says("3875 6.3.3", "Status and its phrase", "status", "404 kept")
                        .with("HTTP/1.1 404 Gone Fishing"),
                says("3875 6.3.3", "a status of two digits", "odd-status", "502 kept"),
                says("9110 15.2", "an interim status", "interim", "502 kept"),
                says("3875 6.2.3", "Location to the client", "redirect", "302 kept")
                        .with("Location: http://other/x"),
                says("3875 6.2.2", "Location on the server", "local", "200 kept")
                        .content(RfcSite.A),
                says("9110 15.4.5", "304 has no content", "not-modified", "304 kept")
                        .content("")
                        .without("Content-Length", "Transfer-Encoding"),
                row("9110 9.3.2", "HEAD has no content", request("HEAD /cgi/status.sh"), "404 kept")
                        .content(""));
    }
}
