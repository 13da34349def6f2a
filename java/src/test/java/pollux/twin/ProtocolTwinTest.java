package pollux.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static pollux.twin.Row.get;
import static pollux.twin.Row.head;
import static pollux.twin.Row.raw;
import static pollux.twin.Row.request;
import static pollux.twin.Row.send;
import static pollux.twin.Row.text;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pollux.wire.RawClient;

/** Messages and connections: versions, hosts, framing, what is no request, pipelines, persistence. */
class ProtocolTwinTest extends TwinTable {
    @Override
    String configuration() {
        return """
                types { text/plain txt; text/html html; }
                lingering_timeout 200ms;
                server {
                    listen 127.0.0.1:@port@ default_server;
                    server_name default;
                    root www;
                    location /who { return 200 "default $host"; }
                    location /text { return 200 "$request_method $uri"; }
                    location /small { client_max_body_size 5; return 200 small; }
                    location /small-file { client_max_body_size 5; }
                    location /any { client_max_body_size 0; return 200 any; }
                    location /keep0 { keepalive_timeout 0; return 200 keep; }
                    location /keep1 { keepalive_timeout 75 20; return 200 keep; }
                    location /keep2 { keepalive_requests 2; return 200 keep; }
                    location /keep3 { keepalive_requests 1; return 200 keep; }
                }
                server {
                    listen 127.0.0.1:@port@;
                    server_name exact.example *.wild.example tail.* .both.example ~^re(?<n>\\d+)\\.example$;
                    location / { return 200 "$server_name $host $n"; }
                }
                server {
                    listen 127.0.0.1:@port@;
                    server_name *.longer.wild.example longer.* ~^re2 exact2.example;
                    return 200 "second $host";
                }
                server { listen 127.0.0.1:@port@; server_name ""; return 200 "nameless $host"; }
                server {
                    listen 127.0.0.1:@port@;
                    server_name small.example;
                    client_header_buffer_size 512;
                    large_client_header_buffers 2 1k;
                    underscores_in_headers on;
                    return 200 "small $http_a_b $http_c";
                }
                """;
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        addVersions(rows);
        addHosts(rows);
        addBadRequests(rows);
        addFields(rows);
        addContent(rows);
        addPersistence(rows);
        return rows;
    }

    /** nginx puts each line into one buffer and leaves the rest of the one before unused; Pollux counts bytes. */
    @Test
    void linesThatLieBadlyInTheBuffersAreTaken() {
        // Four buffers of 8 KiB: the last line fits in none of them, but with the others into all of them.
        String large = "X: " + "x".repeat(7_995) + "\r\n";
        String head = "GET /who HTTP/1.1\r\nHost: h\r\n" + large.repeat(4) + "Y: " + "y".repeat(500) + "\r\n\r\n";
        List<String> statuses = new ArrayList<>();
        for (int port : twins().ports()) {
            try (RawClient client = RawClient.connect(port)) {
                statuses.add(client.ask(head).statusLine());
            }
        }
        assertEquals(List.of("HTTP/1.1 400 Bad Request", "HTTP/1.1 200 OK"), statuses);
    }

    private static void addVersions(List<Row> rows) {
        for (String request : List.of(
                "GET /a.txt HTTP/1.0\r\n\r\n",
                "GET /a.txt HTTP/1.0\n\n",
                "GET /a.txt HTTP/1.0\r\nHost: h\r\n\r\n",
                "GET /a.txt HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
                "GET /a.txt HTTP/1.0\r\nConnection: close\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\n\r\n",
                "GET /a.txt HTTP/1.1\nHost: h\n\n",
                "GET /a.txt HTTP/1.2\r\nHost: h\r\n\r\n",
                "GET /a.txt HTTP/1.9\r\nHost: h\r\n\r\n",
                "GET /a.txt HTTP/1\r\nHost: h\r\n\r\n",
                "GET /a.txt HTTP/2.0\r\nHost: h\r\n\r\n",
                "GET /a.txt HTTP/9.9\r\nHost: h\r\n\r\n",
                "GET /a.txt HTTP/0.9\r\nHost: h\r\n\r\n",
                "GET /a.txt http/1.1\r\nHost: h\r\n\r\n",
                "GET /a.txt HTTX/1.1\r\nHost: h\r\n\r\n",
                "GET /a.txt HTTP/x.1\r\nHost: h\r\n\r\n",
                " GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n",
                "\r\nGET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n",
                "\r\n\r\n\nGET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET\t/a.txt HTTP/1.1\r\nHost: h\r\n\r\n",
                "\u0016\u0003\u0001\u0002\r\n\r\n")) {
            rows.add(raw(request));
        }
        for (String method : List.of("GET", "HEAD", "POST")) {
            rows.add(raw(method + " /a.txt\r\n").but(Deliberate.NO_HTTP_09));
        }
        rows.add(raw("GET /a.txt\n").but(Deliberate.NO_HTTP_09));
        rows.add(raw("GET /missing\r\n").but(Deliberate.NO_HTTP_09));
        rows.add(raw("GET /a.txt  HTTP/1.1\r\nHost: h\r\n\r\n").but(Deliberate.ONE_SPACE));
        rows.add(raw("GET /a.txt HTTP/1.1 \r\nHost: h\r\n\r\n").but(Deliberate.ONE_SPACE));
        rows.add(raw("GET  /a.txt HTTP/1.1\r\nHost: h\r\n\r\n").but(Deliberate.ONE_SPACE));
        rows.add(raw("GET /a.txt HTTP/1.10\r\nHost: h\r\n\r\n")
                .but(Deliberate.status("200", "400", "RFC 9112 section 2.3: a version has one digit on either side")));
        rows.add(raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                .but(Deliberate.status("400", "505", "the version is what is wrong, as with any method")));
    }

