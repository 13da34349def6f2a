package pollux.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.chunked;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.request;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pollux.posix.Errno;
import pollux.posix.Signals;
import pollux.wire.Answer;
import pollux.wire.RawClient;
import pollux.wire.Site;
import pollux.wire.Wait;
import pollux.wire.Wire;

/**
 * The whole system is out of files (ENFILE), a quota is used up (EDQUOT), or there is no memory: what a client is told then.
 */
class ShortageTest {
    private static final String CLOSE = "Connection: close";

    /** A pause of a listener, less than nothing for rounding. */
    private static final long PAUSE_MS = 490;

    private final Course course = new Course("use epoll;", 1);
    private Site site;
    private FaultyServer server;

    @BeforeEach
    void start() {
        site = course.site();
        server = FaultyServer.start(site, course.configuration(1), course.spawning());
        assertEquals("small\n", ask("/small.txt").content());
    }

    @AfterEach
    void end() {
        server.close();
        site.close();
    }

    private Answer ask(String path) {
        return server.process().ask(get(path, CLOSE));
    }

    private static String page(String status) {
        return Wire.lines("""
                <html>
                <head><title>@</title></head>
                <body>
                <center><h1>@</h1></center>
                <hr><center>pollux/0.1.0</center>
                </body>
                </html>
                """.replace("@", status));
    }

    /** The descriptor that is kept for this makes room for one. */
    @Test
    void whoCannotBeAcceptedIsTold503ByWayOfTheReserve() {
        server.plan().once("accept4", 1, Errno.ENFILE);
        Answer answer = ask("/small.txt");
        assertEquals(503, answer.status());
        assertEquals(page("503 Service Temporarily Unavailable"), answer.content());
        server.process()
                .awaitError("[crit] " + server.process().pid()
                        + "#0: accept4() failed (23: Too many open files in system)");
        assertEquals("small\n", ask("/small.txt").content());
    }

    @Test
    void whoCannotEvenBeToldSoWaitsAndNothingSpins() {
        FaultPlan plan = server.plan();
        plan.always("accept4", 1, Errno.ENFILE);
        long before = plan.made("accept4");
        long beginNs = System.nanoTime();
        try (RawClient client = server.process().connect()) {
            client.send(get("/small.txt", CLOSE));
            // Two calls before each pause: one for the client, one for the reserve's.
            Wait.until("three tries", () -> plan.made("accept4") >= before + 5);
            long passedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNs);
            assertTrue(passedMs >= 2 * PAUSE_MS, "three tries within " + passedMs + " ms");
            plan.disarm();
            assertEquals("small\n", client.read().content());
        }
    }

    @Test
    void aFileThatCannotBeOpenedIsNotCalledMissing() {
        server.plan().once("open", 1, Errno.ENFILE);
        Answer answer = ask("/small.txt");
        assertEquals(500, answer.status());
        assertEquals(page("500 Internal Server Error"), answer.content());
        server.process()
                .awaitError("open() \"" + site.path("www/small.txt") + "\" failed (23: Too many open files in system)");
        assertEquals("small\n", ask("/small.txt").content());
    }

    /** A quota: there is room, but not for this user. By length and by chunks, into a file, a store and a temporary file. */
    @Test
    void whoseQuotaIsUsedUpIsTold507() {
        List.of("pwrite", "fallocate").forEach(call -> server.plan().always(call, 1, Errno.EDQUOT));
        for (String begin : List.of("PUT /dav/new", "POST /upload/new", "POST /cgi/cat.sh")) {
            String chunks = request(begin, "Transfer-Encoding: chunked", CLOSE) + chunked("content");
            assertEquals(507, server.process().ask(chunks).status(), begin);
            if (!begin.contains("cgi")) {
                String known = request(begin, "Content-Length: 7", CLOSE) + "content";
                assertEquals(507, server.process().ask(known).status(), begin);
            }
        }
        assertEquals(List.of(), site.names("run/store"));
        assertEquals(List.of(), site.names("run/dav"));
        assertEquals(List.of(), site.names("run/body"));
        server.process().awaitError("failed (122: Disk quota exceeded)");
        server.plan().disarm();
        String whole = request("PUT /dav/new", "Content-Length: 7", CLOSE) + "content";
        assertEquals(201, server.process().ask(whole).status());
    }

    @Test
    void aLogWhoseQuotaIsUsedUpGoesOnWhenThereIsRoom() {
        server.plan().always("write", 1, Errno.EDQUOT);
        assertEquals(404, ask("/lost").status());
        assertEquals(404, ask("/later").status());
        server.plan().disarm();
        assertEquals(404, ask("/kept").status());
        Wait.until("the line", () -> site.read("run/access.log").contains("GET /kept "));
        assertFalse(site.read("run/access.log").contains("GET /lost "));
    }

    /** For the program's output, and for what the program is told. */
    @Test
    void whoseProgramGetsNoMemoryIsTold500() {
        Exchange reload = course.reload();
        for (int place = 1; place <= 2; place++) {
            reload.runWell(server); // no buffer is spare then
            server.plan().once(FaultPlan.MALLOC, place, Errno.ENOMEM);
            Answer answer = ask("/cgi/exit.sh");
            assertEquals(500, answer.status());
            assertEquals(page("500 Internal Server Error"), answer.content());
            assertEquals(200, ask("/cgi/exit.sh").status());
        }
        server.process()
                .awaitError(
                        "[emerg] " + server.process().pid() + "#0: malloc(65536) failed (12: Cannot allocate memory)");
    }

    /** The second program waits for the first one's place, and there is no memory for it then: it must not wait for ever. */
    @Test
    void whoIsNextInLineAndGetsNoMemoryIsTold500() {
        server.process()
                .configure(course.configuration(1)
                        .replace("cgi_timeout 4s 1s;", "cgi_timeout 9s 1s; cgi_max_processes 1;"));
        site.program("www/cgi/wait.sh", """
                #!/bin/sh
                while ! [ -e ../../run/go ]; do sleep 0.01; done
                printf 'Content-Type: text/plain\n\nwaited'
                """);
        server.process().signal(Signals.HUP);
        server.process().awaitError("reconfigured");
        try (RawClient first = server.process().connect();
                RawClient second = server.process().connect()) {
            first.send(get("/cgi/wait.sh", CLOSE));
            Wait.until("the program", () -> server.process().children().size() == 1);
            second.send(get("/cgi/exit.sh", CLOSE));
            assertEquals("small\n", ask("/small.txt").content());
            // For what the program is told; the first one's buffer is spare by then.
            server.plan().once(FaultPlan.MALLOC, 1, Errno.ENOMEM);
            site.file("run/go", "");
            assertEquals("waited", first.read().content());
            assertEquals(500, second.read().status());
        }
    }
}
