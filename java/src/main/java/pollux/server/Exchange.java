package pollux.server;

import pollux.buffer.IoBuffer;
import pollux.config.ErrorLog;
import pollux.config.ErrorSettings;
import pollux.config.ErrorSettings.ErrorPage;
import pollux.config.Location;
import pollux.config.ReturnSettings;
import pollux.config.ServerBlock;
import pollux.handler.AllowedMethods;
import pollux.handler.ConditionalFilter;
import pollux.handler.Content;
import pollux.handler.ContentHandler;
import pollux.handler.ContentSink;
import pollux.handler.ErrorPages;
import pollux.handler.Handler;
import pollux.handler.HeadersFilter;
import pollux.handler.RangeFilter;
import pollux.handler.Request;
import pollux.handler.Response;
import pollux.handler.ReturnHandler;
import pollux.http.Framing;
import pollux.http.HostName;
import pollux.http.Method;
import pollux.http.RequestHead;
import pollux.http.RequestHead.Expectation;
import pollux.http.RequestTarget;
import pollux.http.ResponseHead;
import pollux.http.Status;

/**
 * One request on its way to its response: framing, target and host are settled, the server block and the location are
 * found, a handler answers, error pages take their turn, and the response is put into the connection's output.
 *
 * <pre>
 *   begin ──> accept ──> [ server block ──> location ──> handler ] ──> settle ──> respond
 *                  │            ^                             │           │
 *                  │            └── internal redirect ────────┘           │
 *                  └── refused ───────> error page <──────────── status ──┘
 * </pre>
 *
 * A handler that takes content, or a program, answers later: the connection passes on what arrives. One object for each
 * connection, used for one request after the other.
 */
final class Exchange {
    /** The answer will come later: content or a program is waited for. */
    private static final int PENDING = -100;

    /** As nginx's limit of internal redirects. */
    private static final int MAX_PASSES = 11;

    private static final int NO_OVERRIDE = 0;

    private final Connection connection;
    private final Worker worker;
    private final RequestHead head;
    private final RequestTarget target;
    private final RequestTarget redirected;
    private final Request request;
    private final Response response = new Response();
    private final ContentIntake intake;
    private final OutputQueue out;
    private CgiExchange program;
    private long framing;
    private int passes;
    private int override;
    private boolean failed;
    private boolean errorPagesOver;
    private boolean responded;
    private boolean persistent;
    private boolean expecting;
    private boolean accepted;
    private String freshCookie;

    Exchange(Connection connection, Worker worker, RequestHead head, boolean mergeSlashes, OutputQueue out) {
        this.connection = connection;
        this.worker = worker;
        this.head = head;
        this.target = new RequestTarget(mergeSlashes);
        this.redirected = new RequestTarget(mergeSlashes);
        this.request = new Request(head, response, connection);
        this.intake = new ContentIntake(worker.buffers());
        this.out = out;
    }

    Request request() {
        return request;
    }

    Response response() {
        return response;
    }

    ContentIntake intake() {
        return intake;
    }

    OutputQueue out() {
        return out;
    }

    Worker worker() {
        return worker;
    }

    Connection connection() {
        return connection;
    }

    /** Whether the response's head is on its way. */
    boolean isResponded() {
        return responded;
    }

    /** Whether a program is at work, so that more output may come. */
    boolean isStreaming() {
        return program != null;
    }

    /** Whether another request may follow on the connection. */
    boolean isPersistent() {
        return persistent;
    }

    /** Whether the client, by what it said, goes on after the present request. */
    boolean isMoreExpected() {
        return !accepted || head.isPersistent();
    }

    // --- The beginning.

    private void reset(ServerBlock defaultServer, long startedMs, long nowMs) {
        response.clear();
        request.clear(defaultServer, startedMs);
        request.nowMs(nowMs);
        program = null;
        passes = 0;
        override = NO_OVERRIDE;
        failed = false;
        errorPagesOver = false;
        responded = false;
        persistent = false;
        expecting = false;
        accepted = false;
        freshCookie = null;
    }

