package pollux.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as they come and as they go, and how bytes compare. */
class AsciiTest {
    private static final String MAX = "9223372036854775807";

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "007, 7",
        "42, 42",
        "9223372036854775806, 9223372036854775806",
        "9223372036854775807, 9223372036854775807",
        "00009223372036854775807, 9223372036854775807",
        "9223372036854775808, -2",
        "9223372036854775810, -2",
        "18446744073709551616, -2",
        "99999999999999999999999999999999, -2",
        "'', -1",
        "-1, -1",
        "+1, -1",
        "'1 ', -1",
        "' 1', -1",
        "1.0, -1",
        "0x1, -1",
        "1e3, -1",
        "1_000, -1",
        "99999999999999999999999999999999x, -1",
    })
    void aDecimalIsDigitsAloneAndFitsOrDoesNot(String text, long value) {
        assertEquals(value, Ascii.parseDecimal(text));
        IoBuffer buffer = TestBuffers.of("<" + text + ">");
        assertEquals(value, Ascii.parseDecimal(buffer, 1, text.length()));
    }

    @Test
    void digitsOfOtherScriptsAreNone() {
        assertEquals(Ascii.INVALID, Ascii.parseDecimal("\u0661"));
        assertEquals(Ascii.INVALID, Ascii.parseDecimal("\uff11"));
        assertEquals(Ascii.INVALID, Ascii.parseDecimal("\u00b2"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 99, 100, 1_000_000_007, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void aDecimalIsWrittenAsItIsRead(long value) {
        IoBuffer buffer = TestBuffers.empty(32);
        buffer.put("x");
        Ascii.putDecimal(buffer, value);
        assertEquals("x" + value, TestBuffers.text(buffer));
    }

    @Test
    void aDecimalThatDoesNotFitIsNotWrittenInPart() {
        IoBuffer buffer = TestBuffers.empty(MAX.length() - 1);
        assertThrows(IndexOutOfBoundsException.class, () -> Ascii.putDecimal(buffer, Long.MAX_VALUE));
        assertTrue(buffer.isEmpty());
        assertThrows(IllegalArgumentException.class, () -> Ascii.putDecimal(buffer, -1));
    }

    @Test
    void everyByteHasItsClass() {
        for (int b = 0; b < 256; b++) {
            char c = (char) b;
            boolean digit = c >= '0' && c <= '9';
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            boolean hex = digit || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
            assertEquals(digit, Ascii.isDigit(b));
            assertEquals(digit || letter, Ascii.isAlphanumeric(b), "byte " + b);
            assertEquals(hex, Ascii.isHex(b));
            assertEquals(hex ? Character.digit(c, 16) : -1, Ascii.hexValue(b));
            assertEquals(digit || letter || (c != 0 && "!#$%&'*+-.^_`|~".indexOf(c) >= 0), Ascii.isToken(b));
            assertEquals(Ascii.isToken(b), Ascii.isToken((byte) b), "signed or not");
        }
    }

    @Test
    void onlyAToZHaveTwoForms() {
        assertEquals("host: \u00c4[@`{", Ascii.lower("HoSt: \u00c4[@`{"));
        assertTrue(Ascii.equalsIgnoreCase("Content-LENGTH", "content-length"));
        assertFalse(Ascii.equalsIgnoreCase("@", "`"));
        assertFalse(Ascii.equalsIgnoreCase("\u00c4", "\u00e4"));
        assertFalse(Ascii.equalsIgnoreCase("k", "\u212a"), "the Kelvin sign is no K");
        IoBuffer buffer = TestBuffers.of("GET get");
        assertTrue(Ascii.equals(buffer, 0, 3, "GET"));
        assertFalse(Ascii.equals(buffer, 4, 3, "GET"));
        assertTrue(Ascii.equalsIgnoreCase(buffer, 4, 3, "GET"));
        assertFalse(Ascii.equals(buffer, 0, 2, "GET"));
        assertFalse(Ascii.equalsIgnoreCase(buffer, 0, 4, "GET"));
    }
}
