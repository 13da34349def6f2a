package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pollux.http.HttpDate;

class RangeFilterTest {
    private static final String TEXT = "0123456789abcdefghijklmnopqrstuvwxyz";

    @TempDir
    Path folder;

    private Requests.Exchange exchange(String directives, String method, String... fieldLines) {
        Requests.Exchange exchange = Requests.server(folder, directives).send(method, "/x", fieldLines);
        exchange.response.status(200).contentType("text/plain");
        exchange.response.lastModified(1_795_341_600);
        exchange.response.entityTag("\"tag\"");
        exchange.response.allowRanges(true);
        exchange.response.content(Content.of(TEXT.getBytes(StandardCharsets.ISO_8859_1)));
        return exchange;
    }

    private static int apply(Requests.Exchange exchange) {
        return RangeFilter.apply(exchange.request, exchange.response);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-4        | bytes 0-4/36   | 01234",
                "bytes=-3         | bytes 33-35/36 | xyz",
                "bytes=30-        | bytes 30-35/36 | uvwxyz",
                "bytes=0-4,99-100 | bytes 0-4/36   | 01234",
                "bytes= 1-2       | bytes 1-2/36   | 12",
                "bytes=35-99      | bytes 35-35/36 | z",
                "bytes=0-40       | bytes 0-35/36  | 0123456789abcdefghijklmnopqrstuvwxyz"
            })
    void onePieceIsSentAsItIs(String range, String contentRange, String content) {
        Requests.Exchange exchange = exchange("", "GET", "Range: " + range);
        assertEquals(Handler.DONE, apply(exchange));
        assertEquals(206, exchange.response.status());
        assertEquals(List.of("Content-Range: " + contentRange), exchange.fields());
        assertEquals("text/plain", exchange.response.contentType());
        assertEquals(content, exchange.content());
    }

    @Test
    void severalPiecesAreParts() {
        Requests.Exchange exchange = exchange("", "GET", "Range: bytes=0-0,5-6");
        assertEquals(Handler.DONE, apply(exchange));
        assertEquals(206, exchange.response.status());
        assertEquals(List.of(), exchange.fields());
        String type = exchange.response.contentType();
        assertTrue(type.matches("multipart/byteranges; boundary=[0-9]{20}"), type);
        String boundary = type.substring(type.length() - 20);
        assertEquals("""
                \r
                --BOUNDARY\r
                Content-Type: text/plain\r
                Content-Range: bytes 0-0/36\r
                \r
                0\r
                --BOUNDARY\r
                Content-Type: text/plain\r
                Content-Range: bytes 5-6/36\r
                \r
                56\r
                --BOUNDARY--\r
                """.replace("BOUNDARY", boundary), exchange.content());
        assertEquals(197, exchange.response.content().length());
    }

    @Test
    void everyAnswerHasItsOwnBoundary() {
        Requests.Exchange one = exchange("", "GET", "Range: bytes=0-0,5-6");
        Requests.Exchange other = exchange("", "GET", "Range: bytes=0-0,5-6");
        apply(one);
        apply(other);
        assertNotEquals(one.response.contentType(), other.response.contentType());
    }

    @Test
    void partsOfContentWithoutATypeHaveNone() {
        Requests.Exchange exchange = exchange("", "GET", "Range: bytes=0-0,5-6");
        exchange.response.contentType(null);
        apply(exchange);
        assertTrue(exchange.content().startsWith("\r\n--"));
        assertEquals(-1, exchange.content().indexOf("Content-Type"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''               | lines=1-2",
                "''               | bytes=0-20,1-30",
                "max_ranges 1;    | bytes=0-1,3-4"
            })
    void theWholeIsSentAndRangesAnnounced(String directives, String range) {
        Requests.Exchange exchange = exchange(directives, "GET", "Range: " + range);
        assertEquals(Handler.DONE, apply(exchange));
        assertEquals(200, exchange.response.status());
        assertEquals(List.of("Accept-Ranges: bytes"), exchange.fields());
        assertEquals(TEXT, exchange.content());
    }

    @Test
    void maxRangesZeroTurnsThemOff() {
        Requests.Exchange exchange = exchange("max_ranges 0;", "GET", "Range: bytes=0-1");
        assertEquals(Handler.DONE, apply(exchange));
        assertEquals(200, exchange.response.status());
        assertEquals(List.of(), exchange.fields());
    }

    @ParameterizedTest
    @CsvSource({"bytes=99-", "bytes=x", "bytes=-0", "bytes=5-3", "bytes=36-36"})
    void whatSelectsNothingIsRefused(String range) {
        Requests.Exchange exchange = exchange("", "GET", "Range: " + range);
        assertEquals(416, apply(exchange));
        assertEquals(List.of("Content-Range: bytes */36"), exchange.fields());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"tag\"                        | 206",
                "\"x\"                          | 200",
                "W/\"tag\"                      | 200",
                "Sun, 22 Nov 2026 10:00:00 GMT  | 206",
                "Sun, 22 Nov 2026 10:00:01 GMT  | 200",
                "junk                           | 200"
            })
    void ifRangeMustNameWhatThereIs(String validator, int status) {
        Requests.Exchange exchange = exchange("", "GET", "Range: bytes=0-1", "If-Range: " + validator);
        assertEquals(Handler.DONE, apply(exchange));
        assertEquals(status, exchange.response.status());
    }

    @Test
    void ifRangeInTwoLinesNamesNothing() {
        Requests.Exchange exchange = exchange("", "GET", "Range: bytes=0-1", "If-Range: \"tag\"", "If-Range: \"tag\"");
        assertEquals(Handler.DONE, apply(exchange));
        assertEquals(200, exchange.response.status());
    }

    /** RFC 9110 8.8.2.2: what changed in this second may change once more in it, and the date would say nothing. */
    @Test
    void dateOfThisSecondIsNoStrongValidator() {
        long now = Requests.NOW_MS / 1000;
        for (long changed : new long[] {now - 1, now, now + 1}) {
            String date = HttpDate.format(changed);
            Requests.Exchange exchange = exchange("", "GET", "Range: bytes=0-1", "If-Range: " + date);
            exchange.response.lastModified(changed);
            assertEquals(Handler.DONE, apply(exchange));
            assertEquals(changed < now ? 206 : 200, exchange.response.status(), date);
        }
    }

    @Test
    void rangesAreForGetAlone() {
        for (String method : List.of("HEAD", "POST", "BREW")) {
            Requests.Exchange exchange = exchange("", method, "Range: bytes=0-1");
            assertEquals(Handler.DONE, apply(exchange));
            assertEquals(200, exchange.response.status(), method);
            assertEquals(List.of("Accept-Ranges: bytes"), exchange.fields());
        }
    }

    @Test
    void onlyWhatAllowsItIsCut() {
        Requests.Exchange exchange = exchange("", "GET", "Range: bytes=0-1");
        exchange.response.allowRanges(false);
        apply(exchange);
        assertEquals(200, exchange.response.status());
        assertEquals(List.of(), exchange.fields());

        exchange = exchange("", "GET", "Range: bytes=0-1");
        exchange.response.status(404);
        apply(exchange);
        assertEquals(404, exchange.response.status());

        exchange = exchange("", "GET", "Range: bytes=0-1");
        exchange.response.content(new Content.Stream(36));
        apply(exchange);
        assertEquals(200, exchange.response.status());
    }

    @Test
    void aRangeMayLieAcrossPieces() {
        Requests.Exchange exchange = exchange("", "GET", "Range: bytes=1-4");
        exchange.response.content(
                new Content.Pieces(null, List.of(memory("ab"), memory(""), memory("cd"), memory("ef"))));
        apply(exchange);
        assertEquals("bcde", exchange.content());
        assertEquals(List.of("Content-Range: bytes 1-4/6"), exchange.fields());
    }

    private static Content.Memory memory(String text) {
        return new Content.Memory(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aFileIsCutWithoutBeingRead() throws IOException {
        Requests.tree(folder, Map.of("x", TEXT));
        Requests.Exchange exchange = exchange("root .; open_file_cache off;", "GET", "Range: bytes=1-2,10-");
        exchange.response.clear();
        assertEquals(Handler.DONE, exchange.by(new StaticFileHandler(new FileCaches())));
        OpenFile file = ((Content.Pieces) exchange.response.content()).file();
        apply(exchange);
        Content.Pieces parts = (Content.Pieces) exchange.response.content();
        assertSame(file, parts.file());
        assertEquals(new Content.Slice(1, 2), parts.pieces().get(1));
        assertEquals(new Content.Slice(10, 26), parts.pieces().get(3));
        assertTrue(exchange.content().contains("\r\n\r\nabcdefghijklmnopqrstuvwxyz\r\n--"));
        exchange.response.clear();
    }
}
