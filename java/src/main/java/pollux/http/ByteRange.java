package pollux.http;

import java.util.ArrayList;
import java.util.List;
import pollux.buffer.Ascii;

/**
 * A piece of a representation, and the reading of the Range field (RFC 9110 section 14). The RFC leaves open what becomes of
 * a broken, an overlapping or an excessive set; the answer here is nginx's: a broken set of bytes is 416, ranges that sum
 * up to more than the whole, or are too many, get the whole.
 *
 * @param first offset of the first byte
 * @param last offset of the last byte, at least {@code first} and less than the size
 */
public record ByteRange(long first, long last) {
    private static final String UNIT = "bytes=";

    /** Stands for a range that selects nothing. */
    private static final ByteRange NOTHING = new ByteRange(0, -1);

    /** What to do about a Range field. */
    public enum Kind {
        /** Send the whole representation: the field is to be ignored. */
        NOT_A_RANGE,
        /** Answer 416 with {@link ByteRange#unsatisfied(long)}. */
        UNSATISFIABLE,
        /** Answer 206 with the ranges, in the order they were asked for. */
        RANGES
    }

    /**
     * The outcome of {@link ByteRange#parse}.
     *
     * @param kind what to do
     * @param ranges for {@link Kind#RANGES} at least one, else empty
     */
    public record Result(Kind kind, List<ByteRange> ranges) {
        static final Result NOT_A_RANGE = new Result(Kind.NOT_A_RANGE, List.of());
        static final Result UNSATISFIABLE = new Result(Kind.UNSATISFIABLE, List.of());
    }

    /** The number of bytes. */
    public long length() {
        return last - first + 1;
    }

    /** The value of Content-Range for this piece. */
    public String contentRange(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }

    /** The value of Content-Range for a 416. */
    public static String unsatisfied(long size) {
        return "bytes */" + size;
    }

    /**
     * Reads a Range field.
     *
     * @param value the field's value
     * @param size bytes of the whole representation; an empty one has no ranges and is sent whole
     * @param maxRanges nginx's {@code max_ranges}: more get the whole; 0 switches ranges off
     */
    public static Result parse(String value, long size, int maxRanges) {
        boolean isBytes =
                value.length() > UNIT.length() && Ascii.equalsIgnoreCase(value.substring(0, UNIT.length()), UNIT);
        if (!isBytes || size == 0 || maxRanges == 0) {
            return Result.NOT_A_RANGE;
        }
        List<ByteRange> ranges = new ArrayList<>(1);
        long left = size;
        boolean isWhole = false;
        for (int from = UNIT.length(); from <= value.length(); ) {
            int comma = value.indexOf(',', from);
            int to = comma < 0 ? value.length() : comma;
            String member = trim(value, from, to);
            from = to + 1;
            // RFC 9110 5.6.1.2: empty list members are passed over.
            ByteRange range = member.isEmpty() ? NOTHING : resolve(member, size);
            if (range == null) {
                return Result.UNSATISFIABLE;
            }
            if (range.length() == 0) {
                continue;
            }
            isWhole |= range.length() > left || ranges.size() == maxRanges;
            if (!isWhole) {
                ranges.add(range);
                left -= range.length();
            }
        }
        if (isWhole) {
            return Result.NOT_A_RANGE;
        }
        return ranges.isEmpty() ? Result.UNSATISFIABLE : new Result(Kind.RANGES, List.copyOf(ranges));
    }

    /** The piece that {@code first-last}, {@code first-} or {@code -length} asks for; {@code null} for any other text. */
    private static ByteRange resolve(String member, long size) {
        int dash = member.indexOf('-');
        if (dash < 0) {
            return null;
        }
        String before = trim(member, 0, dash);
        String after = trim(member, dash + 1, member.length());
        long a = number(before);
        long b = number(after);
        boolean isValid = before.isEmpty() ? b >= 0 : a >= 0 && (after.isEmpty() || b >= 0);
        if (!isValid) {
            return null;
        }
        long first = before.isEmpty() ? size - Math.min(b, size) : a;
        long last = before.isEmpty() || after.isEmpty() ? size - 1 : Math.min(b, size - 1);
        return first > last ? NOTHING : new ByteRange(first, last);
    }

    /** A number; one that does not fit is larger than any size (RFC 9110 section 14.1.1). */
    private static long number(String digits) {
        long number = Ascii.parseDecimal(digits);
        return number == Ascii.OVERFLOW ? Long.MAX_VALUE : number;
    }

    private static String trim(String text, int from, int to) {
        int first = from;
        int last = to;
        while (first < last && isBlank(text.charAt(first))) {
            first++;
        }
        while (first < last && isBlank(text.charAt(last - 1))) {
            last--;
        }
        return text.substring(first, last);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