    private static void addHosts(List<Row> rows) {
        for (String host : List.of(
                "default",
                "h",
                "",
                "exact.example",
                "EXACT.example",
                "exact.example.",
                "exact.example:81",
                "a.wild.example",
                "a.b.wild.example",
                "wild.example",
                "x.longer.wild.example",
                "tail.com",
                "tail.co.uk",
                "tail.",
                "tail",
                "both.example",
                "x.both.example",
                "re12.example",
                "re2.example",
                "rex.example",
                "longer.x",
                "127.0.0.1",
                "[::1]",
                "::1",
                "a..b",
                ".",
                "a.",
                "..",
                "a/b",
                "a b",
                "a\tb",
                "a%41",
                "a_b",
                "a,b",
                "*.wild.example",
                ":80",
                "h:")) {
            rows.add(raw(text("GET /who", host)));
        }
        for (String host :
                List.of("[::1", "a:b", "a:80:80", "a\\b", "a@b", "gr\u00c3\u00bcn", "h?x", "h#x", "~^re", "h:x")) {
            rows.add(raw(text("GET /who", host)).but(Deliberate.HOST_GRAMMAR));
        }
        rows.add(raw("GET /who HTTP/1.0\r\n\r\n"));
        rows.add(raw("GET /who HTTP/1.1\r\nHost: exact.example\r\nHost: exact.example\r\n\r\n"));
        rows.add(raw("GET /who HTTP/1.1\r\nHost:exact.example\r\n\r\n"));
        rows.add(raw("GET /who HTTP/1.1\r\nhOsT:   exact.example  \r\n\r\n"));
        rows.add(raw("GET http://exact.example/who HTTP/1.1\r\nHost: other\r\n\r\n"));
        rows.add(raw("GET http://EXACT.example:99/who HTTP/1.1\r\nHost: other\r\n\r\n"));
        rows.add(raw("GET http://exact.example/who HTTP/1.1\r\n\r\n"));
        rows.add(raw("GET http://exact.example/who HTTP/1.0\r\n\r\n"));
    }

    private static void addBadRequests(List<Row> rows) {
        for (String request : List.of(
                "x\r\n\r\n",
                "GET\r\n\r\n",
                "GET \r\n\r\n",
                "GET HTTP/1.1\r\n\r\n",
                "GET /a\0b HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /a\u007fb HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /a\u0001b HTTP/1.1\r\nHost: h\r\n\r\n",
                "G\0T / HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\n folded: x\r\n\r\n",
                "GET / HTTP/1.1\r\n Host: h\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : h\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\n: empty\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\na\0b: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\na: x\0y\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\na: x\ry\r\n\r\n",
                "GET / HTTP/1.1\rHost: h\r\r",
                "GET / HTTP/1.1\r\nHost: h\r\na b: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\nx",
                "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1 1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1, 1\r\n\r\nx",
                "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 0x1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: \r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
                "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
                "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /?" + "x".repeat(7_000) + " HTTP/1.1\r\nHost: h\r\na: " + "y".repeat(7_000) + "\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: small.example\r\na: " + "x".repeat(600) + "\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\n" + "a: b\r\n".repeat(500) + "\r\n")) {
            rows.add(raw(request));
        }
        rows.add(get("/", "a: " + "x".repeat(9_000)).but(Deliberate.HEAD_TOO_LARGE));
        rows.add(get("/", "Transfer-Encoding: gzip").but(Deliberate.FINAL_CODING));
        rows.add(get("/", "Transfer-Encoding: identity").but(Deliberate.FINAL_CODING));
        for (String line : List.of("a: x\r", "a(b): x", "\u00fc: x", "a: \u0001")) {
            rows.add(get("/", line).but(Deliberate.FIELD_GRAMMAR));
        }
    }

