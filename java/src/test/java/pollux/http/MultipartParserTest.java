package pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;

/** RFC 7578 and RFC 2046 section 5.1. */
class MultipartParserTest {
    private static final String A = "Content-Disposition: form-data; name=\"a\"\r\n\r\n";
    private static final String B = "Content-Disposition: form-data; name=b\r\n\r\n";

    /** Content with the boundary "XX"; its parts as "[name|file|type]data;", then "." when whole, or "!" when refused. */
    static String[][] rows() {
        return new String[][] {
            {"--XX\r\n" + A + "1\r\n--XX--\r\n", "[a]1;."},
            {"--XX\r\n" + A + "1\r\n--XX--", "[a]1;."},
            {"--XX\r\n" + A + "1\r\n--XX\r\n" + B + "2\r\n--XX--\r\n", "[a]1;[b]2;."},
            {"--XX\r\n" + A + "\r\n--XX--", "[a];."},
            {"--XX\r\n" + A + "--XX--", "[a];."}, // RFC 2046: no content at all, one line end for both
            {"--XX\r\n" + A + "\r\n\r\n--XX--", "[a]\r\n;."},
            {"--XX--", "."},
            {"preamble\r\n--XX\r\n" + A + "1\r\n--XX--epilogue\r\n--XX\r\n", "[a]1;."},
            {"\r\n--XX\r\n" + A + "1\r\n--XX--", "[a]1;."},
            {"--X\r\n-\r\r\n--XX\r\n" + A + "1\r\n--XX--", "[a]1;."},
            {"--XX \t \r\n" + A + "1\r\n--XX\t\r\n" + B + "2\r\n--XX-- \r\n", "[a]1;[b]2;."},
            // what looks like a delimiter for a while
            {"--XX\r\n" + A + "\r\r\n--XX--", "[a]\r;."},
            {"--XX\r\n" + A + "1\r\n-\r\n--\r\n--X\r\n--XX--", "[a]1\r\n-\r\n--\r\n--X;."},
            {"--XX\r\n" + A + "\r\n\r\r\n\r\n--X\r\n--XX--", "[a]\r\n\r\r\n\r\n--X;."},
            {"--XX\r\n" + A + "1--XX--\r\n--XX--", "[a]1--XX--;."},
            {"--XX\r\n" + A + "1\n--XX--\r\n--XX--", "[a]1\n--XX--;."},
            {"--XX\r\n" + A + "--X\r\n--XX--", "[a]--X;."},
            {"--XX\r\n" + A + "-\r\n--XX--", "[a]-;."},
            {"--XX\r\n" + A + "\u0000\u00ff\r\n--XX--", "[a]\u0000\u00ff;."},
            // heads
            {
                "--XX\r\nContent-Type: text/plain\r\ncontent-disposition: Form-Data; name=a; filename=\"f.txt\"\r\n\r\n1\r\n--XX--",
                "[a|f.txt|text/plain]1;."
            },
            {"--XX\r\nContent-Disposition: form-data; name=a; filename=\"\"\r\n\r\n\r\n--XX--", "[a|];."},
            {"--XX\r\nX-Own: y\r\n" + A + "1\r\n--XX--", "[a]1;."},
            // not whole
            {"", ""},
            {"preamble", ""},
            {"--XX", ""},
            {"--XX-", ""},
            {"--XX\r\n" + A, "[a]"},
            {"--XX\r\n" + A + "12\r\n--X", "[a]12"},
            {"--XX\r\n" + A + "1\r\n--XX", "[a]1;"},
            {"--XX\r\n" + A + "1\r\n--XX\r\n" + B.substring(0, B.length() - 1), "[a]1;"},
            // refused
            {"--XXX\r\n" + A + "1\r\n--XX--", "!"},
            {"--XX\n" + A + "1\r\n--XX--", "!"},
            {"--XX\r" + A + "1\r\n--XX--", "!"},
            {"--XX-\r\n" + A + "1\r\n--XX--", "!"},
            {"--XX -\r\n", "!"},
            {"--XX\r\n" + A + "1\r\n--XXY\r\n", "[a]1;!"},
            {"--XX\r\n\r\n1\r\n--XX--", "!"},
            {"--XX\r\nContent-Type: text/plain\r\n\r\n1\r\n--XX--", "!"},
            {"--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--", "!"},
            {"--XX\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--XX--", "!"},
            {"--XX\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--XX--", "!"},
            {"--XX\r\nContent-Disposition : form-data; name=a\r\n\r\n1\r\n--XX--", "!"},
            {"--XX\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\n1\r\n--XX--", "!"},
            {"--XX\r\nContent-Disposition: form-data; name=a\n\n1\r\n--XX--\r\n\r\n", "!"},
            {"--XX\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\n", "!"},
            {"--XX\r\nx\u0000: y\r\n" + A, "!"},
            {"--XX\r\nno colon\r\n" + A, "!"},
        };
    }

