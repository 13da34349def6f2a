package pollux.twin;

import static pollux.twin.Row.get;
import static pollux.twin.Row.head;
import static pollux.twin.Row.raw;
import static pollux.twin.Row.send;
import static pollux.twin.Row.text;

import java.util.ArrayList;
import java.util.List;

/** {@code add_header}, {@code expires}, and the values of variables. */
class HeaderTwinTest extends TwinTable {
    @Override
    String configuration() {
        return """
                types { text/plain txt; text/html html; }
                add_header X-Http http;
                server {
                    listen 127.0.0.1:@port@;
                    server_name name.example;
                    root www;
                    add_header X-Server "server $uri";
                    add_header X-Always always always;
                    location /inherits/ { alias www/; }
                    location /replaces/ { alias www/; add_header X-Own own; }
                    location /many/ { alias www/; add_header A 1; add_header A 2; add_header B "$arg_b"; }
                    location /validators/ { alias www/; add_header ETag ""; add_header Last-Modified ""; }
                    location /etag/ { alias www/; add_header ETag '"mine"'; }
                    location /cache/ { alias www/; add_header Cache-Control no-store; add_header Cache-Control private; }
                    location /server/ { alias www/; add_header Server mine; }
                    location /both/ { alias www/; expires 1; add_header Cache-Control public; }
                    location /nested/ { location /nested/in/ { alias www/; } add_header X-Nested yes; }
                    location /error/ { error_page 404 /inherits/page.html; add_header X-Error yes always; alias www/; }
                    location /return { add_header X-Return $status; return 201 ok; }
                    location /moved { add_header X-Return $status; return 301 /x; }
                    location /teapot { add_header X-Not no; add_header X-Always yes always; return 418 ok; }
                    location /expires/epoch/ { alias www/; expires epoch; }
                    location /expires/max/ { alias www/; expires max; }
                    location /expires/off/ { alias www/; expires off; }
                    location /expires/modified/ { alias www/; expires modified +1h; }
                    location /expires/modified-text { expires modified -1h; return 404; }

                    location /expires/variable { expires $arg_e; return 200 x; }
                    location /expires/file/ { expires modified $arg_e; alias www/; }
                    location /gif { empty_gif; }
                    location /gif/before/ { empty_gif; expires epoch; if_modified_since before; }
                    location /gif/list/ { empty_gif; autoindex on; try_files $uri =404; }
                    location /trailer/ { alias www/; add_trailer X "t$sent_http_x_server"; add_trailer Y ""; add_trailer X two always; }
                    location /trailer/none/ { alias www/; add_trailer Y ""; }
                    location /trailer/off/ { alias www/; add_trailer X x; chunked_transfer_encoding off; }
                    location /trailer/status { add_trailer X x; return 204; }
                    location /trailer/moved { add_trailer X x; return 301 /x; }
                    location /trailer/text { add_trailer X "a	b"; add_trailer "Content-Length" 4; return 200 text; }
                    location /trailer/log { add_trailer X "$status-$uri"; return 200 ""; }

                    location /line { return 200 "$uri|$document_uri|$request_uri|$args|$query_string|$is_args|$request"; }
                    location /method { return 200 "$request_method|$server_protocol|$scheme|$https|$request_length"; }
                    location /peer { return 200 "$remote_addr|$server_addr|$server_port|$server_name|$host|$hostname"; }
                    location /fields { return 200 "$http_host|$http_user_agent|$http_x_y|$http_none|$http_referer|"; }
                    location /cookies { return 200 "$cookie_a|$cookie_B|$cookie_none|$http_cookie"; }
                    location /args { return 200 "$arg_a|$arg_B|$arg_none|$arg_c_d"; }
                    location /file { return 200 "$document_root|$realpath_root|$request_filename"; }
                    location /aliased/ { alias www/sub/; return 200 "$document_root|$realpath_root|$request_filename"; }
                    location /content { return 200 "$content_type|$content_length|$remote_user|$http_content_type"; }
                    location /progress { return 200 "$status|$body_bytes_sent|$bytes_sent|$connection_requests|$pipe"; }
                    location /braces { return 200 "${uri}x${arg_a}y$uri/$arg_a.z"; }
                    location ~ ^/capture/(a)(b)?(?<n>c)? { return 200 "$1|$2|$3|$n"; }
                    location /dollar { return 200 'a"b\\'c\\\\d\\n'; }
                }
                """;
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        addHeaders(rows);
        addExpires(rows);
        addPictures(rows);
        addTrailers(rows);
        addVariables(rows);
        return rows;
    }

