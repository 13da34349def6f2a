package pollux.server;

import java.util.concurrent.TimeUnit;
import pollux.config.ClientSettings;
import pollux.server.Connection.State;
import pollux.server.Deadline.Purpose;

/** What a connection waits for, by where it stands, and how long: it sets the connection's one deadline. */
final class Patience {
    /**
     * A client that has ended its sending side may still want its answer, or have gone: nothing tells which before the answer
     * is sent. A program gets this long for each piece of one.
     */
    private static final long ORPHAN_MS = 5_000;

    /** Who holds the descriptor that is kept for emergencies gets this long for each step. */
    private static final long TURNED_AWAY_MS = 1_000;

    private static final long NOT_YET = Long.MIN_VALUE;

    private final Connection connection;
    private final Deadline deadline;
    private long lingerUntilNs = NOT_YET;

    Patience(Connection connection, Deadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    /** Another client, or another request. */
    void begin() {
        lingerUntilNs = NOT_YET;
    }

    /** From here on what the client sends is read for its own sake alone: as nginx does, for a bounded time. */
    void linger() {
        if (lingerUntilNs == NOT_YET) {
            lingerUntilNs = nowNs() + TimeUnit.MILLISECONDS.toNanos(client().lingeringTimeMs());
        }
    }

    /** Sets the deadline by where the connection stands now. */
    void settle(State state) {
        Purpose purpose = awaited(state);
        long timeoutMs = timeoutMs(purpose);
        deadline.set(purpose, connection.isTurnedAway() ? Math.min(timeoutMs, TURNED_AWAY_MS) : timeoutMs);
    }

    private Purpose awaited(State state) {
        return switch (state) {
            case IDLE ->
                !connection.isKeptAlive() ? Purpose.HEAD : connection.isHeld() ? Purpose.HELD : Purpose.KEEPALIVE;
            case HEAD -> Purpose.HEAD;
            case LINGER -> Purpose.LINGER;
            case CLOSED -> Purpose.NONE;
            case EXCHANGE -> awaitedInExchange();
        };
    }

    private Purpose awaitedInExchange() {
        if (!connection.out().isEmpty()) {
            return connection.isPausing() ? Purpose.NONE : Purpose.SEND;
        }
        if (connection.reception().isReadingContent()) {
            return connection.isAnswered() ? Purpose.LINGER : Purpose.CONTENT;
        }
        return connection.reception().hasEnded() ? Purpose.ORPHAN : Purpose.NONE;
    }

    private long timeoutMs(Purpose purpose) {
        return switch (purpose) {
            case NONE -> 0;
            case HELD -> heldMs();
            case KEEPALIVE -> client().keepaliveTimeoutMs() - heldMs();
            case HEAD -> connection.defaultServer().connection().headerTimeoutMs();
            case CONTENT -> client().bodyTimeoutMs();
            case SEND -> client().sendTimeoutMs();
            case ORPHAN -> ORPHAN_MS;
            case LINGER -> {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(lingerUntilNs - nowNs());
                yield Math.max(0, Math.min(client().lingeringTimeoutMs(), leftMs));
            }
        };
    }

    private long heldMs() {
        return Math.min(client().keepaliveMinTimeoutMs(), client().keepaliveTimeoutMs());
    }

    private ClientSettings client() {
        return connection.exchange().request().location().client();
    }

    private long nowNs() {
        return connection.worker().loop().nowNs();
    }
}
