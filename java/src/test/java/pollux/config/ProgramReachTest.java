package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store whose files could be run is refused; the last column is the location that would run them, - for none. */
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

    /** The same for what PUT, COPY and MOVE write. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            root www; location /up/ { dav_methods PUT MOVE; }                                            | -
            root www; location /up/ { dav_methods PUT; } location ~ \\.php$ { cgi on; }                   | -
            root www; location /up/ { dav_methods COPY; } location ~ \\.php$ { cgi on; }                  | location "/up/" could be run as programs by location "\\.php$"
            root www; location ^~ /up/ { dav_methods PUT; } location ~ \\.php$ { cgi on; }                | -
            root www; location ^~ /up/ { dav_methods PUT; } location ~ \\.php$ { root www; cgi on; } location /run/ { alias www/up/; } | -
            root www; location ^~ /up/ { dav_methods PUT; } location /run/ { alias www/up/; cgi_assign .py; } | location "/up/" could be run as programs by location "/run/"
            root www; location ^~ /up/ { dav_methods DELETE MKCOL; } location /run/ { alias www/up/; cgi_assign .py; } | -
            root www; location /up/ { allow_methods GET PUT; } location /run/ { alias www/up; cgi on; }  | -
            root www; location /up/ { allow_methods GET PUT; } location /run/ { alias www/up/; cgi on; } | location "/up/" could be run as programs by location "/run/"
            root www; location /up/ { alias up/; dav_methods PUT; } location /run/ { root up; cgi on; }  | location "/up/" could be run as programs by location "/run/"
            root www; location /up/ { alias up/; dav_methods PUT MOVE; } location /run/ { alias run/; cgi on; } | -
            root www; location /up/ { dav_methods PUT; } location /up/cgi/ { cgi on; }                   | -
            root www; location /up/ { dav_methods MOVE; } location /up/cgi/ { cgi on; }                  | location "/up/" could be run as programs by location "/up/cgi/"
            root www; location /up/ { dav_methods PUT; } location /x/ { dav_methods MOVE; } location /cgi/ { cgi on; } | location "/x/" could be run as programs by location "/cgi/"
            root www; location /up/ { dav_methods PUT MOVE; } location /cgi/ { alias cgi/; cgi on; }     | -
            root www; location /up/ { alias www/; dav_methods PUT; } location /cgi/ { cgi on; }          | location "/up/" could be run as programs by location "/cgi/"
            root www; location /up/ { alias www/; dav_methods PUT; } location = /run { cgi on; }         | location "/up/" could be run as programs by location "/run"
            root www; location /x/ { cgi_assign .sh; dav_methods PUT; }                                  | -
            root www; location /x/ { cgi_assign .sh; dav_methods PUT MOVE; }                             | location "/x/" could be run as programs by location "/x/"
            root www; cgi_assign .sh; dav_methods PUT;                                                   | -
            root www; cgi_assign .sh; dav_methods PUT COPY;                                              | the server block could be run as programs by the server block
            root www; cgi_assign .sh; dav_methods PUT COPY allow_cgi;                                    | -
            root www; dav_methods PUT; location /on/ { alias www/; cgi on; }                             | the server block could be run as programs by location "/on/"
            root www; dav_methods PUT allow_cgi; location /on/ { alias www/; cgi on; }                   | -
            root www; dav_methods PUT allow_cgi; location /on/ { alias www/; cgi on; } location /a/ { dav_methods PUT; } | location "/a/" could be run as programs by location "/on/"
            root www; dav_methods MOVE; location / { dav_methods off; } location /cgi/ { dav_methods off; cgi on; } | -
            root www; location ~ ^/up/.*\\.txt$ { dav_methods PUT; } location /run/ { alias www/up/; cgi on; } | location "^/up/.*\\.txt$" could be run as programs by location "/run/"
            root www; location /up/ { dav_methods PUT; } location /run/ { alias www/up/; cgi on; return 404; } | -
            root www; location /up/ { root $arg_x; dav_methods PUT; } location /run/ { alias www/up/; cgi on; } | -
            root www; location / { try_files $uri @dav; } location @dav { dav_methods PUT; } location /run/ { alias www/; cgi on; } | location "@dav" could be run as programs by location "/run/"
            root www; location / { location /a/ { dav_methods PUT; } } location /run/ { alias www/a/; cgi on; } | location "/a/" could be run as programs by location "/run/"
            """)
    void programsWrittenByMethods(String directives, String words) throws ConfException {
        Conf conf = new Conf(folder);
        if (words.equals("-")) {
            conf.server(directives);
            return;
        }
        String message =
                assertThrows(ConfException.class, () -> conf.server(directives)).getMessage();
        String expected = "files written by way of " + words + ", add \"allow_cgi\" to \"dav_methods\" if they may in ";
        assertEquals(expected, message.substring(0, message.lastIndexOf(" in ") + 4), message);
    }
}