    /** Begins with a head that was parsed without fault; the input's region is what came behind it. */
    void begin(IoBuffer input, ServerBlock defaultServer, long startedMs, long nowMs) {
        reset(defaultServer, startedMs, nowMs);
        int refusal = accept();
        if (refusal != 0) {
            intake.begin(input, 0);
            fail(refusal);
            return;
        }
        intake.begin(input, framing);
        expecting = head.expectation() == Expectation.CONTINUE && !intake.isComplete();
        accepted = true;
        if (head.expectation() == Expectation.UNKNOWN) {
            fail(417);
            return;
        }
        process(Handler.REDIRECTED);
    }

    /** Answers what could not even be parsed, or did not come in time; the connection ends with it. */
    void refuse(IoBuffer input, ServerBlock defaultServer, int status, long startedMs, long nowMs) {
        reset(defaultServer, startedMs, nowMs);
        intake.begin(input, 0);
        fail(status);
    }

    /** Settles framing, target and host: 0, or the status to refuse with. */
    private int accept() {
        request.method(head.method());
        framing = Framing.of(head);
        if (Framing.isRefused(framing)) {
            request.log().error(ErrorLog.Level.INFO, "client sent content whose end cannot be trusted or known");
            return (int) -framing;
        }
        request.contentLength(framing >= 0 ? framing : -1);
        int refusal = target.parse(head.buffer(), head.targetOffset(), head.targetLength(), head.method());
        if (refusal != 0) {
            request.log().error(ErrorLog.Level.INFO, "client sent an invalid request target");
            return refusal;
        }
        request.target(target.raw(), target.path(), target.args());
        return acceptHost();
    }

    private int acceptHost() {
        HostName name = HostName.of(head, target);
        if (name == null) {
            request.log().error(ErrorLog.Level.INFO, "client sent no host, several, or an invalid one");
            return 400;
        }
        return chooseServer(name.host());
    }

    /** A request without a host, an empty one here, is for the server block whose name is empty, if there is one. */
    private int chooseServer(String host) {
        ServerBlock server = connection.hosts().find(host);
        if (server == null) {
            return 500;
        }
        request.host(host.isEmpty() ? null : host);
        request.server(server, host.isEmpty() ? null : server.hostCaptures(host));
        if (server.connection().ignoreInvalidHeaders()) {
            head.dropUnusual(server.connection().underscoresInHeaders());
        }
        return 0;
    }

    // --- Routing and handling.

    /** Walks server block, location and handler until somebody answers or the answer has to wait. */
    private void process(int outcome) {
        int next = outcome;
        while (next == Handler.REDIRECTED || next == Handler.REDIRECTED_NAMED) {
            if (++passes > MAX_PASSES) {
                request.log()
                        .error(
                                ErrorLog.Level.ERROR,
                                "rewrite or internal redirection cycle while internally redirecting to \""
                                        + request.path() + "\"");
                next = 500;
            } else {
                next = next == Handler.REDIRECTED ? atServer() : atNamedLocation();
            }
        }
        settle(next);
    }

    private void settle(int outcome) {
        if (outcome == Handler.DONE) {
            respond();
        } else if (outcome != PENDING) {
            fail(outcome);
        }
    }

    private int atServer() {
        if (passes == 1 && isForServer()) {
            return AllowedMethods.check(request, response);
        }
        ReturnSettings returns = request.server().returns();
        if (returns != null) {
            return ReturnHandler.answer(returns, request, response);
        }
        if (!Router.route(request)) {
            return 500;
        }
        if (request.location().internal() && !request.isInternal()) {
            return 404;
        }
        return atLocation();
    }

    /** What no location is asked about: {@code OPTIONS *}, and the methods that are refused everywhere. */
    private boolean isForServer() {
        Method method = request.method();
        return target.form() == RequestTarget.Form.ASTERISK || method == Method.TRACE || method == Method.CONNECT;
    }

