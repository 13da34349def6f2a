package pollux.server;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import pollux.buffer.IoBuffer;
import pollux.loop.EventLoop;
import pollux.loop.Watch;
import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.LibPollux;
import pollux.posix.OffHeap;
import pollux.posix.PosixException;
import pollux.posix.Processes;
import pollux.posix.Signals;

/**
 * The pipe that wakes a worker's loop: signals come through it, a byte each with their number, and other threads' tasks,
 * a byte 0. The loop watches its reading end like any other descriptor. The writing end is the one descriptor that is
 * written to without having been reported: by the signal handler and by other threads, and when it is full the loop is
 * about to wake up anyway.
 */
final class Wakeup implements Watch.Handler {
    private static final int TASK = 0;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final IoBuffer nudge = OffHeap.SOURCE.allocate(1);
    private final IoBuffer arrived = OffHeap.SOURCE.allocate(4096);
    private final IntConsumer signals;
    private final Consumer<Throwable> problems;
    private final int writeEnd;
    private final Watch watch;
    private boolean closed;

    /**
     * Makes the pipe.
     *
     * @param signals gets the numbers of caught signals, on the loop's thread
     * @param problems gets what tasks and signals throw
     */
    Wakeup(EventLoop loop, IntConsumer signals, Consumer<Throwable> problems) {
        this.signals = signals;
        this.problems = problems;
        Processes.Pipe pipe = Processes.pipe();
        if (pipe == null) {
            throw new PosixException("pipe()", Errno.EMFILE);
        }
        nudge.put((byte) TASK);
        writeEnd = pipe.writeEnd();
        try {
            watch = loop.watch(pipe.readEnd(), Watch.READ, this);
        } catch (RuntimeException | Error refused) {
            Files.close(pipe.readEnd());
            Files.close(writeEnd);
            throw refused;
        }
        Signals.wake(writeEnd);
    }

    /** Runs a task on the loop's thread soon; from any thread. Nothing happens when the worker has ended. */
    synchronized void submit(Runnable task) {
        if (!closed) {
            tasks.add(task);
            LibPollux.px_write(writeEnd, nudge.address(), 1);
        }
    }

    @Override
    public void ready(Watch ready, long nowNs) {
        arrived.clear();
        int count = ready.read(arrived, arrived.room());
        long came = 0;
        for (int i = 0; i < count; i++) {
            came |= 1L << arrived.get(i);
        }
        // As with any signal, several of a kind that have not been looked at are one.
        for (int signal = TASK + 1; came >> signal != 0; signal++) {
            if ((came >> signal & 1) != 0) {
                int number = signal;
                attempt(() -> signals.accept(number));
            }
        }
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            attempt(task);
        }
    }

    /** One that throws must not take those behind it along: their bytes have been read already. */
    private void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error problem) {
            problems.accept(problem);
        }
    }

    @Override
    public void failed(Watch failed, Throwable problem) {
        problems.accept(problem);
    }

    /** Takes the pipe away. Another thread's {@link #submit} must not write to whatever gets the number next. */
    synchronized void close() {
        closed = true;
        Signals.unwake(writeEnd);
        watch.close();
        Files.close(writeEnd);
        nudge.release();
        arrived.release();
    }
}
