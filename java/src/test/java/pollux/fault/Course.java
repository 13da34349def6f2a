package pollux.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static pollux.wire.Wire.chunked;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.request;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import pollux.wire.CgiPrograms;
import pollux.wire.Site;

/** Every way to use a server, and the site that it needs. */
final class Course {
    private static final String CLOSE = "Connection: close";

    private static final int CONNECTIONS = 16;

    private final String events;
    private final String spawning;
    private final String large;
    private final String content;
    private final int output;

    /**
     * A course.
     *
     * @param events directives of the {@code events} block
     * @param size how large files and contents are: 1 is as small as makes sense where bytes go one by one
     */
    Course(String events, int size) {
        this.events = events;
        // One of either is enough of each.
        this.spawning = events.contains("poll;") && !events.contains("epoll") ? "fork" : "vfork";
        this.large = "0123456789abcdef".repeat(2_500 * size);
        this.content = "the content of a request, ".repeat(200 * size);
        this.output = 32_000 * size;
    }

    /** A site for {@link #configuration}, with nothing in its stores. */
    Site site() {
        Site site = Site.create().folder("run/store").folder("run/dav").folder("run/body");
        site.file("www/small.txt", "small\n").file("www/large.txt", large).file("www/index.html", "<p>index\n");
        site.file("www/404.html", "<p>nothing here\n");
        site.file("run/passwords", "who:{PLAIN}me\n");
        for (int i = 0; i < 5; i++) {
            site.file("www/list/f" + i + ".txt", "x".repeat(i));
        }
        site.file("much", "0123456789abcdef".repeat(output / 16));
        site.program("www/cgi/much.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'; exec cat ../../much");
        CgiPrograms.install(
                site,
                "www/cgi",
                "cat.sh",
                "exit.sh",
                "echo-length.sh",
                "nph-hello.sh",
                "session.sh",
                "local-redirect.sh",
                "stderr.sh");
        return site;
    }

    /** How the server makes children: {@code fork} goes along with {@code use poll}. */
    String spawning() {
        return spawning;
    }

    /** The configuration of a numbered generation, which {@code /generation} tells. */
    String configuration(int generation) {
        return configuration(generation, 1);
    }

    /** {@link #configuration(int)} for so many workers. */
    String configuration(int generation, int workers) {
        return """
                daemon off;
                worker_processes @workers@;
                pid run/pollux.pid;
                error_log run/error.log info;
                events { worker_connections @connections@; %s }
                http {
                    access_log run/access.log;
                    client_body_temp_path run/body;
                    types { text/plain txt; text/html html; }
                    open_file_cache off;
                    client_header_timeout 4s;
                    client_body_timeout 4s;
                    send_timeout 4s;
                    lingering_timeout 100ms;
                    lingering_time 4s;
                    sendfile on;
                    absolute_redirect off;
                    server {
                        listen 127.0.0.1:@port@;
                        root www;
                        error_page 404 /404.html;
                        location = /generation { return 200 "@generation@\n"; }
                        location /list/ { autoindex on; autoindex_format json; }
                        location /copied/ { alias www/; sendfile off; }
                        location /nolinks/ { alias @site@/www/; disable_symlinks on; }
                        location /private/ {
                            alias www/;
                            auth_basic who;
                            auth_basic_user_file run/passwords;
                        }
                        location /syslog/ { alias www/; access_log syslog:server=127.0.0.1:@port3@; }
                        location /dav/ {
                            alias run/dav/;
                            dav_methods PUT DELETE MKCOL COPY MOVE;
                            create_full_put_path on;
                        }
                        location /upload { allow_methods POST; upload_store run/store; }
                        location /cgi/ { cgi on; cgi_timeout 4s 1s; }
                        location /session/ { alias www/cgi/; cgi on; session on; cgi_timeout 4s 1s; }
                    }
                }
                """.formatted(events)
                .replace("@workers@", Integer.toString(workers))
                .replace("@connections@", Integer.toString(CONNECTIONS))
                .replace("@generation@", Integer.toString(generation));
    }

    /** Everything, in an order that does not matter. */
    List<Exchange> exchanges() {
        List<Exchange> all = new ArrayList<>(reading());
        all.addAll(new FileChanges(content).exchanges());
        all.addAll(programs());
        all.addAll(List.of(new Crowd(), new SignalExchanges.Reload(this), new SignalExchanges.Reopening()));
        return all;
    }

