package pollux.server;

/**
 * Connections of a worker in the order in which they came to stand where they do. They are linked through themselves, so
 * that it costs no memory to stand in line; each stands in one at most.
 */
final class ConnectionLine {
    private Connection first;
    private Connection last;

    /** Appends a connection that is in no line. */
    void add(Connection connection) {
        connection.line = this;
        connection.before = last;
        connection.after = null;
        if (last == null) {
            first = connection;
        } else {
            last.after = connection;
        }
        last = connection;
    }

    /** Takes a connection out of the line that it is in, if it is in one. */
    static void leave(Connection connection) {
        if (connection.line != null) {
            connection.line.remove(connection);
        }
    }

    private void remove(Connection connection) {
        if (connection.before == null) {
            first = connection.after;
        } else {
            connection.before.after = connection.after;
        }
        if (connection.after == null) {
            last = connection.before;
        } else {
            connection.after.before = connection.before;
        }
        connection.line = null;
        connection.before = null;
        connection.after = null;
    }

    /** The one that has been in it longest, or {@code null}. */
    Connection oldest() {
        return first;
    }
}
