package pollux.wire.rfc;

import static pollux.wire.rfc.Row.request;
import static pollux.wire.rfc.Row.row;

import java.util.List;
import java.util.stream.Stream;

/** Ranges (RFC 9110 section 14): of ten bytes. */
final class RangeRows {
    private RangeRows() {}

    static List<Row> rows() {
        return Stream.of(single(), bad(), several(), ifRange())
                .flatMap(List::stream)
                .toList();
    }

    private static Row range(String rule, String gist, String range, String... lines) {
        String more = lines.length == 0 ? "" : "\r\n" + String.join("\r\n", lines);
        return row(rule, gist, request("GET /a.txt", "Range: " + range + more), "206 kept");
    }

    private static Row whole(String rule, String gist, String range, String... lines) {
        Row row = range(rule, gist, range, lines);
        return row(rule, gist, row.bytes(), "200 kept").content(RfcSite.A).without("Content-Range");
    }

    private static Row unsatisfied(String rule, String gist, String range) {
        Row row = range(rule, gist, range);
        return row(rule, gist, row.bytes(), "416 kept").with("Content-Range: bytes */10");
    }

    private static List<Row> single() {
        return List.of(
                range("9110 14.1.2", "first to last", "bytes=2-4")
                        .content("234")
                        .with("Content-Range: bytes 2-4/10", "Content-Length: 3"),
                range("9110 14.1.2", "one byte", "bytes=0-0").content("0").with("Content-Range: bytes 0-0/10"),
                range("9110 14.1.2", "to the end", "bytes=7-").content("789").with("Content-Range: bytes 7-9/10"),
                range("9110 14.1.2", "a suffix", "bytes=-3").content("789").with("Content-Range: bytes 7-9/10"),
                range("9110 14.1.2", "a suffix that is longer than the whole", "bytes=-99")
                        .content(RfcSite.A)
                        .with("Content-Range: bytes 0-9/10"),
                range("9110 14.1.2", "a last byte behind the end", "bytes=8-99")
                        .content("89")
                        .with("Content-Range: bytes 8-9/10"),
                range("9110 14.1.2", "a last byte beyond all numbers", "bytes=8-99999999999999999999")
                        .content("89")
                        .nginx(
                                "416 kept, content <html>",
                                "416 for a number that is too large; RFC 9110 14.1.2: up to the end"),
                range("9110 14.1", "the unit in any case", "BYTES=0-1").content("01"),
                range("9110 14.1.2", "white space in a set", "bytes= 0-1 ").content("01"),
                range("9110 14.4", "validators are there", "bytes=0-1")
                        .with("ETag: " + RfcSite.A_TAG, "Content-Type: text/plain"),
                row("9110 14.2", "Range is for GET: HEAD", request("HEAD /a.txt", "Range: bytes=0-1"), "200 kept")
                        .content("")
                        .with("Content-Length: 10", "Accept-Ranges: bytes")
                        .without("Content-Range")
                        .nginx(
                                "206 kept, no Content-Length: 10, no Accept-Ranges: bytes, Content-Range: bytes 0-1/10",
                                "has ranges of HEAD; RFC 9110 14.2: any method but GET ignores the field"),
                row(
                                "9110 14.2",
                                "Range is for GET: HEAD, behind the end",
                                request("HEAD /a.txt", "Range: bytes=99-"),
                                "200 kept")
                        .nginx("416 kept", "has ranges of HEAD; RFC 9110 14.2: any method but GET ignores the field"),
                row("9110 14.2", "Range is for GET", request("POST /echo", "Range: bytes=0-1"), "200 kept"),
                row("9110 14.2", "a range of an error", request("GET /nothing", "Range: bytes=0-1"), "404 kept")
                        .without("Content-Range"),
                row("9110 14.2", "a range of an empty file", request("GET /empty.txt", "Range: bytes=0-1"), "200 kept")
                        .with("Content-Length: 0"));
    }

    private static List<Row> bad() {
        return List.of(
                unsatisfied("9110 15.5.17", "behind the end", "bytes=10-"),
                unsatisfied("9110 15.5.17", "far behind the end", "bytes=99999999999999999999-"),
                unsatisfied("9110 15.5.17", "a suffix of nothing", "bytes=-0"),
                unsatisfied("9110 15.5.17", "none of several", "bytes=10-11,20-"),
                unsatisfied("9110 14.1.1", "last before first", "bytes=4-2"),
                unsatisfied("9110 14.1.1", "letters", "bytes=a-b"),
                unsatisfied("9110 14.1.1", "no dash", "bytes=5"),
                unsatisfied("9110 14.1.1", "a dash alone", "bytes=-"),
                unsatisfied("9110 14.1.1", "a sign", "bytes=+1-2"),
                unsatisfied("9110 14.1.1", "two dashes", "bytes=1--2"),
                unsatisfied("9110 14.1.1", "three numbers", "bytes=1-2-3"),
                unsatisfied("9110 14.1.1", "a suffix with a sign", "bytes=--1"),
                unsatisfied("9110 14.1.1", "hexadecimal", "bytes=0x0-1"),
                unsatisfied("9110 14.1.1", "semicolons for commas", "bytes=0-1;2-3"),
                unsatisfied("9110 14.1.1", "the unit twice", "bytes=0-1, bytes=2-3"),
                unsatisfied("9110 14.1.1", "an Arabic digit", "bytes=\u00d9\u00a0-1"),
                unsatisfied("9110 15.5.17", "64 bits and one", "bytes=18446744073709551616-"),
                whole("9110 14.2", "a space before the equals sign", "bytes =0-1"),
                whole("9110 14.2", "a colon for the equals sign", "bytes:0-1"),
                whole("9110 14.2", "no range at all", "bytes="),
                unsatisfied("9110 14.1.1", "a good one and a broken one", "bytes=0-1,x"),
                whole("9110 14.2", "an unknown unit", "lines=0-1"),
                whole("9110 14.2", "no unit", "0-1"),
                whole("9110 14.2", "no set", "bytes"),
                whole("9110 14.2", "empty", ""));
    }

