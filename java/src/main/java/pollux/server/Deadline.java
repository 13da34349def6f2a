package pollux.server;

import java.util.concurrent.TimeUnit;
import pollux.loop.EventLoop;
import pollux.loop.Timer;

/**
 * The one deadline of a connection, and what it is for. A new purpose sets it; progress in the same purpose moves it;
 * nothing else does, so that a client cannot put it off by doing something else than it is waited for.
 */
final class Deadline {
    /** What is waited for. */
    enum Purpose {
        /** Nothing of the client's. */
        NONE,
        /** The next request, for as long as the connection is promised to stay. */
        HELD,
        /** The next request. */
        KEEPALIVE,
        /** A whole request head. */
        HEAD,
        /** More content of the request. */
        CONTENT,
        /** That the client takes more of the response. */
        SEND,
        /** That the client has read the response and closes. */
        LINGER,
        /** That a program answers a client that has ended its sending side. */
        ORPHAN
    }

    private final EventLoop loop;
    private final Timer timer;
    private Purpose purpose = Purpose.NONE;
    private boolean progressed;

    Deadline(EventLoop loop, Timer.Action action) {
        this.loop = loop;
        this.timer = new Timer(action);
    }

    /** The connection has come further: whatever is waited for next, its time begins now. */
    void progress() {
        progressed = true;
    }

    /** The client did some of what it is waited for, if that is what it is waited for. */
    void progressIn(Purpose done) {
        progressed |= purpose == done;
    }

    /** Says what is waited for from now on, and how long. */
    void set(Purpose wanted, long timeoutMs) {
        if (wanted == Purpose.NONE) {
            loop.cancel(timer);
        } else if (wanted != purpose || progressed) {
            loop.set(timer, loop.nowNs() + TimeUnit.MILLISECONDS.toNanos(timeoutMs));
        }
        purpose = wanted;
        progressed = false;
    }

    /** The deadline has passed: what was waited for in vain. */
    Purpose missed() {
        Purpose missed = purpose;
        purpose = Purpose.NONE;
        return missed;
    }

    /** Takes the deadline away. */
    void cancel() {
        set(Purpose.NONE, 0);
    }
}
