package pollux.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What a fuzzer gives a target: text, one byte a character, and the places where to cut it. The places follow from the
 * bytes, so that the same bytes fail in the same way again.
 */
final class Input {
    private final String text;
    private final Random random;

    Input(byte[] data) {
        text = new String(data, StandardCharsets.ISO_8859_1);
        random = new Random(Arrays.hashCode(data));
    }

    /** All of it. */
    String text() {
        return text;
    }

    /** The ways to feed a text: whole, byte by byte, and twice in pieces of random lengths, short ones and long ones. */
    List<List<String>> ways(String of) {
        return List.of(cut(of, of.length() + 1), cut(of, 1), cut(of, 4), cut(of, 64));
    }

    private List<String> cut(String of, int longest) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < of.length(); ) {
            int length = longest > of.length() ? of.length() : 1 + random.nextInt(longest);
            int to = Math.min(of.length(), at + length);
            pieces.add(of.substring(at, to));
            at = to;
        }
        return pieces;
    }
}
