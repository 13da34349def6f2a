package pollux.wire.rfc;

import static pollux.wire.rfc.Row.head;
import static pollux.wire.rfc.Row.request;
import static pollux.wire.rfc.Row.row;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Connections (RFC 9112 section 9): who keeps them, who closes them, and what is answered over them in which order. */
final class ConnectionRows {
    private static final String GET = "GET /a.txt";
    private static final String CLOSE = "Connection: close";
    private static final String KEPT = "Connection: keep-alive";

    private ConnectionRows() {}

    static List<Row> rows() {
        return Stream.of(persistence(), options(), pipelines(), ends(), upgrades())
                .flatMap(List::stream)
                .toList();
    }

    private static String old(String... lines) {
        return head(GET + " HTTP/1.0" + (lines.length == 0 ? "" : "\r\n" + String.join("\r\n", lines)));
    }

    private static List<Row> persistence() {
        return List.of(
                row("9112 9.3", "1.1 is persistent", request(GET), "200 kept").with(KEPT),
                row("9112 9.3", "close", request(GET, CLOSE), "200 closed").with(CLOSE),
                row("9112 9.3", "close in any case", request(GET, "Connection: CLOSE"), "200 closed")
                        .with(CLOSE),
                row("9112 9.3", "close in a list", request(GET, "Connection: foo, close"), "200 closed")
                        .with(CLOSE),
                row("9112 9.3", "close first in a list", request(GET, "Connection: close, foo"), "200 closed")
                        .with(CLOSE),
                row("9112 9.3", "close without space in a list", request(GET, "Connection: foo,close"), "200 closed")
                        .with(CLOSE),
                row("9112 9.3", "close with a tab in a list", request(GET, "Connection: foo,\tclose"), "200 closed")
                        .with(CLOSE),
                row("9112 9.3", "close behind empty members", request(GET, "Connection: , ,close"), "200 closed")
                        .with(CLOSE),
                row(
                                "9112 9.3",
                                "close in a second line",
                                request(GET, "Connection: foo", "Connection: close"),
                                "200 closed")
                        .with(CLOSE),
                row(
                                "9112 9.3",
                                "close wins over keep-alive",
                                request(GET, "Connection: keep-alive, close"),
                                "200 closed")
                        .with(CLOSE),
                row("9112 9.3", "close wins, first", request(GET, "Connection: close, keep-alive"), "200 closed")
                        .with(CLOSE),
                row("9112 9.3", "disclose is not close", request(GET, "Connection: disclose"), "200 kept")
                        .with(KEPT)
                        .nginx(
                                "200 closed, no Connection: keep-alive",
                                "looks for the letters; RFC 9110 7.6.1: the options of a list"),
                row("9112 9.3", "closed is not close", request(GET, "Connection: closed"), "200 kept")
                        .with(KEPT)
                        .nginx(
                                "200 closed, no Connection: keep-alive",
                                "looks for the letters; RFC 9110 7.6.1: the options of a list"),
                row("9112 9.3", "an empty Connection", request(GET, "Connection:"), "200 kept")
                        .with(KEPT),
                row("9112 9.3", "Proxy-Connection is none", request(GET, "Proxy-Connection: close"), "200 kept"),
                row("9112 9.3", "1.0 is not persistent", old(), "200 closed").with(CLOSE),
                row("9112 9.3", "1.0 with keep-alive", old(KEPT), "200 kept").with(KEPT),
                row("9112 9.3", "1.0 with keep-alive in any case", old("Connection: Keep-Alive"), "200 kept")
                        .with(KEPT),
                row("9112 9.3", "1.0 with keep-alive in a list", old("Connection: foo, Keep-Alive"), "200 kept")
                        .with(KEPT),
                row("9112 9.3", "1.0 with both", old("Connection: keep-alive, close"), "200 closed")
                        .with(CLOSE),
                row("9112 9.3", "1.0 and Keep-Alive without Connection", old("Keep-Alive: 300"), "200 closed")
                        .with(CLOSE),
                row("9112 9.6", "nothing is answered behind close", request(GET, CLOSE) + Way.GOOD, "200 closed"),
                row(
                        "9110 7.6.1",
                        "a field that Connection names is still read by us",
                        head(GET + " HTTP/1.1", "Host: h", "Connection: host"),
                        "200 kept"),
                row("9112 9.3", "404 keeps", request("GET /nothing"), "404 kept"),
                row("9112 9.3", "403 keeps", request("GET /folder/"), "403 kept"),
                row("9112 9.3", "301 keeps", request("GET /moved"), "301 kept"));
    }

