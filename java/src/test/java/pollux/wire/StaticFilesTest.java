package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.lines;

import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files, folders, listings and links, as nginx serves them. */
final class StaticFilesTest {
    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        site = Site.create()
                .file("www/index.html", "<p>home")
                .file("www/a.txt", "a")
                .file("www/UPPER.TXT", "u")
                .file("www/x.json", "{}")
                .file("www/x.unknown", "?")
                .file("www/none", "n")
                .file("www/empty.txt", "")
                .file("www/with space&.txt", "s")
                .file("www/docs/index.html", "<p>docs")
                .folder("www/bare")
                .folder("www/put")
                .file("www/list/b.txt", "1234567890")
                .file("www/list/<i>.txt", "i")
                .file("www/list/.hidden", "h")
                .folder("www/list/sub")
                .file("outside/secret.txt", "linked")
                .link("www/link.txt", "../outside/secret.txt")
                .link("www/linked", "../outside")
                .link("www/dangling", "nowhere")
                .link("www/loop", "loop")
                .file("www/closed.txt", "c");
        Files.setLastModifiedTime(
                site.path("www/list/sub"), FileTime.from(Instant.ofEpochSecond(Site.MODIFIED_SECONDS)));
        server = ServerProcess.start(site, ServerProcess.server("""
                        index index.html index.htm;
                        location /list/ { autoindex on; }
                        location /json/ { alias www/list/; autoindex on; autoindex_format json; }
                        location /rounded/ { alias www/list/; autoindex on; autoindex_exact_size off; }
                        location /put/ { dav_methods PUT; autoindex on; }
                        location /said/ { alias www/; charset utf-8; default_type text/x-other; etag off; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /a.txt              | 200 | text/plain                | a
            /a.txt?q=1          | 200 | text/plain                | a
            /a.txt#part         | 200 | text/plain                | a
            /UPPER.TXT          | 200 | text/plain                | u
            /x.json             | 200 | application/json          | {}
            /x.unknown          | 200 | text/plain                | ?
            /none               | 200 | text/plain                | n
            /with%20space&.txt  | 200 | text/plain                | s
            /%61%2etxt          | 200 | text/plain                | a
            //a.txt             | 200 | text/plain                | a
            /./docs/.././a.txt  | 200 | text/plain                | a
            /                   | 200 | text/html                 | <p>home
            /docs/              | 200 | text/html                 | <p>docs
            /said/a.txt         | 200 | text/plain; charset=utf-8 | a
            /said/none          | 200 | text/x-other              | n
            /link.txt           | 200 | text/plain                | linked
            /linked/secret.txt  | 200 | text/plain                | linked
            """)
    void filesAndTheirTypes(String target, int status, String type, String content) {
        Answer answer = server.ask(get(target));
        assertEquals(status, answer.status());
        assertEquals(type, answer.field("Content-Type"));
        assertEquals(content, answer.content());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /missing            | 404
            /a.txt/             | 404
            /a.txt/more         | 404
            /bare/              | 403
            /dangling           | 404
            /loop               | 403
            /list/sub/x         | 404
            """)
    void whatIsNotServed(String target, int status) {
        assertEquals(status, server.ask(get(target)).status());
    }

    @Test
    void namesAreBytes() {
        for (String name : new String[] {"caf%C3%A9.txt", "%FF%FE.txt", "%E2%82%AC.txt"}) {
            assertEquals(
                    201,
                    server.ask(Wire.request("PUT /put/" + name, "Content-Length: 1") + "b")
                            .status());
            assertEquals("b", server.ask(get("/put/" + name)).content());
            assertTrue(server.ask(get("/put/")).content().contains("<a href=\"" + name + "\">"));
        }
    }

    @Test
    void nameTooLongForTheSystemIsNotFound() {
        assertEquals(404, server.ask(get("/" + "n".repeat(300))).status());
        assertEquals(404, server.ask(get("/" + "n/".repeat(2500))).status());
    }

    @Test
    void emptyFile() {
        assertEquals(lines("""
                        HTTP/1.1 200 OK
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/plain
                        Content-Length: 0
                        Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT
                        Connection: keep-alive
                        ETag: "2ebc98a1-0"
                        Accept-Ranges: bytes

                        """), server.ask(get("/empty.txt")).text());
    }

    @Test
    void tagCanBeLeftOut() {
        assertEquals(lines("""
                        HTTP/1.1 200 OK
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/plain; charset=utf-8
                        Content-Length: 1
                        Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT
                        Connection: keep-alive
                        Accept-Ranges: bytes

                        a"""), server.ask(get("/said/a.txt")).text());
    }

    @Test
    void folderIsRedirectedToItsSlash() {
        assertEquals(
                lines("""
                        HTTP/1.1 301 Moved Permanently
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/html
                        Content-Length: 169
                        Location: http://h:%d/docs/?q=1
                        Connection: keep-alive

                        <html>
                        <head><title>301 Moved Permanently</title></head>
                        <body>
                        <center><h1>301 Moved Permanently</h1></center>
                        <hr><center>pollux/0.1.0</center>
                        </body>
                        </html>
                        """.formatted(server.port())),
                server.ask(get("/docs?q=1")).text());
        assertEquals(
                "http://h:" + server.port() + "/linked/",
                server.ask(get("/linked")).field("Location"));
    }

    @Test
    void listingAsAPage() {
        assertEquals(lines("""
                        <html>
                        <head><title>Index of /list/</title></head>
                        <body>
                        <h1>Index of /list/</h1><hr><pre><a href="../">../</a>
                        <a href="sub/">sub/</a>                                               06-Nov-1994 08:49                   -
                        <a href="%3Ci%3E.txt">&lt;i&gt;.txt</a>                                            06-Nov-1994 08:49                   1
                        <a href="b.txt">b.txt</a>                                              06-Nov-1994 08:49                  10
                        </pre><hr></body>
                        </html>
                        """), server.ask(get("/list/")).content());
    }

    @Test
    void listingAsJson() {
        Answer answer = server.ask(get("/json/"));
        assertEquals("application/json", answer.field("Content-Type"));
        assertEquals(lines("""
                        [
                        { "name":"sub", "type":"directory", "mtime":"Sun, 06 Nov 1994 08:49:37 GMT" },
                        { "name":"<i>.txt", "type":"file", "mtime":"Sun, 06 Nov 1994 08:49:37 GMT", "size":1 },
                        { "name":"b.txt", "type":"file", "mtime":"Sun, 06 Nov 1994 08:49:37 GMT", "size":10 }
                        ]"""), answer.content());
    }

    @Test
    void fileThatChangesIsSeenAtOnceOrSoon() {
        site.file("www/changing.txt", "one");
        assertEquals("one", server.ask(get("/changing.txt")).content());
        site.file("www/changing.txt", "second");
        Wait.until(
                "the new content",
                () -> server.ask(get("/changing.txt")).content().equals("second"));
    }
}
