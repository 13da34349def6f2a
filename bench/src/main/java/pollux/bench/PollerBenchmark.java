package pollux.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import pollux.buffer.IoBuffer;
import pollux.loop.EventLoop;
import pollux.loop.Watch;
import pollux.posix.Files;
import pollux.posix.LibPollux;
import pollux.posix.OffHeap;
import pollux.posix.Processes;

/**
 * The loop with each poller, among idle TCP connections: in an operation, {@link #busy} peers send a byte each, the loop
 * reports and reads them, waits for being able to write, answers with a byte each, and the peers take it. So each busy
 * connection has its interest changed twice, as a server without anything better to do would; the sends and receives cost
 * the same whatever waits.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PollerBenchmark {
    /** What waits. */
    @Param
    Backend backend;

    /** Connections that are watched for reading, and never have anything. */
    @Param({"10", "30", "100", "300", "1000", "3000", "10000"})
    int idle;

    /** Connections that do have something, all at once. */
    @Param({"1", "8", "64"})
    int busy;

    private final List<Integer> others = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final IoBuffer bytes = OffHeap.SOURCE.allocate(16);
    private int[] peers;
    private int answered;
    private Throwable problem;
    private EventLoop loop;

    /** Reads one byte and answers it in the turn that says that this can be done. */
    private final class Echo implements Watch.Handler {
        @Override
        public void ready(Watch watch, long nowNs) {
            if (watch.isReadable()) {
                bytes.clear();
                if (watch.receive(bytes, bytes.room()) != 1) {
                    throw new IllegalStateException("a byte was expected");
                }
                watch.interest(Watch.WRITE);
            }
            // Some backends say along with the request that its answer can be written.
            if (watch.interest() == Watch.WRITE && watch.isWritable()) {
                bytes.region(0, 1);
                watch.send(bytes, false);
                watch.interest(Watch.READ);
                answered++;
            }
        }

        @Override
        public void failed(Watch watch, Throwable cause) {
            problem = cause;
            watch.close();
        }
    }

    /** Connects everything. Both ends of an idle connection are watched: it counts for two. */
    @Setup
    public void connect() {
        Processes.raiseDescriptorLimit();
        loop = new EventLoop(backend.make(), System::nanoTime);
        Echo echo = new Echo();
        try (Connected.Maker maker = new Connected.Maker()) {
            for (int i = 0; i < idle / 2; i++) {
                Connected pair = maker.pair();
                watches.add(loop.watch(pair.one(), Watch.READ, echo));
                watches.add(loop.watch(pair.other(), Watch.READ, echo));
            }
            peers = new int[busy];
            for (int i = 0; i < busy; i++) {
                Connected pair = maker.pair();
                watches.add(loop.watch(pair.one(), Watch.READ, echo));
                peers[i] = pair.other();
                others.add(pair.other());
            }
        }
    }

    /** Closes everything. */
    @TearDown
    public void disconnect() {
        watches.forEach(Watch::close);
        loop.close();
        others.forEach(Files::close);
        watches.clear();
        others.clear();
    }

    /** One byte to and fro for each busy connection. */
    @Benchmark
    public int exchange() {
        for (int peer : peers) {
            expectOne(LibPollux.px_send(peer, bytes.address(), 1, 0));
        }
        answered = 0;
        while (answered < peers.length) {
            loop.turnOnce(-1);
            if (problem != null) {
                throw new IllegalStateException("a connection was given up", problem);
            }
        }
        for (int peer : peers) {
            expectOne(LibPollux.px_recv(peer, bytes.address(), 1));
        }
        return answered;
    }

    private static void expectOne(long moved) {
        if (moved != 1) {
            throw new IllegalStateException("moved " + moved + " bytes");
        }
    }
}
