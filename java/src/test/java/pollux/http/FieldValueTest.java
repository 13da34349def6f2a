package pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FieldValueTest {
    /** Value; its parameter p, or null. */
    static String[][] parameters() {
        return new String[][] {
            {"t", null},
            {"t;", null},
            {"t; p=a", "a"},
            {"t;p=a", "a"},
            {"t \t;\t P=a ", "a"},
            {"t; q=1; p=a; r=2", "a"},
            {"t; p=\"a\"", "a"},
            {"t; p=\"\"", ""},
            {"t; p=\"a;b\"; q=1", "a;b"},
            {"t; q=\"; p=x\"; p=a", "a"},
            {"t; p=\"a\\\"b\"", "a\"b"},
            {"t; p=\"a\\\\b\"", "a\\b"},
            {"t; p=\"C:\\dir\\f.txt\"", "C:\\dir\\f.txt"},
            {"t; p=\"a\\\\\"", "a\\"},
            {"t; p=\"na\u00c3\u00afve\"", "na\u00c3\u00afve"},
            {"t; ; p=a;", "a"},
            {"t; pp=a", null},
            {"t; p", null},
            {"t; p=", null},
            {"t; p =a", null},
            {"t; p= a", null},
            {"t; p=a b", null},
            {"t; p=\"a", null},
            {"t; p=\"a\\\"", null},
            {"t; p=\"a\"b", null},
            {"t; p=a; p=b", null},
            {"t; p=a; =b", null},
            {"t; p=a, q=b", null},
        };
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void parameters(String value, String expected) {
        assertEquals(expected, FieldValue.parameter(value, "p"));
    }

    @Test
    void theLeadingPartIsTheType() {
        assertEquals("text/html", FieldValue.leading(" Text/HTML ; charset=x"));
        assertEquals("form-data", FieldValue.leading("form-data"));
        assertEquals("", FieldValue.leading(""));
    }

    /** RFC 8187: extended value; its bytes, or null. */
    static String[][] extended() {
        return new String[][] {
            {"UTF-8''a.txt", "a.txt"},
            {"utf-8'en'na%C3%AFve%20x", "na\u00c3\u00afve x"},
            {"UTF-8''%e2%82%ac", "\u00e2\u0082\u00ac"},
            {"UTF-8''", ""},
            {"UTF-8''%", null},
            {"UTF-8''%zz", null},
            {"UTF-8''%ff", null},
            {"UTF-8''%c3", null},
            {"UTF-8''%c0%af", null},
            {"UTF-8''a(b", null},
            {"UTF-8''a'b", null},
            {"ISO-8859-1''a", null},
            {"''a", null},
            {"UTF-8'a", null},
            {"a", null},
        };
    }

    @ParameterizedTest
    @MethodSource("extended")
    void extended(String value, String expected) {
        assertEquals(expected, FieldValue.extended(value));
    }
}
