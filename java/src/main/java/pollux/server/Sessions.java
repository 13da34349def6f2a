package pollux.server;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import pollux.config.SessionSettings;
import pollux.handler.Request;
import pollux.handler.Response;
import pollux.handler.SessionCookie;
import pollux.session.SessionStore;

/**
 * The session stores of the whole server, one for each distinct setting; they outlive a reload, and all workers share
 * them.
 */
final class Sessions implements AutoCloseable {
    private final ConcurrentHashMap<SessionSettings, SessionStore> stores = new ConcurrentHashMap<>();

    private SessionStore store(SessionSettings settings) {
        return stores.computeIfAbsent(
                settings, wanted -> SessionStore.open(wanted.file(), wanted.timeoutMs(), wanted.max()));
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
            String warning = store.takeWarning();
            if (warning != null) {
                warnings.accept(warning);
            }
        }
    }

    @Override
    public void close() {
        for (SessionStore store : stores.values()) {
            store.close();
        }
        stores.clear();
    }
}
