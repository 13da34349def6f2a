package pollux.server;

import pollux.config.RateSettings;
import pollux.handler.Request;
import pollux.loop.Watch;
import pollux.posix.Sockets;

/** How what is to be sent goes out: how fast, and whether small segments wait. */
final class Delivery {
    /** {@link #write}: nothing may be written before a pause is over; {@link Connection#proceed} is called then. */
    static final long LATER = Long.MIN_VALUE;

    private final Connection connection;
    private final OutputQueue out;
    private Pace pace;
    private boolean atOnce;

    Delivery(Connection connection, OutputQueue out) {
        this.connection = connection;
        this.out = out;
    }

    /** Another client. */
    void begin() {
        atOnce = false;
    }

    /**
     * Makes one write, if it is time for one.
     *
     * @param last the connection ends when all is sent
     * @return as {@link OutputQueue#write}, or {@link #LATER}
     */
    long write(Watch watch, Request request, boolean last, long nowMs) {
        RateSettings rate = request.location().rate();
        if (rate == null) {
            return out.write(watch, last);
        }
        if (pace == null) {
            pace = new Pace(connection, connection.worker().loop());
        }
        if (!pace.allow(rate, request, out, nowMs)) {
            return LATER;
        }
        long count = out.write(watch, last);
        if (count > 0) {
            pace.wrote(count, out.sent());
        }
        return count;
    }

    /** Whether nothing may be written now. */
    boolean isPausing() {
        return pace != null && pace.isPausing();
    }

    /**
     * From here on small segments do not wait for what was sent before to be acknowledged. As in nginx not before the
     * connection turns out to carry more than one write: most that are closed after one answer never need it.
     */
    void sendAtOnce(Watch watch, Request request) {
        if (!atOnce) {
            atOnce = true;
            if (request.location().client().tcpNodelay()) {
                Sockets.noDelay(watch.fd());
            }
        }
    }

    /** The answer is over, whole or not. */
    void end() {
        out.clear();
        if (pace != null) {
            pace.end();
        }
    }
}
