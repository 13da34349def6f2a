package pollux.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import pollux.wire.Site;

/** The error log: the lines that the same requests leave behind, level, message and whom each is about. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorLogTwinTest {
    private static final String LONG = "n".repeat(3000);
    private static final List<String> LEVELS = List.of("info", "notice", "warn", "error", "crit", "alert", "emerg");

    private Twins twins;
    private List<ErrorLines> logs;
    private int markers;

    /**
     * What is sent, and what it leaves in the logs.
     *
     * @param name what reports call the row
     * @param bytes what is sent over one connection
     * @param lines how many lines are waited for before the client goes on; 0 where the answer's end says enough
     * @param leaves whether the client leaves at once, or after so many bytes of an answer, rather than reading to the end
     * @param nginx the messages of nginx's lines where they are meant to differ, else {@code null}
     * @param pollux the messages of Pollux's
     */
    private record Sent(String name, String bytes, int lines, int leaves, String nginx, String pollux) {
        static final int AT_END = -1;

        Sent but(String theirs, String ours) {
            return new Sent(name, bytes, lines, leaves, theirs, ours);
        }
    }

    private static Sent raw(String bytes) {
        String name = bytes.length() > 200 ? bytes.substring(0, 200) + "..." : bytes;
        return new Sent("sends " + name.replace("\r\n", "|"), bytes, 0, Sent.AT_END, null, null);
    }

    private static Sent request(String line, String... fields) {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return raw(line + " HTTP/1.1\r\nHost: h\r\n" + more + "Connection: close\r\n\r\n");
    }

    private static Sent get(String target, String... fields) {
        return request("GET " + target, fields);
    }

    private static Sent send(String line, String content, String... fields) {
        Sent head = request(line, fields);
        String bytes = head.bytes().replace("Connection: close", "Content-Length: " + content.length() + "\r\n$0");
        return raw(bytes.replace("$0", "Connection: close") + content);
    }

    /** The client leaves when it has sent this and read so many bytes; the servers write a line of it. */
    private static Sent leaving(String bytes, int after) {
        return new Sent("leaves at byte " + after + " of " + bytes, bytes, 1, after, null, null);
    }

    private static String password(String userAndPassword) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static final String SERVER = """
            types { text/plain txt; }
            large_client_header_buffers 4 8k;
            server {
                listen 127.0.0.1:@port@ default_server;
                server_name names.example other.example;
                root www;
                location /index/ { index index.html; alias www/bare/; }
                location /deny { deny all; }
                location /limited { limit_except GET { deny all; } }
                location /auth { auth_basic r; auth_basic_user_file passwords; }
                location /auth-missing { auth_basic r; auth_basic_user_file nofile; }
                location /auth-folder { auth_basic r; auth_basic_user_file www; }
                location /satisfy { satisfy any; deny all; auth_basic r; auth_basic_user_file passwords; }
                location /satisfy-nobody { satisfy any; deny all; }
                location /small { client_max_body_size 5; return 200; }
                location /small-page { client_max_body_size 3; error_page 413 /none.txt; }
                location /cycle { error_page 404 /back; recursive_error_pages on; return 404; }
                location /back { error_page 404 /cycle; recursive_error_pages on; return 404; }
                location /tries { try_files /none /tries; }
                location /tries-named { try_files /none @nowhere; }
                location /page-named { error_page 404 @nowhere; return 404; }
                location /page-none { error_page 404 /none; return 404; }
                location /internal { internal; }
                location /quiet/ { log_not_found off; alias www/; }
                location /no-links/ { disable_symlinks on; alias www/; }
                location /cached/ { open_file_cache max=10; open_file_cache_errors on; alias www/; }
                location /auto/ { autoindex on; alias www/; }
                location /auto-loop/ { autoindex on; alias www/loop/; }
                location /jsonp/ { autoindex on; autoindex_format jsonp; alias www/; }
                location /random/ { random_index on; alias www/none/; }
                location /dav/ { alias dav/@name@/; dav_methods PUT DELETE MKCOL COPY MOVE; client_max_body_size 100; }
                location /deep/ { alias dav/@name@/; dav_methods DELETE; min_delete_depth 4; }
                location /slow { limit_rate 1k; }
                location /log-variable { access_log run/@name@.none/$arg_x.log; return 200; }
                location /log-rootless { root none; access_log run/@name@.none/$arg_x.log; return 200; }
                location /closed { return 444; }
                location /several/ {
                    error_log run/@name@.several.log;
                    error_log run/@name@.several-crit.log crit;
                    alias www/;
                }
                @levels@
            }
            server {
                listen 127.0.0.1:@port@;
                server_name own.example;
                root www;
                error_log run/@name@.own.log notice;
                location /auth { auth_basic r; auth_basic_user_file passwords; }
            }
            """;

    @BeforeAll
    void start() {
        Site site = TwinSite.build(Site.create());
        site.file("passwords", "user:{PLAIN}pass\n").file("www/first/index.html/x", "x");
        for (String name : List.of("nginx", "pollux")) {
            site.file("dav/" + name + "/f", "f").file("dav/" + name + "/p", "p");
            site.folder("dav/" + name + "/col").file("dav/" + name + "/full/in/f", "f");
        }
        StringBuilder levels = new StringBuilder();
        for (String level : LEVELS) {
            levels.append("location /level-").append(level).append("/ { alias www/; error_log run/@name@.at-");
            levels.append(level).append(".log ").append(level).append("; location ~ secret { auth_basic r; ");
            levels.append("auth_basic_user_file passwords; } location ~ fifo { root run; } }\n");
        }
        twins = Twins.start(site, SERVER.replace("@levels@", levels));
        logs = List.of(
                new ErrorLines(
                        site, "run/nginx.error.log", "nginx", twins.ports().get(0)),
                new ErrorLines(site, "run/error.log", "pollux", twins.ports().get(1)));
        mark();
    }

    @AfterAll
    void stop() {
        if (twins != null) {
            twins.close();
        }
    }

    /** Has a line written by which the ones before it are known to be there; nginx's and Pollux's. */
    private List<String> mark() {
        markers++;
        List<String> before = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            talk(i, raw("GET /marker-" + markers + "- HTTP/1.0\r\n\r\n"));
            before.add(logs.get(i).takeUntil("/marker-" + markers + "-"));
        }
        return before;
    }

    private void talk(int which, Sent sent) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), twins.ports().get(which))) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(sent.bytes().getBytes(StandardCharsets.ISO_8859_1));
            if (sent.leaves() == Sent.AT_END) {
                socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            } else {
                socket.getInputStream().readNBytes(sent.leaves());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(sent.name(), e);
        }
        if (sent.lines() > 0) {
            logs.get(which).await(sent.lines());
        }
    }

    private void compare(Sent sent) {
        talk(0, sent);
        talk(1, sent);
        List<String> lines = mark();
        if (sent.pollux() == null) {
            assertEquals(lines.get(0), lines.get(1));
        } else {
            assertEquals(sent.nginx(), ErrorLines.messages(lines.get(0)), "nginx");
            assertEquals(sent.pollux(), ErrorLines.messages(lines.get(1)), "pollux");
        }
    }

    @TestFactory
    Stream<DynamicTest> linesAreEqual() {
        return Stream.of(files(), access(), limits(), heads(), lines(), changes(), leaving())
                .flatMap(List::stream)
                .map(sent -> DynamicTest.dynamicTest(sent.name(), () -> compare(sent)));
    }

    private static List<Sent> files() {
        List<Sent> rows = new ArrayList<>();
        for (String target : List.of(
                "/missing",
                "/missing?a=b",
                "/a.txt/x",
                "/loop",
                "/broken",
                "/" + "n".repeat(300),
                "/bare/",
                "/bare",
                "/none/",
                "/a.txt/",
                "/loop/",
                "/first/",
                "/index-is-folder/",
                "/index/",
                "/quiet/none",
                "/quiet/none/",
                "/quiet/bare/",
                "/quiet/loop",
                "/no-links/link.txt",
                "/no-links/none",
                "/no-links/loop",
                "/no-links/link-to-folder/file.txt",
                "/cached/none",
                "/cached/none",
                "/cached/loop",
                "/auto/none/",
                "/auto/a.txt/",
                "/auto-loop/",
                "/jsonp/?callback=a-b",
                "/random/",
                "/tries",
                "/tries-named",
                "/page-named",
                "/page-none",
                "/cycle",
                "/internal",
                "/log-variable?x=1",
                "/log-rootless?x=2",
                "/closed",
                "/slow/none",
                "/a%22b",
                "/several/none",
                "/" + LONG)) {
            rows.add(get(target));
        }
        rows.add(get("/missing", "Referer: http://r/"));
        rows.add(get("/missing", "Referer: a\"b"));
        rows.add(get("/missing", "Referer:"));
        rows.add(get("/missing", "Referer: " + LONG));
        rows.add(raw("GET /missing HTTP/1.0\r\n\r\n"));
        rows.add(raw("GET /missing HTTP/1.1\r\nHost: other.example:99\r\nConnection: close\r\n\r\n"));
        rows.add(raw("GET http://in.target/missing HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n"));
        rows.add(raw("GET /missing HTTP/1.1\nHost: h\nConnection: close\n\n"));
        rows.add(get("/x%0ay")
                .but(
                        "[error] *n open() \"@site@/www/x\ny\" failed (2: No such file or directory)",
                        "[error] *n open() \"@site@/www/x\\x0ay\" failed (2: No such file or directory)"));
        return rows;
    }

    private static List<Sent> access() {
        List<Sent> rows = new ArrayList<>();
        rows.add(get("/deny"));
        rows.add(request("DELETE /limited"));
        rows.add(send("POST /limited", "x"));
        for (String credentials : List.of("nobody:x", "user:x", "user:pass", "no\"q:x", "user", "", ":", "a:b:c")) {
            rows.add(get("/auth", password(credentials)));
            rows.add(get("/satisfy", password(credentials)));
        }
        rows.add(get("/auth"));
        rows.add(get("/auth", "Authorization: Basic"));
        rows.add(get("/auth", "Authorization: Basic !!!"));
        rows.add(get("/auth", "Authorization: Digest x"));
        rows.add(get("/auth-missing"));
        rows.add(get("/auth-missing", password("user:pass")));
        rows.add(get("/auth-folder", password("user:pass")));
        rows.add(get("/satisfy"));
        rows.add(get("/satisfy-nobody"));
        return rows;
    }

    private static List<Sent> limits() {
        return List.of(
                send("POST /small", "12345"),
                send("POST /small", "123456"),
                send("POST /small-page", "123456"),
                send("PUT /dav/large", "x".repeat(101)),
                request("PUT /dav/large", "Content-Length: 99999999999"),
                raw("PUT /dav/new HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n50\r\n"
                        + "x".repeat(80) + "\r\n50\r\n" + "x".repeat(80) + "\r\n0\r\n\r\n"),
                raw(
                        "PUT /dav/new HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nfff\r\nx"),
                raw(
                        "PUT /dav/new HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n"),
                raw("GET /a.txt HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n"),
                get("/" + "u".repeat(9000)),
                get("/missing", "X: " + "x".repeat(9000)),
                get("/missing", "X: " + "x".repeat(8000), "Y: " + "x".repeat(8000), "Z: " + "x".repeat(8000)));
    }

    private static List<Sent> heads() {
        List<Sent> rows = new ArrayList<>();
        for (String field : List.of(
                "Content-Length: x",
                "Content-Length: -1",
                "Content-Length: 1\r\nContent-Length: 1",
                "Content-Length: 1\r\ncontent-length: 2",
                "Transfer-Encoding: chunked\r\nContent-Length: 3",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Host: second",
                "Under_score: x",
                "Under_score: x\r\nAnother_one: y\r\nGood: z",
                "Bad Name: x",
                ": x",
                "Ctl\u0001: x",
                "Value: a\0b",
                " folded: x")) {
            rows.add(get("/missing", field));
        }
        rows.add(get("/missing", "Transfer-Encoding: gzip"));
        rows.add(
                get("/missing", "no colon")
                        .but(
                                "[info] *n client sent invalid header line: \"no\\x20...\" while reading client request headers",
                                "[info] *n client sent invalid header line: \"no\\x20...\" while reading client request headers"));
        rows.add(get("/missing", "Value: a\u0001b")
                .but(
                        "[error] *n open() \"@site@/www/missing\" failed (2: No such file or directory)",
                        "[info] *n client sent invalid header line: \"Value: a\\x01...\" while reading client request"
                                + " headers"));
        rows.add(get("/missing", "Na(me: x")
                .but(
                        "[info] *n client sent invalid header line: \"Na(me: x\" while reading client request headers\n"
                                + "[error] *n open() \"@site@/www/missing\" failed (2: No such file or directory)",
                        "[info] *n client sent invalid header line: \"Na\\x28...\" while reading client request"
                                + " headers"));
        rows.add(raw("GET /missing HTTP/1.1\r\n\r\n"));
        for (String host : List.of("", " ", " a/b", " a b", " a..b", " a\r\nHost: a")) {
            rows.add(raw("GET /missing HTTP/1.1\r\nHost:" + host + "\r\nConnection: close\r\n\r\n"));
        }
        rows.add(raw("GET /missing HTTP/1.1\r\nHost: a:b:c\r\nConnection: close\r\n\r\n")
                .but(
                        "[error] *n open() \"@site@/www/missing\" failed (2: No such file or directory)",
                        "[info] *n client sent invalid host header while reading client request headers"));
        rows.add(raw("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
        rows.add(request("TRACE /"));
        rows.add(request("CONNECT /"));
        rows.add(raw("TRACE / HTTP/1.1\r\nHost: own.example\r\nConnection: close\r\n\r\n"));
        return rows;
    }

    private static List<Sent> lines() {
        List<Sent> rows = new ArrayList<>();
        for (String line : List.of(
                "",
                "x",
                "<x>",
                "GET missing HTTP/1.0",
                "GET /missing HTTP/0.9",
                "GET /missing HTTP/2.0",
                "GET /missing HTTP/3.0",
                "GET /missing HTTP/1.x",
                "GET /missing XTTP/1.0",
                "GET /mis sing HTTP/1.0",
                "GET /missing HTTP/1.1\rX",
                "GET /%zz HTTP/1.0",
                "GET /% HTTP/1.0",
                "GET /%00x HTTP/1.0",
                "GET /../x HTTP/1.0",
                "GET /x/../../y HTTP/1.0",
                "GET /%2e%2e/x HTTP/1.0",
                "GET http://a..b/missing HTTP/1.0",
                "GET http:///missing HTTP/1.0",
                "GET http:/x HTTP/1.0",
                "GET * HTTP/1.0",
                "DELETE /missing HTTP/1.0",
                "PUT /missing HTTP/1.0",
                "POST /missing HTTP/1.0",
                "POST /a.txt HTTP/1.0",
                "FOO /a.txt HTTP/1.0")) {
            rows.add(raw((line.isEmpty() ? "\r\n\r\nx" : line) + "\r\n\r\n"));
        }
        String method = "[info] *n client sent invalid method while reading client request line";
        rows.add(raw("\u0080\u0080"));
        rows.add(raw("\u0016\u0003\u0001\u0002").but(method, method));
        rows.add(raw("get /a.txt HTTP/1.0\r\n\r\n").but(method, ""));
        rows.add(raw("POST /missing\r\n")
                .but(
                        "[info] *n client sent invalid method in HTTP/0.9 request while reading client request line",
                        "[info] *n client sent invalid request while reading client request line"));
        return rows;
    }

    private static List<Sent> changes() {
        String to = "Destination: http://h/dav/";
        List<Sent> rows = new ArrayList<>(List.of(
                send("PUT /dav/p/", "12"),
                send("PUT /dav/col", "12"),
                send("PUT /dav/p2", "12", "Content-Range: bytes 0-1/2"),
                send("MKCOL /dav/new/", "x"),
                send("DELETE /dav/p", "x"),
                send("COPY /dav/p", "x", to + "q"),
                send("MOVE /dav/p", "x", to + "q"),
                request("DELETE /dav/none"),
                request("DELETE /dav/none/"),
                request("DELETE /dav/f/"),
                request("DELETE /dav/f/x"),
                request("DELETE /dav/col"),
                request("DELETE /dav/f", "Depth: 3"),
                request("DELETE /dav/f", "Depth: 1"),
                request("DELETE /dav/full/", "Depth: 0"),
                request("DELETE /dav/full/", "Depth: x"),
                request("DELETE /deep/full/"),
                request("DELETE /deep/f"),
                request("MKCOL /dav/col"),
                request("MKCOL /dav/col/"),
                request("MKCOL /dav/none/c/"),
                request("MKCOL /dav/p/x/"),
                request("MKCOL /dav/" + "n".repeat(300) + "/")));
        for (String method : List.of("COPY", "MOVE")) {
            rows.add(request(method + " /dav/p"));
            rows.add(request(method + " /dav/none", to + "x"));
            rows.add(request(method + " /dav/none/", to + "x/"));
            rows.add(request(method + " /dav/p", to + "x/"));
            rows.add(request(method + " /dav/col/", to + "x"));
            rows.add(request(method + " /dav/p", to + "f", "Overwrite: x"));
            rows.add(request(method + " /dav/p", to + "f", "Overwrite: F"));
            rows.add(request(method + " /dav/p", to + "f", "Depth: 1"));
            rows.add(request(method + " /dav/p", to + "f", "Depth: y"));
            rows.add(request(method + " /dav/p", to + "col"));
            rows.add(request(method + " /dav/col", to + "c2"));
            rows.add(request(method + " /dav/p", "Destination: http://other/dav/x"));
            rows.add(request(method + " /dav/p", "Destination: x"));
            rows.add(request(method + " /dav/p", "Destination: /dav/../../x"));
            rows.add(request(method + " /dav/p", "Destination: ftp://h/dav/x"));
        }
        return rows;
    }

    private static List<Sent> leaving() {
        String half = "HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc";
        String kept = "GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n";
        return List.of(
                leaving("", 0),
                leaving("GET /missing HT", 0),
                leaving("GET /missing HTTP/1.1\r\n", 0),
                leaving("GET /missing HTTP/1.1\r\nHost: h\r\nReferer: r\r\nX: ", 0),
                leaving("\r\n", 0),
                leaving(kept, 12),
                leaving("PUT /dav/half " + half, 0),
                leaving("PUT /dav/half HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\na\r\nabc", 0));
    }

    /** Which logs get a line, and from which level on. */
    @Test
    void everyLogTakesWhatIsForIt() {
        for (int which = 0; which < 2; which++) {
            for (String level : LEVELS) {
                for (String path : List.of("none", "secret", "loop", "a.txt/")) {
                    talk(which, get("/level-" + level + "/" + path));
                }
            }
            for (String path : List.of("none", "loop", "a.txt/")) {
                talk(which, get("/several/" + path));
            }
            talk(which, raw("GET /none HTTP/1.0\r\nHost: own.example\r\n\r\n"));
            talk(which, raw("GET /auth HTTP/1.0\r\nHost: own.example\r\n\r\n"));
        }
        mark();
        List<String> all = new ArrayList<>(List.of("several", "several-crit", "own"));
        LEVELS.forEach(level -> all.add("at-" + level));
        for (String name : all) {
            assertEquals(text("nginx", name, 0), text("pollux", name, 1), name);
        }
    }

    private String text(String server, String log, int which) {
        ErrorLines lines = new ErrorLines(
                twins.site(),
                "run/" + server + "." + log + ".log",
                server,
                twins.ports().get(which));
        return lines.generalise(lines.fresh());
    }

    /** As long as nginx's, to the byte, and with the reason in it. */
    @Test
    void longLinesAreCut() {
        for (String target : List.of("/" + LONG, "/missing?" + LONG)) {
            for (int which = 0; which < 2; which++) {
                talk(which, get(target));
                int at = which;
                logs.get(at).await(1);
                assertEquals(2048, logs.get(at).fresh().length(), target.substring(0, 9));
            }
            mark();
        }
    }
}
