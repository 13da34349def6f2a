package pollux.server;

import pollux.handler.Request;

/** How far a connection and its present request have come. */
final class RequestProgress implements Request.Progress {
    private final Connection connection;
    private long requests;
    private long startedMs;
    private long headBytes;
    private boolean pipelined;

    RequestProgress(Connection connection) {
        this.connection = connection;
    }

    /** Another client, at a time in milliseconds since 1970. */
    void connected(long sinceMs) {
        requests = 0;
        startedMs = sinceMs;
        pipelined = false;
    }

    /**
     * The first byte of the next request has come.
     *
     * @param nowMs in milliseconds since 1970
     * @param early whether it was there before the answer to the one before had left
     */
    void firstByte(long nowMs, boolean early) {
        startedMs = nowMs;
        pipelined = early;
    }

    /** The next request begins to be answered. */
    void begin() {
        requests++;
        headBytes = 0;
    }

    /** When the present request began, or the connection before its first one; in milliseconds since 1970. */
    long startedMs() {
        return startedMs;
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
        return requests;
    }

    @Override
    public boolean isPipelined() {
        return pipelined;
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
