package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.request;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lines of the access log and of the error log; nothing that a client sends can break or forge one. */
final class LogsTest {
    private static final String TIME = "\\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}\\]";

    private Site site;
    private ServerProcess server;

    @BeforeEach
    void start() {
        site = Site.create().file("www/a.txt", "Hello").program("www/cgi/err.sh", """
                        #!/bin/sh
                        printf 'line one\\nbell \\007 and \\033[31m\\nlast' >&2
                        printf 'Content-Type: text/plain\\n\\nok'
                        """);
        server = ServerProcess.start(site, ServerProcess.http("""
                log_format own '$remote_addr "$request" $status $body_bytes_sent $uri $args $http_x_y';
                log_format js escape=json '{"uri":"$uri","agent":"$http_user_agent"}';
                log_format plain escape=none '$http_user_agent';
                server {
                    listen 127.0.0.1:@port@;
                    root www;
                    location /off/ { alias www/; access_log off; }
                    location /own/ { alias www/; access_log run/own.log own; }
                    location /two/ { alias www/; access_log run/two.log own; access_log run/js.log js; }
                    location /if/ { alias www/; access_log run/if.log own if=$arg_log; }
                    location /json/ {
                        alias www/;
                        error_log run/error.json info format=json;
                        error_log run/both.log format=json crit;
                        error_log run/both.log error;
                    }
                    location /quiet/ { alias www/; error_log run/quiet.log crit; }
                    location /cgi/ { cgi on; }
                }
                """));
    }

    @AfterEach
    void stop() {
        server.close();
        site.close();
    }

    private static String withoutTime(String line) {
        return line.replaceFirst(TIME, "[time]");
    }

    @Test
    void combinedLines() {
        server.ask(get("/a.txt?q", "Referer: http://r/", "User-Agent: test \"x\"\\"));
        server.ask(request("HEAD /a.txt"));
        server.ask("GET /missing HTTP/1.0\r\nAuthorization: Basic YW5uOnB3\r\n\r\n");
        server.exchange("nonsense\r\n\r\n");
        server.awaitError("client sent invalid method while reading client request line, client: 127.0.0.1");
        List<String> lines =
                server.awaitAccess(4).stream().map(LogsTest::withoutTime).toList();
        assertEquals(
                List.of(
                        "127.0.0.1 - - [time] \"GET /a.txt?q HTTP/1.1\" 200 5 \"http://r/\" \"test \\x22x\\x22\\x5C\"",
                        "127.0.0.1 - - [time] \"HEAD /a.txt HTTP/1.1\" 200 0 \"-\" \"-\"",
                        "127.0.0.1 - ann [time] \"GET /missing HTTP/1.0\" 404 153 \"-\" \"-\"",
                        "127.0.0.1 - - [time] \"nonsense\" 400 157 \"-\" \"-\""),
                lines);
    }

