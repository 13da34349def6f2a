package pollux.wire.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pollux.wire.Answer;

/** Whoever looks for faults must find them. */
final class FaultsTest {
    private static final Instant SINCE = Instant.parse("2020-01-01T00:00:00.500Z");

    private static String date(Instant time) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                .format(time.atZone(ZoneOffset.UTC));
    }

    private static Answer answer(String head) {
        String lines = head.replace("DATE", date(SINCE))
                .replace("EARLIER", date(SINCE.minusSeconds(2)))
                .replace("LATER", date(Instant.parse("2999-01-01T00:00:00Z")))
                .replace("~", "\r\n");
        return new Answer("HTTP/1.1 " + lines + "\r\n", new byte[0]);
    }

    private static int count(boolean ended, String... heads) {
        List<Answer> answers = Stream.of(heads).map(FaultsTest::answer).toList();
        return Faults.of(answers, SINCE, ended).size();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 OK~Date: DATE~Connection: close                                           | 0
            204 No Content~Date: DATE~Connection: close                                   | 0
            405 Not Allowed~Date: DATE~Allow:~Connection: close                           | 1
            405 Not Allowed~Date: DATE~Allow: ~Connection: close                          | 0
            200~Date: DATE~Connection: close                                              | 1
            200 OK~Date: EARLIER~Connection: close                                        | 1
            200 OK~Date: LATER~Connection: close                                          | 1
            200 OK~Date: yesterday~Connection: close                                      | 1
            200 OK~Date: DATE~Date: DATE~Connection: close                                | 1
            200 OK~Connection: close                                                      | 1
            200 OK~Date: DATE~Connection: keep-alive                                      | 1
            200 OK~Date: DATE~X : y~Connection: close                                     | 1
            200 OK~Date: DATE~X~Connection: close                                         | 1
            200 OK~Date: DATE~Content-Length: 1~Content-Length: 1~Connection: close       | 1
            200 OK~Date: DATE~Content-Length: 1~Transfer-Encoding: chunked~Connection: close | 1
            204 No Content~Date: DATE~Content-Length: 0~Connection: close                 | 1
            304 Not Modified~Date: DATE~Transfer-Encoding: chunked~Connection: close      | 1
            405 Not Allowed~Date: DATE~Connection: close                                  | 1
            416 Requested Range Not Satisfiable~Date: DATE~Connection: close              | 1
            301 Moved Permanently~Date: DATE~Connection: close                            | 1
            """)
    void eachFaultIsFound(String head, int faults) {
        assertEquals(faults, count(true, head));
    }

    @Test
    void whoSaysCloseEnds() {
        String stays = "200 OK~Date: DATE";
        String closes = "200 OK~Date: DATE~Connection: close";
        assertEquals(0, count(true, stays, closes));
        assertEquals(1, count(true, closes, closes));
        assertEquals(1, count(true, stays, stays));
        assertEquals(0, count(false, stays, stays));
        assertEquals(0, count(true, "100 Continue", closes));
        assertEquals(1, count(true, "100 Continue~Content-Length: 0", closes));
    }
}
