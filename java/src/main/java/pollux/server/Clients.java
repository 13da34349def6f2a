package pollux.server;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import pollux.handler.Peer;
import pollux.posix.Files;

/**
 * A worker's connections: how many there may be, which of them are idle, and how they end when the worker does. While it
 * leaves, a connection whose client has had an answer is closed as soon as it is idle; a client that has only connected yet
 * is in the right to get one.
 */
final class Clients {
    private final Worker worker;
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Dispensable dispensable = new Dispensable();
    private final SpareConnections spares;

    Clients(Worker worker) {
        this.worker = worker;
        this.spares = new SpareConnections(worker);
    }

    /** Whether another connection may be taken in; at the bound one that can be dispensed with is given up for it. */
    boolean hasRoom(int most, long nowMs) {
        if (connections.size() >= most) {
            giveUpOne(nowMs);
        }
        return connections.size() < most;
    }

    /** Closes the first connection that can be dispensed with; false when there is none. */
    boolean giveUpOne(long nowMs) {
        Connection first = dispensable.first(nowMs);
        if (first != null) {
            first.close();
        }
        return first != null;
    }

    /**
     * Takes an accepted connection in; the descriptor belongs to the loop from then on.
     *
     * @param turnedAway whether its one request is answered with 503
     */
    void connect(Listener listener, Peer peer, int fd, boolean turnedAway) {
        Connection connection;
        try {
            connection = spares.take(listener.socket().select(peer.localAddress()));
            connection.open(listener, peer, fd, turnedAway);
        } catch (RuntimeException | Error problem) {
            Files.close(fd);
            throw problem;
        }
        connections.add(connection);
        connection.begin();
    }

    /** A connection has come to another state. */
    void moved(Connection connection, Connection.State state) {
        dispensable.moved(connection, state);
        if (connection.isKeptAlive() && !connection.isHeld() && worker.life().isLeaving()) {
            worker.life().closeIdleSoon();
        }
    }

    void closed(Connection connection) {
        connections.remove(connection);
        spares.giveBack(connection);
    }

    /** Closes those that wait for a request behind another one. */
    void closeIdle() {
        for (Connection idle = dispensable.idle(); idle != null; idle = dispensable.idle()) {
            idle.close();
        }
    }

    /** How many there are. */
    int count() {
        return connections.size();
    }

    /** Whether there is none. */
    boolean isEmpty() {
        return connections.isEmpty();
    }

    /** The number of the oldest connection, or {@link Long#MAX_VALUE} when there is none. */
    long oldest() {
        return connections.isEmpty()
                ? Long.MAX_VALUE
                : connections.iterator().next().peer().number();
    }

    /** Gives them all up, whatever is under way. */
    void abort() {
        List.copyOf(connections).forEach(Connection::abort);
    }
}
