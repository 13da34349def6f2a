package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static pollux.wire.Wire.lines;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are not served: what cannot be parsed, is ambiguous, too large, or for nobody (RFC 9112). */
final class RefusalTest {
    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create().file("www/a.txt", "a");
        server = ServerProcess.start(site, ServerProcess.server("large_client_header_buffers 2 1k;"));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    /** In rows: {@code ~} is CR LF, {@code ^} a bare LF, {@code `} a bare CR, {@code _} a space, {@code \t} a tab. */
    private static String unfold(String row) {
        return row.replace("~", "\r\n")
                .replace("^", "\n")
                .replace("`", "\r")
                .replace("_", " ")
                .replace("\\t", "\t")
                .replace("\\0", "\0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            GET_/a.txt_HTTP/1.1~Host:_h~Connection:_close~~                     | 200 OK
            ~GET_/a.txt_HTTP/1.1~Host:_h~Connection:_close~~                    | 200 OK
            ^^GET_/a.txt_HTTP/1.1^Host:_h^Connection:_close^^                   | 200 OK
            GET_/a.txt_HTTP/1.1~Host:\\t_h_\\t~Connection:close~~               | 200 OK
            GET_/a.txt_HTTP/1.0~~                                               | 200 OK
            GET_/a.txt_HTTP/1.9~Host:h~Connection:close~~                       | 200 OK
            GET_/a.txt~~                                                        | 400 Bad Request
            GET_~~                                                              | 400 Bad Request
            GET~~                                                               | 400 Bad Request
            GET_/a.txt_~~                                                       | 400 Bad Request
            GET_/a.txt_HTTP~~                                                   | 400 Bad Request
            GET_/a.txt_HTTP/1~~                                                 | 400 Bad Request
            GET_/a.txt_HTTP/1.~~                                                | 400 Bad Request
            GET_/a.txt_HTTP/1.11~~                                              | 400 Bad Request
            GET_/a.txt_HTTP/01.1~~                                              | 400 Bad Request
            GET_/a.txt_http/1.1~~                                               | 400 Bad Request
            GET_/a.txt_HTTP/1.1_~~                                              | 400 Bad Request
            GET_/a.txt_HTTP/0.9~~                                               | 400 Bad Request
            GET_/a.txt_HTTP/2.0~~                                               | 505 HTTP Version Not Supported
            GET_/a.txt_HTTP/3~~                                                 | 505 HTTP Version Not Supported
            PRI_*_HTTP/2.0~~SM~~                                                | 505 HTTP Version Not Supported
            GET__/a.txt_HTTP/1.1~Host:h~~                                       | 400 Bad Request
            GET_/a.txt__HTTP/1.1~Host:h~~                                       | 400 Bad Request
            _GET_/a.txt_HTTP/1.1~Host:h~~                                       | 400 Bad Request
            GET\\t/a.txt_HTTP/1.1~Host:h~~                                      | 400 Bad Request
            G[T_/a.txt_HTTP/1.1~Host:h~~                                        | 400 Bad Request
            GET_a.txt_HTTP/1.1~Host:h~~                                         | 400 Bad Request
            GET_/a\\0.txt_HTTP/1.1~Host:h~~                                     | 400 Bad Request
            GET_/a.txt_HTTP/1.1`Host:h~~                                        | 400 Bad Request
            GET_/a.txt_HTTP/1.1~Host:h`X:y~~                                    | 400 Bad Request
            GET_/a.txt_HTTP/1.1~_Host:h~~                                       | 400 Bad Request
            GET_/a.txt_HTTP/1.1~Host:h~_folded~~                                | 400 Bad Request
            GET_/a.txt_HTTP/1.1~Host_:h~~                                       | 400 Bad Request
            GET_/a.txt_HTTP/1.1~Host:h~:empty~~                                 | 400 Bad Request
            GET_/a.txt_HTTP/1.1~Host:h~nocolon~~                                | 400 Bad Request
            GET_/a.txt_HTTP/1.1~Host:h~X:a\\0b~~                                | 400 Bad Request
            *_/a.txt_HTTP/1.1~Host:h~Connection:close~~                         | 405 Not Allowed
            GET_*_HTTP/1.1~Host:h~~                                             | 400 Bad Request
            GET_/%_HTTP/1.1~Host:h~~                                            | 400 Bad Request
            GET_/%4_HTTP/1.1~Host:h~~                                           | 400 Bad Request
            GET_/%zz_HTTP/1.1~Host:h~~                                          | 400 Bad Request
            GET_/../a.txt_HTTP/1.1~Host:h~~                                     | 400 Bad Request
            GET_/a%00.txt_HTTP/1.1~Host:h~~                                     | 400 Bad Request
            """)
    void requestLinesAndFields(String request, String status) {
        String answer = server.exchange(unfold(request));
        assertEquals("HTTP/1.1 " + status, answer.substring(0, answer.indexOf('\r')));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            Content-Length:_1                                           | 405 Not Allowed
            Content-Length:_-1                                          | 400 Bad Request
            Content-Length:_+1                                          | 400 Bad Request
            Content-Length:_0x1                                         | 400 Bad Request
            Content-Length:_1,1                                         | 400 Bad Request
            Content-Length:_1~Content-Length:_1                         | 400 Bad Request
            Content-Length:                                             | 400 Bad Request
            Content-Length:_99999999999999999999                        | 400 Bad Request
            Content-Length:_1~Transfer-Encoding:_chunked                | 400 Bad Request
            Transfer-Encoding:_chunked~Transfer-Encoding:_chunked       | 400 Bad Request
            Transfer-Encoding:_identity                                 | 400 Bad Request
            Transfer-Encoding:_xchunked                                 | 400 Bad Request
            Transfer-Encoding:_chunked,_gzip                            | 400 Bad Request
            Transfer-Encoding:_chunked,_chunked                         | 400 Bad Request
            Transfer-Encoding:_gzip,_chunked                            | 501 Not Implemented
            """)
    void framing(String fields, String status) {
        String head = "POST_/a.txt_HTTP/1.1~Host:_h~Connection:_close~" + fields + "~~";
        String answer = server.exchange(unfold(head) + "1");
        assertEquals("HTTP/1.1 " + status, answer.substring(0, answer.indexOf('\r')));
    }

    @Test
    void chunkedContentInHttp10IsRefused() {
        String answer = server.exchange("POST /a.txt HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        assertEquals("HTTP/1.1 400 Bad Request", answer.substring(0, answer.indexOf('\r')));
    }

    @Test
    void wholeRefusalEndsTheConnection() {
        assertEquals(lines("""
                        HTTP/1.1 400 Bad Request
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/html
                        Content-Length: 157
                        Connection: close

                        <html>
                        <head><title>400 Bad Request</title></head>
                        <body>
                        <center><h1>400 Bad Request</h1></center>
                        <hr><center>pollux/0.1.0</center>
                        </body>
                        </html>
                        """), server.exchange("nonsense\r\n\r\n" + Wire.get("/a.txt")));
    }

    @Test
    void longRequestLineIs414AndLongFieldsAre431() {
        String filler = "x".repeat(1100);
        assertEquals(lines("""
                        HTTP/1.1 414 Request-URI Too Large
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/html
                        Content-Length: 177
                        Connection: close

                        <html>
                        <head><title>414 Request-URI Too Large</title></head>
                        <body>
                        <center><h1>414 Request-URI Too Large</h1></center>
                        <hr><center>pollux/0.1.0</center>
                        </body>
                        </html>
                        """), server.exchange("GET /" + filler + " HTTP/1.1\r\nHost: h\r\n\r\n"));
        String tooLarge = lines("""
                        HTTP/1.1 431 Request Header Fields Too Large
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/html
                        Content-Length: 253
                        Connection: close

                        <html>
                        <head><title>431 Request Header Or Cookie Too Large</title></head>
                        <body>
                        <center><h1>431 Request Header Fields Too Large</h1></center>
                        <center>Request Header Or Cookie Too Large</center>
                        <hr><center>pollux/0.1.0</center>
                        </body>
                        </html>
                        """);
        assertEquals(tooLarge, server.exchange(Wire.get("/a.txt", "X: " + filler)));
        String field = "y".repeat(900);
        assertEquals(
                tooLarge,
                server.exchange(Wire.get("/a.txt", "X: " + field, "Y: " + field, "Z: " + field, "A: " + field)));
        assertEquals(
                200,
                server.ask(Wire.get("/a.txt", "X: " + field, "Y: " + field)).status());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            GET_/a.txt_HTTP/1.1~Connection:_close~~                             | 400 Bad Request
            GET_/a.txt_HTTP/1.1~Host:_h~Host:_h~~                               | 400 Bad Request
            GET_/a.txt_HTTP/1.0~Host:_h~Host:_h~~                               | 400 Bad Request
            GET_/a.txt_HTTP/1.1~Host:_h~Host:_i~~                               | 400 Bad Request
            GET_/a.txt_HTTP/1.1~Host:~Connection:_close~~                       | 400 Bad Request
            GET_/a.txt_HTTP/1.1~Host:_h:80~Connection:_close~~                  | 200 OK
            GET_/a.txt_HTTP/1.1~Host:_[::1]:80~Connection:_close~~              | 200 OK
            GET_/a.txt_HTTP/1.1~Host:_a/b~Connection:_close~~                   | 400 Bad Request
            GET_/a.txt_HTTP/1.1~Host:_a_b~Connection:_close~~                   | 400 Bad Request
            GET_/a.txt_HTTP/1.1~Host:_a..b~Connection:_close~~                  | 400 Bad Request
            GET_http://h/a.txt_HTTP/1.1~Host:_other~Connection:_close~~         | 200 OK
            GET_http://h/a.txt_HTTP/1.1~Connection:_close~~                     | 400 Bad Request
            GET_HTTP://h/a.txt_HTTP/1.1~Host:_h~Connection:_close~~             | 200 OK
            GET_http:///a.txt_HTTP/1.1~Host:_h~Connection:_close~~              | 400 Bad Request
            """)
    void hosts(String request, String status) {
        String answer = server.exchange(unfold(request));
        assertEquals("HTTP/1.1 " + status, answer.substring(0, answer.indexOf('\r')));
    }

    @Test
    void clientsThatSayNothingOrHalfAreLetGo() {
        assertEquals("", endedAfter(""));
        assertEquals("", endedAfter("GET /a.txt HT"));
        server.awaitError("client prematurely closed connection while reading client request line");
    }

    private static String endedAfter(String bytes) {
        try (RawClient client = server.connect()) {
            return client.send(bytes).endOutput().readAll();
        }
    }
}
