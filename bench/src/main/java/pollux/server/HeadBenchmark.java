package pollux.server;

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
import pollux.bench.ServerBlocks;
import pollux.buffer.IoBuffer;
import pollux.handler.Request;
import pollux.handler.Response;
import pollux.http.RequestHead;
import pollux.posix.OffHeap;

/** What it costs to render the head of a response. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HeadBenchmark {
    private static final long NOW_MS = 1_795_416_492_000L;

    /** Responses. */
    public enum Kind {
        /** A file of 1 KiB. */
        FILE,
        /** The same, not changed. */
        NOT_MODIFIED,
        /** An answer that moves the client. */
        MOVED,
        /** Twenty fields of the handler's own. */
        MANY_FIELDS
    }

    /** What is answered. */
    @Param
    Kind kind;

    private final Response response = new Response();
    private final IoBuffer out = OffHeap.SOURCE.allocate(8192);
    private final ResponseWriter writer = new ResponseWriter();
    private Request request;

    /** Makes the response. */
    @Setup
    public void prepare() {
        request = new Request(new RequestHead(), response, (level, message) -> {});
        request.clear(ServerBlocks.of(""), NOW_MS);
        response.status(kind == Kind.MOVED ? 301 : kind == Kind.NOT_MODIFIED ? 304 : 200);
        if (kind == Kind.MOVED) {
            response.contentType("text/html").add("Location", "http://www.example.org/elsewhere/");
            return;
        }
        response.contentType("application/octet-stream");
        response.lastModified(NOW_MS / 1000 - 86_400);
        response.entityTag("\"6ac2f0dc-400\"");
        response.add("Accept-Ranges", "bytes");
        for (int i = 0; kind == Kind.MANY_FIELDS && i < 20; i++) {
            response.add("X-Field-" + i, "the value of a field of the handler's own");
        }
    }

    /** Gives the memory back. */
    @TearDown
    public void release() {
        out.release();
    }

    /** The whole head; its length. */
    @Benchmark
    public int render() {
        out.clear();
        if (!writer.head(out, request, response, 1024, true)) {
            throw new IllegalStateException("no room");
        }
        return out.length();
    }
}
