package pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 9112 section 6, and the ways in which requests are smuggled. */
class FramingTest {
    /** Field lines, "|" between them; the framing. */
    static Object[][] rows() {
        return new Object[][] {
            {"", Framing.NONE},
            {"Content-Length: 0", 0L},
            {"Content-Length: 3", 3L},
            {"Content-Length: 003", 3L},
            {"Content-Length:3 ", 3L},
            {"Content-Length: 9223372036854775807", 9223372036854775807L},
            {"Content-Length: 9223372036854775808", -400L},
            {"Content-Length: 18446744073709551617", -400L},
            {"Content-Length: 99999999999999999999999999", -400L},
            {"Content-Length:", -400L},
            {"Content-Length: +3", -400L},
            {"Content-Length: -3", -400L},
            {"Content-Length: -0", -400L},
            {"Content-Length: 3 3", -400L},
            {"Content-Length: 3, 3", -400L},
            {"Content-Length: 3,", -400L},
            {"Content-Length: 0x3", -400L},
            {"Content-Length: 3.0", -400L},
            {"Content-Length: 1e1", -400L},
            {"Content-Length: \"3\"", -400L},
            {"Content-Length: \u00b2", -400L},
            {"Content-Length:\t3", -400L},
            {"Content-Length: 3\t", -400L},
            {"Content-Length: 3|Content-Length: 3", -400L},
            {"Content-Length: 3|content-length: 4", -400L},
            {"Content-Length: 3|Content-Length:", -400L},
            {"Content_Length: 3", Framing.NONE},
            {"Transfer-Encoding: chunked", Framing.CHUNKED},
            {"Transfer-Encoding: ChUnKeD", Framing.CHUNKED},
            {"Transfer-Encoding:   chunked  ", Framing.CHUNKED},
            {"Transfer-Encoding: gzip, chunked", -501L},
            {"Transfer-Encoding: x-gzip,chunked", -501L},
            {"Transfer-Encoding: xchunked", -400L},
            {"Transfer-Encoding: chunkedx", -400L},
            {"Transfer-Encoding: chunked, identity", -400L},
            {"Transfer-Encoding: chunked, gzip", -400L},
            {"Transfer-Encoding: chunked, chunked", -400L},
            {"Transfer-Encoding: gzip, chunked, chunked", -400L},
            {"Transfer-Encoding: identity", -400L},
            {"Transfer-Encoding: gzip", -400L},
            {"Transfer-Encoding:", -400L},
            {"Transfer-Encoding: ,chunked", -400L},
            {"Transfer-Encoding: chunked,", -400L},
            {"Transfer-Encoding: \"chunked\"", -400L},
            {"Transfer-Encoding: chunked;q=1", -400L},
            {"Transfer-Encoding: gzip;a=\",\", chunked", -400L},
            {"Transfer-Encoding: chunk ed", -400L},
            {"Transfer-Encoding:\tchunked", -400L},
            {"Transfer-Encoding: chunked\t", -400L},
            {"Transfer-Encoding: gzip,\tchunked", -400L},
            {"Transfer-Encoding: chunked|Transfer-Encoding: chunked", -400L},
            {"Transfer-Encoding: gzip|Transfer-Encoding: chunked", -400L},
            {"Transfer-Encoding: chunked|Transfer-Encoding: identity", -400L},
            {"Transfer-Encoding: chunked|Content-Length: 3", -400L},
            {"Content-Length: 0|Transfer-Encoding: chunked", -400L},
            {"Content-Length: 3|Transfer-Encoding: gzip, chunked", -400L},
            {"Transfer_Encoding: chunked", Framing.NONE},
        };
    }

    @ParameterizedTest
    @MethodSource("rows")
    void framing(String fields, long expected) {
        String[] lines = fields.isEmpty() ? new String[0] : fields.split("\\|");
        assertEquals(expected, Framing.of(RequestHeadTest.parse("POST / HTTP/1.1", lines)));
    }

    /** The same in HTTP/1.0, which has no transfer codings. */
    static Object[][] rows10() {
        return new Object[][] {
            {"", Framing.NONE},
            {"Content-Length: 3", 3L},
            {"Transfer-Encoding: chunked", -400L},
            {"Transfer-Encoding: identity", -400L},
        };
    }

    @ParameterizedTest
    @MethodSource("rows10")
    void framingIn10(String fields, long expected) {
        String[] lines = fields.isEmpty() ? new String[0] : fields.split("\\|");
        assertEquals(expected, Framing.of(RequestHeadTest.parse("POST / HTTP/1.0", lines)));
        assertEquals(expected <= -400, Framing.isRefused(expected));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void onlyRefusalsAreRefusals(String fields, long expected) {
        if (expected == -400L || expected == -501L) {
            assertTrue(Framing.isRefused(expected), fields);
        } else {
            assertFalse(Framing.isRefused(expected), fields);
        }
    }
}
