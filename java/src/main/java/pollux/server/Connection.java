package pollux.server;

import pollux.buffer.IoBuffer;
import pollux.config.ClientSettings;
import pollux.config.ClientSettings.LingeringClose;
import pollux.config.ConnectionSettings;
import pollux.config.ServerBlock;
import pollux.config.VirtualHosts;
import pollux.handler.Peer;
import pollux.handler.Request;
import pollux.http.RequestParser;
import pollux.loop.Timer;
import pollux.loop.Watch;
import pollux.posix.Sockets;

/**
 * One client: the state machine between its socket and the requests that come over it, one after the other.
 *
 * <pre>
 *            first byte            head complete             answered, persistent, nothing more there
 *   IDLE ───────────────> HEAD ───────────────> EXCHANGE ───────────────────────────────────> IDLE
 *    │                     │                       │  └─ bytes of the next request there ──> HEAD
 *    │ timeout, end        │ end                   │ answered, not persistent
 *    v                     v                       v
 *  CLOSED <──────────────────────────────────── LINGER (sending side ended, the rest is drained)
 * </pre>
 *
 * {@link #enter} changes the state, and {@link #proceed} sets interest and deadline by the state together: nobody else
 * does. Back-pressure is interest: content is read only when the one before has gone, a program's output only when the
 * client took the last. An idle connection holds no buffer.
 */
final class Connection implements Watch.Handler, Timer.Action {
    /** Where a connection stands. */
    enum State {
        IDLE,
        HEAD,
        EXCHANGE,
        LINGER,
        CLOSED
    }

    private static final int CLIENT_GONE = 499;

    private final Worker worker;
    private final ConnectionSettings settings;
    private final Deadline deadline;
    private final Patience patience;
    private final Departure departure = new Departure(this);
    private final ConnectionLog log = new ConnectionLog(this);
    private final RequestProgress progress = new RequestProgress(this);
    private final RequestInput input;
    private final OutputQueue out;
    private final Delivery delivery;
    private final Exchange exchange;
    private final Reception reception;
    private final Preface preface = new Preface();
    private Listener listener;
    private Peer peer;
    private Watch watch;
    private State state = State.CLOSED;
    private VirtualHosts hosts;
    private boolean logged;
    private boolean turnedAway;
    private boolean held;

    /** Where it stands in line for being given up, and its neighbours there; {@link ConnectionLine}'s business alone. */
    ConnectionLine line;

    Connection before;

    Connection after;

    /** Makes a connection without a client, for one after the other whose first server block has these settings. */
    Connection(Worker worker, ConnectionSettings settings) {
        this.worker = worker;
        this.settings = settings;
        this.deadline = new Deadline(worker.loop(), this);
        this.patience = new Patience(this, deadline);
        this.input = new RequestInput(worker.buffers(), settings);
        this.out = new OutputQueue(worker.buffers());
        this.delivery = new Delivery(this, out);
        this.exchange = new Exchange(this, worker, input.head(), settings.mergeSlashes(), out);
        this.reception = new Reception(input, exchange, deadline, worker.works());
    }

    /**
     * Begins with a client; its descriptor is the loop's from now on, unless this throws.
     *
     * @param toBeTurnedAway whether there is nothing for it but a 503
     */
    void open(Listener from, Peer ends, int fd, boolean toBeTurnedAway) {
        turnedAway = toBeTurnedAway;
        listener = from;
        peer = ends;
        hosts = from.socket().select(ends.localAddress());
        progress.connected(ends.sinceMs());
        patience.begin();
        reception.begin();
        logged = false;
        held = false;
        delivery.begin();
        preface.begin(hosts.listen().options().proxyProtocol());
        exchange.request().connect(ends, progress);
        input.begin();
        watch = worker.loop().watch(fd, Watch.READ, this);
    }

    /** What the kernel knows of the connection; see {@link Sockets#tcpInfo}. */
    int tcpInfo(int which) {
        return Sockets.tcpInfo(watch.fd(), which);
    }

    /** The connection is ready for its first request. */
    void begin() {
        enter(State.IDLE);
        proceed();
    }

    /** What it was made for. */
    ConnectionSettings settings() {
        return settings;
    }

    /** Whether, once closed, nobody else can speak of it any more: then it is good for another client. */
    boolean isSpare() {
        return state == State.CLOSED && exchange.isForgotten();
    }

    /** What is known of the present request's way. */
    RequestProgress progress() {
        return progress;
    }

    VirtualHosts hosts() {
        return hosts;
    }

    ServerBlock defaultServer() {
        return hosts.defaultServer();
    }

    private void enter(State next) {
        state = next;
        deadline.progress();
        worker.clients().moved(this, next);
    }

    // --- What the poller reports.

