package pollux.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;
import pollux.http.FieldName;
import pollux.http.Framing;
import pollux.http.HopByHop;
import pollux.http.HostName;
import pollux.http.Method;
import pollux.http.RequestHead;
import pollux.http.RequestParser;
import pollux.http.RequestTarget;

/**
 * What is asked of the fields of a head: {@link Framing} (RFC 9112 section 6), persistence (section 9.3), Host (RFC 9110 section 7.2),
 * Expect (10.1.1), lists (5.3) and what is not handed on (7.6.1). The input is field lines; what is none is left out,
 * because the parser would refuse the head.
 */
class FramingFuzzTest {
    private static final Pattern FIELD = Pattern.compile("(" + Grammar.TOKEN + "):(" + Grammar.TEXT + ")");
    private static final Pattern CHUNKED = Pattern.compile(" *(?i:chunked) *");
    private static final Pattern CHUNKED_LAST =
            Pattern.compile("(?: *(?! *(?i:chunked) *,)" + Grammar.TOKEN + " *,)+ *(?i:chunked) *");
    private static final Pattern LENGTH = Pattern.compile(" *([0-9]+) *");
    private static final Pattern UNUSUAL = Pattern.compile("[^A-Za-z0-9-]");
    private static final Pattern ODD = Pattern.compile("[^A-Za-z0-9_-]");
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");
    private static final int MAX_FIELDS = 100;

    /** A field line: its name in lower case, and all that is behind the colon. */
    private record Line(String name, String value) {
        String trimmed() {
            return value.replaceAll("\\A[ \\t]+|[ \\t]+\\z", "");
        }
    }

    static Stream<byte[]> seeds() {
        return Seeds.of("fields.txt");
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsWhatTheFieldsSay(byte[] data) {
        List<String> lines = new Input(data)
                .text()
                .lines()
                .filter(line -> FIELD.matcher(line).matches())
                .limit(MAX_FIELDS)
                .toList();
        List<Line> fields = lines.stream()
                .map(FIELD::matcher)
                .filter(Matcher::matches)
                .map(field -> new Line(field.group(1).toLowerCase(Locale.ROOT), field.group(2)))
                .toList();
        for (int version : new int[] {10, 11}) {
            RequestHead head = head(version, lines);
            assertEquals(framing(version, fields), framing(Framing.of(head)));
            assertEquals(connection(version, fields), connection(head));
            assertEquals(handedOn(fields), handedOn(head));
            assertEquals(joined(fields, "cookie", "; "), head.joined(FieldName.COOKIE));
            assertEquals(joined(fields, "accept", ", "), head.joined(FieldName.ACCEPT));
            assertEquals(joined(fields, "x-y", ", "), head.find("x-y"));
            assertEquals(unusual(fields), unusual(head));
        }
    }

    private static RequestHead head(int version, List<String> lines) {
        StringBuilder text = new StringBuilder("POST / HTTP/1." + version % 10 + "\r\n");
        lines.forEach(line -> text.append(line).append("\r\n"));
        IoBuffer in = TestBuffers.of(text + "\r\n");
        RequestHead head = new RequestHead();
        RequestParser parser = new RequestParser(new RequestParser.Limits(1 << 20, 1 << 20, 1 << 20, MAX_FIELDS));
        assertEquals(RequestParser.COMPLETE, parser.parse(in, head));
        return head;
    }

    // --- How the content is delimited --------------------------------------------------------------------------------

    private static String framing(int version, List<Line> fields) {
        List<String> codings = all(fields, "transfer-encoding");
        List<String> lengths = all(fields, "content-length");
        if (codings.isEmpty() && lengths.isEmpty()) {
            return "none";
        }
        if (codings.size() + lengths.size() > 1 || (version == 10 && !codings.isEmpty())) {
            return "400";
        }
        if (codings.isEmpty()) {
            Matcher length = LENGTH.matcher(lengths.get(0));
            boolean fits = length.matches() && new BigInteger(length.group(1)).bitLength() < Long.SIZE;
            return fits ? "length " + new BigInteger(length.group(1)) : "400";
        }
        if (CHUNKED.matcher(codings.get(0)).matches()) {
            return "chunked";
        }
        return CHUNKED_LAST.matcher(codings.get(0)).matches() ? "501" : "400";
    }

    private static String framing(long framing) {
        if (framing == Framing.NONE) {
            return "none";
        }
        if (framing == Framing.CHUNKED) {
            return "chunked";
        }
        return Framing.isRefused(framing) ? Long.toString(-framing) : "length " + framing;
    }

    private static List<String> all(List<Line> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Line::value)
                .toList();
    }

