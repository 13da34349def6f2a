package pollux.twin;

import static pollux.twin.Row.get;
import static pollux.twin.Row.head;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** Charsets that answers are converted to, and those that variables name. */
class CharsetTwinTest extends TwinTable {
    private static final Row.Difference[] WHOLE = Deliberate.LISTING;

    @Override
    String configuration() {
        return """
                types { text/html html; text/plain txt; image/png png; }
                charset_map koi8-r windows-1251 { C1 E0; C2 E1; 80 88; }
                charset_map koi8-r utf-8 { C1 D0B0; C2 D0B1; A0 E29590; 80 E282AC; }
                charset_map latin1 utf-8 { E4 C3A4; F6 C3B6; 80 E282AC; }
                server {
                    listen 127.0.0.1:@port@;
                    root www;
                    location /to-utf8/ { alias www/; source_charset koi8-r; charset utf-8; }
                    location /from-utf8/ { alias www/; source_charset utf-8; charset koi8-r; }
                    location /bytes/ { alias www/; source_charset koi8-r; charset windows-1251; }
                    location /back/ { alias www/; source_charset windows-1251; charset koi8-r; }
                    location /same/ { alias www/; source_charset koi8-r; charset koi8-r; }
                    location /off/ { alias www/; source_charset koi8-r; charset off; }
                    location /latin/ { alias www/; source_charset utf-8; charset latin1; }
                    location /variable/ { alias www/; charset $arg_c; }
                    location /both/ { alias www/; charset $arg_c; source_charset $arg_s; }
                    location /override/ { alias www/; override_charset on; source_charset koi8-r; charset utf-8; }
                    location /every/ { alias www/; charset $arg_c; charset_types *; }
                    location /typed { charset $arg_c; default_type "text/html; charset=own"; return 200 x; }
                    location /typeless { charset $arg_c; default_type ""; return 200 x; }
                    location /failing { charset $arg_c; return 404 x; }
                }
                """;
    }

    @BeforeAll
    void fill() {
        twins().site().file("www/koi.html", "koi \u00c1\u00c2\u00a0\u0080\u00ff x");
        twins().site().file("www/win.html", "win \u00e0\u00e1\u0088\u0099 x");
        twins().site().file("www/utf.html", Row.utf8("abc \u00e4\u20ac\u0430\u2550 \ud83d\ude00.") + "<p>");
        List.of("koi", "win", "utf").forEach(this::age);
    }

    private void age(String name) {
        try {
            java.nio.file.Files.setLastModifiedTime(
                    twins().site().path("www/" + name + ".html"),
                    java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String path : List.of(
                "/to-utf8/koi.html",
                "/to-utf8/a.txt",
                "/to-utf8/large.bin",
                "/from-utf8/utf.html",
                "/latin/utf.html",
                "/override/koi.html",
                "/both/koi.html?c=utf-8&s=koi8-r",
                "/both/utf.html?c=latin1&s=utf-8")) {
            rows.add(get(path).but(WHOLE));
        }
        for (String path : List.of(
                "/to-utf8/image.png",
                "/bytes/koi.html",
                "/back/win.html",
                "/same/koi.html",
                "/off/koi.html",
                "/variable/koi.html?c=utf-8",
                "/variable/koi.html?c=nosuch",
                "/variable/koi.html?c=off",
                "/variable/sub?c=utf-8",
                "/variable/missing?c=utf-8",
                "/variable/image.png?c=utf-8",
                "/both/koi.html?c=utf-8&s=nosuch",
                "/both/koi.html?c=off&s=koi8-r",
                "/both/koi.html?c=a&s=A",
                "/every/image.png?c=x",
                "/typed?c=x",
                "/typeless?c=x",
                "/failing?c=x")) {
            rows.add(get(path));
        }
        rows.add(get("/bytes/koi.html", "Range: bytes=3-5"));
        rows.add(get("/to-utf8/koi.html", "Range: bytes=3-5").but(WHOLE));
        rows.add(get("/variable/koi.html?c=x", "Range: bytes=3-5"));
        rows.add(get("/to-utf8/koi.html", "If-None-Match: *"));
        rows.add(head("/bytes/koi.html"));
        return rows;
    }
}
