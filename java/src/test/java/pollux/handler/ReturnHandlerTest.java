package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReturnHandlerTest {
    private final ReturnHandler handler = new ReturnHandler();

    @TempDir
    Path folder;

    private Requests.Exchange get(String directive, String target) {
        return Requests.server(folder, "types { text/html html; } location / {" + directive + "}")
                .get(target);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "return 200 'text';           | /x        | 200 | text/plain       | text",
                "return 200 $arg_a!;          | /x?a=b    | 200 | text/plain       | b!",
                "return 200;                  | /x        | 200 | text/plain       | ''",
                "return 200 '<b>';            | /x.html   | 200 | text/html        | <b>",
                "return 403 'no';             | /x        | 403 | text/plain       | no",
                "return 204;                  | /x        | 204 | -                | ''",
                "return 204 'text';           | /x        | 204 | -                | ''",
                "return 999 x;                | /x        | 999 | text/plain       | x",
                "default_type application/json; return 200 '{}'; | /x | 200 | application/json | {}"
            })
    void aTextIsTheAnswer(String directive, String target, int status, String type, String text) {
        Requests.Exchange exchange = get(directive, target);
        assertEquals(Handler.DONE, exchange.by(handler));
        assertEquals(status, exchange.response.status());
        assertEquals(type, exchange.response.contentType());
        assertEquals(text, exchange.content());
        assertEquals(List.of(), exchange.fields());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return 301 /y?z;                      | 301 | http://h.example:8080/y?z",
                "return 302 https://e.example$uri;     | 302 | https://e.example/x",
                "return 303 y;                         | 303 | y",
                "return 307 /;                         | 307 | http://h.example:8080/",
                "return 308 $scheme://$host/;          | 308 | http://h.example/",
                "return http://e.example/$is_args$args;| 302 | http://e.example/?q",
                "absolute_redirect off; return 301 /y; | 301 | /y"
            })
    void aRedirectHasALocation(String directive, int status, String location) {
        Requests.Exchange exchange = get(directive, "/x?q");
        assertEquals(status, exchange.by(handler));
        assertEquals(List.of("Location: " + location), exchange.fields());
    }

    @ParameterizedTest
    @CsvSource({"404", "500", "444", "301", "418"})
    void aStatusAloneIsLeftToTheErrorPages(int status) {
        Requests.Exchange exchange = get("return " + status + ";", "/x");
        assertEquals(status, exchange.by(handler));
        assertEquals(0, exchange.response.status());
    }

    @ParameterizedTest
    @CsvSource({"0", "100", "199"})
    void whatIsNoFinalStatusIsAnErrorOfTheConfiguration(int status) {
        Requests.Exchange exchange = get("return " + status + ";", "/x");
        assertEquals(500, exchange.by(handler));
        assertEquals(List.of("error: \"return " + status + "\" is no answer to a request"), exchange.log);
    }

    @Test
    void closingWithoutAnAnswerHasItsOwnStatus() {
        assertEquals(ReturnHandler.CLOSE, get("return 444;", "/x").by(handler));
        assertEquals(ReturnHandler.CLIENT_GONE, get("return 499;", "/x").by(handler));
    }

    @Test
    void theServerBlockMayReturnToo() {
        Requests.Exchange exchange =
                Requests.server(folder, "return 200 'server'; location / { }").get("/x");
        assertEquals(Handler.DECLINED, exchange.by(handler));
        var returns = exchange.request.server().returns();
        assertEquals(Handler.DONE, ReturnHandler.answer(returns, exchange.request, exchange.response));
        assertEquals("server", exchange.content());
    }

    @Test
    void withoutTheDirectiveNothingHappens() {
        Requests.Exchange exchange = get("", "/x");
        assertEquals(Handler.DECLINED, exchange.by(handler));
        assertNull(exchange.response.contentType());
    }
}
