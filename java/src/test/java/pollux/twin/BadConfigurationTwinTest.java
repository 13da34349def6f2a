package pollux.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import pollux.config.ConfException;
import pollux.config.ConfLoader;
import pollux.wire.ServerProcess;
import pollux.wire.Site;

/** What is said about configurations with an error: the message behind the program's name, with file and line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadConfigurationTwinTest {
    private static final String EMERG = "nginx: [emerg] ";

    /**
     * What follows {@code E:} stands in events, {@code H:} in http, {@code S:} in a server block, {@code L:} in a
     * location, the rest outside.
     */
    private static final List<String> ERRORS = List.of(
            // The language.
            "}",
            "{",
            ";",
            "x",
            "x;",
            "\"x",
            "'x;",
            "\"x\"y;",
            "a{b;",
            "L:root \"a\"b;",
            "L:{ }",
            "S:;",
            "H:server { ",
            "L:satisfy all",
            "include nothing.conf;",
            "include;",
            // Places.
            "user",
            "L:rootx www;",
            "H:listen 80;",
            "S:events { }",
            "L:server { }",
            "server { }",
            "http { }",
            "http x { }",
            "http;",
            "events { }",
            // The process.
            "worker_processes x;",
            "worker_processes 0;",
            "pid;",
            "pid a; pid b;",
            "daemon x;",
            "E:use;",
            "E:use epoll poll;",
            "E:use nosuch;",
            "E:use kqueue;",
            "E:use epoll; use epoll;",
            // Addresses and names.
            "S:listen;",
            "S:listen 80 80;",
            "S:listen 0;",
            "S:listen 65536;",
            "S:listen x:y;",
            "S:listen 127.0.0.1:;",
            "S:listen [::1;",
            "S:listen 80 what;",
            "S:listen 80 backlog=x;",
            "S:listen unix:;",
            "S:listen 80 backlog=-1;",
            "S:listen 80 backlog=;",
            "S:listen 80 rcvbuf=x;",
            "S:listen 80 sndbuf=-1;",
            "S:listen 80 ipv6only=x;",
            "S:listen 80 so_keepalive=x;",
            "S:listen 80 so_keepalive=::;",
            "S:listen 80 so_keepalive=1:2:3:4;",
            "S:listen 80 fastopen=x;",
            "S:listen 80 fastopen=-1;",
            "S:listen 80 setfib=1;",
            "S:listen 80 accept_filter=x;",
            "S:listen 80 spdy;",
            "S:listen 80 deferred=on;",
            "S:listen 80 proxy_protocol=on;",
            "S:listen 80; listen 80;",
            "S:listen 80; listen *:80;",
            "S:listen 80; listen 80 default_server;",
            "S:listen 80-82; listen 81;",
            "S:listen [::]:80; listen [::0]:80;",
            "S:listen unix:/tmp/s; listen unix:/tmp/s;",
            "S:listen 80 bind; } server { listen 80 bind;",
            "S:listen 80 default_server; } server { listen 80 default_server;",
            "S:listen 80 default; } server { listen 80 default_server;",
            "S:listen a/b:80;",
            "S:listen http://x:80;",
            "S:listen 127.0.0.1/8;",
            "S:listen 80/;",
            "S:listen 80?x;",
            "S:listen [::1]:80/;",
            "S:listen [::1]/;",
            "S:listen [::1%lo]:80;",
            "S:listen [127.0.0.1]:80;",
            "S:listen ::1;",
            "S:listen \"\";",
            "S:listen *:*;",
            "S:listen 1.1.1.1:80:90;",
            "S:listen 1.1.1.1:80-;",
            "S:listen 82-80;",
            "S:listen []:80;",
            "S:server_name;",
            "S:server_name ~(;",
            // Locations.
            "S:location { }",
            "S:location /a { } location /a { }",
            "S:location = /a b { }",
            "S:location ~ ( { }",
            "S:location =/x y z { }",
            "S:location ~ { }",
            "S:location ! /x { }",
            "S:location @n { location /x { } }",
            "L:location /other { }",
            "L:location = /x/inner { }",
            "S:server_name *.;",
            "S:server_name *;",
            "S:server_name .;",
            "S:server_name *a.b;",
            "S:server_name ~;",
            "S:server_name *a;",
            "S:server_name a*;",
            "S:server_name a..b;",
            "S:server_name a.*.b;",
            "S:server_name *.a.*;",
            "S:server_name ..a;",
            "S:server_name; ",
            "S:location /a { location @b { } }",
            "S:location @a { location @b { } }",
            "S:location ~ a { location = /b { } }",
            "S:location ~ a { location /b { } }",
            "S:location ~ a { location ~ b { } }",
            "S:location /a/ { location /b { } }",
            "S:location /a { location = /b { } }",
            "S:location /a { location ~ b { } }",
            "S:location /a { location ~* b { } }",
            "S:location /a { location ^~ /b { } }",
            "S:location = /a { location /a/b { } }",
            "S:location = /a { location ~ b { } }",
            "S:location = /a { location @b { } }",
            "S:location @a { location ~ b { } }",
            "S:location @a { alias x; }",
            "S:location @a { internal; }",
            "S:location /a { } location ^~ /a { }",
            "S:location = /a { } location = /a { }",
            "S:location = /a { } location /a { }",
            "S:location ~ a { } location ~ a { }",
            "S:location /a { location /a { } location /a { } }",
            "S:location ^~ /a { location /a { } }",
            "S:location a { }",
            "S:location \"\" { }",
            "S:location = { }",
            "S:location ^~ { }",
            "S:location ~* { }",
            "S:location ~~ a { }",
            "S:location @ { }",
            "S:location ~ a { alias x; }",
            "S:alias x;",
            "L:internal; internal;",
            "L:root $document_root;",
            "L:alias $document_root/x;",
            "L:root $realpath_root/y;",
            "L:root ${document_root};",
            "L:try_files $uri;",
            "L:try_files $uri =1000;",
            "L:try_files a =99;",
            "S:try_files a b; try_files a b;",
            "H:try_files a b;",
            // Files.
            "S:root;",
            "S:root a b;",
            "S:root a; root b;",
            "L:alias a; alias b;",
            "L:alias a; root b;",
            "L:root a; alias b;",
            "L:index;",
            "L:autoindex;",
            "L:autoindex yes;",
            "L:autoindex on; autoindex off;",
            "L:autoindex_format xml2;",
            "L:try_files a;",
            "L:try_files a =x;",
            "L:types { a }",
            "L:types { text/plain a; ",
            "L:default_type;",
            "L:charset;",
            "L:charset utf-8; charset off;",
            "L:source_charset a b;",
            "L:source_charset koi8-r; charset nosuch;",
            "L:override_charset x;",
            "L:charset_map a b;",
            "H:charset_map a b { C1 E0; C2; }",
            "H:charset_map a b { X1 E0; }",
            "H:charset_map a b { 100 E0; }",
            "H:charset_map a utf-8 { C1 E0ZZ; }",
            "H:charset_map a a { C1 E0; }",
            "H:charset_map a b { C1 E0; } charset_map a b { }",
            "L:empty_gif x;",
            "L:random_index x;",
            "S:random_index on;",
            "L:add_trailer a;",
            "L:add_trailer a b c;",
            "L:expires modified;",
            "L:expires modified x;",
            "L:expires x y;",
            "L:expires @x;",
            "L:expires @25h;",
            "L:expires $uri y;",
            "L:min_delete_depth x;",
            "L:min_delete_depth -1;",
            "L:dav_access x;",
            "L:dav_access user:x;",
            "L:dav_methods PUT x;",
            "L:client_body_temp_path a 0;",
            "L:client_body_temp_path a 1 2 3 4;",
            "L:client_body_in_file_only x;",
            "L:proxy_temp_path a x;",
            "L:uwsgi_temp_path a 1 2 3 4;",
            "L:index \"\";",
            "L:etag x;",
            "L:if_modified_since x;",
            "L:max_ranges x;",
            "L:open_file_cache;",
            "L:sendfile;",
            // Answers.
            "L:return;",
            "L:return x;",
            "L:return 1000;",
            "L:return 301 a b;",
            "L:return text;",
            "L:return 200 \"${x\";",
            "L:return 200 \"$\";",
            "L:error_page 404;",
            "L:error_page x /y;",
            "L:error_page 299 /y;",
            "L:error_page 404 =x /y;",
            "L:error_page 600 /y;",
            "L:recursive_error_pages x;",
            "L:log_not_found x;",
            "L:expires;",
            "L:expires x;",
            "L:add_header a;",
            "L:add_header a b c;",
            "L:server_tokens x;",
            "S:server_tokens;",
            // Methods.
            "L:limit_except { }",
            "L:limit_except FOO { deny all; }",
            "L:dav_methods FOO;",
            "L:internal on;",
            "L:allow x;",
            "L:allow;",
            "L:allow all all;",
            "L:allow 1.2.3.4/33;",
            "L:allow 1.2.3.4/;",
            "L:allow 1.2.3.4/255.255.0.0;",
            "L:allow unix:x;",
            "L:deny ::1/129;",
            "L:deny [::1];",
            "L:deny 1.2.3;",
            "L:deny localhost;",
            "L:deny /8;",
            "L:deny 256.1.1.1;",
            "L:deny 0.0.0.0/0; deny ::/0;",
            "L:satisfy x;",
            "L:satisfy all; satisfy any;",
            "L:satisfy ALL;",
            "L:auth_basic;",
            "L:auth_basic a b;",
            "L:auth_basic a; auth_basic b;",
            "L:auth_basic $nosuch$;",
            "L:auth_basic_user_file;",
            "L:auth_basic_user_file a; auth_basic_user_file b;",
            "L:limit_except GET { deny all; return 200; }",
            "L:limit_except GET { limit_except POST { } }",
            "L:limit_except GET { root x; }",
            "L:limit_except GET { satisfy any; }",
            "L:limit_except GET { auth_basic x; auth_basic_user_file y; }",
            "L:limit_except get { deny all; }",
            "L:limit_except GET { deny all; } limit_except POST { deny all; }",
            "L:limit_except GET { } limit_except POST { }",
            "L:limit_except TRACE { deny all; }",
            "L:limit_except GET;",
            "S:limit_except GET { }",
            "L:limit_rate x;",
            "L:limit_rate 1g;",
            "L:limit_rate -1;",
            "L:limit_rate;",
            "L:limit_rate 1k; limit_rate 2k;",
            "L:limit_rate_after x;",
            "L:limit_rate_after 1k; limit_rate_after 1k;",
            "L:limit_except GET { limit_rate 1k; }",
            "L:keepalive_disable;",
            "L:keepalive_disable x;",
            "L:keepalive_disable none msie6;",
            "L:keepalive_disable MSIE6;",
            "L:keepalive_disable none; keepalive_disable safari;",
            "L:msie_padding x;",
            "L:msie_padding on; msie_padding on;",
            "L:log_subrequest x;",
            "L:max_headers 1;",
            "S:max_headers x;",
            "S:max_headers -1;",
            "S:max_headers 1; max_headers 2;",
            // Clients.
            "L:client_max_body_size x;",
            "L:client_max_body_size 1q;",
            "L:client_max_body_size -1;",
            "L:keepalive_timeout x;",
            "L:keepalive_timeout 1 2 3;",
            "L:keepalive_requests x;",
            "L:send_timeout 1x;",
            "L:tcp_nodelay 1;",
            "S:client_header_buffer_size 0x;",
            "S:large_client_header_buffers 4;",
            "S:large_client_header_buffers x 8k;",
            "S:merge_slashes x;",
            "S:ignore_invalid_headers on off;",
            // Logs.
            "L:access_log;",
            "L:access_log logs/x nosuch;",
            "H:log_format;",
            "H:log_format a;",
            "H:log_format a b; log_format a c;",
            "L:error_log;",
            "L:error_log run/x nolevel;",
            "L:access_log syslog:;",
            "L:access_log syslog:x;",
            "L:access_log syslog:server=;",
            "L:access_log syslog:server=127.0.0.1;",
            "L:access_log syslog:server=127.0.0.1:99999;",
            "L:access_log syslog:server=127.0.0.1:x;",
            "L:access_log syslog:server=127.0.0.1/x;",
            "L:access_log syslog:server=[::1;",
            "L:access_log syslog:server=[::1]:514;",
            "L:access_log syslog:server=unix:;",
            "L:access_log syslog:server=unix:/nosuch;",
            "L:access_log syslog:server=127.0.0.1,x=y;",
            "L:access_log syslog:server=127.0.0.1,facility=;",
            "L:access_log syslog:server=127.0.0.1,facility=LOCAL7;",
            "L:access_log syslog:server=127.0.0.1,severity=nope;",
            "L:access_log syslog:server=127.0.0.1,severity=warn,severity=warn;",
            "L:access_log syslog:server=127.0.0.1,tag=;",
            "L:access_log syslog:server=127.0.0.1,tag=a-b;",
            "L:access_log syslog:server=127.0.0.1,tag=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;",
            "L:access_log syslog:server=127.0.0.1,tag=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;",
            "L:access_log syslog:server=127.0.0.1,nohostname,nohostname;",
            "L:access_log syslog:server=127.0.0.1,nohostname=1;",
            "L:access_log syslog:server=127.0.0.1,;",
            "L:access_log syslog:server=127.0.0.1,server=127.0.0.1;",
            "L:access_log syslog:facility=local7;",
            "L:access_log syslog:facility=local7,facility=local6,server=127.0.0.1;",
            "L:access_log syslog:server=127.0.0.1 combined buffer=4k;",
            "L:access_log syslog:server=127.0.0.1 combined flush=1s;",
            "L:access_log syslog:server=127.0.0.1 combined gzip;",
            "L:access_log syslog:server=127.0.0.1 nosuch;",
            "L:error_log syslog:server=127.0.0.1 foo;",
            "L:error_log syslog: foo;",
            "L:error_log syslog:tag=a foo;",
            "L:error_log syslog:server=127.0.0.1,severity=nope info;",
            "L:access_log run/x buffer=4k;",
            "L:access_log run/x combined buffer=0;",
            "L:access_log run/x combined buffer=;",
            "L:access_log run/x combined buffer=-1;",
            "L:access_log run/x combined buffer=1g;",
            "L:access_log run/x combined flush=1s;",
            "L:access_log run/x combined flush=0 buffer=4k;",
            "L:access_log run/x combined flush=x buffer=4k;",
            "L:access_log run/x combined buffer=4k; access_log run/x combined buffer=8k;",
            "L:access_log run/x combined buffer=4k flush=1s; access_log run/x combined buffer=4k;",
            "L:access_log run/x combined buffer=4k; access_log run/x; access_log run/x combined buffer=4k;",
            "L:access_log run/x combined gzip=0;",
            "L:access_log run/x combined gzip=10;",
            "L:access_log run/x combined gzip=;",
            "L:access_log run/x combined gzipx;",
            "L:access_log run/x combined gzip; access_log run/x combined buffer=64k;",
            "L:access_log run/x$uri combined gzip;",
            "L:access_log run/x$uri combined buffer=4k;",
            "L:access_log run/x combined foo;",
            "L:access_log run/x combined foo=;",
            "L:access_log off x;",
            "L:access_log run/x \"\";",
            "L:access_log \"\";",
            "L:open_log_file_cache;",
            "L:open_log_file_cache max=0;",
            "L:open_log_file_cache max=x;",
            "L:open_log_file_cache max=;",
            "L:open_log_file_cache inactive=20s;",
            "L:open_log_file_cache inactive=x max=1;",
            "L:open_log_file_cache inactive=0 max=1 valid=0 min_uses=0;",
            "L:open_log_file_cache valid=x max=1;",
            "L:open_log_file_cache min_uses=x max=1;",
            "L:open_log_file_cache off max=1;",
            "L:open_log_file_cache max=1 off;",
            "L:open_log_file_cache foo;",
            "L:open_log_file_cache max=1; open_log_file_cache max=1;",
            "L:open_log_file_cache max=1 a a a a a;",
            "L:error_log run/x debug_http debug_core;",
            "L:error_log run/x debug debug_http;",
            "L:error_log run/x debug_http debug;",
            "L:error_log run/x info debug_http;",
            "L:error_log run/x debug_http info;",
            "L:error_log run/x error error;",
            "L:error_log run/x ERROR;",
            "L:error_log run/x stderr;",
            "L:error_log \"\";",
            "L:error_log run/x \"\";");

    private Site site;

    @BeforeAll
    void makeSite() {
        site = Site.create()
                .file("inc/bad.conf", "root a;\nlisen 80;\n")
                .file("inc/brace.conf", "root a;\n}\n")
                .file("inc/open.conf", "location / {\n")
                .file("inc/main.conf", "http { }")
                .file("inc/srv.conf", "server { root a; root b; }")
                .file("inc/1.part", "root a;")
                .file("inc/2.part", "index a;\nroot b;");
    }

    @AfterAll
    void removeSite() {
        site.close();
    }

    @TestFactory
    Stream<DynamicTest> messagesAreEqual() throws IOException {
        return Stream.concat(ERRORS.stream(), rows())
                .map(error -> DynamicTest.dynamicTest(error, () -> {
                    site.file("bad.conf", configuration(error));
                    String output = NginxProcess.test(site, "bad.conf");
                    assertEquals(firstError(output), message());
                }));
    }

    /** nginx finds this when all has been read, and says no more; Pollux knows where it stands. */
    @Test
    void unknownVariableIsToldWithItsPlace() {
        site.file("bad.conf", configuration("L:return 200 $nosuch;"));
        assertEquals("unknown \"nosuch\" variable", firstError(NginxProcess.test(site, "bad.conf")));
        assertEquals("unknown \"nosuch\" variable in " + site.path("bad.conf") + ":8", message());
    }

    /** nginx finds this when all has been read: it names the address, and Pollux the place too. */
    @Test
    void impossibleNamesAreToldWithTheirPlace() {
        for (String name : List.of("a.*.b", "*.a.*", "a..b", "..a", "a*", "a.**", "a.*.")) {
            site.file("bad.conf", configuration("S:server_name " + name + "; } server { server_name a;"));
            String expected = "invalid server name or wildcard \"" + name + "\" on 0.0.0.0:80";
            assertEquals(expected, firstError(NginxProcess.test(site, "bad.conf")));
            assertEquals(expected + " in " + site.path("bad.conf") + ":7", message());
        }
    }

    /** A loop must have room for what listens and for one client. */
    @Test
    void tooFewConnectionsForTheAddressesAreToldAlike() {
        String http = "server { listen 81; listen 82; } server { listen 82; server_name b; }";
        for (int connections = 0; connections < 4; connections++) {
            String events = "events { worker_connections " + connections + "; }";
            site.file("bad.conf", configuration("H:" + http).replace("events { }", events));
            String expected = connections < 3
                    ? connections + " worker_connections are not enough for 2 listening sockets"
                    : "no error";
            assertEquals(expected, firstError(NginxProcess.test(site, "bad.conf")));
            assertEquals(expected, message());
        }
    }

    /** nginx takes the first of two; nobody can have meant that. */
    @Test
    void namedLocationTwiceIsRefused() {
        site.file("bad.conf", configuration("S:location @n { } location @n { }"));
        assertEquals("no error", firstError(NginxProcess.test(site, "bad.conf")));
        assertEquals("duplicate location \"@n\" in " + site.path("bad.conf") + ":7", message());
    }

    /** The lines of both programs when they test a bad and a good file, and their exit statuses. */
    @Test
    void programsSayTheSameWithOneStatus() {
        for (String text : List.of("L:nosuch;", "L:root www;")) {
            site.file("test.conf", configuration(text));
            String nginx = NginxProcess.test(site, "test.conf").replace("nginx: ", "pollux: ");
            assertEquals(nginx, ServerProcess.test(site, "test.conf"));
        }
    }

    private static Stream<String> rows() throws IOException {
        try (InputStream rows = BadConfigurationTwinTest.class.getResourceAsStream("bad-configurations.txt")) {
            return new String(rows.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(row -> !row.startsWith("#"))
                    .map(row -> row.replace("\\n", "\n"));
        }
    }

    private static String configuration(String error) {
        String text = error.startsWith(":", 1) ? error.substring(2) : error;
        String main = "pid run/x.pid;\nerror_log run/x.log;\nevents { }\n";
        String http = main + "http {\n    client_body_temp_path run/body;\n";
        return switch (error.substring(0, Math.min(2, error.length()))) {
            case "E:" -> main.replace("{ }", "{\n" + text + "\n}") + "http { }\n";
            case "H:" -> http + text + "\n}\n";
            case "S:" -> http + "server {\n" + text + "\n}\n}\n";
            case "L:" -> http + "server {\nlocation /x {\n" + text + "\n}\n}\n}\n";
            default -> main + "http { }\n" + text + "\n";
        };
    }

    private static String firstError(String output) {
        return output.lines()
                .filter(line -> line.startsWith(EMERG))
                .map(line -> line.substring(EMERG.length()))
                .findFirst()
                .orElse("no error");
    }

    private String message() {
        try {
            ConfLoader.load(new ConfLoader.LoadRequest(site.path().toString(), "bad.conf", ""));
            return "no error";
        } catch (ConfException refused) {
            return refused.getMessage();
        }
    }
}
