package pollux.twin;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import pollux.wire.Site;

/** One configuration, given to both servers once, and a table of rows that both answer, in order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwinTable {
    private Twins twins;

    /** What stands in {@code http}; {@code @port@} is where the server listens. */
    abstract String configuration();

    /** What is sent, and in what the answers may differ. */
    abstract List<Row> rows();

    @BeforeAll
    void start() {
        twins = Twins.start(site(), configuration());
    }

    /** What both serve. */
    Site site() {
        return TwinSite.build(Site.create());
    }

    @AfterAll
    void stop() {
        if (twins != null) {
            twins.close();
        }
    }

    final Twins twins() {
        return twins;
    }

    @TestFactory
    Stream<DynamicTest> answersAreEqual() {
        return rows().stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> twins.compare(row)));
    }
}
