package pollux.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import pollux.posix.Errno;
import pollux.posix.PosixException;

/**
 * The thread of a worker other than the first. It is had before anything else is done for its worker, so that a system that has
 * none left refuses it while everything is still as it was, and waits until it is told to run or to go.
 */
final class WorkerThread {
    private final CountDownLatch told = new CountDownLatch(1);
    private final Thread thread;
    private volatile Runnable duty = () -> {};

    private WorkerThread(int number) {
        thread = new Thread(this::live, "worker " + number);
    }

    /**
     * As many as there are workers.
     *
     * @throws PosixException when the system has not as many; then there is none
     */
    static List<WorkerThread> hire(List<Worker> workers) {
        List<WorkerThread> hired = new ArrayList<>();
        try {
            for (Worker worker : workers) {
                WorkerThread thread = new WorkerThread(worker.number());
                thread.begin();
                hired.add(thread);
            }
            return hired;
        } catch (RuntimeException | Error refused) {
            hired.forEach(WorkerThread::dismiss);
            throw refused;
        }
    }

    private void begin() {
        try {
            thread.start();
        } catch (OutOfMemoryError none) {
            // What is lacking is a process or memory for a stack, which the system calls EAGAIN both.
            throw new PosixException("pthread_create() for \"" + thread.getName() + "\"", Errno.EAGAIN);
        }
    }

    private void live() {
        boolean waiting = true;
        while (waiting) {
            try {
                told.await();
                waiting = false;
            } catch (InterruptedException impossible) {
                // Nobody interrupts it: then it waits on.
                waiting = true;
            }
        }
        duty.run();
    }

    /** Does its duty, once. */
    void run(Runnable task) {
        duty = task;
        told.countDown();
    }

    /** It is not needed after all. */
    void dismiss() {
        told.countDown();
    }

    /** Whether it has not ended yet. */
    boolean isAlive() {
        return thread.isAlive();
    }

    /** Waits until it has ended. */
    void join() {
        try {
            thread.join();
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
    }
}