    @ParameterizedTest
    @MethodSource("rows")
    void samePartsInSlicesOfAnySize(String content, String expected) {
        for (List<String> slices : Pieces.of(content)) {
            assertEquals(expected, feed(slices, 4), slices::toString);
        }
    }

    private static final class Recorder implements MultipartParser.Sink {
        final StringBuilder text = new StringBuilder();
        int partAnswer;
        int dataAnswer;
        int endAnswer;

        @Override
        public int part(PartHead head) {
            text.append('[').append(head.name());
            text.append(head.filename() == null ? "" : "|" + head.filename());
            text.append(head.contentType() == null ? "" : "|" + head.contentType())
                    .append(']');
            return partAnswer;
        }

        @Override
        public int data(IoBuffer buffer, int offset, int length) {
            assertTrue(length > 0);
            text.append(buffer.string(offset, length));
            return dataAnswer;
        }

        @Override
        public int endPart() {
            text.append(';');
            return endAnswer;
        }
    }

    private static String feed(List<String> slices, int maxParts) {
        MultipartParser parser = new MultipartParser("XX", TestBuffers.empty(128), maxParts);
        Recorder sink = new Recorder();
        int outcome = 0;
        for (String slice : slices) {
            // The same memory for every slice: what was there before is gone.
            IoBuffer in = TestBuffers.of("##" + slice + "##");
            outcome = parser.feed(in, 2, slice.length(), sink);
        }
        return sink.text + (outcome == -400 ? "!" : parser.isComplete() ? "." : "");
    }

    /** Parameters of a disposition; name and file name. */
    static String[][] names() {
        return new String[][] {
            {"name=\"a b\"; filename=\"c d.txt\"", "a b|c d.txt"},
            {"name=\"a\"; filename=\"q%22uote%0D%0A.txt\"", "a|q\"uote\r\n.txt"},
            {"name=\"a\"; filename=\"q\\\"uote.txt\"", "a|q\"uote.txt"},
            {"name=\"a\"; filename=\"C:\\dir\\f.txt\"", "a|C:\\dir\\f.txt"},
            {"name=\"a\"; filename=\"100%25.txt\"", "a|100%25.txt"},
            {"name=\"a%22\"; filename=\"../../etc/passwd\"", "a\"|../../etc/passwd"},
            {"name=\"a\"; filename=\"\u00c3\u00a9.txt\"", "a|\u00c3\u00a9.txt"},
            {"name=\"a\"; filename=\"x\"; filename*=UTF-8''%C3%A9%22.txt", "a|\u00c3\u00a9\".txt"},
            {"name=\"a\"; filename*=UTF-8''y", "a|y"},
            {"name=\"a\"; filename=\"x\"; filename*=latin1''%E9", "a|x"},
            {"name=\"a\"; filename=\"x\"; filename*=UTF-8''%E9", "a|x"},
            {"name=\"a\"", "a|null"},
            {"filename=\"x\"; name=a", "a|x"},
        };
    }

    @ParameterizedTest
    @MethodSource("names")
    void namesAreReadAsBrowsersWriteThem(String parameters, String expected) {
        PartHead head = PartHead.parse("Content-Disposition: form-data; " + parameters + "\r\n");
        assertEquals(expected, head.name() + "|" + head.filename());
    }