    /** The options of Connection are tokens of a list, in any case and in any line; one of them closes, one keeps. */
    private static List<Row> options() {
        List<Row> rows = new ArrayList<>();
        for (String closing :
                List.of("close,", ",,, close", "Close", "close\t", "TE, close, x", "close\r\nConnection: x")) {
            rows.add(row(
                    "9110 7.6.1",
                    "1.1 closes: " + name(closing),
                    request(GET, "Connection: " + closing),
                    "200 closed"));
            rows.add(row("9110 7.6.1", "1.0 closes: " + name(closing), old("Connection: " + closing), "200 closed"));
        }
        for (String other : List.of("TE", "Host", "Cookie", "upgrade", "*", "Connection", "Content-Length", "\t")) {
            rows.add(row("9110 7.6.1", "1.1 stays: " + name(other), request(GET, "Connection: " + other), "200 kept"));
            rows.add(row("9110 7.6.1", "1.0 closes: " + name(other), old("Connection: " + other), "200 closed"));
        }
        for (String similar :
                List.of("close;", "close x", "\"close\"", "(close)", "not-close", "x\tclose", "close=1")) {
            rows.add(
                    row("9110 7.6.1", "1.1 stays: " + name(similar), request(GET, "Connection: " + similar), "200 kept")
                            .nginx("200 closed", "looks for the letters; RFC 9110 7.6.1: the options of a list"));
        }
        for (String similar : List.of("keep-alive;", "keepalive", "keep-alive=1", "\"keep-alive\"")) {
            Row row = row("9110 7.6.1", "1.0 closes: " + name(similar), old("Connection: " + similar), "200 closed");
            rows.add(
                    similar.contains("-")
                            ? row.nginx("200 kept", "looks for the letters; RFC 9110 7.6.1: the options of a list")
                            : row);
        }
        rows.add(
                row("9112 9.3", "1.1: close, then keep-alive in a second line", request(GET, CLOSE, KEPT), "200 closed")
                        .nginx("200 kept", "takes the last line; RFC 9112 9.3: close wins"));
        rows.add(row("9112 9.3", "1.0: close, then keep-alive in a second line", old(CLOSE, KEPT), "200 closed")
                .nginx("200 kept", "takes the last line; RFC 9112 9.3: close wins"));
        rows.add(row("9112 9.3", "1.2 is persistent", request(GET).replace("/1.1", "/1.2"), "200 kept"));
        rows.add(
                row("9112 9.3", "1.0 with keep-alive and an error", old(KEPT).replace("a.txt", "nothing"), "404 kept"));
        rows.add(row("9112 9.3", "1.0 with keep-alive and no content", old(KEPT).replace("a.txt", "none"), "204 kept"));
        return rows;
    }

    private static String name(String value) {
        return value.replace("\t", "<tab>").replace("\r\n", " | ");
    }

