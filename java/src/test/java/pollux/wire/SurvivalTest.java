package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong in one request ends with that request, and what goes wrong in a loop never leaves half a server. */
final class SurvivalTest {
    private Site site;

    @BeforeEach
    void make() {
        site = Site.create().file("www/a.txt", "fine");
    }

    @AfterEach
    void remove() {
        site.close();
    }

    /**
     * A request whose text an expression has to look at.
     *
     * @param logged what the error log says of it, or {@code null}
     */
    private record Text(String path, String host, int status, String logged) {}

    /** Expressions that recurse, or go back and forth, for as long as a stranger's text makes them. */
    private static final List<Text> TEXTS = List.of(
            new Text("/1" + "ab".repeat(20), "h", 200, null),
            // the stack
            new Text("/1" + "ab".repeat(3900), "h", 500, "[error] PID#0: *N a regular expression gave up on \"/1abab"),
            // ways to match that double with each character
            new Text("/2" + "a".repeat(60), "h", 500, "[error] PID#0: *N a regular expression gave up on \"/2aaaa"),
            new Text("/2" + "a".repeat(60) + "x", "h", 200, null),
            // the name of the server
            new Text("/a.txt", "ab".repeat(20), 200, null),
            new Text(
                    "/a.txt", "ab".repeat(3900), 500, "[error] PID#0: *N a regular expression of server_name gave up"));

    @Test
    void hostileTextsForExpressions() {
        String blocks = """
                server { listen 127.0.0.1:@port@; server_name h; root www;
                    location ~ ^/1(a|b)*$ { return 200; }
                    location ~ ^/2((a|a)+)+x$ { return 200; }
                }
                server { listen 127.0.0.1:@port@; server_name ~^(a|b)*$; root www; }
                """;
        try (ServerProcess server = ServerProcess.start(site, ServerProcess.http(blocks))) {
            for (int i = 0; i < TEXTS.size(); i++) {
                Text text = TEXTS.get(i);
                Answer answer = server.ask("GET " + text.path() + " HTTP/1.1\r\nHost: " + text.host() + "\r\n\r\n");
                assertEquals(text.status(), answer.status(), text.path());
                assertFalse(answer.content().contains("java"), answer.content());
                if (text.logged() != null) {
                    server.awaitError(
                            text.logged().replace("PID", "" + server.pid()).replace("*N", "*" + (i + 1)));
                }
            }
        }
    }

    /** A file of passwords that does not fit into the heap. */
    @Test
    void outOfHeapInARequest() {
        String passwords = IntStream.range(0, 130_000).mapToObj(i -> i + ":x\n").collect(Collectors.joining());
        site.file("many", passwords);
        String locked = """
                server { listen 127.0.0.1:@port@; root www; location = /b.txt { auth_basic x; auth_basic_user_file many; } }
                """;
        List<String> small = List.of("env", "_JAVA_OPTIONS=-Xms10m -Xmx10m");
        ServerProcess server = ServerProcess.startUnder(small, site, ServerProcess.http(locked));
        try (RawClient other = server.connect()) {
            assertEquals("fine", other.ask(get("/a.txt")).content());
            for (int i = 0; i < 3; i++) {
                Answer answer = server.ask("GET /b.txt HTTP/1.1\r\nHost: h\r\nAuthorization: Basic MTp4\r\n\r\n");
                assertEquals(500, answer.status());
                assertFalse(answer.content().contains("java"), answer.content());
                assertEquals("fine", other.ask(get("/a.txt")).content());
            }
            server.awaitError("[alert] " + server.pid() + "#0: unexpected java.lang.OutOfMemoryError");
        } finally {
            server.kill();
        }
    }

    /** The wait itself fails for a while, by the hand of a tracer: clients notice nothing but the time. */
    @Test
    void turnsThatFail() {
        ServerProcess server = start("40..45", 1);
        try (RawClient client = server.connect()) {
            for (int i = 0; i < 60; i++) {
                assertEquals("fine", client.ask(get("/a.txt")).content());
            }
            assertTrue(server.errorLog().contains("waiting for descriptors failed (12: "), server.errorLog());
            assertFalse(server.errorLog().contains("could not go on"), server.errorLog());
        } finally {
            server.kill();
        }
    }

    /** A loop that is beyond help is replaced; who waits in the queue, or comes then, is served by the next one. */
    @Test
    void loopThatCannotGoOnIsReplaced() {
        ServerProcess server = start("40..90", 1);
        try {
            int answered = 0;
            for (int i = 0; i < 2_000 && answered < 60; i++) {
                answered += isAnswered(server) ? 1 : 0;
            }
            assertEquals(60, answered);
            server.awaitError(
                    "[alert] " + server.pid() + "#0: worker 0 could not go on; another one has taken its place");
        } finally {
            server.kill();
        }
    }

    /** Where nothing helps the server ends, and whoever watches over it can see that. */
    @Test
    void serverThatCannotGoOnEnds() {
        ServerProcess server = start("40+", 2);
        try {
            for (int i = 0;
                    i < 2_000 && server.isAlive() && !server.standardError().contains("[emerg]");
                    i++) {
                isAnswered(server);
            }
            assertEquals(1, server.awaitExit());
            assertTrue(
                    server.standardError()
                            .contains("cannot go on, the server ends: java.lang.IllegalStateException: waiting for "),
                    server.standardError());
            assertFalse(site.has("run/pollux.pid"));
        } finally {
            server.kill();
        }
    }

    private static boolean isAnswered(ServerProcess server) {
        try {
            return server.ask(get("/a.txt")).content().equals("fine");
        } catch (AssertionError | java.io.UncheckedIOException lost) {
            return false;
        }
    }

    /** A server whose threads cannot wait, from a number of a wait to another. */
    private ServerProcess start(String which, int workers) {
        List<String> tracer =
                new ArrayList<>(List.of("strace", "-D", "-f", "-qq", "--seccomp-bpf", "-e", "trace=poll"));
        tracer.addAll(List.of("-e", "inject=poll:error=ENOMEM:when=" + which, "-o", "/dev/null"));
        String configuration = "worker_processes " + workers + ";\n"
                + ServerProcess.server("").replace("events {", "events { use poll;");
        return ServerProcess.startUnder(tracer, site, configuration);
    }
}
