package pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;

class ResponseHeadTest {
    @Test
    void aHeadIsStatusLineFieldsAndEmptyLine() {
        IoBuffer out = TestBuffers.empty(200);
        assertTrue(ResponseHead.begin(out, 404));
        assertTrue(ResponseHead.field(out, "Server", "pollux"));
        assertTrue(ResponseHead.date(out, "Date", date(784_111_777)));
        assertTrue(ResponseHead.field(out, "Content-Length", 0));
        assertTrue(ResponseHead.field(out, "Content-Length", Long.MAX_VALUE));
        assertTrue(ResponseHead.end(out));
        String expected = String.join(
                "\r\n",
                "HTTP/1.1 404 Not Found",
                "Server: pollux",
                "Date: Sun, 06 Nov 1994 08:49:37 GMT",
                "Content-Length: 0",
                "Content-Length: 9223372036854775807",
                "",
                "");
        assertEquals(expected, TestBuffers.text(out));
    }

    @Test
    void anUnknownStatusHasAnEmptyReason() {
        IoBuffer out = TestBuffers.empty(100);
        ResponseHead.begin(out, 299);
        ResponseHead.begin(out, 200, "Fine");
        assertEquals("HTTP/1.1 299 \r\nHTTP/1.1 200 Fine\r\n", TestBuffers.text(out));
    }

    @Test
    void noValueCanSplitAResponse() {
        IoBuffer out = TestBuffers.empty(100);
        ResponseHead.begin(out, 200, "a\r\nB: c");
        ResponseHead.field(out, "X", "a\r\n\r\nb\u0000c\u0001\u007f\td\u00e9");
        ResponseHead.field(out, "X: y\r\nZ", "v");
        assertEquals("HTTP/1.1 200 a  B: c\r\nX: a    b c  \td\u00e9\r\nX__y__Z: v\r\n", TestBuffers.text(out));
    }

    @Test
    void whatDoesNotFitLeavesNothingBehind() {
        IoBuffer out = TestBuffers.empty(17);
        assertFalse(ResponseHead.begin(out, 404));
        assertTrue(ResponseHead.begin(out, 200)); // 17 bytes
        assertFalse(ResponseHead.end(out));
        assertEquals("HTTP/1.1 200 OK\r\n", TestBuffers.text(out));
        IoBuffer field = TestBuffers.empty(6);
        assertFalse(ResponseHead.field(field, "A", "bc"));
        assertTrue(ResponseHead.field(field, "A", "b"));
        assertFalse(ResponseHead.field(TestBuffers.empty(22), "A", 1));
        assertFalse(ResponseHead.date(TestBuffers.empty(33), "A", date(1)));
    }

    @Test
    void aStatusOfOtherThanThreeDigitsIsABug() {
        IoBuffer out = TestBuffers.empty(100);
        assertThrows(IllegalArgumentException.class, () -> ResponseHead.begin(out, 99));
        assertThrows(IllegalArgumentException.class, () -> ResponseHead.begin(out, 1000));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "200, OK, 200 OK",
                "206, Partial Content, 206 Partial Content",
                "301, Moved Permanently, 301 Moved Permanently",
                "302, Moved Temporarily, 302 Found",
                "400, Bad Request, 400 Bad Request",
                "401, Unauthorized, 401 Authorization Required",
                "405, Not Allowed, 405 Not Allowed",
                "408, Request Time-out, 408 Request Time-out",
                "413, Request Entity Too Large, 413 Request Entity Too Large",
                "414, Request-URI Too Large, 414 Request-URI Too Large",
                "416, Requested Range Not Satisfiable, 416 Requested Range Not Satisfiable",
                "417, Expectation Failed, 417 Expectation Failed",
                "431, Request Header Fields Too Large, 431 Request Header Or Cookie Too Large",
                "500, Internal Server Error, 500 Internal Server Error",
                "503, Service Temporarily Unavailable, 503 Service Temporarily Unavailable",
                "504, Gateway Time-out, 504 Gateway Time-out",
                "507, Insufficient Storage, 507 Insufficient Storage",
                "299, '', 299",
                "700, '', 700",
            })
    void phrasesAreNginxs(int status, String reason, String title) {
        assertEquals(reason, Status.reason(status));
        assertEquals(title, Status.title(status));
    }

    @Test
    void someAnswersNeverHaveContent() {
        assertTrue(Status.isWithoutContent(100));
        assertTrue(Status.isWithoutContent(204));
        assertTrue(Status.isWithoutContent(304));
        assertFalse(Status.isWithoutContent(200));
        assertFalse(Status.isWithoutContent(404));
    }

    private static byte[] date(long epochSeconds) {
        byte[] text = new byte[HttpDate.LENGTH];
        HttpDate.render(epochSeconds, text);
        return text;
    }
}
