package pollux.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import pollux.buffer.IoBuffer;
import pollux.posix.OffHeap;

/**
 * Whether the cost of hostile input grows as its bytes do: sizes double, whole and byte by byte. {@link Growth} runs it and
 * shows the cost of a byte, which must not grow.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class GrowthBenchmark {
    /** What grows. */
    @Param
    Growing shape;

    /** To how many bytes, about. */
    @Param({"4096", "8192", "16384", "32768", "65536", "131072"})
    int size;

    private IoBuffer bytes;

    /** Puts the text into memory, and makes sure that it is taken for what it is. */
    @Setup
    public void prepare() {
        String text = shape.text(size);
        bytes = OffHeap.SOURCE.allocate(text.length());
        bytes.put(text);
        if (!shape.read(bytes, bytes.capacity())) {
            throw new IllegalStateException("refused: " + shape);
        }
    }

    /** Gives the memory back. */
    @TearDown
    public void release() {
        bytes.release();
    }

    /** All of it at once. */
    @Benchmark
    public boolean whole() {
        return shape.read(bytes, bytes.capacity());
    }

    /** One byte more each time. */
    @Benchmark
    public boolean byteByByte() {
        return shape.read(bytes, 1);
    }
}
