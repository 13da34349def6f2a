package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which component of which record a directive sets, and what holds when it is not written. */
class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void anEmptyFileIsAConfiguration() throws ConfException {
        Config config = new Conf(folder).load("");
        assertEquals(
                new ProcessSettings(
                        1,
                        folder + "/logs/pollux.pid",
                        true,
                        null,
                        null,
                        "",
                        -1,
                        0,
                        List.of(new ErrorLog(folder + "/logs/error.log", ErrorLog.Level.ERROR))),
                config.process());
        assertEquals(new EventSettings(512, EventSettings.Use.AUTO, false), config.events());
        assertEquals(List.of(), config.servers());
        assertEquals(List.of(), config.sockets());
        assertEquals(List.of(), config.warnings());
        assertEquals(folder + "/", config.prefix());
        assertEquals(folder + "/x.conf", config.file());
    }

    @Test
    void processAndEvents() throws ConfException {
        Config config = new Conf(folder).load("""
                        worker_processes 4; pid /p; daemon off; user u g; worker_rlimit_nofile 1000; worker_shutdown_timeout 1m30s;
                        error_log stderr debug; error_log e crit;
                        events { worker_connections 7; use poll; multi_accept on; }
                        """);
        assertEquals(
                new ProcessSettings(
                        4,
                        "/p",
                        false,
                        "u",
                        "g",
                        " in " + folder + "/x.conf:1",
                        1000,
                        90_000,
                        List.of(
                                new ErrorLog(null, ErrorLog.Level.DEBUG),
                                new ErrorLog(folder + "/e", ErrorLog.Level.CRIT))),
                config.process());
        assertEquals(new EventSettings(7, EventSettings.Use.POLL, true), config.events());
        assertTrue(ErrorLog.Level.ERROR.isAtLeast(ErrorLog.Level.WARN));
        assertFalse(ErrorLog.Level.INFO.isAtLeast(ErrorLog.Level.WARN));
    }

    @Test
    void connection() throws ConfException {
        assertEquals(
                new ConnectionSettings(60_000, 1024, 4, 8192, 1000, true, false, true),
                new Conf(folder).server("").connection());
        assertEquals(
                new ConnectionSettings(5_000, 2048, 8, 16384, 7, false, true, false),
                new Conf(folder)
                        .server(
                                "client_header_timeout 5s; client_header_buffer_size 2k; large_client_header_buffers 8 16k;"
                                        + " max_headers 7; ignore_invalid_headers off; underscores_in_headers on; merge_slashes off;")
                        .connection());
    }

    @Test
    void filesByDefault() throws ConfException {
        FileSettings files = new Conf(folder).location("").files();
        assertEquals(folder + "/html", files.root().path().source());
        assertFalse(files.root().alias());
        assertEquals("[index.html]", files.index().toString());
        assertEquals(
                new FileSettings.Autoindex(false, FileSettings.Autoindex.Format.HTML, true, false), files.autoindex());
        assertNull(files.tryFiles());
        assertEquals("text/plain", files.defaultType());
        assertNull(files.charset());
        assertTrue(files.etag());
        assertEquals(FileSettings.IfModifiedSince.EXACT, files.ifModifiedSince());
        assertEquals(Integer.MAX_VALUE, files.maxRanges());
        assertFalse(files.sendfile());
        assertEquals(2 << 20, files.sendfileMaxChunk());
        assertFalse(files.tcpNopush());
        assertEquals("text/html", files.types().typeOf("/a/b.HTML"));
        assertNull(files.types().typeOf("/a.html/b"));
        assertNull(files.types().typeOf("/a.css"));
    }

    @Test
    void filesAsWritten() throws ConfException {
        FileSettings files = new Conf(folder)
                .location("autoindex on; autoindex_format json; autoindex_exact_size off; autoindex_localtime on;"
                        + " default_type a/b; charset utf-8; charset_types a/b; etag off; if_modified_since before;"
                        + " max_ranges 3; sendfile on; sendfile_max_chunk 1m; tcp_nopush on; disable_symlinks off;")
                .files();
        assertEquals(
                new FileSettings.Autoindex(true, FileSettings.Autoindex.Format.JSON, false, true), files.autoindex());
        assertEquals("a/b", files.defaultType());
        assertEquals("utf-8", files.charset());
        assertEquals(Set.of("text/html", "a/b"), files.charsetTypes());
        assertFalse(files.etag());
        assertEquals(FileSettings.IfModifiedSince.BEFORE, files.ifModifiedSince());
        assertEquals(3, files.maxRanges());
        assertTrue(files.sendfile());
        assertEquals(1 << 20, files.sendfileMaxChunk());
        assertTrue(files.tcpNopush());
    }

    @Test
    void tryFiles() throws ConfException {
        FileSettings.TryFiles code =
                new Conf(folder).location("try_files $uri $uri/ =404;").files().tryFiles();
        assertEquals("$uri", code.candidates().get(0).path().source());
        assertFalse(code.candidates().get(0).directory());
        assertEquals("$uri", code.candidates().get(1).path().source());
        assertTrue(code.candidates().get(1).directory());
        assertEquals(404, code.status());
        assertNull(code.fallback());
        FileSettings.TryFiles named =
                new Conf(folder).location("try_files /x @y;").files().tryFiles();
        assertEquals(0, named.status());
        assertEquals("@y", named.fallback().source());
    }

    @Test
    void client() throws ConfException {
        assertEquals(
                new ClientSettings(
                        1 << 20,
                        60_000,
                        8192,
                        folder + "/client_body_temp",
                        new ContentSettings(false, ContentSettings.InFile.OFF, List.of()),
                        60_000,
                        75_000,
                        0,
                        1000,
                        3_600_000,
                        0,
                        ClientSettings.LingeringClose.ON,
                        30_000,
                        5_000,
                        true,
                        false,
                        ClientSettings.ServerTokens.ON,
                        true,
                        true,
                        false,
                        true),
                new Conf(folder).location("").client());
        assertEquals(
                new ClientSettings(
                        2L << 30,
                        1_000,
                        4096,
                        "/t",
                        new ContentSettings(false, ContentSettings.InFile.OFF, List.of(1, 2)),
                        2_000,
                        3_000,
                        4,
                        5,
                        6_000,
                        6_500,
                        ClientSettings.LingeringClose.ALWAYS,
                        7_000,
                        8_000,
                        false,
                        true,
                        ClientSettings.ServerTokens.OFF,
                        false,
                        false,
                        true,
                        false),
                new Conf(folder)
                        .location("client_max_body_size 2g; client_body_timeout 1; client_body_buffer_size 4k;"
                                + " client_body_temp_path /t 1 2; send_timeout 2s; keepalive_timeout 3s 4s;"
                                + " keepalive_requests 5; keepalive_time 6s; keepalive_min_timeout 6500ms; lingering_close always; lingering_time 7s;"
                                + " lingering_timeout 8s; tcp_nodelay off; reset_timedout_connection on;"
                                + " server_tokens off; absolute_redirect off; port_in_redirect off;"
                                + " server_name_in_redirect on; chunked_transfer_encoding off;")
                        .client());
    }

    @Test
    void methods() throws ConfException {
        assertEquals(
                new MethodSettings(null, null, Set.of(), 0600, false, 0),
                new Conf(folder).location("").methods());
        MethodSettings methods = new Conf(folder)
                .location("allow_methods GET POST GET; dav_methods put DELETE; dav_access group:r all:rw;"
                        + " create_full_put_path on;")
                .methods();
        assertEquals(
                new MethodSettings(List.of("GET", "HEAD", "POST"), null, Set.of("PUT", "DELETE"), 0646, true, 0),
                methods);
        assertTrue(methods.opens("PUT"));
        assertTrue(methods.opens("POST"));
        assertFalse(methods.opens("PATCH"));
    }

    @ParameterizedTest
    @CsvSource({
        "404 /x,               KEEP,      URI,   [404]",
        "404 = /x,             OF_TARGET, URI,   [404]",
        "404 =200 /x,          200,       URI,   [404]",
        "404 500 @x,           KEEP,      NAMED, '[404, 500]'",
        "404 http://h/,        KEEP,      URL,   [404]",
        "404 =301 $scheme://h, 301,       URL,   [404]",
    })
    void errorPages(String written, String status, ErrorSettings.Kind kind, String codes) throws ConfException {
        ErrorSettings errors =
                new Conf(folder).location("error_page " + written + ";").errors();
        ErrorSettings.ErrorPage page = errors.find(404);
        int expected =
                switch (status) {
                    case "KEEP" -> ErrorSettings.KEEP;
                    case "OF_TARGET" -> ErrorSettings.OF_TARGET;
                    default -> Integer.parseInt(status);
                };
        assertEquals(expected, page.status());
        assertEquals(kind, page.kind());
        assertEquals(codes, page.codes().toString());
        assertNull(errors.find(502));
    }

    @ParameterizedTest
    @CsvSource({
        "204,              204, ,             false",
        "200 'a b',        200, 'a b',        false",
        "301 /x,           301, /x,           true",
        "404 /x,           404, /x,           false",
        "http://h/$uri,    302, http://h/$uri, true",
        "$scheme://h,      302, $scheme://h,  true",
        "000,              0,   ,             false",
    })
    void returns(String written, int code, String text, boolean redirect) throws ConfException {
        ReturnSettings returns =
                new Conf(folder).location("return " + written + "; return 500;").returns();
        assertEquals(code, returns.code());
        assertEquals(text, returns.text() == null ? null : returns.text().source());
        assertEquals(redirect, returns.isRedirect());
    }

    @ParameterizedTest
    @CsvSource({
        "off, OFF, 0",
        "epoch, EPOCH, 0",
        "max, MAX, 0",
        "1h, ACCESS, 3600",
        "+1h, ACCESS, 3600",
        "-1, ACCESS, -1",
        "0, ACCESS, 0",
        "@15h30m, DAILY, 55800",
        "modified +1d, MODIFIED, 86400",
        "modified -1d, MODIFIED, -86400",
    })
    void expires(String written, HeaderSettings.Kind kind, long seconds) throws ConfException {
        assertEquals(
                new HeaderSettings.Expires(kind, seconds),
                new Conf(folder).location("expires " + written + ";").headers().expires());
    }

    @Test
    void addHeader() throws ConfException {
        List<HeaderSettings.AddHeader> add = new Conf(folder)
                .location("add_header X $host; add_header Y y always;")
                .headers()
                .add();
        assertEquals("X", add.get(0).name());
        assertEquals("$host", add.get(0).value().source());
        assertFalse(add.get(0).always());
        assertTrue(add.get(1).always());
    }

    @Test
    void cgi() throws ConfException {
        CgiSettings none = new Conf(folder).location("").cgi();
        assertFalse(none.isActive());
        assertEquals(60_000, none.timeoutMs());
        assertEquals(5_000, none.killTimeoutMs());
        assertEquals(64, none.maxProcesses());
        assertEquals(30_000, none.queueTimeoutMs());
        assertEquals(new CgiSettings.Stderr(null, ErrorLog.Level.WARN), none.stderr());
        assertEquals(new CgiSettings.Limits(-1, -1, -1, -1, -1), none.limits());

        CgiSettings cgi = new Conf(folder)
                .location("cgi on; cgi_assign .py python3 -u; cgi_assign .x; cgi_assign .sh bin/sh;"
                        + " cgi_interpreter /bin/i a; cgi_param A $host; cgi_working_dir w; cgi_timeout 1s 2s;"
                        + " cgi_max_processes 3; cgi_queue_timeout 4s; cgi_stderr file e;"
                        + " cgi_limits fsize=2g cpu=1m as=3M nofile=5 nproc=6;")
                .cgi();
        assertTrue(cgi.enabled());
        assertTrue(cgi.isActive());
        assertEquals(
                List.of(
                        new CgiSettings.Assign(".py", List.of("python3", "-u")),
                        new CgiSettings.Assign(".x", List.of()),
                        new CgiSettings.Assign(".sh", List.of(folder + "/bin/sh"))),
                cgi.assigned());
        assertEquals(".py", cgi.assignFor("a.py").extension());
        assertNull(cgi.assignFor("a.pyc"));
        assertEquals(List.of("/bin/i", "a"), cgi.interpreter());
        assertEquals("A", cgi.params().get(0).name());
        assertEquals(folder + "/w", cgi.workingDir().source());
        assertEquals(1_000, cgi.timeoutMs());
        assertEquals(2_000, cgi.killTimeoutMs());
        assertEquals(3, cgi.maxProcesses());
        assertEquals(4_000, cgi.queueTimeoutMs());
        assertEquals(new CgiSettings.Stderr(folder + "/e", ErrorLog.Level.WARN), cgi.stderr());
        assertEquals(new CgiSettings.Limits(60, 3 << 20, 5, 6, 2L << 30), cgi.limits());
    }

    @Test
    void uploadsAndSessions() throws ConfException {
        assertFalse(new Conf(folder).location("").upload().isActive());
        assertEquals(
                new UploadSettings(folder + "/u", 0640, false, false),
                new Conf(folder).location("upload_store u; dav_access group:r;").upload());
        assertEquals(
                new UploadSettings(folder + "/u", 0664, true, true),
                new Conf(folder)
                        .location("upload_store u allow_cgi; dav_access group:r; upload_sync on;"
                                + " upload_store_access group:rw all:r;")
                        .upload());
        assertEquals(
                new SessionSettings(false, "POLLUXSID", 1_800_000, 10_000, null),
                new Conf(folder).location("session_store memory;").session());
        assertEquals(
                new SessionSettings(true, "S", 1_000, 5, folder + "/s"),
                new Conf(folder)
                        .location("session on; session_cookie S; session_timeout 1s; session_max 5;"
                                + " session_store file:s;")
                        .session());
    }

    @Test
    void accessLogs() throws ConfException {
        LogSettings byDefault = new Conf(folder).location("").logs();
        assertEquals(
                folder + "/logs/access.log", byDefault.access().get(0).path().source());
        assertEquals(List.of(new ErrorLog(folder + "/logs/error.log", ErrorLog.Level.ERROR)), byDefault.errors());
        LogSettings.AccessLog log = new Conf(folder)
                .load("http { log_format f x; server { listen 81;" + " access_log a f buffer=4k flush=1s if=$args; } }")
                .servers()
                .get(0)
                .root()
                .logs()
                .access()
                .get(0);
        assertEquals(folder + "/a", log.path().source());
        assertEquals("f", log.format().name());
        assertEquals(4096, log.buffering().size());
        assertEquals(1_000, log.buffering().flushMs());
        assertEquals("$args", log.condition().source());
    }

    /** Rows: what stands in the location, and what the log of it does. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "access_log a;                             | 0 0 0 - OFF",
                "access_log a combined buffer=1;           | 1 0 0 - OFF",
                "access_log a combined gzip;               | 65536 0 1 - OFF",
                "access_log a combined gzip=9 flush=2m;    | 65536 120000 9 - OFF",
                "access_log a combined gzip=2 buffer=4k;   | 4096 0 2 - OFF",
                "access_log a combined buffer=1k buffer=2k;| 2048 0 0 - OFF",
                "access_log a combined if=$arg_a if=$arg_b;| 0 0 0 $arg_b OFF",
                "access_log a; open_log_file_cache max=5;  | 0 0 0 - 5 10000 60000 1",
                "access_log a; open_log_file_cache min_uses=2 valid=1m inactive=1h max=1; | 0 0 0 - 1 3600000 60000 2",
                "access_log a; open_log_file_cache max=1 off; | 0 0 0 - OFF",
            })
    void waysToGatherLines(String written, String expected) throws ConfException {
        LogSettings logs = new Conf(folder).location(written).logs();
        LogSettings.AccessLog log = logs.access().get(0);
        LogSettings.Caching caching = logs.caching();
        String cached = caching.max() == 0
                ? "OFF"
                : caching.max() + " " + caching.inactiveMs() + " " + caching.validMs() + " " + caching.minUses();
        assertEquals(
                expected,
                log.buffering().size() + " " + log.buffering().flushMs() + " "
                        + log.buffering().gzipLevel() + " "
                        + (log.condition() == null ? "-" : log.condition()) + " " + cached);
    }

    @ParameterizedTest
    @CsvSource({
        "a.org, a.org",
        "A.Org b, a.org",
        ".a.org, a.org",
        "*.A.org, *.a.org",
        "a.*, a.*",
        "~^A$, ~^A$",
        "'\"\"', ''",
    })
    void firstNameIsTheServersName(String written, String expected) throws ConfException {
        assertEquals(
                expected,
                new Conf(folder).server("server_name " + written + ";").name());
    }
}
