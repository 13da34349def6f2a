package pollux.wire.rfc;

import static pollux.wire.rfc.Row.head;
import static pollux.wire.rfc.Row.request;
import static pollux.wire.rfc.Row.row;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import pollux.wire.rfc.Row.Place;

/** Where content ends (RFC 9112 section 6): after a framing error no later byte is read as a request. */
final class FramingRows {
    private static final String EMPTY = "0\r\n\r\n";

    private FramingRows() {}

    static List<Row> rows() {
        return Stream.of(lengths(), badLengths(), codings(), badCodings(), both(), cuts())
                .flatMap(List::stream)
                .toList();
    }

    private static String post(String line, String content) {
        return request("POST /echo", line) + content;
    }

    private static List<Row> lengths() {
        return List.of(
                row("9112 6.3", "no length and no coding: no content", request("POST /echo"), "200 kept"),
                row("9112 6.2", "Content-Length", post("Content-Length: 5", "abcde"), "200 kept"),
                row("9112 6.2", "a length of 0", post("Content-Length: 0", ""), "200 kept"),
                row("9112 6.2", "leading zeros", post("Content-Length: 0005", "abcde"), "200 kept"),
                row(
                        "9112 6.3",
                        "a request within the content is none",
                        post("Content-Length: " + Way.GOOD.length(), Way.GOOD),
                        "200 kept"),
                row("9112 6.2", "content of a GET", request("GET /echo", "Content-Length: 5") + "abcde", "200 kept"),
                row(
                                "9112 6.2",
                                "content of a GET for a file",
                                request("GET /a.txt", "Content-Length: 5") + "abcde",
                                "200 kept")
                        .content(RfcSite.A),
                row("9112 6.2", "content of a HEAD", request("HEAD /a.txt", "Content-Length: 5") + "abcde", "200 kept"),
                row(
                                "9112 6.2",
                                "content of an OPTIONS",
                                request("OPTIONS /a.txt", "Content-Length: 5") + "abcde",
                                "204 kept")
                        .nginx("405 kept", "does not answer OPTIONS; RFC 9110 9.3.7"),
                row(
                        "9112 6.2",
                        "content of a DELETE",
                        request("DELETE /a.txt", "Content-Length: 5") + "abcde",
                        "405 kept"),
                row(
                        "9112 6.2",
                        "content for nothing that exists",
                        request("POST /nothing", "Content-Length: 5") + "abcde",
                        "404 kept"),
                row("9112 6.2", "white space around a length", post("Content-Length:   5  ", "abcde"), "200 kept"),
                row(
                        "9112 6.2",
                        "content in HTTP/1.0",
                        head("POST /echo HTTP/1.0", "Content-Length: 5") + "abcde",
                        "200 closed"),
                row(
                        "9112 6.2",
                        "content in HTTP/1.0, kept alive",
                        head("POST /echo HTTP/1.0", "Content-Length: 5", "Connection: keep-alive") + "abcde",
                        "200 kept"),
                row(
                        "9112 6.2",
                        "a line end behind the content, as old clients send it",
                        post("Content-Length: 5", "abcde\r\n"),
                        "200 kept"));
    }

    private static List<Row> badLengths() {
        List<Row> rows = new ArrayList<>(List.of(
                row(
                        "9112 6.3",
                        "two unequal lengths",
                        post("Content-Length: 5\r\nContent-Length: 6", "abcdef"),
                        "400 closed"),
                row(
                        "9112 6.3",
                        "two equal lengths",
                        post("Content-Length: 5\r\nContent-Length: 5", "abcde"),
                        "400 closed"),
                row(
                        "9112 6.3",
                        "two lengths, the names in different case",
                        post("Content-Length: 5\r\ncontent-length: 6", "abcdef"),
                        "400 closed"),
                row("9112 6.3", "a bad length of a GET", request("GET /a.txt", "Content-Length: x"), "400 closed"),
                row(
                        "9112 6.3",
                        "a bad length in HTTP/1.0",
                        head("GET /a.txt HTTP/1.0", "Content-Length: x"),
                        "400 closed")));
        String[][] bad = {
            {"a sign", "+5"},
            {"a minus", "-5"},
            {"minus 0", "-0"},
            {"an empty value", ""},
            {"a list", "5, 5"},
            {"a list without space", "5,5"},
            {"an unequal list", "5, 6"},
            {"a space inside", "1 0"},
            {"a tab inside", "1\t0"},
            {"a tab before it", "\t5"},
            {"a tab behind it", "5\t"},
            {"hexadecimal", "0x5"},
            {"a letter", "5a"},
            {"a fraction", "5.0"},
            {"an exponent", "5e0"},
            {"quotes", "\"5\""},
            {"an underscore", "1_0"},
            {"a comma behind it", "5,"},
            {"a semicolon behind it", "5;x"},
            {"more than 63 bits", "9223372036854775808"},
            {"more than 64 bits", "18446744073709551621"},
            {"twenty digits and more", "100000000000000000000005"},
            {"a digit that is not ASCII", "\u00b5"},
            {"NUL behind it", "5\0"},
            {"a vertical tab before it", "\u000b5"}
        };
        for (String[] row : bad) {
            rows.add(row(
                    "9110 8.6",
                    "Content-Length with " + row[0],
                    post("Content-Length: " + row[1], "abcde"),
                    "400 closed"));
        }
        return rows;
    }

