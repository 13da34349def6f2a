package pollux.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;
import pollux.handler.CgiResponseParser;
import pollux.handler.Response;
import pollux.handler.SessionChange;

/** RFC 3875 section 6: {@link CgiResponseParser}, all that a response gets of a program's header, and what is left as content. */
class CgiHeaderFuzzTest {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/[0-9]\\.[0-9] (.+)", Pattern.DOTALL);
    private static final Pattern FIELD =
            Pattern.compile("(" + Grammar.TOKEN + "):[ \\t]*((?:" + Grammar.TEXT + "[^ \\t])?)[ \\t]*", Pattern.DOTALL);
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f]");
    private static final Pattern STATUS = Pattern.compile("([2-5][0-9]{2})(?: [ \\t]*(.*))?", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"[!#-~\\x80-\\xff]*\"");
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9_]+)[ \\t]*=[ \\t]*(.*)", Pattern.DOTALL);
    private static final Set<String> ONCE = Set.of("content-type", "location", "status", "content-length");
    private static final Set<String> OWN =
            Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade", "date", "server");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);
    private static final int MAX_NAME = 64;

    static Stream<byte[]> seeds() {
        return Seeds.of("cgi-headers.txt");
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsAProgramsHeader(byte[] data) {
        Input input = new Input(data);
        String expected = new Reference().read(input.text());
        for (List<String> pieces : input.ways(input.text())) {
            assertEquals(expected, actual(pieces, input.text().length()), pieces::toString);
        }
    }

    // --- The reference -----------------------------------------------------------------------------------------------

    private static final class Reference {
        private final Map<String, String> once = new TreeMap<>();
        private final List<String> others = new ArrayList<>();
        private final List<String> changes = new ArrayList<>();
        private String modified = "-1";
        private String tag;

        String read(String text) {
            int at = 0;
            for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
                String line = text.substring(at, end).replaceFirst("\\r\\z", "");
                if (line.isEmpty()) {
                    return finish(text.substring(end + 1));
                }
                Matcher status = STATUS_LINE.matcher(at == 0 ? line : "");
                Matcher field = FIELD.matcher(line);
                boolean good = !CONTROL.matcher(line).find()
                        && (status.matches()
                                ? once("status", status.group(1).replaceAll("\\A[ \\t]+|[ \\t]+\\z", ""))
                                : field.matches() && take(field.group(1), field.group(2)));
                if (!good) {
                    return "broken";
                }
                at = end + 1;
            }
            return "more";
        }

        private boolean once(String name, String value) {
            boolean good =
                    switch (name) {
                        case "status" -> STATUS.matcher(value).matches();
                        case "content-length" ->
                            value.matches("[0-9]+") && new BigInteger(value).bitLength() < Long.SIZE;
                        default -> !value.isEmpty();
                    };
            return good && once.put(name, value) == null;
        }

        private boolean take(String name, String value) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (ONCE.contains(lower)) {
                return once(lower, value);
            }
            if (lower.startsWith("session-")) {
                return session(lower, name, value);
            }
            if (lower.equals("last-modified") && isDate(value)) {
                modified = Long.toString(LocalDateTime.parse(value, DATE).toEpochSecond(ZoneOffset.UTC));
            } else if (lower.equals("etag") && TAG.matcher(value).matches()) {
                tag = value;
            } else if (!OWN.contains(lower)) {
                others.add(name + "=" + value);
            }
            return !lower.equals("transfer-encoding");
        }

        private boolean session(String lower, String name, String value) {
            Matcher entry = ENTRY.matcher(value);
            if (lower.equals("session-set")) {
                changes.add(entry.matches() ? entry.group(1) + "=" + entry.group(2) : "");
                return entry.matches() && entry.group(1).length() <= MAX_NAME;
            }
            if (lower.equals("session-clear")) {
                changes.add(value + "=null");
                return value.matches("[A-Za-z0-9_]{0," + MAX_NAME + "}");
            }
            others.add(name + "=" + value);
            return true;
        }

        private static boolean isDate(String value) {
            try {
                LocalDateTime date = LocalDateTime.parse(value, DATE);
                return DATE.format(date).equals(value) && date.getYear() >= 1970 && date.getYear() <= 9999;
            } catch (DateTimeParseException notADate) {
                return false;
            }
        }

        private String finish(String content) {
            Matcher status = STATUS.matcher(once.getOrDefault("status", ""));
            String location = once.get("location");
            boolean hasStatus = status.matches();
            if (!hasStatus && location == null && !once.containsKey("content-type")) {
                return "broken";
            }
            boolean isLocal = location != null && !hasStatus && location.startsWith("/");
            boolean isClient = location != null
                    && !isLocal
                    && (!hasStatus || status.group(1).startsWith("3"));
            if (location != null) {
                others.add("Location=" + location);
            }
            String kind = isLocal ? "LOCAL_REDIRECT" : isClient ? "CLIENT_REDIRECT" : "DOCUMENT";
            String code = hasStatus ? status.group(1) : isClient ? "302" : "200";
            return String.join(
                    "\n",
                    kind + " " + code + " " + (hasStatus ? status.group(2) : null),
                    once.get("content-type") + " " + new BigInteger(once.getOrDefault("content-length", "-1")),
                    modified + " " + tag,
                    others + " " + changes,
                    content);
        }
    }

    // --- The parser --------------------------------------------------------------------------------------------------

    private static String actual(List<String> pieces, int length) {
        CgiResponseParser parser = new CgiResponseParser();
        Response response = new Response();
        IoBuffer in = TestBuffers.empty(length + 1);
        int outcome = CgiResponseParser.NEED_MORE;
        for (String piece : pieces) {
            if (outcome == CgiResponseParser.NEED_MORE) {
                in.compact();
            }
            in.put(piece);
            if (outcome != CgiResponseParser.COMPLETE) {
                outcome = parser.parse(in, response);
            }
        }
        if (outcome != CgiResponseParser.COMPLETE) {
            return outcome == CgiResponseParser.NEED_MORE ? "more" : "broken";
        }
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < response.fields().size(); i += 2) {
            fields.add(response.fields().get(i) + "=" + response.fields().get(i + 1));
        }
        List<String> changes = new ArrayList<>();
        for (SessionChange change : parser.sessionChanges()) {
            changes.add(change.name() + "=" + change.value());
        }
        return String.join(
                "\n",
                parser.kind() + " " + response.status() + " " + response.reason(),
                response.contentType() + " " + parser.contentLength(),
                response.lastModified() + " " + response.entityTag(),
                fields + " " + changes,
                TestBuffers.text(in));
    }
}
