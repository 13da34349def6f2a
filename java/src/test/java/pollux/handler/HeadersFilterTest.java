package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pollux.http.HttpDate;

class HeadersFilterTest {
    private static final long CHANGED = 1_795_341_600;

    @TempDir
    Path folder;

    private Requests.Exchange apply(String directives, String target, int status) {
        Requests.Exchange exchange = Requests.server(folder, directives).get(target);
        exchange.response.status(status);
        exchange.response.lastModified(CHANGED);
        exchange.response.entityTag("\"tag\"");
        HeadersFilter.apply(exchange.request, exchange.response);
        return exchange;
    }

    @Test
    void fieldsAreAddedInOrderAndEmptyOnesLeftOut() {
        Requests.Exchange exchange =
                apply("add_header X-A v$arg_x; add_header X-E $arg_x; add_header X-A w;", "/", 200);
        assertEquals(List.of("X-A: v", "X-A: w"), exchange.fields());
        exchange = apply("add_header X-A v$arg_x; add_header X-E $arg_x;", "/?x=1", 200);
        assertEquals(List.of("X-A: v1", "X-E: 1"), exchange.fields());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 206, 301, 302, 303, 304, 307, 308})
    void goodStatusesGetEveryField(int status) {
        assertEquals(
                List.of("Expires: Thu, 01 Jan 1970 00:00:01 GMT", "Cache-Control: no-cache", "A: 1", "B: 2"),
                apply("expires epoch; add_header A 1; add_header B 2 always;", "/", status)
                        .fields());
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 203, 207, 300, 400, 404, 405, 412, 416, 500})
    void otherStatusesGetWhatIsAlwaysAdded(int status) {
        assertEquals(
                List.of("B: 2"),
                apply("expires epoch; add_header A 1; add_header B 2 always;", "/", status)
                        .fields());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epoch            | Thu, 01 Jan 1970 00:00:01 GMT | no-cache",
                "max              | Thu, 31 Dec 2037 23:55:55 GMT | max-age=315360000",
                "0                | Mon, 23 Nov 2026 06:48:12 GMT | max-age=0",
                "1h               | Mon, 23 Nov 2026 07:48:12 GMT | max-age=3600",
                "-1               | Mon, 23 Nov 2026 06:48:11 GMT | no-cache",
                "modified 1h      | Sun, 22 Nov 2026 11:00:00 GMT | no-cache",
                "modified 30h     | Mon, 23 Nov 2026 16:00:00 GMT | max-age=33108",
                "modified -1h     | Sun, 22 Nov 2026 09:00:00 GMT | no-cache"
            })
    void expiresSaysUntilWhen(String value, String expires, String cacheControl) {
        assertEquals(
                List.of("Expires: " + expires, "Cache-Control: " + cacheControl),
                apply("expires " + value + ";", "/", 200).fields());
    }

    @Test
    void modifiedCountsFromNowWhereNothingIsKnown() {
        Requests.Exchange exchange =
                Requests.server(folder, "expires modified 1h;").get("/");
        exchange.response.status(200);
        HeadersFilter.apply(exchange.request, exchange.response);
        assertEquals("max-age=3600", exchange.response.field("Cache-Control"));
    }

    @ParameterizedTest
    @CsvSource({"@0h", "@6h", "@15h30m", "@23h59m"})
    void aTimeOfDayIsTheNextOneOnTheWall(String value) {
        Requests.Exchange exchange = apply("expires " + value + ";", "/", 200);
        long now = Requests.NOW_MS / 1000;
        long at = HttpDate.parse(exchange.response.field("Expires"), now);
        LocalTime shown = java.time.Instant.ofEpochSecond(at)
                .atZone(ZoneId.systemDefault())
                .toLocalTime();
        String[] parts = value.substring(1).split("[hm]", -1);
        int minute = parts[1].isEmpty() ? 0 : Integer.parseInt(parts[1]);
        assertEquals(LocalTime.of(Integer.parseInt(parts[0]), minute), shown);
        assertEquals("Cache-Control: max-age=" + (at - now), exchange.fields().get(1));
        assertEquals(true, at > now && at <= now + 86_400);
    }

    @Test
    void expiresReplacesWhatAProgramSaid() {
        Requests.Exchange exchange = Requests.server(folder, "expires max; add_header Cache-Control public;")
                .get("/");
        exchange.response.status(200).add("cache-control", "private").add("Expires", "0");
        HeadersFilter.apply(exchange.request, exchange.response);
        assertEquals(
                List.of(
                        "Expires: Thu, 31 Dec 2037 23:55:55 GMT",
                        "Cache-Control: max-age=315360000",
                        "Cache-Control: public"),
                exchange.fields());
    }

    @Test
    void validatorsAreReplaced() {
        Requests.Exchange exchange = apply(
                "add_header etag '\"mine\"'; add_header Last-Modified 'Sun, 06 Nov 1994 08:49:37 GMT';", "/", 200);
        assertEquals("\"mine\"", exchange.response.entityTag());
        assertEquals(784_111_777, exchange.response.lastModified());
        assertEquals(List.of(), exchange.fields());
    }

    @Test
    void validatorsAreTakenAwayByAnEmptyValue() {
        Requests.Exchange exchange = apply("add_header ETag ''; add_header Last-Modified '';", "/", 200);
        assertNull(exchange.response.entityTag());
        assertEquals(-1, exchange.response.lastModified());
        assertEquals(List.of(), exchange.fields());
    }

    @Test
    void aDateThatIsNoneIsSentAsItIs() {
        Requests.Exchange exchange = apply("add_header Last-Modified today;", "/", 200);
        assertEquals(-1, exchange.response.lastModified());
        assertEquals(List.of("Last-Modified: today"), exchange.fields());
    }
}
