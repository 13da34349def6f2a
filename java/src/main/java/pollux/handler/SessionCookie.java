package pollux.handler;

import pollux.http.FieldName;
import pollux.session.Session;
import pollux.session.SessionStore;

/** The cookie that carries a session's id (RFC 6265). */
public final class SessionCookie {
    private SessionCookie() {}

    /**
     * Gives a request its visitor's session: the one that its cookie names, or a fresh one whose cookie is added to the
     * response.
     *
     * @param store the store of the request's location
     */
    public static void attach(Request request, Response response, SessionStore store) {
        String name = request.location().session().cookie();
        Session session = null;
        for (int i = request.head().find(FieldName.COOKIE); session == null && i >= 0; ) {
            session = find(request.head().value(i), name, store, request.nowMs());
            i = request.head().next(FieldName.COOKIE, i);
        }
        if (session == null) {
            session = store.create(request.nowMs());
            response.add(
                    "Set-Cookie", setCookie(name, session.id(), request.scheme().equals("https")));
        }
        request.session(session);
    }

    /** One field may hold the name more than once, set for several paths: the first that is known counts. */
    private static Session find(String cookies, String name, SessionStore store, long nowMs) {
        Session session = null;
        for (String pair : cookies.split(";", -1)) {
            int equals = pair.indexOf('=');
            // Unlike variables' names, a cookie's name is compared to the letter (RFC 6265 section 5.3).
            if (session == null
                    && equals > 0
                    && pair.substring(0, equals).strip().equals(name)) {
                session = store.find(pair.substring(equals + 1).strip(), nowMs);
            }
        }
        return session;
    }

    /**
     * The value of {@code Set-Cookie}: for the whole site, out of reach of scripts, and not sent with requests that other
     * sites make but links. It lasts as long as the browser runs; the store decides when it is too old.
     *
     * @param secure whether it is to be sent by TLS only
     */
    static String setCookie(String name, String id, boolean secure) {
        return name + "=" + id + "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }
}
