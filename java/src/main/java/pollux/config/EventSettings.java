package pollux.config;

/**
 * What holds for each loop: nginx's events context.
 *
 * @param connections how many connections a loop holds at once, clients and listeners together
 * @param use how a loop waits
 * @param multiAccept whether one report of a listener may accept several connections; accepted, of no effect: one report
 *     allows one accept
 */
public record EventSettings(int connections, Use use, boolean multiAccept) {
    /** How a loop waits. */
    public enum Use {
        /** The literal {@code poll()} at first, the platform's own when the set has grown. */
        AUTO,
        /** {@code poll()}. */
        POLL,
        /** Linux's {@code epoll}. */
        EPOLL,
        /** {@code kqueue} of macOS and the BSDs. */
        KQUEUE;

        private static final boolean MACOS = System.getProperty("os.name").startsWith("Mac");

        /** Whether this system has it. */
        public boolean isAvailable() {
            return switch (this) {
                case AUTO, POLL -> true;
                case EPOLL -> !MACOS;
                case KQUEUE -> MACOS;
            };
        }
    }
}
