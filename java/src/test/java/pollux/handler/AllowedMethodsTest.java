package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedMethodsTest {
    @TempDir
    Path folder;

    private Requests.Exchange send(String directives, String method) {
        return Requests.server(folder, "location / {" + directives + "}").send(method, "/x");
    }

    private static int check(Requests.Exchange exchange) {
        return AllowedMethods.check(exchange.request, exchange.response);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                  | GET     | -1",
                "''                                  | HEAD    | -1",
                "''                                  | POST    | -1",
                "''                                  | PATCH   | -1",
                "''                                  | FOO     | -1",
                "''                                  | PUT     | 405",
                "''                                  | DELETE  | 405",
                "''                                  | TRACE   | 405",
                "''                                  | OPTIONS | 0",
                "dav_methods PUT;                    | PUT     | -1",
                "dav_methods PUT;                    | DELETE  | 405",
                "cgi on;                             | PUT     | 405",
                "allow_methods GET;                  | GET     | -1",
                "allow_methods GET;                  | HEAD    | -1",
                "allow_methods GET;                  | POST    | 405",
                "allow_methods GET;                  | OPTIONS | 405",
                "allow_methods GET OPTIONS;          | OPTIONS | 0",
                "allow_methods GET PUT DELETE;       | PUT     | -1",
                "allow_methods GET PUT DELETE;       | DELETE  | -1",
                "allow_methods GET; dav_methods PUT; | PUT     | 405",
                "allow_methods FOO;                  | FOO     | -1",
                "allow_methods FOO;                  | BAR     | 405",
                "allow_methods TRACE;                | TRACE   | 405"
            })
    void aMethodMayGoOnOrNot(String directives, String method, int answer) {
        assertEquals(answer, check(send(directives, method)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                              | GET, HEAD, OPTIONS",
                "cgi on;                                         | GET, HEAD, POST, OPTIONS",
                "cgi_assign .sh;                                 | GET, HEAD, POST, OPTIONS",
                "upload_store up;                                | GET, HEAD, POST, OPTIONS",
                "dav_methods PUT DELETE;                         | GET, HEAD, PUT, DELETE, OPTIONS",
                "allow_methods POST GET;                         | POST, GET, HEAD",
                "upload_store up; limit_except GET { deny all; } | GET, HEAD"
            })
    void theLocationSaysWhatItTakes(String directives, String allow) {
        assertEquals(allow, AllowedMethods.allow(send(directives, "GET").request.location()));
    }

    @Test
    void optionsIsAnsweredWithTheList() {
        Requests.Exchange exchange = send("", "OPTIONS");
        assertEquals(Handler.DONE, check(exchange));
        assertEquals(204, exchange.response.status());
        assertEquals(List.of("Allow: GET, HEAD, OPTIONS"), exchange.fields());
    }

    @Test
    void notAllowedComesWithTheList() {
        Requests.Exchange exchange = send("allow_methods GET PUT;", "DELETE");
        assertEquals(405, check(exchange));
        assertEquals(List.of("Allow: GET, HEAD, PUT"), exchange.fields());
    }

    @Test
    void aFileTakesNoPostEvenWherePostIsAllowed() {
        Requests.Exchange exchange = send("allow_methods GET POST PUT FOO;", "POST");
        assertEquals(405, AllowedMethods.refuseForFile(exchange.request, exchange.response));
        assertEquals(List.of("Allow: GET, HEAD, PUT"), exchange.fields());
    }
}
