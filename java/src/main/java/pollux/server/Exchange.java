package pollux.server;

import pollux.buffer.IoBuffer;
import pollux.config.ClientSettings;
import pollux.config.ContentSettings;
import pollux.config.ErrorLog;
import pollux.config.ServerBlock;
import pollux.handler.AccessControl;
import pollux.handler.Browser;
import pollux.handler.Content;
import pollux.handler.ContentHandler;
import pollux.handler.ContentSink;
import pollux.handler.Handler;
import pollux.handler.RandomIndexHandler;
import pollux.handler.Request;
import pollux.handler.Response;
import pollux.handler.ReturnHandler;
import pollux.handler.Work;
import pollux.http.Framing;
import pollux.http.Method;
import pollux.http.RequestHead;
import pollux.http.RequestHead.Expectation;
import pollux.http.RequestTarget;
import pollux.http.ResponseHead;

/**
 * One request on its way to its response. The {@link Acceptance} settles framing, target and host, the
 * {@link Dispatcher} finds who answers, the {@link ErrorResponder} answers where that fails, and the response is put into
 * the connection's output.
 *
 * <pre>
 *   begin ──> accept ──> dispatch ──> handler ──> respond
 *               │         ^   ^         │ │ │        ^
 *               │         │   └redirect─┘ │ └────────┼── later, when content or a program is ready
 *               │         │           status         │
 *               │         └─error_page──┐ v          │
 *               └── refused ──────────> errors ──────┘
 * </pre>
 *
 * A handler that takes content, or a program, answers later: the connection passes on what arrives. One object for each
 * connection, used for one request after the other.
 */
final class Exchange {
    /** The answer will come later: content or a program is waited for. */
    private static final int PENDING = -100;

    private final Connection connection;
    private final Worker worker;
    private final RequestHead head;
    private final Acceptance acceptance;
    private final RequestTarget redirected;
    private final Request request;
    private final Response response = new Response();
    private final Dispatcher dispatcher;
    private final ErrorResponder errors;
    private final ContentIntake intake;
    private final OutputQueue out;
    private final Responder responder;
    private final WorkInTurns work;
    private CgiExchange program;
    private boolean expecting;
    private boolean accepted;
    private boolean remembered;

    Exchange(Connection connection, Worker worker, RequestHead head, boolean mergeSlashes, OutputQueue out) {
        this.connection = connection;
        this.worker = worker;
        this.head = head;
        this.acceptance = new Acceptance(head, mergeSlashes, worker.memories(), connection.log());
        this.redirected = new RequestTarget(mergeSlashes, worker.memories().targets());
        this.request = new Request(head, response, connection.log());
        this.dispatcher =
                new Dispatcher(worker.handlers(), worker.router(), worker::attachSession, request, response, null);
        this.errors = new ErrorResponder(request, response);
        this.intake = new ContentIntake(worker.buffers());
        this.out = out;
        this.responder = new Responder(worker, head, request, response, connection.progress(), out);
        this.work = new WorkInTurns(worker.works(), this::workDone, connection::failed);
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
        return responder.isBegun();
    }

    /** Whether a program or a longer duty is at work, so that more output may come. */
    boolean isStreaming() {
        return program != null || work.isUnderWay();
    }

    /** Whether another request may follow on the connection. */
    boolean isPersistent() {
        return responder.isPersistent();
    }

    /** What {@code Connection} says; before it says anything, what it will say if nothing goes wrong. */
    boolean willPersist() {
        return isResponded() ? isPersistent() : accepted && head.isPersistent();
    }

    /** As {@link Request.Progress#sentLength()}. */
    long sentLength() {
        return responder.sentLength();
    }

    /** Whether the client, by what it said, goes on after the present request. */
    boolean isMoreExpected() {
        return !accepted || head.isPersistent();
    }

    /** Whether nobody was ever given it to answer later: no program, nobody who took content, no work of several turns. */
    boolean isForgotten() {
        return !remembered;
    }

    // --- The beginning.

    private void reset(IoBuffer input, ServerBlock defaultServer, long startedMs, long nowMs) {
        response.clear();
        request.clear(defaultServer, startedMs);
        request.nowMs(nowMs);
        dispatcher.clear();
        errors.clear();
        intake.begin(input, 0);
        program = null;
        responder.begin();
        expecting = false;
        accepted = false;
    }