    private static void addFields(List<Row> rows) {
        rows.add(raw(text("GET /", "small.example", "A_B: x", "C: y")));
        rows.add(raw(text("GET /", "small.example", "A-B: x", "C: y", "C: z"))
                .but(
                        "content",
                        "small x y",
                        "small x y, z",
                        "RFC 9110 section 5.3: lines are joined, as by later nginx"));
        rows.add(raw(text("GET /", "small.example", "C:", "A-B:   spaced out   ")));
        rows.add(raw(text("GET /", "small.example", "C: gr\u00c3\u00bcn\tx")));
        rows.add(get("/text", "Expect: 100-continue").but(Deliberate.NO_INTERIM));
        rows.add(get("/text", "Expect: something")
                .but(Deliberate.status("200", "417", "RFC 9110 section 10.1.1: what cannot be met is said")));
        rows.add(get("/a.txt", "Accept-Encoding: gzip"));
        rows.add(get("/a.txt", "Upgrade: h2c", "Connection: Upgrade"));
    }

    private static void addContent(List<Row> rows) {
        String chunked = "POST /text HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
        String fileChunked = chunked.replace("/text", "/a.txt");
        rows.add(send("POST /text", "content"));
        rows.add(send("GET /text", "content"));
        rows.add(send("GET /a.txt", "content"));
        rows.add(send("POST /a.txt", "content").but(Deliberate.ALLOW));
        rows.add(send("POST /text", ""));
        rows.add(raw("POST /text HTTP/1.1\r\nHost: h\r\n\r\n"));
        rows.add(raw(chunked + "5\r\nhello\r\n0\r\n\r\n"));
        rows.add(raw(chunked + "5;ext=1\r\nhello\r\n0\r\nTrailer: x\r\n\r\n"));
        rows.add(raw(chunked + "0\r\n\r\n"));
        rows.add(raw(chunked + "x\r\n\r\n"));
        rows.add(raw(chunked + "5\r\nhello0\r\n\r\n"));
        rows.add(raw(chunked + "ffffffffffffffffff\r\n"));
        rows.add(raw(chunked + "-1\r\n\r\n"));
        rows.add(raw(fileChunked + "5\r\nhello\r\n0\r\n\r\n").but(Deliberate.ALLOW));
        rows.add(send("POST /small", "12345"));
        rows.add(send("POST /small", "123456"));
        rows.add(send("POST /small-file", "123456"));
        rows.add(send("GET /small", "123456"));
        rows.add(send("POST /any", "x".repeat(100_000)));
        rows.add(raw("POST /small HTTP/1.1\r\nHost: h\r\nContent-Length: 2000000\r\nExpect: 100-continue\r\n\r\n"));
        rows.add(send("POST /text", "content", "Expect: 100-continue")
                .but(Deliberate.NO_INTERIM, Deliberate.NOT_AWAITED)
                .but("connection", "kept", "closed", "as it says"));
    }

    private static void addPersistence(List<Row> rows) {
        String one = text("GET /a.txt", "h");
        String closing = text("GET /a.txt", "h", "Connection: close");
        rows.add(raw(one, one, one));
        rows.add(raw(one, text("HEAD /a.txt", "h"), text("GET /missing", "h"), closing));
        rows.add(raw(closing, one));
        rows.add(raw(one, "GET /b HTTP/1.0\r\n\r\n", one));
        rows.add(raw(one, "GET / HTTP/1.1\r\n\r\n", one));
        rows.add(raw(text("POST /text", "h", "Content-Length: 4") + "GET ", one));
        rows.add(raw(text("POST /text", "h", "Transfer-Encoding: chunked") + "1\r\nx\r\n0\r\n\r\n", one));
        rows.add(raw(text("GET /large.bin", "h"), text("GET /large.bin", "h"), one));
        rows.add(get("/a.txt", "Connection: close"));
        rows.add(get("/a.txt", "Connection: CLOSE"));
        rows.add(get("/a.txt", "Connection: keep-alive"));
        rows.add(get("/a.txt", "Connection: foo, close"));
        rows.add(get("/a.txt", "Connection: close, keep-alive"));
        rows.add(get("/a.txt", "Connection: keep-alive", "Connection: close"));
        rows.add(head("/a.txt", "Connection: close"));
        rows.add(get("/keep0"));
        rows.add(get("/keep1"));
        rows.add(raw("GET /keep1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
        rows.add(raw(text("GET /keep2", "h"), text("GET /keep2", "h"), text("GET /keep2", "h")));
        rows.add(get("/keep3"));
        rows.add(request("GET /missing", "Connection: close"));
    }
}
