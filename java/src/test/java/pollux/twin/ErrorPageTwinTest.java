package pollux.twin;

import static pollux.twin.Row.get;
import static pollux.twin.Row.head;
import static pollux.twin.Row.raw;
import static pollux.twin.Row.request;
import static pollux.twin.Row.send;

import java.util.ArrayList;
import java.util.List;

/** {@code error_page} in all its forms, and {@code return} with every kind of status and text. */
class ErrorPageTwinTest extends TwinTable {
    @Override
    String configuration() {
        return """
                types { text/plain txt; text/html html; application/json json; }
                server {
                    listen 127.0.0.1:@port@;
                    root www;
                    error_page 404 /errors/404.html;
                    error_page 403 /errors/403.html;
                    error_page 500 502 503 504 /errors/50x.html;
                    location /errors/ { internal; }
                    location /bare/ { }
                    location /other/ { error_page 404 /errors/missing.html; }
                    location /same/ { error_page 404 = /errors/404.html; }
                    location /ok/ { error_page 404 =200 /errors/404.html; }
                    location /gone/ { error_page 404 =410 /errors/404.html; }
                    location /redirected/ { error_page 404 =301 /errors/404.html; }
                    location /url/ { error_page 404 http://example.org/$uri; }
                    location /url-code/ { error_page 404 =301 http://example.org/; }
                    location /url-ok/ { error_page 404 =200 http://example.org/; }
                    location /named/ { error_page 404 @named; }
                    location /named-ok/ { error_page 404 = @named; }
                    location /named-code/ { error_page 404 =202 @named; }
                    location @named { return 203 "named $uri"; }
                    location /args/ { error_page 404 /text?was=$uri; }
                    location /returned/ { error_page 404 = /text; }
                    location /text { return 201 "$uri $args $request_uri $request_method"; }
                    location /nowhere/ { error_page 404 @nowhere; }
                    location /recursive/ { recursive_error_pages on; error_page 404 /recursive/again; }
                    location /recursive-ok/ { recursive_error_pages on; error_page 404 /step; }
                    location /step { recursive_error_pages on; error_page 404 /errors/404.html; root nothing; }
                    location /not-recursive/ { error_page 404 /step; }
                    location /method { error_page 405 /errors/404.html; }
                    location /method-ok { error_page 405 =200 $uri; }
                    location /large { client_max_body_size 3; error_page 413 /errors/404.html; }
                    location /r503 { return 503; }
                    location /r404 { return 404; }
                    location /r404-text { return 404 "text"; }
                    location /r403 { return 403; }
                    location /none/ { error_page 418 /errors/404.html; }
                    location /several/ { error_page 404 /a.txt; error_page 404 /errors/404.html; }

                    location /s200 { return 200; }
                    location /s200e { return 200 ""; }
                    location /s200t { return 200 "text"; }
                    location /s200t.json { return 200 "{}"; }
                    location /s200type { default_type text/csv; return 200 "a,b"; }
                    location /s204 { return 204; }
                    location /s204t { return 204 "text"; }
                    location /s205 { return 205; }
                    location /s299 { return 299 "text"; }
                    location /s300 { return 300; }
                    location /s301 { return 301; }
                    location /s301p { return 301 /path?a=$arg_a; }
                    location /s301u { return 301 http://example.org/$uri; }
                    location /s301r { return 301 relative; }
                    location /s302 { return 302 /path; }
                    location /s303 { return 303 /path; }
                    location /s304 { return 304; }
                    location /s307 { return 307 /path; }
                    location /s308 { return 308 /path; }
                    location /url { return http://example.org/; }
                    location /url-s { return https://example.org/$host; }
                    location /s400 { return 400; }
                    location /s401 { return 401; }
                    location /s402 { return 402; }
                    location /s405 { return 405; }
                    location /s406 { return 406; }
                    location /s408 { return 408; }
                    location /s409 { return 409; }
                    location /s410 { return 410; }
                    location /s411 { return 411; }
                    location /s412 { return 412; }
                    location /s413 { return 413; }
                    location /s414 { return 414; }
                    location /s415 { return 415; }
                    location /s416 { return 416; }
                    location /s417 { return 417; }
                    location /s418 { return 418; }
                    location /s418t { return 418 "teapot"; }
                    location /s421 { return 421; }
                    location /s422 { return 422; }
                    location /s425 { return 425; }
                    location /s426 { return 426; }
                    location /s428 { return 428; }
                    location /s429 { return 429; }
                    location /s431 { return 431; }
                    location /s444 { return 444; }
                    location /s451 { return 451; }
                    location /s494 { return 494; }
                    location /s499 { return 499; }
                    location /s500t { return 500 "text"; }
                    location /s501 { return 501; }
                    location /s505 { return 505; }
                    location /s506 { return 506; }
                    location /s507 { return 507; }
                    location /s508 { return 508; }
                    location /s599 { return 599; }
                    location /s600 { return 600; }
                    location /s999 { return 999 "text"; }
                }
                server {
                    listen 127.0.0.1:@port@;
                    server_name whole;
                    root www;
                    error_page 404 /errors/404.html;
                    error_page 400 =200 /page.html;
                    return 404;
                }
                """;
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        addErrorPages(rows);
        addReturns(rows);
        return rows;
    }

