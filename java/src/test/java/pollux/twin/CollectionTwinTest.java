package pollux.twin;

import static pollux.twin.Row.get;
import static pollux.twin.Row.raw;
import static pollux.twin.Row.request;
import static pollux.twin.Row.send;

import java.util.ArrayList;
import java.util.List;

/** MKCOL, COPY, MOVE and the depth of DELETE, each server in a folder of its own. The rows build on one another. */
class CollectionTwinTest extends TwinTable {
    private static final Row.Difference MISSING_PARENT =
            Deliberate.status("404", "409", "RFC 4918 section 9.8.5: the client can mend it by making the folder");

    private static final Row.Difference MISSING_PARENT_OF_FILE =
            Deliberate.status("500", "409", "RFC 4918 section 9.8.5: the client can mend it by making the folder");

    @Override
    String configuration() {
        return """
                types { text/plain txt; }
                server {
                    listen 127.0.0.1:@port@;
                    root dav/@name@;
                    etag off;
                    add_header Last-Modified "";
                    location / { dav_methods PUT DELETE MKCOL COPY MOVE; }
                    location /full/ { dav_methods MKCOL COPY MOVE; create_full_put_path on; dav_access user:rw group:rw all:r; }
                    location /deep/ { dav_methods MKCOL DELETE; min_delete_depth 3; }
                    location /alias/ { alias dav/@name@/aliased/; dav_methods PUT MKCOL COPY MOVE; }
                    location /none/ { }
                }
                """;
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        addMkcol(rows);
        addCopies(rows);
        addTrees(rows);
        addMoves(rows);
        addDeletes(rows);
        addAlias(rows);
        return rows;
    }

    private static Row copy(String from, String to, String... fields) {
        List<String> lines = new ArrayList<>(List.of(fields));
        lines.add("Destination: " + to);
        return request("COPY " + from, lines.toArray(new String[0]));
    }

    private static Row move(String from, String to, String... fields) {
        List<String> lines = new ArrayList<>(List.of(fields));
        lines.add("Destination: " + to);
        return request("MOVE " + from, lines.toArray(new String[0]));
    }

