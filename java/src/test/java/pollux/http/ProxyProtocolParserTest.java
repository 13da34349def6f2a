package pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;

/** The header of the PROXY protocol, versions 1 and 2: at once, byte by byte, and cut in two at every place. */
class ProxyProtocolParserTest {
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final String FOUR = "\1\2\3\4\5\6\7\10\0\120\37\220";
    private static final String SIX =
            "\40\1\15\270\0\0\0\0\0\0\0\0\0\0\0\1" + "\0\0\0\0\0\0\0\0\0\0\377\377\300\0\2\1" + "\377\377\0\1";

    /** What comes over the connection; whom it names, or "more" or "broken"; and what is left. */
    static String[][] rows() {
        return new String[][] {
            {"PROXY TCP4 1.2.3.4 5.6.7.8 80 8080\r\nGET", "1.2.3.4 80 5.6.7.8 8080", "GET"},
            {"PROXY TCP6 ::1 2001:DB8::2 0 65535\r\n", "::1 0 2001:DB8::2 65535", ""},
            {"PROXY TCP4 1.2.3.4 5.6.7.8 80 8080\r\n\r\n", "1.2.3.4 80 5.6.7.8 8080", "\r\n"},
            {"PROXY UNKNOWN\r\nGET", "nobody", "GET"},
            {"PROXY UNKNOWN what ever\rit\nsays\r\nGET", "nobody", "GET"},
            {"PROXY TCP4 1.2.3.4 5.6.7.8 80 8080", "more", ""},
            {"PROXY TCP4 1.2.3.4 5.6.7.8 80 8080\r", "more", ""},
            {"PRO", "more", ""},
            {"", "more", ""},
            {"GET / HTTP/1.1\r\n", "broken", null},
            {"PROXYTCP4", "broken", null},
            {"proxy TCP4", "broken", null},
            {"PROXY TCP4 1.2.3.4 5.6.7.8 80 8080\n\r\n", "broken", null},
            {"PROXY TCP4 1.2.3.4 5.6.7.8 80 65536\r\n", "broken", null},
            {"PROXY TCP4 1.2.3.4 5.6.7.8 +80 80\r\n", "broken", null},
            {"PROXY TCP4 1.2.3.4 5.6.7.8 80 99999999999999999999\r\n", "broken", null},
            {"PROXY TCP4 1.2.3.4 5.6.7.8 80\r\n", "broken", null},
            {"PROXY TCP4 1.2.3.4 5.6.7.8 80 \r\n", "broken", null},
            {"PROXY TCP4 1.2.3.4 5.6.7.8 80 80 \r\n", "broken", null},
            {"PROXY TCP4  5.6.7.8 80 80\r\n", "broken", null},
            {"PROXY TCP4 1.2.3.g 5.6.7.8 80 80\r\n", "broken", null},
            {"PROXY TCP4\t1.2.3.4 5.6.7.8 80 80\r\n", "broken", null},
            {"PROXY TCP5 1.2.3.4 5.6.7.8 80 80\r\n", "broken", null},
            {"PROXY UDP4 1.2.3.4 5.6.7.8 80 80\r\n", "broken", null},
            {"PROXY \r\n", "broken", null},
            {"PROXY UNKNOWN " + "x".repeat(91) + "\r\n", "nobody", ""},
            {"PROXY UNKNOWN " + "x".repeat(92) + "\r\n", "broken", null},
            {SIGNATURE + "\41\21\0\14" + FOUR + "GET", "1.2.3.4 80 5.6.7.8 8080", "GET"},
            {SIGNATURE + "\41\21\0\23" + FOUR + "\4\0\4abcdGET", "1.2.3.4 80 5.6.7.8 8080", "GET"},
            {SIGNATURE + "\41\41\0\44" + SIX + "GET", "2001:db8::1 65535 ::ffff:192.0.2.1 1", "GET"},
            {SIGNATURE + "\41\41\20\0", "broken", null},
            {SIGNATURE + "\41\41\17\360" + SIX + "x".repeat(4044) + "GET", "2001:db8::1 65535 ::ffff:192.0.2.1 1", "GET"
            },
            {SIGNATURE + "\40\0\0\0GET", "nobody", "GET"},
            {SIGNATURE + "\40\21\0\3abcGET", "nobody", "GET"},
            {SIGNATURE + "\41\0\0\0GET", "nobody", "GET"},
            {SIGNATURE + "\41\22\0\14" + FOUR + "GET", "nobody", "GET"},
            {SIGNATURE + "\41\61\0\4pathGET", "nobody", "GET"},
            {SIGNATURE + "\42\21\0\0GET", "nobody", "GET"},
            {SIGNATURE + "\41\21\0\13" + FOUR, "broken", null},
            {SIGNATURE + "\41\41\0\14" + FOUR, "broken", null},
            {SIGNATURE + "\21\21\0\14" + FOUR, "broken", null},
            {SIGNATURE + "\61\21\0\14" + FOUR, "broken", null},
            {SIGNATURE + "\41\21\0\14" + FOUR.substring(1), "more", ""},
            {SIGNATURE + "\41\21\0", "more", ""},
            {"\r\n\r\n\0\r\nQUIT\r", "broken", null},
            {"\r\nGET / HTTP/1.1\r\n", "broken", null},
            {"\0", "broken", null},
        };
    }

    @ParameterizedTest
    @MethodSource("rows")
    void headerIsReadHoweverItComes(String bytes, String expected, String left) {
        String wanted = expected + "|" + left;
        assertEquals(wanted, read(bytes, ""));
        for (int cut = 1; cut < bytes.length(); cut++) {
            assertEquals(wanted, read(bytes.substring(0, cut), bytes.substring(cut)), "cut at " + cut);
        }
        assertEquals(wanted, read(bytes.split("")));
    }

    private static String read(String... pieces) {
        ProxyProtocolParser parser = new ProxyProtocolParser();
        int result = ProxyProtocolParser.NEED_MORE;
        StringBuilder left = new StringBuilder();
        for (String piece : pieces) {
            IoBuffer in = TestBuffers.of(piece);
            if (result == ProxyProtocolParser.NEED_MORE) {
                result = parser.parse(in);
            }
            left.append(TestBuffers.text(in));
        }
        if (result == ProxyProtocolParser.BROKEN) {
            return "broken|null";
        }
        String named = result == ProxyProtocolParser.NEED_MORE ? "more" : text(parser.addresses());
        return named + "|" + left;
    }

    private static String text(ProxyAddresses named) {
        return named == null
                ? "nobody"
                : named.source() + " " + named.sourcePort() + " " + named.destination() + " " + named.destinationPort();
    }
}
