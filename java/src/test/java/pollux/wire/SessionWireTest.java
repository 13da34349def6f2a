package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import pollux.posix.Signals;

/** Sessions from end to end: the cookie, what programs see and change, and what a restart keeps. */
final class SessionWireTest {
    private static final Pattern COOKIE =
            Pattern.compile("([A-Za-z]+)=([A-Za-z0-9_-]{22,64}); Path=/; HttpOnly; SameSite=Lax");
    private static final String CONFIGURATION = ServerProcess.server("""
            location /cgi/ {
                cgi on;
                session on;
                session_store file:run/sessions;
                add_header X-Visits $session_visits always;
            }
            location /memory/ { alias www/cgi/; cgi on; session on; session_cookie OWN; }
            location /one/ { alias www/cgi/; cgi on; session on; session_max 1; session_cookie ONE; }
            location /text { session on; session_store file:run/sessions; return 200 "$session_id $session_visits"; }
            """);

    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = site();
        server = ServerProcess.start(site, CONFIGURATION);
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    private static Site site() {
        return Site.create().program("www/cgi/count.sh", """
                #!/bin/sh
                visits=$((${SESSION_VISITS:-0} + 1))
                printf 'Content-Type: text/plain\\nSession-Set: visits=%s\\nX-Own: kept\\n' "$visits"
                [ "$QUERY_STRING" = clear ] && printf 'Session-Clear:\\n'
                printf '\\n%s %s' "$SESSION_ID" "$visits"
                """);
    }

    private static String id(Answer answer, String cookie) {
        Matcher matcher = COOKIE.matcher(String.valueOf(answer.field("Set-Cookie")));
        assertTrue(matcher.matches(), answer.head());
        assertEquals(cookie, matcher.group(1));
        return matcher.group(2);
    }

    @Test
    void visitorIsRemembered() {
        Answer first = server.ask(get("/cgi/count.sh"));
        String id = id(first, "POLLUXSID");
        assertEquals(id + " 1", first.content());
        Answer second = server.ask(get("/cgi/count.sh", "Cookie: a=b; POLLUXSID=" + id + "; c=d"));
        assertEquals(id + " 2", second.content());
        assertNull(second.field("Set-Cookie"));
        assertEquals(
                id + " 2", server.ask(get("/text", "Cookie: POLLUXSID=" + id)).content());
    }

    @Test
    void changesDoNotReachTheClient() {
        Answer answer = server.ask(get("/cgi/count.sh"));
        assertNull(answer.field("Session-Set"));
        assertEquals("kept", answer.field("X-Own"));
        assertEquals("1", answer.field("X-Visits"));
        Answer cleared = server.ask(get("/cgi/count.sh?clear", "Cookie: POLLUXSID=" + id(answer, "POLLUXSID")));
        assertNull(cleared.field("Session-Clear"));
        assertNull(cleared.field("X-Visits"));
    }

    @Test
    void forgedIdIsNeverAdopted() {
        String[] forged = {"AAAAAAAAAAAAAAAAAAAAAA", "x", "", "../../etc/passwd", "a".repeat(4000)};
        for (String text : forged) {
            String id = id(server.ask(get("/cgi/count.sh", "Cookie: POLLUXSID=" + text)), "POLLUXSID");
            assertNotEquals(text, id);
        }
    }

    @Test
    void everyVisitorHasAnIdOfHisOwn() {
        String one = id(server.ask(get("/cgi/count.sh")), "POLLUXSID");
        String two = id(server.ask(get("/cgi/count.sh")), "POLLUXSID");
        assertNotEquals(one, two);
        assertEquals(
                two + " 2",
                server.ask(get("/cgi/count.sh", "Cookie: POLLUXSID=" + two)).content());
    }

    @Test
    void cookieComesWithErrorsToo() {
        Answer missing = server.ask(get("/cgi/none.sh"));
        assertEquals(404, missing.status());
        String id = id(missing, "POLLUXSID");
        assertEquals(
                id + " 1",
                server.ask(get("/cgi/count.sh", "Cookie: POLLUXSID=" + id)).content());
    }

    @Test
    void restartKeepsWhatIsInTheFile() {
        try (Site own = site()) {
            String id;
            String forgotten;
            try (ServerProcess first = ServerProcess.start(own, CONFIGURATION)) {
                id = id(first.ask(get("/cgi/count.sh")), "POLLUXSID");
                forgotten = id(first.ask(get("/memory/count.sh")), "OWN");
                String again = get("/memory/count.sh", "Cookie: OWN=" + forgotten);
                assertEquals(forgotten + " 2", first.ask(again).content());
                first.signal(Signals.QUIT);
                assertEquals(0, first.awaitExit());
            }
            try (ServerProcess second = ServerProcess.start(own, CONFIGURATION)) {
                assertEquals(
                        id + " 2",
                        second.ask(get("/cgi/count.sh", "Cookie: POLLUXSID=" + id))
                                .content());
                Answer anew = second.ask(get("/memory/count.sh", "Cookie: OWN=" + forgotten));
                assertNotEquals(forgotten, id(anew, "OWN"));
            }
        }
    }

    @Test
    void serverThatIsKilledHasWrittenItsFileSoonAfterTheChange() {
        try (Site own = site()) {
            String id;
            try (ServerProcess first = ServerProcess.start(own, CONFIGURATION)) {
                id = id(first.ask(get("/cgi/count.sh")), "POLLUXSID");
                Wait.until("the file", () -> own.read("run/sessions").contains(id));
                first.kill();
            }
            try (ServerProcess second = ServerProcess.start(own, CONFIGURATION)) {
                assertEquals(
                        id + " 2",
                        second.ask(get("/cgi/count.sh", "Cookie: POLLUXSID=" + id))
                                .content());
            }
        }
    }

    @Test
    void visitorForWhomThereIsNoRoomIsForgotten() {
        // The oldest is the first to go where there is room for one only: time need not pass.
        String one = id(server.ask(get("/one/count.sh")), "ONE");
        String two = id(server.ask(get("/one/count.sh")), "ONE");
        assertEquals(
                two + " 2",
                server.ask(get("/one/count.sh", "Cookie: ONE=" + two)).content());
        assertNotEquals(one, id(server.ask(get("/one/count.sh", "Cookie: ONE=" + one)), "ONE"));
    }
}
