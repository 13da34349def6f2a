package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pollux.posix.Processes;
import pollux.posix.Signals;

/** Workers that leave, because of QUIT, of WINCH, or of a reload that wants fewer: what becomes of whom they serve. */
final class LeavingTest {
    private static final String BLOCK = """
            server { listen 127.0.0.1:@port@; root www; keepalive_timeout 300s;
                location /cgi/ { cgi on; cgi_timeout 300s 300s; }
                location = /held { keepalive_min_timeout 200s; return 200 held; }
                location = /clock { keepalive_timeout 1500ms; return 200 tick; }
            }
            """;

    /** The signal to retire is for daemons. */
    private static final List<String> DAEMON = List.of("env", "_JAVA_OPTIONS=-Dpollux.daemon=true");

    private Site site;
    private ServerProcess server;

    @BeforeEach
    void make() {
        site = Site.create()
                .program("www/cgi/wait.sh", """
                        #!/bin/sh
                        echo $$ >../../run/begun
                        while ! [ -e ../../run/go ]; do sleep 0.01; done
                        printf 'Content-Type: text/plain\\n\\nwaited'
                        """)
                .program("www/cgi/hang.sh", """
                        #!/bin/sh
                        echo $$ >../../run/begun
                        trap '' TERM
                        while :; do sleep 600; done
                        """)
                .program("www/cgi/stay.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\n\\nanswered'
                        exec >&- 2>&-
                        echo $$ >../../run/begun
                        exec sleep 600
                        """);
    }

    @AfterEach
    void remove() {
        if (server != null) {
            server.close();
        }
        site.close();
    }

    private static String configuration(int workers, String more) {
        return "worker_processes " + workers + ";\n" + more + ServerProcess.http(BLOCK);
    }

    private void start(int workers, String more) {
        server = ServerProcess.startUnder(DAEMON, site, configuration(workers, more));
    }

    /** A client of a worker that is told to leave in this way. */
    private RawClient connect(String how) {
        return how.equals("fewer") ? LifeTest.connectToSecondWorker(server) : server.connect();
    }

    private void leave(String how, String more) {
        switch (how) {
            case "QUIT" -> server.signal(Signals.QUIT);
            case "WINCH" -> retire();
            default -> reload(1, more);
        }
    }

    /** Two workers have copies of the descriptor that listens, and give them back. */
    private void retire() {
        long before = sockets();
        server.signal(Signals.WINCH);
        Wait.until("retirement", () -> sockets() <= before - 2);
    }

    private long sockets() {
        return server.ownDescriptors().stream().filter("socket"::equals).count();
    }

    private void reload(int workers, String more) {
        site.file("run/error.log", "");
        server.configure(configuration(workers, more));
        server.signal(Signals.HUP);
        server.awaitError("reconfigured");
    }

    private int awaitProgram() {
        Wait.until("the program's start", () -> site.read("run/begun").endsWith("\n"));
        return Integer.parseInt(site.read("run/begun").strip());
    }

    private static boolean isGone(int pid) {
        return Processes.signal(pid, 0) < 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIT", "WINCH", "fewer"})
    void aProgramThatIsUnderWayEndsInItsAnswer(String how) {
        start(2, "");
        try (RawClient client = connect(how).send(get("/cgi/wait.sh"))) {
            int pid = awaitProgram();
            leave(how, "");
            site.file("run/go", "");
            Answer answer = client.read();
            assertEquals("waited close", answer.content() + " " + answer.field("Connection"));
            Wait.until("the program's end", () -> isGone(pid));
        }
    }

    /** What does not end is ended, with its process, and that one is reaped too. */
    @ParameterizedTest
    @CsvSource({"QUIT, /cgi/hang.sh", "WINCH, /cgi/hang.sh", "fewer, /cgi/hang.sh", "fewer, /cgi/stay.sh"})
    void nothingIsLeftBehindWorkerShutdownTimeout(String how, String path) {
        String bounded = "worker_shutdown_timeout 200ms;\n";
        start(2, bounded);
        try (RawClient client = connect(how).send(get(path))) {
            int pid = awaitProgram();
            leave(how, bounded);
            client.readToEnd();
            if (how.equals("WINCH")) {
                // It may take until the program is killed: cgi_timeout's, which is long here.
                server.signal(Signals.QUIT);
            }
            Wait.until("the end of " + pid, () -> isGone(pid));
        }
        if (how.equals("fewer")) {
            Wait.until(() -> "no child: " + server.children(), () -> server.children()
                    .isEmpty());
            assertEquals("held", server.ask(get("/held")).content());
        } else {
            assertEquals(0, server.awaitExit());
        }
    }

    /** There is nothing to go over to: what is bound anew, or started anew, would never be ended. */
    @Test
    void aReloadOfAServerThatEndsIsPassedOver() {
        start(1, "");
        try (RawClient client = server.connect().send(get("/cgi/wait.sh"))) {
            awaitProgram();
            server.signal(Signals.QUIT);
            awaitRefused();
            server.configure(configuration(3, ""));
            server.signal(Signals.HUP);
            // Signals have no order of their own: this one is known to have come when the log is there again.
            site.move("run/error.log", "run/error.old");
            server.signal(Signals.USR1);
            Wait.until("a new log", () -> site.has("run/error.log"));
            awaitRefused();
            site.file("run/go", "");
            assertEquals("waited", client.read().content());
        }
        assertEquals(0, server.awaitExit());
        assertFalse(site.read("run/error.old").contains("reconfigured"), site.read("run/error.old"));
    }

    private void awaitRefused() {
        Wait.until("the end of listening", () -> {
            try {
                server.connect().close();
                return false;
            } catch (java.io.UncheckedIOException refused) {
                return true;
            }
        });
    }

    /** What was set for the end of a worker that has retired is forgotten when it serves again. */
    @Test
    void whoComesBackInTimeKeepsItsClients() {
        String bounded = "worker_shutdown_timeout 1s;\n";
        start(2, bounded);
        try (RawClient idle = server.connect();
                RawClient program = server.connect().send(get("/cgi/wait.sh"))) {
            assertEquals(404, idle.ask(get("/none")).status());
            awaitProgram();
            retire();
            // Nobody accepts it before they come back.
            try (RawClient clock = server.connect().send(get("/clock"))) {
                reload(2, bounded);
                assertEquals("tick", clock.read().content());
                // That takes longer than the second which was left to the others.
                clock.assertEnded();
            }
            assertEquals(404, idle.ask(get("/none")).status());
            site.file("run/go", "");
            assertEquals("waited", program.read().content());
        }
    }

    /** {@code keepalive_min_timeout}: whoever was promised to be held is, by a worker that leaves or goes over. */
    @ParameterizedTest
    @ValueSource(strings = {"same", "fewer", "WINCH"})
    void whoWasPromisedTimeKeepsIt(String how) {
        start(2, "");
        try (RawClient client = connect(how);
                RawClient other = connect(how)) {
            assertEquals("held", client.ask(get("/held")).content());
            assertEquals(404, other.ask(get("/none")).status());
            if (how.equals("same")) {
                reload(2, "");
            } else {
                leave(how, "");
                other.assertEnded();
            }
            Answer answer = client.ask(get("/held"));
            String expected = how.equals("same") ? "keep-alive" : "close";
            assertEquals("held " + expected, answer.content() + " " + answer.field("Connection"));
        }
    }

    /** And for no longer than {@code worker_shutdown_timeout}. */
    @Test
    void thePromiseEndsWithWorkerShutdownTimeout() {
        start(2, "worker_shutdown_timeout 200ms;\n");
        try (RawClient client = server.connect()) {
            assertEquals("held", client.ask(get("/held")).content());
            server.signal(Signals.QUIT);
            client.assertEnded();
            assertEquals(0, server.awaitExit());
        }
        assertTrue(server.accessLog().contains("GET /held"));
    }
}
