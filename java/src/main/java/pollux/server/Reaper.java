package pollux.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import pollux.loop.Watch;
import pollux.posix.Files;
import pollux.posix.PosixException;
import pollux.posix.Processes;
import pollux.posix.Signals;

/**
 * The children of one worker: each is waited for by its own pid. Where the system has descriptors that tell of a child's
 * end, the loop watches one for each; a signal would wake some thread of the Java machine first, and all children had to be
 * asked which of them it was. Where there is none, or none is left, the signal is caught from then on.
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

    private final Worker worker;
    private final IntUnaryOperator descriptors;
    private final ArrayList<Parent> parents = new ArrayList<>();

    /** The children of a worker, {@code descriptors} being {@link Processes#descriptor}. */
    Reaper(Worker worker, IntUnaryOperator descriptors) {
        this.worker = worker;
        this.descriptors = descriptors;
    }

    /** Takes a child into care that was started just now. */
    void add(Parent parent) {
        parents.add(parent);
        int fd = descriptors.applyAsInt(parent.pid());
        if (fd < 0 || !isWatched(fd, parent)) {
            bySignal();
        }
    }

    private boolean isWatched(int fd, Parent parent) {
        try {
            worker.loop().watch(fd, Watch.READ, worker.watching(watch -> ended(watch, parent), this::bySignal));
            return true;
        } catch (PosixException refused) {
            Files.close(fd);
            return false;
        }
    }

    private void ended(Watch watch, Parent parent) {
        if (reap(parent)) {
            watch.close();
        }
    }

    /** From now on the signal tells of ends, of this child's too; it may have come already. */
    private void bySignal() {
        Signals.catchSignal(Signals.CHLD);
        worker.submit(this::reap);
    }

    /** Waits for those that have ended; called after the signal, and harmless at any time. */
    void reap() {
        for (int i = parents.size() - 1; i >= 0; i--) {
            reap(parents.get(i));
        }
    }

    private boolean reap(Parent parent) {
        int code = Processes.reap(parent.pid());
        if (code != Processes.RUNNING && parents.remove(parent)) {
            parent.exited(Math.max(code, 0));
        }
        return code != Processes.RUNNING;
    }

    /** Those that have not ended yet. */
    List<Parent> running() {
        return List.copyOf(parents);
    }
}
