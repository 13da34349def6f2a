package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** include: where names are looked for, patterns, nesting, and what -T shows. */
class IncludeTest {
    @TempDir
    Path folder;

    private List<String> names(Config config) {
        return config.servers().stream().map(ServerBlock::name).toList();
    }

    private static String server(String name) {
        return "server { listen 81; server_name " + name + "; }";
    }

    @Test
    void filesOfAPatternAreReadInOrderOfName() throws ConfException {
        Conf conf = new Conf(folder)
                .file("sites/b.conf", server("b"))
                .file("sites/a.conf", server("a"))
                .file("sites/.hidden.conf", server("hidden"))
                .file("sites/c.conf~", server("old"))
                .file("more/d.conf", server("d"));
        assertEquals(List.of("a", "b"), names(conf.load("http { include sites/*.conf; }")));
        assertEquals(List.of("b"), names(conf.load("http { include sites/[b-z].conf; }")));
        assertEquals(List.of("a"), names(conf.load("http { include sites/[!b].conf; }")));
        assertEquals(List.of("a", "b"), names(conf.load("http { include " + folder + "/sites/?.conf; }")));
        assertEquals(List.of("d", "a", "b"), names(conf.load("http { include */*.conf; }")));
        assertEquals(List.of(), names(conf.load("http { include sites/*.none; include none/*.conf; }")));
    }

    @Test
    void namesStartFromTheFolderOfTheMainFile() throws ConfException {
        Conf conf = new Conf(folder)
                .file("conf/main.conf", "include parts/one.conf;")
                .file("conf/parts/one.conf", "http { include two.conf; }")
                .file("conf/two.conf", server("two"));
        Config config = ConfLoader.load(new ConfLoader.LoadRequest(folder.toString(), "conf/main.conf", ""));
        assertEquals(List.of("two"), names(config));
        assertEquals(
                List.of("conf/main.conf", "conf/parts/one.conf", "conf/two.conf"),
                config.files().stream().map(file -> conf.relative(file.name())).toList());
        assertEquals("include parts/one.conf;", config.files().get(0).content());
    }

    @Test
    void errorsNameTheIncludedFileAndLine() {
        Conf conf = new Conf(folder).file("part.conf", "root a;\nlisen 80;\n");
        assertEquals("unknown directive \"lisen\" in part.conf:2", conf.refusal("http {\ninclude part.conf;\n}"));
        conf.file("open.conf", "server {");
        assertEquals(
                "unexpected end of file, expecting \"}\" in open.conf:1",
                conf.refusal("http {\ninclude open.conf;\n} }"));
        conf.file("close.conf", "}");
        assertEquals("unexpected \"}\" in close.conf:1", conf.refusal("http {\ninclude close.conf;\n}"));
    }

    @Test
    void linesGoOnCountingBehindAnInclude() {
        Conf conf = new Conf(folder).file("part.conf", "\n\n\n\n");
        assertEquals("unknown directive \"x\" in x.conf:3", conf.refusal("http {\ninclude part.conf;\nx; }"));
    }

    @Test
    void aFileThatIncludesItselfIsRefused() {
        assertEquals(
                "\"include\" directive is nested too deeply in x.conf:1", new Conf(folder).refusal("include x.conf;"));
    }

    @Test
    void aFileReadTwiceIsShownOnce() throws ConfException {
        Conf conf = new Conf(folder).file("part.conf", "etag off;");
        Config config =
                conf.load("http { server { listen 81; include part.conf; location / { include part.conf; } } }");
        assertEquals(
                List.of("x.conf", "part.conf"),
                config.files().stream().map(file -> conf.relative(file.name())).toList());
    }

    @Test
    void typesMayBeIncludedIntoTheirBlock() throws ConfException {
        Conf conf = new Conf(folder).file("more.types", "a/b c;");
        assertEquals(
                "a/b",
                conf.location("types { include more.types; }").files().types().typeOf("/x.C"));
    }

    @Test
    void bytesOfAFilePassUnchanged() throws ConfException {
        Location location = new Conf(folder).location("return 200 \"\u00c3\u00a9\u00ff\";");
        assertEquals("\u00c3\u00a9\u00ff", location.returns().text().source());
    }

    @Test
    void globalDirectivesComeFirst() throws ConfException {
        Conf conf = new Conf(folder);
        assertEquals(
                3, conf.load("", "worker_processes 3; daemon off;").process().workers());
        assertEquals("\"daemon\" directive is duplicate in x.conf:1", conf.refusal("daemon on;", "daemon off;"));
        conf.file("global.conf", "worker_processes 5;");
        assertEquals(5, conf.load("", "include global.conf;").process().workers());
    }
}
