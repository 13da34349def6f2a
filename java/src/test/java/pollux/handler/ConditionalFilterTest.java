package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionalFilterTest {
    private static final long CHANGED = 1_795_341_600;

    @TempDir
    Path folder;

    private Requests.Exchange exchange(String directives, String method, String fieldLines) {
        String[] lines = fieldLines
                .replace("NOW", "Sun, 22 Nov 2026 10:00:00 GMT")
                .replace("EARLIER", "Sun, 22 Nov 2026 09:59:59 GMT")
                .replace("LATER", "Sun, 22 Nov 2026 10:00:01 GMT")
                .split("; ", -1);
        Requests.Exchange exchange = Requests.server(folder, directives).send(method, "/x", lines);
        exchange.response.status(200).contentType("text/plain").add("X-A", "a");
        exchange.response.lastModified(CHANGED);
        exchange.response.entityTag("\"tag\"");
        exchange.response.allowRanges(true);
        exchange.response.content(Content.of("text".getBytes(StandardCharsets.ISO_8859_1)));
        return exchange;
    }

    private static int apply(Requests.Exchange exchange) {
        int answer = new ConditionalFilter().apply(exchange.request, exchange.response);
        return answer == Handler.DONE ? exchange.response.status() : answer;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "X-None: x                                          | 200",
                "If-None-Match: \"tag\"                             | 304",
                "If-None-Match: W/\"tag\"                           | 304",
                "If-None-Match: \"x\", \"tag\"                      | 304",
                "If-None-Match: \"x\"; If-None-Match: \"tag\"       | 304",
                "If-None-Match: *                                   | 304",
                "If-None-Match: \"x\"                               | 200",
                "If-Match: \"tag\"                                  | 200",
                "If-Match: *                                        | 200",
                "If-Match: W/\"tag\"                                | 412",
                "If-Match: \"x\"                                    | 412",
                "If-Modified-Since: NOW                             | 304",
                "If-Modified-Since: EARLIER                         | 200",
                "If-Modified-Since: LATER                           | 200",
                "If-Modified-Since: NOW; If-Modified-Since: NOW     | 200",
                "If-Unmodified-Since: EARLIER; If-Unmodified-Since: EARLIER | 200",
                "If-Modified-Since: junk                            | 200",
                "If-Modified-Since: Sunday, 22-Nov-26 10:00:00 GMT  | 304",
                "If-Unmodified-Since: NOW                           | 200",
                "If-Unmodified-Since: LATER                         | 200",
                "If-Unmodified-Since: EARLIER                       | 412",
                "If-Unmodified-Since: junk                          | 200",
                // RFC 9110 section 13.2.2: a tag outranks the date beside it.
                "If-None-Match: \"tag\"; If-Modified-Since: EARLIER | 304",
                "If-None-Match: \"x\"; If-Modified-Since: NOW       | 200",
                "If-Match: \"tag\"; If-Unmodified-Since: EARLIER    | 200",
                "If-Match: \"x\"; If-Unmodified-Since: NOW          | 412",
                "If-Match: \"tag\"; If-None-Match: \"tag\"          | 304",
                "If-Match: \"x\"; If-None-Match: \"tag\"            | 412",
                "If-Unmodified-Since: EARLIER; If-None-Match: *     | 412",
                "If-Unmodified-Since: NOW; If-Modified-Since: NOW   | 304"
            })
    void preconditionsAreEvaluatedInOrder(String fieldLines, int status) {
        assertEquals(status, apply(exchange("", "GET", fieldLines)));
        assertEquals(status, apply(exchange("", "HEAD", fieldLines)));
    }

    @ParameterizedTest
    @CsvSource({
        "off, NOW, 200",
        "off, LATER, 200",
        "exact, NOW, 304",
        "exact, LATER, 200",
        "before, EARLIER, 200",
        "before, NOW, 304",
        "before, LATER, 304"
    })
    void theSettingSaysHowDatesCompare(String setting, String date, int status) {
        assertEquals(
                status, apply(exchange("if_modified_since " + setting + ";", "GET", "If-Modified-Since: " + date)));
    }

    @Test
    void a304KeepsWhatDescribesTheCopyAndLosesTheRest() {
        Requests.Exchange exchange = exchange("", "GET", "If-None-Match: \"tag\"");
        assertEquals(304, apply(exchange));
        assertNull(exchange.response.contentType());
        assertEquals(0, exchange.response.content().length());
        assertEquals("\"tag\"", exchange.response.entityTag());
        assertEquals(CHANGED, exchange.response.lastModified());
        assertEquals(List.of("X-A: a"), exchange.fields());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "If-None-Match: \"tag\"        | 200",
                "If-None-Match: *              | 304",
                "If-Match: \"tag\"             | 412",
                "If-Match: *                   | 200",
                "If-Modified-Since: NOW        | 200",
                "If-Unmodified-Since: EARLIER  | 200"
            })
    void whatHasNoValidatorsIsComparedWithNothing(String fieldLine, int status) {
        Requests.Exchange exchange = exchange("", "GET", fieldLine);
        exchange.response.entityTag(null);
        exchange.response.lastModified(-1);
        assertEquals(status, apply(exchange));
    }

    @Test
    void onlyReadingAndOnlySuccessIsConditional() {
        assertEquals(200, apply(exchange("", "POST", "If-None-Match: *")));
        Requests.Exchange exchange = exchange("", "GET", "If-None-Match: *");
        exchange.response.status(404);
        assertEquals(404, apply(exchange));
    }
}
