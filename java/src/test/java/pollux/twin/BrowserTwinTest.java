package pollux.twin;

import static pollux.twin.Row.get;
import static pollux.twin.Row.head;
import static pollux.twin.Row.raw;
import static pollux.twin.Row.send;

import java.util.ArrayList;
import java.util.List;

/** What is done differently for old browsers ({@code keepalive_disable}, {@code msie_padding}), and {@code max_headers}. */
class BrowserTwinTest extends TwinTable {
    @Override
    String configuration() {
        return """
                types { text/plain txt; text/html html; }
                max_headers 5;
                log_subrequest on;
                server {
                    listen 127.0.0.1:@port@;
                    root www;
                    location /safari/ { keepalive_disable safari; alias www/; }
                    location /both/ { keepalive_disable msie6 safari; alias www/; }
                    location /none/ { keepalive_disable none; alias www/; }
                    location /unpadded/ { msie_padding off; alias www/; }
                    location /nameless/ { server_tokens off; alias www/; }
                    location /ok { return 200 ok; }
                    location /refresh/ {
                        msie_refresh on; charset utf-8; absolute_redirect off;
                        location /refresh/301 { return 301 /x; }
                        location /refresh/absolute { absolute_redirect on; return 302 /x?y; }
                        location /refresh/303 { return 303 /x; }
                        location /refresh/308 { return 308 /x; }
                        location /refresh/url { return 302 "http://x/$arg_a %41 <>'\\^`{|}[]~"; }
                        location /refresh/page { error_page 404 http://x/$uri?$args; return 404; }
                        location /refresh/page-307 { error_page 404 =307 http://x/; add_header X-A b; return 404; }
                        location /refresh/page-410 { error_page 404 =410 http://x/; return 404; }
                        location /refresh/page-400 { error_page 400 http://x/; return 400; }
                        location /refresh/nothing { return 301 ""; }
                        alias www/;
                    }
                    location /moved { return 301 /x; }
                    location /denied { deny all; }
                }
                """;
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String agent : List.of(
                "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)",
                "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1)",
                "Mozilla/4.0 (compatible; MSIE 5.5; Windows 98)",
                "Mozilla/4.0 (compatible; MSIE 4.01; Mac_PowerPC)",
                "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.0)",
                "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2)",
                "Mozilla/4.0 (compatible; MSIE 6.0; X11; Linux) Opera 8.0",
                "MSIE 6.",
                "MSIE 6.0",
                "MSIE 6",
                "msie 6.0 ",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1 (KHTML, like Gecko) Version/13.1 Safari/605.1",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 13_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Safari/604.1",
                "Mozilla/5.0 (X11; Linux) AppleWebKit/605.1 (KHTML, like Gecko) Safari/605.1",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0 Safari/537.36",
                "Mozilla/5.0 (X11; Linux; rv:90.0) Gecko/20100101 Firefox/90.0",
                "Mozilla/5.0 Gecko/1 Chrome/1",
                "curl/7.88",
                "")) {
            String field = "User-Agent: " + agent;
            for (String place : List.of("", "/safari", "/both", "/none", "/unpadded", "/nameless")) {
                rows.add(get(place + "/missing", field));
            }
            rows.add(get("/both/a.txt", field));
            rows.add(send("POST /ok", "x", field));
            rows.add(get("/moved", field));
            rows.add(head("/missing", field));
            for (String place : List.of("301", "303", "page")) {
                rows.add(get("/refresh/" + place, field));
            }
            rows.add(get("/denied", field));
        }
        String msie = "User-Agent: Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.0)";
        for (String place : List.of(
                "absolute",
                "308",
                "url",
                "url?a=%3c\"'<>\\^`{|}~\u0080\u00ff",
                "page?\"'<>",
                "page-307",
                "page-410",
                "page-400",
                "nothing",
                "sub",
                "sub?a=\"b\"")) {
            rows.add(get("/refresh/" + place, msie));
            rows.add(head("/refresh/" + place, msie));
        }
        rows.add(raw("GET /refresh/301 HTTP/1.0\r\n" + msie + "\r\n\r\n"));
        rows.add(raw("GET /missing HTTP/1.0\r\nUser-Agent: Chrome/1\r\n\r\n"));
        rows.add(get("/ok", "A: 1", "B: 2", "C: 3", "D: 4"));
        rows.add(get("/ok", "A: 1", "B: 2", "C: 3", "D: 4", "E: 5").but(Deliberate.HEAD_TOO_LARGE));
        return rows;
    }
}
