package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which file is run for which path, and how, on a real tree of files. */
class CgiHandlerTest {
    private static final String CONFIGURATION = """
            root www;
            location /cgi/ { cgi on; }
            location /shell/ { cgi on; cgi_interpreter sh-fake -eu; root other; }
            location /mixed/ { cgi on; cgi_interpreter sh-fake; cgi_assign .php php-fake -q; cgi_assign .bin; }
            location /site/ { cgi_assign .php php-fake; cgi_assign .cgi; }
            location /aliased/ { alias www/cgi/; cgi on; }
            location /app { alias www/cgi/run.sh; cgi on; }
            location /elsewhere/ { alias www/cgi/; cgi on; cgi_working_dir work; }
            location /gone/ { alias www/cgi/; cgi on; cgi_interpreter no-such-interpreter; }
            location /dead/ { alias www/cgi/; cgi on; cgi_interpreter bin/dead; }
            location /bound/ { alias www/cgi/; cgi on; cgi_interpreter bin/php-fake; }
            location /quiet/ { cgi on; log_not_found off; }
            location ~ ^/r/(\\w+)(/.*)?$ { alias www/cgi/$1.sh$2; cgi on; }
            location /plain/ { }
            """;

    @TempDir
    Path folder;

    private Requests requests;
    private Requests.Exchange exchange;
    private CgiHandler handler;

    @BeforeEach
    void makeTree() throws IOException {
        folder = folder.toRealPath();
        for (String program :
                List.of("www/cgi/run.sh", "www/cgi/nph-run.sh", "www/cgi/sub/run.sh", "www/site/run.cgi")) {
            file(program, "rwxr-xr-x");
        }
        for (String plain : List.of(
                "www/cgi/not.sh",
                "other/shell/plain.sh",
                "www/site/x.php",
                "www/site/nph-x.php",
                "www/site/plain.txt",
                "www/site/not.cgi",
                "www/site/dir.php/y.php",
                "www/mixed/x.php",
                "www/mixed/x.bin",
                "www/mixed/x.sh",
                "www/plain/run.sh",
                "bin/dead")) {
            file(plain, "rw-r--r--");
        }
        file("bin/php-fake", "rwxr-xr-x");
        file("bin/sh-fake", "rwxr-xr-x");
        Files.createSymbolicLink(folder.resolve("www/cgi/link.sh"), Path.of("run.sh"));
        Files.createSymbolicLink(folder.resolve("www/cgi/loop.sh"), Path.of("loop.sh"));
        Files.createSymbolicLink(folder.resolve("www/cgi/dangling.sh"), Path.of("nowhere"));
        requests = Requests.server(folder, CONFIGURATION);
        handler = new CgiHandler(new SearchPath(folder.resolve("bin") + "::relative:/nowhere"));
    }

    private void file(String name, String permissions) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private int resolve(String target) {
        exchange = requests.get(target);
        return handler.resolve(exchange.request);
    }

