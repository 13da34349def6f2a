package pollux.twin;

import static pollux.twin.Row.get;
import static pollux.twin.Row.head;
import static pollux.twin.Row.raw;
import static pollux.twin.Row.request;
import static pollux.twin.Row.send;

import java.util.ArrayList;
import java.util.List;

/** Which location is chosen, what path it sees, and which file that is: normalisation, alias, try_files, methods. */
class LocationTwinTest extends TwinTable {
    @Override
    String configuration() {
        return """
                types { text/plain txt; text/html html; }
                server {
                    listen 127.0.0.1:@port@;
                    root www;
                    location / { return 200 "root $uri|$request_uri"; }
                    location = / { return 200 "exact root"; }
                    location = /exact { return 200 exact; }
                    location /prefix { return 200 "prefix $uri"; }
                    location /prefix/longer { return 200 "longer $uri"; }
                    location ^~ /stop { return 200 "stop $uri"; }
                    location ~ \\.re$ { return 200 "regex $uri"; }
                    location ~* \\.RE2$ { return 200 "insensitive $uri"; }
                    location ~ ^/first { return 200 first; }
                    location ~ ^/first/second { return 200 second; }
                    location ~ ^/capture/(\\w+)/(?<name>\\w+) { return 200 "$1 $2 $name"; }
                    location /outer {
                        return 200 outer;
                        location /outer/inner { return 200 inner; }
                        location = /outer/exact { return 200 "inner exact"; }
                        location ~ \\.re$ { return 200 "inner regex"; }
                        location /outer/deep { location /outer/deep/er { return 200 deeper; } return 200 deep; }
                    }
                    location /slash/ { return 200 slash; }
                    location "/with space" { return 200 space; }
                    location "/%41" { return 200 "percent"; }
                    location /internal/ { internal; alias www/; }
                    location /alias/ { alias other/; }
                    location /alias-file { alias other/o.txt; }
                    location ~ ^/alias-re/(.*)$ { alias other/$1; }
                    location ~ ^/alias-folder/ { alias other/; }
                    location /files/ { alias www/; }
                    location /try/ { root www; try_files $uri $uri/ /exact; }
                    location /tries/ { alias www/; try_files $uri $uri/ =404; }
                    location /try-code { try_files /nothing =418; }
                    location /try-named { try_files /nothing @named; }
                    location /try-args { try_files /nothing /prefix?a=$arg_a&b=1; }
                    location /try-first { try_files /a.txt /page.html =404; }
                    location /try-folder { try_files /sub/ =404; }
                    location /try-loop { try_files /nothing /try-loop; }
                    location /try-internal { try_files /nothing /internal/a.txt; }
                    location @named { return 200 "named $uri $args"; }
                    location /get { limit_except GET { deny all; } alias www/; }
                    location /get-post { limit_except GET POST { deny all; } return 200 ok; }
                }
                server {
                    listen 127.0.0.1:@port@;
                    server_name unmerged;
                    merge_slashes off;
                    root www;
                    location /files/ { alias www/; }
                    location // { return 200 "double $uri"; }
                    location /text { return 200 "$uri"; }
                }
                """;
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        addMatches(rows);
        addPaths(rows);
        addAliases(rows);
        addTries(rows);
        addMethods(rows);
        return rows;
    }

    private static void addMatches(List<Row> rows) {
        for (String path : List.of(
                "/",
                "/exact",
                "/exact/",
                "/exactly",
                "/prefix",
                "/prefixed",
                "/prefix/longer",
                "/prefix/longe",
                "/stop.re",
                "/stop/x.re",
                "/prefix/x.re",
                "/x.re",
                "/x.RE",
                "/x.re2",
                "/x.Re2",
                "/first",
                "/first/second",
                "/capture/a/b",
                "/capture/a",
                "/outer",
                "/outer/inner",
                "/outer/exact",
                "/outer/exact/",
                "/outer/x.re",
                "/outer/inner/x.re",
                "/outer/deep",
                "/outer/deep/er",
                "/slash",
                "/slash/",
                "/with%20space",
                "/%2541",
                "/%41",
                "/A",
                "/internal/a.txt",
                "/Exact",
                "/?a=b")) {
            rows.add(get(path));
        }
    }

