package pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 9110 section 5.6.7. */
class HttpDateTest {
    private static final long NOW = 1_800_000_000; // 2027-01-15 08:00:00

    /** Text; seconds, or -1. */
    static Object[][] dates() {
        return new Object[][] {
            {"Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777},
            {"Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777},
            {"Sun Nov  6 08:49:37 1994", 784_111_777},
            {"Sun Nov 16 08:49:37 1994", 784_975_777},
            {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
            {"Wed, 31 Dec 1969 23:59:59 GMT", 0},
            {"Sat, 01 Jan 0000 00:00:00 GMT", 0},
            {"Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799L},
            {"Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000},
            {"Tue, 29 Feb 2000 00:00:00 GMT", 951_782_400},
            {"Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800},
            // the day of the week need not be right
            {"Mon, 06 Nov 1994 08:49:37 GMT", 784_111_777},
            // two digits: not more than 50 years ahead of 2027-01-15 08:00:00
            {"Friday, 15-Jan-77 08:00:00 GMT", 3_377_923_200L},
            {"Friday, 15-Jan-77 08:00:01 GMT", 222_163_201},
            {"Friday, 14-Jan-77 23:59:59 GMT", 3_377_894_399L},
            {"Saturday, 16-Jan-77 00:00:00 GMT", 222_220_800},
            {"Thursday, 01-Jan-70 00:00:00 GMT", 3_155_760_000L},
            {"Thursday, 01-Jan-26 00:00:00 GMT", 1_767_225_600},
            {"Thursday, 01-Jan-00 00:00:00 GMT", 946_684_800},
            // dates that do not exist
            {"Thu, 29 Feb 2023 12:00:00 GMT", -1},
            {"Thu, 29 Feb 2100 12:00:00 GMT", -1},
            {"Thu, 31 Apr 2023 12:00:00 GMT", -1},
            {"Thu, 00 Jan 2023 12:00:00 GMT", -1},
            {"Thu, 32 Jan 2023 12:00:00 GMT", -1},
            {"Thu, 01 Jan 2023 24:00:00 GMT", -1},
            {"Thu, 01 Jan 2023 00:60:00 GMT", -1},
            {"Thu, 01 Jan 2023 00:00:61 GMT", -1},
            // anything else
            {"", -1},
            {"0", -1},
            {"784111777", -1},
            {"Sun, 06 Nov 1994 08:49:37", -1},
            {"Sun, 06 Nov 1994 08:49:37 UTC", -1},
            {"Sun, 06 Nov 1994 08:49:37 gmt", -1},
            {"Sun, 06 Nov 1994 08:49:37 GMT ", -1},
            {"Sun, 6 Nov 1994 08:49:37 GMT", -1},
            {"Sun,06 Nov 1994 08:49:37 GMT", -1},
            {"Sun, 06 NOV 1994 08:49:37 GMT", -1},
            {"Sun, 06 Foo 1994 08:49:37 GMT", -1},
            {"Foo, 06 Nov 1994 08:49:37 GMT", -1},
            {"Sun, 06 Nov 19x4 08:49:37 GMT", -1},
            {"Sun, +6 Nov 1994 08:49:37 GMT", -1},
            {"Sun, 06 Nov 1994 08-49-37 GMT", -1},
            {"Sun, 06-Nov-94 08:49:37 GMT", -1},
            {"Sunday, 06 Nov 1994 08:49:37 GMT", -1},
            {"Someday, 06-Nov-94 08:49:37 GMT", -1},
            {"Sunday, 06-Nov-1994 08:49:37 GMT", -1},
            {"Sun Nov 6 08:49:37 1994", -1},
            {"Sun Nov 06 08:49:37 94", -1},
            {"Sun Nov  0 08:49:37 1994", -1},
        };
    }

    @ParameterizedTest
    @MethodSource("dates")
    void dates(String text, long expected) {
        assertEquals(expected, HttpDate.parse(text, NOW));
    }

    @Test
    void everyDayOfFourCenturiesIsWrittenAndReadBack() {
        DateTimeFormatter reference = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
        for (long day = 0; day < 146_097; day++) {
            long seconds = day * 86_400 + day % 86_400;
            String text = HttpDate.format(seconds);
            assertEquals(reference.format(Instant.ofEpochSecond(seconds)), text);
            assertEquals(seconds, HttpDate.parse(text, NOW));
        }
    }

    @Test
    void renderWritesTheSameTextAndNothingBehindIt() {
        byte[] out = new byte[30];
        HttpDate.render(784_111_777, out);
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT\0", new String(out, StandardCharsets.ISO_8859_1));
    }

    @Test
    void whatCannotBeWrittenIsABug() {
        assertThrows(IllegalArgumentException.class, () -> HttpDate.format(-1));
        assertThrows(IllegalArgumentException.class, () -> HttpDate.format(253_402_300_800L));
    }
}
