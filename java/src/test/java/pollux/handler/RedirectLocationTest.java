package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectLocationTest {
    @TempDir
    Path folder;

    private static Peer at(String address, int port) {
        return new Peer("192.0.2.7", 40000, address, port, 1, Requests.NOW_MS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "''                           | h.example      | 127.0.0.1    | 8080 | http://h.example:8080/x",
                "''                           | h.example      | 127.0.0.1    | 80   | http://h.example/x",
                "''                           | h.example:81   | 127.0.0.1    | 8080 | http://h.example:8080/x",
                "''                           | [::2]          | 127.0.0.1    | 80   | http://[::2]/x",
                "''                           | -              | 127.0.0.1    | 8080 | http://127.0.0.1:8080/x",
                "''                           | -              | ::1          | 8080 | http://[::1]:8080/x",
                "''                           | -              | unix:/run/s  | 0    | /x",
                "''                           | h.example      | unix:/run/s  | 0    | http://h.example/x",
                "absolute_redirect off;       | h.example      | 127.0.0.1    | 8080 | /x",
                "port_in_redirect off;        | h.example      | 127.0.0.1    | 8080 | http://h.example/x",
                "server_name_in_redirect on;  | h.example      | 127.0.0.1    | 8080 | http://first:8080/x"
            })
    void aPathIsMadeAbsoluteAsConfigured(String directives, String host, String address, int port, String expected) {
        Requests.Exchange exchange = Requests.server(folder, "server_name first second;" + directives)
                .over(at(address, port))
                .raw("GET / HTTP/1.0\r\n" + (host == null ? "" : "Host: " + host + "\r\n") + "\r\n");
        assertEquals(expected, RedirectLocation.absolute(exchange.request, "/x"));
    }

    @Test
    void onlyAPathIsMadeAbsolute() {
        Requests.Exchange exchange = Requests.server(folder, "").get("/");
        assertEquals("https://e.example/", RedirectLocation.absolute(exchange.request, "https://e.example/"));
        assertEquals("x/y", RedirectLocation.absolute(exchange.request, "x/y"));
        assertEquals("http://h.example:8080//x", RedirectLocation.absolute(exchange.request, "//x"));
    }

    @Test
    void controlCharactersAreEscapedAndNothingElse() {
        Requests.Exchange exchange =
                Requests.server(folder, "absolute_redirect off;").get("/");
        RedirectLocation.set(exchange.request, exchange.response, "/a \r\n%\u00e4\"<\u007f\t?\u0000#");
        assertEquals(List.of("Location: /a %0D%0A%\u00e4\"<%7F%09?%00#"), exchange.fields());
        String plain = "/a?b=c";
        assertSame(plain, RedirectLocation.escapeControls(plain));
    }

    @Test
    void thereIsOneLocationOnly() {
        Requests.Exchange exchange = Requests.server(folder, "").get("/");
        RedirectLocation.set(exchange.request, exchange.response, "/a");
        RedirectLocation.set(exchange.request, exchange.response, "/b");
        assertEquals(List.of("Location: http://h.example:8080/b"), exchange.fields());
    }
}
