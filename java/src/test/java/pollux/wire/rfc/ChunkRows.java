package pollux.wire.rfc;

import static pollux.wire.rfc.Row.request;
import static pollux.wire.rfc.Row.row;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The chunked coding (RFC 9112 section 7.1): CR LF exactly, digits only, everything bounded. */
final class ChunkRows {
    private static final String EMPTY = "0\r\n\r\n";

    private ChunkRows() {}

    static List<Row> rows() {
        return Stream.of(good(), sizes(), announced(), lineEnds(), extensions(), trailers(), cuts())
                .flatMap(List::stream)
                .toList();
    }

    private static Row chunks(String rule, String gist, String content, String expected) {
        return row(rule, gist, request("PUT /put/there.txt", "Transfer-Encoding: chunked") + content, expected);
    }

    private static Row taken(String rule, String gist, String content) {
        return chunks(rule, gist, content, "204 kept");
    }

    private static Row refused(String rule, String gist, String content) {
        return chunks(rule, gist, content, "400 closed");
    }

    private static List<Row> good() {
        return List.of(
                taken("9112 7.1", "no chunks", EMPTY),
                taken("9112 7.1", "several chunks", "3\r\nabc\r\n2\r\nde\r\n" + EMPTY),
                taken("9112 7.1", "hexadecimal, lower case", "a\r\n0123456789\r\n" + EMPTY),
                taken("9112 7.1", "hexadecimal, upper case", "A\r\n0123456789\r\n" + EMPTY),
                taken("9112 7.1", "leading zeros", "0003\r\nabc\r\n000\r\n\r\n"),
                taken("9112 7.1", "CR LF within a chunk are bytes", "4\r\n\r\n\r\n\r\n" + EMPTY),
                taken("9112 7.1", "a last chunk within a chunk is bytes", "5\r\n0\r\n\r\n\r\n" + EMPTY),
                taken(
                        "9112 7.1",
                        "a request within a chunk is bytes",
                        Integer.toHexString(Way.GOOD.length()) + "\r\n" + Way.GOOD + "\r\n" + EMPTY));
    }

    private static List<Row> sizes() {
        List<Row> rows = new ArrayList<>();
        String[][] bad = {
            {"a sign", "+3"},
            {"a minus", "-3"},
            {"0x", "0x3"},
            {"a space before it", " 3"},
            {"a tab before it", "\t3"},
            {"a letter behind f", "g"},
            {"nothing", ""},
            {"an underscore", "0_3"},
            {"a comma", "3,"},
            {"a dot", "3.0"},
            {"64 bits", "10000000000000003"},
            {"more than 64 bits", "ffffffffffffffff3"},
            {"63 bits overflowed", "8000000000000003"},
            {"quotes", "\"3\""},
            {"NUL", "3\0"},
            {"an h behind it", "3h"},
            {"a byte above 127", "\u00b3"},
            {"two signs", "--3"},
            {"0X", "0X3"},
            {"x", "x3"},
            {"an underscore first", "_3"},
            {"two numbers", "3,3"},
            {"a letter of a long", "3L"},
            {"a vertical tab before it", "\u000b3"},
            {"a vertical tab behind it", "3\u000b"},
            {"a form feed behind it", "3\f"},
            {"NUL before it", "\0003"},
            {"a no-break space behind it", "3\u00a0"},
            {"a next-line behind it", "3\u0085"},
            {"an Arabic digit", "\u00d9\u00a3"},
            {"a digit of full width", "\u00ef\u00bc\u0093"},
            {"64 bits all set", "ffffffffffffffff"},
            {"64 bits that wrap to 3", "fffffffffffffffd"},
            {"a number sign", "3#"},
            {"a colon", "3:"},
            {"brackets", "(3)"},
            {"an exponent of letters", "3e+0"}
        };
        for (String[] row : bad) {
            rows.add(refused("9112 7.1", "a chunk's size with " + row[0], row[1] + "\r\nabc\r\n" + EMPTY));
        }
        String[][] taken = {
            {"very many zeros", "0".repeat(200) + "3"},
            {"a space behind it", "3 "},
            {"a tab behind it", "3\t"},
            {"a space inside", "0 3"}
        };
        for (String[] row : taken) {
            rows.add(refused("9112 7.1", "a chunk's size with " + row[0], row[1] + "\r\nabc\r\n" + EMPTY)
                    .nginx("204 kept", "takes it; RFC 9112 7.1: 1*HEXDIG CRLF"));
        }
        return rows;
    }

