package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configurations that a reader meets first can be read, and say what the site needs. */
class ShippedConfigurationsTest {
    /** Maven runs tests in the module's folder. */
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static Config load(String file) throws ConfException {
        return ConfLoader.load(new ConfLoader.LoadRequest(ROOT.toString(), file, ""));
    }

    private static Location prefix(ServerBlock server, String pattern) {
        return server.locations().prefixes().stream()
                .filter(location -> location.pattern().equals(pattern))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conf/pollux.conf",
                "conf/examples/minimal.conf",
                "conf/examples/cgi.conf",
                "conf/examples/upload.conf",
                "conf/examples/vhosts.conf"
            })
    void loadsWithoutAWarning(String file) throws ConfException {
        Config config = load(file);
        assertEquals(List.of(), config.warnings());
        assertFalse(config.process().daemon());
        assertFalse(config.sockets().isEmpty());
    }

    @Test
    void demoSiteIsWhereItsPagesSay() throws ConfException {
        Config config = load("conf/pollux.conf");
        assertEquals(ROOT + "/run/pollux.pid", config.process().pid());
        assertEquals("127.0.0.1:8080", config.sockets().get(0).listen().text());
        ServerBlock server = config.servers().get(0);
        assertEquals(ROOT + "/www", server.root().files().root().path().source());
        assertTrue(prefix(server, "/files/").files().autoindex().enabled());
        assertEquals(
                "python3",
                prefix(server, "/cgi-bin/")
                        .cgi()
                        .assignFor("x.py")
                        .interpreter()
                        .get(0));
        assertTrue(prefix(server, "/cgi-bin/").session().enabled());
        Location upload = server.locations().exact().get("/upload");
        assertEquals(ROOT + "/run/uploads", upload.upload().store());
        assertEquals(1L << 30, upload.client().maxBodySize());
        Location uploads = prefix(server, "/uploads/");
        assertEquals(ROOT + "/run/uploads/", uploads.files().root().path().source());
        assertTrue(uploads.methods().opens("DELETE"));
        assertEquals(
                "/errors/404.html", server.root().errors().find(404).target().source());
        assertTrue(prefix(server, "/errors/").internal());
        assertEquals(301, server.locations().exact().get("/old").returns().code());
    }

    @Test
    void everyExtensionHasOneType() throws ConfException {
        MimeTypes types =
                load("conf/pollux.conf").servers().get(0).root().files().types();
        assertEquals("text/css", types.typeOf("/style.css"));
        assertEquals("text/javascript", types.typeOf("/upload.js"));
        assertEquals("image/svg+xml", types.typeOf("/favicon.svg"));
        assertTrue(types.byExtension().size() > 100);
    }
}
