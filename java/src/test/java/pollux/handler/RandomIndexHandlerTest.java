package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomIndexHandlerTest {
    private final RandomIndexHandler handler = new RandomIndexHandler();

    @TempDir
    Path folder;

    private Requests site() {
        return Requests.server(folder, "root www; location / { random_index on; }");
    }

    private void makeLarge() throws IOException {
        Files.createDirectories(folder.resolve("www/large"));
        for (int i = 0; i < 2_100; i++) {
            Files.createFile(folder.resolve("www/large/f" + i));
        }
    }

    private Work choosing(Requests.Exchange exchange) {
        assertEquals(Handler.WORK, handler.handle(exchange.request, exchange.response));
        return exchange.response.takeWork();
    }

    @Test
    void everyRegularFileIsChosenNowAndThenAndNothingElse() throws IOException {
        Requests.tree(folder, Map.of("www/a", "", "www/b", "", "www/c", "", "www/.hidden", "", "www/sub/", ""));
        Files.createSymbolicLink(folder.resolve("www/gone"), Path.of("nowhere"));
        Set<String> chosen = new TreeSet<>();
        for (int i = 0; i < 300; i++) {
            Requests.Exchange exchange = site().get("/");
            assertEquals(Handler.REDIRECTED, exchange.by(handler));
            chosen.add(exchange.request.path());
        }
        assertEquals(Set.of("/a", "/b", "/c"), chosen);
    }

    @Test
    void nothingIsChosenWhereThereIsNoFile() throws IOException {
        Requests.tree(folder, Map.of("www/.hidden", "", "www/sub/", ""));
        assertEquals(RandomIndexHandler.NOTHING, site().get("/").by(handler));
    }

    @Test
    void aLargeDirectoryIsReadInSeveralTurnsByOneRequestAtATime() throws IOException {
        makeLarge();
        Requests.Exchange exchange = site().get("/large/");
        Work first = choosing(exchange);
        Work second = choosing(site().get("/large/"));
        assertEquals(Work.MORE, first.step());
        assertEquals(Work.MORE, second.step());
        assertEquals(Handler.REDIRECTED, first.step());
        assertTrue(exchange.request.path().startsWith("/large/f"), exchange.request.path());
        assertEquals(Work.MORE, second.step());
        second.abort();
        assertEquals(Handler.REDIRECTED, Work.whole(choosing(site().get("/large/"))));
        assertEquals(List.of(), Feeding.open(folder));
    }
}
