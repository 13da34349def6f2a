package pollux.wire.rfc;

import static pollux.wire.rfc.Row.request;
import static pollux.wire.rfc.Row.row;

import java.util.List;
import java.util.stream.Stream;

/** Conditional requests (RFC 9110 section 13): comparisons, and the order of section 13.2.2. */
final class ConditionRows {
    private static final String CLOSES = "closes after a 412; nothing asks for it";
    private static final String SECOND_LINE = "refuses a second line; the RFC has the field ignored";
    private static final String TAG = RfcSite.A_TAG;
    private static final String EARLIER = "Sun, 06 Nov 1994 08:49:36 GMT";
    private static final String LATER = "Sun, 06 Nov 1994 08:49:38 GMT";

    private ConditionRows() {}

    static List<Row> rows() {
        return Stream.of(tags(), dates(), order()).flatMap(List::stream).toList();
    }

    private static Row get(String rule, String gist, int status, String... lines) {
        return row(rule, gist, request("GET /a.txt", lines), status + " kept");
    }

    private static List<Row> tags() {
        return List.of(
                get("9110 13.1.1", "If-Match: the tag", 200, "If-Match: " + TAG),
                get("9110 13.1.1", "If-Match: any", 200, "If-Match: *"),
                get("9110 13.1.1", "If-Match: in a list", 200, "If-Match: \"x\", " + TAG),
                get("9110 13.1.1", "If-Match: in a second line", 200, "If-Match: \"x\"", "If-Match: " + TAG)
                        .nginx("400 closed", "refuses a second line; RFC 9110 13.1.1: If-Match is a list"),
                get("9110 13.1.1", "If-Match: another", 412, "If-Match: \"x\"").nginx("412 closed", CLOSES),
                get("9110 13.1.1", "If-Match compares strongly", 412, "If-Match: W/" + TAG)
                        .nginx("412 closed", CLOSES),
                get("9110 13.1.1", "If-Match: no tag at all", 412, "If-Match: x")
                        .nginx("412 closed", CLOSES),
                get("9110 13.1.1", "If-Match: a tag without quotes", 412, "If-Match: 2ebc98a1-a")
                        .nginx("412 closed", CLOSES),
                get("9110 13.1.1", "If-Match: empty", 412, "If-Match:").nginx("412 closed", CLOSES),
                get("9110 13.1.2", "If-None-Match: the tag", 304, "If-None-Match: " + TAG),
                get("9110 13.1.2", "If-None-Match: any", 304, "If-None-Match: *"),
                get("9110 13.1.2", "If-None-Match: in a list", 304, "If-None-Match: \"x\", " + TAG),
                get("9110 13.1.2", "If-None-Match: without space", 304, "If-None-Match: \"x\"," + TAG),
                get(
                                "9110 13.1.2",
                                "If-None-Match: in a second line",
                                304,
                                "If-None-Match: \"x\"",
                                "If-None-Match: " + TAG)
                        .nginx("400 closed", "refuses a second line; RFC 9110 13.1.2: If-None-Match is a list"),
                get("9110 13.1.2", "If-None-Match compares weakly", 304, "If-None-Match: W/" + TAG),
                get("9110 13.1.2", "If-None-Match: another", 200, "If-None-Match: \"x\""),
                get("9110 13.1.2", "If-None-Match: a tag with a comma", 304, "If-None-Match: \"a,b\", " + TAG),
                get(
                        "9110 13.1.2",
                        "If-None-Match: a tag that holds the tag",
                        200,
                        "If-None-Match: \"x" + TAG.substring(1)),
                get(
                        "9110 13.1.2",
                        "If-None-Match: a tag that does not end",
                        200,
                        "If-None-Match: " + TAG.substring(0, TAG.length() - 1)),
                get("9110 13.1.2", "If-None-Match: other words before the tag", 200, "If-None-Match: x " + TAG),
                get("9110 13.1.2", "If-None-Match: any, and a tag", 200, "If-None-Match: *, \"x\""),
                get("9110 13.1.2", "If-None-Match: a small w", 200, "If-None-Match: w/" + TAG),
                get("9110 13.1.2", "If-None-Match: 1500 others", 304, "If-None-Match: " + "\"x\",".repeat(1_500) + TAG),
                get("9110 13.1.1", "If-Match: any, and a tag", 412, "If-Match: *, \"x\"")
                        .nginx("412 closed", CLOSES),
                row(
                        "9110 13.1.2",
                        "If-None-Match to HEAD",
                        request("HEAD /a.txt", "If-None-Match: " + TAG),
                        "304 kept"),
                row(
                                "9110 13.1.2",
                                "PUT unless it exists",
                                request("PUT /put/there.txt", "If-None-Match: *", "Content-Length: 3") + "new",
                                "412 kept")
                        .nginx("204 kept", "does not look at it for PUT; RFC 9110 13.1.2"),
                row(
                                "9110 13.1.1",
                                "PUT only over another",
                                request("PUT /put/there.txt", "If-Match: \"x\"", "Content-Length: 3") + "new",
                                "412 kept")
                        .nginx("204 kept", "does not look at it for PUT; RFC 9110 13.1.1"),
                row(
                        "9110 13.2.1",
                        "a condition about nothing that exists",
                        request("GET /nothing", "If-Match: \"x\""),
                        "404 kept"),
                row(
                        "9110 13.2.1",
                        "a condition about a redirect",
                        request("GET /moved", "If-Match: \"x\""),
                        "301 kept"),
                row(
                        "9110 13.2.1",
                        "a condition about a refused method",
                        request("PATCH /a.txt", "If-Match: \"x\""),
                        "405 kept"));
    }

