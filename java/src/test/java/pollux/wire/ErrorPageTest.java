package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.lines;
import static pollux.wire.Wire.request;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code error_page} in all its forms. */
final class ErrorPageTest {
    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .file("www/404.html", "not here")
                .file("www/50x.html", "sorry")
                .folder("www/put")
                .program("www/cgi/broken.sh", "#!/bin/sh\necho nonsense\n")
                .program("www/cgi/page.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\n\\n%s %s %s' "$REQUEST_METHOD" "$REDIRECT_STATUS" "$REQUEST_URI"
                        """);
        server = ServerProcess.start(site, ServerProcess.server("""
                        error_page 404 /404.html;
                        error_page 500 502 503 504 /50x.html;
                        location = /404.html { internal; }
                        location /ok/ { error_page 404 =200 /404.html; }
                        location /of/ { error_page 404 = /made; }
                        location /made { return 202 "made of $request_uri at $uri"; }
                        location /name/ { error_page 404 = @fallback; }
                        location @fallback { return 200 "$request_method $uri"; }
                        location /url/ { error_page 404 http://other.example$uri; }
                        location /url301/ { error_page 404 =301 http://other.example/; }
                        location /none/ { error_page 404 /missing-too.html; }
                        location /again/ { recursive_error_pages on; error_page 404 /none/x; }
                        location /cgi/ { cgi on; }
                        location /program/ { error_page 404 /cgi/page.sh; }
                        location /no-methods/ { allow_methods GET; error_page 405 /404.html; }
                        location /small/ { client_max_body_size 2; error_page 413 /404.html; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    @Test
    void wholePageThatIsConfigured() {
        assertEquals(lines("""
                        HTTP/1.1 404 Not Found
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/html
                        Content-Length: 8
                        Connection: keep-alive
                        ETag: "2ebc98a1-8"

                        not here"""), server.ask(get("/missing")).text().replaceFirst("Last-Modified: [^\r]*\r\n", ""));
    }

    @Test
    void wholePageThatIsBuiltIn() {
        assertEquals(lines("""
                        HTTP/1.1 404 Not Found
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/html
                        Content-Length: 153
                        Connection: keep-alive

                        <html>
                        <head><title>404 Not Found</title></head>
                        <body>
                        <center><h1>404 Not Found</h1></center>
                        <hr><center>pollux/0.1.0</center>
                        </body>
                        </html>
                        """), server.ask(get("/none/x")).text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /404.html      | 404 | not here
            POST /missing      | 404 | not here
            GET /ok/x          | 200 | not here
            GET /of/x          | 202 | made of /of/x at /made
            GET /name/x        | 200 | GET /name/x
            DELETE /name/x     | 405 |
            GET /cgi/broken.sh | 502 | sorry
            GET /cgi/none.sh   | 404 | not here
            GET /program/x?q   | 404 | GET 200 /program/x?q
            GET /again/x       | 404 |
            POST /no-methods/x | 405 | not here
            """)
    void pagesOfErrors(String request, int status, String content) {
        Answer answer = server.ask(request(request));
        assertEquals(status, answer.status());
        if (content != null) {
            assertEquals(content, answer.content());
        }
    }

    @Test
    void errorsThatLeadAway() {
        Answer answer = server.ask(get("/url/x"));
        assertEquals("302 http://other.example/url/x", answer.status() + " " + answer.field("Location"));
        answer = server.ask(get("/url301/x"));
        assertEquals("301 http://other.example/", answer.status() + " " + answer.field("Location"));
    }

    @Test
    void pageForContentThatIsTooLarge() {
        try (RawClient client = server.connect()) {
            Answer answer = client.send(request("POST /small/x", "Content-Length: 3") + "abc")
                    .read();
            assertEquals(
                    "413 not here close", answer.status() + " " + answer.content() + " " + answer.field("Connection"));
        }
    }

    @Test
    void headHasNoPageButItsFields() {
        Answer answer = server.ask(request("HEAD /missing"));
        assertEquals("404 8", answer.status() + " " + answer.field("Content-Length"));
    }
}
