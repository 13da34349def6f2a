package pollux.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An environment outside the heap: what stands in it, how it grows, and what cannot be in it. */
class StringBlockTest {
    private final StringBlock block = new StringBlock();

    @AfterEach
    void release() {
        block.release();
    }

    @Test
    void aNameStandsInItOnce() {
        block.set("A", "1");
        block.set("AB", "2");
        block.set("B", "A=9");
        block.set("A", "3");
        assertEquals(List.of("A=3", "AB=2", "B=A=9"), block.list());
        block.set("B", "");
        assertEquals(List.of("A=3", "AB=2", "B="), block.list());
        block.clear();
        assertEquals(List.of(), block.list());
        assertNotEquals(0, block.addresses());
    }

    @Test
    void itGrowsWithWhatIsPutIn() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String value = "\u00e9".repeat(i);
            block.set("NAME_" + i, value);
            expected.add("NAME_" + i + "=" + value);
        }
        assertEquals(expected, block.list());
        assertNotEquals(0, block.addresses());
        assertEquals(expected, block.list());
    }

    @Test
    void whatHoldsANulIsNoEnvironment() {
        block.set("A", "1\u00002");
        assertEquals(0, block.addresses());
        block.clear();
        block.set("A", "1");
        assertNotEquals(0, block.addresses());
    }
}
