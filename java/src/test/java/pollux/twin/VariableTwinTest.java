package pollux.twin;

import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.twin.Row.get;
import static pollux.twin.Row.head;
import static pollux.twin.Row.raw;
import static pollux.twin.Row.request;
import static pollux.twin.Row.send;
import static pollux.twin.Row.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every variable of nginx's core module, where an answer is made and where it is logged. */
class VariableTwinTest extends TwinTable {
    /** What the answer itself says of what goes out: only in the log is it known. */
    private static final List<String> SENT = List.of(
            "transfer_encoding",
            "content_length",
            "content_type",
            "content_range",
            "accept_ranges",
            "last_modified",
            "etag",
            "location",
            "expires",
            "cache_control",
            "link",
            "date",
            "server",
            "x_own",
            "x_under_score",
            "none");

    /** Those whose values are equal on both sides whoever asks. */
    private static final List<String> EQUAL = List.of(
            "arg_a",
            "args",
            "body_bytes_sent",
            "connection_requests",
            "content_length",
            "content_type",
            "cookie_c",
            "document_root",
            "document_uri",
            "host",
            "hostname",
            "http_x_y",
            "https",
            "is_args",
            "limit_rate",
            "pipe",
            "query_string",
            "realpath_root",
            "remote_addr",
            "remote_user",
            "request",
            "request_completion",
            "request_filename",
            "request_length",
            "request_method",
            "request_uri",
            "scheme",
            "sent_http_x_own",
            "server_addr",
            "server_name",
            "server_port",
            "server_protocol",
            "status",
            "uri");

    /** Those that differ from one request to the next, and what they look like. */
    private static final List<String> FREE = List.of(
            "connection:[0-9]+",
            "connection_time:[0-9]+\\.[0-9]{3}",
            "msec:[0-9]+\\.[0-9]{3}",
            "pid:[0-9]+",
            "remote_port:[0-9]+",
            "request_id:[0-9a-f]{32}",
            "request_time:[0-9]+\\.[0-9]{3}",
            "time_iso8601:\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[+-]\\d\\d:\\d\\d",
            "time_local:\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}",
            "tcpinfo_rtt:[0-9]+",
            "tcpinfo_rttvar:[0-9]+",
            "tcpinfo_snd_cwnd:[0-9]+",
            "tcpinfo_rcv_space:[0-9]+",
            "bytes_sent:[0-9]+",
            "nginx_version:[0-9]+\\.[0-9]+\\.[0-9]+");

    @Override
    String configuration() {
        StringBuilder text = new StringBuilder("types { text/plain txt; text/html html; }\nkeepalive_timeout 75 20;\n");
        text.append("log_format sent '$request_uri")
                .append(variables(SENT, "sent_http_"))
                .append("';\n");
        text.append("log_format kept '$request_uri|$sent_http_connection|$sent_http_keep_alive';\n");
        text.append("log_format length '$request_uri $request_length';\n");
        text.append("log_format equal '").append(variables(EQUAL, "")).append("';\n");
        text.append("server {\nlisten 127.0.0.1:@port@;\nserver_name first second;\nroot www;\n");
        text.append(
                "access_log run/@name@.sent.log sent;\naccess_log run/@name@.equal.log equal;\naccess_log run/@name@.kept.log kept;\n");
        text.append("location /length { access_log run/@name@.length.log length; return 302 /x; }\n");
        for (String name : EQUAL) {
            // nginx remembers what a variable was when it was asked for first: the log has this one as it was then.
            String quiet = name.equals("request_completion") ? "access_log off; " : "";
            text.append("location /v/")
                    .append(name)
                    .append("/ { ")
                    .append(quiet)
                    .append("return 200 \"[$")
                    .append(name)
                    .append("]\"; }\n");
            text.append("location /h/")
                    .append(name)
                    .append("/ { ")
                    .append(quiet)
                    .append("add_header V \"[$")
                    .append(name)
                    .append("]\"; alias www/; }\n");
        }
        for (String row : FREE) {
            String name = row.substring(0, row.indexOf(':'));
            text.append("location /free/")
                    .append(name)
                    .append("/ { access_log off; return 200 \"$")
                    .append(name)
                    .append("\"; }\n");
        }
        return text.append("""
                location /fields/ {
                    add_header X-Own one;
                    add_header Cache-Control a; add_header Cache-Control b;
                    add_header Link l1; add_header Link l2;
                    expires max;
                    alias www/;
                }
                location /under { add_header X_Under_Score u; return 204; }
                location /early { return 200 "$sent_http_connection|$sent_http_keep_alive|$sent_http_location|$sent_http_etag"; }
                location /moved { return 302 /x; }
                location /file { access_log off; return 200 "$request_body|$request_body_file|$binary_remote_addr"; }
                }
                """).toString();
    }

