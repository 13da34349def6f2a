package pollux.twin;

import static pollux.twin.Row.host;
import static pollux.twin.Row.raw;

import java.util.ArrayList;
import java.util.List;

/** Which server block answers, by the host that a request names, and what redirects call it. */
class ServerNameTwinTest extends TwinTable {
    private static final String SHOWN = "return 200 \"$server_name|$host|$http_host|$1|$2|$who|$tail\";";

    @Override
    String configuration() {
        return """
                types { text/plain txt; text/html html; }
                server { listen 127.0.0.1:@port@; server_name first; location /a { SHOWN } location / { return 200 "default $server_name|$host"; } }
                server { listen 127.0.0.1:@port@; server_name Exact.Example "" second.exact; SHOWN }
                server { listen 127.0.0.1:@port@; server_name *.example; SHOWN }
                server { listen 127.0.0.1:@port@; server_name *.deep.example; SHOWN }
                server { listen 127.0.0.1:@port@; server_name www.*; SHOWN }
                server { listen 127.0.0.1:@port@; server_name www.longer.*; SHOWN }
                server { listen 127.0.0.1:@port@; server_name .dot.test; SHOWN }
                server { listen 127.0.0.1:@port@; server_name dot.test first.dot.test; SHOWN }
                server { listen 127.0.0.1:@port@; server_name ~^(?<who>[a-z]+)\\.reg\\.test$; SHOWN }
                server { listen 127.0.0.1:@port@; server_name ~^([^.]+)\\.reg\\.(?<tail>.+)$ plain.reg.test; SHOWN }
                server { listen 127.0.0.1:@port@; server_name "~^(?<who>b{2,3})" www.b; SHOWN }
                server { listen 127.0.0.1:@port@; server_name ~CAPITAL; SHOWN }
                server { listen 127.0.0.1:@port@; server_name ~^nested(?<who>.)\\.; location ~ ^/x(.) { SHOWN } location / { SHOWN } }
                server { listen 127.0.0.1:@port@; server_name [::1] 127.0.0.1; SHOWN }
                server { listen 127.0.0.1:@port@; server_name _ under_score; SHOWN }
                server { listen 127.0.0.1:@port@; server_name a.b.c.d; SHOWN }
                server { listen 127.0.0.1:@port@; server_name a.*; SHOWN }
                server { listen 127.0.0.1:@port@; server_name *.d; SHOWN }
                server { listen 127.0.0.1:@port@; server_name red.test other.red; root www; SHOWN_NOT
                         location /named { server_name_in_redirect on; return 301 /x; }
                         location /portless { port_in_redirect off; return 301 /x; }
                         location /relative { absolute_redirect off; return 301 /x; }
                         location /both { server_name_in_redirect on; port_in_redirect off; return 302 /x?y; }
                         location /full { return 301 http://else/x; }
                         location /word { return 301 word; }
                         location /sub { server_name_in_redirect on; }
                         location /sub2/ { alias www/; absolute_redirect off; }
                         location /var { return 301 $uri/$host; }
                         location / { return 301 /x; } }
                server { listen 127.0.0.1:@port@; server_name ~^re(?<who>.)\\.test$; server_name_in_redirect on; return 301 /x/$who; }
                server { listen 127.0.0.1:@port@; server_name *.wild.test; server_name_in_redirect on; return 301 /x; }
                server { listen 127.0.0.1:@port@; server_name .lead.test; server_name_in_redirect on; return 301 /x; }
                """.replace("SHOWN_NOT", "").replace("SHOWN", SHOWN);
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String name : List.of(
                "first",
                "FIRST",
                "first.",
                "first..",
                "first:80",
                "first:",
                "nobody",
                "exact.example",
                "EXACT.EXAMPLE",
                "exact.example.",
                "exact.example:99",
                "second.exact",
                "x.second.exact",
                "example",
                ".example",
                "a.example",
                "a.b.example",
                "deep.example",
                "x.deep.example",
                "x.y.deep.example.",
                "www",
                "www.",
                "www.x",
                "www.x.y.z",
                "www.longer.x",
                "www.longer",
                "www.example",
                "x.www.test",
                "dot.test",
                "a.dot.test",
                "a.b.dot.test",
                "first.dot.test",
                "xdot.test",
                "abc.reg.test",
                "ABC.REG.TEST",
                "a1.reg.test",
                "plain.reg.test",
                "x.reg.other.tail",
                "bb",
                "b",
                "bbbb.x",
                "www.b",
                "www.bb",
                "capital",
                "CAPITAL",
                "x-capital-x",
                "[::1]",
                "[::1]:80",
                "[::1]:",
                "[::2]",
                "127.0.0.1",
                "127.0.0.1:1",
                "_",
                "under_score",
                "a.b.c.d",
                "a.x",
                "x.d",
                "a.d",
                "a.b.d",
                "first/x",
                "fi rst",
                "-",
                ".",
                "..",
                "a..b",
                ":80",
                "%66irst",
                "first,second",
                "first;x")) {
            rows.add(host(name, "/a"));
        }
        for (String name : List.of("first:x", "[::1", "[::1].", "x@first")) {
            rows.add(host(name, "/a").but(Deliberate.HOST_GRAMMAR));
        }
        for (String path : List.of("/x1", "/y")) {
            rows.add(host("nested7.test", path));
        }
        for (String path : List.of(
                "/", "/named", "/portless", "/relative", "/both", "/full", "/word", "/sub", "/sub2/sub", "/var")) {
            rows.add(host("red.test", path));
            rows.add(host("other.red:99", path));
        }
        for (String name : List.of("re7.test", "x.wild.test", "lead.test", "x.lead.test", "RED.test.", "[::1]:80")) {
            rows.add(host(name, "/"));
        }
        rows.add(raw("GET /a HTTP/1.0\r\n\r\n"));
        rows.add(raw("GET /a HTTP/1.0\r\nHost:\r\n\r\n"));
        rows.add(raw("GET /a HTTP/1.0\r\nHost: first\r\n\r\n"));
        rows.add(raw("GET /a HTTP/1.0\r\nHost: \r\n\r\n"));
        rows.add(raw("GET /a HTTP/1.1\r\n\r\n"));
        rows.add(raw("GET /a HTTP/1.1\r\nHost:\r\n\r\n"));
        rows.add(raw("GET /a HTTP/1.1\r\nHost: first\r\nHost: first\r\n\r\n"));
        rows.add(raw("GET /a HTTP/1.1\r\nHost: first\r\nHost: second.exact\r\n\r\n"));
        rows.add(raw("GET http://second.exact/a HTTP/1.1\r\nHost: first\r\n\r\n"));
        rows.add(raw("GET http://abc.reg.test:90/a HTTP/1.1\r\nHost: first\r\n\r\n"));
        rows.add(raw("GET http://second.exact/a HTTP/1.0\r\n\r\n"));
        rows.add(raw("GET http://SECOND.exact./a HTTP/1.1\r\nHost:\r\n\r\n"));
        return rows;
    }
}
