package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Unix sockets under several workers: one socket, listened on by each, and a file that lives as long as it is wanted. */
final class UnixSocketsTest {
    private static final String WORKERS = "worker_processes 3;\n";
    private static final int SIGHUP = 1;
    private static final int SIGTERM = 15;

    @Test
    void everyWorkerListensOnTheOneSocket() throws IOException {
        try (Site site = Site.create();
                ServerProcess server = start(site, "server { listen unix:run/a.sock; return 200 a; }")) {
            assertEquals("a", ask(site, "run/a.sock"));
            // The one that is copied, and a copy for each worker.
            assertEquals(4, mostDescriptorsOfOneSocket(server.pid()));
            assertEquals("rw-rw-rw-", permissions(site.path("run/a.sock")));
        }
    }

    @Test
    void fileGoesWhenTheConfigurationNamesItNoMore() {
        try (Site site = Site.create();
                ServerProcess server = start(
                        site,
                        "server { listen unix:run/a.sock; return 200 a; }"
                                + "server { listen unix:run/b.sock; return 200 b; }")) {
            server.configure(configuration("server { listen unix:run/b.sock; return 200 new; }"
                    + "server { listen unix:run/c.sock; return 200 c; }"));
            server.signal(SIGHUP);
            Wait.until(() -> "the old socket's file to go", () -> !site.has("run/a.sock"));
            Wait.until(
                    () -> "the new configuration", () -> ask(site, "run/b.sock").equals("new"));
            assertEquals("c", ask(site, "run/c.sock"));
            server.signal(SIGTERM);
            assertEquals(0, server.awaitExit());
            assertFalse(site.has("run/b.sock"));
            assertFalse(site.has("run/c.sock"));
        }
    }

    private static ServerProcess start(Site site, String blocks) {
        return ServerProcess.start(site, configuration(blocks));
    }

    private static String configuration(String blocks) {
        return WORKERS + ServerProcess.http("server { listen 127.0.0.1:@port@; return 200 tcp; }" + blocks);
    }

    private static String ask(Site site, String socket) {
        try (RawClient client = RawClient.connect(site.path(socket))) {
            return client.ask(Wire.get("/")).content();
        }
    }

    private static String permissions(Path file) throws IOException {
        return java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static int mostDescriptorsOfOneSocket(int pid) throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)) {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    counts.merge(target.startsWith("socket:") ? target : "other", 1, Integer::sum);
                }
            }
        }
        counts.remove("other");
        assertTrue(counts.size() > 1);
        return counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
