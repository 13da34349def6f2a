package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pollux.posix.Processes;
import pollux.posix.Signals;

/** USR2: a new program takes the sockets over, and there is a way back until the old one has gone. */
final class UpgradeTest {
    private static final String PID = "run/pollux.pid";
    private static final String OLD = "run/pollux.pid.oldbin";
    private static final int SIGKILL = 9;

    private Site site;
    private ServerProcess server;
    private int heir;

    @BeforeEach
    void make() {
        site = Site.create().program("www/cgi/wait.sh", """
                #!/bin/sh
                while ! [ -e ../../run/go ]; do sleep 0.01; done
                printf 'Content-Type: text/plain\n\nwaited'
                """);
    }

    @AfterEach
    void remove() {
        if (heir != 0 && !hasEnded(heir)) {
            Processes.signal(heir, Signals.TERM);
            Wait.until("the new program's end", () -> hasEnded(heir));
        }
        if (server != null) {
            server.close();
        }
        site.close();
    }

    /** Whether a process is gone, or waits only for somebody to ask how it ended. */
    private static boolean hasEnded(int pid) {
        String stat = Proc.read(pid, "stat");
        return stat.isEmpty() || stat.contains(") Z ");
    }

    private static String generation(String name, int workers) {
        return "worker_processes " + workers + ";\n" + ServerProcess.http("""
                server { listen 127.0.0.1:@port@; listen unix:@site@/run/s; root www; location = / { return 200 "%s"; }
                    location /cgi/ { cgi on; }
                    location = /up { upload_store run/store; }
                }
                """.formatted(name));
    }

    private void start(String configuration) {
        server = ServerProcess.start(site, configuration);
    }

    /** The configuration for the next program, and the signal that starts it. */
    private int upgrade(String configuration) {
        server.configure(configuration);
        server.signal(Signals.USR2);
        server.awaitError("the new program serves, process ");
        heir = Integer.parseInt(site.read(PID).strip());
        assertEquals(server.pid() + "\n", site.read(OLD));
        return heir;
    }

    private String askUnix() {
        try (RawClient client = RawClient.connect(site.path("run/s"))) {
            return client.ask(get("/")).content();
        }
    }