    private static List<Row> codings() {
        return List.of(
                row("9112 6.1", "chunked", post("Transfer-Encoding: chunked", "5\r\nabcde\r\n0\r\n\r\n"), "200 kept"),
                row("9112 7", "the coding's name in any case", post("Transfer-Encoding: CHUNKed", EMPTY), "200 kept"),
                row("9112 6.1", "the field's name in any case", post("tRANSFER-eNCODING: chunked", EMPTY), "200 kept"),
                row(
                        "9112 6.1",
                        "white space around chunked",
                        post("Transfer-Encoding:   chunked  ", EMPTY),
                        "200 kept"),
                row(
                        "9112 6.1",
                        "chunked content of a GET",
                        request("GET /a.txt", "Transfer-Encoding: chunked") + EMPTY,
                        "200 kept"),
                row(
                        "9112 6.1",
                        "chunked content of a HEAD",
                        request("HEAD /a.txt", "Transfer-Encoding: chunked") + EMPTY,
                        "200 kept"),
                row(
                        "9112 6.1",
                        "gzip below chunked is not known",
                        post("Transfer-Encoding: gzip, chunked", EMPTY),
                        "501 closed"),
                row(
                        "9112 6.1",
                        "an unknown one below chunked",
                        post("Transfer-Encoding: foo, bar, chunked", EMPTY),
                        "501 closed"));
    }

