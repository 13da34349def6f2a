package pollux.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import pollux.loop.PollPoller;
import pollux.loop.Timer;
import pollux.loop.Watch;
import pollux.posix.Files;
import pollux.posix.PosixException;
import pollux.posix.Processes;
import pollux.posix.Signals;

/**
 * The children of one worker: each is waited for by its own pid. Where the system has descriptors that tell of a child's
 * end, the loop watches one for each; a signal would wake some thread of the Java machine first, and all children had to be
 * asked which of them it was. Where there is none, or none is left, the signal is caught from then on; and where it cannot
 * be caught either, the children are asked from time to time.
 */
final class Reaper {
    /** Who started a child. */
    interface Parent {
        /** The child's pid. */
        int pid();

        /**
         * The child has ended and is gone.
         *
         * @param code its exit code 0 to 255, or 256 + the signal that ended it
         */
        void exited(int code);
    }

    /** What cannot be refused is done at once, unless the system is stuck. */
    private static final long LAST_NS = TimeUnit.SECONDS.toNanos(1);

    private static final int PAUSE_MS = 1;

    private static final long ASKING_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A child in care. */
    final class Child {
        private final Parent parent;
        private Watch watch;
        private boolean reaped;

        private Child(Parent parent) {
            this.parent = parent;
        }

        /** Asks now, without waiting to be told: if it has ended, {@link Parent#exited} was called. */
        boolean hasEnded() {
            if (!reaped) {
                reap();
            }
            return reaped;
        }

        private void reap() {
            int code = Processes.reap(parent.pid());
            if (code == Processes.RUNNING) {
                return;
            }
            reaped = true;
            children.remove(this);
            if (watch != null) {
                watch.close();
            }
            parent.exited(Math.max(code, 0));
        }

        private boolean isWatched(int fd) {
            try {
                watch = worker.loop()
                        .watch(fd, Watch.READ, worker.watching(ready -> hasEnded(), Reaper.this::bySignal));
                return true;
            } catch (PosixException refused) {
                Files.close(fd);
                return false;
            }
        }
    }

    private final Worker worker;
    private final IntUnaryOperator descriptors;
    private final IntConsumer signals;
    private final Timer asking;
    private final ArrayList<Child> children = new ArrayList<>();

    /**
     * The children of a worker.
     *
     * @param descriptors {@link Processes#descriptor}
     * @param signals {@link Signals#catchSignal}
     */
    Reaper(Worker worker, IntUnaryOperator descriptors, IntConsumer signals) {
        this.worker = worker;
        this.descriptors = descriptors;
        this.signals = signals;
        this.asking = new Timer(worker.timing(now -> ask(), () -> {}));
    }

    /** Takes a child into care that was started just now. */
    Child add(Parent parent) {
        Child child = new Child(parent);
        children.add(child);
        int fd = descriptors.applyAsInt(parent.pid());
        if (fd < 0 || !child.isWatched(fd)) {
            bySignal();
        }
        return child;
    }

    /** From now on the signal tells of ends, of this child's too; it may have come already. */
    private void bySignal() {
        try {
            signals.accept(Signals.CHLD);
            worker.submit(this::reap);
        } catch (PosixException refused) {
            worker.report(refused);
            askLater();
        }
    }

    private void askLater() {
        worker.loop().set(asking, worker.loop().nowNs() + ASKING_NS);
    }

    private void ask() {
        reap();
        if (!children.isEmpty()) {
            askLater();
        }
    }

    /** Waits for those that have ended; called after the signal, and harmless at any time. */
    void reap() {
        for (Child child : List.copyOf(children)) {
            child.hasEnded();
        }
    }

    /**
     * Ends those that have not ended yet, and their groups. The loop is over, so nobody waits but for this: a child that was
     * left would stay in the system's table as long as the process does.
     */
    void endAll() {
        children.forEach(child -> Processes.killGroup(child.parent.pid()));
        long until = System.nanoTime() + LAST_NS;
        while (!isEmptied() && System.nanoTime() < until) {
            PollPoller.waitForNothing(PAUSE_MS);
        }
    }

    private boolean isEmptied() {
        children.removeIf(child -> Processes.reap(child.parent.pid()) != Processes.RUNNING);
        return children.isEmpty();
    }

    /** Those that have not ended yet. */
    List<Parent> running() {
        return children.stream().map(child -> child.parent).toList();
    }
}
