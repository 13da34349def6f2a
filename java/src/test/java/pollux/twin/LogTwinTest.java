package pollux.twin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static pollux.twin.Row.get;
import static pollux.twin.Row.head;
import static pollux.twin.Row.raw;
import static pollux.twin.Row.request;
import static pollux.twin.Row.send;
import static pollux.twin.Row.text;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The access log: the lines that the same requests leave behind. */
class LogTwinTest extends TwinTable {
    @Override
    String configuration() {
        return """
                types { text/plain txt; text/html html; }
                log_format many '$remote_addr|$remote_user|$request|$status|$body_bytes_sent|$http_referer'
                                '|$host|$uri|$args|$request_uri|$request_method|$server_protocol|$scheme|$server_name'
                                '|$server_addr|$connection_requests|$pipe|$request_length|$request_completion'
                                '|$sent_http_content_type|$sent_http_location|$sent_http_x_own|$sent_http_etag'
                                '|$content_length|$request_filename|$document_root|$is_args';
                log_format json escape=json '{"request":"$request","agent":"$http_user_agent","none":"$http_none"}';
                log_format plain escape=none '$request|$http_user_agent|$http_none|';
                server {
                    listen 127.0.0.1:@port@ default_server;
                    server_name default;
                    root www;
                    access_log run/@name@.access.log;
                }
                server {
                    listen 127.0.0.1:@port@;
                    server_name h;
                    root www;
                    access_log run/@name@.access.log combined;
                    access_log run/@name@.many.log many;
                    access_log run/@name@.json.log json;
                    access_log run/@name@.plain.log plain;
                    add_header X-Own yes;
                    error_page 404 /errors/404.html;
                    error_page 403 @named;
                    location @named { return 403 "named"; }
                    location /text { return 200 "$uri"; }
                    location /quiet { access_log off; return 200; }
                    location /own { access_log run/@name@.own.log many; return 200 own; }
                    location /closed { return 444; }
                    location /named/ {
                        access_log run/@name@.named-$arg_to.log many;
                        access_log run/@name@.gathered.log many buffer=1k flush=1ms if=$arg_to;
                        return 200 named;
                    }
                    location /kept/ {
                        open_log_file_cache max=2 inactive=1m valid=1m min_uses=2;
                        access_log run/@name@.kept-$arg_to.log many;
                        return 200 kept;
                    }
                    location /rootless/ {
                        root nosuch;
                        access_log run/@name@.rootless-$arg_to.log many;
                        return 200 rootless;
                    }
                }
                """;
    }

    @Override
    List<Row> rows() {
        return List.of(
                get("/a.txt", "User-Agent: agent/1.0", "Referer: http://there/"),
                get("/a.txt?a=b&c"),
                head("/a.txt"),
                get("/a.txt", "Range: bytes=0-3"),
                get("/a.txt", "If-None-Match: *"),
                get("/missing"),
                get("/bare/"),
                get("/sub"),
                get("/"),
                get("/text/%41//x"),
                send("POST /text", ""),
                get("/text", "User-Agent: quote \" back \\ tab \t gr\u00c3\u00bcn"),
                get("/text", "Referer:", "User-Agent: -"),
                get("/text", "Authorization: Basic dXNlcjpwYXNz"),
                get("/text", "Authorization: Basic dSBzIlxlcjpwYXNz"),
                get("/text\"quote"),
                get("/quiet"),
                get("/own"),
                get("/closed"),
                get("/named/?to=a"),
                get("/named/?to=b"),
                get("/named/?to=a&again"),
                get("/named/?to="),
                get("/kept/?to=a"),
                get("/kept/?to=b"),
                get("/kept/?to=c"),
                get("/kept/?to=a&again"),
                get("/rootless/?to=a"),
                raw("GET /a.txt HTTP/1.0\r\n\r\n"),
                raw("GET /a.txt HTTP/1.1\r\n\r\n"),
                raw("GET /a\u0001b HTTP/1.1\r\nHost: h\r\n\r\n"),
                raw("x\r\n\r\n"),
                raw(
                        text("GET /a.txt", "other"),
                        text("GET /text", "h"),
                        text("GET /missing", "h", "Connection: close")),
                request("DELETE /a.txt").but(Deliberate.ALLOW),
                get("/large.bin"));
    }

    /** All rows leave their lines, the probes behind them too. */
    @Test
    void linesAreEqual() {
        rows().forEach(row -> twins().compare(row));
        twins().compare(get("/own?last"));
        twins().compare(get("/text?last", "Connection: close"));
        twins().compare(get("/named/?to=a?last"));
        for (String log : List.of("a", "b", "c")) {
            twins().compare(get("/kept/?to=" + log + "?last"));
        }
        twins().compare(get("/kept/?to=a&?last"));
        twins().compare(get("/named/?to=a&?last"));
        for (String log : List.of("gathered.log", "named-a.log", "kept-a.log")) {
            List<List<String>> lines = twins().logs(log, "&?last");
            assertIterableEquals(lines.get(0), lines.get(1), log);
        }
        for (String log : List.of("kept-b?last.log", "named-.log")) {
            List<List<String>> lines = twins().logs(log, "to=");
            assertIterableEquals(lines.get(0), lines.get(1), log);
        }
        for (String name : List.of("nginx", "pollux")) {
            assertFalse(twins().site().has("run/" + name + ".rootless-a.log"), name);
        }
        for (String log : List.of("access.log", "many.log", "json.log", "plain.log", "own.log")) {
            List<List<String>> lines = twins().logs(log, "?last");
            assertIterableEquals(lines.get(0), lines.get(1), log);
        }
    }
}
