package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages, to the byte. Where the directive is nginx's, nginx 1.22 says the same. */
class ConfErrorsTest {
    @TempDir
    Path folder;

    static Stream<Arguments> grammar() {
        return Conf.rows("""
                http { server { listen 80              => unexpected end of file, expecting ";" or "}" in x.conf:1
                http { server { listen 80;\\n          => unexpected end of file, expecting "}" in x.conf:2
                http { root "a; }                      => unexpected end of file, expecting ";" or "}" in x.conf:1
                http { } }                             => unexpected "}" in x.conf:1
                http { root a }                        => unexpected "}" in x.conf:1
                http { "a"b; }                         => unexpected "b" in x.conf:1
                http { ; }                             => unexpected ";" in x.conf:1
                http { { }                             => unexpected "{" in x.conf:1
                http { root {} }                       => directive "root" is not terminated by ";" in x.conf:1
                http;                                  => directive "http" has no opening "{" in x.conf:1
                http { root; }                         => invalid number of arguments in "root" directive in x.conf:1
                http {\\nroot a b; }                   => invalid number of arguments in "root" directive in x.conf:2
                listen 80;                             => "listen" directive is not allowed here in x.conf:1
                http {\\nlisten 80; }                  => "listen" directive is not allowed here in x.conf:2
                http {\\n\\nlisen 80; }                => unknown directive "lisen" in x.conf:3
                http { root a;\\nroot b; }             => "root" directive is duplicate in x.conf:2
                http {} http {}                        => "http" directive is duplicate in x.conf:1
                events {} events {}                    => "events" directive is duplicate in x.conf:1
                pid a; pid b;                          => "pid" directive is duplicate in x.conf:1
                http { types { a { } } }               => unexpected "{" in x.conf:1
                http { types { include; } }            => invalid number of arguments in "include" directive in x.conf:1
                http { include no.conf; }              => open() "no.conf" failed (2: No such file or directory) in x.conf:1
                http { proxy_pass a; }                 => directive "proxy_pass" is one of nginx's that Pollux does not have in x.conf:1
                """);
    }

    static Stream<Arguments> values() {
        return Conf.rows("""
                client_max_body_size x;                => "client_max_body_size" directive invalid value
                client_max_body_size -1;               => "client_max_body_size" directive invalid value
                client_max_body_size 9999999999g;      => "client_max_body_size" directive invalid value
                client_header_buffer_size 1g;          => "client_header_buffer_size" directive invalid value
                client_header_timeout 1y;              => "client_header_timeout" directive invalid value
                large_client_header_buffers 4 x;       => "large_client_header_buffers" directive invalid value
                large_client_header_buffers 0 8k;      => "large_client_header_buffers" directive invalid value
                sendfile yes;                          => invalid value "yes" in "sendfile" directive, it must be "on" or "off"
                keepalive_timeout a;                   => "keepalive_timeout" directive invalid value
                keepalive_requests a;                  => "keepalive_requests" directive invalid number
                max_ranges x;                          => "max_ranges" directive invalid number
                lingering_close x;                     => invalid value "x"
                server_tokens x;                       => invalid value "x"
                if_modified_since 4;                   => invalid value "4"
                autoindex_format 4;                    => invalid value "4"
                disable_symlinks x;                    => invalid parameter "x"
                index a "";                            => index "" in "index" directive is invalid
                root $document_root/x;                 => the $document_root variable cannot be used in the "root" directive
                expires x;                             => "expires" directive invalid value
                expires @25h;                          => "expires" directive daily time value must be less than 24 hours
                expires modify +24h;                   => "expires" directive invalid value
                add_header a b c;                      => invalid parameter "c"
                error_page 200 /x;                     => value "200" must be between 300 and 599
                error_page 499 /x;                     => invalid value "499"
                error_page a /x;                       => invalid value "a"
                error_page =200 /x;                    => invalid value "=200"
                error_page 404 =x /x;                  => invalid value "=x"
                error_page 404 =@y @x;                 => invalid value "=@y"
                access_log x bar;                      => unknown log format "bar"
                access_log off a;                      => invalid parameter "a"
                access_log a combined buffer=x;        => invalid buffer size "x"
                access_log a combined flush=x;         => invalid flush time "x"
                access_log a combined flush=1s;        => no buffer is defined for access_log "a"
                access_log a combined gzip=10;         => invalid compression level "10"
                access_log a buffer=4k;                => unknown log format "buffer=4k"
                access_log a combined gzip; access_log a combined buffer=4k; => access_log "a" already defined with conflicting parameters
                open_log_file_cache inactive=1s;       => "open_log_file_cache" must have "max" parameter
                open_log_file_cache max=1 foo;         => invalid "open_log_file_cache" parameter "foo"
                access_log a combined foo=x;           => invalid parameter "foo=x"
                access_log a$status combined buffer=1k; => buffered logs cannot have variables in name
                access_log syslog:tag=x;               => no syslog server specified
                log_format combined x;                 => duplicate "log_format" name "combined"
                log_format a escape=foo x;             => unknown log format escaping "foo"
                log_format a "x $ b";                  => invalid parameter "$ b"
                error_log x foo;                       => invalid log level "foo"
                error_log x format=xml;                => invalid log level "format=xml"
                error_log x format=json format=json;   => invalid log level "format=json"
                error_log memory:1m debug;             => log to "memory:" is one of nginx's that Pollux does not have
                error_log x error info;                => duplicate log level "info"
                dav_methods FOO;                       => invalid value "FOO"
                dav_access foo:rw;                     => invalid value "foo:rw"
                dav_access user;                       => invalid value "user"
                allow_methods "GE T";                  => invalid method "GE T"
                cgi_assign py;                         => invalid extension "py"
                cgi_param A=B c;                       => invalid meta-variable name "A=B"
                cgi_timeout 1x;                        => "cgi_timeout" directive invalid value
                cgi_max_processes 0;                   => "cgi_max_processes" directive value must be equal to or greater than 1
                cgi_stderr loud;                       => invalid log level "loud"
                upload_store_access x:rw;              => invalid value "x:rw"
                cgi_limits cpu=0;                      => invalid parameter "cpu=0"
                cgi_limits cpu;                        => invalid parameter "cpu"
                cgi_limits as=1x;                      => invalid parameter "as=1x"
                cgi_limits nofile=10 nofile=20;        => invalid parameter "nofile=20"
                cgi_limits stack=1m;                   => invalid parameter "stack=1m"
                cgi_limits off cpu=1;                  => invalid parameter "off"
                cgi_limits nproc=1m;                   => invalid parameter "nproc=1m"
                cgi_stderr file;                       => "cgi_stderr" directive has no path behind "file"
                session_cookie "a b";                  => "session_cookie" directive invalid value
                session_store disk;                    => invalid value "disk"
                session_store file:;                   => invalid value "file:"
                """);
    }

