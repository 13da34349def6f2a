package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that ask for what nginx has and Pollux does not: everything is told at once, and in the report. */
class LackingTest {
    private static final String WANTING = """
            perl_modules x;
            stream { upstream b { server 1.2.3.4:5; } }
            http {
                map $a $b { default lisen; proxy_pass { } }
                upstream app { server h; keepalive 4; }
                server {
                    ssl_certificate a.pem;
                    location / {
                        proxy_pass http://app/$b;
                        root a;
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    private Conf conf;

    @BeforeEach
    void make() {
        conf = new Conf(folder);
    }

    private List<String> refusals(String text) {
        ConfException refused = assertThrows(ConfException.class, () -> conf.load(text));
        return refused.messages().stream().map(conf::relative).toList();
    }

    private static String lacks(String name, int line) {
        return "directive \"" + name + "\" is one of nginx's that Pollux does not have in x.conf:" + line;
    }

    @Test
    void everythingThatIsLackingIsToldAtOnce() {
        assertEquals(
                List.of(
                        lacks("perl_modules", 1),
                        lacks("stream", 2),
                        lacks("map", 4),
                        lacks("upstream", 5),
                        lacks("ssl_certificate", 7),
                        lacks("proxy_pass", 9)),
                refusals(WANTING));
    }

    @Test
    void whatIsSaidTwiceIsToldOnce() {
        conf.file("i.conf", "proxy_pass a;\nproxy_pass a; proxy_pass b;");
        String first = lacks("proxy_pass", 1).replace("x.conf", "i.conf");
        String second = lacks("proxy_pass", 2).replace("x.conf", "i.conf");
        assertEquals(List.of(first, second), refusals("http { server { include i.conf; include i.conf; } }"));
    }

    @Test
    void theFirstOtherErrorEndsIt() {
        assertEquals(
                List.of(lacks("proxy_pass", 1), "unknown directive \"lisen\" in x.conf:2"),
                refusals("http { proxy_pass a;\nlisen 80;\nfastcgi_pass b; }"));
    }

    @Test
    void unclosedBlockOfALackingDirectiveIsAnError() {
        assertEquals(
                List.of(lacks("mail", 1), "unexpected end of file, expecting \"}\" in x.conf:2"),
                refusals("mail { server { }\n"));
    }

    @Test
    void valuesThatAreLackingAreToldWithTheRest() {
        assertEquals(
                List.of(
                        "parameter \"ssl\" of \"listen\" is one of nginx's that Pollux does not have in x.conf:1",
                        lacks("proxy_pass", 2)),
                refusals("http { server { listen 443 ssl;\nproxy_pass a; } }"));
    }

    @Test
    void reportSaysOfEachWhatItIs() {
        conf.file("x.conf", WANTING.replace("root a;", "root a; lisen 80; index; send_lowat 1;"));
        ConfReport report = ConfLoader.report(new ConfLoader.LoadRequest(folder.toString(), "x.conf", ""));
        assertEquals("""
                        1 UNSUPPORTED perl_modules
                        2 UNSUPPORTED stream
                        2 UNSUPPORTED upstream
                        2 UNSUPPORTED server
                        3 SUPPORTED http
                        4 UNSUPPORTED map
                        5 UNSUPPORTED upstream
                        5 UNSUPPORTED server
                        5 UNSUPPORTED keepalive
                        6 SUPPORTED server
                        7 UNSUPPORTED ssl_certificate
                        8 SUPPORTED location
                        9 UNSUPPORTED proxy_pass
                        10 SUPPORTED root
                        10 INVALID lisen
                        10 INVALID index
                        10 IGNORED send_lowat
                        """, lines(report));
        assertFalse(report.isUsable());
        assertNull(report.error());
        assertEquals(10, report.count(ConfReport.Verdict.UNSUPPORTED));
    }

    @Test
    void whatWrongsNobodyIsPassedOverWithAWarning() throws ConfException {
        String text = """
                load_module modules/ngx_http_echo_module.so;
                http {
                    gzip on;
                    server { gzip_static on; location / { gzip off; gzip_static off; } location /a { gzip on; } }
                }
                """;
        assertEquals(
                List.of(
                        "the \"load_module\" directive is passed over, no module is loaded in x.conf:1",
                        "the \"gzip\" directive is passed over, answers are not compressed in x.conf:3",
                        "the \"gzip_static\" directive is passed over, answers are not compressed in x.conf:4",
                        "the \"gzip\" directive is passed over, answers are not compressed in x.conf:4"),
                conf.load(text).warnings().stream().map(conf::relative).toList());
        ConfReport report = ConfLoader.report(new ConfLoader.LoadRequest(folder.toString(), "x.conf", ""));
        assertEquals(
                List.of(
                        "load_module: no module is loaded",
                        "gzip: answers are not compressed",
                        "gzip_static: answers are not compressed",
                        "gzip: answers are not compressed"),
                report.entries().stream()
                        .filter(entry -> entry.verdict() == ConfReport.Verdict.IGNORED)
                        .map(entry -> entry.name() + ": " + entry.reason())
                        .toList());
        assertTrue(report.isUsable());
    }

    @Test
    void whatWouldAnswerOtherwiseIsRefused() {
        assertEquals(
                List.of("value \"always\" of \"gzip_static\" is one of nginx's that Pollux does not have in x.conf:1"),
                refusals("http { gzip_static always; }"));
    }

    @Test
    void reportOfWhatCannotBeReadSaysWhy() {
        conf.file("x.conf", "http {\n server {\n root a }\n");
        ConfReport report = ConfLoader.report(new ConfLoader.LoadRequest(folder.toString(), "x.conf", ""));
        assertEquals("1 SUPPORTED http\n2 SUPPORTED server\n", lines(report));
        assertEquals("unexpected \"}\" in x.conf:3", conf.relative(report.error()));
        assertFalse(report.isUsable());
    }

    @Test
    void reportOfAGoodFileIsUsable() {
        conf.file("x.conf", "events { accept_mutex on; } http { types { a/b x; } server { location / { } } }");
        ConfReport report = ConfLoader.report(new ConfLoader.LoadRequest(folder.toString(), "x.conf", "pid p;"));
        assertTrue(report.isUsable());
        assertEquals(1, report.count(ConfReport.Verdict.IGNORED));
        assertEquals(0, report.entries().get(0).line());
    }

    @Test
    void reportFindsWhatOnlyTheWholeShows() {
        conf.file("x.conf", "http { server { location / { return 200 $nosuch; } } }");
        ConfReport report = ConfLoader.report(new ConfLoader.LoadRequest(folder.toString(), "x.conf", ""));
        assertEquals("unknown \"nosuch\" variable in x.conf:1", conf.relative(report.error()));
        assertFalse(report.isUsable());
    }

    private static String lines(ConfReport report) {
        StringBuilder lines = new StringBuilder();
        for (ConfReport.Entry entry : report.entries()) {
            lines.append(entry.line()).append(' ').append(entry.verdict());
            lines.append(' ').append(entry.name()).append('\n');
        }
        return lines.toString();
    }
}
