package pollux.server;

import java.util.concurrent.TimeUnit;
import pollux.config.RateSettings;
import pollux.handler.Request;
import pollux.loop.EventLoop;
import pollux.loop.Timer;

/**
 * How fast one connection's answers may go ({@code limit_rate}). By nginx's sum: so many bytes for each second that the request
 * has lasted, the one that has begun included; and after each write a pause as long as its bytes may take. The pauses are
 * timers of the loop. A connection has one from its first limited answer on.
 */
final class Pace implements Timer.Action {
    private static final long SECOND_MS = 1000;

    private final Connection connection;
    private final EventLoop loop;
    private final Timer pause = new Timer(this);
    private long bytesPerSecond;
    private long bytesBefore;
    private boolean begun;

    Pace(Connection connection, EventLoop loop) {
        this.connection = connection;
        this.loop = loop;
    }

    /** Whether nothing may be written now. */
    boolean isPausing() {
        return pause.isSet();
    }

    /**
     * Says how much may be written now.
     *
     * @return false when nothing may: {@link Connection#proceed} is called when the pause is over
     */
    boolean allow(RateSettings rate, Request request, OutputQueue out, long nowMs) {
        if (!begun) {
            begun = true;
            bytesPerSecond = rate.bytesPerSecond(request);
            bytesBefore = rate.bytesBefore(request);
            request.limitRate(bytesPerSecond);
        }
        if (bytesPerSecond == 0) {
            return true;
        }
        if (isPausing()) {
            return false;
        }
        long seconds = Math.max(0, nowMs - request.startedMs()) / SECOND_MS + 1;
        long allowed = bytesPerSecond * seconds - (out.sent() - bytesBefore);
        if (allowed <= 0) {
            pause(-allowed * SECOND_MS / bytesPerSecond + 1);
            return false;
        }
        out.allow(allowed);
        return true;
    }

    /** So many bytes were written, the last of {@code sent} in all. */
    void wrote(long count, long sent) {
        if (bytesPerSecond > 0) {
            long counting = Math.min(count, Math.max(0, sent - bytesBefore));
            long restMs = counting * SECOND_MS / bytesPerSecond;
            if (restMs > 0) {
                pause(restMs);
            }
        }
    }

    private void pause(long ms) {
        loop.set(pause, loop.nowNs() + TimeUnit.MILLISECONDS.toNanos(ms));
    }

    @Override
    public void expired(long nowNs) {
        connection.proceed();
    }

    @Override
    public void failed(Throwable problem) {
        connection.failed(problem);
    }

    /** The answer is over: the next one begins anew. */
    void end() {
        begun = false;
        bytesPerSecond = 0;
        loop.cancel(pause);
    }
}
