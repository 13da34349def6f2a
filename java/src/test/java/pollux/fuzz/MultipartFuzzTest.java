package pollux.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;
import pollux.http.MultipartParser;
import pollux.http.PartHead;

/**
 * RFC 2046 section 5.1.1, RFC 7578: {@link MultipartParser} with the boundary {@code bb}: what every part is called, and
 * every byte of it.
 */
class MultipartFuzzTest {
    private static final int MAX_PARTS = 3;
    private static final String DELIMITER = "\r\n--bb";

    private static final Pattern DELIMITER_END = Pattern.compile("--|[ \\t]{0,256}\\r\\n");
    private static final String LINE = "(?:" + Grammar.TOKEN + "):" + Grammar.TEXT + "\\r\\n";
    private static final Pattern HEAD = Pattern.compile("(?:" + LINE + ")*");
    private static final Pattern DISPOSITION = field("content-disposition");
    private static final Pattern TYPE = field("content-type");

    private static Pattern field(String name) {
        return Pattern.compile("(?i:" + name + "):[ \\t]*(.*?)[ \\t]*", Pattern.DOTALL);
    }

    static Stream<byte[]> seeds() {
        return Seeds.of("multipart.txt");
    }

    @MethodSource("seeds")
    @FuzzTest
    void findsTheParts(byte[] data) {
        Input input = new Input(data);
        String expected = expected(input.text());
        for (List<String> slices : input.ways(input.text())) {
            assertEquals(expected, actual(slices), slices::toString);
        }
    }

    // --- The reference -----------------------------------------------------------------------------------------------

    /** With a line end put before the content and before every part's data, a delimiter is simply a text to look for. */
    private static String expected(String text) {
        StringBuilder out = new StringBuilder();
        String rest = "\r\n" + text;
        for (int parts = 0; ; parts++) {
            int at = rest.indexOf(DELIMITER);
            if (parts > 0) {
                int end = at < 0 ? rest.length() - begun(rest) : at;
                out.append(rest, 2, Math.max(2, end)).append(at < 0 ? "" : "]");
            }
            if (at < 0) {
                return out + "more";
            }
            rest = rest.substring(at + DELIMITER.length());
            Matcher end = DELIMITER_END.matcher(rest);
            if (!end.lookingAt()) {
                return out + (end.hitEnd() ? "more" : "400");
            }
            if (end.group().equals("--")) {
                return out + "done";
            }
            if (parts == MAX_PARTS) {
                return out + "400";
            }
            rest = rest.substring(end.end());
            // A bare line feed ends a line here, and then makes the header a wrong one.
            int empty = rest.startsWith("\r\n") ? 0 : rest.indexOf("\n\r\n") + 1;
            if (!rest.startsWith("\r\n", empty)) {
                return out + "more";
            }
            String head = head(rest.substring(0, empty));
            if (head == null) {
                return out + "400";
            }
            out.append('[').append(head).append(':');
            rest = rest.substring(empty);
        }
    }

    /** How many bytes at the end may be the beginning of a delimiter. */
    private static int begun(String text) {
        int length = DELIMITER.length() - 1;
        while (!text.endsWith(DELIMITER.substring(0, length))) {
            length--;
        }
        return length;
    }

    /** What a part's header says: name, file name and type; null if it is broken. */
    private static String head(String header) {
        if (!HEAD.matcher(header).matches()) {
            return null;
        }
        List<String> dispositions = values(header, DISPOSITION);
        String disposition = dispositions.size() == 1 ? dispositions.get(0) : "";
        String name = ParameterFuzzTest.parameter(disposition, "name");
        if (name == null || !ParameterFuzzTest.leading(disposition).equals("form-data")) {
            return null;
        }
        String extended = ParameterFuzzTest.parameter(disposition, "filename*");
        String filename = extended == null ? null : ParameterFuzzTest.extended(extended);
        if (filename == null) {
            filename = unescaped(ParameterFuzzTest.parameter(disposition, "filename"));
        }
        Iterator<String> types = values(header, TYPE).iterator();
        return unescaped(name) + "|" + filename + "|" + (types.hasNext() ? types.next() : null);
    }

    private static List<String> values(String header, Pattern line) {
        return Stream.of(header.split("\r\n"))
                .map(line::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    private static String unescaped(String text) {
        return text == null
                ? null
                : text.replaceAll("%22", "\"").replaceAll("(?i)%0d", "\r").replaceAll("(?i)%0a", "\n");
    }

    // --- The parser --------------------------------------------------------------------------------------------------

    private static String actual(List<String> slices) {
        Recorder recorder = new Recorder();
        MultipartParser parser = new MultipartParser("bb", TestBuffers.empty(128), MAX_PARTS);
        int outcome = 0;
        for (String slice : slices) {
            outcome = parser.feed(TestBuffers.of("?" + slice), 1, slice.length(), recorder);
        }
        return recorder.out + (outcome < 0 ? Integer.toString(-outcome) : parser.isComplete() ? "done" : "more");
    }

    private static final class Recorder implements MultipartParser.Sink {
        private final StringBuilder out = new StringBuilder();

        @Override
        public int part(PartHead head) {
            out.append('[').append(head.name()).append('|').append(head.filename());
            out.append('|').append(head.contentType()).append(':');
            return 0;
        }

        @Override
        public int data(IoBuffer buffer, int offset, int length) {
            assertEquals(length, Math.max(1, length), "no empty data");
            out.append(buffer.string(offset, length));
            return 0;
        }

        @Override
        public int endPart() {
            out.append(']');
            return 0;
        }
    }
}
