package pollux.server;

import java.util.ArrayList;
import java.util.List;

/**
 * What would become of a request, step by step: lines of a word, what it says, and where in the configuration that stands.
 * The words begin their lines and the places end them in brackets, so that tools can cut both.
 */
public final class Explanation {
    private static final int WORD_WIDTH = 11;

    private final List<String> lines = new ArrayList<>();
    private final String prefix;
    private int status;

    /** {@code prefix} is left out of the names of files in the configuration's places. */
    Explanation(String prefix) {
        this.prefix = prefix;
    }

    /** Adds a line; {@code at} is a place as {@code Origins} has it, empty for none. */
    void add(String word, String text, String at) {
        String place = at.startsWith(prefix) ? at.substring(prefix.length()) : at;
        String padded = word + " ".repeat(Math.max(1, WORD_WIDTH - word.length()));
        lines.add(escape(padded + text + (place.isEmpty() ? "" : "  [" + place + "]")));
    }

    void add(String word, String text) {
        add(word, text, "");
    }

    void status(int result) {
        status = result;
    }

    /** The status that would result; 0 where a program decides, and 444 where the connection is closed instead. */
    public int status() {
        return status;
    }

    /** The lines in order; bytes, one a character. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** What a request has brought in must not move the cursor of a terminal. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f) {
                escaped.append(String.format("\\x%02X", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
