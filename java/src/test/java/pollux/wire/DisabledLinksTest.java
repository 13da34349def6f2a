package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code disable_symlinks} and programs, which nginx has none of: what may not be read may not be run. */
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
                .link("www/cgi/way", "folder");
        server = ServerProcess.start(site, ServerProcess.server("""
                        server_name h;
                        location /cgi/ { cgi on; disable_symlinks on; }
                        location /followed/ { alias www/cgi/; cgi on; }
                        location /owned/ { alias www/cgi/; cgi on; disable_symlinks if_not_owner; }
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
}
