package pollux.server;

import pollux.config.ConnectionSettings;
import pollux.http.RequestParser;

/** The bounds of a request's head by nginx's {@code large_client_header_buffers} and {@code max_headers}. */
final class Limits {
    private Limits() {}

    /** A line fits into one of the large buffers, and the head into all of them together. */
    static RequestParser.Limits of(ConnectionSettings settings) {
        int line = Math.max(settings.largeBufferSize(), settings.headerBufferSize());
        int head = (int) Math.min(
                Integer.MAX_VALUE / 4,
                (long) settings.largeBufferCount() * settings.largeBufferSize() + settings.headerBufferSize());
        return new RequestParser.Limits(line, line, head, settings.maxHeaders());
    }
}
