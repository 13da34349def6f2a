package pollux.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BooleanSupplier;
import pollux.wire.Wait;

/** Waiting for a server that may have died meanwhile. */
final class Patience {
    private Patience() {}

    /** As {@link Wait#until(String, BooleanSupplier)}, but fails at once when the server has ended. */
    static void until(String what, FaultyServer server, BooleanSupplier condition) {
        Wait.until(what, () -> {
            assertTrue(
                    server.process().isAlive(),
                    () -> "the server has died: " + server.process().standardError());
            return condition.getAsBoolean();
        });
    }
}
