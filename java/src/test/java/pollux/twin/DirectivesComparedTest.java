package pollux.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pollux.config.DirectiveTable;

/** No directive of nginx's is there that nginx and Pollux were not given together. */
class DirectivesComparedTest {
    private static final Path TESTS = Path.of("src/test/java/pollux");
    private static final Path SITES = Path.of("src/test/resources/pollux/sites");
    private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\"(.*?)\"\"\"", Pattern.DOTALL);

    /** What nginx got after the version that these tests are run with: literal expectations stand for it. */
    private static final Set<String> LATER =
            Set.of("add_header_inherit", "add_trailer_inherit", "keepalive_min_timeout", "max_headers");

    /** What is said of the process as a whole: it is compared by whether both take the same files, in these rows. */
    private static final String FILES = read(Path.of("src/test/resources/pollux/twin/bad-configurations.txt"))
            + read(TESTS.resolve("twin/BadConfigurationTwinTest.java"));

    private static final Set<String> OF_THE_PROCESS =
            Set.of("daemon", "worker_rlimit_nofile", "worker_shutdown_timeout", "multi_accept");

    @Test
    void everyDirectiveOfNginxIsComparedWithNginx() {
        String compared = textBlocks("twin")
                + files(SITES).map(DirectivesComparedTest::read).collect(Collectors.joining());
        assertEquals(Set.of(), lacking(compared, name -> true));
    }

    @Test
    void everyDirectiveThatIsNotComparedIsTestedOtherwise() {
        Set<String> compared = named(OF_THE_PROCESS, FILES);
        assertEquals(OF_THE_PROCESS, compared);
        assertEquals(
                LATER,
                named(
                        LATER,
                        textBlocks("twin")
                                + textBlocks("wire")
                                + textBlocks("config")
                                + read(TESTS.resolve("config/InheritanceTest.java"))));
    }

    @Test
    void aDirectiveThatOccursNowhereIsFound() {
        assertEquals(Set.of("root"), lacking("rooted /x; # root\n", "root"::equals));
    }

    private static Set<String> lacking(String text, Predicate<String> isAsked) {
        Set<String> names = DirectiveTable.entries().stream()
                .filter(entry -> entry.origin().equals("nginx"))
                .map(DirectiveTable.Entry::name)
                .filter(isAsked)
                .filter(name -> !LATER.contains(name) && !OF_THE_PROCESS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        names.removeAll(named(names, text));
        return names;
    }

    /** Those that a text has where a directive begins. */
    private static Set<String> named(Set<String> names, String text) {
        return names.stream()
                .filter(name -> Pattern.compile("(?m)(^|[;{}:\"])\\s*" + name + "(\\s|;)")
                        .matcher(text)
                        .find())
                .collect(Collectors.toSet());
    }

    private static String textBlocks(String folder) {
        StringBuilder all = new StringBuilder();
        for (Path file : files(TESTS.resolve(folder)).toList()) {
            Matcher block = TEXT_BLOCK.matcher(read(file));
            while (block.find()) {
                all.append(block.group(1));
            }
        }
        return all.toString();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return List.copyOf(all.filter(Files::isRegularFile).toList()).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
