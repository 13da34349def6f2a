package pollux.server;

import pollux.config.ConnectionSettings;
import pollux.http.RequestParser;

/** The bounds of a request's head by nginx's {@code large_client_header_buffers}. */
final class Limits {
    /** Field lines in a head; nginx's {@code max_headers}. */
    private static final int MAX_FIELDS = 1000;

    private Limits() {}

    /** A line fits into one of the large buffers, and the head into all of them together. */
    static RequestParser.Limits of(ConnectionSettings settings) {
        int line = Math.max(settings.largeBufferSize(), settings.headerBufferSize());
        int head = (int) Math.min(
                Integer.MAX_VALUE / 4,
                (long) settings.largeBufferCount() * settings.largeBufferSize() + settings.headerBufferSize());
        return new RequestParser.Limits(line, line, head, MAX_FIELDS);
    }
}