    /** Content-Type; boundary, or null. */
    static String[][] boundaries() {
        return new String[][] {
            {"multipart/form-data; boundary=abc", "abc"},
            {"Multipart/Form-Data;charset=utf-8;Boundary=\"a b'()+_,-./:=?c\"", "a b'()+_,-./:=?c"},
            {"multipart/form-data; boundary=----WebKitFormBoundaryx7a", "----WebKitFormBoundaryx7a"},
            {"multipart/form-data; boundary=" + "b".repeat(70), "b".repeat(70)},
            {"multipart/form-data; boundary=" + "b".repeat(71), null},
            {"multipart/form-data; boundary=\"\"", null},
            {"multipart/form-data; boundary=\"a \"", null},
            {"multipart/form-data; boundary=\"a\\\"b\"", null},
            {"multipart/form-data; boundary=\"a@b\"", null},
            {"multipart/form-data; boundary=a; boundary=b", null},
            {"multipart/form-data", null},
            {"text/plain; boundary=a", null},
        };
    }

    @ParameterizedTest
    @MethodSource("boundaries")
    void boundaries(String contentType, String expected) {
        assertEquals(expected, MultipartParser.boundary(contentType));
    }

    /** Data of bytes that no delimiter holds, of bytes that it holds, and of its own beginnings, wherever the end comes. */
    @Test
    void theDelimiterIsFoundBehindDataOfAnyLength() {
        for (String filler : List.of(".", "X", "-", ".X", "\r", "\r\n", "\r\n-.", "..........\r\n--X.")) {
            for (int length = 0; length < 60; length++) {
                String data = filler.repeat(60).substring(0, length);
                String content = "--XX\r\n" + A + data + "\r\n--XX--";
                assertEquals("[a]" + data + ";.", feed(List.of(content), 1), filler + " up to " + length);
                int cut = content.length() - 1 - length % 9;
                assertEquals("[a]" + data + ";.", feed(List.of(content.substring(0, cut), content.substring(cut)), 1));
            }
        }
    }

    @Test
    void partsAreCounted() {
        String part = "--XX\r\n" + A + "1\r\n";
        assertEquals("[a]1;[a]1;.", feed(List.of(part + part + "--XX--"), 2));
        assertEquals("[a]1;[a]1;!", feed(List.of(part + part + part + "--XX--"), 2));
    }

    @Test
    void headsAndPaddingAreBounded() {
        String fits = "X: " + "y".repeat(8192 - 5 - A.length()) + "\r\n";
        assertEquals("[a]1;.", feed(List.of("--XX\r\n" + fits + A + "1\r\n--XX--"), 1));
        assertEquals("!", feed(List.of("--XX\r\nz" + fits + A + "1\r\n--XX--"), 1));
        assertEquals("[a]1;.", feed(List.of("--XX" + " ".repeat(256) + "\r\n" + A + "1\r\n--XX--"), 1));
        assertEquals("!", feed(List.of("--XX" + " ".repeat(257) + "\r\n" + A + "1\r\n--XX--"), 1));
    }

    @Test
    void theSinkCanStopTheFeed() {
        String content = "--XX\r\n" + A + "1\r\n--XX\r\n" + B + "2\r\n--XX--";
        Recorder sink = new Recorder();
        sink.partAnswer = 413;
        assertEquals("-413 [a]", stopped(content, sink));
        sink = new Recorder();
        sink.dataAnswer = 507;
        assertEquals("-507 [a]1", stopped(content, sink));
        sink = new Recorder();
        sink.endAnswer = 500;
        assertEquals("-500 [a]1;", stopped(content, sink));
    }

    private static String stopped(String content, Recorder sink) {
        MultipartParser parser = new MultipartParser("XX", TestBuffers.empty(128), 9);
        IoBuffer in = TestBuffers.of(content);
        int outcome = parser.feed(in, 0, content.length(), sink);
        assertEquals(outcome, parser.feed(in, 0, content.length(), sink), "and again");
        assertFalse(parser.isComplete());
        return outcome + " " + sink.text;
    }

    @Test
    void theScratchBufferMayHoldMore() {
        IoBuffer scratch = TestBuffers.of("used" + " ".repeat(128));
        scratch.region(0, 4);
        MultipartParser parser = new MultipartParser("XX", scratch, 1);
        Recorder sink = new Recorder();
        for (String slice : List.of("--XX\r\n" + A, "1\r\n--", "2\r\n--XX--")) {
            parser.feed(TestBuffers.of(slice), 0, slice.length(), sink);
        }
        assertEquals("[a]1\r\n--2;", sink.text.toString());
        assertTrue(parser.isComplete());
    }
}
