package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No turn of the loop lasts longer because of what a password costs. */
class PasswordCheckTest {
    /** Ten thousand rounds. */
    private static final String STORED = "$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA";

    private static final String LONGEST = "$6$rounds=1000000$abc$" + "x".repeat(86);

    private final PasswordCheck.Line line = new PasswordCheck.Line();

    @ParameterizedTest
    @CsvSource({"Hello world!, true", "Hello world, false"})
    void roundsAreDoneByAndBy(String password, boolean matches) {
        PasswordCheck check = new PasswordCheck(line, STORED, password);
        for (int i = 0; i < 1; i++) {
            assertEquals(Work.MORE, check.step());
        }
        assertNull(line.takeEnded());
        assertEquals(AccessControl.KNOWN, check.step());
        assertEquals(matches, check.matches());
        assertSame(check, line.takeEnded());
        assertNull(line.takeEnded());
    }

    @Test
    void oneAtATime() {
        PasswordCheck first = new PasswordCheck(line, LONGEST, "a");
        PasswordCheck second = new PasswordCheck(line, "$apr1$abc$x", "b");
        assertEquals(Work.MORE, first.step());
        assertEquals(Work.MORE, second.step());
        first.abort();
        assertEquals(AccessControl.KNOWN, second.step());
        assertFalse(second.matches());
        assertTrue(second.isAbout("$apr1$abc$x", "b"));
        assertFalse(second.isAbout("$apr1$abc$x", "a"));
    }

    /** Who waits and is given up does not take the place of the one at work. */
    @Test
    void whoGivesUpWaiting() {
        PasswordCheck first = new PasswordCheck(line, STORED, "Hello");
        PasswordCheck second = new PasswordCheck(line, STORED, "Hello");
        assertEquals(Work.MORE, first.step());
        assertEquals(Work.MORE, second.step());
        second.abort();
        assertEquals(Work.MORE, new PasswordCheck(line, "$1$abc$x", "b").step());
        assertEquals(AccessControl.KNOWN, Work.whole(first));
    }

    @ParameterizedTest
    @CsvSource({"$6$rounds=999999999$abc$x", "$2y$31$abc", "$6$rounds=10$abc$x"})
    void whatIsTooMuchFitsNothingAtOnce(String stored) {
        PasswordCheck check = new PasswordCheck(line, stored, "pw");
        assertEquals(AccessControl.KNOWN, check.step());
        assertFalse(check.matches());
    }
}
