package pollux.bench;

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
import pollux.http.RequestHead;
import pollux.http.RequestParser;
import pollux.posix.OffHeap;

/** What it costs to find the head of a request, all of it there at once or dribbling in byte by byte. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParserBenchmark {
    /** Whose head. */
    @Param
    Heads head;

    private final RequestParser parser = new RequestParser(RequestParser.Limits.DEFAULT);
    private final RequestHead found = new RequestHead();
    private IoBuffer bytes;

    /** Puts the head into memory, and makes sure that it is one. */
    @Setup
    public void prepare() {
        bytes = OffHeap.SOURCE.allocate(head.text.length());
        bytes.put(head.text);
        for (int answer : new int[] {whole(), byteByByte()}) {
            if (answer != RequestParser.COMPLETE || found.length() != head.text.length()) {
                throw new IllegalStateException("parsed to " + answer + ": " + head);
            }
        }
    }

    /** Gives the memory back. */
    @TearDown
    public void release() {
        bytes.release();
    }

    /** The usual case: one read brings it all. */
    @Benchmark
    public int whole() {
        bytes.region(0, bytes.capacity());
        parser.reset();
        return parser.parse(bytes, found);
    }

    /** The worst case: the parser is called for each byte. */
    @Benchmark
    public int byteByByte() {
        parser.reset();
        int answer = RequestParser.NEED_MORE;
        for (int end = 1; end <= bytes.capacity() && answer == RequestParser.NEED_MORE; end++) {
            bytes.region(0, end);
            answer = parser.parse(bytes, found);
        }
        return answer;
    }
}