    @Override
    public void ready(Watch ready, long nowNs) {
        // A hangup is reported turn after turn, so it must not be left unheard when there is nothing to be read; nor
        // may
        // what was sent before it.
        if (ready.isGone()) {
            reception.goOn();
        }
        boolean leftUs = ready.isGone() && state == State.EXCHANGE && !reception.wantsToRead();
        if ((ready.readiness() & Watch.BROKEN) != 0 || leftUs) {
            departure.broken();
            return;
        }
        switch (state) {
            case IDLE, HEAD -> readHead();
            case EXCHANGE -> {
                if (ready.isReadable() && !reception.read(watch)) {
                    departure.goneWithContent();
                }
            }
            case LINGER -> drain();
            case CLOSED -> {}
        }
        // Some backends say along with a request whether its answer can be written: then that needs no further wait.
        if (state == State.EXCHANGE && ready.isWritable() && !out.isEmpty()) {
            write();
        }
        proceed();
    }

    @Override
    public void failed(Watch failed, Throwable problem) {
        failed(problem);
    }

    /** A bug, or no memory: whoever has asked is told 500, if nothing was said yet; then the connection ends. */
    @Override
    public void failed(Throwable problem) {
        worker.report(problem);
        if (state != State.EXCHANGE || exchange.isResponded() || reception.isGivenUp()) {
            abort();
            return;
        }
        reception.giveUp();
        try {
            exchange.fail(500);
            proceed();
        } catch (RuntimeException | Error worse) {
            worker.report(worse);
            abort();
        }
    }

    private void readHead() {
        if (!input.open()) {
            close();
            return;
        }
        int count = input.receive(watch);
        if (count <= 0) {
            departure.gone();
            return;
        }
        if (preface.isAwaited()) {
            Preface.Outcome outcome = preface.read(input, exchange.request(), log);
            if (outcome == Preface.Outcome.BROKEN) {
                close();
            }
            if (outcome != Preface.Outcome.DONE) {
                return;
            }
        }
        if (state == State.IDLE) {
            progress.firstByte(worker.nowMs(), false);
            hosts = listener.socket().select(peer.localAddress());
            enter(State.HEAD);
        }
        parse();
    }

    private void parse() {
        int result = input.parse();
        if (result == RequestParser.COMPLETE && turnedAway) {
            refuse(503);
        } else if (result == RequestParser.COMPLETE) {
            startRequest();
            exchange.begin(input.buffer(), defaultServer(), progress.startedMs(), worker.nowMs());
        } else if (result < 0) {
            log.unparsed();
            refuse(-result);
        }
    }

    private void startRequest() {
        logged = false;
        progress.begin();
        patience.begin();
        reception.beginRequest();
        enter(State.EXCHANGE);
    }

    /** Reads and forgets what a client still sends, so that it is not cut off before it has read its answer. */
    private void drain() {
        IoBuffer scratch = worker.scratch();
        if (watch.receive(scratch, scratch.room()) <= 0) {
            close();
        }
        deadline.progress();
    }

    private void write() {
        boolean last = exchange.isResponded() && !exchange.isStreaming() && !exchange.isPersistent();
        long count = delivery.write(watch, exchange.request(), last, worker.nowMs());
        if (count == Delivery.LATER) {
            return;
        }
        if (count < 0) {
            log.closedWhileSending();
            abort();
            return;
        }
        if (count > 0) {
            deadline.progressIn(Deadline.Purpose.SEND);
        }
        if (!out.isEmpty() || exchange.isStreaming()) {
            sendAtOnce();
        }
        if (out.isEmpty()) {
            exchange.drained();
        }
    }

    private void sendAtOnce() {
        if (!peer.isUnix()) {
            delivery.sendAtOnce(watch, exchange.request());
        }
    }

    // --- What follows from it.

    /** Looks at where everything stands: ends the request when it is answered, and sets interest and deadline. */
    void proceed() {
        while (state == State.EXCHANGE && isAnswered()) {
            if (!endOfRequest()) {
                break;
            }
        }
        if (state != State.CLOSED) {
            watch.interest(interest());
            patience.settle(state);
        }
    }

    /** Whether the response has left. */
    boolean isAnswered() {
        return exchange.isResponded() && !exchange.isStreaming() && out.isEmpty();
    }

    /** The response has left. False when the rest of the request's content has to be waited for. */
    private boolean endOfRequest() {
        if (!exchange.isPersistent() || reception.isGivenUp() || reception.isOver()) {
            finish();
            closeOrLinger();
            return false;
        }
        if (!exchange.intake().isComplete()) {
            patience.linger();
            reception.owe(true);
            return false;
        }
        finish();
        next();
        return true;
    }

    private void finish() {
        logRequest();
        exchange.end();
        delivery.end();
    }

    private void logRequest() {
        if (!logged) {
            logged = true;
            Request request = exchange.request();
            request.nowMs(worker.nowMs());
            worker.logs().access(request.location().logs(), request, request.log(), worker.nowMs());
        }
    }

    /** Goes on with the next request: its bytes may be there already. */
    private void next() {
        sendAtOnce();
        input.goOnWith(exchange.intake().finish());
        input.begin();
        if (input.isEmpty()) {
            held = exchange.request().location().client().keepaliveMinTimeoutMs() > 0;
            enter(State.IDLE);
            return;
        }
        progress.firstByte(worker.nowMs(), true);
        enter(State.HEAD);
        parse();
    }

