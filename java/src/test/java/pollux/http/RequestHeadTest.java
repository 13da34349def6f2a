package pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;
import pollux.http.RequestHead.Expectation;

class RequestHeadTest {
    static RequestHead parse(String requestLine, String... fields) {
        IoBuffer in = TestBuffers.of(requestLine + "\r\n" + String.join("", lines(fields)) + "\r\n");
        RequestHead head = new RequestHead();
        assertEquals(RequestParser.COMPLETE, new RequestParser(RequestParser.Limits.DEFAULT).parse(in, head));
        return head;
    }

    private static String[] lines(String[] fields) {
        String[] lines = new String[fields.length];
        for (int i = 0; i < fields.length; i++) {
            lines[i] = fields[i] + "\r\n";
        }
        return lines;
    }

    private static RequestHead get(String... fields) {
        return parse("GET / HTTP/1.1", fields);
    }

    @Test
    void knownNamesAreRecognisedInAnyCase() {
        RequestHead head = get("hOST: a", "X-Own: b", "Cookie: c");
        assertEquals(FieldName.HOST, head.fieldName(0));
        assertNull(head.fieldName(1));
        assertEquals(FieldName.COOKIE, head.fieldName(2));
        assertEquals("hOST", head.name(0));
        assertEquals("X-Own", head.name(1));
        assertEquals("c", head.value(FieldName.COOKIE));
        assertNull(head.value(FieldName.RANGE));
        assertEquals(-1, head.find(FieldName.RANGE));
    }

    @Test
    void whatManyFieldLinesTookIsGivenBackAndNothingIsLeftOfThem() {
        String[] many = new String[200];
        java.util.Arrays.fill(many, "Age: 1");
        IoBuffer in = TestBuffers.of("GET / HTTP/1.1\r\n" + String.join("", lines(many)) + "\r\n");
        RequestHead head = new RequestHead();
        RequestParser.Limits limits = new RequestParser.Limits(8192, 8192, 32768, 1000);
        assertEquals(RequestParser.COMPLETE, new RequestParser(limits).parse(in, head));
        assertEquals(200, head.fieldCount());
        head.trim();
        assertEquals(0, head.fieldCount());
        assertNull(head.find("age"));
        RequestHead usual = get("Accept: a");
        usual.trim();
        assertEquals("a", usual.value(FieldName.ACCEPT));
    }

    @Test
    void repeatedFieldsAreJoinedInOrder() {
        RequestHead head = get("Accept: a", "Cookie: x=1", "accept: b", "Cookie: y=2", "ACCEPT: c");
        assertEquals("a, b, c", head.joined(FieldName.ACCEPT));
        assertEquals("x=1; y=2", head.joined(FieldName.COOKIE));
        assertEquals("a", head.value(FieldName.ACCEPT));
        assertEquals(2, head.next(FieldName.ACCEPT, 0));
        assertEquals(-1, head.next(FieldName.ACCEPT, 4));
        assertNull(head.joined(FieldName.HOST));
    }

    @Test
    void variablesFindFieldsByTheirSpelling() {
        RequestHead head = get("X-Forwarded-For: a", "X-Own: 1", "x-own: 2", "Cookie: p", "Cookie: q");
        assertEquals("a", head.find("x_forwarded_for"));
        assertEquals("1, 2", head.find("x_own"));
        assertEquals("p; q", head.find("cookie"));
        assertNull(head.find("x_owns"));
        assertNull(head.find("x"));
    }

