package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code disable_symlinks} where nginx has none: what may not be read may be neither run nor changed. */
final class DisabledLinksTest {
    private static final String PROGRAM = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nran'\n";

    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .program("www/cgi/real.sh", PROGRAM)
                .program("www/cgi/folder/in.sh", PROGRAM)
                .link("www/cgi/link.sh", "real.sh")
                .link("www/cgi/way", "folder")
                .file("outside/file", "outside")
                .file("outside/in/file", "outside")
                .file("dav/file", "inside")
                .link("dav/way", "../outside")
                .link("dav/to-file", "../outside/file")
                .link("dav/to-nothing", "../outside/new");
        server = ServerProcess.start(site, ServerProcess.server("""
                        server_name h;
                        location /cgi/ { cgi on; disable_symlinks on; }
                        location /followed/ { alias www/cgi/; cgi on; }
                        location /owned/ { alias www/cgi/; cgi on; disable_symlinks if_not_owner; }
                        location /dav/ {
                            alias dav/; disable_symlinks on; create_full_put_path on;
                            dav_methods PUT DELETE MKCOL COPY MOVE;
                        }
                        location /from/ {
                            alias dav/way/; disable_symlinks on from=@site@/dav/way;
                            dav_methods PUT DELETE MKCOL COPY MOVE;
                        }
                        location /read/ { alias www/cgi/; cgi_assign .sh /bin/sh; disable_symlinks on; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/cgi/real.sh, 200",
        "/cgi/real.sh/info, 200",
        "/cgi/folder/in.sh, 200",
        "/cgi/link.sh, 403",
        "/cgi/link.sh/info, 403",
        "/cgi/way/in.sh, 403",
        "/followed/link.sh, 200",
        "/followed/way/in.sh, 200",
        "/owned/link.sh, 200",
        "/owned/way/in.sh, 200",
        "/read/real.sh, 200",
        "/read/link.sh, 403",
        "/read/way/in.sh, 404",
    })
    void programsBehindLinksAreNotRun(String target, int status) {
        assertEquals(status, server.ask(Wire.get(target)).status());
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "PUT, /dav/way/new, , 404",
        "PUT, /dav/way/file, , 404",
        "PUT, /dav/way/x/y/new, , 404",
        "DELETE, /dav/way/file, , 404",
        "DELETE, /dav/way/in/, , 404",
        "DELETE, /dav/way/missing, , 404",
        "MKCOL, /dav/way/new/, , 404",
        "COPY, /dav/way/file, /dav/copy, 404",
        "COPY, /dav/to-file, /dav/copy, 403",
        "COPY, /dav/file, /dav/way/copy, 404",
        "COPY, /dav/way/in/, /dav/copy/, 404",
        "MOVE, /dav/way/file, /dav/moved, 404",
        "MOVE, /dav/file, /dav/way/moved, 404",
        "MOVE, /dav/file, /dav/way/x/y/moved, 404",
        "MOVE, /dav/way/in/, /dav/moved/, 404",
    })
    void nothingIsChangedByWayOfLinks(String method, String target, String destination, int status) {
        assertEquals(status, change(method, target, destination));
        assertEquals(List.of("file", "in"), site.names("outside"));
        assertEquals("outside", site.read("outside/file"));
        assertEquals(List.of("file", "to-file", "to-nothing", "way"), site.names("dav"));
    }

    private static int change(String method, String target, String destination) {
        String[] fields = destination == null
                ? new String[] {"Content-Length: 0", "Connection: close"}
                : new String[] {"Destination: " + destination, "Connection: close"};
        return server.ask(Wire.request(method + " " + target, fields)).status();
    }

    /** A link itself is replaced, moved and removed as any other name; where links are trusted, all is as without them. */
    @Test
    void theLinkItselfIsANameLikeOthers() {
        site.link("dav/own", "../outside/file");
        assertEquals(204, change("PUT", "/dav/own", null));
        assertEquals("", site.read("dav/own"));
        site.link("dav/gone", "../outside/file");
        assertEquals(204, change("MOVE", "/dav/gone", "/dav/own"));
        assertEquals(204, change("DELETE", "/dav/own", null));
        assertEquals(201, change("MKCOL", "/from/made/", null));
        assertEquals(201, change("PUT", "/from/made/x", null));
        assertEquals(204, change("COPY", "/from/made/x", "/from/made/y"));
        assertEquals(204, change("DELETE", "/from/made/", null));
        assertEquals(List.of("file", "in"), site.names("outside"));
        assertEquals("outside", site.read("outside/file"));
    }
}
