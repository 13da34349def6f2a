package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pollux.posix.Processes;

/**
 * {@code -t} opens no port and no log, writes no pid file, makes no folder and changes no owner: it works for somebody who
 * may do none of that. The superuser is made such a somebody by taking all privileges away.
 */
final class TestTouchesNothingTest {
    private static final String CONFIGURATION = """
            user daemon;
            worker_processes 4;
            pid run/pollux.pid;
            error_log logs/error.log info;
            events {}
            http {
                access_log logs/access.log;
                client_body_temp_path body 1 2;
                server {
                    listen 1;
                    listen unix:@site@/socket;
                    location /up { upload_store stored; session on; session_store file:sessions; }
                }
            }
            """;

    @Test
    void ordinaryUserMayTest() throws IOException, InterruptedException {
        try (Site site = Site.create()) {
            site.file("test.conf", CONFIGURATION.replace("@site@", site.path().toString()));
            site.permissions("run", "r-xr-xr-x").permissions(".", "r-xr-xr-x");
            List<String> before = site.names(".");
            List<String> command = new ArrayList<>();
            if (Processes.isRoot()) {
                command.addAll(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
            }
            command.addAll(ServerProcess.command(List.of("-p", site.path().toString(), "-c", "test.conf", "-t")));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            int status = process.waitFor();
            site.permissions(".", "rwxr-xr-x").permissions("run", "rwxr-xr-x");
            String file = site.path("test.conf").toString();
            String ok = "pollux: the configuration file " + file + " syntax is ok\npollux: configuration file " + file
                    + " test is successful\n";
            assertEquals(ok + 0, output + status);
            assertEquals(before, site.names("."));
            assertEquals(List.of(), site.names("run"));
        }
    }
}
