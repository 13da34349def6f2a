package pollux.wire.rfc;

import static pollux.wire.rfc.Row.head;
import static pollux.wire.rfc.Row.row;

import java.util.List;
import java.util.stream.Stream;

/** The request line (RFC 9112 sections 2.2, 2.3 and 3). */
final class LineRows {
    private static final String HOST = "Host: h\r\n\r\n";

    private LineRows() {}

    static List<Row> rows() {
        return Stream.of(lines(), versions(), lengths()).flatMap(List::stream).toList();
    }

    private static String line(String line) {
        return line + "\r\n" + HOST;
    }

    private static List<Row> lines() {
        String good = "GET /a.txt HTTP/1.1\r\n" + HOST;
        return List.of(
                row("9112 3", "method SP target SP version CRLF", good, "200 kept")
                        .content(RfcSite.A),
                row("9112 2.2", "an empty line before the request line is ignored", "\r\n" + good, "200 kept"),
                row("9112 2.2", "so are two", "\r\n\r\n" + good, "200 kept"),
                row("9112 2.2", "so is a bare LF", "\n" + good, "200 kept"),
                row("9112 2.2", "a stream of empty lines is not", "\r\n".repeat(40) + good, "400 closed")
                        .nginx("200 kept", "skips any number of them; here bounded"),
                row("9112 2.2", "a bare CR before the request line", "\r" + good, "400 closed")
                        .nginx("200 kept", "takes CR for an empty line; RFC 9112 2.2: a bare CR is an error"),
                row("9112 2.2", "white space before the request line", " " + good, "400 closed"),
                row("9112 2.2", "a tab before the request line", "\t" + good, "400 closed"),
                row("9112 2.2", "a bare LF ends a line", "GET /a.txt HTTP/1.1\nHost: h\n\n", "200 kept"),
                row("9112 2.2", "CR LF and bare LF mixed", "GET /a.txt HTTP/1.1\r\nHost: h\n\r\n", "200 kept"),
                row("9112 2.2", "a bare CR never ends a line", "GET /a.txt HTTP/1.1\rHost: h\r\n\r\n", "400 closed"),
                row("9112 2.2", "CR CR LF", "GET /a.txt HTTP/1.1\r\r\n" + HOST, "400 closed"),
                row("9112 2.2", "eight empty lines are ignored", "\r\n".repeat(8) + good, "200 kept"),
                row("9112 2.2", "nine are not", "\r\n".repeat(9) + good, "400 closed")
                        .nginx("200 kept", "skips any number of them; here bounded"),
                row("9112 2.2", "CR CR LF before the request line", "\r\r\n" + good, "400 closed")
                        .nginx("200 kept", "takes CR for an empty line; RFC 9112 2.2: a bare CR is an error"),
                row("9112 2.2", "NUL before the request line", "\0" + good, "400 closed"),
                row("9112 2.2", "a byte order mark before the request line", "\u00ef\u00bb\u00bf" + good, "400 closed"),
                row("9112 2.2", "a line of white space before the request line", " \r\n" + good, "400 closed"),
                row("9112 2.2", "a line's end in the request line", "GET\n/a.txt HTTP/1.1\r\n" + HOST, "400 closed"),
                row("9112 2.2", "LF CR", "GET /a.txt HTTP/1.1\n\rHost: h\n\r\n\r", "400 closed"),
                row("9112 2.2", "bare CR alone", "GET /a.txt HTTP/1.1\rHost: h\r\r", "400 closed"),
                row("9112 2.2", "CR LF and a bare LF at the end", "GET /a.txt HTTP/1.1\r\nHost: h\r\n\n", "200 kept"),
                row("9112 2.2", "CR CR LF at the end", "GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\r\n", "400 closed"),
                row(
                        "9112 2.2",
                        "a line of white space before the fields",
                        "GET /a.txt HTTP/1.1\r\n \r\n" + HOST,
                        "400 closed"),
                row(
                        "9112 2.2",
                        "a line of white space behind the fields",
                        "GET /a.txt HTTP/1.1\r\nHost: h\r\n \r\n\r\n",
                        "400 closed"),
                row("9112 3", "a folded request line", "GET /a.txt\r\n HTTP/1.1\r\n" + HOST, "400 closed")
                        .nginx("closed, then \"0123456789\"", "still speaks HTTP/0.9, which RFC 9112 does not have"),
                row("9112 3", "a no-break space for a space", line("GET\u00a0/a.txt HTTP/1.1"), "400 closed"),
                row("9112 3", "a next-line for a space", line("GET\u0085/a.txt HTTP/1.1"), "400 closed"),
                row("9112 3", "NUL for a space", line("GET\0/a.txt HTTP/1.1"), "400 closed"),
                row("9112 3", "a bare CR for a space", line("GET\r/a.txt HTTP/1.1"), "400 closed"),
                row("9112 3", "a method alone", "GET\r\n\r\n", "400 closed"),
                row("9112 3", "two versions", line("GET /a.txt HTTP/1.1 HTTP/1.1"), "400 closed"),
                row("9112 2.2", "a bare CR in the target", line("GET /a\r.txt HTTP/1.1"), "400 closed"),
                row("9112 2.2", "a bare CR in the method", line("GE\rT /a.txt HTTP/1.1"), "400 closed"),
                row("9112 3", "two spaces before the target", line("GET  /a.txt HTTP/1.1"), "400 closed")
                        .nginx("200 kept", "takes several spaces; RFC 9112 3 has one"),
                row("9112 3", "two spaces before the version", line("GET /a.txt  HTTP/1.1"), "400 closed")
                        .nginx("200 kept", "takes several spaces; RFC 9112 3 has one"),
                row("9112 3", "a space behind the version", line("GET /a.txt HTTP/1.1 "), "400 closed")
                        .nginx("200 kept", "takes spaces there; RFC 9112 3 has none"),
                row("9112 3", "a tab in place of a space", line("GET\t/a.txt HTTP/1.1"), "400 closed"),
                row("9112 3", "a tab before the version", line("GET /a.txt\tHTTP/1.1"), "400 closed"),
                row("9112 3", "a vertical tab in place of a space", line("GET\u000b/a.txt HTTP/1.1"), "400 closed"),
                row("9112 3", "a form feed in place of a space", line("GET /a.txt\fHTTP/1.1"), "400 closed"),
                row("9112 3.2", "white space in the target", line("GET /a .txt HTTP/1.1"), "400 closed"),
                row("9112 3.2", "a tab in the target", line("GET /a\t.txt HTTP/1.1"), "400 closed"),
                row("9112 3.2", "NUL in the target", line("GET /a\0.txt HTTP/1.1"), "400 closed"),
                row("9112 3.2", "a control character in the target", line("GET /a\u0001 HTTP/1.1"), "400 closed"),
                row("9112 3.2", "DEL in the target", line("GET /a\u007f HTTP/1.1"), "400 closed"),
                row("9112 3", "no target", line("GET HTTP/1.1"), "400 closed"),
                row("9112 3", "an empty target", line("GET  HTTP/1.1"), "400 closed"),
                row("9112 3", "no method", line(" /a.txt HTTP/1.1"), "400 closed"),
                row("9112 3", "only a version", line("HTTP/1.1"), "400 closed"),
                row("9112 3.1", "a method is a token: a colon", line("GE:T /a.txt HTTP/1.1"), "400 closed"),
                row("9112 3.1", "a method is a token: NUL", line("GE\0T /a.txt HTTP/1.1"), "400 closed"),
                row("9112 3.1", "a method is a token: a slash", line("GE/T /a.txt HTTP/1.1"), "400 closed"),
                row("9112 3.1", "a method is a token: brackets", line("GE[T] /a.txt HTTP/1.1"), "400 closed"),
                row(
                        "9112 3.1",
                        "a method is a token: a byte above 127",
                        line("G\u00c9T /a.txt HTTP/1.1"),
                        "400 closed"),
                row("9112 3.1", "a method is a token: a quote", line("\"GET\" /a.txt HTTP/1.1"), "400 closed"),
                row(
                        "9112 2.1",
                        "what TLS begins with",
                        "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\r\n\r\n",
                        "400 closed"),
                row("9112 2.1", "a response", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "400 closed"),
                row("9112 2.1", "what SSH begins with", "SSH-2.0-x\r\n", "400 closed"),
                row("9112 2.1", "what SMTP begins with", "EHLO x\r\nMAIL FROM:<a@b>\r\n", "400 closed"),
                row(
                        "9112 2.1",
                        "the line of a proxy protocol",
                        "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n" + good,
                        "400 closed"),
                row(
                        "9112 2.1",
                        "the bytes of a proxy protocol",
                        "\r\n\r\n\0\r\nQUIT\n!\u0011\0\0" + good,
                        "400 closed"),
                row("9112 3", "a field line first", "Host: h\r\nGET /a.txt HTTP/1.1\r\n\r\n", "400 closed"),
                row(
                        "9112 2.2",
                        "white space between request line and fields",
                        "GET /a.txt HTTP/1.1\r\n Host: h\r\n\r\n",
                        "400 closed"),
                row(
                        "9112 2.2",
                        "a second request line among the fields",
                        "GET /a.txt HTTP/1.1\r\nGET /b HTTP/1.1\r\n" + HOST,
                        "400 closed"));
    }

