package pollux.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemorySessionStoreTest {
    private static final long TIMEOUT_MS = 1_000;

    private final MemorySessionStore store = new MemorySessionStore(TIMEOUT_MS, 3);

    @Test
    void aSessionIsFoundByItsId() {
        Session made = store.create(0);
        assertSame(made, store.find(made.id(), 1));
        assertTrue(made.id().matches("[0-9a-f]{32}"), made.id());
    }

    @Test
    void idsDiffer() {
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < 1000; i++) {
            ids.add(store.create(0).id());
        }
        assertEquals(1000, ids.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "0123456789abcdef0123456789abcdef",
                "0123456789ABCDEF0123456789ABCDEF",
                "0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdef0",
                "../../../../../../../etc/passwd!",
                "0123456789abcdef0123456789abcde\u0000"
            })
    void aForgedIdIsNeverAdopted(String forged) {
        assertNull(store.find(forged, 0));
        assertEquals(0, store.size());
        assertNotEquals(forged, store.create(0).id());
        assertNull(store.find(forged, 0));
    }

    @Test
    void noIdFindsNothing() {
        assertNull(store.find(null, 0));
    }

    @Test
    void aKnownIdInAnotherCaseIsUnknown() {
        String id = store.create(0).id();
        for (int i = 0; i < 100 && id.equals(upper(id)); i++) {
            id = store.create(0).id(); // digits only: one in three million
        }
        assertNull(store.find(upper(id), 0));
    }

    private static String upper(String id) {
        return id.toUpperCase(java.util.Locale.ROOT);
    }

    @Test
    void aSessionIsKeptForItsTimeoutAfterItsLastUseAndNoLonger() {
        String id = store.create(0).id();
        assertNotNull(store.find(id, 1_000));
        assertNotNull(store.find(id, 2_000));
        assertNull(store.find(id, 3_001));
        assertEquals(0, store.size());
    }

    @Test
    void savingIsAUse() {
        Session session = store.create(0);
        store.save(session, 900);
        assertNotNull(store.find(session.id(), 1_900));
    }

    @Test
    void tendingForgetsWhatHasExpiredAndNothingElse() {
        Session old = store.create(0);
        Session used = store.create(0);
        Session fresh = store.create(800);
        store.find(used.id(), 700);
        store.tend(1_001);
        assertEquals(2, store.size());
        assertNull(store.find(old.id(), 1_001));
        assertNotNull(store.find(used.id(), 1_001));
        assertNotNull(store.find(fresh.id(), 1_001));
    }

    @Test
    void aClockThatIsSetBackExpiresNothing() {
        Session session = store.create(10_000);
        store.tend(5_000);
        assertSame(session, store.find(session.id(), 5_000));
        assertSame(session, store.find(session.id(), 11_000));
    }

    @Test
    void atTheBoundTheOneUnusedLongestMakesRoom() {
        Session first = store.create(0);
        Session second = store.create(1);
        Session third = store.create(2);
        store.find(first.id(), 3);
        Session fourth = store.create(4);
        assertEquals(3, store.size());
        assertNull(store.find(second.id(), 5));
        for (Session kept : List.of(first, third, fourth)) {
            assertSame(kept, store.find(kept.id(), 5));
        }
    }

    @Test
    void savingASessionThatMadeRoomDoesNotBringItBack() {
        Session gone = store.create(0);
        for (int i = 0; i < 3; i++) {
            store.create(1);
        }
        gone.set("name", "value");
        store.save(gone, 2);
        assertNull(store.find(gone.id(), 2));
        assertEquals(3, store.size());
    }

    @Test
    void boundsThatAreNoneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SessionStore.open(null, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> SessionStore.open(null, 1, 0));
    }

    @Test
    void twoThreadsDisturbNeitherTheStoreNorAVisitorsEntries() throws Exception {
        MemorySessionStore shared = new MemorySessionStore(TIMEOUT_MS, 64);
        Session visitor = shared.create(0);
        int rounds = 5_000;
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<Integer>> results = new ArrayList<>();
        for (String mine : List.of("a", "b")) {
            results.add(threads.submit(visits(shared, visitor, mine, rounds, start)));
        }
        for (Future<Integer> result : results) {
            assertEquals(rounds, result.get());
        }
        threads.shutdown();
        assertEquals(64, shared.size());
        assertEquals(Map.of("a", "4999", "b", "4999", "both", "x"), visitor.entries());
        visitor.clear("");
        assertTrue(visitor.set("all", "x".repeat(Session.MAX_BYTES - 3)), "the count of bytes has drifted");
    }

    private static Callable<Integer> visits(
            MemorySessionStore store, Session visitor, String mine, int rounds, CyclicBarrier start) {
        return () -> {
            start.await();
            int found = 0;
            for (int i = 0; i < rounds; i++) {
                visitor.set(mine, Integer.toString(i));
                visitor.clear("both");
                visitor.set("both", "x");
                store.save(visitor, i);
                store.create(i);
                store.tend(i);
                found += store.find(visitor.id(), i) == visitor
                                && visitor.entries().containsKey(mine)
                        ? 1
                        : 0;
            }
            return found;
        };
    }

    @Test
    void aMemoryStoreHasNothingToWarnOf() {
        SessionStore memory = SessionStore.open(null, 1, 1);
        memory.create(0);
        memory.close();
        assertNull(memory.takeWarning());
        assertFalse(memory instanceof FileSessionStore);
    }
}
