package pollux.server;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import pollux.config.SessionSettings;
import pollux.handler.Request;
import pollux.handler.Response;
import pollux.handler.SessionCookie;
import pollux.session.SessionStore;

/**
 * The session stores of the whole server; they outlive a reload, and all workers share them. A file has one store, made
 * by the first place of the configuration that names it; places without a file share one when their settings are equal.
 */
final class Sessions {
    private final ConcurrentHashMap<Object, SessionStore> stores = new ConcurrentHashMap<>();

    private SessionStore store(SessionSettings settings) {
        Object key = settings.file() == null ? settings : settings.file();
        SessionStore store = stores.get(key);
        return store != null ? store : stores.computeIfAbsent(key, wanted -> open(settings));
    }

    private static SessionStore open(SessionSettings settings) {
        return SessionStore.open(settings.file(), settings.timeoutMs(), settings.max());
    }

    /**
     * Gives a request its visitor's session: the one its cookie names, or a fresh one, whose cookie is added to the
     * response.
     */
    void attach(Request request, Response response) {
        SessionCookie.attach(request, response, store(request.location().session()));
    }

    /** The entries of a request's session have changed. */
    void save(Request request) {
        store(request.location().session()).save(request.session(), request.nowMs());
    }

    /**
     * Lets sessions expire and files be written; about once a second.
     *
     * @param warnings gets what went wrong since the last time
     */
    void tend(long nowMs, Consumer<String> warnings) {
        for (SessionStore store : stores.values()) {
            store.tend(nowMs);
            pass(store.takeWarning(), warnings);
        }
    }

    /** Writes what changed, for the last time. */
    void close(Consumer<String> warnings) {
        for (SessionStore store : stores.values()) {
            store.close();
            pass(store.takeWarning(), warnings);
        }
        stores.clear();
    }

    private static void pass(String warning, Consumer<String> warnings) {
        if (warning != null) {
            warnings.accept(warning);
        }
    }
}
