package pollux.server;

import pollux.handler.Request;
import pollux.http.ProxyProtocolParser;

/** What a proxy puts in front of a connection that it passes on: {@code listen … proxy_protocol}. */
final class Preface {
    /** What has become of it. */
    enum Outcome {
        /** More is to come, of it or of the request behind it. */
        WAITING,
        BROKEN,
        /** It is read, and the first request has begun behind it. */
        DONE
    }

    private ProxyProtocolParser parser;

    /** Another client. */
    void begin(boolean expected) {
        parser = expected ? new ProxyProtocolParser() : null;
    }

    /** Whether it is still to come. */
    boolean isAwaited() {
        return parser != null;
    }

    /** Reads what has come of it; the request is told whose it is. */
    Outcome read(RequestInput input, Request request, ConnectionLog log) {
        int result = parser.parse(input.buffer());
        if (result == ProxyProtocolParser.BROKEN) {
            log.brokenPreface(parser.fault(input.buffer()));
            return Outcome.BROKEN;
        }
        if (result == ProxyProtocolParser.COMPLETE) {
            request.proxied(parser.addresses());
            parser = null;
        }
        if (input.isEmpty()) {
            input.release();
            return Outcome.WAITING;
        }
        return Outcome.DONE;
    }
}