    @Test
    void clientCannotForgeALine() {
        server.ask(get("/%0a127.0.0.1%20-%20forged%0d%0a", "User-Agent: \tx\ty\u00ff"));
        server.ask("GET /\u001b[31m HTTP/1.1\r\nHost: h\r\n\r\n");
        List<String> lines =
                server.awaitAccess(2).stream().map(LogsTest::withoutTime).toList();
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).contains("\"GET /%0a127.0.0.1%20-%20forged%0d%0a HTTP/1.1\" 4"), lines.get(0));
        assertFalse(server.accessLog().chars().anyMatch(c -> c != '\n' && (c < ' ' || c > '~')), server.accessLog());
        server.awaitError("open() \"");
        assertTrue(server.errorLog().contains("\\x0a127.0.0.1 - forged\\x0d\\x0a\" failed (2: No such file"));
        assertFalse(server.errorLog().lines().anyMatch(line -> line.startsWith("127.0.0.1")));
    }

    @Test
    void formatsOfOnesOwn() {
        server.ask(get("/own/a.txt?x=1", "X-Y: z"));
        server.ask(get("/own/none"));
        Wait.until("two lines", () -> site.read("run/own.log").lines().count() == 2);
        assertEquals("""
                127.0.0.1 "GET /own/a.txt?x=1 HTTP/1.1" 200 5 /own/a.txt x=1 z
                127.0.0.1 "GET /own/none HTTP/1.1" 404 153 /own/none - -
                """, site.read("run/own.log"));
        server.ask(get("/two/a.txt", "User-Agent: a\"b\\"));
        Wait.until("the line", () -> site.read("run/js.log").endsWith("\n"));
        assertEquals("{\"uri\":\"/two/a.txt\",\"agent\":\"a\\\"b\\\\\"}\n", site.read("run/js.log"));
        assertEquals("127.0.0.1 \"GET /two/a.txt HTTP/1.1\" 200 5 /two/a.txt - -\n", site.read("run/two.log"));
        assertEquals("", server.accessLog());
    }

    @Test
    void lineOnlyIfWanted() {
        server.ask(get("/off/a.txt"));
        server.ask(get("/if/a.txt?log=0"));
        server.ask(get("/if/a.txt"));
        server.ask(get("/if/a.txt?log=1"));
        server.ask(get("/a.txt"));
        assertEquals(1, server.awaitAccess(1).size());
        assertEquals("127.0.0.1 \"GET /if/a.txt?log=1 HTTP/1.1\" 200 5 /if/a.txt log=1 -\n", site.read("run/if.log"));
    }

    @Test
    void errorLinesHaveNginxsForm() {
        server.ask(get("/missing.txt?q"));
        server.awaitError("missing.txt");
        String line = server.errorLog()
                .lines()
                .filter(text -> text.contains("missing.txt"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "TIME [error] PID#0: *1 open() \"" + site.path("www/missing.txt") + "\" failed (2: No such file or"
                        + " directory), client: 127.0.0.1, server: , request: \"GET /missing.txt?q HTTP/1.1\", host: \"h\"",
                line.replaceFirst("^\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d", "TIME")
                        .replace(server.pid() + "#", "PID#"));
    }

    @Test
    void errorLogOfALocationHasItsLevel() {
        server.ask(get("/quiet/missing"));
        server.ask(get("/missing"));
        server.awaitError("/missing");
        assertFalse(server.errorLog().contains("quiet"));
        assertEquals("", site.read("run/quiet.log"));
    }

    @Test
    void errorOutputOfAProgramIsLogged() {
        assertEquals("ok", server.ask(get("/cgi/err.sh")).content());
        server.awaitError("last");
        List<String> lines = server.errorLog()
                .lines()
                .filter(line -> line.contains("[warn]") && line.contains("sent in stderr"))
                .map(line -> line.substring(line.indexOf("*1 ") + 3, line.indexOf(", client: ")))
                .toList();
        assertEquals(3, lines.size());
        assertTrue(lines.get(0).endsWith("line one") || lines.get(0).contains("line one"), lines.get(0));
        assertTrue(lines.get(1).contains("bell \\x07 and \\x1b[31m"), lines.get(1));
    }

    /** What is UTF-8 stands as it is, and what is not as characters of the bytes' numbers: a line can always be read. */
    @Test
    void jsonKeepsUtf8() {
        List<List<String>> rows = List.of(
                List.of("\u00c3\u00bc", "\u00c3\u00bc"),
                List.of("\u00e2\u0082\u00ac", "\u00e2\u0082\u00ac"),
                List.of("\u00f0\u009f\u0098\u0080", "\u00f0\u009f\u0098\u0080"),
                List.of("\u00ed\u00a0\u0080", "\\u00ed\\u00a0\\u0080"),
                List.of("\u00c0\u0080", "\\u00c0\\u0080"),
                List.of("\u00e0\u0080\u0080", "\\u00e0\\u0080\\u0080"),
                List.of("\u00f4\u0090\u0080\u0080", "\\u00f4\\u0090\\u0080\\u0080"),
                List.of("\u00f5\u0080\u0080\u0080", "\\u00f5\\u0080\\u0080\\u0080"),
                List.of("\u00c3A", "\\u00c3A"),
                List.of("\u00e2\u0082", "\\u00e2\\u0082"));
        for (List<String> row : rows) {
            server.ask("GET /json/none?" + row.get(0) + " HTTP/1.0\r\n\r\n");
            String logged = "\"request\":\"GET /json/none?" + row.get(1) + " HTTP/1.0\"}\n";
            Wait.until(() -> logged + " in " + site.read("run/error.json"), () -> site.read("run/error.json")
                    .contains(logged));
        }
    }

    /** Whatever a client sends, a line stays one line and one object. */
    @Test
    void errorLinesCanBeJson() {
        server.ask("GET /json/mis%0a%22sing HTTP/1.1\r\nHost: h\r\n\r\n");
        server.ask("GET /json/\"\\\u00ff HTTP/1.0\r\n\r\n");
        Wait.until("two lines", () -> site.read("run/error.json").lines().count() == 2);
        String folder = site.path("www").toString();
        List<String> lines = site.read("run/error.json")
                .lines()
                .map(line -> line.replaceFirst("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)", "TIME")
                        .replaceFirst("\"connection\":\\d+", "\"connection\":N")
                        .replace("\"pid\":" + server.pid(), "\"pid\":PID"))
                .toList();
        assertEquals(
                List.of(
                        "{\"time\":\"TIME\",\"level\":\"error\",\"pid\":PID,\"tid\":0,\"connection\":N,\"message\":"
                                + "\"open() \\\"" + folder
                                + "/mis\\u000a\\\"sing\\\" failed (2: No such file or directory)\","
                                + "\"client\":\"127.0.0.1\",\"server\":\"\",\"request\":\"GET /json/mis%0a%22sing HTTP/1.1\","
                                + "\"host\":\"h\"}",
                        "{\"time\":\"TIME\",\"level\":\"error\",\"pid\":PID,\"tid\":0,\"connection\":N,\"message\":"
                                + "\"open() \\\"" + folder
                                + "/\\\"\\\\\\u00ff\\\" failed (2: No such file or directory)\","
                                + "\"client\":\"127.0.0.1\",\"server\":\"\","
                                + "\"request\":\"GET /json/\\\"\\\\\\u00ff HTTP/1.0\"}"),
                lines);
        assertEquals(2, site.read("run/both.log").lines().count());
        assertTrue(site.read("run/both.log").contains(" [error] "), site.read("run/both.log"));
    }
}
