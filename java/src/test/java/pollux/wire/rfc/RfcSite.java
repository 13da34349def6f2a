package pollux.wire.rfc;

import java.nio.file.Path;
import java.util.Locale;
import pollux.wire.ServerProcess;
import pollux.wire.Site;

/** The files and the configuration that the rows talk about. */
final class RfcSite {
    /** The content of {@code /a.txt}, whose time is {@link Site#MODIFIED_SECONDS}. */
    static final String A = "0123456789";

    static final String A_TAG = "\"2ebc98a1-a\"";
    static final String A_TIME = "Sun, 06 Nov 1994 08:49:37 GMT";

    private static final String SERVED = """
            server_name s;
            root www;
            location = /good { return 200 "good"; }
            location = /probe { return 200 "probe"; }
            location /echo { return 200 "$request_method|$uri|$args|$host"; }
            location /cookie { return 200 "$http_cookie"; }
            location /field { return 200 "$http_x_y"; }
            location /none { return 204; }
            location /moved { return 301 /there; }
            location /small { client_max_body_size 10; return 200 "small"; }
            location /few/ { alias www/; max_ranges 3; }
            location /put/ { dav_methods PUT DELETE; client_max_body_size 64k; }
            location /ten/ { alias www/put/; dav_methods PUT; client_max_body_size 10; }
            location /reset { return 205 "text"; }
            location /split { return 302 /to$uri; }
            """;

    private static final String CGI = """
            location /cgi/ { cgi_assign .sh /bin/sh; }
            location /only/ { alias www/; allow_methods GET; }
            location /queue/ { cgi_assign .sh /bin/sh; cgi_max_processes 2; }
            location /limit/ { cgi_assign .sh /bin/sh; client_max_body_size 10; }
            """;

    private RfcSite() {}