    private void awaitAnswers(String content) {
        Wait.until("\"" + content + "\" alone", () -> {
            for (int i = 0; i < 20; i++) {
                if (!server.ask(get("/")).content().equals(content)) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Whatever the numbers of workers before and behind it. */
    @ParameterizedTest
    @ValueSource(strings = {"1 1", "1 3", "3 1"})
    void noRequestFailsAcrossIt(String workers) throws Exception {
        int before = Integer.parseInt(workers.substring(0, 1));
        int behind = Integer.parseInt(workers.substring(2));
        start(generation("old", before));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger old = new AtomicInteger();
        AtomicInteger fresh = new AtomicInteger();
        List<AtOnce.Client> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(() -> {
                while (!over.get()) {
                    Answer answer = server.ask(get("/", "Connection: close"));
                    assertEquals(200, answer.status());
                    (answer.content().equals("old") ? old : fresh).incrementAndGet();
                }
            });
        }
        clients.add(() -> {
            while (!over.get()) {
                assertTrue(List.of("old", "new").contains(askUnix()));
            }
        });
        clients.add(() -> {
            try {
                Wait.until("answers of the old one", () -> old.get() >= 50);
                upgrade(generation("new", behind));
                Wait.until("answers of the new one", () -> fresh.get() >= 20);
                server.signal(Signals.QUIT);
                assertEquals(0, server.awaitExit());
                int then = fresh.get();
                Wait.until("more answers of the new one", () -> fresh.get() >= then + 50);
            } finally {
                over.set(true);
            }
        });
        AtOnce.run(clients);
        assertFalse(site.has(OLD));
        assertEquals(heir + "\n", site.read(PID));
        assertEquals("new", askUnix());
        assertFalse(site.read("run/error.log").contains("[emerg]"), site.read("run/error.log"));
        end(heir);
        assertFalse(site.has(PID));
        assertFalse(site.has("run/s"));
    }

    private void end(int pid) {
        assertEquals(0, Processes.signal(pid, Signals.TERM));
        Wait.until("the end of " + pid, () -> hasEnded(pid));
    }

    /** Programs and uploads that are under way belong to the old one, and end there. */
    @Test
    void whatIsUnderWayEndsWhereItBegan() {
        site.folder("run/store");
        start(generation("old", 1));
        try (RawClient program = server.connect();
                RawClient upload = server.connect()) {
            program.send(get("/cgi/wait.sh"));
            upload.send(Wire.request("POST /up", "Content-Length: 10") + "01234");
            Wait.until("the program's start", () -> server.children().size() == 1);
            upgrade(generation("new", 1));
            server.signal(Signals.QUIT);
            awaitAnswers("new");
            upload.send("56789");
            assertEquals(201, upload.read().status());
            site.file("run/go", "");
            assertEquals("waited", program.read().content());
            assertEquals(0, server.awaitExit());
        }
        assertEquals("0123456789", site.read("run/store/up"));
    }

    /** HUP to the old one, whose workers have retired, and QUIT to the new one. */
    @Test
    void theWayBack() {
        start(generation("old", 2));
        int first = upgrade(generation("new", 1));
        // The new one counts as a daemon, so the signal that lets workers retire is for it.
        assertEquals(0, Processes.signal(first, Signals.WINCH));
        awaitAnswers("old");
        assertEquals(0, Processes.signal(first, Signals.HUP));
        Wait.until(
                "the new one serves again", () -> server.ask(get("/")).content().equals("new"));
        assertEquals(0, Processes.signal(first, Signals.QUIT));
        server.awaitError("has ended with status 0; this one goes on");
        awaitAnswers("old");
        assertEquals("old", askUnix());
        assertEquals(server.pid() + "\n", site.read(PID));
        assertFalse(site.has(OLD));
        // And once more.
        site.file("run/error.log", "");
        int second = upgrade(generation("newer", 1));
        assertTrue(second != first);
        server.signal(Signals.QUIT);
        assertEquals(0, server.awaitExit());
        awaitAnswers("newer");
    }

    /** The old one retires, and the new one is killed: the old one serves again by itself. */
    @Test
    void whoHasRetiredComesBackWhenTheNewOneDies() {
        start(generation("old", 2));
        int middle = upgrade(generation("middle", 2));
        server.signal(Signals.QUIT);
        assertEquals(0, server.awaitExit());
        site.file("run/error.log", "");
        server.configure(generation("new", 1));
        assertEquals(0, Processes.signal(middle, Signals.USR2));
        server.awaitError("the new program serves, process ");
        int last = Integer.parseInt(site.read(PID).strip());
        assertEquals(middle + "\n", site.read(OLD));
        assertEquals(0, Processes.signal(middle, Signals.WINCH));
        awaitAnswers("new");
        assertEquals(0, Processes.signal(last, SIGKILL));
        awaitAnswers("middle");
        assertEquals("middle", askUnix());
        assertEquals(middle + "\n", site.read(PID));
        assertFalse(site.has(OLD));
        heir = middle;
    }

    @Test
    void aSecondSignalIsIgnoredUntilOneOfThemHasEnded() {
        start(generation("old", 1));
        server.configure(generation("new", 1));
        server.signal(Signals.USR2);
        server.signal(Signals.HUP);
        server.awaitError("the new program serves, process ");
        heir = Integer.parseInt(site.read(PID).strip());
        server.signal(Signals.USR2);
        server.awaitError("[crit] " + server.pid() + "#0: the signal to change the program is ignored");
        assertEquals(0, Processes.signal(heir, Signals.USR2));
        server.awaitError("[crit] " + heir + "#0: the signal to change the program is ignored");
        server.signal(Signals.HUP);
        server.awaitError("the configuration is not read again while a new program runs");
        assertEquals(200, server.ask(get("/")).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad", "taken"})
    void aNewProgramThatDoesNotStartLeavesTheOldOne(String how) {
        try (Site elsewhere = Site.create();
                ServerProcess other = ServerProcess.start(elsewhere, ServerProcess.server(""))) {
            start(generation("old", 2));
            String bad = how.equals("bad")
                    ? "lisen 80;\n"
                    : ServerProcess.http("server { listen 127.0.0.1:" + other.port() + "; }");
            server.configure(bad);
            List<String> open = server.descriptors();
            server.signal(Signals.USR2);
            server.awaitError("has ended with status 1; this one goes on");
            server.awaitError("the new program: pollux: [emerg] "
                    + (how.equals("bad") ? "unknown directive \"lisen\"" : "bind() to 127.0.0.1:" + other.port()));
            assertEquals(server.pid() + "\n", site.read(PID));
            assertFalse(site.has(OLD));
            assertEquals("old", server.ask(get("/")).content());
            assertEquals("old", askUnix());
            server.signal(Signals.USR2);
            Wait.until("another try", () -> site.read("run/error.log").split("this one goes on", -1).length == 3);
            Wait.until(() -> "the same descriptors, " + open + ": " + server.descriptors(), () -> server.descriptors()
                    .equals(open));
        }
    }

    /** The file that the pid file's other name would have is taken by a folder. */
    @Test
    void aPidFileThatCannotMoveKeepsTheProgram() {
        site.folder(OLD);
        start(generation("old", 1));
        server.signal(Signals.USR2);
        server.awaitError("[alert] " + server.pid() + "#0: rename() \"" + site.path(PID));
        assertEquals("old", server.ask(get("/")).content());
        assertEquals(server.pid() + "\n", site.read(PID));
    }

    @Test
    void whatIsNoLongerConfiguredIsLeftAndWhatIsNewIsOpened() {
        start(generation("old", 1));
        upgrade(ServerProcess.http("server { listen 127.0.0.1:@port2@; return 200 moved; }"));
        try (RawClient moved = RawClient.connect(server.port2())) {
            assertEquals("moved", moved.ask(get("/")).content());
        }
        assertEquals("old", server.ask(get("/")).content());
        server.signal(Signals.QUIT);
        assertEquals(0, server.awaitExit());
        assertFalse(site.has("run/s"));
    }

    /** A window that changes its size sends the signal to whatever runs in it. */
    @Test
    void aServerInATerminalDoesNotRetire() {
        start(generation("old", 1));
        server.signal(Signals.WINCH);
        server.signal(Signals.USR1);
        assertEquals("old", server.ask(get("/")).content());
    }
}
