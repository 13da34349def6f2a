package pollux.wire.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import pollux.twin.NginxProcess;
import pollux.wire.Answer;
import pollux.wire.ServerProcess;
import pollux.wire.Site;

/**
 * HTTP/1.1 to the letter: every row of the table is sent to Pollux in every {@link Way}, and to a real nginx as it is. Where
 * nginx answers something else the row says what, and why; a difference that is gone, or new, fails.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RfcTest {
    private Site site;
    private ServerProcess pollux;
    private NginxProcess nginx;

    private static Map<String, List<Row>> table() {
        Map<String, List<Row>> table = new LinkedHashMap<>();
        table.put("request line", LineRows.rows());
        table.put("fields", FieldRows.rows());
        table.put("target", TargetRows.rows());
        table.put("Host", HostRows.rows());
        table.put("framing", FramingRows.rows());
        table.put("smuggling", SmugglingRows.rows());
        table.put("chunks", ChunkRows.rows());
        table.put("methods", MethodRows.rows());
        table.put("connections", ConnectionRows.rows());
        table.put("Expect", ExpectRows.rows());
        table.put("answers", AnswerRows.rows());
        table.put("conditions", ConditionRows.rows());
        table.put("ranges", RangeRows.rows());
        table.put("programs", ProgramRows.rows());
        table.put("cookies", CookieRows.rows());
        return table;
    }

    @BeforeAll
    void start() {
        site = RfcSite.create();
        pollux = ServerProcess.start(site, RfcSite.pollux(site));
        site.file("nginx.conf", RfcSite.nginx(site));
        nginx = NginxProcess.start(site, "nginx.conf");
    }

    @AfterAll
    void stop() {
        try (Site folder = site;
                ServerProcess one = pollux;
                NginxProcess other = nginx) {
            assert folder != null && one != null && other != null;
        }
    }

    @TestFactory
    Stream<DynamicContainer> polluxAnswersAsTheRuleSays() {
        return each(row -> check(row, "pollux", Way.all(row), row.expected()), table());
    }

    @TestFactory
    Stream<DynamicContainer> nginxAnswersTheSameOrTheRowSaysWhy() {
        Map<String, List<Row>> asked = table();
        asked.replaceAll((section, rows) ->
                rows.stream().filter(row -> row.nginx() != null).toList());
        return each(row -> check(row, "nginx", List.of(Way.whole(row)), row.nginx()), asked);
    }

    @Test
    void everyDifferenceHasItsReasonAndEveryRowANameOfItsOwn() {
        List<Row> rows = table().values().stream().flatMap(List::stream).toList();
        for (Row row : rows) {
            assertNotEquals(row.expected().equals(row.nginx()), !row.reason().isEmpty(), row.name());
        }
        assertEquals(rows.size(), rows.stream().map(Row::name).distinct().count());
    }

    private static Stream<DynamicContainer> each(Consumer<Row> check, Map<String, List<Row>> table) {
        return table.entrySet().stream()
                .map(section -> DynamicContainer.dynamicContainer(
                        section.getKey(),
                        section.getValue().stream()
                                .map(row -> DynamicTest.dynamicTest(row.name(), () -> check.accept(row)))));
    }

    private void check(Row row, String who, List<Way> ways, String expected) {
        Path socket = RfcSite.socket(site, who, row.place());
        Instant since = Instant.now();
        List<String> received = Talks.hold(socket, ways, row.ends());
        for (int i = 0; i < ways.size(); i++) {
            Way way = ways.get(i);
            String outcome = Outcome.of(row, way, received.get(i));
            assertEquals(
                    Outcome.expected(expected, way),
                    outcome,
                    row.name() + ", " + way.name() + ", " + who + " " + row.reason());
            if (who.equals("pollux")) {
                List<Answer> answers = Outcome.answers(row, way, received.get(i));
                assertEquals(List.of(), Faults.of(answers, since, !row.ends()), row.name() + ", " + way.name());
            }
        }
    }
}
