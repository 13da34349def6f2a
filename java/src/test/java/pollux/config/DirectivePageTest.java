package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import pollux.twin.WhereItDiffers;

/**
 * {@code conf/README.md} is made of the rows of the directive table, so it cannot say anything else than the server does.
 * With {@code -Dpollux.write.pages=true} this test writes the page; without, it fails when the page is stale.
 */
class DirectivePageTest {
    private static final Path PAGE = Path.of("..", "conf", "README.md");

    private static final String HEAD = """
            # Directives

            The language is nginx's; what a directive of nginx's means is described in nginx's own documentation, and holds
            here. `pollux.conf` in this folder is the demo site's configuration with a word on each line, `examples/` has
            more. This page is made of the server's own table of directives.

            """;

    private static final String POLLUX = """
            ## Pollux's own

            """;

    private static final String NGINX = """

            ## nginx's

            """;

    private static final String NO_EFFECT = """

            ## nginx's, accepted without effect

            Files that have them can be read all the same. `gzip on`, `gzip_static on` and `load_module` are passed over with
            a warning; whatever would change who may see what, or what an answer means, is refused.

            """;

    @Test
    void thePageSaysWhatTheTableSays() throws IOException {
        String page = HEAD
                + POLLUX
                + table("Pollux")
                + NGINX
                + table("nginx")
                + NO_EFFECT
                + names()
                + WhereItDiffers.section();
        if (Boolean.getBoolean("pollux.write.pages")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "stale: run this test with -Dpollux.write.pages=true");
    }

    private static String table(String origin) {
        StringBuilder table = new StringBuilder("| directive | context | arguments | default | meaning |\n");
        table.append("| --- | --- | --- | --- | --- |\n");
        for (DirectiveTable.Entry entry : entries(origin)) {
            table.append("| `")
                    .append(entry.name())
                    .append("` | ")
                    .append(contexts(entry))
                    .append(" | ");
            table.append(arity(entry.arity())).append(" | ");
            String fallback = entry.fallback().replace("|", "\\|");
            table.append(fallback.isEmpty() ? "" : "`" + fallback + "`").append(" | ");
            table.append(entry.meaning().replace("|", "\\|")).append(" |\n");
        }
        return table.toString();
    }

    /** By why they have no effect. */
    private static String names() {
        Map<String, List<String>> names = entries("no effect").stream()
                .collect(Collectors.groupingBy(
                        DirectiveTable.Entry::meaning,
                        LinkedHashMap::new,
                        Collectors.mapping(entry -> "`" + entry.name() + "`", Collectors.toList())));
        return names.entrySet().stream()
                .map(group -> "- " + group.getKey() + ": " + String.join(", ", group.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static List<DirectiveTable.Entry> entries(String origin) {
        return DirectiveTable.entries().stream()
                .filter(entry -> entry.origin().equals(origin))
                .toList();
    }

    private static String contexts(DirectiveTable.Entry entry) {
        if (entry.contexts().size() == Context.values().length) {
            return "any";
        }
        return entry.contexts().stream()
                .sorted()
                .map(context -> AsciiText.lower(context.name()))
                .collect(Collectors.joining(", "));
    }

    private static String arity(Arity arity) {
        if (arity.max() == Integer.MAX_VALUE) {
            return arity.min() + " or more";
        }
        return arity.min() == arity.max() ? "" + arity.min() : arity.min() + " to " + arity.max();
    }
}