    private static List<Row> several() {
        return List.of(
                range("9110 14.6", "two parts", "bytes=0-1,8-9").without("Content-Range"),
                range("9110 14.6", "ten parts of one byte", "bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9"),
                range("9110 14.6", "one part twice", "bytes=0-0,0-0"),
                whole("9110 17.15", "a thousand suffixes", "bytes=" + "-1,".repeat(1_000) + "-1"),
                range("9110 5.6.1", "three thousand empty members", "bytes=" + ",".repeat(3_000) + "0-1")
                        .content("01")
                        .nginx("416 kept, content <html>", "416; RFC 9110 5.6.1: a recipient takes empty members"),
                range("9110 14.1.2", "a suffix beyond all numbers", "bytes=-99999999999999999999")
                        .content(RfcSite.A)
                        .nginx(
                                "416 kept, content <html>",
                                "416 for a number that is too large; RFC 9110 14.1.2: all of it"),
                range("9110 14.6", "two parts, out of order", "bytes=8-9,0-1"),
                range("9110 14.6", "one of two is there", "bytes=0-1,20-30")
                        .content("01")
                        .with("Content-Range: bytes 0-1/10"),
                range("9110 5.6.1", "empty list members", "bytes=,0-1,")
                        .content("01")
                        .nginx("416 kept, content <html>", "416; RFC 9110 5.6.1: a recipient takes empty members"),
                range("9110 14.2", "overlapping, not more than the whole", "bytes=0-4,3-6"),
                whole("9110 14.2", "overlapping, more than the whole", "bytes=0-9,0-9"),
                whole("9110 17.15", "a thousand times one byte", "bytes=" + "0-0,".repeat(1_000) + "0-0"),
                whole("9110 17.15", "a thousand times all", "bytes=" + "0-,".repeat(1_000) + "0-"),
                row(
                        "9110 17.15",
                        "max_ranges: as many",
                        request("GET /few/a.txt", "Range: bytes=0-0,2-2,4-4"),
                        "206 kept"),
                row(
                                "9110 17.15",
                                "max_ranges: more",
                                request("GET /few/a.txt", "Range: bytes=0-0,2-2,4-4,6-6"),
                                "200 kept")
                        .content(RfcSite.A),
                row(
                        "9110 14.2",
                        "two Range lines: the first, or none",
                        request("GET /a.txt", "Range: bytes=0-1", "Range: bytes=2-3"),
                        "206 kept"));
    }

    private static List<Row> ifRange() {
        return List.of(
                range("9110 13.1.5", "If-Range: the tag", "bytes=0-1", "If-Range: " + RfcSite.A_TAG)
                        .content("01"),
                whole("9110 13.1.5", "If-Range: another tag", "bytes=0-1", "If-Range: \"x\""),
                whole("9110 13.1.5", "If-Range compares strongly", "bytes=0-1", "If-Range: W/" + RfcSite.A_TAG),
                range("9110 13.1.5", "If-Range: the time", "bytes=0-1", "If-Range: " + RfcSite.A_TIME)
                        .content("01"),
                whole(
                        "9110 13.1.5",
                        "If-Range: a later time is not the time",
                        "bytes=0-1",
                        "If-Range: Sun, 06 Nov 1994 08:49:38 GMT"),
                whole(
                                "9110 13.1.5",
                                "If-Range in two lines",
                                "bytes=0-1",
                                "If-Range: " + RfcSite.A_TAG,
                                "If-Range: " + RfcSite.A_TAG)
                        .nginx(
                                "400 closed, content <html>",
                                "refuses a second line; RFC 9110 13.1.5: what names no representation is false"),
                whole("9110 13.1.5", "If-Range: a list of tags", "bytes=0-1", "If-Range: \"x\", " + RfcSite.A_TAG),
                whole("9110 13.1.5", "If-Range: any", "bytes=0-1", "If-Range: *"),
                whole("9110 13.1.5", "If-Range: neither", "bytes=0-1", "If-Range: x"),
                whole("9110 13.1.5", "If-Range that fails: no 416 either", "bytes=99-", "If-Range: \"x\""),
                row("9110 13.1.5", "If-Range without Range", request("GET /a.txt", "If-Range: \"x\""), "200 kept"));
    }
}
