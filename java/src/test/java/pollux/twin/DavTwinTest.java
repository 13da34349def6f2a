package pollux.twin;

import static pollux.twin.Row.get;
import static pollux.twin.Row.raw;
import static pollux.twin.Row.request;
import static pollux.twin.Row.send;

import java.util.List;

/** PUT and DELETE: {@code dav_methods}, each server in a folder of its own. The rows build on one another. */
class DavTwinTest extends TwinTable {
    @Override
    String configuration() {
        return """
                types { text/plain txt; }
                server {
                    listen 127.0.0.1:@port@;
                    root dav/@name@;
                    client_max_body_size 1k;
                    location / { dav_methods PUT DELETE; }
                    location /full/ { dav_methods PUT DELETE; create_full_put_path on; }
                    location /put/ { dav_methods PUT; }
                    location /off/ { dav_methods off; }
                    location /default/ { }
                    location /limited/ { dav_methods PUT; limit_except GET { deny all; } }
                }
                """;
    }

    @Override
    List<Row> rows() {
        return List.of(
                send("PUT /a.txt", "one"),
                send("PUT /a.txt", "two two"),
                raw("PUT /chunked.txt HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
                send("PUT /dated.txt", "dated", "Date: Sun, 06 Nov 1994 08:49:37 GMT"),
                get("/dated.txt"),
                send("PUT /dated.txt", "again", "Date: Sunday, 07-Nov-94 08:49:37 GMT"),
                get("/dated.txt"),
                send("PUT /dated.txt", "again", "Date: Sun Nov  8 08:49:37 1994"),
                get("/dated.txt"),
                send("PUT /empty.txt", ""),
                raw("PUT /none.txt HTTP/1.1\r\nHost: h\r\n\r\n")
                        .but(Deliberate.status("500", "411", "RFC 9110 section 15.5.12: the client can mend it")),
                send("PUT /with%20space.txt?query", "x"),
                send("PUT /folder/", "x"),
                send("PUT /no/folder/b.txt", "x").but(Deliberate.CONFLICT),
                send("PUT /full/on/the/way.txt", "x"),
                send("PUT /full", "x"),
                send("PUT /put/x.txt", "x").but(Deliberate.CONFLICT),
                send("PUT /off/x.txt", "x").but(Deliberate.ALLOW),
                send("PUT /default/x.txt", "x").but(Deliberate.ALLOW),
                send("PUT /limited/x.txt", "x"),
                send("PUT /large.txt", "x".repeat(1025)),
                send("PUT /ranged.txt", "x", "Content-Range: bytes 0-0/5")
                        .but(Deliberate.status(
                                "501", "400", "RFC 9110 section 14.5: a part is not to be taken for the whole")),
                send("PUT /a.txt/below", "x").but(Deliberate.CONFLICT),
                send("PUT /continued.txt", "x", "Expect: 100-continue").but(Deliberate.NO_INTERIM),
                request("DELETE /a.txt"),
                request("DELETE /a.txt"),
                request("DELETE /chunked.txt?query"),
                request("DELETE /missing.txt"),
                request("DELETE /missing/"),
                request("DELETE /full/on/the"),
                request("DELETE /full/on/the/way.txt/"),
                request("DELETE /full/on/"),
                request("DELETE /full/on"),
                request("DELETE /put/x.txt").but(Deliberate.allow("GET, HEAD, PUT, OPTIONS")),
                send("DELETE /dated.txt", "content"),
                request("DELETE /dated.txt", "Depth: 1"),
                request("DELETE /dated.txt", "Depth: infinity"),
                request("DELETE /empty.txt", "Depth: 0"),
                request("MKCOL /collection/").but(Deliberate.allow("GET, HEAD, PUT, DELETE, OPTIONS")),
                request("COPY /empty.txt", "Destination: /b").but(Deliberate.allow("GET, HEAD, PUT, DELETE, OPTIONS")),
                send("POST /a.txt", "x"));
    }
}
