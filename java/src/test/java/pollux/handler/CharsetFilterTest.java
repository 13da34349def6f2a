package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharsetFilterTest {
    private static final String MAP =
            "} charset_map latin1 utf-8 { E4 C3A4; 80 E282AC; } server { listen 127.0.0.1:8081; ";

    @TempDir
    Path folder;

    private Requests.Exchange answer(String charsets, byte[] file) throws IOException {
        Files.createDirectories(folder.resolve("www"));
        Files.write(folder.resolve("www/a"), file);
        Requests.Exchange exchange = Requests.server(
                        folder,
                        "root www; default_type text/plain; client_body_temp_path " + folder + "/body;" + charsets
                                + MAP)
                .get("/a");
        exchange.response.status(200).contentType("text/plain");
        int fd = pollux.posix.Files.openRead(folder + "/www/a");
        exchange.response.content(Content.of(new OpenFile(fd), file.length));
        return exchange;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The offset moves what is cut through every byte of a character. */
    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3"})
    void aLongAnswerIsConvertedInSeveralTurnsIntoAFile(int offset) throws IOException {
        String text = "x".repeat(offset) + "\u20ac\u00e4z\ud83d\ude00".repeat(20_000);
        Requests.Exchange exchange = answer("source_charset utf-8; charset latin1;", utf8(text));
        assertEquals(Handler.WORK, CharsetFilter.apply(exchange.request, exchange.response));
        Work work = exchange.response.takeWork();
        assertEquals(Work.MORE, work.step());
        assertEquals(Handler.DONE, Work.whole(work));
        assertEquals("text/plain; charset=latin1", exchange.response.contentType());
        assertEquals("x".repeat(offset) + "\u0080\u00e4z&#128512;".repeat(20_000), exchange.content());
        assertNotNull(((Content.Pieces) exchange.response.content()).file());
        assertEquals(Handler.DONE, CharsetFilter.apply(exchange.request, exchange.response));
        exchange.response.clear();
        assertEquals(List.of(), Feeding.open(folder));
    }

    @Test
    void aShortAnswerIsConvertedAtOnceAndInMemory() throws IOException {
        Requests.Exchange exchange =
                answer("source_charset latin1; charset utf-8;", new byte[] {'a', (byte) 0xe4, 'b'});
        assertEquals(Handler.WORK, CharsetFilter.apply(exchange.request, exchange.response));
        assertEquals(Handler.DONE, exchange.response.takeWork().step());
        assertEquals("a\u00c3\u00a4b", exchange.content());
        assertNull(assertInstanceOf(Content.Pieces.class, exchange.response.content())
                .file());
        assertEquals(List.of(), Feeding.open(folder));
    }

    @Test
    void whatIsCutOrGivenUpIsNotSentAndLeavesNothing() throws IOException {
        Requests.Exchange exchange = answer("source_charset latin1; charset utf-8;", new byte[200_000]);
        CharsetFilter.apply(exchange.request, exchange.response);
        Work work = exchange.response.takeWork();
        assertEquals(Work.MORE, work.step());
        Files.write(folder.resolve("www/a"), new byte[70_000]);
        assertEquals(Work.MORE, work.step());
        assertEquals(500, work.step());
        assertEquals(List.of("crit: an answer could not be read to be converted"), exchange.log);
        exchange.response.clear();
        Requests.Exchange left = answer("source_charset latin1; charset utf-8;", new byte[200_000]);
        CharsetFilter.apply(left.request, left.response);
        Work given = left.response.takeWork();
        assertEquals(Work.MORE, given.step());
        given.abort();
        left.response.clear();
        assertEquals(List.of(), Feeding.open(folder));
    }

    @Test
    void whatIsTooLongIsSentAsItIs() throws IOException {
        Requests.Exchange exchange = answer("source_charset latin1; charset utf-8;", new byte[8 * 1024 * 1024 + 1]);
        assertEquals(Handler.DONE, CharsetFilter.apply(exchange.request, exchange.response));
        assertEquals("text/plain", exchange.response.contentType());
        assertEquals(List.of("error: the answer is too long to be converted"), exchange.log);
        exchange.response.clear();
    }
}