    /** Begins with a head that was parsed without fault; the input's region is what came behind it. */
    void begin(IoBuffer input, ServerBlock defaultServer, long startedMs, long nowMs) {
        reset(input, defaultServer, startedMs, nowMs);
        int refusal = acceptance.accept(request, connection.hosts());
        if (refusal != 0) {
            walk(refusal);
            return;
        }
        accepted = true;
        intake.begin(input, acceptance.framing());
        expecting = head.expectation() != Expectation.NONE && !intake.isComplete();
        if (head.expectation() == Expectation.UNKNOWN) {
            walk(417);
        } else {
            walk(acceptance.isAboutServer() ? dispatcher.aboutServer() : Handler.REDIRECTED);
        }
    }

    /** Begins with what is no whole request, and gets no answer. */
    void abandon(IoBuffer input, ServerBlock defaultServer, long startedMs, long nowMs) {
        reset(input, defaultServer, startedMs, nowMs);
    }

    /** Answers what could not even be parsed, or did not come in time; the connection ends with it. */
    void refuse(IoBuffer input, ServerBlock defaultServer, int status, long startedMs, long nowMs) {
        reset(input, defaultServer, startedMs, nowMs);
        walk(status);
    }

    // --- The walk.

    /**
     * Goes on from an outcome, whoever it comes from, until the response is on its way or something has to be waited for.
     */
    private void walk(int outcome) {
        int next = outcome;
        while (next != PENDING) {
            next = switch (next) {
                case Handler.REDIRECTED, Handler.REDIRECTED_NAMED -> dispatcher.dispatch(next);
                case Dispatcher.TAKE_CONTENT -> takeContent(dispatcher.contentHandler());
                case Dispatcher.RUN_PROGRAM -> startProgram();
                case Handler.WORK -> startWork();
                case AccessControl.KNOWN -> dispatcher.atAccess();
                case RandomIndexHandler.NOTHING -> dispatcher.atIndex();
                case Handler.DONE -> respond();
                case ReturnHandler.CLOSE, ReturnHandler.CLIENT_GONE -> closeSilently(next);
                default -> error(next);
            };
        }
    }

    /** As in nginx, a connection that a file has closed counts as one that timed out. */
    private int closeSilently(int status) {
        response.status(status);
        responder.closing();
        if (status == ReturnHandler.CLOSE) {
            connection.departure().resetIfAsked();
        }
        connection.abort();
        return PENDING;
    }

    private int error(int status) {
        work.end();
        endProgram();
        dropContent();
        int outcome = errors.answer(status, accepted, !dispatcher.isExhausted());
        // What is left of a content that was begun is not what Content-Length speaks of.
        if (outcome == Handler.REDIRECTED || (outcome == Handler.REDIRECTED_NAMED && intake.taken() > 0)) {
            becomeGet();
        }
        return outcome;
    }

    /** Makes an error response: the content did not come in time. */
    void fail(int status) {
        walk(status);
    }

    /** From here on the request is one without content: who had it sent to has answered already. */
    private void becomeGet() {
        request.method(isHead() ? Method.HEAD : Method.GET);
        request.contentLength(-1);
    }

    // --- Content of the request.

    /** A handler's sink gets the content; what has come already goes there at once. */
    private int takeContent(ContentHandler handler) {
        ContentSink sink = handler.open(request, response);
        return sink == null ? response.status() : feed(sink);
    }

    /** Passes the request's content to a sink; {@link #contentArrived} goes on when there is more to come. */
    int feed(ContentSink sink) {
        remembered = true;
        intake.to(sink, request.location().client().maxBodySize());
        keepContent();
        sendContinue();
        // What came with the head may be as costly as any other piece, and this turn many have come.
        return connection.reception().mustWait() ? PENDING : passContent();
    }

    /** Lets {@code $request_body} have the content; that of PUT is in a file, as in nginx. */
    void keepContent() {
        ClientSettings client = request.location().client();
        if (client.content().kept() && program != null) {
            intake.keep(client.bodyBufferSize());
        }
    }