    private static void addErrorPages(List<Row> rows) {
        for (String path : List.of(
                "/missing",
                "/errors/404.html",
                "/errors/",
                "/bare/",
                "/other/x",
                "/same/x",
                "/ok/x",
                "/gone/x",
                "/redirected/x",
                "/url/x",
                "/url-code/x",
                "/url-ok/x",
                "/named/x",
                "/named-code/x",
                "/args/x",
                "/args/x?y=z",
                "/returned/x",
                "/nowhere/x",
                "/recursive/x",
                "/recursive-ok/x",
                "/not-recursive/x",
                "/r503",
                "/r404",
                "/r404-text",
                "/r403",
                "/none/x",
                "/several/x",
                "/%00",
                "/%zz")) {
            rows.add(get(path));
        }
        rows.add(get("/named-ok/x").but(Deliberate.reason("Non-Authoritative Information")));
        rows.add(head("/missing"));
        rows.add(head("/ok/x"));
        rows.add(head("/url/x"));
        rows.add(head("/named/x"));
        rows.add(get("/missing", "Range: bytes=0-1"));
        rows.add(get("/ok/x", "Range: bytes=0-1"));
        rows.add(get("/ok/x", "If-None-Match: *"));
        rows.add(get("/ok/x", "If-Match: \"x\"").but(Deliberate.STAYS_OPEN));
        rows.add(send("POST /missing", "content"));
        rows.add(send("POST /returned/x", "content"));
        rows.add(send("POST /ok/x", "content"));
        rows.add(send("POST /named/x", "content"));
        rows.add(send("POST /large", "content"));
        rows.add(Row.host("whole", "/a.txt"));
        rows.add(raw("GET /a.txt HTTP/1.1\r\nHost: whole\r\nHost: whole\r\n\r\n")
                .but(Deliberate.status("404", "400", "two hosts choose no server block: the default one answers")));
        rows.add(raw("GET /missing HTTP/1.0\r\n\r\n"));
    }

    private static void addReturns(List<Row> rows) {
        for (String path : List.of(
                "/s200",
                "/s200e",
                "/s200t",
                "/s200t.json",
                "/s200type",
                "/s204",
                "/s204t",
                "/s299",
                "/s301p?a=b",
                "/s301u",
                "/s301r",
                "/s302",
                "/s303",
                "/s307",
                "/s308",
                "/url",
                "/url-s",
                "/s400",
                "/s401",
                "/s402",
                "/s405",
                "/s406",
                "/s409",
                "/s410",
                "/s411",
                "/s412",
                "/s413",
                "/s414",
                "/s415",
                "/s416",
                "/s418",
                "/s418t",
                "/s421",
                "/s429",
                "/s444",
                "/s494",
                "/s499",
                "/s500t",
                "/s501",
                "/s505",
                "/s599",
                "/s600",
                "/s999")) {
            rows.add(get(path));
        }
        String[][] reasons = {
            {"/s205", "Reset Content"},
            {"/s300", "Multiple Choices"},
            {"/s417", "Expectation Failed"},
            {"/s422", "Unprocessable Content"},
            {"/s425", "Too Early"},
            {"/s426", "Upgrade Required"},
            {"/s428", "Precondition Required"},
            {"/s451", "Unavailable For Legal Reasons"},
            {"/s506", "Variant Also Negotiates"},
            {"/s508", "Loop Detected"}
        };
        for (String[] row : reasons) {
            rows.add(get(row[0]).but(Deliberate.reason(row[1])));
        }
        rows.add(get("/s301").but("Location", "", null, "an empty Location leads nowhere"));
        rows.add(get("/s304")
                .but(
                        "Content-Length",
                        Comparison.LENGTH_OF_CONTENT,
                        null,
                        "RFC 9110 section 8.6: it would be the 200's"));
        rows.add(get("/s408").but("status", null, "HTTP/1.1 408", "a client that is told why can do better"));
        rows.add(get("/s431")
                .but("status", "HTTP/1.1 431", "HTTP/1.1 431", "it has a page, and its head was not all read"));
        rows.add(get("/s507")
                .but("Connection", "keep-alive", "close", "what did not fit is not worth waiting for")
                .but("connection", "kept", "closed", "what did not fit is not worth waiting for"));
        rows.add(head("/s200t"));
        rows.add(head("/s301p"));
        rows.add(head("/s404"));
        rows.add(send("POST /s200t", "content"));
        rows.add(send("PUT /s200t", "content"));
        rows.add(request("OPTIONS /s200t"));
        rows.add(raw("GET /s301p HTTP/1.0\r\n\r\n"));
        rows.add(raw("GET /s200t HTTP/1.0\r\n\r\n"));
        rows.add(raw("GET /s444 HTTP/1.0\r\n\r\n"));
    }
}
