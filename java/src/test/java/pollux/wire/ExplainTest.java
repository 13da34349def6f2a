package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pollux.config.ConfLoader;
import pollux.config.Config;
import pollux.config.Origins;
import pollux.posix.Processes;
import pollux.server.Explainer;
import pollux.server.Question;

/** {@code pollux explain}: what it says, where it says that it stands, and that it touches nothing. */
final class ExplainTest {
    private static final String CONFIGURATION = """
            error_log logs/error.log;
            pid run/pollux.pid;
            events {}
            http {
                types { text/html html; text/plain txt; }
                add_header X-All 1;
                server {
                    listen 127.0.0.1:8001;
                    server_name first;
                    root www;
                    location / { }
                    location = /exact { return 200 text; }
                    location ^~ /stop/ { alias www/; }
                    location ~ \\.none$ { }
                    location ~* \\.(gone)$ { return 410; }
                    location /try/ { try_files $uri @named; }
                    location @named { add_header X-Named $uri; return 301 /to; }
                    location /outer/ {
                        location /outer/inner/ { internal; }
                    }
                    location /error/ { error_page 404 =200 /a.txt; }
                    location /closed/ { return 444; }
                    location /denied/ { deny all; }
                    location /nets/ { deny 10.1.1.1; allow 10.1.0.0/16; allow 2001:db8::/32; allow 127.0.0.1; deny all; }
                    location /any/ {
                        satisfy any; allow 10.0.0.0/8; deny all;
                        auth_basic closed; auth_basic_user_file passwords;
                    }
                    location /both/ { allow 10.0.0.0/8; auth_basic closed; auth_basic_user_file passwords; }
                    location /limited/ { limit_except GET { deny all; } return 200; }
                    location /put/ { dav_methods PUT DELETE MKCOL COPY MOVE allow_cgi; client_max_body_size 5; }
                    location /up/ { upload_store stored; session on; session_store file:sessions; }
                    location /cgi/ { cgi_assign .sh /bin/sh; cgi_param EXTRA $host; }
                    location /slow/ { limit_rate 10k; satisfy any; deny all; auth_basic closed; auth_basic_user_file no; }
                }
                server {
                    listen 127.0.0.1:8001;
                    server_name *.wild tail.* "~^r(\\d)$";
                    return 200 $1;
                }
                server { listen unix:run/socket; return 204; }
                server { listen [::1]:8001; return 302 /v6; }
            }
            """;

    private static Site site;

    @BeforeAll
    static void make() {
        site = Site.create()
                .file("test.conf", CONFIGURATION)
                .file("www/index.html", "index")
                .file("www/a.txt", "0123456789")
                .file("passwords", "ann:{PLAIN}secret\n")
                .file("www/put/there.txt", "old")
                .file("www/cgi/env.sh", "env")
                .folder("www/folder");
    }

    @AfterAll
    static void remove() {
        site.close();
    }

    /** A request, the status that is foretold, and lines that must be there, in order, blanks made one. */
    private record Row(String from, String method, String url, List<String> headers, int status, List<String> lines) {
        static Row of(String methodAndUrl, int status, String... lines) {
            String[] words = methodAndUrl.split(" ", 3);
            List<String> headers = words.length == 3 ? List.of(words[2].split("\\|", -1)) : List.of();
            return new Row(null, words[0], words[1], headers, status, List.of(lines));
        }

        /** As {@link #of}, with the address of the client before the method. */
        static Row from(String addressMethodAndUrl, int status, String... lines) {
            int space = addressMethodAndUrl.indexOf(' ');
            Row row = of(addressMethodAndUrl.substring(space + 1), status, lines);
            String address = addressMethodAndUrl.substring(0, space);
            return new Row(address, row.method, row.url, row.headers, status, row.lines);
        }
    }

