package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store whose files could be run is refused; @ stands for the location that would run them, - for none. */
class ProgramReachTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            root www; location /up { upload_store www/up; }                                              | -
            root www; cgi on; location /up { upload_store up; }                                          | -
            root www; cgi on; location /up { upload_store www/up; }                                      | location "/up"
            root www; cgi_assign .sh; location /up { upload_store www/up; }                              | location "/up"
            root www; cgi_assign .sh; location = /up { upload_store www/files; }                         | the server block
            root www; location /x/ { cgi on; } location /up { upload_store www/x; }                      | location "/x/"
            root www; location /x/ { cgi on; } location /up { upload_store www/x/y/z/; }                 | location "/x/"
            root www; location /x/ { cgi on; } location /up { upload_store www/xy; }                     | -
            root www; location /x/ { cgi on; location /x/y/ { cgi off; } } location = /up { upload_store www/x/y; } | -
            root www; location /x/ { location /x/y/ { cgi on; } } location = /up { upload_store www/x/y; } | location "/x/y/"
            root www; location /x/ { alias up/; cgi_assign .py python3; } location /up { upload_store up; } | location "/x/"
            root www; location /x/ { alias up; cgi on; } location /up { upload_store up/in; }            | -
            root www; location ~ \\.php$ { cgi on; cgi_interpreter php; } location /up { upload_store www/f; } | location "\\.php$"
            root www; location ~ \\.e?rb$ { cgi_assign .rb ruby; } location /up { upload_store www/f; } | location "\\.e?rb$"
            root www; location ~ ^/c/ { cgi on; } location /up { upload_store www/f; }                   | -
            root www; location ~ \\.php$ { cgi on; } location ^~ /f/ { } location = /up { upload_store www/f; } | -
            root www; cgi on; location /up { upload_store www/up allow_cgi; }                            | -
            root www; location /a/ { location /a/b { upload_store www/x; } } location /x { cgi on; }     | location "/x"
            """)
    void storesOfPrograms(String directives, String runner) throws ConfException {
        String block = directives.replace("\\\\", "\\");
        Conf conf = new Conf(folder);
        if (runner.equals("-")) {
            conf.server(block);
            return;
        }
        String message =
                assertThrows(ConfException.class, () -> conf.server(block)).getMessage();
        String words = "could be run as programs by " + runner + ", add \"allow_cgi\" if they may in ";
        assertEquals(words, message.substring(message.indexOf("could be"), message.lastIndexOf(" in ") + 4), message);
    }
}
