package pollux.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;
import pollux.http.ChunkedDecoder;

/** RFC 9112 section 7.1: {@link ChunkedDecoder}, what it gives out before it refuses, and what it leaves. */
class ChunksFuzzTest {
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int MAX_DIGITS = 64;

    private static final String QUOTED = "\"(?:[\\t !#-\\[\\]-~\\x80-\\xff]|\\\\" + "[\\t -~\\x80-\\xff])*+\"";
    private static final String VALUE = "[ \\t]*=[ \\t]*(?:" + Grammar.TOKEN + "|" + QUOTED + ")";
    private static final Pattern DIGITS = Pattern.compile("[0-9A-Fa-f]*");
    private static final Pattern SIZE_LINE =
            Pattern.compile("[0-9A-Fa-f]+(?:[ \\t]*;[ \\t]*" + Grammar.TOKEN + "(?:" + VALUE + ")?)*+\\r\\n");
    private static final Pattern TRAILER =
            Pattern.compile("(?:" + Grammar.TOKEN + ":" + Grammar.TEXT + "\\r\\n)*+\\r\\n");
    private static final Pattern LINE_END = Pattern.compile("\\r\\n");

    static Stream<byte[]> seeds() {
        return Seeds.of("chunks.txt");
    }

    @MethodSource("seeds")
    @FuzzTest
    void decodesWhatAReaderOfTheWholeContentDecodes(byte[] data) {
        Input input = new Input(data);
        String expected = expected(input.text());
        for (List<String> pieces : input.ways(input.text())) {
            assertEquals(expected, actual(pieces), pieces::toString);
        }
    }

    // --- The reference -----------------------------------------------------------------------------------------------

    /** The content so far; and "done" with what is left, "more", or "400". */
    private static String expected(String text) {
        StringBuilder content = new StringBuilder();
        int at = 0;
        while (true) {
            String digits = digits(text, at);
            BigInteger size = new BigInteger("0" + digits, 16);
            if (digits.length() > MAX_DIGITS || size.compareTo(LARGEST) > 0) {
                return content + "\n400";
            }
            Matcher line = SIZE_LINE.matcher(text).region(at, text.length());
            if (!line.lookingAt()) {
                return content + (line.hitEnd() ? "\nmore" : "\n400");
            }
            at = line.end();
            if (size.signum() == 0) {
                return content + end(text, at);
            }
            int here = size.min(BigInteger.valueOf(text.length() - at)).intValue();
            content.append(text, at, at + here);
            at += here;
            Grammar.Fit fit = Grammar.fit(LINE_END, text, at);
            if (fit != Grammar.Fit.MATCH) {
                return content + (fit == Grammar.Fit.PREFIX ? "\nmore" : "\n400");
            }
            at += 2;
        }
    }

    private static String digits(String text, int from) {
        Matcher digits = DIGITS.matcher(text).region(from, text.length());
        return digits.lookingAt() ? digits.group() : "";
    }

    private static String end(String text, int from) {
        Matcher trailer = TRAILER.matcher(text).region(from, text.length());
        if (trailer.lookingAt()) {
            return "\ndone " + text.substring(trailer.end());
        }
        return trailer.hitEnd() ? "\nmore" : "\n400";
    }

    // --- The decoder -------------------------------------------------------------------------------------------------

    private static String actual(List<String> pieces) {
        ChunkedDecoder decoder = new ChunkedDecoder();
        StringBuilder content = new StringBuilder();
        StringBuilder left = new StringBuilder();
        int outcome = ChunkedDecoder.NEED_MORE;
        for (String piece : pieces) {
            IoBuffer in = TestBuffers.of(piece);
            outcome = decoder.step(in);
            while (outcome == ChunkedDecoder.DATA) {
                content.append(in.string(decoder.dataOffset(), decoder.dataLength()));
                outcome = decoder.step(in);
            }
            left.append(TestBuffers.text(in));
        }
        return switch (outcome) {
            case ChunkedDecoder.DONE -> content + "\ndone " + left;
            case ChunkedDecoder.NEED_MORE -> content + "\nmore";
            default -> content + "\n" + -outcome;
        };
    }
}
