package pollux.twin;

import static pollux.twin.Row.get;
import static pollux.twin.Row.head;
import static pollux.twin.Row.request;

import java.util.ArrayList;
import java.util.List;

/** Ranges and preconditions. */
class RangeTwinTest extends TwinTable {
    private static final String TIME = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final String EARLIER = "Sun, 06 Nov 1994 08:49:36 GMT";
    private static final String LATER = "Sun, 06 Nov 1994 08:49:38 GMT";
    private static final String TAG = "\"2ebc98a1-a\"";

    @Override
    String configuration() {
        return """
                types { text/plain txt; text/html html; }
                server {
                    listen 127.0.0.1:@port@;
                    root www;
                    location /two/ { alias www/; max_ranges 2; }
                    location /never/ { alias www/; max_ranges 0; }
                    location /before/ { alias www/; if_modified_since before; }
                    location /off/ { alias www/; if_modified_since off; }
                    location /page/ { alias www/; error_page 416 /page.html; error_page 412 /a.txt; }
                    location /text { return 200 "0123456789"; }
                }
                """;
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        addRanges(rows);
        addIfRange(rows);
        addConditions(rows);
        return rows;
    }

    private static void addRanges(List<Row> rows) {
        for (String range : List.of(
                "0-0",
                "0-3",
                "5-",
                "9-",
                "10-",
                "10-20",
                "0-99",
                "-1",
                "-3",
                "-10",
                "-11",
                "-0",
                "5-3",
                "0-",
                "-",
                "",
                "x",
                "0-x",
                "1 - 3",
                " 1-3",
                "1-3 ",
                "0-0,2-2",
                "0-0, 2-2 ,4-",
                "0-1,1-2",
                "0-9,0-9",
                "0-4,0-9,0-9",
                "0-0,20-30",
                "20-30,40-",
                "3-4,1-2",
                "-2,0-1",
                "5-3,0-0",
                "0-0,x",
                "+1-2",
                "1-2-3",
                "0x1-2",
                "99999999999999999999-",
                "9223372036854775807-",
                "0-9223372036854775807",
                "-9223372036854775807")) {
            rows.add(get("/a.txt", "Range: bytes=" + range));
        }
        for (String range : List.of("1-3,", ",1-3", ",,1-3")) {
            rows.add(get("/a.txt", "Range: bytes=" + range).but(Deliberate.RANGE_LIST));
        }
        for (String range : List.of("0-99999999999999999999", "-99999999999999999999")) {
            rows.add(get("/a.txt", "Range: bytes=" + range).but(Deliberate.RANGE_BEYOND));
        }
        rows.add(head("/a.txt", "Range: bytes=0-3").but(Deliberate.RANGE_OF_HEAD));
        rows.add(head("/a.txt", "Range: bytes=10-")
                .but(Deliberate.status("416", "200", "RFC 9110 section 14.2: ranges are for GET alone")));
        rows.add(head("/a.txt", "Range: bytes=0-0,2-2").but(Deliberate.RANGE_OF_HEAD));
        rows.add(get("/a.txt", "Range: BYTES=0-3"));
        rows.add(get("/a.txt", "Range: bytes =0-3"));
        rows.add(get("/a.txt", "Range: bytes= 0-3"));
        rows.add(get("/a.txt", "Range: lines=0-3"));
        rows.add(get("/a.txt", "Range: 0-3"));
        rows.add(get("/empty.txt", "Range: bytes=0-"));
        rows.add(get("/empty.txt", "Range: bytes=-1"));
        rows.add(get("/one.txt", "Range: bytes=0-0"));
        rows.add(get("/unknown.xyz", "Range: bytes=0-0,0-0"));
        rows.add(get("/large.bin", "Range: bytes=100-299999"));
        rows.add(get("/large.bin", "Range: bytes=0-9,100000-250000,-7"));
        rows.add(get("/two/a.txt", "Range: bytes=0-0,2-2"));
        rows.add(get("/two/a.txt", "Range: bytes=0-0,2-2,4-4"));
        rows.add(get("/never/a.txt", "Range: bytes=0-0"));
        rows.add(get("/page/a.txt", "Range: bytes=20-")
                .but("ETag", TAG + "\n\"2ebc98a1-c\"", "\"2ebc98a1-c\"", "RFC 9110 section 8.8.3: a response has one"));
        rows.add(get("/text", "Range: bytes=2-3"));
        rows.add(get("/missing", "Range: bytes=2-3"));
        rows.add(get("/sub", "Range: bytes=2-3"));
    }

