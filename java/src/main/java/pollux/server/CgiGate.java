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
        private int running;
        private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
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

    /** Gives a place back; the first in line gets it. */
    void leave(CgiSettings settings) {
        Line line = lines.get(settings);
        line.running--;
        Waiting first = line.waiting.pollFirst();
        if (first != null) {
            line.running++;
            first.admitted();
        } else if (line.running == 0) {
            lines.remove(settings);
        }
    }
}
