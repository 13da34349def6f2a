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
import pollux.http.ChunkedDecoder;
import pollux.posix.OffHeap;

/** What it costs to take the chunked coding off 16 KiB as they come from the wire. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChunkBenchmark {
    private static final int SIZE = 16 * 1024;
    private static final String LAST = "0\r\n\r\n";

    /** How the content is cut. */
    public enum Chunks {
        /** As clients do it: 4 KiB each. */
        BIG(Heads.repeat("ff8\r\n" + "x".repeat(0xff8) + "\r\n", 4) + LAST),
        /** As an attacker does it. */
        ONE_BYTE(Heads.repeat("1\r\nx\r\n", SIZE / 6) + LAST),
        /** A byte behind extensions that add up to what is allowed. */
        EXTENSIONS(Heads.repeat("1;name=\"" + "v".repeat(1000) + "\"\r\nx\r\n", 15) + LAST),
        /** Many short extensions on a chunk. */
        SHORT_EXTENSIONS("1" + Heads.repeat(";a=b", 3500) + "\r\nx\r\n" + LAST),
        /** Trailers as long as they may be. */
        TRAILERS("0\r\n" + Heads.repeat("X-A: b\r\n", 1000) + "\r\n");

        private final String text;

        Chunks(String text) {
            this.text = text;
        }
    }

    /** How the content is cut. */
    @Param
    Chunks chunks;

    private final ChunkedDecoder decoder = new ChunkedDecoder();
    private IoBuffer bytes;

    /** Puts the content into memory, and makes sure that it is taken. */
    @Setup
    public void prepare() {
        bytes = OffHeap.SOURCE.allocate(chunks.text.length());
        bytes.put(chunks.text);
        decode();
    }

    /** Gives the memory back. */
    @TearDown
    public void release() {
        bytes.release();
    }

    /** All of it; the number of pieces of content. */
    @Benchmark
    public int decode() {
        decoder.reset();
        bytes.region(0, bytes.capacity());
        int pieces = 0;
        int answer = decoder.step(bytes);
        while (answer == ChunkedDecoder.DATA) {
            pieces++;
            answer = decoder.step(bytes);
        }
        if (answer != ChunkedDecoder.DONE) {
            throw new IllegalStateException("decoded to " + answer);
        }
        return pieces;
    }
}
