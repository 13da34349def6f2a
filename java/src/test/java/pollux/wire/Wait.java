package pollux.wire;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what another process does: looked for again and again, until it is so or the bound is over. */
public final class Wait {
    /** The bound of every wait: far above what anything here takes on a busy machine. */
    public static final long LIMIT_MS = 30_000;

    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(3);

    private Wait() {}

    /** Returns when the condition holds; fails after {@link #LIMIT_MS}, saying what was waited for. */
    public static void until(String what, BooleanSupplier condition) {
        until(() -> what, condition);
    }

    /** {@link #until(String, BooleanSupplier)} with words that are found when it has failed. */
    public static void until(Supplier<String> what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited " + LIMIT_MS + " ms in vain for " + what.get());
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
