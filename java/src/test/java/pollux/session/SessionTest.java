package pollux.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {
    private final Session session = new Session("0123456789abcdef0123456789abcdef", 0);

    @ParameterizedTest
    @CsvSource({
        "visits, true",
        "Visits_2, true",
        "_, true",
        "'', false",
        "a b, false",
        "a-b, false",
        "a=b, false",
        "n\u00e4me, false",
    })
    void aNameIsLettersDigitsAndUnderscores(String name, boolean good) {
        assertEquals(good, session.set(name, "x"));
        assertEquals(good ? 1 : 0, session.entries().size());
    }

    @Test
    void aNameIsBounded() {
        assertTrue(session.set("n".repeat(64), ""));
        assertFalse(session.set("n".repeat(65), ""));
    }

    @Test
    void namesInAnyCaseAreOneEntry() {
        session.set("Name", "one");
        session.set("NAME", "two");
        assertEquals(Map.of("name", "two"), session.entries());
        assertEquals("two", session.get("nAme"));
        session.clear("naMe");
        assertNull(session.get("name"));
    }

    @Test
    void entriesAreBoundedInNumber() {
        for (int i = 0; i < 64; i++) {
            assertTrue(session.set("n" + i, "v"));
        }
        assertFalse(session.set("n64", "v"));
        assertTrue(session.set("n0", "another value"));
        session.clear("n1");
        assertTrue(session.set("n64", "v"));
    }

    @Test
    void entriesAreBoundedInSizeAndARefusalChangesNothing() {
        assertTrue(session.set("ab", "x".repeat(16_384 - 2)));
        assertFalse(session.set("ab", "x".repeat(16_384 - 1)));
        assertFalse(session.set("c", ""));
        assertEquals(16_382, session.get("ab").length());
        assertTrue(session.set("ab", ""));
        assertTrue(session.set("c", "x".repeat(16_384 - 3)));
    }

    @Test
    void anEmptyNameClearsAll() {
        session.set("a", "x".repeat(16_000));
        session.set("b", "");
        session.clear("");
        assertEquals(Map.of(), session.entries());
        assertTrue(session.set("c", "x".repeat(16_000)));
    }

    @Test
    void whatWasHandedOutDoesNotChange() {
        session.set("a", "1");
        Map<String, String> before = session.entries();
        session.set("a", "2");
        assertEquals(Map.of("a", "1"), before);
    }
}
