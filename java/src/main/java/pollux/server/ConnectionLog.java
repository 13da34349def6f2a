package pollux.server;

import pollux.config.ErrorLog;
import pollux.config.Location;
import pollux.handler.Log;
import pollux.handler.Request;
import pollux.http.FieldName;
import pollux.http.RequestHead;

/** The error log of a connection: what goes wrong on it goes to the logs of the place where it stands, with whose it is. */
final class ConnectionLog implements Log {
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

    /** The location whose logs speak of what is going on. */
    private Location place() {
        Location chosen =
                connection.isAnswering() ? connection.exchange().request().location() : null;
        return chosen != null ? chosen : connection.defaultServer().root();
    }

    /** The same log with the words that hold now, for whoever outlives the request. */
    Log bound() {
        Request request = connection.exchange().request();
        boolean answering = connection.isAnswering();
        String server = answering
                ? request.server().name()
                : connection.hosts().listen().text();
        RequestHead head = connection.input().head();
        boolean hasHead = answering && (connection.input().headLength() > 0 || head.length() > 0);
        ErrorContext context = new ErrorContext(
                connection.peer().remoteAddress(),
                server,
                hasHead ? head.requestLine() : null,
                hasHead ? head.value(FieldName.HOST) : null);
        return new BoundLog(
                connection.worker(), place().logs().errors(), connection.peer().number(), context);
    }
}