    private int atNamedLocation() {
        if (!Router.routeNamed(request)) {
            request.log()
                    .error(ErrorLog.Level.ERROR, "could not find named location \"" + request.namedLocation() + "\"");
            return 500;
        }
        return atLocation();
    }

    private int atLocation() {
        Location location = request.location();
        long limit = location.client().maxBodySize();
        if (limit > 0 && request.contentLength() > limit && !failed) {
            request.log()
                    .error(
                            ErrorLog.Level.ERROR,
                            "client intended to send too large body: " + request.contentLength() + " bytes");
            return 413;
        }
        if (AllowedMethods.isForbidden(request)) {
            return 403;
        }
        attachSession(location);
        Handlers handlers = worker.handlers();
        int outcome = handlers.returns().handle(request, response);
        if (outcome == Handler.DECLINED) {
            outcome = AllowedMethods.check(request, response);
        }
        if (outcome == Handler.DECLINED) {
            outcome = handlers.tryFiles().handle(request, response);
        }
        return outcome == Handler.DECLINED ? content(location, handlers) : outcome;
    }

    private void attachSession(Location location) {
        if (location.session().enabled() && request.session() == null) {
            worker.attachSession(request, response);
            // Kept apart: an error or a redirect on the way begins a new response, and the visitor must not lose it.
            freshCookie = response.field("Set-Cookie");
            response.remove("Set-Cookie");
        }
    }

    /** Asks the content handlers, the first that is responsible. */
    private int content(Location location, Handlers handlers) {
        Method method = request.method();
        if (method == Method.POST && location.upload().isActive()) {
            return takeContent(handlers.upload());
        }
        if (location.cgi().isActive()) {
            int outcome = handlers.cgi().resolve(request);
            if (outcome != Handler.DECLINED) {
                return outcome == Handler.DONE ? startProgram(location) : outcome;
            }
        }
        if (method == Method.PUT) {
            return takeContent(handlers.put());
        }
        if (method == Method.DELETE) {
            return handlers.delete().handle(request, response);
        }
        int outcome = Handler.DECLINED;
        if (request.path().endsWith("/")) {
            outcome = handlers.index().handle(request, response);
            return outcome == Handler.DECLINED ? handlers.autoindex().handle(request, response) : outcome;
        }
        outcome = handlers.staticFile().handle(request, response);
        return outcome == Handler.DECLINED ? 404 : outcome;
    }

    // --- Content of the request.

    /** A handler's sink gets the content; what has come already goes there at once. */
    private int takeContent(ContentHandler handler) {
        ContentSink sink = handler.open(request, response);
        return sink == null ? response.status() : feed(sink);
    }

    /** Passes the request's content to a sink; {@link #contentArrived} goes on when there is more to come. */
    int feed(ContentSink sink) {
        intake.to(sink, request.location().client().maxBodySize());
        sendContinue();
        return passContent();
    }

    private int passContent() {
        int refusal = intake.pass();
        if (refusal != 0) {
            if (refusal == 413) {
                request.log().error(ErrorLog.Level.ERROR, "client intended to send too large chunked body");
            }
            dropContent();
            return refusal;
        }
        if (!intake.isComplete()) {
            return PENDING;
        }
        ContentSink whole = intake.sink();
        intake.toNobody();
        if (framing == Framing.CHUNKED) {
            request.contentLength(intake.taken());
        }
        int outcome = whole.complete(response);
        return outcome == Handler.DONE && program != null ? PENDING : outcome;
    }

    private void dropContent() {
        ContentSink cut = intake.sink();
        intake.toNobody();
        if (cut != null) {
            cut.abort();
        }
    }

