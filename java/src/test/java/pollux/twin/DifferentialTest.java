package pollux.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import pollux.twin.Transcript.Reply;
import pollux.wire.ServerProcess;
import pollux.wire.Site;

/**
 * Thousands of random pipelines, valid and nearly valid, to Pollux and to a real nginx with the same configuration. Each
 * ends with a request that says so: both must answer the same requests, in the same way, or Pollux must have refused one and
 * ended the connection. What is allowed to differ is listed in {@link Latitude}.
 *
 * <p>{@code -Dpollux.differential.pipelines=100000 -Dpollux.differential.seed=7} makes another run, or a longer one.
 */
final class DifferentialTest {
    private static final int PIPELINES = Integer.getInteger("pollux.differential.pipelines", 3_000);
    private static final long SEED = Long.getLong("pollux.differential.seed", 1);

    private static final String MARKER = "GET /marker HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    private static final String SMUGGLED = "smuggled!";
    private static final String BLOCKS = """
            client_header_buffer_size 16k;
            large_client_header_buffers 4 16k;
            open_file_cache off; # files are taken away behind the servers' backs
            server {
                listen 127.0.0.1:@port@;
                root www;
                default_type text/plain;
                keepalive_requests 100000;
                location /echo/ { return 200 "$request_method $request_uri"; }
                location /put/ { dav_methods PUT DELETE; }
                location /smuggled { return 200 "smuggled!"; }
                location /marker { return 200 "marker"; }
            }
            """;

    private static Site polluxSite;
    private static Site nginxSite;
    private static ServerProcess pollux;
    private static NginxProcess nginx;
    private static int nginxPort;

    private final Map<Latitude, Integer> differences = new EnumMap<>(Latitude.class);

    @BeforeAll
    static void start() throws IOException {
        polluxSite = site();
        nginxSite = site();
        pollux = ServerProcess.start(polluxSite, ServerProcess.http(BLOCKS));
        try (ServerSocket free = new ServerSocket(0)) {
            nginxPort = free.getLocalPort();
        }
        nginxSite.file("nginx.conf", """
                pid run/nginx.pid;
                error_log run/error.log info;
                events { worker_connections 512; }
                http {
                    access_log off;
                    client_body_temp_path run/body;
                    types { text/plain txt; }
                """ + BLOCKS.replace("@port@", Integer.toString(nginxPort)) + "}\n");
        nginx = NginxProcess.start(nginxSite, "nginx.conf");
    }

    private static Site site() {
        return Site.create().file("www/file.txt", "file").folder("www/put");
    }

    @AfterAll
    static void stop() {
        nginx.close();
        pollux.close();
        nginxSite.close();
        polluxSite.close();
    }

    @Test
    void answersAsNginxOrRefuses() throws IOException {
        RandomRequests random = new RandomRequests(SEED);
        int replies = 0;
        for (int i = 0; i < PIPELINES; i++) {
            String pipeline = random.next() + MARKER;
            Transcript ours = Transcript.of(pollux.port(), pipeline);
            Transcript theirs = Transcript.of(nginxPort, pipeline);
            replies += ours.replies().size();
            String problem = compare(pipeline, ours.replies(), theirs.replies(), random.isValid());
            assertEquals("", problem, () -> "seed " + SEED + ", " + pipeline + "\n" + ours + "\n" + theirs);
            forgetWhatWasPut();
        }
        System.out.println("differential: seed " + SEED + ", " + PIPELINES + " pipelines, " + replies + " responses, "
                + differences);
        assertTrue(replies > PIPELINES, "too few responses to say anything: " + replies);
    }

    /** What is wrong, or nothing. */
    private String compare(String pipeline, List<Reply> ours, List<Reply> theirs, boolean valid) {
        if (valid && ours.stream().anyMatch(reply -> reply.content().equals(SMUGGLED))) {
            return "content was taken for a request";
        }
        boolean apart = false; // a PUT that only one of the two has refused shows in the answers behind it
        for (int i = 0; i < ours.size(); i++) {
            Reply our = ours.get(i);
            if (i == theirs.size()) {
                return "an answer that nginx does not give: " + our;
            }
            Reply their = theirs.get(i);
            if (our.equals(their) || (apart && our.closes() == their.closes())) {
                continue;
            }
            Latitude latitude = Latitude.of(pipeline, our, their, valid);
            if (latitude == null) {
                return "not " + their + " but " + our;
            }
            differences.merge(latitude, 1, Integer::sum);
            apart |= latitude == Latitude.EXPECTATION;
            if (our.closes() || their.closes()) {
                return afterTheEnd(ours.subList(i, ours.size()));
            }
        }
        if (ours.size() == theirs.size()) {
            return "";
        }
        Reply their = theirs.get(ours.size());
        boolean isMeant = Latitude.of(pipeline, Reply.NONE, their, valid) != null;
        return isMeant ? "" : "no answer where nginx has " + their;
    }

    /** From where one of the two refuses there is nothing to compare; but the last answer is the last one. */
    private static String afterTheEnd(List<Reply> ours) {
        boolean goesOn = ours.subList(0, ours.size() - 1).stream().anyMatch(Reply::closes);
        return goesOn ? "an answer behind the last one" : "";
    }

    /** A difference in one pipeline must not make another in the next. */
    private static void forgetWhatWasPut() throws IOException {
        for (Site site : List.of(polluxSite, nginxSite)) {
            site.folder("www/put");
            for (String name : site.names("www/put")) {
                Files.delete(site.path("www/put/" + name));
            }
        }
    }
}
