package pollux.server;

import pollux.server.Connection.State;

/**
 * The connections of a worker whose clients are owed no answer yet: one of them is given up when there is no room for
 * another client.
 */
final class Dispensable {
    /** An honest client's head takes less than this, over any network that works. */
    private static final long SLOW_MS = 1_000;

    private final ConnectionLine idle = new ConnectionLine();
    private final ConnectionLine mute = new ConnectionLine();
    private final ConnectionLine sending = new ConnectionLine();

    /** A connection has come to another state. */
    void moved(Connection connection, State state) {
        ConnectionLine.leave(connection);
        if (state == State.HEAD) {
            sending.add(connection);
        } else if (state == State.IDLE && !connection.isHeld()) {
            (connection.isKeptAlive() ? idle : mute).add(connection);
        }
    }

    /**
     * Whom to give up first: who has been idle longest after an answer; if nobody is, who has said nothing, or not all of a
     * request's head, for longest, unless that is no longer than an honest client may take. {@code null} when there is none.
     */
    Connection first(long nowMs) {
        if (idle.oldest() != null) {
            return idle.oldest();
        }
        Connection slowest = older(mute.oldest(), sending.oldest());
        return slowest != null && nowMs - slowest.progress().startedMs() >= SLOW_MS ? slowest : null;
    }

    private static Connection older(Connection one, Connection other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.progress().startedMs() <= other.progress().startedMs() ? one : other;
    }

    /** One that has sent nothing since its last answer; {@code null} when there is none. */
    Connection idle() {
        return idle.oldest();
    }
}
