package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DELETE of trees that are more than one turn's work, turn by turn. */
class TreeRemovalTest {
    private static final int MOST_AT_ONCE = 64;
    private static final int DEPTH_EACH = 1000;

    @TempDir
    Path folder;

    private Requests requests;
    private Requests.Exchange exchange;

    @BeforeEach
    void configure() throws IOException {
        requests = Requests.server(folder, "root " + folder + "/www; location / { dav_methods DELETE; }");
        Files.createDirectories(folder.resolve("www"));
    }

    @AfterEach
    void nothingIsLeftOpen() throws IOException {
        assertEquals(List.of(), Feeding.open(folder));
    }

    private Work delete(String path) {
        exchange = requests.send("DELETE", path);
        assertEquals(Handler.WORK, new DeleteHandler().handle(exchange.request, exchange.response));
        return exchange.response.takeWork();
    }

    private void plant(String tree, int files) throws IOException {
        Path top = Files.createDirectories(folder.resolve("www").resolve(tree));
        for (int i = 0; i < files; i++) {
            Files.createFile(top.resolve("f" + i));
        }
    }

    private int left(String tree) throws IOException {
        Path top = folder.resolve("www").resolve(tree);
        String[] names = top.toFile().list();
        return names == null ? 0 : names.length;
    }

    private void assertGone() throws IOException {
        assertEquals(List.of("www/"), Feeding.census(folder));
        assertEquals(204, exchange.response.status());
        assertEquals(List.of(), exchange.log);
    }

    /** More than one batch of names, none of them lost. */
    @Test
    void aTurnRemovesABoundedPartOfAWideFolder() throws IOException {
        int files = TreeRemoval.BATCH + 1000;
        plant("wide", files);
        Work work = delete("/wide/");
        int before = files;
        int outcome = work.step();
        while (outcome == Work.MORE) {
            int now = left("wide");
            assertTrue(before - now <= MOST_AT_ONCE, () -> now + " left");
            before = now;
            outcome = work.step();
        }
        assertEquals(0, outcome);
        assertGone();
    }

    /** Deeper than the stack of calls, the descriptors and a path are long. */
    @Test
    void aDeepTreeIsRemoved() throws IOException {
        Path www = folder.resolve("www");
        Path bottom = Path.of("d" + "/d".repeat(DEPTH_EACH - 1));
        for (String tree : List.of("a", "b", "c")) {
            Files.createDirectories(www.resolve(tree).resolve(bottom));
        }
        Files.move(www.resolve("a"), www.resolve("b").resolve(bottom).resolve("a"));
        Files.move(www.resolve("b"), www.resolve("c").resolve(bottom).resolve("b"));
        Work work = delete("/c/");
        assertEquals(Work.MORE, work.step());
        assertEquals(0, Work.whole(work));
        assertGone();
    }

    @Test
    void whoLeavesLeavesTheRest() throws IOException {
        plant("wide", 1000);
        Work work = delete("/wide/");
        assertEquals(Work.MORE, work.step());
        assertEquals(Work.MORE, work.step());
        work.abort();
        assertTrue(left("wide") > 1000 - 2 * MOST_AT_ONCE);
    }

    /** Two who remove the same tree do not hinder each other. */
    @Test
    void whatOthersRemoveMeanwhileIsNoFault() throws IOException {
        plant("shared/one", 200);
        plant("shared/two", 200);
        Work first = delete("/shared/");
        Requests.Exchange firsts = exchange;
        Work second = delete("/shared/");
        for (int i = 0; i < 4; i++) {
            assertEquals(Work.MORE, first.step());
            assertEquals(Work.MORE, second.step());
        }
        assertEquals(0, Work.whole(first));
        assertEquals(204, firsts.response.status());
        assertEquals(404, Work.whole(second));
        assertEquals(List.of("www/"), Feeding.census(folder));
    }

    /** Somebody moves away what is being emptied, and puts something else beside it. */
    @Test
    void aFaultInBetweenEndsItAndLeavesTheRest() throws IOException {
        plant("moved/inner", 500);
        Work work = delete("/moved/");
        assertEquals(Work.MORE, work.step());
        Files.move(folder.resolve("www/moved/inner"), folder.resolve("www/elsewhere"));
        Files.createFile(folder.resolve("www/moved/late"));
        int outcome = Work.whole(work);
        assertEquals(500, outcome);
        assertEquals(List.of("www/", "www/elsewhere/", "www/moved/", "www/moved/late"), Feeding.census(folder));
    }
}
