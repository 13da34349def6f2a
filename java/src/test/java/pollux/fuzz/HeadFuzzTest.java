package pollux.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;
import pollux.http.RequestHead;
import pollux.http.RequestParser;
import pollux.http.RequestParser.Limits;

/** RFC 9112 sections 2, 3 and 5: {@link RequestParser}, to the status, with the usual bounds and with very narrow ones. */
class HeadFuzzTest {
    private static final Limits NARROW = new Limits(40, 24, 100, 3);

    private static final String LEADING = "(?:\\r?\\n)*";
    private static final String UP_TO_VERSION = LEADING + Grammar.TOKEN + " [!-~\\x80-\\xff]+ HTTP/";
    private static final String FIELD = Grammar.TOKEN + ":" + Grammar.TEXT + "\\r?\\n";
    private static final Pattern HEAD =
            Pattern.compile(UP_TO_VERSION + "1\\.[0-9]\\r?\\n(?:" + FIELD + ")*+(?<end>\\r?\\n)");
    private static final Pattern LATER_VERSION = Pattern.compile(UP_TO_VERSION + "[2-9]");
    private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+) HTTP/1\\.([0-9])");

    static Stream<byte[]> seeds() {
        return Seeds.of("heads.txt");
    }

    @MethodSource("seeds")
    @FuzzTest
    void saysWhatAReaderOfTheWholeHeadSays(byte[] data) {
        Input input = new Input(data);
        for (Limits limits : List.of(Limits.DEFAULT, NARROW)) {
            String expected = expected(input.text(), limits);
            for (List<String> pieces : input.ways(input.text())) {
                assertEquals(expected, actual(pieces, limits), pieces::toString);
            }
        }
    }

    // --- The reference -----------------------------------------------------------------------------------------------

    /** Whichever comes first decides: the head's end, a byte that no head has there, or one that is beyond a bound. */
    private static String expected(String text, Limits limits) {
        Matcher head = HEAD.matcher(text);
        boolean whole = head.lookingAt();
        int end = whole ? head.end() : text.length();
        int wrong = whole ? end : Grammar.firstWrong(HEAD, text);
        int leading = leading(text);
        if (leading > 16) {
            wrong = Math.min(wrong, 16);
        }
        int tooLong = tooLong(text, leading, limits, whole ? end : Integer.MAX_VALUE);
        int tooMany = fieldStart(text, leading, limits.maxFields());
        // A byte is looked at before the bounds, the number of fields with the first byte of one more.
        if (tooLong < end && tooLong < wrong && tooLong <= tooMany) {
            return tooLong < lineEnd(text, leading) ? "414" : "431";
        }
        if (tooMany < end && tooMany < wrong) {
            return "431";
        }
        if (wrong < end) {
            boolean isLater =
                    LATER_VERSION.matcher(text.substring(0, wrong + 1)).matches();
            return isLater ? "505" : "400";
        }
        return whole ? described(text.substring(leading, head.start("end")), end) : "more";
    }

    private static int leading(String text) {
        int count = 0;
        while (count < text.length() && "\r\n".indexOf(text.charAt(count)) >= 0) {
            count++;
        }
        return count;
    }

    /** Where the line that begins at {@code from} has its line feed. */
    private static int lineEnd(String text, int from) {
        int at = text.indexOf('\n', from);
        return at < 0 ? Integer.MAX_VALUE : at;
    }

    /** The offset of the first byte of the field line with this number, counted from 0. */
    private static int fieldStart(String text, int leading, int number) {
        int at = leading;
        for (int i = 0; i <= number; i++) {
            at = lineEnd(text, at);
            if (at == Integer.MAX_VALUE) {
                return at;
            }
            at++;
        }
        boolean isField = at < text.length() && "\r\n".indexOf(text.charAt(at)) < 0;
        return isField ? at : Integer.MAX_VALUE;
    }

    /** The offset of the last byte that a line, or the head, has room for, where that one does not end it. */
    private static int tooLong(String text, int leading, Limits limits, int end) {
        int most = limits.requestLineBytes();
        int first = limits.headBytes() == end ? Integer.MAX_VALUE : limits.headBytes() - 1;
        for (int from = leading; from < text.length(); ) {
            int lineEnd = lineEnd(text, from);
            if (lineEnd > from + most - 1) {
                first = Math.min(first, from + most - 1);
            }
            from = lineEnd == Integer.MAX_VALUE ? text.length() : lineEnd + 1;
            most = limits.fieldLineBytes();
        }
        return first < text.length() ? first : Integer.MAX_VALUE;
    }

    /** Method, target, version, the fields, and where the head ends. */
    private static String described(String lines, int end) {
        String[] each = lines.split("\\r?\\n", 0);
        Matcher line = LINE.matcher(each[0]);
        if (!line.matches()) {
            throw new AssertionError(each[0]);
        }
        StringBuilder out = new StringBuilder(line.group(1) + " " + line.group(2));
        out.append(line.group(3).equals("0") ? " 10" : " 11");
        for (int i = 1; i < each.length; i++) {
            int colon = each[i].indexOf(':');
            out.append('\n').append(each[i], 0, colon).append('=');
            out.append(each[i].substring(colon + 1).replaceAll("^[ \\t]+|[ \\t]+\\z", ""));
        }
        return out + "\n" + end + " " + each[0];
    }

    // --- The parser --------------------------------------------------------------------------------------------------

    private static String actual(List<String> pieces, Limits limits) {
        RequestParser parser = new RequestParser(limits);
        RequestHead head = new RequestHead();
        IoBuffer in = TestBuffers.empty(64);
        int outcome = RequestParser.NEED_MORE;
        for (String piece : pieces) {
            in = withRoom(in, piece.length());
            in.put(piece);
            outcome = parser.parse(in, head);
        }
        if (outcome != RequestParser.COMPLETE) {
            return outcome == RequestParser.NEED_MORE ? "more" : Integer.toString(-outcome);
        }
        StringBuilder out = new StringBuilder(head.methodText() + " ");
        out.append(in.string(head.targetOffset(), head.targetLength()));
        out.append(' ').append(head.version());
        for (int i = 0; i < head.fieldCount(); i++) {
            out.append('\n').append(head.name(i)).append('=').append(head.value(i));
        }
        return out + "\n" + head.length() + " " + head.requestLine();
    }

    /** The bytes, in a larger buffer and at another offset when they would not fit, as a connection does it. */
    private static IoBuffer withRoom(IoBuffer in, int count) {
        if (in.room() >= count) {
            return in;
        }
        IoBuffer larger = TestBuffers.empty(2 * (in.length() + count) + 5);
        larger.region(5, 5);
        larger.put(in, in.start(), in.length());
        return larger;
    }
}
