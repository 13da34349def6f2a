package pollux.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;

/** RFC 9112 section 7.1. */
class ChunkedDecoderTest {
    /** Input; the content, then "." for its end and what is left, "..." for more, or "!" for a refusal. */
    static String[][] rows() {
        return new String[][] {
            {"0\r\n\r\n", "."},
            {"3\r\nabc\r\n0\r\n\r\n", "abc."},
            {"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde."},
            {"a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", "01234567890123456789."},
            {"4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n."},
            {"0003\r\nabc\r\n000\r\n\r\n", "abc."},
            {"0".repeat(63) + "1\r\na\r\n0\r\n\r\n", "a."},
            {"3\r\nabc\r\n0\r\n\r\nGET /", "abc.GET /"},
            {"7fffffffffffffff\r\nab", "ab..."},
            // not over
            {"", "..."},
            {"3", "..."},
            {"3\r\nab", "ab..."},
            {"3\r\nabc", "abc..."},
            {"3\r\nabc\r\n", "abc..."},
            {"3\r\nabc\r\n0\r\n", "abc..."},
            {"0\r\n\r", "..."},
            // sizes
            {"\r\n", "!"},
            {" 3\r\nabc\r\n", "!"},
            {"\t3\r\nabc\r\n", "!"},
            {"+3\r\nabc\r\n", "!"},
            {"-3\r\nabc\r\n", "!"},
            {"0x3\r\nabc\r\n", "!"},
            {"g\r\n", "!"},
            {"3 \r\nabc\r\n", "!"},
            {"3\u0000\r\nabc\r\n", "!"},
            {"3_0\r\n", "!"},
            {"8000000000000000\r\n", "!"},
            {"ffffffffffffffff\r\n", "!"},
            {"10000000000000003\r\nabc\r\n", "!"},
            {"0".repeat(65) + "\r\n\r\n", "!"},
            // line ends
            {"3\nabc\r\n0\r\n\r\n", "!"},
            {"3\rabc\r\n0\r\n\r\n", "!"},
            {"3\r\r\nabc\r\n", "!"},
            {"3\r\nabc\n0\r\n\r\n", "abc!"},
            {"3\r\nabc\r0\r\n\r\n", "abc!"},
            {"3\r\nabcd\r\n0\r\n\r\n", "abc!"},
            {"3\r\nabc0\r\n\r\n", "abc!"},
            {"2\r\nabc\r\n0\r\n\r\n", "ab!"},
            {"0\n\r\n", "!"},
            {"0\r\n\n", "!"},
            {"0\r\n\r\r", "!"},
            // extensions
            {"3;a\r\nabc\r\n0\r\n\r\n", "abc."},
            {"3;a=b\r\nabc\r\n0;x;y=z\r\n\r\n", "abc."},
            {"3;a=\"b;\r\"\r\nabc\r\n", "!"},
            {"3;a=\"b;\n\"\r\nabc\r\n", "!"},
            {"3;a=\"b ;\t\\\"\\\\\u00e9\"\r\nabc\r\n0\r\n\r\n", "abc."},
            {"3 ; a = b ; c\r\nabc\r\n0\r\n\r\n", "abc."},
            {"3\t;\ta\t=\t\"b\"\t;c\r\nabc\r\n0\r\n\r\n", "abc."},
            {"3;\r\nabc\r\n", "!"},
            {"3;;a\r\nabc\r\n", "!"},
            {"3;a=\r\nabc\r\n", "!"},
            {"3;=b\r\nabc\r\n", "!"},
            {"3;a \r\nabc\r\n", "!"},
            {"3;a b\r\nabc\r\n", "!"},
            {"3;a=b \r\nabc\r\n", "!"},
            {"3;a=b\nabc\r\n", "!"},
            {"3;a\nabc\r\n", "!"},
            {"3;a=\"b\r\n", "!"},
            {"3;a=\"b\"c\r\nabc\r\n", "!"},
            {"3;a(\r\nabc\r\n", "!"},
            {"3 a\r\nabc\r\n", "!"},
            // trailer section
            {"0\r\nA: b\r\n\r\n", "."},
            {"0\r\nA:\r\nB: c\td\r\n\r\nX", ".X"},
            {"0\r\nA b\r\n\r\n", "!"},
            {"0\r\nA : b\r\n\r\n", "!"},
            {"0\r\n A: b\r\n\r\n", "!"},
            {"0\r\n: b\r\n\r\n", "!"},
            {"0\r\nA: b\n\r\n", "!"},
            {"0\r\nA: b\r\n c\r\n\r\n", "!"},
            {"0\r\nA: b\rc\r\n\r\n", "!"},
            {"0\r\nA: \u0000\r\n\r\n", "!"},
            {"0\r\nGET / HTTP/1.1\r\n\r\n", "!"},
        };
    }