    private static List<Row> rows() {
        String base = "http://127.0.0.1:8001";
        return List.of(
                Row.of(
                        "GET /",
                        200,
                        "request GET / HTTP/1.1",
                        "client 127.0.0.1",
                        "listen 127.0.0.1:8001 [test.conf:8]",
                        "server first, the default here [test.conf:7]",
                        "location /, longest prefix [test.conf:11]",
                        "index leads to /index.html",
                        "location /, longest prefix [test.conf:11]",
                        "file @site@/www/index.html of 5 bytes [test.conf:10]",
                        "status 200 OK",
                        "field Content-Type: text/html",
                        "field Content-Length: 5",
                        "field X-All: 1 [test.conf:6]",
                        "limit client_max_body_size 1048576 bytes"),
                Row.of(
                        "GET http://first:8001/exact",
                        200,
                        "server first, by exact name [test.conf:7]",
                        "name first [test.conf:9]",
                        "location = /exact, exact [test.conf:12]",
                        "return 200 text [test.conf:12]"),
                Row.of(
                        "GET http://x.y.wild:8001/",
                        200,
                        "server *.wild, by wildcard *.wild [test.conf:36]",
                        "name *.wild [test.conf:38]",
                        "return 200 [test.conf:39]"),
                Row.of("GET http://tail.com:8001/", 200, "server *.wild, by wildcard tail.* [test.conf:36]"),
                Row.of(
                        "GET http://r7:8001/",
                        200,
                        "server *.wild, by expression ^r(\\d)$ [test.conf:36]",
                        "return 200 7 [test.conf:39]"),
                Row.of(
                        "GET " + base + "/ Host: r8|X-Other: 1",
                        200,
                        "server *.wild, by expression ^r(\\d)$ [test.conf:36]",
                        "return 200 8 [test.conf:39]"),
                Row.of(
                        "GET http://unix:" + site.path("run/socket") + ":/x",
                        204,
                        "client unix:",
                        "status 204 No Content"),
                Row.of("GET http://[::1]:8001/x", 302, "client ::1", "listen [::1]:8001 [test.conf:42]"),
                Row.of(
                        "GET /stop/a.txt",
                        200,
                        "location ^~ /stop/, longest prefix, no expression is asked [test.conf:13]"),
                Row.of("GET /x.GONE", 410, "location ~* \\.(gone)$, expression 2 in order [test.conf:15]"),
                Row.of(
                        "GET /try/x",
                        301,
                        "try_files nothing is there, so on to @named [test.conf:16]",
                        "location @named, named [test.conf:17]",
                        "return 301 /to [test.conf:17]",
                        "status 301 Moved Permanently",
                        "field X-Named: /try/x [test.conf:17]"),
                Row.of(
                        "GET /outer/inner/x",
                        404,
                        "location /outer/, longest prefix [test.conf:18]",
                        "location /outer/inner/, longest prefix, nested [test.conf:19]",
                        "internal only internal redirects may come here: 404 [test.conf:19]"),
                Row.of(
                        "GET /error/x",
                        200,
                        "log [error] open() \"@site@/www/error/x\" failed (2: No such file or directory)",
                        "file @site@/www/error/x cannot be had: 404 [test.conf:10]",
                        "error_page 404 leads to /a.txt [test.conf:21]",
                        "file @site@/www/a.txt of 10 bytes [test.conf:10]",
                        "status 200 OK"),
                Row.of("GET /closed/", 444, "status 444 the connection ends without an answer"),
                Row.of(
                        "GET /denied/x",
                        403,
                        "log [error] access forbidden by rule",
                        "access refused: 403, by deny all [test.conf:23]"),
                Row.from(
                        "10.1.2.3 GET /nets/",
                        404,
                        "client 10.1.2.3",
                        "access granted, by allow 10.1.0.0/16 [test.conf:24]"),
                Row.from("10.1.1.1 GET /nets/", 403, "access refused: 403, by deny 10.1.1.1 [test.conf:24]"),
                Row.from("2001:db8::7 GET /nets/", 404, "access granted, by allow 2001:db8::/32 [test.conf:24]"),
                Row.from("::ffff:10.1.2.3 GET /nets/", 404, "access granted, by allow 10.1.0.0/16 [test.conf:24]"),
                Row.from("192.0.2.1 GET /nets/", 403, "access refused: 403, by deny all [test.conf:24]"),
                Row.of("GET /nets/", 404, "access granted, by allow 127.0.0.1 [test.conf:24]"),
                Row.from("10.9.9.9 GET /any/", 404, "access granted, by allow 10.0.0.0/8 [test.conf:26]"),
                Row.from(
                        "192.0.2.1 GET /any/",
                        401,
                        "access refused: 401, by the lack of a good password [test.conf:27]"),
                Row.from(
                        "192.0.2.1 GET /any/ Authorization: Basic YW5uOnNlY3JldA==",
                        404,
                        "access granted, by the password [test.conf:27]"),
                Row.from(
                        "192.0.2.1 GET /any/ Authorization: Basic YW5uOndyb25n",
                        401,
                        "log [error] user \"ann\": password mismatch"),
                Row.from(
                        "10.0.0.1 GET /both/ Authorization: Basic YW5uOnNlY3JldA==",
                        404,
                        "access granted, by allow 10.0.0.0/8 and the password [test.conf:29]"),
                Row.from(
                        "10.0.0.1 GET /both/",
                        401,
                        "access refused: 401, by the lack of a good password [test.conf:29]"),
                Row.from(
                        "192.0.2.1 GET /both/ Authorization: Basic YW5uOnNlY3JldA==",
                        404,
                        "access granted, by the password [test.conf:29]"),
                Row.of("POST /limited/", 403, "limit POST is one of all others [test.conf:30]"),
                Row.of("GET /folder", 301, "slash @site@/www/folder is a folder, so back with /folder/ [test.conf:10]"),
                Row.of(
                        "GET /a.txt Range: bytes=2-4",
                        206,
                        "condition the request's conditions or ranges ask for 206",
                        "field Content-Range: bytes 2-4/10"),
                Row.of("GET /a.txt Range: bytes=20-", 416, "status 416 Requested Range Not Satisfiable"),
                Row.of(
                        "GET /a.txt If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT",
                        304,
                        "condition the request's conditions or ranges ask for 304",
                        "status 304 Not Modified"),
                Row.of("GET /a.txt Expect: more", 417, "status 417 Expectation Failed"),
                Row.of("BREW /a.txt", 405, "field Allow: GET, HEAD, OPTIONS"),
                Row.of(
                        "PUT /put/new.txt Content-Length: 3",
                        201,
                        "store would be stored as @site@/www/put/new.txt [test.conf:31]",
                        "unchanged this only says what would be stored",
                        "limit client_max_body_size 5 bytes [test.conf:31]"),
                Row.of("PUT /put/there.txt Content-Length: 3", 204),
                Row.of("PUT /put/new.txt Content-Length: 6", 413),
                Row.of("DELETE /put/there.txt", 204, "store would DELETE @site@/www/put/there.txt [test.conf:31]"),
                Row.of("DELETE /put/none.txt", 404),
                Row.of("MKCOL /put/made/", 201, "store would MKCOL @site@/www/put/made/ [test.conf:31]"),
                Row.of("MOVE /put/there.txt Destination: /put/moved.txt", 204),
                Row.of(
                        "COPY /put/there.txt Destination: /put/copy.txt",
                        204,
                        "store would COPY @site@/www/put/there.txt to /put/copy.txt [test.conf:31]"),
                Row.of(
                        "POST /up/x.txt Content-Length: 3",
                        201,
                        "session by cookie POLLUXSID; a visitor without one gets it [test.conf:32]",
                        "upload would be stored in @site@/stored [test.conf:32]"),
                Row.of(
                        "GET /cgi/env.sh/more?a=b",
                        0,
                        "program @site@/www/cgi/env.sh [test.conf:33]",
                        "run /bin/sh @site@/www/cgi/env.sh in @site@/www/cgi",
                        "env QUERY_STRING=a=b",
                        "env PATH_INFO=/more",
                        "env EXTRA=localhost [test.conf:33]",
                        "status - what the program says, 200 if it says nothing"),
                Row.of(
                        "GET /slow/",
                        401,
                        "access refused: 401, by the lack of a good password [test.conf:34]",
                        "limit limit_rate 10240 bytes a second [test.conf:34]",
                        "limit satisfy any [test.conf:34]",
                        "limit auth_basic closed [test.conf:34]"));
    }