    /**
     * What came with the head and nobody takes is passed over, so that it is not read as the next request.
     *
     * @return 0, or the status to refuse content with that has no end
     */
    private int skipContent() {
        if (intake.isComplete() || intake.taker() != ContentIntake.Taker.NOBODY) {
            return 0;
        }
        int refusal = intake.pass();
        if (refusal != 0) {
            connection.giveUpReading();
        }
        return refusal;
    }

    /** RFC 9110 section 10.1.1: an interim answer, when the content will be read and none of it has come. */
    void sendContinue() {
        if (expecting) {
            expecting = false;
            IoBuffer staging = intake.hasToPour() ? null : out.staging();
            if (staging != null) {
                ResponseHead.begin(staging, 100);
                ResponseHead.end(staging);
            }
        }
    }

    /** The connection has read more content. */
    void contentArrived() {
        switch (intake.taker()) {
            case SINK -> settle(passContent());
            case PIPE -> program.contentArrived();
            case NOBODY -> skipContent();
        }
    }

    // --- Programs.

    private int startProgram(Location location) {
        program = new CgiExchange(this, location.cgi(), worker.handlers().cgi().program());
        int outcome = program.begin(framing == Framing.CHUNKED && !intake.isComplete());
        if (outcome == Handler.DONE || outcome == PENDING) {
            return PENDING;
        }
        endProgram();
        return outcome;
    }

    /** What a program answered instead of content: a local redirect (RFC 3875 section 6.2.2). */
    void redirectedByProgram(String location) {
        endProgram();
        response.clear();
        becomeGet();
        int refusal = redirected.parse(location, Method.GET);
        if (refusal != 0) {
            request.log().error(ErrorLog.Level.ERROR, "a program sent an invalid local redirect");
            fail(502);
        } else {
            request.redirect(redirected.path(), redirected.args());
            process(Handler.REDIRECTED);
        }
        connection.proceed();
    }

    /** From here on the request is one without content: who had it sent to has answered already. */
    private void becomeGet() {
        request.method(isHead() ? Method.HEAD : Method.GET);
        request.contentLength(-1);
    }

    /** A program failed before it had answered. */
    void programFailed(int status) {
        endProgram();
        response.clear();
        fail(status);
        connection.proceed();
    }

    /** A program's output is over, and all of it has been handed to the output. */
    void programDone() {
        endProgram();
        connection.proceed();
    }

    /** A program's output broke off after the head had left: the client must see that it is not whole. */
    void programCut() {
        endProgram();
        persistent = false;
        connection.abort();
    }

    private void endProgram() {
        CgiExchange ended = program;
        program = null;
        if (ended != null) {
            ended.letGo();
        }
        if (intake.taker() == ContentIntake.Taker.PIPE) {
            intake.toNobody();
            skipContent();
        }
    }

    /** The output has drained: a program may write more. */
    void drained() {
        if (program != null) {
            program.drained();
        }
    }

    // --- Errors.

    /** Makes an error response: by {@code error_page} if there is one for this status, else the built-in page. */
    void fail(int status) {
        if (status == ReturnHandler.CLOSE) {
            response.status(status);
            persistent = false;
            connection.abort();
            return;
        }
        endProgram();
        dropContent();
        response.dropContent();
        ErrorSettings errors = request.location().errors();
        failed = true;
        closeAfter(status);
        ErrorPage page = errorPagesOver ? null : errors.find(status);
        if (page == null || passes > MAX_PASSES || (!accepted && page.kind() != ErrorSettings.Kind.URI)) {
            override = NO_OVERRIDE;
            ErrorPages.render(status, request, response);
            respond();
            return;
        }
        // As in nginx, the location that failed says whether one more page may follow this one.
        errorPagesOver = !errors.recursive();
        override = page.status() == ErrorSettings.KEEP ? status : page.status();
        goToErrorPage(page);
    }

