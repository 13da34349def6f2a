package pollux.server;

/** The idle connections of a worker, in the order in which they became idle; linked through themselves. */
final class IdleLine {
    private Connection first;
    private Connection last;

    /** Appends a connection that is not in the line. */
    void add(Connection connection) {
        connection.idleBefore = last;
        connection.idleAfter = null;
        if (last == null) {
            first = connection;
        } else {
            last.idleAfter = connection;
        }
        last = connection;
    }

    /** Takes a connection out, if it is in the line. */
    void remove(Connection connection) {
        if (connection.idleBefore == null && first != connection) {
            return;
        }
        if (connection.idleBefore == null) {
            first = connection.idleAfter;
        } else {
            connection.idleBefore.idleAfter = connection.idleAfter;
        }
        if (connection.idleAfter == null) {
            last = connection.idleBefore;
        } else {
            connection.idleAfter.idleBefore = connection.idleBefore;
        }
        connection.idleBefore = null;
        connection.idleAfter = null;
    }

    /** The one that has been idle longest, or {@code null}. */
    Connection oldest() {
        return first;
    }
}
