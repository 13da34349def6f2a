package pollux.wire.rfc;

import static pollux.wire.rfc.Row.head;
import static pollux.wire.rfc.Row.request;
import static pollux.wire.rfc.Row.row;

import java.util.List;

/** What answers have and lack (RFC 9110 sections 6 and 8, RFC 9112 sections 4 and 6). */
final class AnswerRows {
    private AnswerRows() {}

    static List<Row> rows() {
        String tag = "ETag: " + RfcSite.A_TAG;
        String time = "Last-Modified: " + RfcSite.A_TIME;
        String date = "Date: <date>";
        return List.of(
                row("9112 4", "a status line and its phrase", request("GET /a.txt"), "200 kept")
                        .with("HTTP/1.1 200 OK"),
                row("9110 2.5", "the version is ours, not the client's", head("GET /a.txt HTTP/1.0"), "200 closed")
                        .with("HTTP/1.1 200 OK"),
                row("9110 6.6.1", "Date in a 200", request("GET /a.txt"), "200 kept")
                        .with(date),
                row("9110 6.6.1", "Date in a 304", request("GET /a.txt", "If-None-Match: *"), "304 kept")
                        .with(date),
                row("9110 6.6.1", "Date in a 404", request("GET /nothing"), "404 kept")
                        .with(date),
                row("9110 6.6.1", "Date in a 400", request("GET /a.txt", "X : y"), "400 closed")
                        .with(date),
                row("9110 6.6.1", "Date in a 204", request("GET /none"), "204 kept")
                        .with(date),
                row("9110 8.8", "validators in a 200", request("GET /a.txt"), "200 kept")
                        .with(tag, time),
                row("9110 8.8", "the same to HEAD", request("HEAD /a.txt"), "200 kept")
                        .with(tag, time),
                row(
                                "9110 8.8.3",
                                "the tag is strong and stable",
                                request("GET /a.txt") + request("GET /a.txt"),
                                "200 200 kept")
                        .with(tag),
                row(
                                "9110 15.4.5",
                                "validators in a 304, and no type",
                                request("GET /a.txt", "If-None-Match: " + RfcSite.A_TAG),
                                "304 kept")
                        .with(tag, time)
                        .without("Content-Type", "Content-Length", "Transfer-Encoding"),
                row("9110 8.6", "no length in a 204", request("GET /none"), "204 kept")
                        .without("Content-Length", "Transfer-Encoding"),
                row("9110 8.6", "no length in a 204 to HEAD", request("HEAD /none"), "204 kept")
                        .without("Content-Length"),
                row("9110 8.6", "a length of 0", request("GET /empty.txt"), "200 kept")
                        .with("Content-Length: 0")
                        .content(""),
                row("9110 8.6", "an empty file to HEAD", request("HEAD /empty.txt"), "200 kept")
                        .with("Content-Length: 0"),
                row("9110 9.3.2", "a page for an error has no content to HEAD", request("HEAD /nothing"), "404 kept")
                        .content("")
                        .with("Content-Type: text/html"),
                row("9110 9.3.2", "a refusal has no content to HEAD", head("HEAD / HTTP/1.1"), "400 closed")
                        .content("")
                        .with("Content-Type: text/html"),
                row("9110 9.3.2", "nor one for a version", head("HEAD / HTTP/2.5", "Host: h"), "505 closed")
                        .content(""),
                row("9110 9.3.2", "a redirect has no content to HEAD", request("HEAD /moved"), "301 kept")
                        .content(""),
                row("9110 10.2.2", "Location", request("GET /moved"), "301 kept")
                        .with("Location: http://h/there"),
                row("9110 10.2.2", "Location of a folder", request("GET /folder?q"), "301 kept")
                        .with("Location: http://h/folder/?q"),
                row(
                                "9110 10.2.2",
                                "Location keeps what Host says, and nothing else",
                                head("GET /moved HTTP/1.1", "Host: h:80"),
                                "301 kept")
                        .with("Location: http://h/there"),
                row("9112 6.1", "no chunks to HTTP/1.0", head("GET /cgi/deaf.sh HTTP/1.0"), "200 closed")
                        .content("deaf")
                        .without("Transfer-Encoding")
                        .notForNginx("nginx has no CGI"),
                row("9112 6.1", "chunks to HTTP/1.1 when there is no length", request("GET /cgi/deaf.sh"), "200 kept")
                        .content("deaf")
                        .with("Transfer-Encoding: chunked")
                        .without("Content-Length")
                        .notForNginx("nginx has no CGI"),
                row("9112 6.1", "no chunks to HEAD", request("HEAD /cgi/deaf.sh"), "200 kept")
                        .content("")
                        .notForNginx("nginx has no CGI"),
                row(
                                "9112 9.3",
                                "HTTP/1.0 cannot be kept without a length",
                                head("GET /cgi/deaf.sh HTTP/1.0", "Connection: keep-alive"),
                                "200 closed")
                        .content("deaf")
                        .with("Connection: close")
                        .notForNginx("nginx has no CGI"),
                row("9110 15.3.6", "a 205 has no content", request("GET /reset"), "205 kept")
                        .with("Content-Length: 0")
                        .content("")
                        .without("Transfer-Encoding")
                        .nginx("205 kept, no Content-Length: 0, content text", "sends it; RFC 9110 15.3.6: none"),
                row("9110 15.3.6", "a program's 205 has none either", request("GET /cgi/reset.sh"), "205 kept")
                        .with("Content-Length: 0")
                        .content("")
                        .without("Transfer-Encoding")
                        .notForNginx("nginx has no CGI"),
                row("9110 9.3.2", "content in chunks has none to HEAD", request("HEAD /cgi/reset.sh"), "205 kept")
                        .content("")
                        .notForNginx("nginx has no CGI"),
                row(
                                "9110 8.6",
                                "a 304 has the length of nothing",
                                request("HEAD /a.txt", "If-None-Match: *"),
                                "304 kept")
                        .without("Content-Length"),
                row("9110 14.3", "Accept-Ranges", request("GET /a.txt"), "200 kept")
                        .with("Accept-Ranges: bytes"),
                row("9112 6.3", "no coding of ours in a short answer", request("GET /a.txt", "TE: chunked"), "200 kept")
                        .with("Content-Length: 10")
                        .without("Transfer-Encoding"));
    }
}