    @ParameterizedTest
    @MethodSource("rows")
    void sameContentInPiecesOfAnySize(String input, String expected) {
        for (List<String> pieces : Pieces.of(input)) {
            assertEquals(expected, feed(pieces), pieces::toString);
        }
    }

    private static String feed(List<String> pieces) {
        ChunkedDecoder decoder = new ChunkedDecoder();
        IoBuffer in = TestBuffers.empty(65_536);
        StringBuilder content = new StringBuilder();
        int outcome = ChunkedDecoder.NEED_MORE;
        for (String piece : pieces) {
            in.put(piece);
            outcome = decoder.step(in);
            while (outcome == ChunkedDecoder.DATA) {
                content.append(in.string(decoder.dataOffset(), decoder.dataLength()));
                outcome = decoder.step(in);
            }
        }
        if (outcome == ChunkedDecoder.DONE) {
            return content + "." + TestBuffers.text(in);
        }
        return content + (outcome == -400 ? "!" : "...");
    }

    @Test
    void extensionsAreBoundedOverTheWholeContent() {
        String chunk =
                "1;" + "x".repeat(1022) + "\r\na\r\n"; // ";" is of the size line, name and CR are of the extension
        assertEquals("a".repeat(16) + ".", feed(List.of(chunk.repeat(16) + "0\r\n\r\n")));
        assertEquals("a".repeat(16) + "!", feed(List.of(chunk.repeat(17) + "0\r\n\r\n")));
    }

    @Test
    void theTrailerSectionIsBounded() {
        String field = "A: " + "b".repeat(1019) + "\r\n";
        assertEquals(".", feed(List.of("0\r\n" + field.repeat(7) + "A: " + "b".repeat(1017) + "\r\n\r\n")));
        assertEquals("!", feed(List.of("0\r\n" + field.repeat(8) + "\r\n")));
    }

    @Test
    void whatAChunkAnnouncesIsKnownBeforeItComes() {
        ChunkedDecoder decoder = new ChunkedDecoder();
        IoBuffer in = TestBuffers.empty(64);
        long[] announced = new long[6];
        int i = 0;
        for (String piece : List.of("7fffffffffffffff", "\r", "\n", "ab")) {
            in.put(piece);
            decoder.step(in);
            announced[i++] = decoder.announced();
        }
        decoder.reset();
        in.put("1\r\na");
        decoder.step(in);
        announced[i++] = decoder.announced();
        in.put("\r\n3");
        decoder.step(in);
        announced[i] = decoder.announced();
        assertArrayEquals(new long[] {0, 0, Long.MAX_VALUE, Long.MAX_VALUE - 2, 0, 0}, announced);
    }

    @Test
    void aDecoderCanBeUsedAgain() {
        ChunkedDecoder decoder = new ChunkedDecoder();
        IoBuffer in = TestBuffers.of("0\r\n\r\n1\r\na\r\n0\r\n\r\n");
        assertEquals(ChunkedDecoder.DONE, decoder.step(in));
        decoder.reset();
        assertEquals(ChunkedDecoder.DATA, decoder.step(in));
        assertEquals("a", in.string(decoder.dataOffset(), decoder.dataLength()));
        assertEquals(ChunkedDecoder.DONE, decoder.step(in));
    }

    @Test
    void aRefusalStays() {
        ChunkedDecoder decoder = new ChunkedDecoder();
        IoBuffer in = TestBuffers.of("x0\r\n\r\n");
        assertEquals(-400, decoder.step(in));
        assertEquals(-400, decoder.step(in));
    }
}
