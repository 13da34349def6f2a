package pollux.server;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;
import pollux.buffer.IoBuffer;
import pollux.config.Listen;
import pollux.config.LogLine;
import pollux.config.Syslog;
import pollux.loop.EventLoop;
import pollux.loop.Watch;
import pollux.posix.Files;
import pollux.posix.OffHeap;
import pollux.posix.PosixException;
import pollux.posix.SocketAddress;
import pollux.posix.Sockets;

/**
 * The datagram socket of one {@code syslog:} log. The loop watches it while there is something to send, and each report
 * pays for one datagram. Lines wait in a queue with a bound; what does not fit, or finds nobody listening, is lost and
 * counted, and the server goes on. A socket that has failed is made anew for the next line, at most once a second when it
 * cannot even be connected.
 */
final class SyslogSender {
    private static final int MOST_BYTES = 1 << 20;
    private static final long PAUSE_NS = 1_000_000_000L;

    private final Syslog target;
    private final EventLoop loop;
    private final IoBuffer datagram = OffHeap.SOURCE.allocate(2 * LogFile.longestLine());
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private int queued;
    private long dropped;
    private long told;
    private Watch watch;
    private long failedNs;
    private boolean failed;

    SyslogSender(Syslog target, EventLoop loop) {
        this.target = target;
        this.loop = loop;
    }

    /** Takes a line; it is sent in one of the next turns. */
    void send(LogLine line) {
        if (queued + line.length() > MOST_BYTES || !isOpen()) {
            dropped++;
            return;
        }
        queue.add(Arrays.copyOf(line.bytes(), line.length()));
        queued += line.length();
        watch.interest(Watch.WRITE);
    }

    private boolean isOpen() {
        if (watch != null) {
            return true;
        }
        if (failed && loop.nowNs() - failedNs < PAUSE_NS) {
            return false;
        }
        int fd = connect();
        failed = fd < 0;
        failedNs = loop.nowNs();
        if (!failed) {
            watch(fd);
        }
        return !failed;
    }

    private void watch(int fd) {
        try {
            watch = loop.watch(fd, Watch.ASLEEP, new Sending());
        } catch (PosixException refused) {
            Files.close(fd);
            failed = true;
        }
    }

    private int connect() {
        SocketAddress address = new SocketAddress();
        try {
            int answer = target.kind() == Listen.Kind.UNIX
                    ? address.setUnix(target.host())
                    : address.setInet(target.host(), target.port());
            if (answer < 0) {
                return answer;
            }
            int fd = Sockets.datagram(address);
            // Of a datagram socket this only names the peer: there is nothing to wait for.
            int connected = fd < 0 ? fd : Sockets.connect(fd, address);
            if (fd >= 0 && connected < 0) {
                Files.close(fd);
            }
            return connected < 0 ? connected : fd;
        } finally {
            address.release();
        }
    }

    private void ready(Watch ready) {
        if (ready.isGone()) {
            // An earlier datagram found nobody; this one gets a socket that knows nothing of that.
            again();
        } else if (ready.isWritable() && !queue.isEmpty()) {
            byte[] line = queue.remove();
            queued -= line.length;
            datagram.clear();
            datagram.put(line, 0, line.length);
            if (ready.send(datagram, false) < 0) {
                dropped++;
                again();
            }
        }
        if (watch != null && queue.isEmpty()) {
            watch.interest(Watch.ASLEEP);
        }
    }

    private void again() {
        giveUp();
        if (queue.isEmpty()) {
            return;
        }
        if (isOpen()) {
            watch.interest(Watch.WRITE);
        } else {
            dropped += queue.size();
            queue.clear();
            queued = 0;
        }
    }

    private void giveUp() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    /** Whether lines wait that could still be sent. */
    boolean isPending() {
        return watch != null && !queue.isEmpty();
    }

    /** Tells how many lines were lost since it last told so, at most once a second. */
    void complain(Consumer<String> complaints) {
        if (dropped > 0 && (told == 0 || loop.nowNs() - told >= PAUSE_NS)) {
            told = loop.nowNs();
            String message = dropped + " lines were not sent to the syslog server \"" + target.host() + "\"";
            dropped = 0;
            complaints.accept(message);
        }
    }

    /** Ends when nothing waits; whoever asks again gets another. */
    boolean closeIfIdle() {
        boolean idle = !isPending();
        if (idle) {
            close();
        }
        return idle;
    }

    /** Ends; the loop closes the socket. */
    void close() {
        giveUp();
        queue.clear();
        queued = 0;
        datagram.release();
    }

    private final class Sending implements Watch.Handler {
        @Override
        public void ready(Watch ready, long nowNs) {
            SyslogSender.this.ready(ready);
        }

        @Override
        public void failed(Watch broken, Throwable problem) {
            giveUp();
        }
    }
}