    private static void addPaths(List<Row> rows) {
        for (String path : List.of(
                "/a/./b",
                "/a/../b",
                "/a/b/..",
                "/a/b/.",
                "/a//b",
                "/a///b//",
                "//a",
                "/..",
                "/../a",
                "/a/../../b",
                "/.",
                "/./",
                "/...",
                "/a/...",
                "/a..",
                "/..a",
                "/.a",
                "/a/.b",
                "/%2e%2e/a",
                "/a/%2e%2e/b",
                "/a/%2e/b",
                "/a%2fb",
                "/a%2f..%2fb",
                "/a%2F%2Fb",
                "/%2f",
                "/a%5cb",
                "/a%00b",
                "/%00",
                "/a%",
                "/a%4",
                "/a%4g",
                "/a%gg",
                "/a%20b",
                "/a+b",
                "/a%2bb",
                "/a%3fb",
                "/a%3fb?c",
                "/a#b",
                "/a#b?c",
                "/a?b#c",
                "/a%23b",
                "/%c3%bc",
                "/%ff",
                "/%252e%252e/",
                "/a?",
                "/a??",
                "/a?b?c",
                "/a?%00",
                "/a?b c",
                "/a;b",
                "/a\\b",
                "/a\tb",
                "/files/./a.txt",
                "/files/sub/../a.txt",
                "/files/..",
                "/files/../files/a.txt",
                "/files/../../a.txt",
                "/files/%2e%2e/secret.txt",
                "/files/..%2fsecret.txt",
                "/files/sub%2f..%2fa.txt",
                "/files/a.txt%00",
                "/files/.../a.txt",
                "/files//a.txt",
                "/files/sub//file.txt",
                "/files/sub/.//file.txt",
                "/files/sub/./",
                "/files/sub/.",
                "/files/sub/..",
                "/files/..\\secret.txt",
                "/files/%c0%ae%c0%ae/secret.txt")) {
            rows.add(get(path));
        }
        for (String path : List.of(
                "//a",
                "/text//a",
                "/files//a.txt",
                "/text/a/../../..",
                "/text//../a",
                "/text//..//a",
                "///",
                "/text/%2f")) {
            rows.add(Row.host("unmerged", path));
        }
        rows.add(get("a"));
        rows.add(get("*"));
        rows.add(get("?a"));
        rows.add(get("%2fa"));
        rows.add(get("http://h/prefix"));
        rows.add(get("http://h"));
        rows.add(get("http://h?a=b"));
        rows.add(get("HTTP://h/prefix"));
        rows.add(get("https://h/prefix").but(Deliberate.ANOTHER_SCHEME));
        rows.add(get("ftp://h/prefix").but(Deliberate.ANOTHER_SCHEME));
        rows.add(get("http:/h/prefix"));
        rows.add(get("http:///prefix"));
        rows.add(get("http://h:80/prefix"));
        rows.add(get("http://h:x/prefix"));
        rows.add(get("http://user@h/prefix"));
        rows.add(get("http://[::1]/prefix"));
        rows.add(get("http://h/a/../b"));
        rows.add(get("http://unmerged/text"));
    }

    private static void addAliases(List<Row> rows) {
        for (String path : List.of(
                "/alias/o.txt",
                "/alias/deep/o.txt",
                "/alias/",
                "/alias",
                "/alias/deep",
                "/alias/missing",
                "/alias-file",
                "/alias-filex",
                "/alias-re/o.txt",
                "/alias-re/deep/o.txt",
                "/alias-re/deep",
                "/alias-re/",
                "/alias-re/missing",
                "/alias-folder/",
                "/alias-folder/x",
                "/files/sub",
                "/files/with%20space.txt")) {
            rows.add(get(path));
        }
    }

    private static void addTries(List<Row> rows) {
        for (String path : List.of(
                "/try/x",
                "/try/",
                "/tries/a.txt",
                "/tries/sub",
                "/tries/sub/",
                "/tries/missing",
                "/try-code",
                "/try-named",
                "/try-named?a=b",
                "/try-args?a=7",
                "/try-args",
                "/try-first",
                "/try-folder",
                "/try-loop",
                "/try-internal")) {
            rows.add(get(path));
        }
        rows.add(head("/try-first"));
    }

    private static void addMethods(List<Row> rows) {
        rows.add(get("/get/a.txt"));
        rows.add(head("/get/a.txt"));
        rows.add(send("POST /get/a.txt", "x"));
        rows.add(send("PUT /get/a.txt", "x"));
        rows.add(request("DELETE /get/a.txt"));
        rows.add(send("POST /get-post", "x"));
        rows.add(request("PATCH /get-post"));
        rows.add(request("DELETE /get-post"));
        rows.add(send("POST /files/a.txt", "x").but(Deliberate.ALLOW));
        rows.add(send("PUT /files/a.txt", "x").but(Deliberate.ALLOW));
        rows.add(request("DELETE /files/a.txt").but(Deliberate.ALLOW));
        rows.add(request("PATCH /files/a.txt").but(Deliberate.ALLOW));
        rows.add(request("OPTIONS /files/a.txt").but(Deliberate.OPTIONS));
        rows.add(request("OPTIONS /files/missing").but(Deliberate.OPTIONS));
        rows.add(trace("/files/a.txt"));
        rows.add(trace("/exact"));
        rows.add(request("PROPFIND /files/a.txt").but(Deliberate.ALLOW));
        rows.add(request("FOO /files/a.txt").but(Deliberate.ALLOW));
        rows.add(request("FOO_BAR /files/a.txt").but(Deliberate.ALLOW));
        rows.add(request("get /files/a.txt").but(Deliberate.METHOD_TOKEN));
        rows.add(request("Get /files/a.txt").but(Deliberate.METHOD_TOKEN));
        rows.add(request("G3T /files/a.txt").but(Deliberate.METHOD_TOKEN));
        rows.add(request("G-T /files/a.txt").but(Deliberate.ALLOW));
        rows.add(request("OPTIONS *")
                .but(Deliberate.status(
                        "400", "204", "RFC 9110 section 9.3.7: the target means the server as a whole")));
        rows.add(request("CONNECT h:80")
                .but(Deliberate.status(
                        "400", "405", "RFC 9112 section 3.2.3: the target is valid, the method not allowed")));
        rows.add(raw("POST /files/missing HTTP/1.1\r\nHost: h\r\n\r\n"));
    }

    private static Row trace(String path) {
        return request("TRACE " + path).but(Deliberate.ALLOW);
    }
}
