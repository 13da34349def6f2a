package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pollux.posix.Processes;
import pollux.posix.Signals;

/** Hundreds of signals in a row, of one kind and mixed, while clients are busy. */
final class StormTest {
    private static final int SIGNALS = 400;

    private Site site;

    @BeforeEach
    void make() {
        site = Site.create().file("www/a.txt", "fine");
    }

    @AfterEach
    void remove() {
        site.close();
    }

    private static String configuration(int workers) {
        return "worker_processes " + workers + ";\n"
                + ServerProcess.http("server { listen 127.0.0.1:@port@; listen unix:@site@/run/s; root www; }");
    }

    /** What the server has open, but for a file that it may keep for a while. */
    private static List<String> open(ServerProcess server) {
        return server.ownDescriptors().stream()
                .filter(name -> !name.endsWith("/www/a.txt"))
                .toList();
    }

    /** The kinds, by turns; the last one ends the server. */
    @ParameterizedTest
    @ValueSource(strings = {"HUP", "USR1", "HUP USR1 WINCH"})
    void nothingIsLostAndNothingIsLeft(String kinds) throws Exception {
        try (ServerProcess server = ServerProcess.start(site, configuration(3))) {
            List<String> before = open(server);
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger answers = new AtomicInteger();
            List<AtOnce.Client> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                boolean stays = i == 0;
                clients.add(() -> {
                    RawClient client = server.connect();
                    while (!over.get()) {
                        Answer answer = client.ask(get("/a.txt"));
                        assertEquals("fine", answer.content());
                        answers.incrementAndGet();
                        // A worker that leaves says so with its last answer.
                        if (!stays || "close".equals(answer.field("Connection"))) {
                            client.close();
                            client = server.connect();
                        }
                    }
                    client.close();
                });
            }
            clients.add(() -> {
                try {
                    String[] names = kinds.split(" ", -1);
                    for (int i = 0; i < SIGNALS; i++) {
                        server.signal(number(names[i % names.length]));
                        if (i % 40 == 0) {
                            // A reload may have more workers, or fewer.
                            server.configure(configuration(1 + i / 40 % 3));
                            int then = answers.get();
                            Wait.until("answers in between", () -> answers.get() > then + 5);
                        }
                    }
                    server.configure(configuration(3));
                    server.signal(Signals.HUP);
                } finally {
                    over.set(true);
                }
            });
            AtOnce.run(clients);
            Wait.until(() -> "the descriptors of before, " + before + ": " + open(server), () -> open(server)
                    .equals(before));
            assertFalse(server.errorLog().contains("[emerg]"), server.errorLog());
        }
    }

    private static int number(String name) {
        return switch (name) {
            case "HUP" -> Signals.HUP;
            case "USR1" -> Signals.USR1;
            case "WINCH" -> Signals.WINCH;
            case "QUIT" -> Signals.QUIT;
            default -> Signals.TERM;
        };
    }

    /** However many are told, there is one end, and a clean one. */
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "QUIT", "HUP QUIT TERM", "USR1 QUIT"})
    void oneCleanEnd(String kinds) {
        try (ServerProcess server = ServerProcess.start(site, configuration(3))) {
            String[] names = kinds.split(" ", -1);
            for (int i = 0; i < SIGNALS; i++) {
                Processes.signal(server.pid(), number(names[i % names.length]));
            }
            assertEquals(0, server.awaitExit());
        }
        assertFalse(site.has("run/pollux.pid"));
        assertFalse(site.has("run/s"));
    }

    /** Whenever it comes: the process ends, and the next start is none the worse for it. */
    @Test
    void termDuringAStart() throws Exception {
        Random random = new Random(0x9011);
        try (ServerProcess first = ServerProcess.start(site, configuration(2))) {
            assertTrue(first.isAlive());
        }
        List<String> command = ServerProcess.command(List.of("-p", site.path().toString(), "-c", "test.conf"));
        for (int i = 0; i < 6; i++) {
            Process process = new ProcessBuilder(command)
                    .directory(site.path().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(site.path("run/out").toFile())
                    .start();
            long patience = 100L + random.nextInt(700);
            process.waitFor(patience, java.util.concurrent.TimeUnit.MILLISECONDS);
            process.destroy();
            Wait.until("the end of a start", () -> !process.isAlive());
            assertTrue(List.of(0, 143).contains(process.exitValue()), process.exitValue() + site.read("run/out"));
        }
        try (ServerProcess server = ServerProcess.start(site, configuration(2));
                RawClient client = RawClient.connect(site.path("run/s"))) {
            assertEquals("fine", client.ask(get("/a.txt")).content());
            assertTrue(server.isAlive());
        }
    }
}
