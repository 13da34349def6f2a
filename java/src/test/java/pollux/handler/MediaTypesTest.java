package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "''                                   | /a.html      | text/html",
                "''                                   | /a.HTML      | text/html",
                "''                                   | /a.png       | image/png",
                "''                                   | /a           | text/plain",
                "''                                   | /a.          | text/plain",
                "''                                   | /a.html/b    | text/plain",
                "''                                   | /.html       | text/plain",
                "''                                   | /d/.html     | text/plain",
                "''                                   | /d/.x.html   | text/html",
                "default_type a/b;                    | /a           | a/b",
                "default_type '';                     | /a           | -",
                "charset utf-8;                       | /a.html      | text/html; charset=utf-8",
                "charset utf-8;                       | /a           | text/plain; charset=utf-8",
                "charset utf-8;                       | /a.png       | image/png",
                "charset utf-8; charset_types image/png; | /a.png    | image/png; charset=utf-8",
                "charset off;                         | /a.html      | text/html"
            })
    void theExtensionDecides(String directives, String target, String type) {
        String types = "types { text/html html; image/png png; }";
        assertEquals(
                type,
                MediaTypes.ofPath(Requests.server(folder, types + directives).get(target).request));
    }
}