    /** Content of ten bytes at most: a chunk is refused as soon as its size says that it will be too much. */
    private static List<Row> announced() {
        String put = request("PUT /ten/there.txt", "Transfer-Encoding: chunked");
        return List.of(
                row(
                        "9110 15.5.14",
                        "chunks of just the size",
                        put + "5\r\nabcde\r\n5\r\nfghij\r\n" + EMPTY,
                        "204 kept"),
                row("9110 15.5.14", "a size announces too much", put + "b\r\na", "413 closed"),
                row("9110 15.5.14", "and a request would be its content", put + "7fff\r\n" + Way.GOOD, "413 closed"),
                row("9110 15.5.14", "the second size announces too much", put + "5\r\nabcde\r\n6\r\nf", "413 closed"),
                row("9110 15.5.14", "the largest number", put + "7fffffffffffffff\r\na", "413 closed")
                        .nginx("400 closed", "takes it for an overflow"),
                row(
                                "9110 15.5.14",
                                "numbers that overflow together",
                                put + "5\r\nabcde\r\n7fffffffffffffff\r\na",
                                "413 closed")
                        .nginx("400 closed", "takes it for an overflow"));
    }

    private static List<Row> lineEnds() {
        return List.of(
                refused("9112 7.1", "a bare LF behind a size", "3\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "takes a bare LF; RFC 9112 7.1: CR LF"),
                refused("9112 7.1", "a bare CR behind a size", "3\rabc\r\n" + EMPTY),
                refused("9112 7.1", "CR CR LF behind a size", "3\r\r\nabc\r\n" + EMPTY),
                refused("9112 7.1", "a bare LF behind a chunk", "3\r\nabc\n" + EMPTY)
                        .nginx("204 kept", "takes a bare LF; RFC 9112 7.1: CR LF"),
                refused("9112 7.1", "a bare CR behind a chunk", "3\r\nabc\r" + EMPTY),
                refused("9112 7.1", "nothing behind a chunk", "3\r\nabc" + EMPTY),
                refused("9112 7.1", "a chunk that is longer than its size", "3\r\nabcd\r\n" + EMPTY),
                refused("9112 7.1", "two bytes where CR LF should be", "3\r\nabcXX" + EMPTY),
                refused("9112 7.1", "a bare LF behind the last size", "0\n\r\n")
                        .nginx("204 kept", "takes a bare LF; RFC 9112 7.1: CR LF"),
                refused("9112 7.1", "a bare LF at the end", "0\r\n\n")
                        .nginx("204 kept", "takes a bare LF; RFC 9112 7.1: CR LF"),
                refused("9112 7.1", "a bare CR at the end", "0\r\n\rX"),
                refused("9112 7.1", "CR CR LF behind a chunk", "3\r\nabc\r\r\n" + EMPTY),
                refused("9112 7.1", "a space behind a chunk", "3\r\nabc \r\n" + EMPTY),
                refused("9112 7.1", "a chunk that is shorter than its size", "4\r\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "takes CR for content and LF for the line's end; RFC 9112 7.1: CR LF"),
                refused("9112 7.1", "bare LF everywhere", "3\nabc\n0\n\n")
                        .nginx("204 kept", "takes a bare LF; RFC 9112 7.1: CR LF"),
                refused("9112 7.1", "CR CR LF behind the last size", "0\r\r\n\r\n"),
                refused("9112 7.1", "a space behind the last size", "0 \r\n\r\n")
                        .nginx("204 kept", "takes it; RFC 9112 7.1: 1*HEXDIG CRLF"),
                refused("9112 7.1", "minus 0", "-0\r\n\r\n"),
                refused("9112 7.1", "plus 0", "+0\r\n\r\n"),
                refused("9112 7.1", "0x0", "0x0\r\n\r\n"),
                refused("9112 7.1", "two empty lines for the end", "\r\n\r\n"),
                refused("9112 7.1", "an empty line before the size", "\r\n3\r\nabc\r\n" + EMPTY));
    }

    private static List<Row> extensions() {
        return List.of(
                taken("9112 7.1.1", "a name alone", "3;a\r\nabc\r\n" + EMPTY),
                taken("9112 7.1.1", "a token", "3;a=b\r\nabc\r\n" + EMPTY),
                taken("9112 7.1.1", "a quoted string", "3;a=\"b;c\"\r\nabc\r\n" + EMPTY),
                taken("9112 7.1.1", "an escape in a quoted string", "3;a=\"b\\\"c\"\r\nabc\r\n" + EMPTY),
                taken("9112 7.1.1", "two of them", "3;a=b;c=d\r\nabc\r\n" + EMPTY),
                taken("9112 7.1.1", "white space around", "3 ; a = b\r\nabc\r\n" + EMPTY),
                taken("9112 7.1.1", "of the last chunk", "0;a=b\r\n\r\n"),
                taken("9112 7.1.1", "1000 bytes of them", "3;a=" + "b".repeat(1_000) + "\r\nabc\r\n" + EMPTY),
                refused("9112 7.1.1", "too many bytes of them", "3;a=" + "b".repeat(20_000) + "\r\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "has no bound"),
                refused(
                                "9112 7.1.1",
                                "too many over many chunks",
                                ("1;" + "b".repeat(1_000) + "\r\na\r\n").repeat(20) + EMPTY)
                        .nginx("204 kept", "has no bound"),
                refused("9112 7.1.1", "no name", "3;\r\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "does not look at extensions; RFC 9112 7.1.1"),
                refused("9112 7.1.1", "no value", "3;a=\r\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "does not look at extensions; RFC 9112 7.1.1"),
                refused("9112 7.1.1", "no semicolon", "3 a\r\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "does not look at extensions; RFC 9112 7.1.1"),
                refused("9112 7.1.1", "two semicolons", "3;;\r\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "does not look at extensions; RFC 9112 7.1.1"),
                refused("9112 7.1.1", "a name in quotes", "3;\"a\"\r\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "does not look at extensions; RFC 9112 7.1.1"),
                refused("9112 7.1.1", "a quote that does not end", "3;a=\"b\r\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "does not look at extensions; RFC 9112 7.1.1"),
                refused("9112 7.1.1", "text behind a quote", "3;a=\"b\"c\r\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "does not look at extensions; RFC 9112 7.1.1"),
                refused("9112 7.1.1", "two equals signs", "3;a=b=c\r\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "does not look at extensions; RFC 9112 7.1.1"),
                refused("9112 7.1.1", "a space in a name", "3;a b\r\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "does not look at extensions; RFC 9112 7.1.1"),
                refused("9112 7.1.1", "a control character in quotes", "3;a=\"\u0001\"\r\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "does not look at extensions; RFC 9112 7.1.1"),
                refused("9112 7.1.1", "a byte above 127 in a token", "3;a=\u00ff\r\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "does not look at extensions; RFC 9112 7.1.1"),
                taken("9112 7.1.1", "a byte above 127 in quotes", "3;a=\"\u00ff\"\r\nabc\r\n" + EMPTY),
                refused("9112 7.1.1", "a bare LF behind the semicolon, and a request", "2;\nxx\r\n" + EMPTY)
                        .nginx("204 kept", "takes a bare LF within an extension; RFC 9112 7.1.1"),
                refused("9112 7.1.1", "CR CR LF behind an extension", "3;a\r\r\nabc\r\n" + EMPTY),
                refused("9112 7.1.1", "64 KiB of it", "3;" + "a".repeat(65_536) + "\r\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "has no bound"),
                refused("9112 7.1.1", "a bare LF in a name", "3;a\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "does not look at extensions; RFC 9112 7.1.1"),
                refused("9112 7.1.1", "a bare CR in a name", "3;a\rb\r\nabc\r\n" + EMPTY),
                refused("9112 7.1.1", "a line end in a quoted string", "3;a=\"\r\nabc\"\r\n" + EMPTY),
                refused("9112 7.1.1", "a bare LF in a quoted string", "3;a=\"\n\"\r\nabc\r\n" + EMPTY),
                refused("9112 7.1.1", "NUL in a name", "3;a\0\r\nabc\r\n" + EMPTY)
                        .nginx("204 kept", "does not look at extensions; RFC 9112 7.1.1"));
    }

    private static List<Row> trailers() {
        return List.of(
                taken("9112 7.1.2", "a trailer field is dropped", "0\r\nX: y\r\n\r\n"),
                taken("9112 7.1.2", "several", "0\r\nX: y\r\nZ:\r\n\r\n"),
                taken("9110 6.5.1", "a trailer's Content-Length frames nothing", "0\r\nContent-Length: 50\r\n\r\n"),
                taken("9110 6.5.1", "a trailer's Connection does not close", "0\r\nConnection: close\r\n\r\n"),
                taken("9110 6.5.1", "a trailer's Host is not the host", "0\r\nHost: other\r\n\r\n"),
                taken(
                        "9110 6.5.1",
                        "a trailer's Transfer-Encoding frames nothing",
                        "0\r\nTransfer-Encoding: chunked\r\n\r\n"),
                taken("9110 6.5.1", "two lengths of a trailer", "0\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"),
                taken("9110 6.5.1", "a trailer's Expect expects nothing", "0\r\nExpect: x\r\n\r\n"),
                taken("9110 6.5.1", "a trailer's condition is none", "0\r\nIf-None-Match: *\r\n\r\n"),
                taken("9110 6.5.1", "a trailer's Content-Range is none", "0\r\nContent-Range: bytes 0-1/2\r\n\r\n"),
                taken("9110 6.5", "a trailer field is never merged", "0\r\nX-Y: z\r\n\r\n"),
                refused(
                                "9112 7.1.2",
                                "a trailer that is too long",
                                "0\r\n" + ("X: " + "y".repeat(1_000) + "\r\n").repeat(12) + "\r\n")
                        .nginx("204 kept", "has no bound"),
                refused("9112 7.1.2", "a trailer field without colon", "0\r\nX\r\n\r\n")
                        .nginx("204 kept", "does not look at trailers; RFC 9112 7.1.2"),
                refused("9112 7.1.2", "a trailer field without name", "0\r\n: y\r\n\r\n")
                        .nginx("204 kept", "does not look at trailers; RFC 9112 7.1.2"),
                refused("9112 7.1.2", "a space before the colon", "0\r\nX : y\r\n\r\n")
                        .nginx("204 kept", "does not look at trailers; RFC 9112 7.1.2"),
                refused("9112 7.1.2", "a tab before a trailer's name", "0\r\n\tX: y\r\n\r\n")
                        .nginx("204 kept", "does not look at trailers; RFC 9112 7.1.2"),
                refused("9112 7.1.2", "a trailer's name that is no token", "0\r\nX(: y\r\n\r\n")
                        .nginx("204 kept", "does not look at trailers; RFC 9112 7.1.2"),
                refused("9112 7.1.2", "NUL in a trailer's name", "0\r\nX\0: y\r\n\r\n")
                        .nginx("204 kept", "does not look at trailers; RFC 9112 7.1.2"),
                refused("9112 7.1.2", "DEL in a trailer field", "0\r\nX: \u007f\r\n\r\n")
                        .nginx("204 kept", "does not look at trailers; RFC 9112 7.1.2"),
                refused("9112 7.1.2", "CR CR LF behind a trailer field", "0\r\nX: y\r\r\n\r\n"),
                refused("9112 7.1.2", "a folded trailer field", "0\r\nX: y\r\n z\r\n\r\n")
                        .nginx("204 kept", "does not look at trailers; RFC 9112 7.1.2"),
                refused("9112 7.1.2", "a bare LF behind a trailer field", "0\r\nX: y\n\r\n")
                        .nginx("204 kept", "does not look at trailers; RFC 9112 7.1.2"),
                refused("9112 7.1.2", "a bare CR in a trailer field", "0\r\nX: y\rz\r\n\r\n"),
                refused("9112 7.1.2", "NUL in a trailer field", "0\r\nX: y\0\r\n\r\n")
                        .nginx("204 kept", "does not look at trailers; RFC 9112 7.1.2"),
                refused("9112 7.1.2", "a request in place of the trailer", "0\r\nGET /good HTTP/1.1\r\nHost: h\r\n\r\n")
                        .nginx("204 kept", "does not look at trailers; RFC 9112 7.1.2"));
    }

    private static List<Row> cuts() {
        String put = request("PUT /put/cut.txt", "Transfer-Encoding: chunked");
        return List.of(
                row("9112 8", "a missing last chunk", put + "3\r\nabc\r\n", "closed")
                        .ending(),
                row("9112 8", "a chunk that is cut off", put + "5\r\nabc", "closed")
                        .ending(),
                row("9112 8", "a missing empty line at the end", put + "3\r\nabc\r\n0\r\n", "closed")
                        .ending(),
                row("9112 8", "nothing of it was stored", request("GET /put/cut.txt"), "404 kept"));
    }
}
