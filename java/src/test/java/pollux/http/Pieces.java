package pollux.http;

import java.util.ArrayList;
import java.util.List;

/** The ways in which a text is fed to a parser that must not care: whole, byte by byte, and in two at every place. */
final class Pieces {
    private Pieces() {}

    static List<List<String>> of(String text) {
        List<List<String>> ways = new ArrayList<>();
        ways.add(List.of(text));
        List<String> bytes = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            bytes.add(text.substring(i, i + 1));
        }
        ways.add(bytes);
        for (int cut = 1; cut < text.length(); cut++) {
            ways.add(List.of(text.substring(0, cut), text.substring(cut)));
        }
        return ways;
    }
}
