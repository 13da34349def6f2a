package pollux.config;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Loads configuration text as the file {@code x.conf} of a folder that is the prefix too. */
final class Conf {
    /** Between the columns of a row. */
    private static final Pattern COLUMN = Pattern.compile(" =>(?: |$)");

    private final Path folder;

    Conf(Path folder) {
        this.folder = folder;
    }

    /** Writes a further file beside {@code x.conf}. */
    Conf file(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Config load(String text) throws ConfException {
        return load(text, "");
    }

    Config load(String text, String globalDirectives) throws ConfException {
        file("x.conf", text);
        return ConfLoader.load(new ConfLoader.LoadRequest(folder.toString(), "x.conf", globalDirectives));
    }

    /** The only server of {@code http { server { text } }}. */
    ServerBlock server(String text) throws ConfException {
        return load("http { server { listen 8080; " + text + " } }").servers().get(0);
    }

    /** The only prefix location of a server with this text. */
    Location location(String text) throws ConfException {
        return server("location / { " + text + " }").locations().prefixes().get(0);
    }

    /** The message that a text is refused with, the prefix left out. */
    String refusal(String text) {
        return refusal(text, "");
    }

    String refusal(String text, String globalDirectives) {
        ConfException refused = assertThrows(ConfException.class, () -> load(text, globalDirectives));
        return relative(refused.getMessage());
    }

    /** Text without the prefix. */
    String relative(String text) {
        return text.replace(folder + "/", "");
    }

    /** Rows of columns, one a line; {@code \n} stands for a line feed. */
    static Stream<Arguments> rows(String table) {
        return table.lines()
                .filter(line -> !line.isBlank())
                .map(line -> Arguments.of((Object[]) Arrays.stream(COLUMN.split(line, -1))
                        .map(cell -> cell.strip().replace("\\n", "\n"))
                        .toArray(String[]::new)));
    }
}