    private void goToErrorPage(ErrorPage page) {
        String where = request.render(page.target());
        switch (page.kind()) {
            case URL -> {
                boolean redirect = page.status() != ErrorSettings.KEEP && isRedirect(page.status());
                override = NO_OVERRIDE;
                response.add("Location", where);
                ErrorPages.render(redirect ? page.status() : 302, request, response);
                respond();
            }
            case NAMED -> {
                if (intake.taken() > 0) {
                    // What is left of the content is not what Content-Length speaks of.
                    becomeGet();
                }
                request.redirectNamed(where);
                process(Handler.REDIRECTED_NAMED);
            }
            default -> {
                int question = where.indexOf('?');
                String path = question < 0 ? where : where.substring(0, question);
                becomeGet();
                request.redirect(path, question < 0 ? null : where.substring(question + 1));
                process(Handler.REDIRECTED);
            }
        }
    }

    /** After these the place of the next request is unknown, or not worth waiting for. */
    private void closeAfter(int status) {
        if (ErrorPages.closesConnection(status) || status == 408 || status == 507) {
            response.closing();
        }
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    // --- The response.

    /** Filters the response, renders its head, and puts it with its content into the output. */
    private void respond() {
        int broken = skipContent();
        if (broken != 0 && !failed) {
            fail(broken);
            return;
        }
        if (override != NO_OVERRIDE) {
            response.status(override);
        }
        if (response.status() == 200) {
            int refusal = ConditionalFilter.apply(request, response);
            if (refusal == Handler.DONE) {
                refusal = RangeFilter.apply(request, response);
            }
            if (refusal != Handler.DONE) {
                fail(refusal);
                return;
            }
        }
        HeadersFilter.apply(request, response);
        if (freshCookie != null) {
            response.add("Set-Cookie", freshCookie);
        }
        if (!render()) {
            connection.abort();
        }
    }

    /** The answer of a program: its content follows through {@link OutputQueue#stream}. */
    boolean respondStreaming(long length) {
        response.content(new Content.Stream(length));
        respond();
        return responded;
    }

    /** The answer of a non-parsed program: it goes to the client as it is, and the connection ends with it. */
    void respondRaw(int status) {
        response.status(status);
        responded = true;
        persistent = false;
        program.responding(false, false);
    }

    private boolean render() {
        int status = response.status();
        boolean empty = Status.isWithoutContent(status);
        long length = empty ? -1 : response.content().length();

        boolean mayChunk = head.version() > 10 && request.location().client().chunkedTransferEncoding();
        boolean chunked = !empty && length < 0 && mayChunk && accepted;
        persistent = (empty || length >= 0 || chunked || isHead()) && mayPersist();
        IoBuffer staging = out.staging();
        responded = true;
        if (staging == null
                || !ResponseWriter.head(
                        staging, request, response, new ResponseWriter.Delimiting(length, chunked, persistent))) {
            request.log()
                    .error(ErrorLog.Level.ERROR, "the head of the response is too large, or there is no buffer for it");
            return false;
        }
        // An interim response (100) may have gone before, or still lie in front of it: neither is content.
        connection.headBytes(out.sent() + staging.length());
        if (program != null) {
            program.responding(chunked, empty || isHead());
            return true;
        }
        if (empty || isHead()) {
            response.content(Content.NONE);
            return true;
        }
        return out.content(
                (Content.Pieces) response.takeContent(), request.location().files());
    }

    /** Whether the response to this request has no content, whatever its head says. */
    boolean isHead() {
        return head.method() == Method.HEAD && accepted;
    }

    private boolean mayPersist() {
        return accepted
                && head.isPersistent()
                && !response.isClosing()
                && (!expecting || intake.isComplete())
                && !connection.isInputOver()
                && connection.mayPersist(request.location().client());
    }

    /** Ends with the request, whole or not: what is left of it is given up. The access log is the caller's. */
    void end() {
        dropContent();
        endProgram();
        response.content(Content.NONE);
    }

    /** The status for the log of a request whose client has gone before it was answered. */
    void markGone() {
        if (!responded && response.status() != ReturnHandler.CLOSE) {
            response.status(499);
        }
    }
}