    private static List<String> explained(Row row) throws Exception {
        Origins origins = new Origins();
        ConfLoader.LoadRequest source = new ConfLoader.LoadRequest(site.path().toString(), "test.conf", "");
        Config config = ConfLoader.load(source, origins);
        try (Explainer explainer = new Explainer(config, origins)) {
            Question question = Question.of(row.method(), row.url(), row.headers());
            pollux.server.Explanation explanation =
                    explainer.explain(row.from() == null ? question : question.from(row.from()));
            List<String> lines = new ArrayList<>(List.of(Integer.toString(explanation.status())));
            explanation
                    .lines()
                    .forEach(line -> lines.add(
                            line.replace(site.path().toString(), "@site@").replaceAll(" +", " ")));
            return lines;
        }
    }

    @TestFactory
    Stream<DynamicTest> decisionsAreTold() {
        return rows().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.from() + " " + row.method() + " " + row.url() + " " + row.headers(), () -> {
                            List<String> expected = new ArrayList<>(List.of(Integer.toString(row.status())));
                            expected.addAll(row.lines());
                            List<String> told = explained(row);
                            assertEquals(
                                    String.join("\n", expected),
                                    String.join("\n", common(told, expected)),
                                    () -> String.join("\n", told));
                        }));
    }

    /** Of the lines that were told, those that are expected, each after the one before it. */
    private static List<String> common(List<String> told, List<String> expected) {
        List<String> found = new ArrayList<>();
        for (String line : told) {
            if (found.size() < expected.size() && line.equals(expected.get(found.size()))) {
                found.add(line);
            }
        }
        return found;
    }

    private static String run(List<String> wrapper, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(wrapper);
        List<String> all = new ArrayList<>(List.of("-p", site.path().toString(), "-c", "test.conf"));
        all.addAll(List.of(arguments));
        command.addAll(ServerProcess.command(all));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        return output + "exit status " + process.waitFor();
    }

    /** As an ordinary user, in a folder where nothing may be made. */
    @Test
    void nothingIsTouched() throws IOException, InterruptedException {
        site.permissions("run", "r-xr-xr-x").permissions("www/put", "r-xr-xr-x").permissions(".", "r-xr-xr-x");
        List<String> before = site.names(".");
        List<String> wrapper =
                Processes.isRoot() ? List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all") : List.of();
        String told = run(wrapper, "explain", "PUT", "http://first:8001/put/new.txt", "-H", "Content-Length: 3");
        String upload = run(wrapper, "explain", "POST", "/up/new.txt", "-HContent-Length: 3");
        site.permissions(".", "rwxr-xr-x").permissions("www/put", "rwxr-xr-x").permissions("run", "rwxr-xr-x");
        assertTrue(told.contains("\nstatus     403 Forbidden\n") && told.endsWith("exit status 0"), told);
        assertTrue(told.contains("access() \"" + site.path("www/put") + "\" failed (13: Permission denied)"), told);
        assertTrue(
                upload.contains("\nstatus     500 Internal Server Error\n") && upload.endsWith("exit status 0"),
                upload);
        assertEquals(before, site.names("."));
        assertEquals(List.of(), site.names("run"));
        assertEquals(List.of("there.txt"), site.names("www/put"));
        assertEquals("old", site.read("www/put/there.txt"));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GE T|/||invalid method \"GE T\"",
                "GET|ftp://h/||invalid URL \"ftp://h/\": it is http://host[:port]/path, http://unix:socket:/path or /path",
                "GET|https://h/||invalid URL \"https://h/\": there is no TLS here, only http://",
                "GET|/a b||invalid URL \"/a b\": spaces and controls are written as %20 and the like",
                "GET|http://h:70000/||invalid port in URL \"http://h:70000/\"",
                "GET|/|Name|invalid header \"Name\": it is \"Name: value\"",
                "GET|/|: x|invalid header \": x\": it is \"Name: value\"",
                "GET|http://h:9/||nobody listens on port 9; there is 127.0.0.1:8001, unix:@site@/run/socket, [::1]:8001",
            })
    void whatIsNoRequestIsRefused(String method, String url, String header, String message) {
        List<String> headers = header == null ? List.of() : List.of(header);
        Row row = new Row(null, method, url, headers, 0, List.of());
        Question.RefusedException refused = assertThrows(Question.RefusedException.class, () -> explained(row));
        assertEquals(message, refused.getMessage().replace(site.path().toString(), "@site@"));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0", "10.0.0.256", "h", "[::1]", "::g", "1::2::3", "''", "10.0.0.1:80", "unix:"})
    void whatIsNoAddressIsRefused(String address) throws Question.RefusedException {
        Question question = Question.of("GET", "/", List.of());
        Question.RefusedException refused = assertThrows(Question.RefusedException.class, () -> question.from(address));
        assertEquals("invalid address \"" + address + "\": it is as 192.0.2.1 or 2001:db8::1", refused.getMessage());
        Question local = Question.of("GET", "http://unix:/s:/", List.of());
        assertThrows(Question.RefusedException.class, () -> local.from("10.0.0.1"));
    }

    @Test
    void theClientIsChosenOnTheCommandLine() throws IOException, InterruptedException {
        String told = run(List.of(), "explain", "GET", "/nets/", "--from", "10.1.1.1");
        assertTrue(told.contains("\nclient     10.1.1.1\n") && told.contains("\nstatus     403 Forbidden\n"), told);
        assertEquals("pollux: option \"--from\" goes with \"explain\"\nexit status 1", run(List.of(), "--from", "::1"));
        assertEquals(
                "pollux: option \"--from\" requires an address\nexit status 1",
                run(List.of(), "explain", "GET", "/", "--from"));
    }

    @Test
    void aCommandLineThatLacksSomethingIsRefused() throws IOException, InterruptedException {
        String usage = "pollux: \"explain\" requires a method and a URL, as in: pollux explain GET /index.html\n";
        assertEquals(usage + "exit status 1", run(List.of(), "explain", "GET"));
        assertEquals("pollux: option \"-H\" goes with \"explain\"\nexit status 1", run(List.of(), "-H", "A: b"));
        assertEquals("pollux: invalid method \"G,T\"\nexit status 1", run(List.of(), "explain", "G,T", "/"));
    }

    /** The README's file, question and answer. */
    @Test
    void theReadmeShowsWhatIsSaid() throws Exception {
        String readme = Files.readString(Path.of(System.getProperty("user.dir"), "..", "README.md"));
        String section = readme.substring(readme.indexOf("## Why an answer is what it is"));
        Matcher blocks = Pattern.compile("```[a-z]*\\n(.*?)```", Pattern.DOTALL).matcher(section);
        assertTrue(blocks.find());
        try (Site example = Site.create()) {
            example.file("site.conf", blocks.group(1)).file("www/docs/index.html", "<h1>Documents</h1>\n");
            assertTrue(blocks.find());
            List<String> shown = blocks.group(1).lines().toList();
            assertEquals(
                    "$ ./pollux -p /srv/site -c site.conf explain GET http://www.example.com:8080/docs/", shown.get(0));
            Origins origins = new Origins();
            ConfLoader.LoadRequest source =
                    new ConfLoader.LoadRequest(example.path().toString(), "site.conf", "");
            Config config = ConfLoader.load(source, origins);
            try (Explainer explainer = new Explainer(config, origins)) {
                List<String> told = explainer
                        .explain(Question.of("GET", "http://www.example.com:8080/docs/", List.of()))
                        .lines();
                String text = String.join("\n", told).replace(example.path().toString(), "/srv/site");
                assertEquals(String.join("\n", shown.subList(1, shown.size())), text);
            }
        }
    }
}
