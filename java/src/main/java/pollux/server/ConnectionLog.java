package pollux.server;

import pollux.config.ErrorLog;
import pollux.config.Location;
import pollux.handler.Log;
import pollux.handler.Request;
import pollux.http.FieldName;
import pollux.http.RequestHead;
import pollux.posix.Errno;

/**
 * The error log of a connection: what goes wrong on it goes to the logs of the place where it stands, with whose it is and,
 * as in nginx, with what was being read of the client. Nobody asks why a read or a write failed, so a connection that was
 * reset is one that the client closed.
 */
final class ConnectionLog implements HeadLog {
    private static final String SENDING = " while sending response to client";

    private final Connection connection;

    ConnectionLog(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void error(ErrorLog.Level level, String message) {
        if (takes(level)) {
            bound().error(level, message);
        }
    }

    @Override
    public boolean takes(ErrorLog.Level level) {
        return Logs.take(place().logs().errors(), level);
    }

    // --- What is said of a client at several places.

    /** The request line was read as a whole; nginx knows nothing of what stands behind it. */
    @Override
    public void ofRequestLine(String message) {
        error(message + REQUEST_LINE, context(true, false));
    }

    @Override
    public void ofHeaders(String message) {
        error(message + HEADERS, context(true, true));
    }

    /** The head was refused by the parser. */
    void unparsed() {
        if (takes(ErrorLog.Level.INFO)) {
            RequestInput input = connection.input();
            info(HeadComplaints.unparsed(input.parser(), input.head()) + doing());
        }
    }

    /** What a proxy put in front is no header of its protocol. */
    void brokenPreface(String fault) {
        error(ErrorLog.Level.ERROR, fault + doing());
    }

    /** The client has gone, and nothing is under way. */
    void closed() {
        if (connection.isKeptAlive()) {
            String who = connection.peer().remoteAddress();
            error("client " + who + " closed keepalive connection", ErrorContext.NONE);
        } else {
            info("client closed connection" + doing());
        }
    }

    /** The client has gone in the middle of a head or of content. */
    void closedEarly() {
        info("client prematurely closed connection" + doing());
    }

    /** The client has gone while it was sent its answer. */
    void closedWhileSending() {
        info("client prematurely closed connection" + SENDING);
    }

    /** The client did not say what it was waited for. */
    void timedOut() {
        if (takes(ErrorLog.Level.INFO)) {
            info("client timed out " + Errno.describe(Errno.ETIMEDOUT) + doing());
        }
    }

    /** The client did not take its answer. */
    void timedOutWhileSending() {
        if (takes(ErrorLog.Level.INFO)) {
            info("client timed out " + Errno.describe(Errno.ETIMEDOUT) + SENDING);
        }
    }

    private void info(String message) {
        error(ErrorLog.Level.INFO, message);
    }

    private void error(String message, ErrorContext context) {
        if (takes(ErrorLog.Level.INFO)) {
            bound(context).error(ErrorLog.Level.INFO, message);
        }
    }

    /** What is being read of the client, in the form that stands behind a message; empty when its request is there. */
    private String doing() {
        if (connection.isAwaitingPreface()) {
            return " while reading PROXY protocol";
        }
        return switch (connection.state()) {
            case IDLE -> " while waiting for request";
            case HEAD -> connection.input().parser().isInFields() ? HEADERS : requestLine();
            default -> "";
        };
    }

    private String requestLine() {
        return connection.progress().isPipelined() ? " while reading client pipelined request line" : REQUEST_LINE;
    }

    // --- Whom a line is about.

    /** The location whose logs speak of what is going on. */
    private Location place() {
        Location chosen =
                connection.isAnswering() ? connection.exchange().request().location() : null;
        return chosen != null ? chosen : connection.defaultServer().root();
    }

    /** The same log with the words that hold now, for whoever outlives the request. */
    Log bound() {
        return bound(context(isLineKnown(), connection.isAnswering() || isInFields()));
    }

    private Log bound(ErrorContext context) {
        return new BoundLog(
                connection.worker(), place().logs().errors(), connection.peer().number(), context);
    }

    private boolean isInFields() {
        return connection.state() == Connection.State.HEAD
                && connection.input().parser().isInFields();
    }

    private boolean isLineKnown() {
        return connection.isAnswering()
                || (connection.state() == Connection.State.HEAD
                        && connection.input().parser().isStarted());
    }

    /** As in nginx, the server has its name as soon as a byte of a request has come, and is where it listens before. */
    private ErrorContext context(boolean withLine, boolean withFields) {
        boolean answering = connection.isAnswering();
        Request request = connection.exchange().request();
        String server = answering
                ? request.server().name()
                : connection.state() == Connection.State.HEAD
                        ? connection.defaultServer().name()
                        : connection.hosts().listen().text();
        RequestHead head = connection.input().head();
        boolean hasLine = withLine && head.requestLineLength() > 0;
        boolean hasFields = hasLine && withFields;
        return new ErrorContext(
                connection.peer().remoteAddress(),
                server,
                hasLine ? head.requestLine() : null,
                hasFields ? head.value(FieldName.HOST) : null,
                hasFields ? head.value(FieldName.REFERER) : null);
    }
}
