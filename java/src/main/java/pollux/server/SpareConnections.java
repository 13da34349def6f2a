package pollux.server;

import java.util.ArrayDeque;
import pollux.config.ConnectionSettings;
import pollux.config.VirtualHosts;

/**
 * Connections whose clients have gone, for clients to come: what was used last is still in the processor's cache, and a
 * client that asks once and leaves would otherwise cost more for making its objects than for answering.
 */
final class SpareConnections {
    /** As many as may come and go within a turn; each holds a few KiB. */
    private static final int MOST = 64;

    private final Worker worker;
    private final ArrayDeque<Connection> spares = new ArrayDeque<>();

    SpareConnections(Worker worker) {
        this.worker = worker;
    }

    /** A connection without a client, a used one if there is one for such a server. */
    Connection take(VirtualHosts hosts) {
        ConnectionSettings settings = hosts.defaultServer().connection();
        Connection last = spares.pollFirst();
        return last != null && last.settings().equals(settings) ? last : new Connection(worker, settings);
    }

    /** Keeps a closed connection, if nobody else can still speak of it. */
    void giveBack(Connection connection) {
        if (spares.size() < MOST && connection.isSpare()) {
            spares.addFirst(connection);
        }
    }
}
