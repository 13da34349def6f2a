package pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 9110 sections 8.8.3, 13.1.1 and 13.1.2. */
class EntityTagTest {
    /** List; current tag; whether If-Match holds; whether If-None-Match names it. */
    static Object[][] lists() {
        return new Object[][] {
            {"*", "\"a\"", true, true},
            {"*", null, true, true},
            {"\"a\"", "\"a\"", true, true},
            {"\"a\"", null, false, false},
            {"\"a\"", "\"b\"", false, false},
            {"\"A\"", "\"a\"", false, false},
            {"\"\"", "\"\"", true, true},
            {"W/\"a\"", "\"a\"", false, true},
            {"\"a\"", "W/\"a\"", false, true},
            {"W/\"a\"", "W/\"a\"", false, true},
            {"w/\"a\"", "\"a\"", false, false},
            {"\"x\", \"a\"", "\"a\"", true, true},
            {"\"x\",\"a\",\"y\"", "\"a\"", true, true},
            {",, \"x\" ,\t\"a\"", "\"a\"", true, true},
            {"W/\"a\", \"a\"", "\"a\"", true, true},
            {"\"x,y\", \"a\"", "\"a\"", true, true},
            {"\"x, \\\", \"a\"", "\"a\"", false, false},
            {"\"x,\"a\"", "\"a\"", false, false},
            {"\"a,b\"", "\"a,b\"", true, true},
            {"\"a,b\"", "\"b\"", false, false},
            {"\"\u00e9\"", "\"\u00e9\"", true, true},
            {"a", "\"a\"", false, false},
            {"\"a", "\"a\"", false, false},
            {"a\"", "\"a\"", false, false},
            {"x, \"a\"", "\"a\"", false, false},
            {"\"a\"x", "\"a\"", false, false},
            {"*, \"a\"", "\"a\"", false, false},
            {"", "\"a\"", false, false},
        };
    }

    @ParameterizedTest
    @MethodSource("lists")
    void lists(String list, String tag, boolean strong, boolean weak) {
        assertEquals(strong, EntityTag.matchesStrong(list, tag));
        assertEquals(weak, EntityTag.matchesWeak(list, tag));
    }

    @Test
    void comparisons() {
        // The table of RFC 9110 section 8.8.3.2.
        assertEquals("false true", compare("W/\"1\"", "W/\"1\""));
        assertEquals("false false", compare("W/\"1\"", "W/\"2\""));
        assertEquals("false true", compare("W/\"1\"", "\"1\""));
        assertEquals("true true", compare("\"1\"", "\"1\""));
    }

    private static String compare(String a, String b) {
        return EntityTag.strongEquals(a, b) + " " + EntityTag.weakEquals(a, b);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"a\",true",
                "W/\"a\",true",
                "\"\",true",
                "a,false",
                "\"a,false",
                "\"a\"b,false",
                "W/,false",
                "\"a b\",false"
            })
    void validity(String text, boolean expected) {
        assertEquals(expected, EntityTag.isValid(text));
    }
}