    private static void addIfRange(List<Row> rows) {
        for (String known : List.of(TIME, EARLIER, LATER, TAG, "W/" + TAG, "\"other\"", "\"", "x", "*", TAG + "x")) {
            rows.add(get("/a.txt", "Range: bytes=1-2", "If-Range: " + known));
        }
        rows.add(get("/a.txt", "If-Range: " + TAG));
    }

    private static void addConditions(List<Row> rows) {
        for (String field : List.of("If-Modified-Since", "If-Unmodified-Since")) {
            for (String date : List.of(TIME, LATER, "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994")) {
                rows.add(get("/a.txt", field + ": " + date));
            }
        }
        rows.add(get("/a.txt", "If-Modified-Since: " + EARLIER));
        rows.add(get("/a.txt", "If-Unmodified-Since: " + EARLIER).but(Deliberate.STAYS_OPEN));
        for (String date : List.of("x", "0")) {
            rows.add(get("/a.txt", "If-Modified-Since: " + date));
            rows.add(get("/a.txt", "If-Unmodified-Since: " + date).but(Deliberate.DATE_IGNORED));
        }
        for (String tags : List.of(TAG, "*", "\"x\", " + TAG, TAG + ",\"x\"")) {
            rows.add(get("/a.txt", "If-Match: " + tags));
            rows.add(get("/a.txt", "If-None-Match: " + tags));
        }
        for (String tags : List.of("W/" + TAG, "\"x\"", "\"x\",\"y\"", "x", "\"x")) {
            rows.add(get("/a.txt", "If-Match: " + tags).but(Deliberate.STAYS_OPEN));
            rows.add(get("/a.txt", "If-None-Match: " + tags));
        }
        rows.add(head("/a.txt", "If-None-Match: " + TAG));
        rows.add(head("/a.txt", "If-Match: \"x\"").but(Deliberate.STAYS_OPEN));
        rows.add(get("/a.txt", "If-None-Match: " + TAG, "If-Modified-Since: " + TIME));
        rows.add(get("/a.txt", "If-None-Match: \"x\"", "If-Modified-Since: " + TIME));
        rows.add(get("/a.txt", "If-None-Match: " + TAG, "If-Modified-Since: " + EARLIER)
                .but(Deliberate.status(
                        "200", "304", "RFC 9110 section 13.2.2: the date beside If-None-Match is ignored")));
        rows.add(get("/a.txt", "If-Match: " + TAG, "If-Unmodified-Since: " + EARLIER)
                .but(Deliberate.status("412", "200", "RFC 9110 section 13.2.2: the date beside If-Match is ignored")));
        rows.add(get("/a.txt", "If-None-Match: " + TAG, "Range: bytes=0-1"));
        rows.add(get("/a.txt", "If-Match: \"x\"", "Range: bytes=0-1").but(Deliberate.STAYS_OPEN));
        rows.add(get("/before/a.txt", "If-Modified-Since: " + LATER));
        rows.add(get("/before/a.txt", "If-Modified-Since: " + TIME));
        rows.add(get("/off/a.txt", "If-Modified-Since: " + TIME));
        rows.add(get("/page/a.txt", "If-Match: \"x\"").but(Deliberate.STAYS_OPEN));
        rows.add(get("/missing", "If-Match: \"x\""));
        rows.add(get("/text", "If-None-Match: *"));
        rows.add(get("/text", "If-Match: *"));
        rows.add(get("/text", "If-Modified-Since: " + TIME));
        rows.add(get("/text", "If-Unmodified-Since: " + TIME).but(Deliberate.DATE_IGNORED));
        rows.add(get("/", "If-None-Match: *"));
        rows.add(request("POST /text", "If-Match: \"x\"")
                .but(Deliberate.status(
                        "412", "200", "what a POST has done cannot be refused any more: GET and HEAD alone")));
    }
}