    /** A program as one line, paths inside the folder without it. */
    private String described(CgiProgram program) {
        String text = String.join(" ", program.arguments())
                + " in " + program.workingDirectory()
                + " as " + program.scriptName()
                + " +" + (program.pathInfo().isEmpty() ? "" : " " + program.pathInfo())
                + (program.nonParsed() ? " nph" : "");
        assertEquals(program.file(), program.arguments().get(0));
        return text.replace(folder + "/", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /cgi/run.sh            | www/cgi/run.sh in www/cgi as /cgi/run.sh +
                    /cgi/run.sh?a=b        | www/cgi/run.sh in www/cgi as /cgi/run.sh +
                    /cgi/run.sh?option     | www/cgi/run.sh in www/cgi as /cgi/run.sh +
                    /cgi/run.sh/           | www/cgi/run.sh in www/cgi as /cgi/run.sh + /
                    /cgi/run.sh/a/b.sh     | www/cgi/run.sh in www/cgi as /cgi/run.sh + /a/b.sh
                    /cgi/run.sh%2fa%20b    | www/cgi/run.sh in www/cgi as /cgi/run.sh + /a b
                    /cgi/sub/run.sh/a      | www/cgi/sub/run.sh in www/cgi/sub as /cgi/sub/run.sh + /a
                    /cgi/link.sh/a         | www/cgi/link.sh in www/cgi as /cgi/link.sh + /a
                    /cgi/nph-run.sh        | www/cgi/nph-run.sh in www/cgi as /cgi/nph-run.sh + nph
                    /shell/plain.sh/a      | bin/sh-fake -eu other/shell/plain.sh in other/shell as /shell/plain.sh + /a
                    /mixed/x.php           | bin/php-fake -q www/mixed/x.php in www/mixed as /mixed/x.php +
                    /mixed/x.sh            | bin/sh-fake www/mixed/x.sh in www/mixed as /mixed/x.sh +
                    /site/x.php            | bin/php-fake www/site/x.php in www/site as /site/x.php +
                    /site/x.php/a/b        | bin/php-fake www/site/x.php in www/site as /site/x.php + /a/b
                    /site/x.php/y.php      | bin/php-fake www/site/x.php in www/site as /site/x.php + /y.php
                    /site/dir.php/y.php/z  | bin/php-fake www/site/dir.php/y.php in www/site/dir.php as /site/dir.php/y.php + /z
                    /site/nph-x.php        | bin/php-fake www/site/nph-x.php in www/site as /site/nph-x.php + nph
                    /site/run.cgi          | www/site/run.cgi in www/site as /site/run.cgi +
                    /aliased/run.sh/a      | www/cgi/run.sh in www/cgi as /aliased/run.sh + /a
                    /app                   | www/cgi/run.sh in www/cgi as /app +
                    /app/a/b               | www/cgi/run.sh in www/cgi as /app + /a/b
                    /elsewhere/run.sh      | www/cgi/run.sh in work as /elsewhere/run.sh +
                    /bound/not.sh          | bin/php-fake www/cgi/not.sh in www/cgi as /bound/not.sh +
                    /r/run                 | www/cgi/run.sh in www/cgi as /r/run +
                    /r/run/a/b             | www/cgi/run.sh in www/cgi as /r/run + /a/b
                    """)
    void findsTheProgram(String target, String expected) {
        assertEquals(0, resolve(target), exchange.log::toString);
        assertEquals(expected, described(handler.program()));
        assertEquals(List.of(), exchange.log);
    }

    @ParameterizedTest
    @CsvSource({
        "/cgi/", // the index is the static handler's
        "/cgi/sub", // and so is the missing slash
        "/cgi/sub/",
        "/site/",
        "/site/plain.txt",
        "/site/missing.txt",
        "/site/dir.php/",
        "/site/x.phpx",
        "/plain/run.sh",
    })
    void leavesWhatIsNoProgram(String target) {
        assertEquals(Handler.DECLINED, resolve(target));
        assertNull(handler.program());
        assertEquals(List.of(), exchange.log);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /cgi/missing.sh      | 404 | error: open() "www/cgi/missing.sh" failed (2: No such file or directory)
                    /cgi/missing/a.sh    | 404 | error: open() "www/cgi/missing" failed (2: No such file or directory)
                    /cgi/dangling.sh     | 404 | error: open() "www/cgi/dangling.sh" failed (2: No such file or directory)
                    /quiet/missing.sh    | 404 |
                    /site/missing.php/a  | 404 | error: open() "www/site/missing.php" failed (2: No such file or directory)
                    /site/plain.txt/a.php| 404 | error: open() "www/site/plain.txt/a.php" failed (20: Not a directory)
                    /cgi/not.sh          | 403 | error: "www/cgi/not.sh" may not be executed (13: Permission denied)
                    /site/not.cgi/a      | 403 | error: "www/site/not.cgi" may not be executed (13: Permission denied)
                    /mixed/x.bin         | 403 | error: "www/mixed/x.bin" may not be executed (13: Permission denied)
                    /gone/run.sh         | 500 | crit: CGI interpreter "no-such-interpreter" was not found in PATH
                    /dead/run.sh         | 500 | crit: CGI interpreter "bin/dead" may not be executed (13: Permission denied)
                    """)
    void refusesWhatCannotBeRun(String target, int status, String line) {
        assertEquals(status, resolve(target));
        assertNull(handler.program());
        List<String> expected = line == null ? List.of() : List.of(line);
        assertEquals(
                expected,
                exchange.log.stream()
                        .map(entry -> entry.replace(folder + "/", ""))
                        .toList());
    }

    @Test
    void forbidsALoopOfLinks() {
        assertEquals(403, resolve("/cgi/loop.sh"));
    }

    @Test
    void callsADeviceNoFile() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("www/cgi/null.sh"), Path.of("/dev/null"));
        assertEquals(404, resolve("/cgi/null.sh"));
        assertEquals(List.of("crit: \"" + folder + "/www/cgi/null.sh\" is not a regular file"), exchange.log);
        Files.delete(link);
    }

    @Test
    void refusesANameThatIsTooLong() {
        assertEquals(404, resolve("/cgi/" + "x".repeat(5000)));
    }

    @Test
    void findsAnInterpreterThatWasInstalledLater() throws IOException {
        assertEquals(500, resolve("/gone/run.sh"));
        file("bin/no-such-interpreter", "rwxr-xr-x");
        assertEquals(0, resolve("/gone/run.sh"));
        assertEquals(folder + "/bin/no-such-interpreter", handler.program().file());
    }

    @Test
    void namesFilesAbsolutelyWhereTheConfigurationDoesNot() throws IOException {
        Path relative = Path.of("").toRealPath().relativize(folder);
        requests = Requests.server(relative, CONFIGURATION);
        for (String target : List.of("/cgi/run.sh", "/elsewhere/run.sh", "/bound/run.sh")) {
            assertEquals(0, resolve(target));
            CgiProgram program = handler.program();
            String script = program.arguments().get(program.arguments().size() - 1);
            assertEquals(folder.resolve("www/cgi/run.sh"), absolute(script));
            assertEquals(
                    folder.resolve(target.startsWith("/else") ? "work" : "www/cgi"),
                    absolute(program.workingDirectory()));
            assertTrue(program.environment().list().contains("SCRIPT_FILENAME=" + script));
        }
        assertEquals(folder.resolve("bin/php-fake"), absolute(handler.program().file()));
    }

    private static Path absolute(String path) {
        assertTrue(path.startsWith("/"), path);
        return Path.of(path).normalize();
    }

    @Test
    void forgetsTheLastProgram() {
        assertEquals(0, resolve("/cgi/run.sh"));
        assertEquals(404, resolve("/cgi/missing.sh"));
        assertNull(handler.program());
    }

    @Test
    void addsALengthThatWasCountedLater() {
        assertEquals(0, resolve("/cgi/run.sh"));
        CgiProgram counted = handler.program().withContentLength(5).withContentLength(1L << 40);
        assertEquals(
                List.of("CONTENT_LENGTH=1099511627776"),
                counted.environment().list().stream()
                        .filter(variable -> variable.startsWith("CONTENT_LENGTH"))
                        .toList());
        assertEquals(
                handler.program().environment().list().size() + 1,
                counted.environment().list().size());
    }
}