    private static void addHeaders(List<Row> rows) {
        for (String path : List.of(
                "/a.txt",
                "/missing",
                "/sub",
                "/inherits/a.txt",
                "/replaces/a.txt",
                "/replaces/missing",
                "/many/a.txt",
                "/many/a.txt?b=2",
                "/validators/a.txt",
                "/etag/a.txt",
                "/cache/a.txt",
                "/server/a.txt",
                "/nested/in/a.txt",
                "/error/missing",
                "/return",
                "/moved",
                "/teapot",
                "/expires/epoch/a.txt",
                "/expires/max/a.txt",
                "/expires/off/a.txt",
                "/expires/modified/a.txt",
                "/expires/max/missing",
                "/expires/modified-text")) {
            rows.add(get(path));
        }
        rows.add(head("/a.txt"));
        rows.add(get("/a.txt", "If-None-Match: *"));
        rows.add(get("/expires/max/a.txt", "If-None-Match: *"));
        rows.add(get("/a.txt", "Range: bytes=0-1"));
        rows.add(get("/a.txt", "Range: bytes=50-")
                .but("X-Always", "always\nalways", "always", "nginx adds the fields of the 206 and those of the 416")
                .but("X-Server", "server /a.txt", null, "nginx adds the fields of the 206 and those of the 416"));
        rows.add(get("/etag/a.txt", "If-None-Match: \"mine\""));
        rows.add(get("/validators/a.txt", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT"));
    }

    /** Those whose fields do not hold the present time. */
    private static void addExpires(List<Row> rows) {
        for (String value : List.of("epoch", "max", "off", "modified", "bad", "", "@25h", "1h%2030m", "@x", "+", "-")) {
            rows.add(get("/expires/variable?e=" + value));
        }
        rows.add(get("/expires/variable"));
        for (String value : List.of("1h", "-1h", "+1", "epoch", "max", "@1h", "bad", "")) {
            rows.add(get("/expires/file/a.txt?e=" + value));
        }
        rows.add(get("/expires/file/missing?e=1h"));
    }

    private static void addPictures(List<Row> rows) {
        rows.add(get("/gif"));
        rows.add(get("/gif/"));
        rows.add(get("/gif.x/y?z"));
        rows.add(get("/gif/list/"));
        rows.add(head("/gif"));
        rows.add(get("/gif", "Range: bytes=0-2"));
        rows.add(get("/gif", "If-Modified-Since: Mon, 28 Sep 1970 06:00:00 GMT"));
        rows.add(get("/gif", "If-Modified-Since: Mon, 28 Sep 1980 06:00:00 GMT"));
        rows.add(get("/gif/before/", "If-Modified-Since: Mon, 28 Sep 1980 06:00:00 GMT"));
        rows.add(send("POST /gif", "x").but(Deliberate.ALLOW));
        rows.add(send("PUT /gif", "x").but(Deliberate.ALLOW));
    }

    private static void addTrailers(List<Row> rows) {
        for (String path : List.of(
                "/trailer/a.txt",
                "/trailer/large.bin",
                "/trailer/empty.txt",
                "/trailer/missing",
                "/trailer/sub",
                "/trailer/none/a.txt",
                "/trailer/off/a.txt",
                "/trailer/status",
                "/trailer/moved",
                "/trailer/text",
                "/trailer/log")) {
            rows.add(get(path));
        }
        rows.add(head("/trailer/a.txt"));
        rows.add(get("/trailer/a.txt", "Range: bytes=1-3"));
        rows.add(get("/trailer/a.txt", "Range: bytes=1-3,5-6"));
        rows.add(get("/trailer/a.txt", "If-None-Match: *"));
        rows.add(raw("GET /trailer/a.txt HTTP/1.0\r\nHost: h\r\n\r\n"));
        rows.add(raw(text("GET /trailer/a.txt", "h"), text("GET /trailer/large.bin", "h"), text("GET /a.txt", "h")));
    }

    private static void addVariables(List<Row> rows) {
        for (String path : List.of(
                "/line",
                "/line?a=b",
                "/line?",
                "/line/%41//x/../y?q=%20+",
                "/method",
                "/peer",
                "/args?a=1&b=2&c_d=3",
                "/args?A=1&B=2",
                "/args?a&b=",
                "/args?xa=1&a=2",
                "/args?a=1&a=2",
                "/args?a=%20&b=x=y",
                "/args?&&a=1",
                "/file",
                "/file/a.txt",
                "/aliased/x",
                "/aliased/",
                "/progress",
                "/braces?a=1",
                "/capture/a",
                "/capture/ab",
                "/capture/abc",
                "/dollar")) {
            rows.add(get(path));
        }
        rows.add(get("/fields", "User-Agent: me", "X-Y: z", "Referer: there"));
        rows.add(get("/fields", "X-Y: 1", "X-Y: 2")
                .but("content", "h||1|||", "h||1, 2|||", "RFC 9110 section 5.3: lines are joined, as by later nginx"));
        rows.add(get("/cookies", "Cookie: a=1; b=2"));
        rows.add(get("/cookies", "Cookie: a=1;b=2 ; a=3")
                .but(
                        "content",
                        "1|2 ||a=1;b=2 ; a=3",
                        "1|2||a=1;b=2 ; a=3",
                        "blanks around a value are no part of it"));
        rows.add(get("/cookies", "Cookie: a=\"q\"", "Cookie: B=2"));
        rows.add(get("/cookies", "Cookie: xa=1; a"));
        rows.add(get("/cookies", "Cookie: a = 1; A=2"));
        rows.add(send("POST /content", "a=b", "Content-Type: x/y", "Authorization: Basic dXNlcjpwYXNz"));
        rows.add(get("/content", "Authorization: Basic !!!"));
        rows.add(get("/content", "Authorization: Bearer x"));
        rows.add(raw("POST /content HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                .but("content", "|0||", "|||", "there is no such field, and nobody has read the content"));
        rows.add(raw("GET /peer HTTP/1.0\r\n\r\n"));
        rows.add(raw("GET /method HTTP/1.0\r\n\r\n"));
        rows.add(raw("GET http://absolute.example:8/peer?x HTTP/1.1\r\nHost: h\r\n\r\n"));
        rows.add(raw("GET http://absolute.example:8/line?x HTTP/1.1\r\nHost: h\r\n\r\n"));
        rows.add(raw(text("GET /peer", "UPPER.example:99")));
        rows.add(raw(text("GET /progress", "h"), text("GET /progress", "h")));
        rows.add(raw(text("FOO /method", "h")));
    }
}
