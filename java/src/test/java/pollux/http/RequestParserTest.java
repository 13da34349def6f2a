package pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;

class RequestParserTest {
    private static final String GET = "GET / HTTP/1.1\r\n";

    /** Input; and the status of a refusal, "more", or method, target, version and fields, and what is left behind the head. */
    static String[][] rows() {
        return new String[][] {
            // RFC 9112 3: request line
            {"GET /a?b HTTP/1.1\r\n\r\n", "GET|/a?b|11"},
            {"GET / HTTP/1.0\r\n\r\n", "GET|/|10"},
            {"M-SEARCH * HTTP/1.1\r\n\r\n", "M-SEARCH|*|11"},
            {"get / HTTP/1.1\r\n\r\n", "get|/|11"},
            {"!#$%&'*+-.^_`|~09azAZ / HTTP/1.1\r\n\r\n", "!#$%&'*+-.^_`|~09azAZ|/|11"},
            {"GET /\u00e9\u00ff\"<>\\^`{|} HTTP/1.1\r\n\r\n", "GET|/\u00e9\u00ff\"<>\\^`{|}|11"},
            {"GET http://h/ HTTP/1.1\r\n\r\n", "GET|http://h/|11"},
            {"GET  / HTTP/1.1\r\n\r\n", "400"},
            {"GET /  HTTP/1.1\r\n\r\n", "400"},
            {"GET / HTTP/1.1 \r\n\r\n", "400"},
            {"GET\t/ HTTP/1.1\r\n\r\n", "400"},
            {"GET /\tHTTP/1.1\r\n\r\n", "400"},
            {" GET / HTTP/1.1\r\n\r\n", "400"},
            {"G\u00e9T / HTTP/1.1\r\n\r\n", "400"},
            {"G(T / HTTP/1.1\r\n\r\n", "400"},
            {"GET\r\n\r\n", "400"},
            {"GET \r\n\r\n", "400"},
            {"GET /a\u0000b HTTP/1.1\r\n\r\n", "400"},
            {"GET /a\u007fb HTTP/1.1\r\n\r\n", "400"},
            {"GET /a b HTTP/1.1\r\n\r\n", "400"},
            // RFC 9112 2.3: version
            {"GET / HTTP/1.2\r\n\r\n", "GET|/|11"},
            {"GET / HTTP/1.9\r\n\r\n", "GET|/|11"},
            {"GET / HTTP/1.10\r\n\r\n", "400"},
            {"GET / HTTP/2.0\r\n\r\n", "505"},
            {"GET / HTTP/9.9\r\n\r\n", "505"},
            {"GET / HTTP/0.9\r\n\r\n", "400"},
            {"GET / HTTP/01.1\r\n\r\n", "400"},
            {"GET / HTTP/11.1\r\n\r\n", "400"},
            {"GET / HTTP/1.\r\n\r\n", "400"},
            {"GET / HTTP/1\r\n\r\n", "400"},
            {"GET / HTTP/x\r\n\r\n", "400"},
            {"GET / http/1.1\r\n\r\n", "400"},
            {"GET / HTTPS/1.1\r\n\r\n", "400"},
            {"GET /\r\n", "400"},
            {"GET /\n", "400"},
            {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"},
            // RFC 9112 2.2: line ends
            {"GET / HTTP/1.1\n\n", "GET|/|11"},
            {"GET / HTTP/1.1\nA: b\n\r\n", "GET|/|11|A=b"},
            {"GET / HTTP/1.1\r\r\n\r\n", "400"},
            {"GET / HTTP/1.1\rA: b\r\n\r\n", "400"},
            {GET + "\r\r\n", "400"},
            {GET + "\rA", "400"},
            {GET + "A: b\r\rC: d\r\n\r\n", "400"},
            {GET + "A: b\rC: d\r\n\r\n", "400"},
            {"\r\nGET / HTTP/1.1\r\n\r\n", "GET|/|11"},
            {"\n\r\n\nGET / HTTP/1.1\r\n\r\n", "GET|/|11"},
            {"\rGET / HTTP/1.1\r\n\r\n", "400"},
            {"\r\n".repeat(8) + "GET / HTTP/1.1\r\n\r\n", "GET|/|11"},
            {"\r\n".repeat(8) + "\n", "400"},
            // RFC 9112 5, RFC 9110 5.5: fields
            {GET + "Host: h\r\nX: a b\r\n\r\n", "GET|/|11|Host=h|X=a b"},
            {GET + "X:a\r\n\r\n", "GET|/|11|X=a"},
            {GET + "X:  \t a\tb \t \r\n\r\n", "GET|/|11|X=a\tb"},
            {GET + "X:\r\n\r\n", "GET|/|11|X="},
            {GET + "X: \t \r\n\r\n", "GET|/|11|X="},
            {GET + "X: \n\n", "GET|/|11|X="},
            {GET + "X: a:b\r\n\r\n", "GET|/|11|X=a:b"},
            {GET + "X: \u0080\u00ff\r\n\r\n", "GET|/|11|X=\u0080\u00ff"},
            {GET + "X: a\r\nx: b\r\n\r\n", "GET|/|11|X=a|x=b"},
            {GET + "!#$%&'*+.^`|~: a\r\n\r\n", "GET|/|11|!#$%&'*+.^`|~=a"},
            {GET + "X : a\r\n\r\n", "400"},
            {GET + "X\t: a\r\n\r\n", "400"},
            {GET + " X: a\r\n\r\n", "400"},
            {GET + "X: a\r\n b\r\n\r\n", "400"},
            {GET + "X: a\r\n\tb\r\n\r\n", "400"},
            {GET + "X: a\r\n \r\n\r\n", "400"},
            {GET + ": a\r\n\r\n", "400"},
            {GET + "X\r\n\r\n", "400"},
            {GET + "X Y: a\r\n\r\n", "400"},
            {GET + "X(: a\r\n\r\n", "400"},
            {GET + "X\u0000: a\r\n\r\n", "400"},
            {GET + "X\u00e9: a\r\n\r\n", "400"},
            {GET + "X: a\u0000b\r\n\r\n", "400"},
            {GET + "X: a\u0001b\r\n\r\n", "400"},
            {GET + "X: a\u000bb\r\n\r\n", "400"},
            {GET + "X: \u007f\r\n\r\n", "400"},
            // What follows belongs to others
            {GET + "\r\nGET /next", "GET|/|11 +9"},
            {"", "more"},
            {"\r\n", "more"},
            {"GE", "more"},
            {"GET / HTTP/1.1", "more"},
            {GET, "more"},
            {GET + "X: a", "more"},
            {GET + "X: a\r\n", "more"},
            {GET + "X: a\r\n\r", "more"},
        };
    }

    @ParameterizedTest
    @MethodSource("rows")
    void sameAnswerInPiecesOfAnySize(String input, String expected) {
        for (List<String> pieces : Pieces.of(input)) {
            assertEquals(expected, feed(RequestParser.Limits.DEFAULT, pieces), pieces::toString);
        }
    }

    private static String feed(RequestParser.Limits limits, List<String> pieces) {
        RequestParser parser = new RequestParser(limits);
        RequestHead head = new RequestHead();
        IoBuffer in = TestBuffers.empty(65_536);
        in.region(7, 7); // offsets are relative: the head need not be at the front
        int outcome = RequestParser.NEED_MORE;
        for (String piece : pieces) {
            in.put(piece);
            outcome = parser.parse(in, head);
        }
        if (outcome == RequestParser.COMPLETE) {
            return text(head, in.length() - head.length());
        }
        return outcome == RequestParser.NEED_MORE ? "more" : Integer.toString(-outcome);
    }

    private static String text(RequestHead head, int left) {
        StringBuilder text = new StringBuilder(head.methodText());
        text.append('|').append(head.buffer().string(head.targetOffset(), head.targetLength()));
        text.append('|').append(head.version());
        for (int i = 0; i < head.fieldCount(); i++) {
            text.append('|').append(head.name(i)).append('=').append(head.value(i));
        }
        return left == 0 ? text.toString() : text + " +" + left;
    }

    /** Limits: request line 20, field line 10, head 40, 3 fields; line ends count. */
    static String[][] limits() {
        return new String[][] {
            {"GET /4567 HTTP/1.1\r\n\r\n", "GET|/4567|11"},
            {"GET /45678 HTTP/1.1\r\n\r\n", "414"},
            {"GET /45678 HTTP/1.1\n\n", "GET|/45678|11"},
            {"GET /45678901234567890", "414"},
            {"\r\n\r\nGET /4567 HTTP/1.1\r\n\r\n", "GET|/4567|11"},
            {"M".repeat(19), "more"},
            {"M".repeat(20), "414"},
            {GET + "X: 45678\r\n\r\n", "GET|/|11|X=45678"},
            {GET + "X: 456789\r\n\r\n", "431"},
            {GET + "X: 456789\n\n", "GET|/|11|X=456789"},
            {GET + "NAMENAMENAME", "431"},
            {GET + "X:           ", "431"},
            {GET + "A:1\nB:2\nC:3\n\n", "GET|/|11|A=1|B=2|C=3"},
            {GET + "A:1\nB:2\nC:3\nD:4\n\n", "431"},
            {GET + "A: 45678\r\nB: 45678\r\n\r\n", "GET|/|11|A=45678|B=45678"},
            {GET + "A: 45678\r\nB: 45678\r\nC:\r\n\r\n", "431"},
        };
    }

    @ParameterizedTest
    @MethodSource("limits")
    void boundsAreToTheByte(String input, String expected) {
        RequestParser.Limits limits = new RequestParser.Limits(20, 10, 40, 3);
        for (List<String> pieces : Pieces.of(input)) {
            assertEquals(expected, feed(limits, pieces), pieces::toString);
        }
    }

    @Test
    void aFullBufferIsRefusedByThePartThatFilledIt() {
        assertEquals("-414 LONG_REQUEST_LINE", full(15));
        assertEquals("-431 LONG_FIELD_LINE", full(17));
    }

    private static String full(int bytes) {
        RequestParser parser = new RequestParser(RequestParser.Limits.DEFAULT);
        IoBuffer in = TestBuffers.of(GET + "X");
        in.region(0, bytes);
        assertEquals(RequestParser.NEED_MORE, parser.parse(in, new RequestHead()));
        return parser.refuseFull() + " " + parser.fault();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            (                          | METHOD            | 0
            GE<T                       | METHOD            | 2
            GET_a~                     | REQUEST_LINE      | 5
            GET_/_HTTP/1.1_~           | REQUEST_LINE      | 15
            GET_/_HTTP/2.0~            | VERSION           | 12
            GET_/aaaaaaaaaaaaaaa       | LONG_REQUEST_LINE | 20
            GET_/_HTTP/1.1~A(:         | FIELD_LINE        | 17
            GET_/_HTTP/1.1~A:_<01>     | FIELD_LINE        | 19
            GET_/_HTTP/1.1~A:_aaaaaaaa | LONG_FIELD_LINE   | 26
            GET_/_HTTP/1.1~A:~B:~C:~D: | MANY_FIELD_LINES  | 28
            """)
    void theFaultAndWhereItStands(String input, String fault, int position) {
        String bytes = input.replace("_", " ").replace("~", "\r\n").replace("<01>", "\u0001");
        for (List<String> pieces : Pieces.of(bytes)) {
            RequestParser parser = new RequestParser(new RequestParser.Limits(20, 10, 40, 3));
            RequestHead head = new RequestHead();
            IoBuffer in = TestBuffers.empty(64);
            for (String piece : pieces) {
                in.put(piece);
                parser.parse(in, head);
            }
            assertEquals(fault + " " + position, parser.fault() + " " + parser.position(), pieces::toString);
        }
    }

    @Test
    void aRefusalStays() {
        RequestParser parser = new RequestParser(RequestParser.Limits.DEFAULT);
        RequestHead head = new RequestHead();
        IoBuffer in = TestBuffers.of("(" + GET + "\r\n");
        assertEquals(-400, parser.parse(in, head));
        in.consume(1);
        assertEquals(-400, parser.parse(in, head));
        parser.reset();
        assertEquals(RequestParser.COMPLETE, parser.parse(in, head));
    }

    @Test
    void emptyLinesAreNotTheStartOfARequest() {
        RequestParser parser = new RequestParser(RequestParser.Limits.DEFAULT);
        RequestHead head = new RequestHead();
        IoBuffer in = TestBuffers.empty(64);
        in.put("\r\n");
        parser.parse(in, head);
        assertFalse(parser.isStarted());
        in.put("G");
        parser.parse(in, head);
        assertTrue(parser.isStarted());
    }

    @Test
    void aHeadMovesFromBufferToBufferWhileItComes() {
        RequestParser parser = new RequestParser(RequestParser.Limits.DEFAULT);
        RequestHead head = new RequestHead();
        IoBuffer small = TestBuffers.of("xxxx" + GET + "Host: exa");
        small.consume(4);
        assertEquals(RequestParser.NEED_MORE, parser.parse(small, head));
        IoBuffer large = TestBuffers.empty(100);
        large.region(50, 50);
        large.put(small, small.start(), small.length());
        small.release();
        large.put("mple\r\n\r\n");
        assertEquals(RequestParser.COMPLETE, parser.parse(large, head));
        assertEquals("example", head.value(FieldName.HOST));
        large.compact();
        head.buffer(large, 0);
        assertEquals("GET / HTTP/1.1", head.requestLine());
        assertEquals("example", head.value(0));
    }

    @Test
    void pipelinedRequestsAreFoundOneBehindTheOther() {
        RequestParser parser = new RequestParser(RequestParser.Limits.DEFAULT);
        RequestHead head = new RequestHead();
        IoBuffer in = TestBuffers.of("GET /1 HTTP/1.1\r\nA: b\r\n\r\nPUT /2 HTTP/1.0\n\n");
        assertEquals(RequestParser.COMPLETE, parser.parse(in, head));
        assertEquals("GET|/1|11|A=b", text(head, 0));
        in.consume(head.length());
        parser.reset();
        assertEquals(RequestParser.COMPLETE, parser.parse(in, head));
        assertEquals("PUT|/2|10", text(head, 0));
        in.consume(head.length());
        assertTrue(in.isEmpty());
    }
}
