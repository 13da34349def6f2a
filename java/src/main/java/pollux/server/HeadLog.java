package pollux.server;

import pollux.config.ErrorLog;
import pollux.handler.Log;

/** An error log that can be told of a request whose head is there, what nginx finds while it reads it. */
interface HeadLog extends Log {
    /** What nginx says behind a message about a request line. */
    String REQUEST_LINE = " while reading client request line";

    /** What nginx says behind a message about field lines. */
    String HEADERS = " while reading client request headers";

    /** A message about a request line, at {@code info}. */
    default void ofRequestLine(String message) {
        error(ErrorLog.Level.INFO, message + REQUEST_LINE);
    }

    /** A message about field lines, at {@code info}. */
    default void ofHeaders(String message) {
        error(ErrorLog.Level.INFO, message + HEADERS);
    }
}
