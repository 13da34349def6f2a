package pollux.bench;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What it costs to cross the border to C, by JNA's two mappings. {@code px_sockaddr_size} answers a constant, and
 * {@code px_recv} refuses a negative length at once: these are the border alone, with no argument and with three.
 * {@code px_getpid} goes on into the kernel and back.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NativeCallBenchmark {
    /** Direct mapping, as the server has it: the JVM links native methods to stubs made for their signatures. */
    private static final class Direct {
        static {
            Native.register(Direct.class, NativeLibrary.getInstance("pollux"));
        }

        static native int px_sockaddr_size();

        static native long px_recv(int fd, long address, long length);

        static native int px_getpid();
    }

    /** Interface mapping: a dynamic proxy looks each call up and packs its arguments into an array. */
    private interface Mapped extends Library {
        int px_sockaddr_size();

        long px_recv(int fd, long address, long length);

        int px_getpid();
    }

    private final Mapped mapped = Native.load("pollux", Mapped.class);
    private int nowhere = -1;

    /** No argument, direct. */
    @Benchmark
    public int directWithoutArguments() {
        return Direct.px_sockaddr_size();
    }

    /** No argument, by interface. */
    @Benchmark
    public int interfaceWithoutArguments() {
        return mapped.px_sockaddr_size();
    }

    /** Three arguments, direct. */
    @Benchmark
    public long directWithThreeArguments() {
        return Direct.px_recv(nowhere, 0, nowhere);
    }

    /** Three arguments, by interface. */
    @Benchmark
    public long interfaceWithThreeArguments() {
        return mapped.px_recv(nowhere, 0, nowhere);
    }

    /** A system call, direct. */
    @Benchmark
    public int directSystemCall() {
        return Direct.px_getpid();
    }

    /** A system call, by interface. */
    @Benchmark
    public int interfaceSystemCall() {
        return mapped.px_getpid();
    }
}