    private static List<Row> pipelines() {
        return List.of(
                row(
                        "9112 9.3.2",
                        "answers come in order",
                        request(GET)
                                + request("GET /nothing")
                                + request("HEAD /nothing", CLOSE).replace("HEAD", "GET"),
                        "200 404 404 closed"),
                row(
                                "9112 9.3.2",
                                "three",
                                request(GET) + request("GET /nothing") + request("GET /echo/3"),
                                "200 404 200 kept")
                        .content("GET|/echo/3||h"),
                row(
                                "9112 9.3.2",
                                "content between requests",
                                request("POST /echo", "Content-Length: 3") + "abc" + request("GET /echo/2"),
                                "200 200 kept")
                        .content("GET|/echo/2||h"),
                row(
                                "9112 9.3.2",
                                "chunks between requests",
                                request("POST /echo", "Transfer-Encoding: chunked") + "3\r\nabc\r\n0\r\n\r\n"
                                        + request("GET /echo/2"),
                                "200 200 kept")
                        .content("GET|/echo/2||h"),
                row(
                        "9112 9.3.2",
                        "an empty line between requests",
                        request(GET) + "\r\n" + request("GET /echo/2"),
                        "200 200 kept"),
                row("9112 9.3.2", "HEAD and GET", request("HEAD /a.txt") + request("GET /echo/2"), "200 200 kept")
                        .content("GET|/echo/2||h"),
                row(
                        "9112 9.3.2",
                        "a refused request ends the pipeline",
                        request(GET) + request(GET, "X : y") + Way.GOOD,
                        "200 400 closed"),
                row("9112 9.3.2", "a hundred", request("GET /none").repeat(100), "204 ".repeat(100) + "kept"),
                row(
                                "9112 9.3.2",
                                "a file behind a program",
                                request("GET /cgi/deaf.sh") + request("GET /echo/2"),
                                "200 200 kept")
                        .content("GET|/echo/2||h")
                        .notForNginx("nginx has no CGI"),
                row("9112 9.3.2", "a program behind a file", request(GET) + request("GET /cgi/deaf.sh"), "200 200 kept")
                        .content("deaf")
                        .notForNginx("nginx has no CGI"),
                row(
                                "9112 9.3.2",
                                "content for a program between files",
                                request(GET) + request("POST /cgi/cat.sh", "Content-Length: 3") + "abc" + request(GET)
                                        + request("POST /cgi/cat.sh", "Content-Length: 2") + "de",
                                "200 200 200 200 kept")
                        .content("2|de")
                        .notForNginx("nginx has no CGI"));
    }

    private static List<Row> ends() {
        return List.of(
                row(
                                "9112 9.6",
                                "the answer to content that nobody takes, and that ends early",
                                request("POST /nothing", "Content-Length: 10") + "abc",
                                "404 closed")
                        .ending(),
                row("9112 9.6", "a client that has ended its side gets its answer", request(GET), "200 closed")
                        .ending()
                        .content(RfcSite.A),
                row("9112 9.6", "two answers", request(GET) + request("GET /nothing"), "200 404 closed")
                        .ending(),
                row("9112 9.6", "with content", request("POST /echo", "Content-Length: 3") + "abc", "200 closed")
                        .ending(),
                row(
                                "9112 9.6",
                                "the answer of a program",
                                request("POST /cgi/cat.sh", "Content-Length: 3") + "abc",
                                "200 closed")
                        .ending()
                        .content("3|abc")
                        .notForNginx("nginx has no CGI"),
                row("9112 9.6", "a file, and half of another request", request(GET) + "GET /a", "200 closed")
                        .ending(),
                row(
                                "9112 9.6",
                                "several with content",
                                request("POST /echo", "Content-Length: 3") + "abc"
                                        + request("POST /echo", "Transfer-Encoding: chunked") + "0\r\n\r\n"
                                        + request(GET),
                                "200 200 200 closed")
                        .ending(),
                row("9112 9.6", "a refusal", request(GET, "X : y"), "400 closed")
                        .ending());
    }

    private static List<Row> upgrades() {
        return List.of(
                row(
                                "9110 7.8",
                                "an upgrade may be ignored",
                                request(GET, "Connection: upgrade", "Upgrade: websocket"),
                                "200 kept")
                        .without("Upgrade"),
                row(
                                "9110 7.8",
                                "an upgrade to HTTP/2 too",
                                request(
                                        GET,
                                        "Connection: Upgrade, HTTP2-Settings",
                                        "Upgrade: h2c",
                                        "HTTP2-Settings: AA"),
                                "200 kept")
                        .without("Upgrade"),
                row(
                                "9110 10.1.4",
                                "TE changes nothing",
                                request(GET, "TE: trailers, gzip", "Connection: TE"),
                                "200 kept")
                        .without("Transfer-Encoding"),
                row("9110 7.6.2", "Max-Forwards is for proxies", request(GET, "Max-Forwards: 0"), "200 kept"));
    }
}