    private int passContent() {
        int refusal = intake.pass();
        if (refusal != 0) {
            complainOfContent();
            dropContent();
            return refusal;
        }
        if (!intake.isComplete()) {
            return PENDING;
        }
        ContentSink whole = intake.sink();
        intake.toNobody();
        if (acceptance.framing() == Framing.CHUNKED) {
            request.contentLength(intake.taken());
        }
        int outcome;
        try {
            outcome = whole.complete(response);
        } catch (RuntimeException | Error problem) {
            whole.abort();
            throw problem;
        }
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
            complainOfContent();
            connection.reception().giveUp();
        }
        return refusal;
    }

    private void complainOfContent() {
        String complaint = intake.takeComplaint();
        if (complaint != null) {
            request.log().error(ErrorLog.Level.ERROR, complaint);
        }
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
            case SINK -> walk(passContent());
            case PIPE -> {
                if (program != null) {
                    program.contentArrived();
                }
            }
            case NOBODY -> skipContent();
        }
    }

    // --- Programs.

    private int startProgram() {
        remembered = true;
        program = new CgiExchange(
                this, request.location().cgi(), worker.handlers().cgi().program());
        boolean inFile = request.contentLength() > 0
                && request.location().client().content().inFile() != ContentSettings.InFile.OFF;
        boolean counted = acceptance.framing() == Framing.CHUNKED || inFile;
        int outcome = program.begin(counted && !intake.isComplete());
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
            walk(502);
        } else {
            request.redirect(redirected.path(), redirected.args());
            walk(Handler.REDIRECTED);
        }
        connection.proceed();
    }

    /** A program failed before it had answered. */
    void programFailed(int status) {
        endProgram();
        response.clear();
        walk(status);
        connection.proceed();
    }

    /** A program's output is over, and all of it has been handed to the output. */
    void programDone() {
        endProgram();
        connection.proceed();
    }

    /**
     * A program's output broke off after the head was made: the client gets what there is of it, and must see that it is not
     * whole, so the connection ends with it.
     */
    void programCut() {
        endProgram();
        responder.closing();
        if (isOpenEnded()) {
            connection.abort();
        } else {
            connection.proceed();
        }
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

    // --- Work that takes several turns.

    private int startWork() {
        int outcome = work.start(response.takeWork());
        if (outcome != Work.MORE) {
            return outcome;
        }
        remembered = true;
        // Its content waits too: what is nobody's would be passed over.
        intake.toPipe();
        return PENDING;
    }

    private void workDone(int outcome) {
        intake.toNobody();
        walk(outcome);
        connection.proceed();
    }

    // --- The response.

    /**
     * Filters the response, renders its head, and puts it with its content into the output; or a status if that fails, or
     * {@link Handler#WORK}, and it is called again when that is done.
     */
    private int respond() {
        // Content or a program may have been waited for: Date is the time of the answer (RFC 9110 6.6.1).
        request.nowMs(worker.nowMs());
        int broken = skipContent();
        if (broken != 0 && !errors.hasFailed()) {
            return broken;
        }
        errors.settleStatus();
        int refusal = ResponseFilters.apply(request, response, worker.handlers().conditions());
        if (refusal != Handler.DONE) {
            return refusal;
        }
        if (!responder.send(dispatcher.freshCookie(), accepted, mayPersist(), program)) {
            connection.abort();
        }
        return PENDING;
    }

    /** The answer of a program: its content follows through {@link OutputQueue#stream}. */
    boolean respondStreaming(long length) {
        response.content(new Content.Stream(length));
        walk(Handler.DONE);
        return isResponded();
    }

    /** The answer of a non-parsed program: it goes to the client as it is, and the connection ends with it. */
    void respondRaw(int status) {
        response.status(status);
        responder.raw();
        program.responding(false, false, null);
    }

    /** Whether the response to this request has no content, whatever its head says. */
    boolean isHead() {
        return head.method() == Method.HEAD;
    }

    private boolean mayPersist() {
        return accepted
                && head.isPersistent()
                // What follows it may be meant for the other end of the tunnel.
                && head.method() != Method.CONNECT
                && !response.isClosing()
                // RFC 9110 10.1.1: who waits for 100, and gets this instead, may never send the content.
                && !expecting
                && !connection.reception().isOver()
                && connection.mayPersist(request.location().client())
                && !Browser.isCutOff(head, request.location().browsers());
    }

    /** As {@link Responder#isOpenEnded()}, of a response that is on its way. */
    boolean isOpenEnded() {
        return isResponded() && responder.isOpenEnded();
    }

    /** Ends with the request, whole or not: what is left of it is given up. The access log is the caller's. */
    void end() {
        dropContent();
        connection.reception().end();
        endProgram();
        work.end();
        response.content(Content.NONE);
    }

    /** The status for the log of a request that is not answered any more. */
    void markGone(int status) {
        if (!isResponded() && response.status() != ReturnHandler.CLOSE) {
            response.status(status);
        }
    }
}
