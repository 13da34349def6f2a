package pollux.twin;

import static pollux.twin.Row.get;
import static pollux.twin.Row.request;
import static pollux.twin.Row.send;

import java.util.ArrayList;
import java.util.List;

/** Names, destinations and fields of requests that change files, as somebody hostile spells them. The rows build on one another. */
class HostileDavTwinTest extends TwinTable {
    private static final int NAME_MAX = 255;
    private static final Row.Difference NO_SUCH_NAME = Deliberate.status(
            "500", "409", "RFC 9110 section 15.5.10: a name that is too long is the client's to mend");

    @Override
    String configuration() {
        return """
                types { text/plain txt; }
                server {
                    listen 127.0.0.1:@port@;
                    root dav/@name@;
                    etag off;
                    add_header Last-Modified "";
                    large_client_header_buffers 4 16k;
                    location / { dav_methods PUT DELETE MKCOL COPY MOVE; }
                    location /full/ { dav_methods PUT DELETE MKCOL COPY MOVE; create_full_put_path on; }
                }
                """;
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        addLongNames(rows);
        addDestinations(rows);
        addCopiesIntoThemselves(rows);
        addFields(rows);
        return rows;
    }

    private static String name(String letter, int length) {
        return "/" + letter.repeat(length);
    }

    private static void addLongNames(List<Row> rows) {
        String longest = name("n", NAME_MAX);
        String tooLong = name("n", NAME_MAX + 1);
        rows.add(send("PUT " + longest, "x"));
        rows.add(send("PUT " + longest, "y"));
        rows.add(get(longest));
        rows.add(request("COPY " + longest, "Destination: " + name("c", NAME_MAX)));
        rows.add(request("COPY " + longest, "Destination: " + name("c", NAME_MAX)));
        rows.add(request("MOVE " + name("c", NAME_MAX), "Destination: " + name("m", NAME_MAX)));
        rows.add(request("MOVE " + name("m", NAME_MAX), "Destination: " + longest));
        rows.add(get(longest));
        rows.add(request("MKCOL " + name("f", NAME_MAX) + "/"));
        rows.add(request("COPY " + name("f", NAME_MAX) + "/", "Destination: " + name("g", NAME_MAX) + "/"));
        rows.add(request("DELETE " + name("f", NAME_MAX) + "/"));
        rows.add(request("DELETE " + name("g", NAME_MAX) + "/"));
        rows.add(send("PUT " + tooLong, "x").but(NO_SUCH_NAME));
        rows.add(request("MKCOL " + tooLong + "/"));
        rows.add(request("DELETE " + tooLong));
        rows.add(request("COPY " + longest, "Destination: " + tooLong));
        rows.add(request("MOVE " + longest, "Destination: " + tooLong));
        String path = "/p".repeat(2100);
        rows.add(send("PUT " + path, "x").but(NO_SUCH_NAME));
        rows.add(send("PUT /full" + path, "x").but(NO_SUCH_NAME));
        rows.add(request("MKCOL " + path + "/"));
        rows.add(request("DELETE " + path));
        rows.add(request("COPY " + longest, "Destination: " + path));
        rows.add(request("MOVE " + longest, "Destination: " + path));
        rows.add(request("DELETE " + longest));
    }

    private static void addDestinations(List<Row> rows) {
        rows.add(send("PUT /a.txt", "one"));
        for (String target : List.of(
                "/%2e%2e/x",
                "/%2E%2E/x",
                "/.%2e/x",
                "/..%2fx",
                "/..%2Fx",
                "/x/%2e%2e/%2e%2e/x",
                "/..",
                "/%2e%2e",
                "/.",
                "/./dot",
                "/%2fslash",
                "/nul%00",
                "/%00",
                "/frag#ment",
                "/frag%23ment",
                "/query?x=/../..",
                "/query2%3fx",
                "?",
                "?/x",
                "#/x",
                "*",
                "//",
                "http:/h/x",
                "http:///x",
                "HTTP://h/x",
                "http://h:/port",
                "http://h:99999/port2",
                "http://h:x/port3",
                "http://u@h/x",
                "http://h/../x",
                "http://h/%2e%2e/x",
                "ftp://h/x",
                "file:///etc/x",
                "/tab\tx",
                "/space x",
                "/back\\..\\x")) {
            rows.add(request("COPY /a.txt", "Destination: " + target));
        }
        for (String missing : List.of("/sl%2fash", "//h/x")) {
            rows.add(request("COPY /a.txt", "Destination: " + missing).but(Deliberate.CONFLICT));
        }
        rows.add(request("COPY /a.txt", "Destination: http://H/upper")
                .but(Deliberate.status("400", "204", "RFC 3986 section 3.2.2: a host's name is the same in capitals")));
        for (String elsewhere : List.of("http://h@other/x", "http://h?/x", "http://h#/x")) {
            rows.add(request("COPY /a.txt", "Destination: " + elsewhere)
                    .but(Deliberate.status("204", "400", "RFC 3986 section 3.2: another host, or no path")));
        }
        rows.add(request("COPY /a.txt", "Destination: /one", "Destination: /two")
                .but(Deliberate.status("204", "400", "RFC 9110 section 5.3: a field that is no list comes once")));
        rows.add(request("COPY /a.txt", "Destination:"));
    }

    private static void addCopiesIntoThemselves(List<Row> rows) {
        rows.add(request("MKCOL /tree/"));
        rows.add(request("MKCOL /tree/sub/"));
        rows.add(send("PUT /tree/f", "f"));
        rows.add(send("PUT /tree", "x"));
        rows.add(send("PUT /tree/", "x"));
        rows.add(request("MKCOL /doomed/"));
        rows.add(request("MKCOL /doomed/sub/"));
        rows.add(send("PUT /doomed/f", "f"));
        rows.add(request("MOVE /doomed/", "Destination: /doomed/sub/new/")
                .but(Deliberate.status("201", "403", "RFC 4918 section 9.9.4: nginx says moved, and all is gone")));
        rows.add(get("/doomed/f").but(Deliberate.status("404", "200", "it was not moved into itself")));
        rows.add(request("MOVE /a.txt", "Destination: /a.txt/b"));
        rows.add(request("COPY /a.txt", "Destination: /a.txt/b"));
        rows.add(get("/tree/f"));
    }

    private static void addFields(List<Row> rows) {
        for (String depth :
                List.of("0", "1", "infinity", "Infinity", "INFINITY", "infinit", "infinity ", "00", "-1", "")) {
            rows.add(request("COPY /a.txt", "Destination: /depth", "Depth: " + depth));
            rows.add(request("COPY /tree/", "Destination: /depths/", "Depth: " + depth));
            rows.add(request("DELETE /depth", "Depth: " + depth));
            rows.add(request("DELETE /depths/", "Depth: " + depth));
        }
        rows.add(request("COPY /a.txt", "Destination: /depth", "Depth: 0", "Depth: 1"));
        for (String condition : List.of(
                "If-Match: \"other\"", "If-None-Match: *", "If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT")) {
            rows.add(send("PUT /a.txt", "x", condition)
                    .but(Deliberate.status("204", "412", "RFC 9110 section 13.1: nobody's work is to be overwritten")));
        }
    }
}
