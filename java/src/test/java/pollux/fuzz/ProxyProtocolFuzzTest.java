package pollux.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;
import pollux.http.ProxyAddresses;
import pollux.http.ProxyProtocolParser;

/** The header of the PROXY protocol: {@link ProxyProtocolParser} against a reader of the whole input. */
class ProxyProtocolFuzzTest {
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final String PORT = "(0*+(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}"
            + "|655[0-2][0-9]|6553[0-5])?)(?<=[0-9])";
    private static final Pattern LINE = Pattern.compile(
            "PROXY (?:UNKNOWN.*?|TCP[46] ([0-9A-Fa-f:.]+) ([0-9A-Fa-f:.]+) " + PORT + " " + PORT + ")\\r\\n",
            Pattern.DOTALL);
    private static final int LONGEST_LINE = 107;

    static Stream<byte[]> seeds() {
        return Seeds.of("proxies.txt");
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsWhatAReaderOfTheWholeReads(byte[] data) {
        Input input = new Input(data);
        String expected = expected(input.text());
        for (List<String> pieces : input.ways(input.text())) {
            String actual = actual(pieces);
            // A reader of the whole knows no fault before the end; whoever reads byte by byte refuses at once.
            boolean early = expected.equals("more") && actual.equals("broken") && !couldGoOn(input.text());
            assertEquals(expected, early ? expected : actual, pieces::toString);
        }
    }

    private static boolean couldGoOn(String text) {
        return SIGNATURE.startsWith(text) || "PROXY TCP4 ".startsWith(text) || "PROXY UNKNOWN".startsWith(text);
    }

    private static String expected(String text) {
        if (text.startsWith(SIGNATURE)) {
            return binary(text);
        }
        Matcher line = LINE.matcher(text);
        if (line.lookingAt()) {
            boolean fits = line.end() <= LONGEST_LINE && endsAtItsFirst(text, line.end());
            return fits ? named(line) + "|" + text.substring(line.end()) : "broken";
        }
        int end = text.indexOf("\r\n");
        boolean over = text.startsWith("PROXY ") && end >= 0;
        return over || text.length() > LONGEST_LINE ? "broken" : "more";
    }

    private static boolean endsAtItsFirst(String text, int end) {
        return text.indexOf("\r\n") + 2 == end;
    }

    private static String named(Matcher line) {
        return line.group(1) == null
                ? "nobody"
                : line.group(1) + " " + Integer.parseInt(line.group(3)) + " " + line.group(2) + " "
                        + Integer.parseInt(line.group(4));
    }

    private static String binary(String text) {
        if (text.length() < 16) {
            return "more";
        }
        int length = text.charAt(14) * 256 + text.charAt(15);
        int family = text.charAt(12) % 16 == 1 ? text.charAt(13) : 0;
        int needed = family == 0x11 ? 12 : family == 0x21 ? 36 : 0;
        if (text.charAt(12) / 16 != 2 || length < needed || length > 4080) {
            return "broken";
        }
        if (text.length() < 16 + length) {
            return "more";
        }
        String rest = "|" + text.substring(16 + length);
        if (needed == 0) {
            return "nobody" + rest;
        }
        int half = (needed - 4) / 2;
        return address(text.substring(16, 16 + half)) + " " + port(text, 16 + 2 * half) + " "
                + address(text.substring(16 + half, 16 + 2 * half)) + " " + port(text, 18 + 2 * half) + rest;
    }

    private static int port(String text, int at) {
        return text.charAt(at) * 256 + text.charAt(at + 1);
    }

    /** Addresses are compared by their bytes: the ways to write them have rows of their own. */
    private static String address(String bytes) {
        return java.util.HexFormat.of().formatHex(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String actual(List<String> pieces) {
        ProxyProtocolParser parser = new ProxyProtocolParser();
        int result = ProxyProtocolParser.NEED_MORE;
        StringBuilder left = new StringBuilder();
        boolean binary = String.join("", pieces).startsWith(SIGNATURE);
        for (String piece : pieces) {
            IoBuffer in = TestBuffers.of(piece);
            if (result == ProxyProtocolParser.NEED_MORE) {
                result = parser.parse(in);
            }
            left.append(TestBuffers.text(in));
        }
        if (result != ProxyProtocolParser.COMPLETE) {
            return result == ProxyProtocolParser.BROKEN ? "broken" : "more";
        }
        ProxyAddresses found = parser.addresses();
        String named = found == null
                ? "nobody"
                : text(found.source(), binary) + " " + found.sourcePort() + " " + text(found.destination(), binary)
                        + " " + found.destinationPort();
        return named + "|" + left;
    }

    private static String text(String address, boolean binary) {
        if (!binary) {
            return address;
        }
        try {
            byte[] bytes = java.net.InetAddress.getByName(address).getAddress();
            boolean mapped = bytes.length == 4 && address.startsWith("::ffff:");
            String hex = java.util.HexFormat.of().formatHex(bytes);
            return mapped ? "00000000000000000000ffff" + hex : hex;
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(address, e);
        }
    }
}
