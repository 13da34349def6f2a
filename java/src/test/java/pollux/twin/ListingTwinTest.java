package pollux.twin;

import static pollux.twin.Row.get;
import static pollux.twin.Row.head;
import static pollux.twin.Row.host;
import static pollux.twin.Row.raw;
import static pollux.twin.Row.request;

import java.util.ArrayList;
import java.util.List;

/** Directory listings, as pages and as JSON, with names that need care. */
class ListingTwinTest extends TwinTable {
    @Override
    String configuration() {
        return """
                types { text/html html; }
                autoindex on;
                server {
                    listen 127.0.0.1:@port@;
                    root www;
                    location /json/ { alias www/; autoindex_format json; }
                    location /xml/ { alias www/; autoindex_format xml; }
                    location /xml-latin/ { alias www/; autoindex_format xml; charset latin1; autoindex_localtime on; }
                    location /jsonp/ { alias www/; autoindex_format jsonp; }
                    location /random/ { alias www/; random_index on; }
                    location /random/one/ { alias other/deep/; random_index on; }
                    location /rounded/ { alias www/; autoindex_exact_size off; }
                    location /local/ { alias www/; autoindex_localtime on; }
                    location /forbidden/ { alias www/; autoindex off; }
                    location /indexed/ { alias www/; index nothing index.html; }
                }
                server { listen 127.0.0.1:@port@; server_name utf8; charset utf-8; root www; }
                """;
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String path : List.of(
                "/list/",
                "/list/?C=N;O=D",
                "/bare/",
                "/odd/",
                "/a%20folder/",
                "/100%25/",
                "/q%3Fq/",
                "/p+l;u=s/",
                "/json/list/",
                "/json/odd/",
                "/json/bare/",
                "/xml/list/",
                "/xml/odd/",
                "/xml/bare/",
                "/xml-latin/list/",
                "/jsonp/list/",
                "/jsonp/list/?callback=a.b_1",
                "/jsonp/list/?a=b&CALLBACK=A",
                "/jsonp/list/?callback=",
                "/random/bare/",
                "/rounded/odd/",
                "/rounded/list/",
                "/local/list/",
                "/indexed/list/")) {
            rows.add(get(path).but(Deliberate.LISTING));
        }
        rows.add(host("utf8", "/odd/").but(Deliberate.LISTING));
        rows.add(host("utf8", "/list/").but(Deliberate.LISTING));
        rows.add(raw("GET /list/ HTTP/1.0\r\n\r\n").but(Deliberate.listingLength(Comparison.LENGTH_OF_CONTENT)));
        rows.add(head("/list/").but(Deliberate.listingLength("811")));
        rows.add(head("/json/list/").but(Deliberate.listingLength("510")));
        for (String path :
                List.of("/list", "/link-to-folder/", "/missing/", "/a.txt/", "/forbidden/list/", "/indexed/sub/")) {
            rows.add(get(path));
        }
        for (String path : List.of(
                "/jsonp/list/?callback=a-b",
                "/jsonp/list/?callback=%61",
                "/jsonp/list/?callback=a<b",
                "/jsonp/missing/?callback=a-b",
                "/random/one/?a=b",
                "/random/missing/",
                "/random/a.txt/",
                "/random/a.txt")) {
            rows.add(get(path));
        }
        rows.add(head("/random/one/"));
        rows.add(request("POST /random/one/").but(Deliberate.ALLOW));
        rows.add(request("POST /list/"));
        return rows;
    }
}
