package pollux.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pollux.config.CgiSettings;
import pollux.config.ErrorLog;

/** The line in front of {@code cgi_max_processes}. */
final class CgiGateTest {
    private final CgiGate gate = new CgiGate();
    private final CgiSettings one = settings(1);
    private final List<String> admitted = new ArrayList<>();

    private static CgiSettings settings(int maxProcesses) {
        CgiSettings.Stderr log = new CgiSettings.Stderr(null, ErrorLog.Level.WARN);
        CgiSettings.Limits limits = new CgiSettings.Limits(-1, -1, -1, -1, -1);
        return new CgiSettings(
                true, List.of(), List.of(), List.of(), null, 1_000, 1_000, maxProcesses, 1_000, log, limits);
    }

    private CgiGate.Waiting named(String name) {
        return () -> admitted.add(name);
    }

    @Test
    void theFirstInLineGetsThePlaceThatIsGivenBack() {
        assertTrue(gate.enter(one));
        assertFalse(gate.enter(one));
        gate.await(one, named("a"));
        gate.await(one, named("b"));
        gate.leave(one);
        assertEquals(List.of("a"), admitted);
        gate.leave(one);
        assertEquals(List.of("a", "b"), admitted);
        assertFalse(gate.enter(one));
        gate.leave(one);
        assertTrue(gate.enter(one));
    }

    @Test
    void nobodyOvertakesTheLine() {
        CgiSettings two = settings(2);
        gate.enter(two);
        gate.enter(two);
        gate.await(two, () -> {
            admitted.add("a");
            assertFalse(gate.enter(two));
        });
        gate.leave(two);
        assertEquals(List.of("a"), admitted);
    }

    @Test
    void whoGivesUpIsPassedOver() {
        CgiGate.Waiting gone = named("gone");
        gate.enter(one);
        gate.await(one, gone);
        gate.await(one, named("next"));
        gate.giveUp(one, gone);
        gate.leave(one);
        assertEquals(List.of("next"), admitted);
    }

    @Test
    void placesOfOneSettingAreNotThoseOfAnother() {
        gate.enter(one);
        assertTrue(gate.enter(settings(2)));
        assertFalse(gate.enter(one));
    }

    @Test
    void noMaximumLetsEverybodyIn() {
        CgiSettings any = settings(0);
        for (int i = 0; i < 1_000; i++) {
            assertTrue(gate.enter(any));
        }
        for (int i = 0; i < 1_000; i++) {
            gate.leave(any);
        }
    }

    /** As when there are no descriptors left: each is admitted, cannot start, and leaves within its admission. */
    @Test
    void aLongLineOfWhichNobodyCanStartNeedsNoStack() {
        gate.enter(one);
        for (int i = 0; i < 100_000; i++) {
            gate.await(one, () -> {
                admitted.add("x");
                gate.leave(one);
            });
        }
        gate.leave(one);
        assertEquals(100_000, admitted.size());
        assertTrue(gate.enter(one));
    }
}
