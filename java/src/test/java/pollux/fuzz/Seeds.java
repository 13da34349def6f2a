package pollux.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The inputs that a target is tried with first. A file of them has one a line; {@code \r}, {@code \n}, {@code \t}, {@code \\} and
 * {@code \x} with two hexadecimal digits stand for bytes, empty lines and lines that begin with {@code ## } for nothing.
 */
final class Seeds {
    private static final String COMMENT = "## ";
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:([rnt\\\\])|x([0-9a-f]{2}))");

    private Seeds() {}

    /** The seeds in a file beside the compiled tests. */
    static Stream<byte[]> of(String file) {
        try (InputStream in = Seeds.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no file " + file);
            }
            String all = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return all.lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith(COMMENT))
                    .map(line -> unescape(line).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unescape(String line) {
        return ESCAPE.matcher(line).replaceAll(escape -> {
            String hex = escape.group(2);
            char c = hex != null
                    ? (char) Integer.parseInt(hex, 16)
                    : "\r\n\t\\".charAt("rnt\\".indexOf(escape.group(1)));
            return Matcher.quoteReplacement(String.valueOf(c));
        });
    }
}
