package pollux.twin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import pollux.wire.RawClient;
import pollux.wire.ServerProcess;
import pollux.wire.Site;
import pollux.wire.Wait;

/**
 * nginx and Pollux side by side: both have the same site as their prefix and are given the same server blocks, in which
 * {@code @port@} is where each listens and {@code @name@} what each is called, for what they write.
 */
final class Twins implements AutoCloseable {
    static final String POLLUX_NAME = "pollux";
    private static final String NGINX_NAME = "nginx";

    private final Site site;
    private final ServerProcess pollux;
    private final NginxProcess nginx;
    private final Comparison.Names polluxNames;
    private final Comparison.Names nginxNames;

    private Twins(Site site, String blocks) {
        this.site = site;
        site.folder("dav/nginx").folder("dav/pollux");
        this.pollux = ServerProcess.start(site, configuration(blocks, POLLUX_NAME, ""));
        int port = freePort();
        this.nginx = startNginx(blocks, port);
        this.polluxNames = names(POLLUX_NAME, pollux.port());
        this.nginxNames = names(NGINX_NAME, port);
    }

    /**
     * Starts both.
     *
     * @param site their prefix, from now on the twins' own
     * @param blocks what stands in {@code http}
     */
    static Twins start(Site site, String blocks) {
        return new Twins(site, blocks);
    }

    private NginxProcess startNginx(String blocks, int port) {
        try {
            // nginx makes these folders when it starts, whether they are needed or not; Debian's lie where only root
            // may.
            String paths = """
                    proxy_temp_path run/proxy; fastcgi_temp_path run/fastcgi;
                    uwsgi_temp_path run/uwsgi; scgi_temp_path run/scgi;
                    """;
            String text = configuration(blocks, NGINX_NAME, paths).replace("@port@", Integer.toString(port));
            site.file("nginx.conf", text);
            return NginxProcess.start(site, "nginx.conf");
        } catch (AssertionError | RuntimeException failed) {
            pollux.close();
            throw failed;
        }
    }

    static String configuration(String blocks, String name, String more) {
        String text = """
                pid run/@name@.pid;
                error_log @errors@ info;
                events { worker_connections 128; }
                http {
                    client_body_temp_path run/@name@-body;
                    access_log run/@name@.access.log;
                """ + more + blocks + "\n}\n";
        boolean isPollux = name.equals(POLLUX_NAME);
        // In run/error.log the end of the server looks for bugs.
        text = text.replace("@errors@", isPollux ? "run/error.log" : "run/nginx.error.log");
        return (isPollux ? "daemon off;\n" + text : text).replace("@name@", name);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Comparison.Names names(String name, int port) {
        try (RawClient client = RawClient.connect(port)) {
            return new Comparison.Names(client.ask("GET / HTTP/1.0\r\n\r\n").field("Server"), name, port);
        }
    }

    /** Holds a row's dialogue with both, and fails when they differ otherwise than the row says. */
    void compare(Row row) {
        Dialogue.Outcome byNginx = Dialogue.hold(nginxNames.port(), row);
        Dialogue.Outcome byPollux = Dialogue.hold(pollux.port(), row);
        Comparison.check(row, new Comparison(nginxNames, polluxNames), byNginx, byPollux);
    }

    /** Where nginx listens, and Pollux. */
    List<Integer> ports() {
        return List.of(nginxNames.port(), polluxNames.port());
    }

    /** What each answers to a row of one request: the content of nginx's answer, then of Pollux's. */
    List<String> contents(Row row) {
        return List.of(content(nginxNames.port(), row), content(pollux.port(), row));
    }

    private static String content(int port, Row row) {
        return Dialogue.hold(port, row).answers().get(0).content();
    }

    /** The site that both serve. */
    Site site() {
        return site;
    }

    /** Waits until a log of each names what was asked for last; the lines of nginx's and Pollux's, generalised. */
    List<List<String>> logs(String file, String last) {
        return List.of(log("run/nginx." + file, last, nginxNames), log("run/pollux." + file, last, polluxNames));
    }

    private List<String> log(String file, String last, Comparison.Names names) {
        Wait.until(() -> last + " in " + file, () -> site.read(file).contains(last));
        return names.generalise(site.read(file))
                .replaceAll("\\[[^]]*\\]", "[time]")
                .lines()
                .toList();
    }

    @Override
    public void close() {
        try (site;
                nginx;
                pollux) {
            // All three end, whichever of them fails.
        }
    }
}
