package pollux.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.chunked;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.request;

import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import pollux.fault.HttpExchange.Check;
import pollux.fault.HttpExchange.Claim;
import pollux.posix.Processes;
import pollux.posix.Signals;
import pollux.wire.CgiPrograms;
import pollux.wire.Site;

/** Every way to use a server, and the site that it needs. */
final class Course {
    private static final String CLOSE = "Connection: close";
    private static final String OLD = "what was there before\n";

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

    private String configuration(int generation, int workers) {
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
                    lingering_timeout 1s;
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
                        200),
                put("PUT new", "/dav/new", "Content-Length: " + content.length(), content, 201)
                        .before(remove("run/dav/new"))
                        .after(stored("run/dav/new", content, "")),
                put("PUT into new folders", "/dav/a/b/new", "Content-Length: 5", "short", 201)
                        .before(remove("run/dav/a/b/new", "run/dav/a/b", "run/dav/a"))
                        .after(stored("run/dav/a/b/new", "short", "")),
                put("PUT over", "/dav/over", "Transfer-Encoding: chunked", chunked(content), 204)
                        .before(site -> site.file("run/dav/over", OLD))
                        .after(stored("run/dav/over", content, OLD)),
                new HttpExchange("DELETE", request("DELETE /dav/gone", CLOSE), 204)
                        .before(site -> site.file("run/dav/gone", OLD))
                        .after((site, claim) -> assertFalse(claim == Claim.DONE && site.has("run/dav/gone"))),
                new HttpExchange("DELETE folder", request("DELETE /dav/full/", CLOSE), 204)
                        .before(site -> site.file("run/dav/full/one", OLD).file("run/dav/full/in/two", OLD))
                        .after((site, claim) -> assertFalse(claim == Claim.DONE && site.has("run/dav/full"))),
                new HttpExchange("MKCOL", request("MKCOL /dav/made/", CLOSE), 201)
                        .before(remove("run/dav/made"))
                        .after((site, claim) -> assertTrue(claim != Claim.DONE || site.has("run/dav/made"))),
                copy(),
                move(),
                moveOver(),
                upload(),
                form(),
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
                new HttpExchange("CGI with session", get("/session/session.sh", CLOSE), 200).changing(),
                new Crowd(),
                new Reload(this),
                new Reopening());
    }

    /** A log that goes over the network: its socket comes with the first line, and goes with the configuration. */
    List<Exchange> syslog() {
        return List.of(new HttpExchange("GET logged by syslog", get("/syslog/small.txt", CLOSE), 200));
    }

    /** Workers come and go. */
    List<Exchange> workers() {
        Reload reload = new Reload(this);
        return List.of(new Hiring(reload), reload, new HttpExchange("GET small", get("/small.txt", CLOSE), 200));
    }

    /** A configuration of another generation; one object for each server, because it counts them. */
    Exchange reload() {
        return new Reload(this);
    }

    /** The program is exchanged, and then the new one is told to go. */
    List<Exchange> upgrades() {
        return List.of(new Upgrading(), new HttpExchange("GET small", get("/small.txt", CLOSE), 200));
    }

    private static HttpExchange put(String name, String path, String framing, String content, int status) {
        return new HttpExchange(name, request("PUT " + path, framing, CLOSE) + content, status);
    }

    /** Removes files and empty folders, as far as they are there. */
    private static Consumer<Site> remove(String... names) {
        return site -> {
            for (String name : names) {
                site.path(name).toFile().delete();
            }
        };
    }

    /** A file is new when that was claimed, and else new or as it was before: never anything between. */
    private static Check stored(String name, String fresh, String old) {
        return (site, claim) -> {
            String found = site.read(name);
            boolean isGood = found.equals(fresh) || (claim != Claim.DONE && found.equals(old));
            assertTrue(isGood, () -> name + " has " + found.length() + " bytes: " + claim);
        };
    }

    private HttpExchange copy() {
        return new HttpExchange("COPY folder", request("COPY /dav/from/", "Destination: http://h/dav/to/", CLOSE), 201)
                .before(site -> {
                    removeTree(site, "run/dav/to");
                    site.file("run/dav/from/one", OLD).file("run/dav/from/in/two", content);
                })
                .after((site, claim) -> {
                    assertTrue(claim != Claim.DONE || isTree(site, "run/dav/to"), "a copy is not whole");
                    assertTrue(!site.has("run/dav/to") || isTree(site, "run/dav/to"), "half a copy");
                    assertTrue(isTree(site, "run/dav/from"), "the source was lost");
                });
    }

    private HttpExchange move() {
        return new HttpExchange(
                        "MOVE folder", request("MOVE /dav/here/", "Destination: http://h/dav/there/", CLOSE), 201)
                .before(site -> {
                    removeTree(site, "run/dav/there");
                    site.file("run/dav/here/one", OLD).file("run/dav/here/in/two", content);
                })
                .after((site, claim) -> {
                    boolean isThere = isTree(site, "run/dav/there");
                    assertTrue(claim == Claim.DONE ? isThere : isThere || isTree(site, "run/dav/here"), "lost");
                });
    }

    private HttpExchange moveOver() {
        return new HttpExchange("MOVE over", request("MOVE /dav/file", "Destination: /dav/target", CLOSE), 204)
                .before(site -> site.file("run/dav/file", content).file("run/dav/target", OLD))
                .after((site, claim) -> {
                    String target = site.read("run/dav/target");
                    boolean isMoved = target.equals(content) && !site.has("run/dav/file");
                    boolean isAsBefore =
                            target.equals(OLD) && site.read("run/dav/file").equals(content);
                    assertTrue(isMoved || (claim != Claim.DONE && isAsBefore), () -> "neither moved nor not: " + claim);
                });
    }

    private boolean isTree(Site site, String folder) {
        return site.read(folder + "/one").equals(OLD)
                && site.read(folder + "/in/two").equals(content);
    }

    private static void removeTree(Site site, String folder) {
        for (String name : List.of("/one", "/in/two", "/in", "")) {
            site.path(folder + name).toFile().delete();
        }
    }

    private HttpExchange upload() {
        return new HttpExchange(
                        "upload",
                        request("POST /upload/plain", "Content-Length: " + content.length(), CLOSE) + content,
                        201)
                .before(remove("run/store/plain"))
                .after(stored("run/store/plain", content, ""));
    }

    private HttpExchange form() {
        String body = part("one", OLD) + part("two", content) + "--x--\r\n";
        String head = request(
                "POST /upload",
                "Content-Type: multipart/form-data; boundary=x",
                "Content-Length: " + body.length(),
                CLOSE);
        return new HttpExchange("form", head + body, 201)
                .before(remove("run/store/one", "run/store/two"))
                .after((site, claim) -> {
                    stored("run/store/one", OLD, "").look(site, claim);
                    stored("run/store/two", content, "").look(site, claim);
                    assertTrue(
                            claim == Claim.UNKNOWN || site.has("run/store/one") == site.has("run/store/two"),
                            "half a form is stored");
                });
    }

    private static String part(String name, String content) {
        return "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" + name + "\"\r\n\r\n" + content
                + "\r\n";
    }

    /** HUP: afterwards another configuration holds. A signal that got lost may be sent again. */
    static final class Reload implements Exchange {
        private final Course course;
        private int generation = 1;

        /** A later one than those before this. */
        private int effective = 1;

        Reload(Course course) {
            this.course = course;
        }

        @Override
        public String name() {
            return "reload";
        }

        @Override
        public int requests() {
            return 1;
        }

        private List<Reply> ask(FaultyServer server) {
            return Reply.ask(server.process().port(), get("/generation", CLOSE), List.of(false));
        }

        private void begin(FaultyServer server, int workers) {
            generation++;
            server.process().configure(course.configuration(generation, workers));
            server.process().signal(Signals.HUP);
        }

        @Override
        public void runWell(FaultyServer server) {
            runWell(server, 1);
        }

        private void runWell(FaultyServer server, int workers) {
            begin(server, workers);
            String expected = generation + "\n";
            Patience.until("generation " + expected, server, () -> {
                List<Reply> replies = ask(server);
                assertEquals(List.of(200), replies.stream().map(Reply::status).toList());
                effective = generation;
                return replies.get(0).content().equals(expected);
            });
        }

        @Override
        public void runFaulty(FaultyServer server) {
            begin(server, 1);
            // Whether it was heard shows when there is a fault no more.
            for (Reply reply : ask(server)) {
                String content = reply.content();
                if (reply.whole() && !reply.isRefusal()) {
                    int found = Integer.parseInt(content.strip());
                    assertTrue(found >= effective && found <= generation, () -> effective + ": " + reply);
                    effective = found;
                }
            }
        }
    }

    /**
     * USR2, and QUIT for the new program when there is one that serves. It is a child: whoever has asked for something behind
     * the signal, and sees none, knows that there will be none.
     */
    private static final class Upgrading implements Exchange {
        private static final String PID = "run/pollux.pid";

        @Override
        public String name() {
            return "upgrade";
        }

        @Override
        public int requests() {
            return 1;
        }

        /** What the file says; nothing while it is given another name. */
        private static String pid(FaultyServer server) {
            try {
                return server.site().read(PID).strip();
            } catch (UncheckedIOException moved) {
                return "";
            }
        }

        private static int heir(FaultyServer server) {
            String pid = pid(server);
            return pid.isEmpty() || pid.equals("" + server.process().pid()) ? 0 : Integer.parseInt(pid);
        }

        private static void ask(FaultyServer server) {
            Reply.ask(server.process().port(), get("/small.txt", CLOSE), List.of(false));
        }

        @Override
        public void runWell(FaultyServer server) {
            server.process().signal(Signals.USR2);
            Patience.until("the new program", server, () -> heir(server) != 0);
            end(server);
        }

        @Override
        public void runFaulty(FaultyServer server) {
            server.process().signal(Signals.USR2);
            ask(server);
            Patience.until(
                    "a new program, or its end",
                    server,
                    () -> heir(server) != 0 || server.process().children().isEmpty());
            end(server);
        }

        /** As it was before; the new one may be there, or not. */
        private static void end(FaultyServer server) {
            if (heir(server) != 0) {
                Processes.signal(heir(server), Signals.QUIT);
            }
            Patience.until("the old program alone", server, () -> {
                boolean isAlone = pid(server).equals("" + server.process().pid());
                return isAlone
                        && !server.site().has(PID + ".oldbin")
                        && server.process().children().isEmpty();
            });
        }
    }

    /** One more worker, and one less again. */
    private static final class Hiring implements Exchange {
        private final Reload reload;

        Hiring(Reload reload) {
            this.reload = reload;
        }

        @Override
        public String name() {
            return "reload with other workers";
        }

        @Override
        public int requests() {
            return 2;
        }

        @Override
        public void runWell(FaultyServer server) {
            reload.runWell(server, 2);
            reload.runWell(server, 1);
        }

        @Override
        public void runFaulty(FaultyServer server) {
            reload.begin(server, 2);
            reload.ask(server);
            reload.begin(server, 1);
            reload.ask(server);
        }
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

    /** USR1: the logs are opened again by their names. */
    private static final class Reopening implements Exchange {
        @Override
        public String name() {
            return "reopening";
        }

        @Override
        public int requests() {
            return 0;
        }

        private static void moveAway(FaultyServer server) {
            if (server.site().has("run/access.log")) {
                server.site().path("run/access.old").toFile().delete();
                server.site().move("run/access.log", "run/access.old");
            }
        }

        @Override
        public void runWell(FaultyServer server) {
            moveAway(server);
            server.process().signal(Signals.USR1);
            Patience.until("a new log", server, () -> server.site().has("run/access.log"));
        }

        @Override
        public void runFaulty(FaultyServer server) {
            moveAway(server);
            server.process().signal(Signals.USR1);
            // A request behind it: both have been seen to when that is answered.
            Reply.ask(server.process().port(), get("/small.txt", CLOSE), List.of(false));
        }
    }
}
