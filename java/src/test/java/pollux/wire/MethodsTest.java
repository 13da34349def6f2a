package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static pollux.wire.Wire.lines;
import static pollux.wire.Wire.request;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each method does, and where it may. */
final class MethodsTest {
    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .file("www/a.txt", "Hello, wire.")
                .file("www/dir/in.txt", "in")
                .file("www/dav/tree/x/y.txt", "y")
                .file("www/dav/old.txt", "old")
                .file("www/dav/gone.txt", "gone")
                .program("www/cgi/method.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\n\\n%s' "$REQUEST_METHOD"
                        """);
        server = ServerProcess.start(site, ServerProcess.server("""
                        location /get/ { alias www/; allow_methods GET; }
                        location /some/ { alias www/; allow_methods GET POST DELETE; }
                        location /except/ { alias www/; limit_except GET { deny all; } }
                        location /dav/ { dav_methods PUT DELETE; }
                        location /full/ { alias www/dav/; dav_methods PUT; create_full_put_path on; }
                        location /cgi/ { cgi on; }
                        location /up { upload_store www/up; }
                        location = /teapot { return 418 "short and stout"; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET     | /a.txt          | 200 |
            HEAD    | /a.txt          | 200 |
            POST    | /a.txt          | 405 | GET, HEAD, OPTIONS
            PUT     | /a.txt          | 405 | GET, HEAD, OPTIONS
            DELETE  | /a.txt          | 405 | GET, HEAD, OPTIONS
            PATCH   | /a.txt          | 405 | GET, HEAD, OPTIONS
            BREW    | /a.txt          | 405 | GET, HEAD, OPTIONS
            get     | /a.txt          | 405 | GET, HEAD, OPTIONS
            TRACE   | /a.txt          | 405 | GET, HEAD, OPTIONS
            OPTIONS | /a.txt          | 204 | GET, HEAD, OPTIONS
            OPTIONS | *               | 204 | GET, HEAD, OPTIONS
            OPTIONS | /missing        | 204 | GET, HEAD, OPTIONS
            CONNECT | h:80            | 405 | GET, HEAD, OPTIONS
            CONNECT | /teapot         | 405 | GET, HEAD, OPTIONS
            TRACE   | /teapot         | 405 | GET, HEAD, OPTIONS
            POST    | /missing        | 404 |
            GET     | /get/a.txt      | 200 |
            HEAD    | /get/a.txt      | 200 |
            POST    | /get/a.txt      | 405 | GET, HEAD
            OPTIONS | /get/a.txt      | 405 | GET, HEAD
            PUT     | /some/a.txt     | 405 | GET, HEAD, POST, DELETE
            POST    | /some/a.txt     | 405 | GET, HEAD, DELETE
            DELETE  | /some/none.txt  | 404 |
            GET     | /except/a.txt   | 200 |
            HEAD    | /except/a.txt   | 200 |
            POST    | /except/a.txt   | 403 |
            OPTIONS | /except/a.txt   | 403 |
            OPTIONS | /dav/           | 204 | GET, HEAD, PUT, DELETE, OPTIONS
            OPTIONS | /cgi/method.sh  | 204 | GET, HEAD, POST, OPTIONS
            OPTIONS | /up             | 204 | GET, HEAD, POST, OPTIONS
            POST    | /teapot         | 418 |
            """)
    void methodsOfLocations(String method, String target, int status, String allow) {
        Answer answer = server.ask(request(method + " " + target));
        assertEquals(status, answer.status());
        assertEquals(allow, answer.field("Allow"));
    }

    @Test
    void wholeAnswerToAMethodThatIsNotAllowed() {
        assertEquals(lines("""
                        HTTP/1.1 405 Not Allowed
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/html
                        Content-Length: 157
                        Connection: keep-alive
                        Allow: GET, HEAD

                        <html>
                        <head><title>405 Not Allowed</title></head>
                        <body>
                        <center><h1>405 Not Allowed</h1></center>
                        <hr><center>pollux/0.1.0</center>
                        </body>
                        </html>
                        """), server.ask(request("DELETE /get/a.txt")).text());
    }

    @Test
    void wholeAnswerToOptions() {
        assertEquals(lines("""
                        HTTP/1.1 204 No Content
                        Server: pollux/0.1.0
                        Date: <date>
                        Connection: keep-alive
                        Allow: GET, HEAD, OPTIONS

                        """), server.ask(request("OPTIONS /a.txt")).text());
    }

    @Test
    void headIsGetWithoutContent() {
        try (RawClient client = server.connect()) {
            for (String target : new String[] {"/a.txt", "/missing", "/dir", "/cgi/missing"}) {
                String head = client.ask(request("HEAD " + target)).head();
                assertEquals(client.ask(request("GET " + target)).head(), head);
            }
            assertEquals("12", client.ask(request("HEAD /a.txt")).field("Content-Length"));
            assertEquals(200, client.ask(request("HEAD /cgi/method.sh")).status());
            assertEquals("GET", client.ask(request("GET /cgi/method.sh")).content());
        }
    }

    @Test
    void putMakesAndReplaces() {
        assertEquals(
                lines("""
                        HTTP/1.1 201 Created
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Length: 0
                        Location: http://h:%d/dav/new.txt
                        Connection: keep-alive

                        """.formatted(server.port())),
                server.ask(request("PUT /dav/new.txt", "Content-Length: 3") + "new")
                        .text());
        assertEquals("new", site.read("www/dav/new.txt"));
        assertEquals(
                lines("""
                        HTTP/1.1 204 No Content
                        Server: pollux/0.1.0
                        Date: <date>
                        Connection: keep-alive

                        """),
                server.ask(request("PUT /dav/old.txt", "Content-Length: 5") + "newer")
                        .text());
        assertEquals("newer", site.read("www/dav/old.txt"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PUT /dav/                | Content-Length: 1                            | 409
            PUT /dav/tree            | Content-Length: 1                            | 409
            PUT /dav/no/such.txt     | Content-Length: 1                            | 409
            PUT /full/made/it.txt    | Content-Length: 1                            | 201
            PUT /dav/ranged          | Content-Length: 1~Content-Range: bytes 0-0/1 | 400
            DELETE /dav/none.txt     | X: y                                         | 404
            DELETE /dav/tree         | X: y                                         | 409
            DELETE /dav/old.txt/     | X: y                                         | 409
            DELETE /dav/old.txt      | Content-Length: 1                            | 415
            DELETE /dav/tree/        | Depth: 1                                     | 400
            """)
    void refusedChanges(String request, String fields, int status) {
        assertEquals(
                status,
                server.ask(request(request, fields.replace("~", "\r\n")) + (fields.contains("-Length") ? "x" : ""))
                        .status());
    }

    @Test
    void deleteRemovesFilesAndFolders() {
        assertEquals(lines("""
                        HTTP/1.1 204 No Content
                        Server: pollux/0.1.0
                        Date: <date>
                        Connection: keep-alive

                        """), server.ask(request("DELETE /dav/gone.txt")).text());
        assertFalse(site.has("www/dav/gone.txt"));
        site.file("www/dav/deep/er/x.txt", "x");
        assertEquals(204, server.ask(request("DELETE /dav/deep/")).status());
        assertFalse(site.has("www/dav/deep"));
    }
}