    private static List<Row> badCodings() {
        List<Row> rows = new ArrayList<>(List.of(
                row(
                        "9112 6.1",
                        "Transfer-Encoding in HTTP/1.0",
                        head("POST /echo HTTP/1.0", "Transfer-Encoding: chunked") + EMPTY,
                        "400 closed"),
                row(
                        "9112 6.1",
                        "Transfer-Encoding in HTTP/1.0, kept alive",
                        head("POST /echo HTTP/1.0", "Connection: keep-alive", "Transfer-Encoding: chunked") + EMPTY,
                        "400 closed"),
                row(
                        "9112 6.1",
                        "the field twice",
                        post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", EMPTY),
                        "400 closed"),
                row(
                        "9112 6.1",
                        "the field twice, identity last",
                        post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", EMPTY),
                        "400 closed"),
                row(
                        "9112 6.1",
                        "the field twice, identity first",
                        post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked", EMPTY),
                        "400 closed"),
                row(
                        "9112 6.1",
                        "the field twice, one unknown",
                        post("Transfer-Encoding: x\r\nTransfer-Encoding: chunked", EMPTY),
                        "400 closed"),
                row("9112 6.1", "a bad coding of a GET", request("GET /a.txt", "Transfer-Encoding: x"), "400 closed")
                        .nginx("501 closed", "501; RFC 9112 6.3: 400 unless chunked is the last coding"),
                row(
                                "9112 6.1",
                                "a bad coding, underscores allowed",
                                post("Transfer-Encoding: xchunked", EMPTY),
                                "400 closed")
                        .at(Place.UNDERSCORES)
                        .nginx("501 closed", "501; RFC 9112 6.3: 400 unless chunked is the last coding"),
                row(
                                "9112 6.1",
                                "a bad coding, any name allowed",
                                post("Transfer-Encoding: xchunked", EMPTY),
                                "400 closed")
                        .at(Place.INVALID)
                        .nginx("501 closed", "501; RFC 9112 6.3: 400 unless chunked is the last coding")));
        String[][] bad = {
            {"NUL behind it", "chunked\0"},
            {"a bare CR before it", "\rchunked"},
            {"a bare CR behind it", "chunked\rx"},
            {"a folded line's end", "chunked\r\n identity"}
        };
        for (String[] row : bad) {
            rows.add(row(
                    "9112 6.1",
                    "Transfer-Encoding: " + row[0],
                    post("Transfer-Encoding: " + row[1], EMPTY),
                    "400 closed"));
        }
        String[][] taken = {
            {"xchunked", "xchunked"},
            {"chunkedx", "chunkedx"},
            {"identity", "identity"},
            {"gzip alone", "gzip"},
            {"chunked, identity", "chunked, identity"},
            {"identity behind, no space", "chunked,identity"},
            {"chunked, gzip", "chunked, gzip"},
            {"chunked, chunked", "chunked, chunked"},
            {"an empty value", ""},
            {"a comma alone", ","},
            {"an empty member first", ", chunked"},
            {"an empty member last", "chunked,"},
            {"empty members between", "gzip,, chunked"},
            {"a tab before it", "\tchunked"},
            {"a tab behind it", "chunked\t"},
            {"a vertical tab before it", "\u000bchunked"},
            {"a vertical tab behind it", "chunked\u000b"},
            {"a form feed behind it", "chunked\f"},
            {"double quotes", "\"chunked\""},
            {"single quotes", "'chunked'"},
            {"brackets", "[chunked]"},
            {"a parameter", "chunked;q=1"},
            {"a semicolon", "chunked;"},
            {"a space inside", "chun ked"},
            {"two words", "chunked identity"},
            {"a byte above 127 behind it", "chunked\u00a0"},
            {"a byte above 127 before it", "\u0085chunked"},
            {"a dotless letter", "chun\u0138ed"},
            {"a colon", ": chunked"},
            {"an equals sign", "=chunked"},
            {"a slash", "chunked/1"},
            {"an escape", "%63hunked"},
            {"a list of three with identity", "chunked, identity, chunked"}
        };
        for (String[] row : taken) {
            rows.add(row(
                            "9112 6.1",
                            "Transfer-Encoding: " + row[0],
                            post("Transfer-Encoding: " + row[1], EMPTY),
                            "400 closed")
                    .nginx("501 closed", "501; RFC 9112 6.3: 400 unless chunked is the last coding"));
        }
        return rows;
    }

    private static List<Row> both() {
        String smuggled = EMPTY + Way.GOOD;
        return List.of(
                row(
                        "9112 6.1",
                        "length and coding",
                        post("Content-Length: 5\r\nTransfer-Encoding: chunked", EMPTY),
                        "400 closed"),
                row(
                        "9112 6.1",
                        "coding and length",
                        post("Transfer-Encoding: chunked\r\nContent-Length: 5", EMPTY),
                        "400 closed"),
                row(
                        "9112 6.1",
                        "length and coding, a request behind",
                        post("Content-Length: 6\r\nTransfer-Encoding: chunked", smuggled),
                        "400 closed"),
                row(
                        "9112 6.1",
                        "length 0 and coding",
                        post("Content-Length: 0\r\nTransfer-Encoding: chunked", EMPTY),
                        "400 closed"),
                row(
                                "9112 6.1",
                                "length and a bad coding",
                                post("Content-Length: 5\r\nTransfer-Encoding: xchunked", EMPTY),
                                "400 closed")
                        .nginx("501 closed", "501; RFC 9112 6.3: 400 unless chunked is the last coding"),
                row(
                                "9112 6.1",
                                "length and identity",
                                post("Content-Length: 5\r\nTransfer-Encoding: identity", "abcde"),
                                "400 closed")
                        .nginx("501 closed", "501; RFC 9112 6.3: 400 unless chunked is the last coding"),
                row(
                        "9112 6.1",
                        "a bad length and coding",
                        post("Content-Length: x\r\nTransfer-Encoding: chunked", EMPTY),
                        "400 closed"),
                row(
                        "9112 6.1",
                        "length and coding in HTTP/1.0",
                        head("POST /echo HTTP/1.0", "Content-Length: 5", "Transfer-Encoding: chunked") + EMPTY,
                        "400 closed"));
    }

    private static List<Row> cuts() {
        return List.of(
                row("9112 8", "a head that ends early", "GET /a.txt HTTP/1.1\r\nHost: h\r\n", "closed")
                        .ending(),
                row("9112 8", "a request line that ends early", "GET /a.t", "closed")
                        .ending(),
                row("9112 8", "nothing at all", "\r\n", "closed").ending());
    }
}