    static Stream<Arguments> serverValues() {
        return Conf.rows("""
                return a;                              => invalid return code "a"
                return 1000;                           => invalid return code "1000"
                return 200 $;                          => invalid variable name
                return 200 "a$-b";                     => invalid variable name
                return 200 "${foo";                    => the closing bracket in "foo" variable is missing
                return 200 $foo;                       => unknown "foo" variable
                try_files /x =9999;                    => invalid code "=9999"
                try_files /x =;                        => invalid code "="
                server_name *;                         => server name "*" is invalid
                server_name .;                         => server name "." is invalid
                server_name ~;                         => empty regex in server name "~"
                server_name ~(;                        => pcre2_compile() failed: missing closing parenthesis in "("
                location foo /b { }                    => invalid location modifier "foo"
                location ~ "a)" { }                    => pcre2_compile() failed: unmatched closing parenthesis in "a)" at ")"
                location /a { location /b { } }        => location "/b" is outside location "/a"
                location = /a { location /a/b { } }    => location "/a/b" cannot be inside the exact location "/a"
                location @a { location /b { } }        => location "/b" cannot be inside the named location "@a"
                location /a { location @b { } }        => named location "@b" can be on the server level only
                location /a { } location ^~ /a { }     => duplicate location "/a"
                location @a { } location @a { }        => duplicate location "@a"
                location / { root a; alias b; }        => "alias" directive is duplicate, "root" directive was specified earlier
                location @x { alias b; }               => the "alias" directive cannot be used inside the named location
                location / { limit_except FOO { } }    => invalid method "FOO"
                location / { limit_except GET { root x; } } => "root" directive is not allowed here
                location / { internal; internal; }     => "internal" directive is duplicate
                """);
    }

    static Stream<Arguments> mainValues() {
        return Conf.rows("""
                worker_processes x;                    => "worker_processes" directive invalid value
                worker_rlimit_nofile x;                => "worker_rlimit_nofile" directive invalid number
                daemon x;                              => invalid value "x" in "daemon" directive, it must be "on" or "off"
                events { worker_connections x; }       => invalid number "x"
                events { use foo; }                    => invalid event type "foo"
                events { use poll; use poll; }         => "use" directive is duplicate
                """);
    }

