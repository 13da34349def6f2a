package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static pollux.wire.Wire.request;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HEAD has the head that GET would have, its length among it, and no content (RFC 9110 section 9.3.2). */
final class HeadTest {
    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .file("www/a.txt", "0123456789")
                .file("www/empty.txt", "")
                .file("www/big.txt", new byte[300_000])
                .file("www/index/index.html", "index")
                .file("www/list/b.txt", "b")
                .file("www/405.html", "not allowed")
                .program("www/cgi/long.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\nContent-Length: 5\\nETag: "x"\\n\\n'
                        [ "$REQUEST_METHOD" = HEAD ] || printf hello
                        """)
                .program("www/cgi/open.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\nSet-Cookie: a=b\\n\\nhello'
                        """)
                .program("www/cgi/gone.sh", """
                        #!/bin/sh
                        printf 'Status: 410 Gone Fishing\\nContent-Type: text/plain\\n\\nhello'
                        """)
                .program("www/cgi/local.sh", """
                        #!/bin/sh
                        printf 'Location: /a.txt\\n\\n'
                        """)
                .program("www/cgi/away.sh", """
                        #!/bin/sh
                        printf 'Location: http://other/\\n\\n'
                        """)
                .program("www/cgi/broken.sh", """
                        #!/bin/sh
                        printf 'nonsense'
                        """);
        server = ServerProcess.start(site, ServerProcess.server("""
                        location /list/ { autoindex on; }
                        location /json/ { alias www/list/; autoindex on; autoindex_format json; }
                        location /cgi/ { cgi on; }
                        location /text { return 200 "text of $uri"; }
                        location /moved { return 301 /there; }
                        location /none { return 204; }
                        location /reset { return 205; }
                        location /teapot { return 418 "short"; }
                        location /page/ { error_page 404 /a.txt; }
                        location /cgi-page/ { error_page 404 /cgi/open.sh; }
                        location /only/ { allow_methods POST; error_page 405 /405.html; }
                        location /expires/ { alias www/; expires 1h; add_header X-A b; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /a.txt         | X: y
            /empty.txt     | X: y
            /big.txt       | X: y
            /index/        | X: y
            /index         | X: y
            /list/         | X: y
            /json/         | X: y
            /              | X: y
            /missing       | X: y
            /page/x        | X: y
            /cgi-page/x    | X: y
            /text          | X: y
            /moved         | X: y
            /none          | X: y
            /reset         | X: y
            /teapot        | X: y
            /only/x        | X: y
            /cgi/long.sh   | X: y
            /cgi/open.sh   | X: y
            /cgi/gone.sh   | X: y
            /cgi/local.sh  | X: y
            /cgi/away.sh   | X: y
            /cgi/broken.sh | X: y
            /cgi/missing   | X: y
            /cgi/long.sh   | If-None-Match: "x"
            /cgi/long.sh   | If-Match: "y"
            /a.txt         | If-None-Match: *
            /a.txt         | If-Match: "y"
            /a.txt         | If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT
            /a.txt         | Expect: miracles
            /a.txt         | Content-Length: 0
            /a.txt         | Host: another
            /a%00          | X: y
            """)
    void headIsThatOfGet(String path, String line) {
        Answer get = server.ask(request("GET " + path, line));
        Answer head = server.ask(request("HEAD " + path, line));
        assertEquals(get.head(), head.head());
        assertEquals("", head.content());
    }

    /** What an answer to GET says of others stays when a page is sent in its place. */
    @ParameterizedTest
    @CsvSource({"GET", "HEAD", "PUT", "BREW"})
    void pageOfARefusedMethodHasAllowToo(String method) {
        Answer answer = server.ask(request(method + " /only/x"));
        assertEquals(405, answer.status());
        assertEquals("POST", answer.field("Allow"));
        assertEquals("11", answer.field("Content-Length"));
    }
}
