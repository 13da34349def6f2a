package pollux.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.Processes;

/**
 * How long a program's start stops the thread that starts it, from JVMs of different sizes. The program is reaped between
 * two operations, and what that takes does not count.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms16m", "-Xmx1400m"})
public class SpawnBenchmark {
    private static final String PROGRAM = "/bin/true";
    private static final int MIB = 1 << 20;

    /** MiB of the heap that are in use, every page touched. */
    @Param({"16", "64", "256", "1024"})
    int heapMiB;

    private final List<byte[]> held = new ArrayList<>();
    private Processes.Pipe silence;
    private Processes.Pipe status;
    private int pid;
    private Process process;

    /** Fills the heap, and makes the pipes that programs get. */
    @Setup
    public void fill() {
        for (int i = 0; i < heapMiB; i++) {
            byte[] piece = new byte[MIB];
            for (int at = 0; at < MIB; at += 4096) {
                piece[at] = 1;
            }
            held.add(piece);
        }
        silence = Processes.pipe();
        status = Processes.pipe();
    }

    /** Gives the pipes back. */
    @TearDown
    public void release() {
        for (Processes.Pipe pipe : List.of(silence, status)) {
            Files.close(pipe.readEnd());
            Files.close(pipe.writeEnd());
        }
        held.clear();
    }

    /** Waits for the program that was started last. */
    @TearDown(Level.Invocation)
    public void reap() throws InterruptedException {
        while (pid > 0 && Processes.reap(pid) == Processes.RUNNING) {
            Thread.onSpinWait();
        }
        pid = 0;
        if (process != null) {
            process.waitFor();
            process = null;
        }
    }

    /** By {@code vfork()}, as the server does. */
    @Benchmark
    public int vfork() {
        return spawn(Processes.How.VFORK);
    }

    /** By {@code fork()}. */
    @Benchmark
    public int fork() {
        return spawn(Processes.How.FORK);
    }

    /** By the JDK: a helper program that starts the program. */
    @Benchmark
    public Process processBuilder() throws IOException {
        process = new ProcessBuilder(PROGRAM)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process;
    }

    private int spawn(Processes.How how) {
        pid = Processes.spawn(
                PROGRAM,
                List.of(PROGRAM),
                List.of(),
                null,
                silence.readEnd(),
                silence.writeEnd(),
                silence.writeEnd(),
                status.writeEnd(),
                how);
        if (pid < 0) {
            throw new IllegalStateException("no program " + Errno.describe(-pid));
        }
        return pid;
    }
}
