package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.lines;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Locations: which one is found, and what {@code return}, {@code alias}, {@code try_files} and {@code add_header} do. */
final class LocationsTest {
    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .file("www/a.txt", "a")
                .file("www/try/there.txt", "there")
                .file("www/try/dir/index.html", "index")
                .file("www/fallback.txt", "fallback")
                .file("www/hidden/x.txt", "x")
                .file("other/b.txt", "b");
        server = ServerProcess.start(site, ServerProcess.server("""
                        location = /exact { return 200 exact; }
                        location /exact { return 200 prefix; }
                        location /long/ { return 200 long; }
                        location /long/er/ { return 200 longer; }
                        location ^~ /stop/ { return 200 stop; }
                        location ~ \\.php$ { return 200 "regex $uri"; }
                        location ~* \\.PNG$ { return 200 caseless; }
                        location ~ ^/user/(?<name>\\w+)/(\\d+)$ { return 200 "$name $2"; }
                        location /outer/ {
                            location /outer/inner/ { return 200 inner; }
                            location ~ \\.x$ { return 200 nested; }
                            return 200 outer;
                        }
                        location /nest/ { location ~ \\.php$ { return 200 "nested php"; } return 200 nest; }

                        location /alias/ { alias other/; }
                        location ~ ^/pick/(.+)$ { alias other/$1; }
                        location /try/ { try_files $uri $uri/ /fallback.txt?from=$uri; }
                        location /trycode/ { try_files $uri =410; }
                        location /tryname/ { try_files $uri @named; }
                        location @named { return 200 "named $uri"; }
                        location /hidden/ { internal; }
                        location /shown/ { try_files /none /hidden/x.txt; }
                        location /loop/ { try_files /none /loop/again; }

                        location = /r301 { return 301 /a.txt; }
                        location = /r302 { return 302 http://other.example/x?$args; }
                        location = /r307 { return 307 /x; }
                        location = /rurl { return https://only.example/; }
                        location = /r204 { return 204; }
                        location = /r403 { return 403; }
                        location = /r444 { return 444; }
                        location = /rtext { default_type text/x-me; return 200 "m=$request_method a=$arg_a c=$cookie_c"; }
                        location = /r402 { return 402 "pay"; }

                        add_header X-Server outer;
                        location /headers/ { alias www/; add_header X-Host $host; add_header X-Empty ""; }
                        location /always/ { alias www/; add_header X-Sometimes 1; add_header X-Always 2 always; }
                        location /expires/ { alias www/; expires -1; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /exact              | exact
            /exact/             | prefix
            /exactly            | prefix
            /%65xact            | exact
            /long/x             | long
            /long/er/x          | longer
            /long/er            | long
            /long/x.php         | regex /long/x.php
            /stop/x.php         | stop
            /x.PHP/x.php        | regex /x.PHP/x.php
            /x.png              | caseless
            /user/ann/42        | ann 42
            /outer/x            | outer
            /outer/inner/x      | inner
            /outer/a.x          | nested
            /nest/x.php         | nested php
            /nest/x             | nest
            """)
    void locationThatIsFound(String target, String content) {
        assertEquals(content, server.ask(get(target)).content());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /alias/b.txt        | 200 | b
            /pick/b.txt         | 200 | b
            /try/there.txt      | 200 | there
            /try/dir/           | 200 | index
            /try/missing        | 200 | fallback
            /tryname/x          | 200 | named /tryname/x
            /shown/x            | 200 | x
            """)
    void filesByOtherWays(String target, int status, String content) {
        Answer answer = server.ask(get(target));
        assertEquals(status, answer.status());
        assertEquals(content, answer.content());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /alias/a.txt        | 404
            /trycode/x          | 410
            /hidden/x.txt       | 404
            /loop/              | 500
            /r403               | 403
            """)
    void refusals(String target, int status) {
        assertEquals(status, server.ask(get(target)).status());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /r301?q | 301 Moved Permanently  | http://h:PORT/a.txt
            /r302?q | 302 Moved Temporarily  | http://other.example/x?q
            /r307   | 307 Temporary Redirect | http://h:PORT/x
            /rurl   | 302 Moved Temporarily  | https://only.example/
            """)
    void redirects(String target, String status, String location) {
        Answer answer = server.ask(get(target));
        assertEquals("HTTP/1.1 " + status, answer.statusLine());
        assertEquals(location.replace("PORT", Integer.toString(server.port())), answer.field("Location"));
    }

    @Test
    void returnsWithText() {
        assertEquals(
                lines("""
                        HTTP/1.1 200 OK
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: text/x-me
                        Content-Length: 14
                        Connection: keep-alive
                        X-Server: outer

                        m=GET a=1 c=oo"""),
                server.ask(get("/rtext?b=2&a=1", "Cookie: b=x; c=oo")).text());
        assertEquals("pay", server.ask(get("/r402")).content());
        assertEquals(402, server.ask(get("/r402")).status());
        assertEquals("", server.ask(get("/r204")).content());
        assertEquals("m=POST a= c=", server.ask(Wire.request("POST /rtext")).content());
    }

    @Test
    void return444SaysNothing() {
        assertEquals("", server.exchange(get("/r444")));
    }

    @Test
    void addedFields() {
        Answer answer = server.ask(get("/headers/a.txt"));
        assertEquals("h", answer.field("X-Host"));
        assertNull(answer.field("X-Empty"));
        assertNull(answer.field("X-Server"));
        assertEquals("outer", server.ask(get("/a.txt")).field("X-Server"));
        assertNull(server.ask(get("/missing")).field("X-Server"));
        Answer good = server.ask(get("/always/a.txt"));
        assertEquals("1 2", good.field("X-Sometimes") + " " + good.field("X-Always"));
        Answer bad = server.ask(get("/always/missing"));
        assertEquals("null 2", bad.field("X-Sometimes") + " " + bad.field("X-Always"));
        assertEquals("no-cache", server.ask(get("/expires/a.txt")).field("Cache-Control"));
    }
}
