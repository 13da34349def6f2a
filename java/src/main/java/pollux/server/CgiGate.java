package pollux.server;

import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import pollux.config.CgiSettings;

/**
 * {@code cgi_max_processes}: how many programs of one place of the configuration a worker runs at once. Requests above
 * it wait in line.
 */
final class CgiGate {
    /** Whoever waits in line. */
    interface Waiting {
        /** It is this one's turn; a place is taken in its name. */
        void admitted();
    }

    private static final class Line {
        private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
        private int running;
        private boolean admitting;
    }

    private final IdentityHashMap<CgiSettings, Line> lines = new IdentityHashMap<>();

    /** Takes a place if one is free and nobody is before; each place is given back by {@link #leave}. */
    boolean enter(CgiSettings settings) {
        Line line = lines.computeIfAbsent(settings, key -> new Line());
        boolean free =
                settings.maxProcesses() <= 0 || (line.running < settings.maxProcesses() && line.waiting.isEmpty());
        if (free) {
            line.running++;
        }
        return free;
    }

    /** Stands in line. */
    void await(CgiSettings settings, Waiting who) {
        lines.get(settings).waiting.addLast(who);
    }

    /** Leaves the line without having been admitted. */
    void giveUp(CgiSettings settings, Waiting who) {
        Line line = lines.get(settings);
        if (line != null) {
            line.waiting.remove(who);
        }
    }

    /**
     * Gives a place back; the first in line gets it. Whoever is admitted and fails to start leaves again at once: that is
     * seen by the loop here, not by a call within the call, or a long line without descriptors would use up the stack.
     */
    void leave(CgiSettings settings) {
        Line line = lines.get(settings);
        line.running--;
        if (line.admitting) {
            return;
        }
        line.admitting = true;
        try {
            while (line.running < settings.maxProcesses() && !line.waiting.isEmpty()) {
                line.running++;
                line.waiting.removeFirst().admitted();
            }
        } finally {
            line.admitting = false;
        }
        if (line.running == 0) {
            lines.remove(settings);
        }
    }
}
