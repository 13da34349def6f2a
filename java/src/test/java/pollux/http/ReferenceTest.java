package pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;

/**
 * Random and nearly valid inputs, cut at random, to the machines that work byte by byte and to slow, obvious readings of
 * the same grammar: regular expressions and {@code indexOf} over the whole text. The seed is fixed; a failure repeats.
 */
class ReferenceTest {
    private static final int ROUNDS = 5_000;

    private final Random random = new Random(20_260_101);

    /** Up to {@code most} of the tokens, one behind the other. */
    private String text(String[] tokens, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(tokens[random.nextInt(tokens.length)]);
        }
        return text.toString();
    }

    /** A valid text with up to two bytes changed, put in, or taken out. */
    private String mutate(String valid, String bytes) {
        StringBuilder text = new StringBuilder(valid);
        for (int i = random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(text.length());
            char c = bytes.charAt(random.nextInt(bytes.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, c);
                case 1 -> text.insert(at, c);
                default -> text.deleteCharAt(at);
            }
        }
        return text.toString();
    }

    private List<String> cut(String text) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int to = Math.min(text.length(), at + 1 + random.nextInt(8));
            pieces.add(text.substring(at, to));
            at = to;
        }
        return pieces;
    }

    // --- RequestParser -----------------------------------------------------------------------------------------------

    private static final Pattern HEAD = Pattern.compile("(?:\\r?\\n){0,7}"
            + "([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([!-~\\x80-\\xff]+) HTTP/1\\.([0-9])\\r?\\n"
            + "((?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\\t -~\\x80-\\xff]*\\r?\\n)*)\\r?\\n");
    private static final Pattern FIELD = Pattern.compile("([^:]+):[\\t ]*(.*?)[\\t ]*\\r?\\n", Pattern.DOTALL);

    @Test
    void heads() {
        String[] fields = {"Host: h\r\n", "A:b\n", "x-y: \t c d \r\n", "Empty:\r\n", "Z: \u00e9\r\n"};
        int complete = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String valid = (random.nextInt(4) == 0 ? "\r\n" : "") + "GET /a?b HTTP/1." + random.nextInt(2) + "\r\n"
                    + text(fields, 4) + "\r\n";
            String input = mutate(valid, "\r\n\t :aHT/1.2\u0000\u007f\u00e9(") + "tail";
            String expected = referenceHead(input);
            String actual = head(cut(input));
            if (expected != null) {
                complete++;
                assertEquals(expected, actual, () -> Escaped.of(input));
            } else {
                assertTrue(
                        actual.startsWith("-") || actual.equals("more"), () -> Escaped.of(input) + " gave " + actual);
            }
            assertEquals(head(List.of(input)), actual, () -> Escaped.of(input));
        }
        assertTrue(complete > ROUNDS / 4, "too few valid inputs: " + complete);
    }

    private static String referenceHead(String input) {
        Matcher head = HEAD.matcher(input);
        if (!head.lookingAt()) {
            return null;
        }
        StringBuilder text = new StringBuilder(head.group(1) + " " + head.group(2));
        text.append(head.group(3).equals("0") ? " 10" : " 11");
        Matcher field = FIELD.matcher(head.group(4));
        while (field.find()) {
            text.append('|').append(field.group(1)).append('=').append(field.group(2));
        }
        return text + " " + head.end();
    }

    private static String head(List<String> pieces) {
        RequestParser parser = new RequestParser(RequestParser.Limits.DEFAULT);
        RequestHead head = new RequestHead();
        IoBuffer in = TestBuffers.empty(1024);
        int outcome = RequestParser.NEED_MORE;
        for (String piece : pieces) {
            in.put(piece);
            if (outcome == RequestParser.NEED_MORE) {
                outcome = parser.parse(in, head);
            }
        }
        if (outcome != RequestParser.COMPLETE) {
            return outcome == RequestParser.NEED_MORE ? "more" : Integer.toString(outcome);
        }
        StringBuilder text = new StringBuilder(head.methodText() + " ");
        text.append(in.string(head.targetOffset(), head.targetLength()))
                .append(' ')
                .append(head.version());
        for (int i = 0; i < head.fieldCount(); i++) {
            text.append('|').append(head.name(i)).append('=').append(head.value(i));
        }
        return text + " " + head.length();
    }

    // --- ChunkedDecoder ----------------------------------------------------------------------------------------------

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String QUOTED = "\"(?:[\\t !#-\\[\\]-~\\x80-\\xff]|\\\\[\\t -~\\x80-\\xff])*\"";
    private static final Pattern CHUNK_LINE = Pattern.compile("([0-9A-Fa-f]{1,15})(?:[ \\t]*;[ \\t]*" + TOKEN
            + "(?:[ \\t]*=[ \\t]*(?:" + TOKEN + "|" + QUOTED + "))?)*\\r\\n");
    private static final Pattern TRAILER = Pattern.compile("(?:" + TOKEN + ":[\\t -~\\x80-\\xff]*\\r\\n)*\\r\\n");

    @Test
    void chunks() {
        String[] chunks = {"3\r\nabc\r\n", "1;x\r\n0\r\n", "02 ; x = \"y\\\"\"\r\n\r\n\r\n", "A;q=1;r\r\n0123456789\r\n"
        };
        String[] trailers = {"A: b\r\n", "C:\r\n"};
        int complete = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String valid = text(chunks, 3) + "0\r\n" + text(trailers, 2) + "\r\n";
            String input = mutate(valid, "\r\n\t ;=\"\\0123aG:\u0000\u00e9") + "tail";
            String expected = referenceChunks(input);
            String actual = chunks(cut(input));
            if (expected != null) {
                complete++;
                assertEquals(expected, actual, () -> Escaped.of(input));
            } else {
                assertTrue(actual.equals("-400") || actual.equals("more"), () -> Escaped.of(input) + " gave " + actual);
            }
            assertEquals(chunks(List.of(input)), actual, () -> Escaped.of(input));
        }
        assertTrue(complete > ROUNDS / 4, "too few valid inputs: " + complete);
    }

    private static String referenceChunks(String input) {
        StringBuilder content = new StringBuilder();
        int at = 0;
        while (true) {
            Matcher line = CHUNK_LINE.matcher(input).region(at, input.length());
            if (!line.lookingAt()) {
                return null;
            }
            long size = Long.parseLong(line.group(1), 16);
            at = line.end();
            if (size == 0) {
                Matcher trailer = TRAILER.matcher(input).region(at, input.length());
                return trailer.lookingAt() ? content + "|" + input.substring(trailer.end()) : null;
            }
            if (size > input.length() - at || !input.startsWith("\r\n", at + (int) size)) {
                return null;
            }
            content.append(input, at, at + (int) size);
            at += (int) size + 2;
        }
    }

    private static String chunks(List<String> pieces) {
        ChunkedDecoder decoder = new ChunkedDecoder();
        IoBuffer in = TestBuffers.empty(1024);
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
            return content + "|" + TestBuffers.text(in);
        }
        return outcome == ChunkedDecoder.NEED_MORE ? "more" : Integer.toString(outcome);
    }

    // --- MultipartParser ---------------------------------------------------------------------------------------------

    private static final String PART_HEAD = "Content-Disposition: form-data; name=a\r\n\r\n";

    @Test
    void parts() {
        String[] data = {"\r", "\n", "-", "--", "b", "bb", "\r\n--b", "\r\n--", "\r\n", "x", "--bb\r\n"};
        int complete = 0;
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder valid = new StringBuilder(text(data, 3));
            for (int part = random.nextInt(4); part > 0; part--) {
                valid.append(part == 3 ? "--bb\r\n" : "\r\n--bb \r\n")
                        .append(PART_HEAD)
                        .append(text(data, 6));
            }
            String input = valid + "\r\n--bb--" + text(data, 2);
            String expected = referenceParts(input);
            assertEquals(expected, parts(cut(input)), () -> Escaped.of(input));
            complete += expected.endsWith(".") ? 1 : 0;
        }
        assertTrue(complete > ROUNDS / 4, "too few valid inputs: " + complete);
    }

    /** With a line end put before the content and before every part's data, a delimiter is simply a text to look for. */
    private static String referenceParts(String input) {
        StringBuilder out = new StringBuilder();
        String rest = "\r\n" + input;
        boolean isPart = false;
        while (true) {
            int at = rest.indexOf("\r\n--bb");
            String data = at < 0 ? "" : rest.substring(0, at);
            if (isPart) {
                out.append('[').append(data.isEmpty() ? "" : data.substring(2)).append(']');
            }
            rest = rest.substring(at + 6);
            if (rest.startsWith("--")) {
                return out + ".";
            }
            Matcher head = Pattern.compile("[ \\t]*\\r\\n" + PART_HEAD).matcher(rest);
            if (!head.lookingAt()) {
                return out + "!";
            }
            rest = "\r\n" + rest.substring(head.end());
            isPart = true;
        }
    }

    private static String parts(List<String> slices) {
        StringBuilder out = new StringBuilder();
        MultipartParser parser = new MultipartParser("bb", TestBuffers.empty(128), 100);
        MultipartParser.Sink sink = new MultipartParser.Sink() {
            @Override
            public int part(PartHead head) {
                out.append('[');
                return 0;
            }

            @Override
            public int data(IoBuffer buffer, int offset, int length) {
                out.append(buffer.string(offset, length));
                return 0;
            }

            @Override
            public int endPart() {
                out.append(']');
                return 0;
            }
        };
        for (String slice : slices) {
            parser.feed(TestBuffers.of(slice), 0, slice.length(), sink);
        }
        return out + (parser.isComplete() ? "." : "!");
    }

    // --- RequestTarget -----------------------------------------------------------------------------------------------

    @Test
    void paths() {
        String[] tokens = {"/", "/", "//", ".", "..", "/.", "/..", "a", "b.", "%2e", "%2F", "%25", "%3f", "%00", "%z"};
        for (int round = 0; round < ROUNDS; round++) {
            String path = "/" + text(tokens, 8);
            boolean merge = random.nextBoolean();
            RequestTarget target = new RequestTarget(merge, new RequestTarget.Memory());
            int status = target.parse(path, Method.GET);
            assertEquals(referencePath(path, merge), status == 0 ? target.path() : "400", () -> path + " " + merge);
        }
    }

    private static String referencePath(String encoded, boolean merge) {
        if (!encoded.matches("(?:[^%]|%[0-9A-Fa-f]{2})*") || encoded.contains("%00")) {
            return "400";
        }
        String path = encoded.replaceAll("%2[eE]", ".")
                .replaceAll("%2[fF]", "/")
                .replace("%3f", "?")
                .replace("%25", "%");
        ArrayDeque<String> kept = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean isLast = i == segments.length - 1;
            String segment = segments[i];
            if (segment.equals("..")) {
                if (kept.isEmpty()) {
                    return "400";
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
}
