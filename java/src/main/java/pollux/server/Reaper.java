package pollux.server;

import java.util.ArrayList;
import java.util.List;
import pollux.posix.Processes;

/** The children of one worker: each is waited for by its own pid when the signal says that some child has ended. */
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

    private final ArrayList<Parent> parents = new ArrayList<>();

    void add(Parent parent) {
        parents.add(parent);
    }

    /** Waits for those that have ended; called after the signal, and harmless at any time. */
    void reap() {
        for (int i = parents.size() - 1; i >= 0; i--) {
            Parent parent = parents.get(i);
            int code = Processes.reap(parent.pid());
            if (code != Processes.RUNNING) {
                parents.remove(i);
                parent.exited(Math.max(code, 0));
            }
        }
    }

    /** Those that have not ended yet. */
    List<Parent> running() {
        return List.copyOf(parents);
    }
}
