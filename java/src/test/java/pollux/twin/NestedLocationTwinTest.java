package pollux.twin;

import static pollux.twin.Row.get;
import static pollux.twin.Row.head;

import java.util.ArrayList;
import java.util.List;

/** Locations inside locations, what expressions capture and where it is used, {@code internal}, and the slash of folders. */
class NestedLocationTwinTest extends TwinTable {
    @Override
    String configuration() {
        return """
                types { text/plain txt; text/html html; }
                server {
                    listen 127.0.0.1:@port@;
                    root www;
                    location /n { return 200 "n $uri";
                        location /n/a { return 200 "n/a $uri";
                            location /n/a/b { return 200 "n/a/b"; }
                            location ~ /(b+)x { return 200 "in a: $1"; } }
                        location ^~ /n/stop { return 200 stop; location ~ y$ { return 200 "y in stop"; } }
                        location = /n/exact { return 200 "n exact"; }
                        location ~ ^/n/(?<x>\\w+)/(\\d+)$ { return 200 "n regex $x $1 $2"; }
                        location ~* \\.TXT$ { return 200 "text in n"; } }
                    location ~ ^/r/(\\w+) { return 200 "r $1";
                        location ~ /deep/(\\w+) { return 200 "deep $1"; }
                        location ~ /none { return 200 "none $1"; } }
                    location ~ \\.txt$ { return 200 "outer text"; }
                    location ~ ^/alias/(?<dir>\\w+)/(.*)$ { alias other/$2; }
                    location ~ ^/named/(?<file>.+)$ { alias other/$file; }
                    location ~ ^/root/(\\w+)/ { root $1; try_files /o.html /o.txt =404; }
                    location ~ ^/try/(.*)$ { try_files /$1 /$1/ @fall; }
                    location ~ ^/code/(\\w)$ { return 302 /to/$1; }
                    location ~ "^/braces/(\\d{2,3})$" { return 200 $1; }
                    location ~ ^/opt(/x)?(/y)?$ { return 200 "[$1][$2][$3]"; }
                    location @fall { return 200 "fall $1 $uri"; }
                    location /int { internal; return 200 "int $uri"; }
                    location /inner-int { internal; location /inner-int/open { return 200 open; }
                        location ~ x$ { return 200 x; } }
                    location = /int-exact { internal; return 200 "int exact"; }
                    location /to-int { try_files /nope /int/x; }
                    location /err-int { error_page 404 /int-exact; }
                    location /err-named { error_page 404 = @fall; }
                    location ^~ /sub { alias www/sub; }
                    location /auto { alias www/sub/; }
                    location /dir/ { alias www/; }
                    location = /dir { return 200 "dir exact"; }
                    location /CASE { return 200 CASE; }
                    location /utfü { return 200 utf; }
                    location "/sp ace" { return 200 space; }
                    location / { }
                }
                """;
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String path : List.of(
                "/n",
                "/n/",
                "/nx",
                "/n/a",
                "/n/a/",
                "/n/a/b",
                "/n/a/bc",
                "/n/a/x/bbx",
                "/n/a/b/bbx",
                "/n/ab",
                "/n/a/7",
                "/n/a/b/7",
                "/n/word/12",
                "/n/stop",
                "/n/stop/a.txt",
                "/n/stopy",
                "/n/stop/b/y",
                "/n/exact",
                "/n/exact/",
                "/n/exact.txt",
                "/n/f.txt",
                "/n/f.TXT",
                "/n/a/f.txt",
                "/f.txt",
                "/f.TXT",
                "/r/one",
                "/r/one/deep/two",
                "/r/one/none",
                "/r/",
                "/r/f.txt",
                "/r/one/deep/f.txt",
                "/alias/x/o.html",
                "/alias/x/deep",
                "/alias/x/deep/",
                "/alias/x/",
                "/alias/x",
                "/named/index.html",
                "/named/none",
                "/named/deep",
                "/root/other/x",
                "/root/www/x",
                "/root/none/x",
                "/try/page.html",
                "/try/sub",
                "/try/sub/",
                "/try/none",
                "/try/none?a=b",
                "/code/a",
                "/code/ab",
                "/braces/1",
                "/braces/12",
                "/braces/1234",
                "/opt",
                "/opt/x",
                "/opt/y",
                "/opt/x/y",
                "/int",
                "/int/x",
                "/int-exact",
                "/inner-int",
                "/inner-int/open",
                "/inner-int/x",
                "/inner-int/y",
                "/to-int",
                "/err-int",
                "/err-int/x",
                "/err-named",
                "/err-named/x?q",
                "/sub",
                "/sub/",
                "/subx",
                "/sub/index.html",
                "/sub/none",
                "/auto",
                "/auto/",
                "/autoindex.html",
                "/auto/none",
                "/dir",
                "/dir/",
                "/dir/sub",
                "/dir/sub?q=1",
                "/dir/sub/",
                "/dir//sub",
                "/case",
                "/CASE",
                "/CASEX",
                "/utf%C3%BC",
                "/sp%20ace",
                "/sp%20acex",
                "/second",
                "/second?a&b",
                "/odd/a%20folder",
                "/a%20folder",
                "/100%25",
                "/q%3Fq",
                "/p+l;u=s",
                "/bare",
                "/list",
                "/link-to-folder",
                "/index.html",
                "/index.html/",
                "/index.html/x",
                "/none/x",
                "/broken",
                "/loop/x")) {
            rows.add(get(path));
        }
        for (String path : List.of("/second", "/try/none", "/int", "/err-int", "/alias/x/deep")) {
            rows.add(head(path));
        }
        return rows;
    }
}
