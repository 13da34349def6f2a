package pollux.server;

import java.util.function.BiConsumer;
import pollux.config.ErrorLog;
import pollux.config.LimitExcept;
import pollux.config.Location;
import pollux.config.ReturnSettings;
import pollux.handler.AccessControl;
import pollux.handler.AllowedMethods;
import pollux.handler.ChangingHandler;
import pollux.handler.ContentHandler;
import pollux.handler.Handler;
import pollux.handler.RandomIndexHandler;
import pollux.handler.Request;
import pollux.handler.Response;
import pollux.handler.ReturnHandler;
import pollux.handler.Work;
import pollux.http.Method;

/**
 * Finds who answers a request, in nginx's order: the server block's {@code return}, the location, its size limit, its
 * {@code return}, its methods, {@code try_files}, and then the content handlers, the first that is responsible. Internal
 * redirects come back here, and are counted.
 */
final class Dispatcher {
    /** {@link #contentHandler()} answers when it has the request's content. */
    static final int TAKE_CONTENT = -10;

    /** The CGI handler's program answers. */
    static final int RUN_PROGRAM = -11;

    /** As nginx's limit of internal redirects. */
    private static final int MAX_PASSES = 11;

    private final Handlers handlers;
    private final Router router;
    private final BiConsumer<Request, Response> sessions;
    private final Request request;
    private final Response response;
    private final Witness witness;
    private ContentHandler contentHandler;
    private String freshCookie;
    private int passes;

    /** {@code sessions} attaches a visitor's session to a request; {@code witness} is told of each step, or {@code null}. */
    Dispatcher(
            Handlers handlers,
            Router router,
            BiConsumer<Request, Response> sessions,
            Request request,
            Response response,
            Witness witness) {
        this.handlers = handlers;
        this.router = router;
        this.sessions = sessions;
        this.request = request;
        this.response = response;
        this.witness = witness;
    }

    private int told(Witness.Step step, int outcome) {
        if (witness != null) {
            witness.spoke(step, outcome);
        }
        return outcome;
    }

    /** Has a handler change what is stored, unless this is a rehearsal. */
    private int change(ChangingHandler handler) {
        return witness == null
                ? handler.handle(request, response)
                : told(Witness.Step.CHANGE, handler.rehearse(request, response));
    }

    /** Forgets the last request. */
    void clear() {
        contentHandler = null;
        freshCookie = null;
        passes = 0;
    }

    /** Who answers after {@link #TAKE_CONTENT}. */
    ContentHandler contentHandler() {
        return contentHandler;
    }

    /** The value of a {@code Set-Cookie} field for a visitor who is new, or {@code null}. */
    String freshCookie() {
        return freshCookie;
    }

    /** Whether redirects have gone round in circles: no error page is looked for any more. */
    boolean isExhausted() {
        return passes > MAX_PASSES;
    }

    /** Answers what is asked of the server as a whole. */
    int aboutServer() {
        return AllowedMethods.check(request, response);
    }

    /**
     * Goes where the request's path, or the named location it was sent to, leads.
     *
     * @param redirection {@link Handler#REDIRECTED}, also for the first time, or {@link Handler#REDIRECTED_NAMED}
     * @return an answer of {@link Handler#handle} other than declined, {@link #TAKE_CONTENT} or {@link #RUN_PROGRAM}
     */
    int dispatch(int redirection) {
        passes++;
        if (isExhausted()) {
            return refuse(
                    500,
                    "rewrite or internal redirection cycle while internally redirecting to \"" + request.path() + "\"");
        }
        return redirection == Handler.REDIRECTED ? atServer() : atNamedLocation();
    }

    private int refuse(int status, String why) {
        request.log().error(ErrorLog.Level.ERROR, why);
        return status;
    }

    private int atServer() {
        ReturnSettings returns = request.server().returns();
        if (returns != null) {
            return told(Witness.Step.SERVER_RETURN, ReturnHandler.answer(returns, request, response));
        }
        if (!router.route(request)) {
            request.log().error(ErrorLog.Level.ERROR, "a regular expression gave up on \"" + request.path() + "\"");
            return told(Witness.Step.LOCATION, 500);
        }
        told(Witness.Step.LOCATION, Handler.DECLINED);
        if (request.location().internal() && !request.isInternal()) {
            return told(Witness.Step.INTERNAL, 404);
        }
        long limit = request.location().client().maxBodySize();
        if (limit > 0 && request.contentLength() > limit) {
            return refuse(413, "client intended to send too large body: " + request.contentLength() + " bytes");
        }
        return atLocation();
    }

