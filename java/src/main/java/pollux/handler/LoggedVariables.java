package pollux.handler;

import pollux.buffer.IoBuffer;
import pollux.config.LogLine;
import pollux.config.Variable;
import pollux.http.FieldName;
import pollux.http.RequestHead;

/** The variables that access logs usually hold, written without an object for each value; the others as anywhere else. */
final class LoggedVariables {
    private LoggedVariables() {}

    static void write(Request request, Variable variable, LogLine line) {
        switch (variable.name()) {
            case REQUEST -> requestLine(request.head(), line);
            case HTTP -> field(request.head(), variable.rest(), line);
            case REMOTE_USER -> user(request, variable, line);
            case STATUS -> status(request.response().status(), line);
            case BODY_BYTES_SENT -> line.number(request.progress().bodyBytesSent());
            case BYTES_SENT -> line.number(request.progress().bytesSent());
            case REQUEST_LENGTH -> line.number(request.progress().requestLength());
            case CONNECTION -> line.number(request.peer().number());
            case CONNECTION_REQUESTS -> line.number(request.progress().connectionRequests());
            case MSEC -> line.seconds(request.nowMs());
            case REQUEST_TIME -> line.seconds(Math.max(0, request.nowMs() - request.startedMs()));
            default -> line.value(request.value(variable));
        }
    }

    private static void requestLine(RequestHead head, LogLine line) {
        if (head.buffer() == null) {
            line.value("");
        } else {
            copy(head.buffer(), head.requestLineOffset(), head.requestLineLength(), line);
        }
    }

    private static void copy(IoBuffer from, int offset, int count, LogLine line) {
        int at = line.reserve(count);
        from.copyTo(offset, line.bytes(), at, count);
        line.value(count);
    }

    private static void field(RequestHead head, String name, LogLine line) {
        int first = head.next(name, -1);
        if (first < 0) {
            line.none();
        } else if (head.next(name, first) < 0) {
            copy(head.buffer(), head.valueOffset(first), head.valueLength(first), line);
        } else {
            line.value(head.find(name));
        }
    }

    private static void user(Request request, Variable variable, LogLine line) {
        if (request.head().find(FieldName.AUTHORIZATION) < 0) {
            line.none();
        } else {
            line.value(request.value(variable));
        }
    }

    private static void status(int code, LogLine line) {
        if (code == 0) {
            line.text("000");
        } else {
            line.number(code);
        }
    }
}