    /** Makes the files. */
    static Site create() {
        Site site = Site.create();
        site.file("www/a.txt", A);
        site.file("www/empty.txt", "");
        site.file("www/folder/b.txt", "b");
        site.file("www/put/there.txt", "old");
        site.file(
                "www/cgi/env.sh",
                "printf 'Content-Type: text/plain\\n\\n'\nenv | grep \"^${QUERY_STRING%%&*}\" | sort\n");
        site.file("www/cgi/cat.sh", "printf 'Content-Type: text/plain\\n\\n'\nprintf '%s|' \"$CONTENT_LENGTH\"\ncat\n");
        site.file("www/cgi/deaf.sh", "printf 'Content-Type: text/plain\\n\\ndeaf'\n");
        site.file("www/cgi/keep.sh", "cat >\"$0.kept\"\nprintf 'Status: 204\\n\\n'\n");
        site.file("www/limit/cat.sh", "cat\n");
        site.file("www/queue/cat.sh", "printf 'Content-Type: text/plain\\n\\n'\ncat\n");
        program(site, "split", "X-A: b\\r\\rSet-Cookie: evil=1\\nContent-Type: text/plain\\n\\n");
        program(site, "cookies", "Set-Cookie: a=1; Path=/\\nSet-Cookie: b=2, 3\\nContent-Type: text/plain\\n\\nok");
        program(site, "hop", "Connection: close\\nKeep-Alive: 5\\nTrailer: X\\nUpgrade: x\\nContent-Type: t/p\\n\\nok");
        program(site, "coded", "Transfer-Encoding: chunked\\nContent-Type: text/plain\\n\\n0\\r\\n\\r\\n");
        program(site, "long", "Content-Length: 2\\nContent-Type: text/plain\\n\\nokHTTP/1.1 200 OK\\r\\n\\r\\n");
        program(site, "lengths", "Content-Length: 2\\nContent-Length: 3\\nContent-Type: text/plain\\n\\nok");
        program(site, "sign", "Content-Length: +2\\nContent-Type: text/plain\\n\\nok");
        program(site, "bare", "Content-Type: text/plain\\nX-A\\n\\nok");
        program(site, "fold", "Content-Type: text/plain\\nX-A: b\\n c\\n\\nok");
        program(site, "space", "Content-Type: text/plain\\nX-A : b\\n\\nok");
        program(site, "nul", "Content-Type: text/plain\\nX-A: b\\000c\\n\\nok");
        program(site, "nothing", "X-A: b\\n\\nok");
        program(site, "status", "Status: 404 Gone Fishing\\nContent-Type: text/plain\\n\\nno");
        program(site, "odd-status", "Status: 20\\nContent-Type: text/plain\\n\\nno");
        program(site, "interim", "Status: 100 Continue\\nContent-Type: text/plain\\n\\nno");
        program(site, "redirect", "Location: http://other/x\\n\\n");
        program(site, "local", "Location: /a.txt\\n\\n");
        program(site, "not-modified", "Status: 304\\nContent-Type: text/plain\\n\\nignored");
        program(site, "reset", "Status: 205\\nContent-Type: text/plain\\n\\ntext");
        program(site, "lf", "Content-Type: text/plain\\nX-A: b\\r\\n\\r\\nHTTP/1.1 200 OK\\n\\nok");
        program(site, "tag", "ETag: \"a\"\\nContent-Type: text/plain\\n\\nok");
        program(site, "location", "Status: 302\\nLocation: /x\\rSet-Cookie: evil=1\\n\\n");
        program(site, "reason", "Status: 200 O\\rK\\nContent-Type: text/plain\\n\\nok");
        program(site, "type", "Content-Type: text/plain\\rX: y\\n\\nok");
        program(site, "name", "X\\rY: b\\nContent-Type: text/plain\\n\\nok");
        program(site, "statuses", "Status: 200\\nStatus: 404\\nContent-Type: text/plain\\n\\nok");
        program(site, "big-status", "Status: 1000\\nContent-Type: text/plain\\n\\nok");
        program(site, "line", "HTTP/1.1 404 Gone Fishing\\r\\nContent-Type: text/plain\\r\\n\\r\\nno");
        program(site, "empty-status", "Status: 204\\nContent-Length: 5\\n\\nok");
        program(site, "short", "Content-Length: 0\\nContent-Type: text/plain\\n\\nHTTP/1.1 200 OK\\r\\n\\r\\n");
        program(site, "date", "Date: x\\nServer: y\\nContent-Type: text/plain\\n\\nok");
        return site;
    }

    private static void program(Site site, String name, String output) {
        site.file("www/cgi/" + name + ".sh", "printf '" + output + "'\n");
    }

    /** Pollux's configuration. */
    static String pollux(Site site) {
        return ServerProcess.http(servers(site, "pollux", SERVED + CGI));
    }

    /** nginx's configuration: it waits a second, and no longer, for what a client does not send. */
    static String nginx(Site site) {
        return """
                pid run/nginx.pid;
                error_log run/nginx.error.log info;
                events { worker_connections 512; }
                http {
                    access_log off;
                    types { text/plain txt; }
                    client_header_timeout 1s;
                    client_body_timeout 1s;
                    client_body_temp_path run/nginx-body;
                    proxy_temp_path run/proxy;
                    fastcgi_temp_path run/fastcgi;
                    uwsgi_temp_path run/uwsgi;
                    scgi_temp_path run/scgi;
                """ + servers(site, "nginx", SERVED) + "}\n";
    }

    private static String servers(Site site, String who, String served) {
        StringBuilder text = new StringBuilder("keepalive_requests 1000000;\n");
        for (Row.Place place : Row.Place.values()) {
            text.append("server { listen unix:")
                    .append(socket(site, who, place))
                    .append(";\n");
            text.append(
                    switch (place) {
                        case PLAIN -> "";
                        case UNDERSCORES -> "underscores_in_headers on;\n";
                        case INVALID -> "ignore_invalid_headers off;\n";
                    });
            text.append(served).append("}\n");
        }
        return text.toString();
    }

    /** Where a server listens. */
    static Path socket(Site site, String who, Row.Place place) {
        return site.path("run/" + who + "-" + place.name().toLowerCase(Locale.ROOT));
    }
}
