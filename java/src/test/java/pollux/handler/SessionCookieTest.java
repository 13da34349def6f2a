package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pollux.session.SessionStore;

class SessionCookieTest {
    private static final String FORGED = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    private final SessionStore store = SessionStore.open(null, 1_000, 10);
    private Requests requests;
    private String id;

    @BeforeEach
    void aVisitorIsKnown() {
        requests = Requests.server(folder, "session on; session_cookie SID;");
        id = store.create(Requests.NOW_MS).id();
    }

    private Requests.Exchange visit(String... lines) {
        Requests.Exchange exchange = requests.get("/", lines);
        SessionCookie.attach(exchange.request, exchange.response, store);
        return exchange;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: SID=@",
                "Cookie: a=b; SID=@; c=d",
                "Cookie: a=b;SID=@",
                "Cookie: SID=" + FORGED + "; SID=@",
                "Cookie: a=b\r\nCookie: SID=@",
                "Cookie: SID=" + FORGED + "\r\nCookie: SID=@",
            })
    void aKnownIdBringsTheSessionAndNoNewCookie(String line) {
        Requests.Exchange exchange = visit(line.replace("@", id));
        assertEquals(id, exchange.request.session().id());
        assertEquals(List.of(), exchange.fields());
        assertEquals(1, store.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: y",
                "Cookie: SID=" + FORGED,
                "Cookie: SID=",
                "Cookie: SID",
                "Cookie: sid=@",
                "Cookie: XSID=@",
                "Cookie: SID=@x",
                "Cookie: SID=\"@\"",
                "Cookie: =@",
                "Cookie: ;;;",
            })
    void anyOtherVisitorGetsAFreshId(String line) {
        Requests.Exchange exchange = visit(line.replace("@", id));
        String fresh = exchange.request.session().id();
        assertNotEquals(id, fresh);
        assertNotEquals(FORGED, fresh);
        assertEquals(List.of("Set-Cookie: SID=" + fresh + "; Path=/; HttpOnly; SameSite=Lax"), exchange.fields());
        assertEquals(2, store.size());
    }

    @Test
    void overTlsTheCookieIsForTlsAlone() {
        assertEquals("N=v; Path=/; HttpOnly; SameSite=Lax; Secure", SessionCookie.setCookie("N", "v", true));
    }
}