    private static List<Row> dates() {
        return List.of(
                get("9110 13.1.3", "If-Modified-Since: the time", 304, "If-Modified-Since: " + RfcSite.A_TIME),
                get("9110 13.1.3", "If-Modified-Since: earlier", 200, "If-Modified-Since: " + EARLIER),
                get("9110 13.1.3", "If-Modified-Since: later", 200, "If-Modified-Since: " + LATER),
                get("9110 13.1.3", "If-Modified-Since: no date", 200, "If-Modified-Since: x"),
                get("9110 5.6.7", "RFC 850's form", 304, "If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT"),
                get("9110 5.6.7", "asctime's form", 304, "If-Modified-Since: Sun Nov  6 08:49:37 1994"),
                get(
                        "9110 5.6.7",
                        "a date that does not exist",
                        200,
                        "If-Modified-Since: Sun, 31 Nov 1994 08:49:37 GMT"),
                get("9110 5.6.7", "another zone", 200, "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 PST")
                        .nginx("304 kept", "does not read the zone; RFC 9110 5.6.7: it is GMT"),
                row(
                        "9110 13.1.3",
                        "If-Modified-Since is for GET and HEAD",
                        request("POST /echo", "If-Modified-Since: " + RfcSite.A_TIME),
                        "200 kept"),
                get(
                                "9110 13.1.3",
                                "If-Modified-Since in two lines",
                                200,
                                "If-Modified-Since: " + RfcSite.A_TIME,
                                "If-Modified-Since: " + RfcSite.A_TIME)
                        .nginx("400 closed", SECOND_LINE),
                get(
                                "9110 13.1.3",
                                "If-Modified-Since: two dates",
                                200,
                                "If-Modified-Since: " + RfcSite.A_TIME + ", " + RfcSite.A_TIME)
                        .nginx("304 kept", "reads the first; RFC 9110 13.1.3: ignored"),
                get("9110 13.1.3", "If-Modified-Since: 1970", 200, "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT"),
                get("9110 13.1.3", "If-Modified-Since: 9999", 200, "If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT"),
                get("9110 13.1.3", "If-Modified-Since: a number", 200, "If-Modified-Since: -1"),
                get("9110 5.6.7", "a date in small letters", 200, "If-Modified-Since: sun, 06 nov 1994 08:49:37 gmt"),
                get("9110 5.6.7", "a leap second", 200, "If-Modified-Since: Sun, 06 Nov 1994 08:49:60 GMT"),
                get(
                                "9110 13.1.4",
                                "If-Unmodified-Since in two lines",
                                200,
                                "If-Unmodified-Since: " + EARLIER,
                                "If-Unmodified-Since: " + EARLIER)
                        .nginx("400 closed", SECOND_LINE),
                get("9110 13.1.4", "If-Unmodified-Since: a list", 200, "If-Unmodified-Since: " + EARLIER + ", x")
                        .nginx("412 closed", "reads the first; RFC 9110 13.1.4: ignored"),
                row(
                                "9110 13.1.4",
                                "PUT unless it was changed since, in two lines",
                                request(
                                                "PUT /put/there.txt",
                                                "If-Unmodified-Since: " + EARLIER,
                                                "If-Unmodified-Since: " + EARLIER,
                                                "Content-Length: 3")
                                        + "new",
                                "204 kept")
                        .nginx("400 closed", SECOND_LINE),
                row(
                                "9110 13.1.4",
                                "PUT unless it was changed since",
                                request("PUT /put/there.txt", "If-Unmodified-Since: " + EARLIER, "Content-Length: 3")
                                        + "new",
                                "412 kept")
                        .nginx("204 kept", "does not look at it for PUT; RFC 9110 13.1.4"),
                get("9110 13.1.4", "If-Unmodified-Since: the time", 200, "If-Unmodified-Since: " + RfcSite.A_TIME),
                get("9110 13.1.4", "If-Unmodified-Since: later", 200, "If-Unmodified-Since: " + LATER),
                get("9110 13.1.4", "If-Unmodified-Since: earlier", 412, "If-Unmodified-Since: " + EARLIER)
                        .nginx("412 closed", CLOSES),
                get("9110 13.1.4", "If-Unmodified-Since: no date", 200, "If-Unmodified-Since: x")
                        .nginx("412 closed", "takes it for a time that is over; RFC 9110 13.1.4: ignored"));
    }