    /** nginx knows only what the system has. */
    @Test
    void aWayToWaitThatOnlyAnotherSystemHasIsRefused() throws ConfException {
        boolean macos = System.getProperty("os.name").startsWith("Mac");
        String foreign = macos ? "epoll" : "kqueue";
        assertEquals(
                "invalid event type \"" + foreign + "\" in x.conf:1",
                new Conf(folder).refusal("events { use " + foreign + "; }"));
        String own = macos ? "kqueue" : "epoll";
        assertEquals(
                EventSettings.Use.valueOf(own.toUpperCase(java.util.Locale.ROOT)),
                new Conf(folder).load("events { use " + own + "; }").events().use());
    }

    @ParameterizedTest
    @MethodSource("grammar")
    void grammarIsRefusedInNginxsWords(String text, String expected) {
        assertEquals(expected, new Conf(folder).refusal(text));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesAreRefusedInNginxsWords(String text, String expected) {
        assertEquals(expected + " in x.conf:2", new Conf(folder).refusal("http {\n" + text + "\n}"));
    }

    @ParameterizedTest
    @MethodSource("serverValues")
    void serverValuesAreRefusedInNginxsWords(String text, String expected) {
        assertEquals(expected + " in x.conf:2", new Conf(folder).refusal("http { server {\n" + text + "\n} }"));
    }

    @ParameterizedTest
    @MethodSource("mainValues")
    void mainValuesAreRefusedInNginxsWords(String text, String expected) {
        assertEquals(expected + " in x.conf:2", new Conf(folder).refusal("\n" + text));
    }

    @Test
    void theFirstErrorOfTheFileIsReported() {
        assertEquals(
                "invalid return code \"x\" in x.conf:1",
                new Conf(folder).refusal("http { server { return x; }\n foo; } }"));
    }

    @Test
    void missingMainFileIsRefused() {
        ConfException refused = assertThrows(
                ConfException.class,
                () -> ConfLoader.load(new ConfLoader.LoadRequest(folder.toString(), "conf/no.conf", "")));
        assertEquals(
                "open() \"" + folder + "/conf/no.conf\" failed (2: No such file or directory)", refused.getMessage());
    }

    @Test
    void folderAsMainFileIsRefused() {
        ConfException refused = assertThrows(
                ConfException.class, () -> ConfLoader.load(new ConfLoader.LoadRequest("", folder.toString(), "")));
        assertEquals("pread() \"" + folder + "\" failed (21: Is a directory)", refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "lisen, listen",
        "servername, server_name",
        "error_pages, error_page",
        "upload_stor, upload_store",
        "sevrer, server",
    })
    void misspeltNamesGetTheNearest(String written, String nearest) {
        ConfException refused =
                assertThrows(ConfException.class, () -> new Conf(folder).load("http { " + written + " x; }"));
        assertEquals("did you mean \"" + nearest + "\"?", refused.hint());
    }

    @Test
    void namesLikeNoOtherGetNoHint() {
        ConfException refused = assertThrows(ConfException.class, () -> new Conf(folder).load("frobnicate x;"));
        assertNull(refused.hint());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    foo;       | unknown directive "foo" in command line
                    daemon off | unexpected end of parameter, expecting ";" in command line
                    http {}    | block directives are not supported in -g option in command line
                    """)
    void globalDirectivesAreRefusedAsCommandLine(String text, String expected) {
        assertEquals(expected, new Conf(folder).refusal("", text));
    }

    @Test
    void warningsDoNotRefuse() throws ConfException {
        Conf conf = new Conf(folder);
        Config config = conf.load("""
                http {
                    types { a/b x; c/d x; }
                    server { listen 8080; server_name a a "b/c"; }
                    server { listen 8080; server_name a .d; }
                    server { listen 8080; server_name *.d; }
                    server { listen 8081; server_name a a; }
                }
                """);
        assertEquals(
                List.of(
                        "duplicate extension \"x\", content type: \"c/d\", previous content type: \"a/b\" in x.conf:2",
                        "server name \"b/c\" has suspicious symbols in x.conf:3",
                        "conflicting server name \"a\" on 0.0.0.0:8080, ignored",
                        "conflicting server name \"a\" on 0.0.0.0:8080, ignored",
                        "conflicting server name \"*.d\" on 0.0.0.0:8080, ignored"),
                config.warnings().stream().map(conf::relative).toList());
    }
}
