package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;

/** The header of a program's output: each row at once, byte by byte, and in two pieces split at every place. */
class CgiResponseParserTest {
    private static final String CONTENT = "\nab\r\n\n";

    private final CgiResponseParser parser = new CgiResponseParser();
    private final Response response = new Response();

    static Stream<Arguments> headers() {
        return Stream.of(
                row("documents", "Content-Type: text/plain\n\n", "DOCUMENT 200 text/plain"),
                row("CR LF", "Content-Type: text/plain\r\n\r\n", "DOCUMENT 200 text/plain"),
                row("mixed line ends", "Content-Type: text/plain\nX: 1\r\n\n", "DOCUMENT 200 text/plain X=1"),
                row("names in any case", "cOnTent-tyPE:a/b\nSTATUS:201\n\n", "DOCUMENT 201 a/b"),
                row("blanks around values", "Content-Type: \t a/b \t \n\n", "DOCUMENT 200 a/b"),
                row("status alone", "Status: 204\n\n", "DOCUMENT 204"),
                row("status with phrase", "Status: 404 Not  here\n\n", "DOCUMENT 404 'Not  here'"),
                row("status with an empty phrase", "Status: 404 \n\n", "DOCUMENT 404"),
                row("the first status", "Status: 200\n\n", "DOCUMENT 200"),
                row("the last status", "Status: 599\n\n", "DOCUMENT 599"),
                row("status line", "HTTP/1.1 201 Made\nContent-Type: a/b\n\n", "DOCUMENT 201 'Made' a/b"),
                row("status line of 1.0", "HTTP/1.0 304\r\n\r\n", "DOCUMENT 304"),
                row("length", "Content-Type: a/b\nContent-Length: 6\n\n", "DOCUMENT 200 a/b length=6"),
                row("length of nothing", "Status: 200\nContent-Length: 0\n\n", "DOCUMENT 200 length=0"),
                row(
                        "fields in order, as often as given",
                        "Content-Type: a/b\nSet-Cookie: a=1\nX-A: \nSet-Cookie: b=2\nx-sendfile: /f\n\n",
                        "DOCUMENT 200 a/b Set-Cookie=a=1 X-A= Set-Cookie=b=2 x-sendfile=/f"),
                row(
                        "bytes above ASCII",
                        "Status: 200 \u00fc\nX: \u00c3\u00bc\n\n",
                        "DOCUMENT 200 '\u00fc' X=\u00c3\u00bc"),
                row("fields of the connection", """
                        Status: 200
                        Connection: close, X
                        Keep-Alive: 5
                        TE: x
                        Trailer: X
                        Upgrade: h2c
                        Proxy-Connection: close
                        Date: now
                        Server: mine
                        X: 1

                        """, "DOCUMENT 200 X=1"),
                row(
                        "validators",
                        "Status: 200\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\nETag: W/\"x\"\n\n",
                        "DOCUMENT 200 modified=784111777 tag=W/\"x\""),
                row(
                        "validators of another form",
                        "Status: 200\nLast-Modified: Sunday, 06-Nov-94 08:49:37 GMT\nETag: x\n\n",
                        "DOCUMENT 200 Last-Modified=Sunday, 06-Nov-94 08:49:37 GMT ETag=x"),
                row("local redirect", "Location: /a%20b?c=d\n\n", "LOCAL_REDIRECT 200 -> /a%20b?c=d"),
                row("local redirect with more", "Content-Type: a/b\nLocation: /a\n\n", "LOCAL_REDIRECT 200 a/b -> /a"),
                row("client redirect", "Location: http://h/a\n\n", "CLIENT_REDIRECT 302 -> http://h/a"),
                row("relative redirect", "Location: b?c\n\n", "CLIENT_REDIRECT 302 -> b?c"),
                row(
                        "client redirect with status",
                        "Status: 303 See Other\nLocation: /a\nContent-Type: a/b\n\n",
                        "CLIENT_REDIRECT 303 'See Other' a/b -> /a"),
                row("location of what was made", "Location: /a\nStatus: 201\n\n", "DOCUMENT 201 -> /a"),
                row(
                        "session",
                        "Status: 200\nSession-Set: a=b=c\nsession-set: D_1 = \nSession-Clear: e\nSession-Clear:\n\n",
                        "DOCUMENT 200 set(a,b=c) set(D_1,) clear(e) clear()"));
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                row("nothing", "\n", "neither Content-Type nor Location nor Status"),
                row("nothing that counts", "X: 1\n\n", "neither Content-Type nor Location nor Status"),
                row("a page without header", "<html>\n", "a line without colon"),
                row("a line without colon", "Status: 200\nhello\n", "a line without colon"),
                row("a late status line", "X: 1\nHTTP/1.1 200 OK\n", "a line without colon"),
                row("no name", ": x\n", "a field without name"),
                row("a blank before the colon", "Status : 200\n", "a wrong field name"),
                row("a folded line", "X: 1\n Y: 2\n", "a wrong field name"),
                row("a name beyond ASCII", "\u00dc: 1\n", "a wrong field name"),
                row("a CR inside", "X: a\rSet-Cookie: b\n", "a control character"),
                row("a NUL", "X: a\0b\n", "a control character"),
                row("a DEL", "X: \u007f\n", "a control character"),
                row("two CRs", "Status: 200\r\r\n", "a control character"),
                row("an interim status", "Status: 100 Continue\n", "a wrong status"),
                row("a status that is too large", "Status: 600\n", "a wrong status"),
                row("four digits", "Status: 2000\n", "a wrong status"),
                row("a sign", "Status: +20\n", "a wrong status"),
                row("no digits", "Status: OK\n", "a wrong status"),
                row("an empty status", "Status:\n", "a wrong status"),
                row("a phrase that sticks", "Status: 200OK\n", "a wrong status"),
                row("an interim status line", "HTTP/1.1 101 Switching\n", "a wrong status"),
                row("two statuses", "Status: 200\nStatus: 200\n", "two statuses"),
                row("a status line and a status", "HTTP/1.1 200 OK\nStatus: 200\n", "two statuses"),
                row("two types", "Content-Type: a\ncontent-type: a\n", "two content-type fields"),
                row("an empty type", "Content-Type:\n", "an empty Content-Type field"),
                row("two locations", "Location: /a\nLocation: /b\n", "two Location fields"),
                row("an empty location", "Location: \n", "an empty Location field"),
                row("two lengths", "Content-Length: 1\nContent-Length: 1\n", "a wrong Content-Length"),
                row("two lengths in one", "Content-Length: 1, 1\n", "a wrong Content-Length"),
                row("a negative length", "Content-Length: -1\n", "a wrong Content-Length"),
                row("an empty length", "Content-Length:\n", "a wrong Content-Length"),
                row("a length that does not fit", "Content-Length: 9223372036854775808\n", "a wrong Content-Length"),
                row("chunks", "Transfer-Encoding: chunked\n", "a transfer coding"),
                row("no entry", "Session-Set: a\n", "a wrong session field"),
                row("an entry without name", "Session-Set: =a\n", "a wrong session field"),
                row("an entry with a wrong name", "Session-Set: a-b=c\n", "a wrong session field"),
                row("a wrong name to clear", "Session-Clear: a b\n", "a wrong session field"));
    }

    private static Arguments row(String what, String header, String expected) {
        return Arguments.of(what, header, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void readsAHeaderAndLeavesTheContent(String what, String header, String expected) {
        String all = header + CONTENT;
        for (int split = 0; split <= all.length(); split++) {
            check(expected, all, split);
        }
        IoBuffer in = TestBuffers.empty(all.length() + 1);
        parser.reset();
        response.clear();
        for (int i = 0; i < header.length() - 1; i++) {
            in.put((byte) header.charAt(i));
            in.compact();
            assertEquals(CgiResponseParser.NEED_MORE, parser.parse(in, response), "behind byte " + i);
        }
        in.put((byte) '\n');
        assertEquals(CgiResponseParser.COMPLETE, parser.parse(in, response));
        assertEquals(expected, described());
        assertEquals("", TestBuffers.text(in));
    }

    private void check(String expected, String all, int split) {
        IoBuffer in = TestBuffers.empty(all.length() + 1);
        parser.reset();
        response.clear();
        in.put(all.substring(0, split));
        int answer = parser.parse(in, response);
        in.put(all.substring(split));
        if (answer == CgiResponseParser.NEED_MORE) {
            answer = parser.parse(in, response);
        }
        assertEquals(CgiResponseParser.COMPLETE, answer, "split at " + split);
        assertEquals(expected, described(), "split at " + split);
        assertEquals(CONTENT, TestBuffers.text(in), "split at " + split);
    }

    private String described() {
        StringBuilder all = new StringBuilder();
        all.append(parser.kind()).append(' ').append(response.status());
        append(all, " '", response.reason(), "'");
        append(all, " ", response.contentType(), "");
        append(all, " length=", parser.contentLength() < 0 ? null : Long.toString(parser.contentLength()), "");
        append(all, " modified=", response.lastModified() < 0 ? null : Long.toString(response.lastModified()), "");
        append(all, " tag=", response.entityTag(), "");
        for (int i = 0; i < response.fields().size(); i += 2) {
            boolean isLocation = response.fields().get(i).equals("Location");
            all.append(isLocation ? " -> " : " " + response.fields().get(i) + "=");
            all.append(response.fields().get(i + 1));
        }
        assertEquals(parser.location(), response.field("Location"));
        for (SessionChange change : parser.sessionChanges()) {
            String entry = change.value() == null ? change.name() : change.name() + "," + change.value();
            all.append(change.value() == null ? " clear(" : " set(")
                    .append(entry)
                    .append(')');
        }
        return all.toString();
    }

    private static void append(StringBuilder all, String before, String value, String after) {
        if (value != null) {
            all.append(before).append(value).append(after);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void refusesABrokenHeader(String what, String header, String problem) {
        for (int split = 0; split < header.length(); split++) {
            parser.reset();
            IoBuffer in = TestBuffers.empty(header.length() + 16);
            in.put(header.substring(0, split));
            // Up to the line that is wrong there is nothing to complain of.
            assertEquals(CgiResponseParser.NEED_MORE, parser.parse(in, new Response()), "split at " + split);
            in.put(header.substring(split));
            assertEquals(CgiResponseParser.BROKEN, parser.parse(in, new Response()), "split at " + split);
            assertEquals(problem, parser.problem(), "split at " + split);
            in.put("Status: 200\n\n");
            assertEquals(CgiResponseParser.BROKEN, parser.parse(in, new Response()), "afterwards");
        }
    }

    @Test
    void boundsTheWholeHeader() {
        String start = "Status: 200\nX: ";
        String end = "\n\n";
        String longest = start + "x".repeat(CgiResponseParser.MAX_BYTES - start.length() - end.length()) + end;
        assertEquals(CgiResponseParser.COMPLETE, parseAtOnce(longest));
        assertEquals(CgiResponseParser.BROKEN, parseAtOnce("Y:\n" + longest));
        assertEquals("too long", parser.problem());
    }

    @Test
    void boundsALineWithoutEnd() {
        assertEquals(CgiResponseParser.NEED_MORE, parseAtOnce("x".repeat(CgiResponseParser.MAX_BYTES)));
        assertEquals(CgiResponseParser.BROKEN, parseAtOnce("x".repeat(CgiResponseParser.MAX_BYTES + 1)));
        assertEquals("too long", parser.problem());
    }

    private int parseAtOnce(String header) {
        parser.reset();
        IoBuffer in = TestBuffers.empty(CgiResponseParser.MAX_BYTES * 2);
        in.put(header);
        return parser.parse(in, new Response());
    }

    @Test
    void refusesALineThatFillsTheBuffer() {
        IoBuffer in = TestBuffers.of("X: 1234567");
        assertEquals(CgiResponseParser.BROKEN, parser.parse(in, response));
        assertEquals("a line that is too long", parser.problem());
    }

    @Test
    void forgetsEverythingForTheNextProgram() {
        IoBuffer in = TestBuffers.of("Location: /a\nContent-Length: 1\nSession-Clear:\nStatus: 200 x\n\n");
        assertEquals(CgiResponseParser.COMPLETE, parser.parse(in, response));
        parser.reset();
        response.clear();
        assertEquals(CgiResponseParser.COMPLETE, parser.parse(TestBuffers.of("Status: 404\n\n"), response));
        assertEquals("DOCUMENT 404", described());
        assertNull(parser.problem());
    }
}
