package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** nginx's options: what they print, where, and the exit status. */
final class CommandLineTest {
    private static Site site;

    /** How a command ended. */
    private record Ended(int status, String out, String err) {}

    @BeforeAll
    static void make() {
        site = Site.create()
                .file("good.conf", "daemon off; pid run/none.pid; events {}\nhttp { include inc.conf; }\n")
                .file("inc.conf", "server { listen 127.0.0.1:1; }\n")
                .file("typo.conf", "events {}\nhttp {\n  server {\n    lisen 80;\n  }\n}\n")
                .file("nginx.conf", "events {}\nhttp { server { location / { proxy_pass http://h; } } }\n")
                .file("open.conf", "events {}\nhttp {\n");
    }

    @AfterAll
    static void remove() {
        site.close();
    }

    private static Ended run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        try {
            Process process = new ProcessBuilder(ServerProcess.command(all))
                    .directory(site.path().toFile())
                    .redirectOutput(site.path("run/out").toFile())
                    .redirectError(site.path("run/err").toFile())
                    .start();
            boolean ended = process.waitFor(Wait.LIMIT_MS, TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            assertTrue(ended, "still running: " + all);
            return new Ended(process.exitValue(), site.read("run/out"), site.read("run/err"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Ended runHere(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-p", site.path().toString()));
        all.addAll(List.of(arguments));
        return run(all.toArray(new String[0]));
    }

    @Test
    void version() {
        assertEquals(new Ended(0, "", "pollux version: pollux/0.1.0\n"), run("-v"));
        Ended details = run("-V");
        assertEquals(0, details.status());
        assertTrue(details.err().startsWith("pollux version: pollux/0.1.0\nrunning on: "), details.err());
        String last = details.err().lines().reduce((first, second) -> second).orElseThrow();
        List<String> words = List.of(last.split(" ", -1));
        assertEquals(List.of("configure", "arguments:"), words.subList(0, 2));
        assertTrue(words.subList(2, words.size()).stream().allMatch(word -> word.startsWith("--")), last);
        assertTrue(words.contains("--with-http_dav_module") && words.contains("--pid-path=logs/pollux.pid"), last);
    }

    @Test
    void reportSaysWhatIsThere() {
        String report = """
                SITE/nginx.conf:1: supported events
                SITE/nginx.conf:2: supported http
                SITE/nginx.conf:2: supported server
                SITE/nginx.conf:2: supported location
                SITE/nginx.conf:2: unsupported proxy_pass
                directives: 4 supported, 0 ignored, 1 unsupported
                """;
        assertEquals(new Ended(1, here(report), ""), runHere("-t", "--report", "-c", "nginx.conf"));
        Ended good = runHere("-t", "--report", "-c", "good.conf");
        assertEquals(0, good.status());
        assertTrue(good.out().endsWith("directives: 7 supported, 0 ignored, 0 unsupported\n"), good.out());
        Ended open = runHere("-t", "--report", "-c", "open.conf");
        assertEquals(1, open.status());
        assertEquals(here("pollux: [emerg] unexpected end of file, expecting \"}\" in SITE/open.conf:3\n"), open.err());
    }

    @Test
    void help() {
        Ended help = run("-h");
        assertEquals(0, help.status());
        assertTrue(help.err().contains("Usage: pollux [-?hvVtTq] [-s signal] [-p prefix]"), help.err());
        assertEquals(help, run("-?"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -x          | pollux: invalid option: "x"
            word        | pollux: invalid option: "word"
            -s          | pollux: option "-s" requires parameter
            -s fly      | pollux: invalid option: "-s fly"
            -c          | pollux: option "-c" requires file name
            -p          | pollux: option "-p" requires directory name
            """)
    void wrongOptions(String arguments, String message) {
        assertEquals(new Ended(1, "", message + "\n"), run(arguments.split(" ", -1)));
    }

    @Test
    void goodConfigurationIsTested() {
        String ok = """
                pollux: the configuration file SITE/good.conf syntax is ok
                pollux: configuration file SITE/good.conf test is successful
                """;
        assertEquals(new Ended(0, "", here(ok)), runHere("-t", "-c", "good.conf"));
        assertEquals(new Ended(0, "", ""), runHere("-tq", "-cgood.conf"));
        assertFalse(site.has("run/none.pid"));
    }

    @Test
    void configurationIsDumped() {
        String dump = """
                # configuration file SITE/good.conf:
                daemon off; pid run/none.pid; events {}
                http { include inc.conf; }

                # configuration file SITE/inc.conf:
                server { listen 127.0.0.1:1; }

                """;
        assertEquals(new Ended(0, here(dump), ""), runHere("-T", "-q", "-c", "good.conf"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            typo.conf    | pollux: [emerg] unknown directive "lisen" in SITE/typo.conf:4
            open.conf    | pollux: [emerg] unexpected end of file, expecting "}" in SITE/open.conf:3
            none.conf    | pollux: [emerg] open() "SITE/none.conf" failed (2: No such file or directory)
            """)
    void badConfigurationIsRefused(String file, String message) {
        Ended tested = runHere("-t", "-c", file);
        assertEquals(1, tested.status());
        assertEquals(here(message), tested.err().lines().findFirst().orElseThrow());
        String last = "pollux: configuration file SITE/" + file + " test failed";
        assertEquals(
                here(last),
                tested.err().lines().reduce((first, second) -> second).orElseThrow());
        Ended started = runHere("-c", file);
        assertEquals(1, started.status());
        assertEquals(here(message), started.err().lines().findFirst().orElseThrow());
    }

    @Test
    void refusalsHelp() {
        assertTrue(runHere("-c", "typo.conf").err().contains("\"listen\""));
        String foreign = runHere("-c", "nginx.conf").err();
        assertTrue(foreign.contains("proxy_pass") && foreign.contains("nginx"), foreign);
    }

    @Test
    void directivesOnTheCommandLine() {
        Ended bad = runHere("-t", "-c", "good.conf", "-g", "worker_processes none;");
        assertEquals(1, bad.status());
        assertTrue(bad.err().contains("in command line"), bad.err());
    }

    /** With {@code -t} as well, the version is told and the configuration tested, as nginx does. */
    @Test
    void versionBesideATest() {
        Ended both = runHere("-tqv", "-c", "typo.conf");
        assertEquals(1, both.status());
        assertTrue(both.err().startsWith("pollux version: pollux/0.1.0\npollux: [emerg] unknown"), both.err());
    }

    @Test
    void pidFileWithoutAPid() throws IOException {
        for (String text : List.of("", " abc\n", "-5", "12x\n")) {
            site.file("run/none.pid", text);
            String said = "pollux: [error] invalid PID number \"" + text.strip() + "\" in \"SITE/run/none.pid\"\n";
            assertEquals(new Ended(1, "", here(said)), runHere("-s", "stop", "-c", "good.conf"));
        }
        Files.delete(site.path("run/none.pid"));
    }

    @Test
    void signalToNobody() {
        Ended nobody = runHere("-s", "stop", "-c", "good.conf");
        String message = "pollux: [error] open() \"SITE/run/none.pid\" failed (2: No such file or directory)\n";
        assertEquals(new Ended(1, "", here(message)), nobody);
    }

    @Test
    void signalsByName() {
        try (Site own = Site.create();
                ServerProcess server = ServerProcess.start(own, ServerProcess.server("return 200 old;"))) {
            String prefix = own.path().toString();
            server.configure(ServerProcess.server("return 200 new;"));
            assertEquals(new Ended(0, "", ""), run("-p", prefix, "-c", "test.conf", "-s", "reload"));
            Wait.until(
                    "the new configuration",
                    () -> server.ask(Wire.get("/")).content().equals("new"));
            own.move("run/access.log", "run/old.log");
            assertEquals(new Ended(0, "", ""), run("-p", prefix, "-c", "test.conf", "-s", "reopen"));
            Wait.until("a new log", () -> own.has("run/access.log"));
            assertEquals(new Ended(0, "", ""), run("-p", prefix, "-c", "test.conf", "-s", "quit"));
            assertEquals(0, server.awaitExit());
        }
        try (Site own = Site.create();
                ServerProcess server = ServerProcess.start(own, ServerProcess.server(""))) {
            assertEquals(new Ended(0, "", ""), run("-p", own.path().toString(), "-ctest.conf", "-s", "stop"));
            assertEquals(0, server.awaitExit());
        }
    }

    @Test
    void addressInUseIsSaid() {
        try (Site own = Site.create();
                ServerProcess server = ServerProcess.start(own, ServerProcess.server(""))) {
            Ended second = run("-p", own.path().toString(), "-c", "test.conf");
            assertEquals(1, second.status());
            String message =
                    "pollux: [emerg] bind() to 127.0.0.1:" + server.port() + " failed (98: Address already in use)\n";
            assertEquals(message, second.err());
            assertEquals(204, server.ask(Wire.request("OPTIONS *")).status());
        }
    }

    private static String here(String text) {
        return text.replace("SITE", site.path().toString());
    }
}
