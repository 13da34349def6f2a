package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorPagesTest {
    @TempDir
    Path folder;

    private Requests.Exchange render(int status, String directives) {
        Requests.Exchange exchange = Requests.server(folder, directives).get("/x");
        assertEquals(Handler.DONE, ErrorPages.render(status, exchange.request, exchange.response));
        return exchange;
    }

    @Test
    void aPageIsNginxsToTheByte() {
        Requests.Exchange exchange = render(404, "");
        assertEquals(404, exchange.response.status());
        assertEquals("text/html", exchange.response.contentType());
        assertEquals("""
                <html>\r
                <head><title>404 Not Found</title></head>\r
                <body>\r
                <center><h1>404 Not Found</h1></center>\r
                <hr><center>pollux/0.1.0</center>\r
                </body>\r
                </html>\r
                """, exchange.content());
    }

    @Test
    void withoutServerTokensThePageHasNoVersion() {
        assertTrue(render(403, "server_tokens off;").content().contains("<hr><center>pollux</center>\r\n"));
    }

    @Test
    void theCharsetOfTheLocationIsThePagesToo() {
        assertEquals(
                "text/html; charset=utf-8",
                render(404, "charset utf-8;").response.contentType());
    }

    @Test
    void aHeadThatIsTooLargeIsExplained() {
        assertEquals("""
                <html>\r
                <head><title>431 Request Header Or Cookie Too Large</title></head>\r
                <body>\r
                <center><h1>431 Request Header Fields Too Large</h1></center>\r
                <center>Request Header Or Cookie Too Large</center>\r
                <hr><center>pollux/0.1.0</center>\r
                </body>\r
                </html>\r
                """, render(431, "").content());
    }

    @Test
    void nginxsOwnStatusesAreBadRequestsThatSayMore() {
        Requests.Exchange exchange = render(497, "");
        assertEquals(400, exchange.response.status());
        assertEquals("""
                <html>\r
                <head><title>400 The plain HTTP request was sent to HTTPS port</title></head>\r
                <body>\r
                <center><h1>400 Bad Request</h1></center>\r
                <center>The plain HTTP request was sent to HTTPS port</center>\r
                <hr><center>pollux/0.1.0</center>\r
                </body>\r
                </html>\r
                """, exchange.content());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "301 | 301 Moved Permanently",
                "302 | 302 Found",
                "303 | 303 See Other",
                "307 | 307 Temporary Redirect",
                "308 | 308 Permanent Redirect",
                "400 | 400 Bad Request",
                "401 | 401 Authorization Required",
                "405 | 405 Not Allowed",
                "408 | 408 Request Time-out",
                "411 | 411 Length Required",
                "412 | 412 Precondition Failed",
                "413 | 413 Request Entity Too Large",
                "414 | 414 Request-URI Too Large",
                "416 | 416 Requested Range Not Satisfiable",
                "429 | 429 Too Many Requests",
                "500 | 500 Internal Server Error",
                "501 | 501 Not Implemented",
                "502 | 502 Bad Gateway",
                "503 | 503 Service Temporarily Unavailable",
                "504 | 504 Gateway Time-out",
                "505 | 505 HTTP Version Not Supported",
                "507 | 507 Insufficient Storage"
            })
    void everyStatusHasNginxsTitle(int status, String title) {
        Requests.Exchange exchange = render(status, "");
        assertEquals(status, exchange.response.status());
        assertTrue(exchange.content()
                .startsWith("<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n" + "<center><h1>" + title
                        + "</h1></center>\r\n<hr>"));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 304, 407, 417, 418, 422, 451, 499, 506, 599, 600})
    void otherStatusesHaveNoContent(int status) {
        Requests.Exchange exchange = render(status, "");
        assertEquals(status, exchange.response.status());
        assertNull(exchange.response.contentType());
        assertEquals(0, exchange.response.content().length());
    }

    @Test
    void fieldsStayAndValidatorsGo() {
        Requests.Exchange exchange = Requests.server(folder, "").get("/x");
        exchange.response.add("Content-Range", "bytes */36");
        exchange.response.entityTag("\"x\"");
        exchange.response.lastModified(1);
        exchange.response.allowRanges(true);
        ErrorPages.render(416, exchange.request, exchange.response);
        assertEquals("bytes */36", exchange.response.field("Content-Range"));
        assertNull(exchange.response.entityTag());
        assertEquals(-1, exchange.response.lastModified());
        assertFalse(exchange.response.rangesAllowed());
    }

    @Test
    void theConnectionEndsWhereItCannotBeTrusted() {
        assertTrue(render(400, "").response.isClosing());
        assertTrue(render(413, "").response.isClosing());
        assertTrue(render(500, "").response.isClosing());
        assertFalse(render(404, "").response.isClosing());
        assertFalse(render(503, "").response.isClosing());
    }
}
