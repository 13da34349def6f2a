package pollux.wire.rfc;

import static pollux.wire.rfc.Row.head;
import static pollux.wire.rfc.Row.request;
import static pollux.wire.rfc.Row.row;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import pollux.wire.rfc.Row.Place;

/**
 * Request smuggling (RFC 9112 section 11.2): what one server takes for content, another for a request. Each row says where
 * one request ends and the next begins; what stands in content must never be answered.
 */
final class SmugglingRows {
    private static final String RULE = "9112 11.2";
    private static final String EMPTY = "0\r\n\r\n";
    private static final String NO_CGI = "nginx has no CGI";

    /** A request that must be content: whoever reads it as a request gives an answer too many. */
    private static final String SMUGGLED = "GET /good HTTP/1.1\r\nHost: h\r\n\r\n";

    private SmugglingRows() {}

    static List<Row> rows() {
        return Stream.of(codings(), lengths(), content(), sequences())
                .flatMap(List::stream)
                .toList();
    }

    /** Each spelling of Transfer-Encoding alone, and with a length that says where the content would end without it. */
    private static List<Row> codings() {
        List<Row> rows = new ArrayList<>();
        String[][] refused = {
            {"a tab before the colon", "Transfer-Encoding\t: chunked"},
            {"a vertical tab in the name", "Transfer-Encoding\u000b: chunked"},
            {"NUL in the name", "Transfer-Encoding\0: chunked"},
            {"NUL in the value", "Transfer-Encoding: \0chunked"},
            {"a space before the name", " Transfer-Encoding: chunked"},
            {"behind a bare CR", "X: y\rTransfer-Encoding: chunked"},
            {"folded by a tab", "Transfer-Encoding:\r\n\tchunked"},
            {"folded behind a bare LF", "Transfer-Encoding:\n chunked"},
            {"folded in the middle", "Transfer-Encoding: chun\r\n ked"},
            {"a list folded", "Transfer-Encoding: gzip\r\n , chunked"},
            {"a bare CR in the value", "Transfer-Encoding: chunk\red"},
            {"an equals sign for the colon", "Transfer-Encoding= chunked"},
            {"no colon", "Transfer-Encoding chunked"},
            {"chunked, then another", "Transfer-Encoding: chunked\r\nTransfer-Encoding: x"},
            {"identity, then chunked", "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked"},
            {"chunked, then identity", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"},
            {"chunked, then empty", "Transfer-Encoding: chunked\r\nTransfer-Encoding:"},
            {"chunked, then again in capitals", "Transfer-Encoding: chunked\r\nTRANSFER-ENCODING: CHUNKED"}
        };
        for (String[] row : refused) {
            rows.add(coding(row[0], row[1]));
            rows.add(coding(row[0] + ", and a length", "Content-Length: 5\r\n" + row[1]));
        }
        String[][] unknown = {
            {"a bare LF in the value", "Transfer-Encoding: chun\nked: x"},
            {"two colons", "Transfer-Encoding:: chunked"},
            {"a backslash behind it", "Transfer-Encoding: chunked\\"},
            {"a byte order mark", "Transfer-Encoding: \u00ef\u00bb\u00bfchunked"},
            {"a no-break space", "Transfer-Encoding: \u00c2\u00a0chunked"},
            {"a form feed before it", "Transfer-Encoding: \fchunked"},
            {"a tab in a list", "Transfer-Encoding: gzip,\tchunked"},
            {"a cow", "Transfer-Encoding: cow"},
            {"chunked, cow", "Transfer-Encoding: chunked, cow"},
            {"two spaces inside", "Transfer-Encoding: chunked  chunked"}
        };
        for (String[] row : unknown) {
            String why = "501; RFC 9112 6.3: 400 unless chunked is the last coding, 6.1: and alone";
            rows.add(coding(row[0], row[1]).nginx("501 closed", why));
            rows.add(coding(row[0] + ", and a length", "Content-Length: 5\r\n" + row[1])
                    .nginx("501 closed", why));
        }
        rows.add(coding("deflate below it, and a length", "Content-Length: 5\r\nTransfer-Encoding: deflate, chunked")
                .nginx("501 closed", "501; RFC 9112 6.1: length and coding together are refused"));
        rows.add(coding("behind CR CR LF", "X: y\r\r\nTransfer-Encoding: chunked\r")
                .nginx("200 kept", "takes CR CR LF for a line's end; RFC 9112 2.2: a bare CR is an error"));
        rows.add(row(
                RULE,
                "an underscore in Transfer-Encoding, and a length: the length holds",
                request("POST /echo", "Content-Length: 5", "Transfer_Encoding: chunked") + EMPTY,
                "200 kept"));
        rows.add(row(
                RULE,
                "behind a bare LF it is a field",
                request("POST /echo", "X: y\nTransfer-Encoding: chunked") + EMPTY,
                "200 kept"));
        rows.add(row(
                RULE, "no space before it", request("POST /echo", "Transfer-Encoding:chunked") + EMPTY, "200 kept"));
        return rows;
    }

    private static Row coding(String gist, String line) {
        return row(RULE, "coding: " + gist, request("POST /echo", line) + EMPTY, "400 closed");
    }

    private static List<Row> lengths() {
        List<Row> rows = new ArrayList<>();
        String[][] refused = {
            {"a space before the colon", "Content-Length : 5"},
            {"a space before the name", " Content-Length: 5"},
            {"NUL in the name", "Content-Length\0: 5"},
            {"no colon", "Content-Length 5"},
            {"folded", "Content-Length:\r\n 5"},
            {"behind a bare CR", "X: y\rContent-Length: 5"},
            {"5, then 0", "Content-Length: 5\r\nContent-Length: 0"},
            {"0, then 5", "Content-Length: 0\r\nContent-Length: 5"},
            {"empty, then 5", "Content-Length:\r\nContent-Length: 5"},
            {"5, then +5", "Content-Length: 5\r\nContent-Length: +5"},
            {"three of them", "Content-Length: 5\r\nContent-Length: 5\r\nContent-Length: 5"},
            {"apart, in capitals", "CONTENT-LENGTH: 5\r\nX: y\r\ncontent-length: 5"},
            {"plus 0", "Content-Length: +0"},
            {"octal", "Content-Length: 0o5"},
            {"binary", "Content-Length: 0b101"},
            {"NaN", "Content-Length: NaN"},
            {"an Arabic digit", "Content-Length: \u00d9\u00a5"},
            {"a no-break space", "Content-Length: \u00a05"},
            {"a vertical tab behind it", "Content-Length: 5\u000b"},
            {"a dot behind it", "Content-Length: 5."},
            {"minus what overflows", "Content-Length: -18446744073709551611"},
            {"64 bits, less one", "Content-Length: 18446744073709551615"}
        };
        for (String[] row : refused) {
            rows.add(row(RULE, "length: " + row[0], request("POST /echo", row[1]) + "abcde", "400 closed"));
        }
        rows.add(row(
                        RULE,
                        "length: a bare CR behind it",
                        request("POST /echo", "Content-Length: 5\r") + "abcde",
                        "400 closed")
                .nginx("200 kept", "takes CR CR LF for a line's end; RFC 9112 2.2: a bare CR is an error"));
        rows.add(row(
                RULE,
                "length: a hundred zeros before it",
                request("POST /echo", "Content-Length: " + "0".repeat(100) + "5") + "abcde",
                "200 kept"));
        rows.add(row(RULE, "length: 00", request("POST /echo", "Content-Length: 00"), "200 kept"));
        rows.add(row(
                RULE,
                "length: behind a bare LF it is a field",
                request("POST /echo", "X: y\nContent-Length: 5") + "abcde",
                "200 kept"));
        rows.add(row(
                RULE,
                "length: with an underscore it is none, and 0 holds",
                request("POST /echo", "Content_Length: 5", "Content-Length: 0"),
                "200 kept"));
        return rows;
    }

    /** Content is content, whoever answers and whatever the answer is: by a length (CL.0), and in chunks (TE.0). */
    private static List<Row> content() {
        String[][] alike = {
            {"GET /a.txt", "200 kept"},
            {"HEAD /a.txt", "200 kept"},
            {"GET /empty.txt", "200 kept"},
            {"GET /none", "204 kept"},
            {"GET /moved", "301 kept"},
            {"GET /folder", "301 kept"},
            {"GET /folder/", "403 kept"},
            {"GET /nothing", "404 kept"},
            {"HEAD /nothing", "404 kept"},
            {"POST /echo", "200 kept"},
            {"POST /none", "204 kept"},
            {"POST /moved", "301 kept"},
            {"POST /a.txt", "405 kept"},
            {"PUT /put/there.txt", "204 kept"},
            {"DELETE /put/nothing", "415 kept"},
            {"PROPFIND /a.txt", "405 kept"},
            {"BREW /a.txt", "405 kept"},
            {"TRACE /a.txt", "405 closed"}
        };
        List<Row> rows = new ArrayList<>();
        for (String[] row : alike) {
            rows.add(byLength(row[0], row[1]));
            rows.add(inChunks(row[0], row[1]));
        }
        for (String target : List.of("/a.txt", "/nothing")) {
            String why = "does not answer OPTIONS; RFC 9110 9.3.7";
            rows.add(byLength("OPTIONS " + target, "204 kept").nginx("405 kept", why));
            rows.add(inChunks("OPTIONS " + target, "204 kept").nginx("405 kept", why));
        }
        rows.add(byLength("OPTIONS *", "204 kept").nginx("400 closed", "refuses the target *; RFC 9112 3.2.4"));
        rows.add(inChunks("OPTIONS *", "204 kept").nginx("400 closed", "refuses the target *; RFC 9112 3.2.4"));
        for (String program :
                List.of("GET /cgi/deaf.sh", "HEAD /cgi/deaf.sh", "POST /cgi/deaf.sh", "BREW /cgi/deaf.sh")) {
            rows.add(byLength(program, "200 kept").notForNginx(NO_CGI));
            rows.add(inChunks(program, "200 kept").notForNginx(NO_CGI));
        }
        rows.add(byLength("POST /cgi/status.sh", "404 kept").notForNginx(NO_CGI));
        rows.add(byLength("POST /cgi/nothing.sh", "502 kept").notForNginx(NO_CGI));
        rows.add(byLength("POST /cgi/local.sh", "200 kept").notForNginx(NO_CGI));
        rows.add(row(
                RULE, "content of a 304", request("GET /a.txt", "If-None-Match: *", length()) + SMUGGLED, "304 kept"));
        rows.add(row(
                RULE, "content of a 206", request("GET /a.txt", "Range: bytes=0-1", length()) + SMUGGLED, "206 kept"));
        rows.add(row(
                RULE, "content of a 416", request("GET /a.txt", "Range: bytes=99-", length()) + SMUGGLED, "416 kept"));
        rows.add(
                row(RULE, "content of a 412", request("GET /a.txt", "If-Match: \"x\"", length()) + SMUGGLED, "412 kept")
                        .nginx("412 closed", "closes after a 412; nothing asks for it"));
        rows.add(row(
                RULE,
                "content in HTTP/1.0, kept alive",
                head("GET /a.txt HTTP/1.0", "Connection: keep-alive", length()) + SMUGGLED,
                "200 kept"));
        return rows;
    }

    private static String length() {
        return "Content-Length: " + SMUGGLED.length();
    }

    private static Row byLength(String methodAndTarget, String expected) {
        return row(
                RULE, "content by length: " + methodAndTarget, request(methodAndTarget, length()) + SMUGGLED, expected);
    }

    private static Row inChunks(String methodAndTarget, String expected) {
        String chunk = Integer.toHexString(SMUGGLED.length()) + "\r\n" + SMUGGLED + "\r\n";
        return row(
                RULE,
                "content in chunks: " + methodAndTarget,
                request(methodAndTarget, "Transfer-Encoding: chunked") + chunk + EMPTY,
                expected);
    }

    private static List<Row> sequences() {
        String echo = "POST /echo";
        return List.of(
                row(
                        RULE,
                        "CL.TE: the chunk's rest would be a request",
                        request(echo, "Content-Length: 6", "Transfer-Encoding: chunked") + "0\r\n\r\nG",
                        "400 closed"),
                row(
                        RULE,
                        "TE.CL: the chunk would be a request",
                        request(echo, "Content-Length: 4", "Transfer-Encoding: chunked") + "21\r\n" + SMUGGLED + "\r\n"
                                + EMPTY,
                        "400 closed"),
                row(
                        RULE,
                        "a last chunk twice: the second is no request",
                        request("PUT /put/there.txt", "Transfer-Encoding: chunked") + EMPTY + EMPTY,
                        "204 400 closed"),
                row(
                        RULE,
                        "more content than its length is no request",
                        request(echo, "Content-Length: 0") + "\0abc",
                        "200 400 closed"),
                row(
                        RULE,
                        "what follows a GET without length is the next request",
                        request("GET /a.txt") + "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc",
                        "200 200 kept"),
                row(
                        RULE,
                        "Connection cannot take a length away",
                        request(echo, "Connection: Content-Length", length()) + SMUGGLED,
                        "200 kept"),
                row(
                        RULE,
                        "Connection cannot take a coding away",
                        request(echo, "Connection: Transfer-Encoding", "Transfer-Encoding: chunked") + EMPTY,
                        "200 kept"),
                row(
                        RULE,
                        "TE is no Transfer-Encoding",
                        request(echo, "TE: chunked", "Content-Length: 5") + EMPTY,
                        "200 kept"),
                row(
                        RULE,
                        "Content-Encoding is no Transfer-Encoding",
                        request(echo, "Content-Encoding: chunked", "Content-Length: 5") + EMPTY,
                        "200 kept"),
                row(
                                RULE,
                                "odd names allowed: still no second length",
                                request(echo, "Content-Length: 5", "Content.Length: 0", "Content_Length: 9") + "abcde",
                                "200 kept")
                        .at(Place.INVALID),
                row(
                        RULE,
                        "an upgrade to HTTP/2 with content: the content is content",
                        request(
                                        echo,
                                        "Connection: Upgrade, HTTP2-Settings",
                                        "Upgrade: h2c",
                                        "HTTP2-Settings: AA",
                                        length())
                                + SMUGGLED,
                        "200 kept"),
                row(
                        RULE,
                        "a WebSocket that is not opened: what follows is a request",
                        request("GET /a.txt", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 777")
                                + request("GET /nothing"),
                        "200 404 kept"));
    }
}