    // --- The connection, the host, the expectation -------------------------------------------------------------------

    private static String connection(int version, List<Line> fields) {
        boolean closes = lists(fields, "close");
        boolean keeps = lists(fields, "keep-alive");
        List<String> hosts = trimmed(fields, "host");
        String none = hosts.isEmpty() && version == 10 ? " -1" : null;
        String host = hosts.size() == 1 ? HostFuzzTest.expected(hosts.get(0)) : none;
        List<String> expects = version == 10 ? List.of() : members(fields, "expect");
        boolean known = expects.stream().allMatch(expect -> expect.equalsIgnoreCase("100-continue"));
        String expectation = expects.isEmpty() ? "NONE" : known ? "CONTINUE" : "UNKNOWN";
        return closes + " " + keeps + " " + (!closes && (version == 11 || keeps)) + " " + expectation + " " + host;
    }

    private static String connection(RequestHead head) {
        RequestTarget target = new RequestTarget(true, new RequestTarget.Memory());
        target.parse("/", Method.POST);
        HostName host = HostName.of(head, target, new HostName.Memory());
        return head.isClose() + " " + head.isKeepAlive() + " " + head.isPersistent() + " " + head.expectation() + " "
                + (host == null ? null : host.host() + " " + host.port());
    }

    private static List<String> trimmed(List<Line> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Line::trimmed)
                .toList();
    }

    /** The members of a list field, those that are empty left out (RFC 9110 section 5.6.1.2). */
    private static List<String> members(List<Line> fields, String name) {
        return all(fields, name).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(member -> new Line(name, member).trimmed())
                .filter(member -> !member.isEmpty())
                .toList();
    }

    private static boolean lists(List<Line> fields, String option) {
        String all = String.join(",", all(fields, "connection"));
        return Pattern.compile(
                        "(?:.*,)?[ \\t]*\\Q" + option + "\\E[ \\t]*(?:,.*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
                .matcher(all)
                .matches();
    }

    // --- Which fields a program gets ---------------------------------------------------------------------------------

    private static String handedOn(List<Line> fields) {
        return fields.stream()
                .filter(field -> !HOP_BY_HOP.contains(field.name()) && !lists(fields, field.name()))
                .map(field -> field.name() + "=" + field.trimmed())
                .collect(Collectors.joining("\n"));
    }

    private static String handedOn(RequestHead head) {
        StringBuilder out = new StringBuilder();
        HopByHop hopByHop = new HopByHop(head);
        for (int i = 0; i < head.fieldCount(); i++) {
            if (!hopByHop.contains(i)) {
                out.append(out.isEmpty() ? "" : "\n").append(head.name(i).toLowerCase(Locale.ROOT));
                out.append('=').append(head.value(i));
            }
        }
        return out.toString();
    }

    private static String joined(List<Line> fields, String name, String by) {
        List<String> values = trimmed(fields, name);
        return values.isEmpty() ? null : String.join(by, values);
    }

    private static String unusual(List<Line> fields) {
        return names(fields, UNUSUAL) + " " + names(fields, ODD);
    }

    private static List<String> names(List<Line> fields, Pattern bad) {
        return fields.stream()
                .map(Line::name)
                .filter(name -> !bad.matcher(name).find())
                .toList();
    }

    private static String unusual(RequestHead head) {
        head.dropUnusual(true);
        List<String> withUnderscores = names(head);
        head.dropUnusual(false);
        return names(head) + " " + withUnderscores;
    }

    private static List<String> names(RequestHead head) {
        return IntStream.range(0, head.fieldCount())
                .mapToObj(i -> head.name(i).toLowerCase(Locale.ROOT))
                .toList();
    }
}