    private static List<Row> order() {
        return List.of(
                get(
                                "9110 13.2.2",
                                "1 before 2: If-Match holds, the date does not",
                                200,
                                "If-Match: " + TAG,
                                "If-Unmodified-Since: " + EARLIER)
                        .nginx("412 closed", "looks at both; RFC 9110 13.2.2: If-Match alone"),
                get(
                                "9110 13.2.2",
                                "1 before 2: If-Match does not, the date does",
                                412,
                                "If-Match: \"x\"",
                                "If-Unmodified-Since: " + LATER)
                        .nginx("412 closed", CLOSES),
                get("9110 13.2.2", "1 before 3: 412 before 304", 412, "If-Match: \"x\"", "If-None-Match: " + TAG)
                        .nginx("412 closed", CLOSES),
                get("9110 13.2.2", "1, then 3", 304, "If-Match: " + TAG, "If-None-Match: " + TAG),
                get("9110 13.2.2", "2, then 3", 412, "If-Unmodified-Since: " + EARLIER, "If-None-Match: " + TAG)
                        .nginx("412 closed", CLOSES),
                get(
                        "9110 13.2.2",
                        "3 before 4: another tag, the same time",
                        200,
                        "If-None-Match: \"x\"",
                        "If-Modified-Since: " + RfcSite.A_TIME),
                get(
                                "9110 13.2.2",
                                "3 before 4: the tag, another time",
                                304,
                                "If-None-Match: " + TAG,
                                "If-Modified-Since: " + EARLIER)
                        .nginx("200 kept", "wants both to hold; RFC 9110 13.2.2: If-None-Match alone"),
                get(
                        "9110 13.2.2",
                        "4 before 5: 304 before a range",
                        304,
                        "If-Modified-Since: " + RfcSite.A_TIME,
                        "Range: bytes=0-1"),
                get("9110 13.2.2", "3 before 5", 304, "If-None-Match: *", "Range: bytes=0-1"),
                get("9110 13.2.2", "1 before 5", 412, "If-Match: \"x\"", "Range: bytes=99-")
                        .nginx("412 closed", CLOSES),
                get("9110 13.2.2", "5 comes last", 206, "If-Match: *", "If-Range: " + TAG, "Range: bytes=0-1"));
    }
}