    private static List<Row> versions() {
        return List.of(
                row("9110 2.5", "HTTP/1.0", head("GET /a.txt HTTP/1.0"), "200 closed"),
                row("9110 2.5", "1.2 is served as 1.1", line("GET /a.txt HTTP/1.2"), "200 kept"),
                row("9110 2.5", "1.9 is served as 1.1", line("GET /a.txt HTTP/1.9"), "200 kept"),
                row("9110 2.5", "a higher minor version needs a Host too", head("GET /a.txt HTTP/1.2"), "400 closed"),
                row(
                                "9112 2.3",
                                "a version has one digit on each side: 1.10",
                                line("GET /a.txt HTTP/1.10"),
                                "400 closed")
                        .nginx("200 kept", "takes several digits; RFC 9112 2.3 has one"),
                row("9112 2.3", "01.1", line("GET /a.txt HTTP/01.1"), "400 closed"),
                row("9112 2.3", "1.01", line("GET /a.txt HTTP/1.01"), "400 closed")
                        .nginx("200 kept", "takes several digits; RFC 9112 2.3 has one"),
                row("9112 2.3", "1.1.1", line("GET /a.txt HTTP/1.1.1"), "400 closed"),
                row("9112 2.3", "no minor version", line("GET /a.txt HTTP/1"), "400 closed"),
                row("9112 2.3", "no digit behind the dot", line("GET /a.txt HTTP/1."), "400 closed"),
                row("9112 2.3", "a comma for the dot", line("GET /a.txt HTTP/1,1"), "400 closed"),
                row("9112 2.3", "a letter for a digit", line("GET /a.txt HTTP/1.x"), "400 closed"),
                row("9112 2.3", "a sign", line("GET /a.txt HTTP/+1.1"), "400 closed"),
                row("9112 2.3", "a space inside", line("GET /a.txt HTTP/ 1.1"), "400 closed"),
                row("9112 2.3", "the name is case-sensitive: http", line("GET /a.txt http/1.1"), "400 closed"),
                row("9112 2.3", "the name is case-sensitive: Http", line("GET /a.txt Http/1.1"), "400 closed"),
                row("9112 2.3", "another protocol's name", line("GET /a.txt HTCPCP/1.0"), "400 closed"),
                row("9112 2.3", "a longer name", line("GET /a.txt HTTPS/1.1"), "400 closed"),
                row("9112 2.3", "a name and no version", line("GET /a.txt HTTP/"), "400 closed"),
                row("9110 15.6.6", "2.0", line("GET /a.txt HTTP/2.0"), "505 closed"),
                row("9110 15.6.6", "3.0", line("GET /a.txt HTTP/3.0"), "505 closed"),
                row("9110 15.6.6", "9.9", line("GET /a.txt HTTP/9.9"), "505 closed"),
                row("9112 2.3", "2 without minor version", line("GET /a.txt HTTP/2"), "505 closed"),
                row("9112 2.3", "0.9 has no name", line("GET /a.txt HTTP/0.9"), "400 closed"),
                row("9112 2.3", "behind a version a letter", line("GET /a.txt HTTP/1.1x"), "400 closed"),
                row("9112 2.3", "behind a version a slash", line("GET /a.txt HTTP/1.1/"), "400 closed"),
                row("9112 2.3", "behind a version a tab", line("GET /a.txt HTTP/1.1\t"), "400 closed"),
                row("9112 2.3", "behind a version NUL", line("GET /a.txt HTTP/1.1\0"), "400 closed"),
                row("9112 2.3", "a space before the slash", line("GET /a.txt HTTP /1.1"), "400 closed"),
                row("9112 2.3", "a space before the dot", line("GET /a.txt HTTP/1 .1"), "400 closed"),
                row("9112 2.3", "a space behind the dot", line("GET /a.txt HTTP/1. 1"), "400 closed"),
                row("9112 2.3", "a minus before the major version", line("GET /a.txt HTTP/-1.1"), "400 closed"),
                row("9112 2.3", "a minus before the minor version", line("GET /a.txt HTTP/1.-1"), "400 closed"),
                row("9112 2.3", "two dots", line("GET /a.txt HTTP/1..1"), "400 closed"),
                row("9112 2.3", "no major version", line("GET /a.txt HTTP/.1"), "400 closed"),
                row("9112 2.3", "two slashes", line("GET /a.txt HTTP//1.1"), "400 closed"),
                row("9112 2.3", "a backslash", line("GET /a.txt HTTP\\1.1"), "400 closed"),
                row("9112 2.3", "a semicolon for the dot", line("GET /a.txt HTTP/1;1"), "400 closed"),
                row("9112 2.3", "letters", line("GET /a.txt HTTP/A.B"), "400 closed"),
                row("9112 2.3", "a digit of full width", line("GET /a.txt HTTP/\u00ef\u00bc\u0091.1"), "400 closed"),
                row(
                        "9112 2.3",
                        "a minor version of 32 bits and one",
                        line("GET /a.txt HTTP/1.4294967297"),
                        "400 closed"),
                row("9112 2.3", "a name with a letter before it", line("GET /a.txt XHTTP/1.1"), "400 closed"),
                row(
                                "9112 2.3",
                                "10.1: a version has one digit on each side",
                                line("GET /a.txt HTTP/10.1"),
                                "400 closed")
                        .nginx("505 closed", "505; RFC 9112 2.3: that is no version at all"),
                row(
                        "9110 15.6.6",
                        "more digits, and no version that is ours",
                        line("GET /a.txt HTTP/4294967297.1"),
                        "505 closed"),
                row("9112 2.3", "0.0", line("GET /a.txt HTTP/0.0"), "400 closed"),
                row("9112 2.3", "HTTP/0.9: no version at all", "GET /a.txt\r\n", "400 closed")
                        .nginx("closed, then \"0123456789\"", "still speaks HTTP/0.9, which RFC 9112 does not have"),
                row("9112 2.3", "HTTP/0.9 with a bare LF", "GET /a.txt\n", "400 closed")
                        .nginx("closed, then \"0123456789\"", "still speaks HTTP/0.9, which RFC 9112 does not have"),
                row("9112 2.3", "HTTP/0.9 with a space", "GET /a.txt \r\n", "400 closed")
                        .nginx("closed, then \"0123456789\"", "still speaks HTTP/0.9, which RFC 9112 does not have"),
                row("9112 2.3", "HTTP/0.9 of an absolute target", "GET http://h/a.txt\r\n", "400 closed")
                        .nginx("closed, then \"0123456789\"", "still speaks HTTP/0.9, which RFC 9112 does not have"),
                row("9113 3.4", "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505 closed")
                        .nginx("400 closed", "refuses the target *; here the version is looked at first"));
    }

    private static List<Row> lengths() {
        return List.of(
                row(
                        "9112 3",
                        "a target of 8000 bytes is taken",
                        line("GET /echo?" + "q".repeat(7990) + " HTTP/1.1"),
                        "200 kept"),
                row(
                        "9110 15.5.15",
                        "a longer one is 414",
                        line("GET /" + "q".repeat(9000) + " HTTP/1.1"),
                        "414 closed"),
                row("9110 15.5.15", "a query counts", line("GET /?" + "q".repeat(9000) + " HTTP/1.1"), "414 closed"),
                row(
                        "9110 15.5.15",
                        "a host in the target counts",
                        line("GET http://" + "h".repeat(9000) + "/ HTTP/1.1"),
                        "414 closed"),
                row("9110 15.5.15", "a method without end", "X".repeat(9_000), "414 closed"),
                row("9110 15.5.15", "very much of it", line("GET /" + "q".repeat(70_000) + " HTTP/1.1"), "414 closed"),
                row("9110 15.5.15", "without any end", "GET /" + "q".repeat(9000), "414 closed"));
    }
}