    @Test
    void unusualNamesAreMarkedAndCanBeDropped() {
        RequestHead head = get("X-A1: 1", "X_A: 2", "X.A: 3", "Content_Length: 4", "Host: h");
        assertFalse(head.isUnusual(0));
        assertTrue(head.isUnusual(1));
        assertFalse(head.isUnusual(1, true));
        assertTrue(head.isUnusual(2, true));
        head.dropUnusual(true);
        assertEquals(4, head.fieldCount());
        head.dropUnusual(false);
        assertEquals(2, head.fieldCount());
        assertEquals("1", head.value(0));
        assertEquals("h", head.value(FieldName.HOST));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // version | Connection | persistent
                "1.1 |                      | true",
                "1.1 | close                | false",
                "1.1 | CLOSE                | false",
                "1.1 | keep-alive           | true",
                "1.1 | keep-alive, close    | false",
                "1.1 | , ,close ,           | false",
                "1.1 | closed               | true",
                "1.1 | 'x,\tClose\t, y'     | false",
                "1.0 |                      | false",
                "1.0 | keep-alive           | true",
                "1.0 | TE, Keep-Alive       | true",
                "1.0 | keep-alive,close     | false",
                "1.2 |                      | true",
            })
    void persistenceFollowsVersionAndConnection(String version, String connection, boolean expected) {
        String line = "GET / HTTP/" + version;
        RequestHead head = connection == null ? parse(line) : parse(line, "Connection: " + connection);
        assertEquals(expected, head.isPersistent());
    }

    @Test
    void connectionOptionsMayComeInSeveralLines() {
        RequestHead head = get("Connection: upgrade", "Connection: close");
        assertTrue(head.isClose());
        assertFalse(head.isKeepAlive());
    }

    @Test
    void expectIs100ContinueOrUnknownAndIgnoredIn10() {
        assertEquals(Expectation.NONE, get().expectation());
        assertEquals(Expectation.CONTINUE, get("Expect: 100-Continue").expectation());
        assertEquals(Expectation.UNKNOWN, get("Expect: 200-ok").expectation());
        assertEquals(
                Expectation.UNKNOWN, get("Expect: x", "Expect: 100-continue").expectation());
        assertEquals(Expectation.UNKNOWN, get("Expect: 100-continue, x").expectation());
        assertEquals(
                Expectation.CONTINUE,
                get("Expect: ,100-continue", "Expect: 100-CONTINUE").expectation());
        assertEquals(Expectation.NONE, get("Expect:").expectation());
        assertEquals(
                Expectation.NONE,
                parse("GET / HTTP/1.0", "Expect: 100-continue").expectation());
    }

    @Test
    void hopByHopFieldsAreTheKnownOnesAndThoseThatConnectionLists() {
        RequestHead head = get("Connection: X-Own, close", "X-Own: 1", "TE: trailers", "X-Other: 2", "Cookie: c");
        HopByHop hopByHop = new HopByHop(head);
        assertTrue(hopByHop.contains(0));
        assertTrue(hopByHop.contains(1));
        assertTrue(hopByHop.contains(2));
        assertFalse(hopByHop.contains(3));
        assertFalse(hopByHop.contains(4));
    }

    @Test
    void manyFieldsAreKept() {
        String[] fields = new String[90];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = "N" + i + ": v" + i;
        }
        RequestHead head = get(fields);
        assertEquals(90, head.fieldCount());
        assertEquals("N89", head.name(89));
        assertEquals("v89", head.value(89));
    }

    @Test
    void everyKnownNameIsFoundByBytesAndByText() {
        for (FieldName name : FieldName.values()) {
            String odd = name.text().toUpperCase(java.util.Locale.ROOT);
            assertEquals(name, FieldName.of(odd));
            assertEquals(name, FieldName.of(TestBuffers.of(odd), 0, odd.length()));
        }
        assertNull(FieldName.of("Hosts"));
        assertNull(FieldName.of(""));
    }

    @Test
    void methodsAreCaseSensitive() {
        assertEquals(Method.GET, Method.of("GET"));
        assertEquals(Method.UNKNOWN, Method.of("get"));
        assertEquals(Method.UNKNOWN, Method.of("UNKNOWN"));
        assertEquals(Method.PROPPATCH, Method.of(TestBuffers.of("xPROPPATCH"), 1, 9));
        assertEquals(Method.UNKNOWN, Method.of(TestBuffers.of("GETS"), 0, 4));
    }
}
