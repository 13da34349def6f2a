package pollux.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import pollux.config.ConfLoader;
import pollux.config.Config;
import pollux.config.Origins;
import pollux.server.Explainer;
import pollux.server.Question;
import pollux.wire.ServerProcess;
import pollux.wire.Site;

/**
 * What {@code explain} foretells is what a running server answers: the rows of the twin tables that are one request each are
 * explained by the configuration that a server then answers them with.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExplainTwinTest {
    private static final int AT_LEAST = 400;

    /** Its root is relative to the working folder, which is the server's own. */
    private static final String BY_WORKING_FOLDER = "GET /root/other/x ";

    /** A table, and how many of its rows were told apart. */
    private record Told(String table, int rows, List<String> wrong) {}

    private final List<Told> told = new ArrayList<>();

    private static List<TwinTable> tables() {
        return List.of(
                new StaticTwinTest(),
                new LocationTwinTest(),
                new NestedLocationTwinTest(),
                new ServerNameTwinTest(),
                new ErrorPageTwinTest(),
                new AccessTwinTest(),
                new RangeTwinTest(),
                new HeaderTwinTest(),
                new ListingTwinTest(),
                new CharsetTwinTest(),
                new VariableTwinTest(),
                new CollectionTwinTest(),
                new DavTwinTest());
    }

    @BeforeAll
    void tell() throws Exception {
        for (TwinTable table : tables()) {
            told.add(tell(table));
        }
    }

    @AfterAll
    void forget() {
        told.clear();
    }

    private static Told tell(TwinTable table) throws Exception {
        List<String> wrong = new ArrayList<>();
        int rows = 0;
        try (Site site = table.site()) {
            site.folder("dav/nginx").folder("dav/pollux");
            String text = Twins.configuration(table.configuration(), Twins.POLLUX_NAME, "");
            try (ServerProcess server = ServerProcess.start(site, text)) {
                for (Row row : table.rows()) {
                    if (row.requests().size() != 1
                            || row.answers() != 1
                            || row.name().contains(BY_WORKING_FOLDER)) {
                        continue;
                    }
                    int foretold = foretell(site, server.port(), row);
                    List<pollux.wire.Answer> answers =
                            Dialogue.hold(server.port(), row).answers();
                    boolean isSilent = foretold == 444 || foretold == 499;
                    int answered = !answers.isEmpty() ? answers.get(0).status() : isSilent ? foretold : 444;
                    rows++;
                    if (foretold != answered && foretold != 0) {
                        wrong.add(row.name() + ": foretold " + foretold + ", answered " + answered);
                    }
                }
            }
        }
        return new Told(table.getClass().getSimpleName(), rows, wrong);
    }

    /** Anew for each row: rows may change files. */
    private static int foretell(Site site, int port, Row row) throws Exception {
        Origins origins = new Origins();
        Config config = ConfLoader.load(new ConfLoader.LoadRequest(site.path().toString(), "test.conf", ""), origins);
        try (Explainer explainer = new Explainer(config, origins)) {
            String head = row.requests().get(0);
            return explainer
                    .explain(new Question("127.0.0.1", port, null, head))
                    .status();
        }
    }

    @TestFactory
    Stream<DynamicTest> whatIsForetoldIsAnswered() {
        return told.stream()
                .map(each ->
                        DynamicTest.dynamicTest(each.table(), () -> assertEquals("", String.join("\n", each.wrong()))));
    }

    @Test
    void manyRowsAreTold() {
        int rows = told.stream().mapToInt(Told::rows).sum();
        assertTrue(rows >= AT_LEAST, "only " + rows);
    }
}
