package pollux.twin;

import static pollux.twin.Row.get;
import static pollux.twin.Row.head;
import static pollux.twin.Row.host;
import static pollux.twin.Row.raw;
import static pollux.twin.Row.send;
import static pollux.twin.Row.text;

import java.util.ArrayList;
import java.util.List;
import pollux.wire.Site;

/** Times, sizes and caches: what they are set to must not show in an answer, or must show as in nginx. */
class TuningTwinTest extends TwinTable {
    @Override
    Site site() {
        Site site = TwinSite.build(Site.create());
        site.file("more/one.conf", "location = /one { return 200 one; }\n");
        return site.file("more/two.conf", "location = /two { return 200 two; }\n");
    }

    @Override
    String configuration() {
        return """
                types { text/plain txt; text/html html; }
                client_header_timeout 20s; client_body_timeout 20s; send_timeout 20s;
                lingering_time 2s; lingering_timeout 200ms;
                reset_timedout_connection on;
                server {
                    listen 127.0.0.1:@port@ default_server;
                    root www;
                    include more/*.conf;
                    location /time { keepalive_time 1h; keepalive_timeout 60s; return 200 time; }
                    location /linger/ { lingering_close always; lingering_time 1s; return 200 linger; }
                    location /no-linger/ { lingering_close off; return 200 linger; }
                    location /plain/ { tcp_nodelay off; tcp_nopush off; sendfile off; alias www/; }
                    location /push/ { tcp_nodelay on; tcp_nopush on; sendfile on; alias www/; }
                    location /chunk/ { sendfile on; sendfile_max_chunk 1k; alias www/; }
                    location /chunk0/ { sendfile on; sendfile_max_chunk 0; alias www/; }
                    location /quiet/ { log_not_found off; alias www/; }
                    location /zip/ { gzip off; alias www/; }
                    location /zip-on/ { gzip on; gzip_static on; gzip_types *; alias www/; }
                    location /zip-vary/ { gzip on; gzip_types *; gzip_vary on; alias www/; }
                    location /cache/ { open_file_cache max=3 inactive=1s; open_file_cache_valid 1s;
                        open_file_cache_min_uses 2; open_file_cache_errors on; alias www/; }
                    location /cache-off/ { open_file_cache off; open_file_cache_errors on; alias www/; }
                    location /body/ { client_body_buffer_size 16; client_max_body_size 64; client_body_in_file_only clean;
                        return 200 "$content_length"; }
                    location /since-off/ { if_modified_since off; alias www/; }
                    location /since-before/ { if_modified_since before; etag off; alias www/; }
                    location /ranges0/ { max_ranges 0; alias www/; }
                    location /ranges2/ { max_ranges 2; alias www/; }
                    location /code { try_files /none =204; }
                    location /code-0 { try_files /none =0; }
                    location /code-201 { try_files /none =201; }
                    location /code-302 { try_files /none =302; }
                    location /code-304 { try_files /none =304; }
                    location /code-402 { try_files /none =402; }
                    location /code-444 { try_files /none =444; }
                    location /code-494 { try_files /none =494; }
                    location /code-599 { try_files /none =599; }
                    location /code-999 { try_files /none =999; }
                    location /pages { error_page 404 =200 /a.txt; error_page 403 = /none; return 404; }
                    location /pages-loop { recursive_error_pages on; error_page 404 /pages-loop; return 404; }
                    location /pages-once { error_page 404 /pages-once; return 404; }
                    location /pages-url { error_page 404 http://x/y; return 404; }
                    location /pages-303 { error_page 404 =303 http://x/y; return 404; }
                    location /pages-named { error_page 404 = @named; return 404; }
                    location /pages-named-code { error_page 404 =418 @named; return 404; }
                    location /pages-status { error_page 404 @named; return 404; }
                    location /pages-status-200 { error_page 404 =200 @named; return 404; }
                    location /pages-status-any { error_page 404 = @named; return 404; }
                    location /pages-status-uri { error_page 404 =418 /pages-status-own; return 404; }
                    location /pages-status-own { add_header X-S $status always; return 200 "$status"; }
                    location /pages-status-twice { recursive_error_pages on; error_page 404 =418 /pages-status-then; return 404; }
                    location /pages-status-then { recursive_error_pages on; error_page 403 = /pages-status-own;
                        add_header X-S $status always; return 403; }
                    location /pages-many { error_page 400 402 404 /one; return 402; }
                    location @named { return 200 "named $uri $status"; }
                }
                server {
                    listen 127.0.0.1:@port@;
                    server_name loose.example;
                    ignore_invalid_headers off;
                    return 200 "[$http_a_b][$http_a]";
                }
                server {
                    listen 127.0.0.1:@port@;
                    server_name under.example;
                    underscores_in_headers on;
                    return 200 "[$http_a_b][$http_a]";
                }
                server {
                    listen 127.0.0.1:@port@;
                    server_name slashes.example;
                    merge_slashes off;
                    location / { return 200 "$uri"; }
                    location //x { return 200 "two $uri"; }
                }
                """;
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String name : List.of("plain", "push", "chunk", "chunk0", "quiet", "zip", "cache", "cache-off")) {
            for (String file : List.of(
                    "a.txt", "large.bin", "none", "a.txt", "sub", "sub/", "none", "empty.txt", "one.txt", "a.txt")) {
                rows.add(get("/" + name + "/" + file));
            }
            rows.add(head("/" + name + "/large.bin"));
            rows.add(get("/" + name + "/large.bin", "Range: bytes=5-70000"));
        }
        for (String path : List.of(
                "/one",
                "/two",
                "/time",
                "/linger/",
                "/no-linger/",
                "/code",
                "/code-0",
                "/code-201",
                "/code-302",
                "/code-402",
                "/code-444",
                "/code-494",
                "/code-999",
                "/code-599",
                "/pages",
                "/pages-loop",
                "/pages-once",
                "/pages-url",
                "/pages-303",
                "/pages-named",
                "/pages-many")) {
            rows.add(get(path));
            rows.add(get(path, "Connection: close"));
        }
        rows.add(get("/zip-on/style.css"));
        rows.add(get("/zip-on/large.bin", "Range: bytes=5-9"));
        rows.add(get("/zip-vary/page.html"));
        rows.add(get("/zip-vary/a.txt"));
        rows.add(get("/zip-vary/large.bin").but(Deliberate.NO_VARY));
        rows.add(head("/zip-on/large.bin", "Accept-Encoding: gzip").but(Deliberate.NO_GZIP));
        rows.add(get("/code-304").but(Deliberate.LENGTH_OF_NOTHING));
        for (String path : List.of("named-code", "status", "status-200", "status-any", "status-uri", "status-own")) {
            rows.add(get("/pages-" + path));
        }
        rows.add(get("/pages-status-twice"));
        for (int length : new int[] {0, 1, 16, 17, 64, 65}) {
            rows.add(send("POST /body/", "x".repeat(length)));
        }
        for (String value : List.of("Sun, 06 Nov 1994 08:49:37 GMT", "Fri, 01 Jan 2038 00:00:00 GMT", "no date")) {
            rows.add(get("/since-off/a.txt", "If-Modified-Since: " + value));
            rows.add(get("/since-before/a.txt", "If-Modified-Since: " + value));
        }
        for (String range : List.of("0-1", "0-1,3-4", "0-1,3-4,6-7", "-1", "90-")) {
            rows.add(get("/ranges0/a.txt", "Range: bytes=" + range));
            rows.add(get("/ranges2/a.txt", "Range: bytes=" + range));
        }
        for (String name : List.of("loose.example", "under.example", "strict.example")) {
            for (String line : List.of("A-B: 1", "A_B: 1", "A.B: 1", "_: 1", "A: 1")) {
                rows.add(raw(text("GET /time", name, line)));
            }
        }
        for (String path : List.of("//x", "/x", "/a//b", "/a///", "//x//y", "/a/..//b", "/a//../b", "//")) {
            rows.add(host("slashes.example", path));
            rows.add(get(path));
        }
        return rows;
    }
}