    private static void addMkcol(List<Row> rows) {
        String all = "GET, HEAD, PUT, DELETE, MKCOL, COPY, MOVE, OPTIONS";
        rows.add(send("PUT /a.txt", "one"));
        rows.add(send("PUT /b.txt", "two"));
        rows.add(request("MKCOL /c1"));
        rows.add(request("MKCOL /c1/"));
        rows.add(request("MKCOL /c1/").but(Deliberate.allow(all)));
        rows.add(request("MKCOL /no/c/"));
        rows.add(request("MKCOL /a.txt/").but(Deliberate.allow(all)));
        rows.add(request("MKCOL /a.txt/x/"));
        rows.add(request("MKCOL /").but(Deliberate.allow(all)));
        rows.add(send("MKCOL /c2/", "x"));
        rows.add(raw("MKCOL /c2/ HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
        rows.add(send("MKCOL /c2/", ""));
        rows.add(request("MKCOL /c3/", "Depth: 0"));
        rows.add(request("MKCOL /c%204/?query"));
        rows.add(request("MKCOL /full/"));
        rows.add(request("MKCOL /full/x/y/"));
        rows.add(request("MKCOL /none/x/").but(Deliberate.ALLOW));
        rows.add(request("MKCOL /deep/"));
        rows.add(request("MKCOL /deep/a/"));
        rows.add(request("MKCOL /deep/a/b/"));
    }

    private static void addCopies(List<Row> rows) {
        rows.add(request("COPY /a.txt"));
        for (String target : List.of(
                "/a1.txt",
                "http://h/a2.txt",
                "http://h:80/a3.txt",
                "http://other/a4.txt",
                "https://h/a4.txt",
                "a4.txt",
                "",
                "http://h",
                "http://h/",
                "/a5.txt/",
                "/c1",
                "/c1/",
                "/../x.txt",
                "/c1/../../x.txt",
                "/x/../a6.txt",
                "/%2e%2e/x.txt",
                "/a%00.txt",
                "/a%207.txt",
                "/a8.txt?q=1",
                "//a9.txt",
                "/b.txt",
                "/a.txt/x",
                "/c1/%61.txt")) {
            rows.add(copy("/a.txt", target));
        }
        rows.add(copy("/a.txt", "/no/a.txt").but(MISSING_PARENT_OF_FILE));
        rows.add(copy("/a.txt", "/a%2")
                .but(Deliberate.status("204", "400", "RFC 3986 section 2.1: two digits belong to an escape")));
        for (String overwrite : List.of("F", "f", "T", "t", "x", "TT", "")) {
            rows.add(copy("/a.txt", "/b.txt", "Overwrite: " + overwrite));
        }
        rows.add(copy("/a.txt", "/new.txt", "Overwrite: F"));
        for (String depth : List.of("0", "1", "infinity", "x", "")) {
            rows.add(copy("/a.txt", "/depth.txt", "Depth: " + depth));
        }
        rows.add(copy("/depth.txt", "/depth.txt")
                .but(Deliberate.status("500", "403", "RFC 4918 section 9.8.5: source and destination are the same")));
        rows.add(copy("/a.txt", "http://ho/a4.txt")
                .but(Deliberate.status(
                        "204", "400", "RFC 4918 section 9.8.5: another host, though its name begins alike")));
        rows.add(copy("/missing.txt", "/m.txt"));
        rows.add(copy("/missing.txt", "/a.txt"));
        rows.add(copy("/missing/", "/m/"));
        rows.add(copy("/a.txt/", "/m/"));
        rows.add(send("COPY /a.txt", "x", "Destination: /content.txt"));
        rows.add(send("COPY /a.txt", "", "Destination: /content.txt"));
        rows.add(copy("/none/a.txt", "/x.txt").but(Deliberate.ALLOW));
        rows.add(get("/c1/a.txt"));
        rows.add(get("/a%207.txt"));
    }

    private static void addTrees(List<Row> rows) {
        rows.add(request("MKCOL /src/"));
        rows.add(request("MKCOL /src/sub/"));
        rows.add(send("PUT /src/f.txt", "f"));
        rows.add(send("PUT /src/sub/g.txt", "g"));
        rows.add(copy("/src", "/d1"));
        rows.add(copy("/src", "/d1/"));
        rows.add(copy("/src/", "/d1"));
        rows.add(copy("/src/", "/d1/"));
        rows.add(get("/d1/sub/g.txt"));
        rows.add(copy("/src/", "/d1/"));
        rows.add(copy("/src/", "/d1/", "Overwrite: F"));
        rows.add(copy("/src/", "/d2/", "Depth: 0"));
        rows.add(copy("/src/", "/d3/", "Depth: 1"));
        rows.add(copy("/src/", "/no/d/").but(MISSING_PARENT));
        rows.add(copy("/src/sub/", "/c1/"));
        rows.add(get("/c1/a.txt"));
        rows.add(get("/c1/g.txt"));
        rows.add(copy("/src/", "/a1.txt/"));
        rows.add(get("/a1.txt/f.txt"));
    }

    private static void addMoves(List<Row> rows) {
        rows.add(request("MOVE /a.txt"));
        rows.add(move("/a.txt", "/b.txt", "Overwrite: F"));
        rows.add(move("/a.txt", "/b.txt", "Depth: 0"));
        rows.add(move("/a.txt", "/b.txt", "Depth: 1"));
        rows.add(move("/a.txt", "/b.txt", "Depth: infinity"));
        rows.add(get("/b.txt"));
        rows.add(move("/a.txt", "/b.txt"));
        rows.add(move("/b.txt", "/b.txt"));
        rows.add(move("/b.txt", "/c1"));
        rows.add(move("/b.txt", "/c1/"));
        rows.add(move("/b.txt", "/b.txt/x"));
        rows.add(move("/b.txt", "/made/on/the/way.txt"));
        rows.add(get("/made/on/the/way.txt"));
        rows.add(move("/made/on/the/way.txt", "/b.txt"));
        rows.add(move("/src/", "/m1/", "Depth: 0"));
        rows.add(move("/src/", "/m1/"));
        rows.add(get("/src/f.txt"));
        rows.add(get("/m1/sub/g.txt"));
        rows.add(move("/m1", "/m2"));
        rows.add(move("/m1/", "/c1/"));
        rows.add(get("/c1/f.txt"));
        rows.add(move("/missing", "/x"));
        rows.add(move("/missing/", "/x/"));
        rows.add(move("/b.txt", "/none/x.txt"));
        rows.add(move("/none/x.txt", "/b.txt").but(Deliberate.ALLOW));
        rows.add(send("MOVE /new.txt", "x", "Destination: /content.txt"));
    }

    private static void addDeletes(List<Row> rows) {
        rows.add(request("DELETE /deep/a"));
        rows.add(request("DELETE /deep/"));
        rows.add(request("DELETE /deep/a/"));
        rows.add(request("DELETE /deep/a/b/c"));
        rows.add(request("DELETE /deep/a/b/"));
        rows.add(request("DELETE /d2/"));
        rows.add(request("DELETE /d1/", "Depth: 0"));
        rows.add(request("DELETE /d1/", "Depth: x"));
    }

    private static void addAlias(List<Row> rows) {
        rows.add(request("MKCOL /aliased/"));
        rows.add(request("MKCOL /alias/z/"));
        rows.add(send("PUT /alias/f.txt", "f"));
        rows.add(copy("/alias/f.txt", "/alias/g.txt"));
        rows.add(get("/aliased/g.txt"));
        rows.add(copy("/alias/f.txt", "/x"));
    }
}
