package pollux.server;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import pollux.loop.EventLoop;
import pollux.loop.Timer;

/** What a log file could not take, told of at once and then once a minute at most, as nginx does. */
final class LogLosses implements Timer.Action {
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

    private final String path;
    private final EventLoop loop;
    private final Consumer<String> complaints;
    private final Timer timer = new Timer(this);
    private long bytes;
    private long quietUntilNs = Long.MIN_VALUE;

    /** @param complaints gets a sentence in a later turn, when no line is being made */
    LogLosses(String path, EventLoop loop, Consumer<String> complaints) {
        this.path = path;
        this.loop = loop;
        this.complaints = complaints;
    }

    void add(long count) {
        bytes += count;
        if (!timer.isSet()) {
            loop.set(timer, Math.max(loop.nowNs(), quietUntilNs));
        }
    }

    @Override
    public void expired(long nowNs) {
        long told = bytes;
        bytes = 0;
        quietUntilNs = nowNs + MINUTE_NS;
        complaints.accept("write() to \"" + path + "\" failed, " + told + " bytes of lines are lost");
    }

    @Override
    public void failed(Throwable problem) {
        bytes = 0;
    }

    void cancel() {
        loop.cancel(timer);
    }
}