    private static String variables(List<String> names, String prefix) {
        StringBuilder all = new StringBuilder();
        names.forEach(
                name -> all.append('|').append(name).append("=$").append(prefix).append(name));
        return all.toString();
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String name : EQUAL) {
            rows.add(get("/v/" + name + "/%61%20b?a=1%20&b", "X-Y: z", "Cookie: c=d", "Content-Type: t/t"));
            rows.add(get("/h/" + name + "/a.txt?a=2"));
            rows.add(raw("GET /v/" + name + "/ HTTP/1.0\r\n\r\n"));
        }
        rows.add(get("/early"));
        rows.add(get("/early", "Connection: close"));
        rows.add(raw("GET /early HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
        rows.add(send("POST /file", "content"));
        rows.add(get("/file"));
        return rows;
    }

    @Test
    void valuesThatAreFreeHaveTheirForm() {
        for (String row : FREE) {
            int colon = row.indexOf(':');
            Pattern form = Pattern.compile(row.substring(colon + 1));
            for (String content : twins().contents(get("/free/" + row.substring(0, colon) + "/"))) {
                assertTrue(form.matcher(content).matches(), row + " but " + content);
            }
        }
    }

    @Test
    void linesTellWhatWasSent() {
        List<Row> rows = List.of(
                get("/a.txt"),
                head("/a.txt"),
                get("/a.txt", "Connection: close"),
                raw("GET /a.txt HTTP/1.0\r\n\r\n"),
                get("/a.txt", "Range: bytes=1-2"),
                get("/a.txt", "If-None-Match: *"),
                get("/missing"),
                get("/sub"),
                get("/moved"),
                get("/fields/a.txt"),
                get("/fields/missing"),
                get("/under"),
                request("POST /a.txt").but(Deliberate.ALLOW),
                raw(text("GET /a.txt", "h"), text("GET /v/pipe/", "h"), text("GET /a.txt", "h", "Connection: close")),
                get("/a.txt?last", "Connection: close"));
        rows.forEach(row -> twins().compare(row));
        for (String log : List.of("equal.log", "sent.log")) {
            List<List<String>> lines = twins().logs(log, "?last");
            assertIterableEquals(lines.get(0), lines.get(1), log);
        }
    }

    /** nginx counts what it has read for somebody; what it throws away is not among it. */
    @Test
    void contentThatNobodyReadsCounts() {
        String head = "POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nConnection: close\r\n\r\n";
        twins().compare(raw(head + "abc"));
        List<List<String>> logs = twins().logs("length.log", "/length");
        String line = "/length ";
        assertTrue(logs.get(0).contains(line + head.length()), () -> logs.get(0).toString());
        assertTrue(logs.get(1).contains(line + (head.length() + 3)), () -> logs.get(1)
                .toString());
    }

    /** nginx forgets, before it logs, that a connection is kept: its lines all say close. */
    @Test
    void linesTellWhetherTheConnectionWasKept() {
        twins().compare(get("/moved?kept"));
        twins().compare(get("/moved?closed", "Connection: close"));
        List<String> lines = twins().logs("kept.log", "?closed").get(1);
        assertTrue(lines.contains("/moved?kept|keep-alive|timeout=20"), () -> lines.toString());
        assertTrue(lines.contains("/moved?closed|close|-"), () -> lines.toString());
    }
}
