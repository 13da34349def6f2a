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
        return Stream.of(good(), sizes(), lineEnds(), extensions(), trailers(), cuts())
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
            {"a byte above 127", "\u00b3"}
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
