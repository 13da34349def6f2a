package pollux.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.http.ByteRange;

/** RFC 9110 section 14.1.1: {@link ByteRange}, for sizes from nothing to the largest, reckoned with numbers that cannot overflow. */
class RangeFuzzTest {
    private static final Pattern UNIT = Pattern.compile("(?i:bytes)=(.+)", Pattern.DOTALL);
    private static final Pattern MEMBER =
            Pattern.compile("[ \\t]*(?:([0-9]+)[ \\t]*-[ \\t]*([0-9]*)|-[ \\t]*([0-9]+))?[ \\t]*");

    static Stream<byte[]> seeds() {
        return Seeds.of("ranges.txt");
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsARange(byte[] data) {
        String value = new Input(data).text();
        for (long size : new long[] {0, 1, 2, 10, 1000, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
            for (int most : new int[] {0, 1, 3, Integer.MAX_VALUE}) {
                assertEquals(
                        expected(value, size, most),
                        actual(ByteRange.parse(value, size, most)),
                        () -> size + " " + most);
            }
        }
    }

    private static String expected(String value, long size, int most) {
        Matcher unit = UNIT.matcher(value);
        if (!unit.matches() || size == 0 || most == 0) {
            return "NOT_A_RANGE []";
        }
        BigInteger end = BigInteger.valueOf(size);
        BigInteger sum = BigInteger.ZERO;
        List<String> ranges = new ArrayList<>();
        for (String member : unit.group(1).split(",", -1)) {
            Matcher matcher = MEMBER.matcher(member);
            if (!matcher.matches()) {
                return "UNSATISFIABLE []";
            }
            BigInteger first = first(matcher, end);
            BigInteger last = last(matcher, end);
            if (first.compareTo(last) <= 0) {
                ranges.add(first + "-" + last);
                sum = sum.add(last.subtract(first)).add(BigInteger.ONE);
            }
        }
        if (ranges.isEmpty()) {
            return "UNSATISFIABLE []";
        }
        return ranges.size() > most || sum.compareTo(end) > 0 ? "NOT_A_RANGE []" : "RANGES " + ranges;
    }

    /** Of an empty member, behind its last. */
    private static BigInteger first(Matcher member, BigInteger size) {
        if (member.group(1) != null) {
            return new BigInteger(member.group(1));
        }
        return member.group(3) == null ? size : size.subtract(new BigInteger(member.group(3)).min(size));
    }

    private static BigInteger last(Matcher member, BigInteger size) {
        BigInteger behind = size.subtract(BigInteger.ONE);
        boolean isOpen = member.group(2) == null || member.group(2).isEmpty();
        return isOpen ? behind : behind.min(new BigInteger(member.group(2)));
    }

    private static String actual(ByteRange.Result result) {
        return result.kind() + " "
                + result.ranges().stream()
                        .map(range -> range.first() + "-" + range.last())
                        .toList();
    }
}
