package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TryFilesHandlerTest {
    private final TryFilesHandler handler = new TryFilesHandler(new FileCaches());

    @TempDir
    Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        Requests.tree(
                folder, Map.of("www/a.txt", "a", "www/b.html", "b", "www/dir/", "", "wwwsecret", "s", "www/t/x", "x"));
    }

    private Requests.Exchange get(String directives, String target) {
        return Requests.server(folder, "root www;" + directives).get(target);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "try_files $uri =404;              | /a.txt  | /a.txt  | /www/a.txt",
                "try_files $uri $uri.html =404;    | /b      | /b.html | /www/b.html",
                "try_files $uri $uri/ =404;        | /dir    | /dir    | /www/dir",
                "try_files $uri $uri/ =404;        | /dir/   | /dir/   | /www/dir/",
                "try_files /nope /a.txt =404;      | /x      | /a.txt  | /www/a.txt",
                "try_files a.txt =404;             | /x      | /a.txt  | /www/a.txt"
            })
    void theFirstCandidateThatExistsBecomesThePath(String directives, String target, String path, String file) {
        Requests.Exchange exchange = get("location / {" + directives + "}", target + "?q");
        assertEquals(Handler.DECLINED, exchange.by(handler));
        assertEquals(path, exchange.request.path());
        assertEquals(folder + file, exchange.request.filename());
        assertEquals("q", exchange.request.args());
        assertFalse(exchange.request.isInternal());
        assertEquals(List.of(), exchange.log);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "try_files $uri =410;           | /x      | 410",
                "try_files $uri =404;           | /dir    | 404",
                "try_files $uri/ =404;          | /a.txt  | 404",
                "try_files $uri/ =1;            | /a.txt  | 404",
                "try_files $uri/ =199;          | /a.txt  | 404",
                "try_files secret$arg_x =404;   | /x      | 404",
                "try_files $uri =444;           | /x      | 444"
            })
    void whereNoneExistsAStatusAnswers(String directives, String target, int status) {
        assertEquals(status, get("location / {" + directives + "}", target).by(handler));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "/index.php?x=$arg_q   | /index.php | x=1",
                "/index.php            | /index.php | -",
                "/index.php?$args      | /index.php | q=1",
                "$uri/                 | /x/        | -"
            })
    void orAnotherPathDoes(String fallback, String path, String args) {
        Requests.Exchange exchange = get("location / { try_files $uri " + fallback + "; }", "/x?q=1");
        assertEquals(Handler.REDIRECTED, exchange.by(handler));
        assertEquals(path, exchange.request.path());
        assertEquals(args, exchange.request.args());
    }

    @Test
    void orANamedLocationDoes() {
        Requests.Exchange exchange = get("location / { try_files $uri @app; } location @app { return 200; }", "/x?q=1");
        assertEquals(Handler.REDIRECTED_NAMED, exchange.by(handler));
        assertEquals("@app", exchange.request.namedLocation());
        assertEquals("/x", exchange.request.path());
        assertEquals("q=1", exchange.request.args());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "location /t/ { alias www/; try_files $uri =404; }          | /t/a.txt | /t/a.txt | /www/a.txt",
                "location /t/ { alias www/; try_files nope a.txt =404; }    | /t/x     | /t/a.txt | /www/a.txt",
                "location /t/ { alias www/; try_files $uri/ =404; }         | /t/dir   | /t/dir   | /www/dir",
                "location ~ ^/r/(.*) { alias www/; try_files $1 =404; }     | /r/a.txt | a.txt    | /www/a.txt",
                "location ~ ^/r/(.*) { alias www; try_files /$1 =404; }     | /r/a.txt | /a.txt   | /www/a.txt",
                "location ~ ^/r/(.*) { alias www/$1; try_files '' =404; }   | /r/a.txt | ''       | /www/a.txt"
            })
    void belowAnAliasThePartItStandsForIsTakenOff(String directives, String target, String path, String file) {
        Requests.Exchange exchange = get(directives, target);
        assertEquals(Handler.DECLINED, exchange.by(handler));
        assertEquals(path, exchange.request.path());
        assertEquals(folder + file, exchange.request.filename());
    }

    @Test
    void theFallbackBelowAnAliasStaysAPath() {
        Requests.Exchange exchange = get("location /t/ { alias www/; try_files nope $uri/; }", "/t/x");
        assertEquals(Handler.REDIRECTED, exchange.by(handler));
        assertEquals("/t/x/", exchange.request.path());
    }

    @Test
    void afterARedirectAnAliasIsWholeAgain() {
        Requests.Exchange exchange = get("location ~ ^/r/(.*) { alias www/; try_files $1 =404; }", "/r/a.txt");
        exchange.by(handler);
        exchange.request.redirect("/r/b", null);
        assertEquals(folder + "/www/", exchange.locate().request.filename());
    }

    @Test
    void withoutTheDirectiveNothingHappens() {
        assertEquals(Handler.DECLINED, get("", "/nope").by(handler));
    }
}
