package pollux.server;

import pollux.handler.Request;

/** How far the present request of a connection has come, for logs. */
final class RequestProgress implements Request.Progress {
    private final Connection connection;
    private long headBytes;

    RequestProgress(Connection connection) {
        this.connection = connection;
    }

    /** The next request begins. */
    void begin() {
        headBytes = 0;
    }

    /** The response's head, and what went before it, have this many bytes. */
    void headBytes(long count) {
        headBytes = count;
    }

    @Override
    public long bytesSent() {
        return connection.out().sent();
    }

    @Override
    public long bodyBytesSent() {
        return Math.max(0, connection.out().sent() - headBytes);
    }

    @Override
    public long requestLength() {
        return connection.input().headLength() + connection.exchange().intake().received();
    }

    @Override
    public long connectionRequests() {
        return connection.requests();
    }

    @Override
    public boolean isPipelined() {
        return connection.isPipelined();
    }

    @Override
    public boolean isPersistent() {
        return connection.exchange().willPersist();
    }

    @Override
    public long sentLength() {
        return connection.exchange().sentLength();
    }

    @Override
    public int tcpInfo(int which) {
        return connection.tcpInfo(which);
    }

    @Override
    public String requestContent() {
        return connection.exchange().intake().kept();
    }

    @Override
    public boolean isComplete() {
        Exchange exchange = connection.exchange();
        return exchange.isResponded() && connection.out().isEmpty() && !exchange.isStreaming();
    }
}
