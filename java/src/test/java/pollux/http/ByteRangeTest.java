package pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 9110 section 14; the answers are those of nginx 1.22 unless a row says otherwise. */
class ByteRangeTest {
    /** Range; size; the ranges, "whole", or "416". */
    static Object[][] rows() {
        return new Object[][] {
            {"bytes=0-0", 10, "0-0"},
            {"bytes=0-", 10, "0-9"},
            {"bytes=9-", 10, "9-9"},
            {"bytes=10-", 10, "416"},
            {"bytes=-3", 10, "7-9"},
            {"bytes=-0", 10, "416"},
            {"bytes=-100", 10, "0-9"},
            {"bytes=5-100", 10, "5-9"},
            {"bytes=0-9", 10, "0-9"},
            {"bytes=007-008", 10, "7-8"},
            {"bytes=0-9223372036854775807", 10, "0-9"},
            {"bytes=9223372036854775807-", 10, "416"},
            {"bytes=99999999999999999999-", 10, "416"},
            {"bytes=0-9223372036854775806", Long.MAX_VALUE, "0-9223372036854775806"},
            // RFC 9110 14.1.1: a position beyond every number still means the end. nginx: 416.
            {"bytes=0-99999999999999999999", 10, "0-9"},
            {"bytes=-99999999999999999999", 10, "0-9"},
            // unit
            {"Bytes=0-1", 10, "0-1"},
            {"BYTES=0-1", 10, "0-1"},
            {"items=0-1", 10, "whole"},
            {"bytes", 10, "whole"},
            {"bytes=", 10, "whole"},
            {"bytes = 0-1", 10, "whole"},
            {"bytes\t=0-1", 10, "whole"},
            {"", 10, "whole"},
            // blanks
            {"bytes= 0-1", 10, "0-1"},
            {"bytes=0 - 1", 10, "0-1"},
            {"bytes=0-1 \t", 10, "0-1"},
            // broken sets
            {"bytes=3-2", 10, "416"},
            {"bytes=-", 10, "416"},
            {"bytes=3", 10, "416"},
            {"bytes=a-b", 10, "416"},
            {"bytes=+0-1", 10, "416"},
            {"bytes=0-1-2", 10, "416"},
            {"bytes=--1", 10, "416"},
            {"bytes=0x1-2", 10, "416"},
            {"bytes=0-0;1-1", 10, "416"},
            {"bytes=0-1,x", 10, "416"},
            {"bytes=0-9,0-9,x", 10, "416"},
            {"bytes=0-0 1-1", 10, "416"},
            // several
            {"bytes=0-1,3-4", 10, "0-1 3-4"},
            {"bytes=0-1, 3-4", 10, "0-1 3-4"},
            {"bytes=0-1 ,\t3-4", 10, "0-1 3-4"},
            {"bytes=3-4,0-1", 10, "3-4 0-1"},
            {"bytes=0-0,-1", 10, "0-0 9-9"},
            {"bytes=0-4,5-9", 10, "0-4 5-9"},
            {"bytes=-5,-2", 10, "5-9 8-9"},
            {"bytes=0-4,20-30", 10, "0-4"},
            {"bytes=20-30,0-1", 10, "0-1"},
            {"bytes=1-0,0-1", 10, "0-1"},
            {"bytes=-0,0-1", 10, "0-1"},
            {"bytes=20-30,40-50", 10, "416"},
            // RFC 9110 5.6.1.2: empty members are passed over. nginx: 416.
            {"bytes=0-1,,3-4", 10, "0-1 3-4"},
            {"bytes=,0-1,", 10, "0-1"},
            {"bytes=,", 10, "416"},
            // more than the whole, or too many
            {"bytes=0-5,3-9", 10, "whole"},
            {"bytes=0-4,3-9", 10, "whole"},
            {"bytes=0-9,0-0", 10, "whole"},
            {"bytes=0-,0-", Long.MAX_VALUE, "whole"},
            {"bytes=0-0,1-1,2-2,3-3", 10, "0-0 1-1 2-2 3-3"},
            {"bytes=0-0,1-1,2-2,3-3,4-4", 10, "whole"},
            {"bytes=0-0,1-1,2-2,3-3,44-", 10, "0-0 1-1 2-2 3-3"},
            // nothing to take a piece of
            {"bytes=0-0", 0, "whole"},
            {"bytes=-1", 0, "whole"},
            {"bytes=x", 0, "whole"},
        };
    }

    @ParameterizedTest
    @MethodSource("rows")
    void ranges(String value, long size, String expected) {
        assertEquals(expected, text(ByteRange.parse(value, size, 4)));
    }

    private static String text(ByteRange.Result result) {
        StringBuilder text = new StringBuilder();
        for (ByteRange range : result.ranges()) {
            text.append(' ').append(range.first()).append('-').append(range.last());
        }
        return switch (result.kind()) {
            case NOT_A_RANGE -> "whole" + text;
            case UNSATISFIABLE -> "416" + text;
            case RANGES -> text.substring(1);
        };
    }

    @Test
    void maxRangesOfZeroSwitchesThemOff() {
        assertEquals("whole", text(ByteRange.parse("bytes=0-1", 10, 0)));
        assertEquals("0-1", text(ByteRange.parse("bytes=0-1", 10, 1)));
        assertEquals("whole", text(ByteRange.parse("bytes=0-1,2-3", 10, 1)));
    }

    @Test
    void contentRangeNamesThePieceAndTheWhole() {
        assertEquals("bytes 3-4/10", new ByteRange(3, 4).contentRange(10));
        assertEquals(2, new ByteRange(3, 4).length());
        assertEquals("bytes */10", ByteRange.unsatisfied(10));
    }
}