    private int atNamedLocation() {
        if (!Router.routeNamed(request)) {
            return refuse(500, "could not find named location \"" + request.namedLocation() + "\"");
        }
        told(Witness.Step.LOCATION, Handler.DECLINED);
        return atLocation();
    }

    private int atLocation() {
        LimitExcept limited = request.location().limitExcept();
        if (limited != null && !limited.open().contains(request.methodName())) {
            request.location(limited.others(), null);
            told(Witness.Step.LIMIT_EXCEPT, Handler.DECLINED);
        }
        attachSession(request.location());
        int outcome = told(Witness.Step.RETURN, handlers.returns().handle(request, response));
        return outcome == Handler.DECLINED ? atAccess() : outcome;
    }

    /** Goes on where work for the access phase has ended, by {@link AccessControl#KNOWN}. */
    int atAccess() {
        Location location = request.location();
        int outcome = Handler.DECLINED;
        if (location.access() != null) {
            outcome = told(Witness.Step.ACCESS, access());
        }
        if (outcome == Handler.DECLINED) {
            outcome = told(Witness.Step.METHODS, AllowedMethods.check(request, response));
        }
        if (outcome == Handler.DECLINED) {
            outcome = told(Witness.Step.TRY_FILES, handlers.tryFiles().handle(request, response));
        }
        return outcome == Handler.DECLINED ? content(location) : outcome;
    }

    private int access() {
        int outcome = handlers.access().check(request, response);
        if (outcome == Handler.WORK && witness != null) {
            Work.whole(response.takeWork());
            outcome = handlers.access().check(request, response);
        }
        return outcome;
    }

    private void attachSession(Location location) {
        if (location.session().enabled() && request.session() == null) {
            sessions.accept(request, response);
            // Kept apart: an error or a redirect on the way begins a new response, and the visitor must not lose it.
            freshCookie = response.field("Set-Cookie");
            response.remove("Set-Cookie");
        }
    }

    private int content(Location location) {
        Method method = request.method();
        if (location.files().own().emptyGif()) {
            return told(Witness.Step.EMPTY_GIF, handlers.emptyGif().handle(request, response));
        }
        if (method == Method.POST && location.upload().isActive()) {
            contentHandler = handlers.upload();
            return TAKE_CONTENT;
        }
        if (location.cgi().isActive()) {
            int outcome = told(Witness.Step.PROGRAM, handlers.cgi().resolve(request));
            if (outcome != Handler.DECLINED) {
                return outcome == Handler.DONE ? RUN_PROGRAM : outcome;
            }
        }
        if (method == Method.PUT) {
            contentHandler = handlers.put();
            return TAKE_CONTENT;
        }
        if (method == Method.DELETE) {
            return change(handlers.delete());
        }
        boolean isMkcol = method == Method.MKCOL;
        boolean isDav = isMkcol || method == Method.COPY || method == Method.MOVE;
        if (isDav && location.methods().dav().contains(request.methodName())) {
            return change(isMkcol ? handlers.mkcol() : handlers.copy());
        }
        return request.path().endsWith("/") ? directory() : file();
    }

    private int directory() {
        int chosen = request.location().files().own().randomIndex() ? randomIndex() : RandomIndexHandler.NOTHING;
        return chosen == RandomIndexHandler.NOTHING ? atIndex() : chosen;
    }

    private int randomIndex() {
        int outcome = handlers.randomIndex().handle(request, response);
        if (outcome == Handler.WORK && witness != null) {
            outcome = Work.whole(response.takeWork());
        }
        boolean isNothing = outcome == Handler.DECLINED || outcome == RandomIndexHandler.NOTHING;
        told(Witness.Step.RANDOM_INDEX, isNothing ? Handler.DECLINED : outcome);
        return isNothing ? RandomIndexHandler.NOTHING : outcome;
    }

    /** Goes on where no file of the directory could be chosen, by {@link RandomIndexHandler#NOTHING}. */
    int atIndex() {
        int outcome = told(Witness.Step.INDEX, handlers.index().handle(request, response));
        return outcome == Handler.DECLINED
                ? told(Witness.Step.AUTOINDEX, handlers.autoindex().handle(request, response))
                : outcome;
    }

    private int file() {
        int outcome = told(Witness.Step.FILE, handlers.staticFile().handle(request, response));
        return outcome == Handler.DECLINED ? 404 : outcome;
    }
}
