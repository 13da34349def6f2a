package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers, sizes and times; -1 is a refusal. */
class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "007, 7",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, -1",
        "'', -1",
        "+1, -1",
        "-1, -1",
        "1 , 1",
        "'1 ', -1",
        "1a, -1",
    })
    void numbers(String text, long expected) {
        assertEquals(expected, Values.number(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "1, 1, 1",
        "1k, 1024, 1024",
        "1K, 1024, 1024",
        "2m, 2097152, 2097152",
        "2M, 2097152, 2097152",
        "1g, -1, 1073741824",
        "3G, -1, 3221225472",
        "1kk, -1, -1",
        "k, -1, -1",
        "'', -1, -1",
        "-1, -1, -1",
        "9999999999g, -1, -1",
        "8589934591g, -1, 9223372035781033984",
        "8589934592g, -1, -1",
    })
    void sizes(String text, long size, long offset) {
        assertEquals(size, Values.size(text));
        assertEquals(offset, Values.offset(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "90, 90000, 90",
        "90s, 90000, 90",
        "500ms, 500, -1",
        "1m, 60000, 60",
        "1h, 3600000, 3600",
        "1d, 86400000, 86400",
        "1w, 604800000, 604800",
        "1M, -1, 2592000",
        "1y, -1, 31536000",
        "1h30m, 5400000, 5400",
        "1h 30m, 5400000, 5400",
        "1h30m10s5ms, 5410005, -1",
        "1y1M1w1d1h1m1s, -1, 34822861",
        "1m 30, 90000, 90",
        "30m 1h, -1, -1",
        "1d1d, -1, -1",
        "1s1m, -1, -1",
        "'', -1, -1",
        "s, -1, -1",
        "1x, -1, -1",
        "-1, -1, -1",
        "99999999999999999999, -1, -1",
        "9223372036854775807, -1, -1",
    })
    void times(String text, long millis, long seconds) {
        assertEquals(millis, Values.millis(text));
        assertEquals(seconds, Values.seconds(text));
    }
}
