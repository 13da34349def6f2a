package pollux.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayDeque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;
import pollux.http.Method;
import pollux.http.RequestTarget;

/** RFC 9112 section 3.2, RFC 3986 section 5.2.4: {@link RequestTarget} by the methods whose forms differ, slashes merged or not. */
class TargetFuzzTest {
    private static final Pattern ABSOLUTE =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?]*)([/?].*)?", Pattern.DOTALL);
    private static final Pattern ESCAPES = Pattern.compile("(?:[^%]|%[0-9A-Fa-f]{2})*+", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("%(..)");

    static Stream<byte[]> seeds() {
        return Seeds.of("targets.txt");
    }

    @MethodSource("seeds")
    @FuzzTest
    void takesATargetApart(byte[] data) {
        // No other bytes reach this class: the head's parser refuses them.
        String text = new Input(data).text().replaceAll("[^!-~\\x80-\\xff]", "");
        for (Method method : List.of(Method.GET, Method.OPTIONS, Method.CONNECT)) {
            for (boolean merge : new boolean[] {true, false}) {
                String expected = expected(text, method, merge);
                RequestTarget target = new RequestTarget(merge, new RequestTarget.Memory());
                assertEquals(expected, actual(target, text, method), () -> method + " " + merge);
                // What came before must not show, be it another target or the same one.
                target.parse("http://other:1/a?b", method);
                assertEquals(expected, actual(target, text, method));
                assertEquals(expected, actual(target, text, method));
                assertSafe(target, merge);
            }
        }
    }

    /** What a file system is given: nothing to climb on, nothing that another pass would change. */
    private static void assertSafe(RequestTarget target, boolean merge) {
        String path = target.path();
        if (!path.startsWith("/")) {
            return;
        }
        assertFalse((path + "/").contains("/../"), path);
        assertFalse((path + "/").contains("/./"), path);
        assertFalse(path.indexOf('\0') >= 0, path);
        assertFalse(merge && path.contains("//"), path);
        assertEquals(path, RequestTarget.normalise(path, merge));
        assertEquals(path, RequestTarget.decode(RequestTarget.encodePath(path)));
        assertEquals(path, RequestTarget.decode(RequestTarget.encodeSegment(path)));
    }

    // --- The reference -----------------------------------------------------------------------------------------------

    private static String expected(String text, Method method, boolean merge) {
        if (text.startsWith("/")) {
            return split("ORIGIN ", text, merge);
        }
        if (method == Method.CONNECT) {
            String host = HostFuzzTest.expected(text);
            return host == null || host.endsWith(" -1") ? "400" : "AUTHORITY " + host;
        }
        if (text.equals("*")) {
            return method == Method.OPTIONS ? "ASTERISK *" : "400";
        }
        Matcher absolute = ABSOLUTE.matcher(text);
        String host = absolute.matches() ? HostFuzzTest.expected(absolute.group(2)) : null;
        if (host == null) {
            return "400";
        }
        String parts = split("ABSOLUTE " + host + " ", absolute.group(3) == null ? "/" : absolute.group(3), merge);
        boolean isOurs = absolute.group(1).equalsIgnoreCase("http");
        return isOurs || parts.equals("400") ? parts : "421";
    }

    private static String split(String before, String raw, boolean merge) {
        String withoutFragment = raw.replaceFirst("(?s)#.*", "");
        String[] parts = withoutFragment.split("\\?", 2);
        String path = path(parts[0], merge);
        return path == null ? "400" : before + raw + "|" + path + "|" + (parts.length == 2 ? parts[1] : null);
    }

    private static String path(String encoded, boolean merge) {
        if (!ESCAPES.matcher(encoded).matches() || encoded.contains("%00")) {
            return null;
        }
        String decoded = ESCAPE.matcher(encoded)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
        if (decoded.isEmpty()) {
            return "/";
        }
        ArrayDeque<String> kept = new ArrayDeque<>();
        String[] segments = decoded.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean isLast = i == segments.length - 1;
            String segment = segments[i];
            if (segment.equals("..")) {
                if (kept.isEmpty()) {
                    return null;
                }
                kept.removeLast();
            } else if (isLast || !(segment.equals(".") || (merge && segment.isEmpty()))) {
                kept.addLast(segment.equals(".") ? "" : segment);
            }
            if (isLast && segment.equals("..")) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }

    // --- The class ---------------------------------------------------------------------------------------------------

    private static String actual(RequestTarget target, String text, Method method) {
        IoBuffer buffer = TestBuffers.of("?" + text);
        int status = target.parse(buffer, 1, text.length(), method);
        if (status != 0) {
            return Integer.toString(status);
        }
        String authority = target.host() + " " + target.port();
        return switch (target.form()) {
            case ORIGIN -> "ORIGIN " + described(target);
            case ABSOLUTE -> "ABSOLUTE " + authority + " " + described(target);
            case ASTERISK -> "ASTERISK " + target.path();
            case AUTHORITY -> "AUTHORITY " + authority;
        };
    }

    private static String described(RequestTarget target) {
        return target.raw() + "|" + target.path() + "|" + target.args();
    }
}
