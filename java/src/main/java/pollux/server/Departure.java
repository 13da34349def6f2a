package pollux.server;

import pollux.config.ClientSettings;
import pollux.server.Connection.State;

/**
 * What becomes of a connection whose client is late, has gone, or cannot be reached any more: what the log says of it, with
 * which status, and whether the end is a reset. All of it as nginx does.
 */
final class Departure {
    private static final int BAD_REQUEST = 400;
    private static final int TIMED_OUT = 408;

    private final Connection connection;

    Departure(Connection connection) {
        this.connection = connection;
    }

    // --- Late.

    /** What was waited for has not come in time. */
    void missed(Deadline.Purpose purpose) {
        switch (purpose) {
            case HEAD -> headLate();
            case CONTENT -> contentLate();
            case SEND -> {
                connection.log().timedOutWhileSending();
                resetIfAsked();
                connection.abort();
            }
            case LINGER -> {
                // As in nginx: only who still owes content has missed something.
                if (connection.reception().isOwed()) {
                    resetIfAsked();
                }
                connection.abort();
            }
            default -> connection.abort();
        }
    }

    /** The first request, or the rest of one, did not come in time. */
    private void headLate() {
        connection.log().timedOut();
        if (connection.state() != State.HEAD) {
            connection.close();
        } else if (resetIfAsked() || !connection.input().parser().isStarted()) {
            // Empty lines are no request: an answer to none would be taken for that to the next one.
            connection.abandon(TIMED_OUT);
        } else {
            connection.refuse(TIMED_OUT);
            connection.proceed();
        }
    }

    private void contentLate() {
        connection.reception().giveUp();
        if (resetIfAsked() || connection.exchange().isResponded()) {
            connection.abort(TIMED_OUT);
        } else {
            connection.exchange().fail(TIMED_OUT);
            connection.proceed();
        }
    }

    /** {@code reset_timedout_connection}: the end will be a reset, so that nothing is kept for a client that is late. */
    boolean resetIfAsked() {
        ClientSettings client = connection.isAnswering()
                ? connection.exchange().request().location().client()
                : connection.defaultServer().root().client();
        if (client.resetTimedoutConnection()) {
            connection.resetOnClose();
        }
        return client.resetTimedoutConnection();
    }

    // --- Gone.

    /** Its side is over where its next request, or the rest of one, is waited for. */
    void gone() {
        if (connection.state() == State.HEAD) {
            connection.log().closedEarly();
            connection.abandon(BAD_REQUEST);
        } else {
            connection.log().closed();
            connection.close();
        }
    }

    /** As in nginx, content that is not whole makes the request a bad one, unless nobody wanted it. */
    void goneWithContent() {
        if (connection.exchange().intake().taker() == ContentIntake.Taker.NOBODY) {
            connection.abort();
        } else {
            connection.log().closedEarly();
            connection.abort(BAD_REQUEST);
        }
    }

    /** The connection is no more: a read would say nothing else. */
    void broken() {
        State state = connection.state();
        if (state == State.IDLE || state == State.HEAD) {
            gone();
        } else if (state == State.EXCHANGE && connection.reception().isReadingContent()) {
            goneWithContent();
        } else {
            if (state == State.EXCHANGE) {
                connection.log().closedWhileSending();
            }
            connection.abort();
        }
    }
}
