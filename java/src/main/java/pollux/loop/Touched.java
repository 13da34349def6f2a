package pollux.loop;

import java.util.Arrays;

/** The watches that a poller has to look at before its next wait, each once. It marks them in their slots. */
final class Touched {
    /** The bit of {@link Watch#slot} that is this one's. */
    static final int MARK = 64;

    private Watch[] watches = new Watch[64];
    private int count;
    private int walk;

    /** Adds a watch that is not in yet. */
    void add(Watch watch) {
        if ((watch.slot & MARK) == 0) {
            watch.slot |= MARK;
            if (count == watches.length) {
                watches = Arrays.copyOf(watches, count * 2);
            }
            watches[count++] = watch;
        }
    }

    /** Takes out the one that was added first; {@code null} when there is none. Its mark is the caller's to take away. */
    Watch take() {
        if (walk == count) {
            walk = 0;
            count = 0;
            return null;
        }
        Watch first = watches[walk];
        watches[walk++] = null;
        return first;
    }
}
