package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The innermost level that writes a setting wins; lists are replaced as a whole; some settings are of one level alone. */
class InheritanceTest {
    @TempDir
    Path folder;

    private static Arguments row(
            String http, String server, String location, Function<Location, Object> what, Object expected) {
        return Arguments.of(http, server, location, what, expected);
    }

    private static List<String> added(Location location) {
        return location.headers().add().stream()
                .map(HeaderSettings.AddHeader::name)
                .toList();
    }

    private static List<Integer> codes(Location location) {
        return location.errors().pages().stream()
                .flatMap(page -> page.codes().stream())
                .toList();
    }

    private static List<String> logs(Location location) {
        return location.logs().access().stream().map(log -> log.path().source()).toList();
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                row("etag off;", "", "", l -> l.files().etag(), false),
                row("etag off;", "etag on;", "", l -> l.files().etag(), true),
                row("etag off;", "etag on;", "etag off;", l -> l.files().etag(), false),
                row("", "", "", l -> l.files().etag(), true),
                row("root /a;", "root /b;", "", l -> l.files().root().path().source(), "/b"),
                row("root /a;", "", "alias /c;", l -> l.files().root().path().source(), "/c"),
                row(
                        "add_header a 1;",
                        "add_header b 1; add_header c 1;",
                        "",
                        InheritanceTest::added,
                        List.of("b", "c")),
                row("add_header a 1;", "", "add_header d 1;", InheritanceTest::added, List.of("d")),
                row("add_header a 1;", "", "", InheritanceTest::added, List.of("a")),
                row(
                        "add_header a 1; add_header_inherit merge;",
                        "add_header b 1;",
                        "add_header c 1;",
                        InheritanceTest::added,
                        List.of("c", "b", "a")),
                row(
                        "add_header a 1;",
                        "add_header b 1; add_header_inherit merge;",
                        "add_header c 1; add_header_inherit on;",
                        InheritanceTest::added,
                        List.of("c")),
                row(
                        "add_header a 1;",
                        "add_header b 1;",
                        "add_header c 1; add_header_inherit MERGE;",
                        InheritanceTest::added,
                        List.of("c", "b")),
                row(
                        "add_trailer a 1; add_trailer_inherit merge;",
                        "add_header x 1;",
                        "add_trailer c 1; add_header_inherit off;",
                        l -> l.headers().trailers().stream()
                                .map(HeaderSettings.AddHeader::name)
                                .toList(),
                        List.of("c", "a")),
                row("add_header a 1;", "", "add_header_inherit off;", InheritanceTest::added, List.of()),
                row(
                        "add_header a 1;",
                        "add_header_inherit off;",
                        "add_header c 1; add_header_inherit merge;",
                        InheritanceTest::added,
                        List.of("c")),
                row("error_page 404 /a;", "error_page 500 501 /b;", "", InheritanceTest::codes, List.of(500, 501)),
                row("access_log /a;", "access_log /b; access_log /c;", "", InheritanceTest::logs, List.of("/b", "/c")),
                row("access_log /a;", "access_log off;", "", InheritanceTest::logs, List.of()),
                row("access_log off;", "access_log /b;", "", InheritanceTest::logs, List.of("/b")),
                row("", "access_log /b; access_log off;", "", InheritanceTest::logs, List.of()),
                row(
                        "error_log /a;",
                        "error_log /b info;",
                        "",
                        l -> l.logs().errors(),
                        List.of(new ErrorLog("/b", ErrorLog.Level.INFO))),
                row(
                        "index a;",
                        "index b; index c d;",
                        "",
                        l -> l.files().index().toString(),
                        "[b, c, d]"),
                row(
                        "cgi_param A 1;",
                        "cgi_param B 1;",
                        "",
                        l -> l.cgi().params().get(0).name(),
                        "B"),
                row(
                        "cgi_assign .a;",
                        "",
                        "cgi_assign .b; cgi_assign .c;",
                        l -> l.cgi().assigned().size(),
                        2),
                row(
                        "allow_methods GET;",
                        "",
                        "allow_methods POST;",
                        l -> l.methods().allowed(),
                        List.of("POST")),
                row("allow_methods GET;", "", "", l -> l.methods().allowed(), List.of("GET", "HEAD")),
                row("dav_methods PUT;", "dav_methods off;", "", l -> l.methods().dav(), Set.of()),
                row(
                        "types { a/b c; }",
                        "types { d/e f; }",
                        "",
                        l -> l.files().types().typeOf("x.c"),
                        null),
                row(
                        "types { a/b c; }",
                        "",
                        "types { }",
                        l -> l.files().types().byExtension().size(),
                        0),
                row(
                        "types { a/b c; } types { d/e f; }",
                        "",
                        "",
                        l -> l.files().types().byExtension().size(),
                        2),
                row("", "", "", l -> l.files().types(), MimeTypes.DEFAULT),
                row("session on;", "", "session off;", l -> l.session().enabled(), false),
                row("", "try_files a b;", "", l -> l.files().tryFiles(), null),
                row("", "return 200;", "", Location::returns, null));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void innermostWins(String http, String server, String location, Function<Location, Object> what, Object expected)
            throws ConfException {
        Config config = new Conf(folder)
                .load("http { " + http + " server { listen 81; " + server + " location / { " + location + " } } }");
        assertEquals(
                expected,
                what.apply(config.servers().get(0).locations().prefixes().get(0)));
    }

    @Test
    void whatIsWrittenBehindABlockHoldsInsideItToo() throws ConfException {
        Config config = new Conf(folder).load("http { server { listen 81; location / { } etag off; } sendfile on; }");
        Location location = config.servers().get(0).locations().prefixes().get(0);
        assertEquals(false, location.files().etag());
        assertEquals(true, location.files().sendfile());
    }

    @Test
    void limitExceptIsOfItsLocationAlone() throws ConfException {
        Location outer = new Conf(folder)
                .server("location /a { limit_except GET POST { deny all; } location /a/b { } }")
                .locations()
                .prefixes()
                .get(0);
        assertEquals(Set.of("GET", "HEAD", "POST"), outer.methods().limit());
        assertNull(outer.nested().prefixes().get(0).methods().limit());
    }

    @Test
    void limitExceptThatAllowsLimitsNothing() throws ConfException {
        assertNull(new Conf(folder)
                .location("limit_except GET { allow all; deny all; }")
                .methods()
                .limit());
        assertNull(new Conf(folder).location("limit_except GET { }").methods().limit());
        assertNotNull(new Conf(folder)
                .location("limit_except GET { deny all; allow all; }")
                .methods()
                .limit());
    }

    @Test
    void locationsShareOneTableOfTypes() throws ConfException {
        Config config = new Conf(folder)
                .load("http { types { a/b c; } server { listen 81; location /a { } location /b { } } }");
        List<Location> locations = config.servers().get(0).locations().prefixes();
        assertSame(locations.get(0).files().types(), locations.get(1).files().types());
    }
}
