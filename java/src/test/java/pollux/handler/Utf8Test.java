package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "abc, 3",
        "\u00c3\u00a9, 1",
        "a\u00e2\u0082\u00acb, 3",
        "\u00f0\u009f\u0098\u0080, 1",
        "\u00f4\u008f\u00bf\u00bf, 1"
    })
    void charactersAreCounted(String bytes, int count) {
        assertEquals(count, Utf8.length(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00a9",
                "\u00c3",
                "a\u00c3",
                "\u00c3a",
                "\u00c0\u0080",
                "\u00e0\u0080\u0080",
                "\u00f0\u0080\u0080\u0080",
                "\u00f4\u0090\u0080\u0080",
                "\u00f5\u0080\u0080\u0080",
                "\u00ff"
            })
    void whatIsNotUtf8HasNoCharacters(String bytes) {
        assertEquals(-1, Utf8.length(bytes));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 3", "3, 6", "4, 10", "5, 11"})
    void aCharacterIsFoundByItsNumber(int index, int offset) {
        assertEquals(offset, Utf8.offset("a\u00c3\u00a9\u00e2\u0082\u00ac\u00f0\u009f\u0098\u0080z", index));
    }
}
