package pollux.twin;

import static pollux.twin.Row.get;
import static pollux.twin.Row.head;
import static pollux.twin.Row.host;
import static pollux.twin.Row.raw;
import static pollux.twin.Row.request;
import static pollux.twin.Row.send;

import java.util.List;

/** Files, media types, charsets, index files, redirects to folders, links. */
class StaticTwinTest extends TwinTable {
    @Override
    String configuration() {
        return """
                types { text/plain txt; text/html html htm; application/json json; image/png png; text/css css; }
                server {
                    listen 127.0.0.1:@port@;
                    root www;
                    location /plain/ { alias www/; types { } default_type text/x-plain; }
                    location /none/ { alias www/; types { } default_type ""; }
                    location /second/ { index index.html home.htm; }
                    location /other-index/ { alias www/bare/; index nothing.html /a.txt; }
                    location = /exact/ { alias www/; index page.html; }
                    location /bare/ { index index.html; }
                    location /no-etag/ { alias www/; etag off; }
                    location /small-root { root www/sub; }
                }
                server {
                    listen 127.0.0.1:@port@;
                    server_name charset;
                    root www;
                    charset utf-8;
                    location /types/ { alias www/; charset_types text/plain application/json; }
                    location /all/ { alias www/; charset koi8-r; charset_types *; }
                    location /off/ { alias www/; charset off; }
                }
                server { listen 127.0.0.1:@port@; server_name noport; root www; port_in_redirect off; }
                server { listen 127.0.0.1:@port@; server_name relative; root www; absolute_redirect off; }
                server {
                    listen 127.0.0.1:@port@;
                    server_name first.example second.example;
                    root www;
                    server_name_in_redirect on;
                }
                server { listen 127.0.0.1:@port@; server_name tokens; root www; server_tokens off; }
                server { listen 127.0.0.1:@port@; server_name ""; root www/sub; }
                """;
    }

    @Override
    List<Row> rows() {
        return List.of(
                get("/a.txt"),
                head("/a.txt"),
                get("/a.txt?query=1"),
                get("/page.html"),
                get("/UPPER.TXT"),
                get("/image.png"),
                get("/data.json"),
                get("/style.css"),
                get("/archive.tar.gz"),
                get("/unknown.xyz"),
                get("/noextension"),
                get("/dot."),
                get("/.hidden"),
                get("/empty.txt"),
                head("/empty.txt"),
                get("/large.bin"),
                head("/large.bin"),
                get("/with%20space.txt"),
                get("/per%25cent.txt"),
                get("/ques%3Ftion.txt"),
                get("/ha%23sh.txt"),
                get("/co:lon.txt"),
                get("/back%5Cslash.txt"),
                get("/back\\slash.txt"),
                get("/gr%C3%BCn.txt"),
                get(TwinSite.raw("/gr\u00fcn.txt")),
                get("/missing.txt"),
                head("/missing.txt"),
                get("/missing/"),
                get("/a.txt/"),
                get("/a.txt/more"),
                get("/" + "n".repeat(255)),
                get("/" + "n".repeat(256)),
                get("/" + "n/".repeat(2050)),
                get("/plain/a.txt"),
                get("/plain/image.png"),
                get("/none/a.txt"),
                get("/no-etag/a.txt"),
                get("/no-etag/a.txt", "If-None-Match: *"),
                // Index files.
                get("/"),
                head("/"),
                get("/?a=b"),
                get("/sub/"),
                get("/second/"),
                get("/exact/"),
                get("/other-index/"),
                get("/bare/"),
                head("/bare/"),
                get("/index-is-folder/"),
                send("POST /sub/", "content").but(Deliberate.ALLOW),
                send("POST /a.txt", "content").but(Deliberate.ALLOW),
                send("POST /missing.txt", "content"),
                request("POST /bare/"),
                request("POST /sub"),
                // Redirects to folders.
                get("/sub"),
                head("/sub"),
                get("/sub?a=b&c=d"),
                get("/sub?"),
                get("/bare"),
                get("/a%20folder"),
                get("/100%25"),
                get("/q%3Fq"),
                get("/p+l;u=s"),
                get("/./sub/../sub"),
                get("//sub"),
                get("/link-to-folder"),
                get("/second"),
                host("noport", "/sub"),
                host("relative", "/sub?x"),
                host("relative:1234", "/a%20folder?x"),
                host("first.example", "/sub"),
                host("second.example", "/sub"),
                host("other:99", "/sub"),
                host("UPPER.Case", "/sub"),
                host("127.0.0.1", "/sub"),
                host("[::1]:80", "/sub"),
                raw("GET /sub HTTP/1.0\r\n\r\n"),
                raw("GET /sub HTTP/1.0\r\nHost: old\r\n\r\n"),
                raw("GET http://absolute.example/sub HTTP/1.1\r\nHost: h\r\n\r\n"),
                // Charsets.
                host("charset", "/a.txt"),
                host("charset", "/page.html"),
                host("charset", "/data.json"),
                host("charset", "/style.css"),
                host("charset", "/missing"),
                host("charset", "/sub"),
                host("charset", "/types/a.txt"),
                host("charset", "/types/data.json"),
                host("charset", "/types/page.html"),
                host("charset", "/all/image.png"),
                host("charset", "/all/large.bin"),
                host("charset", "/off/page.html"),
                // Links.
                get("/link.txt"),
                get("/link-to-folder/"),
                get("/link-to-folder/file.txt"),
                get("/link-out.txt"),
                get("/broken"),
                get("/loop"),
                get("/loop/"),
                get("/broken/"),
                // The name of the server.
                host("tokens", "/a.txt"),
                host("tokens", "/missing"),
                host("tokens", "/sub"));
    }
}
