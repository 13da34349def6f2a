package pollux.server;

import pollux.posix.Files;

/**
 * A descriptor kept for the moment when there are no others: given up, it makes room for one more client, who can be told
 * 503 rather than left waiting. The worker's own; not for several threads.
 */
final class ReserveDescriptor {
    private static final int NONE = -1;
    private static final String PLACE_HOLDER = "/dev/null";

    private int fd = NONE;

    /** Takes hold of one again, if there is one to be had; nothing happens while it is held. */
    void hold() {
        if (fd == NONE) {
            int opened = Files.openRead(PLACE_HOLDER);
            fd = opened >= 0 ? opened : NONE;
        }
    }

    /** Gives it up: false when it was not held. */
    boolean giveUp() {
        if (fd == NONE) {
            return false;
        }
        Files.close(fd);
        fd = NONE;
        return true;
    }
}
