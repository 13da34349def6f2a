package pollux.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.http.FieldValue;
import pollux.http.MultipartParser;

/** RFC 9110 section 5.6.6, RFC 8187, RFC 2046 section 5.1.1: {@link FieldValue}, and the boundary of a Content-Type. */
class ParameterFuzzTest {
    // A backslash stands for itself before anything but a quote and a backslash.
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\[\"\\\\]|\\\\(?![\"\\\\]))*+\"";
    private static final String ONE = "(" + Grammar.TOKEN + ")=(" + Grammar.TOKEN + "|" + QUOTED + ")[ \\t]*";
    private static final Pattern PARAMETER = Pattern.compile(ONE, Pattern.DOTALL);
    private static final Pattern ALL = Pattern.compile("[^;]*(?:;[ \\t]*(?:" + ONE + "(?=;|\\z))?)*+", Pattern.DOTALL);
    private static final Pattern BOUNDARY = Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");
    private static final Pattern EXTENDED =
            Pattern.compile("(?i:utf-8)'[^']*'((?:[!#$&+.^_`|~0-9A-Za-z-]|%[0-9A-Fa-f]{2})*)", Pattern.DOTALL);

    static Stream<byte[]> seeds() {
        return Seeds.of("parameters.txt");
    }

    @MethodSource("seeds")
    @FuzzTest
    void findsTheParametersOfAValue(byte[] data) {
        String value = new Input(data).text();
        for (String name : List.of("name", "filename*", "boundary")) {
            assertEquals(parameter(value, name), FieldValue.parameter(value, name), name);
        }
        assertEquals(leading(value), FieldValue.leading(value));
        assertEquals(extended(value), FieldValue.extended(value));
        assertEquals(boundary(value), MultipartParser.boundary(value));
    }

    /** What comes before the parameters. */
    static String leading(String value) {
        String first = value.contains(";") ? value.substring(0, value.indexOf(';')) : value;
        // Not Locale.ROOT's lower case for what is not ASCII: these are bytes.
        StringBuilder out = new StringBuilder();
        for (char c : first.replaceAll("\\A[ \\t]+|[ \\t]+\\z", "").toCharArray()) {
            out.append(c < 0x80 ? String.valueOf(c).toLowerCase(Locale.ROOT) : String.valueOf(c));
        }
        return out.toString();
    }

    /** The parameter's value, or null: none, two, or a value that is malformed anywhere. */
    static String parameter(String value, String name) {
        if (!ALL.matcher(value).matches()) {
            return null;
        }
        int first = value.indexOf(';');
        Matcher parameter = PARAMETER.matcher(first < 0 ? "" : value.substring(first));
        List<String> found = new ArrayList<>();
        while (parameter.find()) {
            if (parameter.group(1).toLowerCase(Locale.ROOT).equals(name)) {
                String text = parameter.group(2);
                boolean quoted = text.startsWith("\"");
                found.add(quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\([\"\\\\])", "$1") : text);
            }
        }
        return found.size() == 1 ? found.get(0) : null;
    }

    private static String boundary(String value) {
        String boundary = leading(value).startsWith("multipart/") ? parameter(value, "boundary") : null;
        return boundary != null && BOUNDARY.matcher(boundary).matches() ? boundary : null;
    }

    /** The bytes of an extended value, or null. Decoding and encoding them changes them unless they are UTF-8. */
    static String extended(String value) {
        Matcher extended = EXTENDED.matcher(value);
        if (!extended.matches()) {
            return null;
        }
        String bytes = Pattern.compile("%(..)").matcher(extended.group(1)).replaceAll(escape -> {
            char c = (char) Integer.parseInt(escape.group(1), 16);
            return Matcher.quoteReplacement(String.valueOf(c));
        });
        byte[] raw = bytes.getBytes(StandardCharsets.ISO_8859_1);
        byte[] again = new String(raw, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(raw, again) ? bytes : null;
    }
}
