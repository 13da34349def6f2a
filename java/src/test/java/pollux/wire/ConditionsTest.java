package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.lines;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditional and range requests (RFC 9110 sections 13 and 14), as nginx answers them. */
final class ConditionsTest {
    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create().file("www/a.txt", "0123456789").file("www/empty.txt", "");
        server = ServerProcess.start(site, ServerProcess.server("""
                        location /before/ { alias www/; if_modified_since before; }
                        location /one/ { alias www/; max_ranges 1; }
                        location /no/ { alias www/; max_ranges 0; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    /** The tag of a.txt is "2ebc98a1-a", its time Sun, 06 Nov 1994 08:49:37 GMT; {@code ~} is another line. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT             | 304
            If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT            | 304
            If-Modified-Since: Sun Nov  6 08:49:37 1994                  | 304
            If-Modified-Since: Sun, 06 Nov 1994 08:49:38 GMT             | 200
            If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT             | 200
            If-Modified-Since: nonsense                                  | 200
            If-None-Match: "2ebc98a1-a"                                  | 304
            If-None-Match: W/"2ebc98a1-a"                                | 304
            If-None-Match: "x", "2ebc98a1-a"                             | 304
            If-None-Match: *                                             | 304
            If-None-Match: "x"                                           | 200
            If-None-Match: "x"~If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT | 200
            If-None-Match: "2ebc98a1-a"~If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT | 304
            If-Match: "2ebc98a1-a"                                       | 200
            If-Match: "x", "2ebc98a1-a"                                  | 200
            If-Match: *                                                  | 200
            If-Match: "x"                                                | 412
            If-Match: W/"2ebc98a1-a"                                     | 412
            If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT           | 200
            If-Unmodified-Since: Sun, 06 Nov 1994 08:49:38 GMT           | 200
            If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT           | 412
            If-Match: "2ebc98a1-a"~If-None-Match: "2ebc98a1-a"           | 304
            """)
    void conditions(String fields, int status) {
        assertEquals(
                status, server.ask(get("/a.txt", fields.replace("~", "\r\n"))).status());
    }

    @Test
    void laterTimeCountsWhereConfigured() {
        String later = "If-Modified-Since: Sun, 06 Nov 1994 08:49:38 GMT";
        assertEquals(304, server.ask(get("/before/a.txt", later)).status());
    }

    @Test
    void wholeNotModified() {
        assertEquals(
                lines("""
                        HTTP/1.1 304 Not Modified
                        Server: pollux/0.1.0
                        Date: <date>
                        Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT
                        Connection: keep-alive
                        ETag: "2ebc98a1-a"

                        """),
                server.ask(get("/a.txt", "If-None-Match: \"2ebc98a1-a\"")).text());
    }

    @Test
    void wholePreconditionFailed() {
        assertEquals(lines("""
                        HTTP/1.1 412 Precondition Failed
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/html
                        Content-Length: 173
                        Connection: keep-alive

                        <html>
                        <head><title>412 Precondition Failed</title></head>
                        <body>
                        <center><h1>412 Precondition Failed</h1></center>
                        <hr><center>pollux/0.1.0</center>
                        </body>
                        </html>
                        """), server.ask(get("/a.txt", "If-Match: \"x\"")).text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', nullValues = "-", textBlock = """
            bytes=0-0             | 206 | bytes 0-0/10 | 0
            bytes=2-4             | 206 | bytes 2-4/10 | 234
            bytes=5-              | 206 | bytes 5-9/10 | 56789
            bytes=-3              | 206 | bytes 7-9/10 | 789
            bytes=-30             | 206 | bytes 0-9/10 | 0123456789
            bytes=8-99            | 206 | bytes 8-9/10 | 89
            bytes=10-             | 416 | bytes */10   | -
            bytes=-0              | 416 | bytes */10   | -
            bytes=4-2             | 416 | bytes */10   | -
            bytes=x               | 416 | bytes */10   | -
            bytes=                | 200 | -            | 0123456789
            lines=1-2             | 200 | -            | 0123456789
            bytes=0-9             | 206 | bytes 0-9/10 | 0123456789
            bytes=0-1,99-         | 206 | bytes 0-1/10 | 01
            """)
    void ranges(String range, int status, String contentRange, String content) {
        Answer answer = server.ask(get("/a.txt", "Range: " + range));
        assertEquals(status, answer.status());
        assertEquals(contentRange, answer.field("Content-Range"));
        if (content != null) {
            assertEquals(content, answer.content());
        }
    }

    @Test
    void wholePart() {
        assertEquals(lines("""
                        HTTP/1.1 206 Partial Content
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/plain
                        Content-Length: 3
                        Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT
                        Connection: keep-alive
                        ETag: "2ebc98a1-a"
                        Content-Range: bytes 2-4/10

                        234"""), server.ask(get("/a.txt", "Range: bytes=2-4")).text());
        assertEquals(
                "", server.ask(Wire.request("HEAD /a.txt", "Range: bytes=2-4")).content());
    }

    @Test
    void wholeUnsatisfiableRange() {
        assertEquals(lines("""
                        HTTP/1.1 416 Requested Range Not Satisfiable
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/html
                        Content-Length: 197
                        Connection: keep-alive
                        Content-Range: bytes */10

                        <html>
                        <head><title>416 Requested Range Not Satisfiable</title></head>
                        <body>
                        <center><h1>416 Requested Range Not Satisfiable</h1></center>
                        <hr><center>pollux/0.1.0</center>
                        </body>
                        </html>
                        """), server.ask(get("/a.txt", "Range: bytes=10-")).text());
    }

    @Test
    void severalRangesComeInParts() {
        Answer answer = server.ask(get("/a.txt", "Range: bytes=0-1, 4-5,-1"));
        assertEquals(206, answer.status());
        String type = answer.field("Content-Type");
        String prefix = "multipart/byteranges; boundary=";
        assertEquals(prefix, type.substring(0, prefix.length()));
        assertEquals(lines("""

                        --BOUNDARY
                        Content-Type: text/plain
                        Content-Range: bytes 0-1/10

                        01
                        --BOUNDARY
                        Content-Type: text/plain
                        Content-Range: bytes 4-5/10

                        45
                        --BOUNDARY
                        Content-Type: text/plain
                        Content-Range: bytes 9-9/10

                        9
                        --BOUNDARY--
                        """), answer.content().replace(type.substring(prefix.length()), "BOUNDARY"));
        assertEquals(null, answer.field("Content-Range"));
    }

    @Test
    void rangesCanBeBoundedAndTurnedOff() {
        assertEquals(206, server.ask(get("/one/a.txt", "Range: bytes=1-2")).status());
        assertEquals(200, server.ask(get("/one/a.txt", "Range: bytes=1-2,4-5")).status());
        Answer whole = server.ask(get("/no/a.txt", "Range: bytes=1-2"));
        assertEquals("0123456789", whole.content());
        assertEquals(200, whole.status());
        assertEquals(200, server.ask(get("/empty.txt", "Range: bytes=0-")).status());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            "2ebc98a1-a"                    | 206
            W/"2ebc98a1-a"                  | 200
            "x"                             | 200
            Sun, 06 Nov 1994 08:49:37 GMT   | 206
            Sun, 06 Nov 1994 08:49:38 GMT   | 200
            Sun, 06 Nov 1994 08:49:36 GMT   | 200
            """)
    void rangeOnlyIfUnchanged(String ifRange, int status) {
        assertEquals(
                status,
                server.ask(get("/a.txt", "Range: bytes=2-4", "If-Range: " + ifRange))
                        .status());
    }
}