    private List<Exchange> reading() {
        return List.of(
                new HttpExchange("GET small", get("/small.txt", CLOSE), 200),
                new HttpExchange("GET large by sendfile", get("/large.txt", CLOSE), 200),
                new HttpExchange("GET large by copying", get("/copied/large.txt", CLOSE), 200),
                new HttpExchange("GET index", get("/", CLOSE), 200),
                new HttpExchange("GET without links", get("/nolinks/list/f4.txt", CLOSE), 200),
                new HttpExchange("GET range", get("/large.txt", "Range: bytes=5-" + large.length() / 2, CLOSE), 206),
                new HttpExchange(
                                "GET ranges",
                                get("/large.txt", "Range: bytes=0-9,700-" + large.length() / 3, CLOSE),
                                206)
                        .changing(),
                new HttpExchange("HEAD", request("HEAD /large.txt", CLOSE), 200),
                new HttpExchange("GET listing", get("/list/", CLOSE), 200),
                new HttpExchange("GET nothing", get("/nothing", CLOSE), 404),
                new HttpExchange(
                        "GET with password", get("/private/small.txt", "Authorization: Basic d2hvOm1l", CLOSE), 200),
                new HttpExchange(
                        "pipeline",
                        get("/small.txt") + get("/large.txt") + get("/nothing") + get("/small.txt", CLOSE),
                        200,
                        200,
                        404,
                        200));
    }

    private List<Exchange> programs() {
        return List.of(
                new HttpExchange("CGI", get("/cgi/exit.sh", CLOSE), 200),
                new HttpExchange("CGI with HTTP/1.0", "GET /cgi/much.sh HTTP/1.0\r\n\r\n", 200),
                new HttpExchange("CGI with much output", get("/cgi/much.sh", CLOSE), 200),
                new HttpExchange(
                        "CGI with content",
                        request("POST /cgi/cat.sh", "Content-Length: " + content.length(), CLOSE) + content,
                        200),
                new HttpExchange(
                        "CGI with chunks",
                        request("POST /cgi/echo-length.sh", "Transfer-Encoding: chunked", CLOSE) + chunked(content),
                        200),
                new HttpExchange("CGI that speaks HTTP", get("/cgi/nph-hello.sh", CLOSE), 299),
                new HttpExchange("CGI that complains", get("/cgi/stderr.sh", CLOSE), 200),
                new HttpExchange("CGI that redirects", get("/cgi/local-redirect.sh?/small.txt", CLOSE), 200),
                new HttpExchange("CGI with session", get("/session/session.sh", CLOSE), 200).changing());
    }

    /** A log that goes over the network: its socket comes with the first line, and goes with the configuration. */
    List<Exchange> syslog() {
        return List.of(new HttpExchange("GET logged by syslog", get("/syslog/small.txt", CLOSE), 200));
    }

    /** Workers come and go. */
    List<Exchange> workers() {
        SignalExchanges.Reload reload = new SignalExchanges.Reload(this);
        return List.of(
                new SignalExchanges.Hiring(reload),
                reload,
                new HttpExchange("GET small", get("/small.txt", CLOSE), 200));
    }

    /** A configuration of another generation; one object for each server, because it counts them. */
    Exchange reload() {
        return new SignalExchanges.Reload(this);
    }

    /** The program is exchanged, and then the new one is told to go. */
    List<Exchange> upgrades() {
        return List.of(new SignalExchanges.Upgrading(), new HttpExchange("GET small", get("/small.txt", CLOSE), 200));
    }

    /** More clients than there may be, who stay when they have their answers: those who are idle longest are given up. */
    private static final class Crowd implements Exchange {
        private static final int CLIENTS = CONNECTIONS + 3;

        @Override
        public String name() {
            return "more clients than connections";
        }

        @Override
        public int requests() {
            return CLIENTS;
        }

        private static int answered(FaultyServer server) {
            List<Socket> clients = new ArrayList<>();
            int answered = 0;
            try {
                for (int i = 0; i < CLIENTS; i++) {
                    clients.add(Reply.connect(server.process().port()));
                    boolean whole = Reply.isAnswered(clients.get(i), get("/small.txt"), "\r\n\r\nsmall\n");
                    answered += whole ? 1 : 0;
                }
            } finally {
                clients.forEach(Reply::close);
            }
            return answered;
        }

        @Override
        public void runWell(FaultyServer server) {
            assertEquals(CLIENTS, answered(server));
        }

        @Override
        public void runFaulty(FaultyServer server) {
            answered(server);
        }
    }
}