    private void closeOrLinger() {
        ContentIntake intake = exchange.intake();
        // A client that did not ask for the end may be sending its next request.
        boolean moreExpected = exchange.isMoreExpected() && !worker.life().isLeaving();
        boolean moreToCome = reception.isGivenUp() || !intake.isComplete() || !input.isEmpty() || moreExpected;
        ClientSettings client = exchange.request().location().client();
        reception.owe(!intake.isComplete());
        boolean linger = client.lingeringClose() == LingeringClose.ALWAYS
                || (client.lingeringClose() == LingeringClose.ON && moreToCome)
                || reception.isOwed(); // as in nginx, which reads that whatever lingering_close says
        releaseInput();
        // The last bytes have waited for this (see write()). Closing alone would throw them away, were there unread
        // ones. A reset would come too late behind it.
        if (reception.isOwed() && client.resetTimedoutConnection()) {
            sendAtOnce();
        } else {
            Sockets.shutdownWrite(watch.fd());
        }
        if (!linger || reception.hasEnded()) {
            close();
            return;
        }
        patience.linger();
        enter(State.LINGER);
    }

    private int interest() {
        return switch (state) {
            case IDLE, HEAD, LINGER -> Watch.READ;
            case EXCHANGE ->
                (out.isEmpty() || delivery.isPausing() ? 0 : Watch.WRITE) | (reception.wantsToRead() ? Watch.READ : 0);
            case CLOSED -> 0;
        };
    }

    @Override
    public void expired(long nowNs) {
        Deadline.Purpose missed = deadline.missed();
        if (missed == Deadline.Purpose.HELD) {
            held = false;
            worker.clients().moved(this, State.IDLE);
            proceed();
        } else {
            departure.missed(missed);
        }
    }

    /** Answers a request that could not be read to its end; the connection ends with it. */
    void refuse(int status) {
        startRequest();
        reception.giveUp();
        exchange.refuse(input.buffer(), defaultServer(), status, progress.startedMs(), worker.nowMs());
    }

    /** What has come is no whole request, and no more will come: the log has it as one without an answer. */
    void abandon(int status) {
        startRequest();
        exchange.abandon(input.buffer(), defaultServer(), progress.startedMs(), worker.nowMs());
        abort(status);
    }

    /** The end will be a reset: whatever is still to be sent or read is thrown away. */
    void resetOnClose() {
        Sockets.resetOnClose(watch.fd());
    }

    // --- The end.

    /** Gives the client up at once, whatever is under way. */
    void abort() {
        abort(CLIENT_GONE);
    }

    /** {@code status} is the log's for a request that has none yet. */
    void abort(int status) {
        try {
            if (state == State.EXCHANGE) {
                if (exchange.isOpenEnded()) {
                    // Otherwise the client would take what has come for all there is.
                    Sockets.resetOnClose(watch.fd());
                }
                exchange.markGone(status);
                finish();
            }
        } finally {
            close();
        }
    }

    /** Closes the socket and gives everything back. */
    void close() {
        if (state == State.CLOSED) {
            return;
        }
        // What cannot throw comes first: whatever happens below, the loop and the worker are rid of this connection.
        enter(State.CLOSED);
        deadline.cancel();
        watch.close();
        try {
            exchange.end();
        } finally {
            delivery.end();
            releaseInput();
            worker.closed(this);
        }
    }

    private void releaseInput() {
        IoBuffer kept = exchange.intake().finish();
        if (kept != null) {
            kept.release();
        }
        input.release();
    }

    /** Whether the connection may go on after the present request. */
    boolean mayPersist(ClientSettings client) {
        return !reception.isGivenUp()
                && client.keepaliveTimeoutMs() > 0
                && progress.connectionRequests() < client.keepaliveRequests()
                && worker.nowMs() - peer.sinceMs() < client.keepaliveTimeMs()
                && !worker.life().isLeaving();
    }

    // --- What others ask.

    State state() {
        return state;
    }

    /** Whether it has answered, and nothing of a next request has come. */
    boolean isKeptAlive() {
        return state == State.IDLE && progress.connectionRequests() > 0;
    }

    /** {@code keepalive_min_timeout}: whether it stays idle whoever would have it closed, but for its client. */
    boolean isHeld() {
        return held;
    }

    /** Whether what a proxy puts in front is still to come. */
    boolean isAwaitingPreface() {
        return preface.isAwaited();
    }

    /** What becomes of a client that does not go on. */
    Departure departure() {
        return departure;
    }

    /** What is read of the client while its request is answered. */
    Reception reception() {
        return reception;
    }

    /** The log of this connection. */
    ConnectionLog log() {
        return log;
    }

    Worker worker() {
        return worker;
    }

    Peer peer() {
        return peer;
    }

    Exchange exchange() {
        return exchange;
    }

    RequestInput input() {
        return input;
    }

    OutputQueue out() {
        return out;
    }

    /** Whether there is a request that has begun to be answered. */
    boolean isAnswering() {
        return state == State.EXCHANGE;
    }

    /** Whether answers wait because they have gone fast enough. */
    boolean isPausing() {
        return delivery.isPausing();
    }

    /** Whether it holds what is kept for emergencies, and so has little time. */
    boolean isTurnedAway() {
        return turnedAway;
    }
}
