package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code cgi_limits}: programs that run into each of them, and those beside that have none. */
class CgiLimitsTest {
    private static final String HEAD = "import os, resource, sys\nprint('Content-Type: text/plain\\n', flush=True)\n";

    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .program("www/time.py", "while True: pass\n")
                .program("www/memory.py", HEAD + """
                        try:
                            bytearray(512 << 20)
                            print('had it')
                        except MemoryError:
                            print('no memory')
                        """)
                .program("www/descriptors.py", HEAD + """
                        opened = []
                        try:
                            while True: opened.append(os.open('/dev/null', os.O_RDONLY))
                        except OSError as e:
                            print(max(opened), e.errno)
                        """)
                .program("www/file.py", HEAD + """
                        try:
                            with open('@/run/large', 'wb', buffering=0) as f:
                                f.write(bytes(65536))
                                f.write(b'x')
                            print('all of it')
                        except OSError as e:
                            print(os.path.getsize('@/run/large'), e.errno)
                        """.replace("@", "SITE"))
                .program("www/filled.sh", "#!/bin/sh\nexec head -c 100000 /dev/zero >\"$SITE/run/filled\"\n")
                .program("www/told.py", HEAD + """
                        for name in 'CPU', 'AS', 'NOFILE', 'NPROC', 'FSIZE', 'CORE':
                            soft, hard = resource.getrlimit(getattr(resource, 'RLIMIT_' + name))
                            print(name, soft if soft == hard else '%d of %d' % (soft, hard))
                        """);
        site.file(
                "www/file.py",
                site.read("www/file.py").replace("SITE", site.path().toString()));
        server = ServerProcess.start(site, ServerProcess.server("""
                        cgi_assign .py python3; cgi_assign .sh /bin/sh; cgi_param SITE @site@;
                        cgi_timeout 20s;
                        cgi_limits cpu=1s as=384m nofile=16 nproc=30000 fsize=64k;
                        location /part/ { alias www/; cgi_limits nofile=20 cpu=1m; }
                        location /free/ { alias www/; cgi_limits off; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    private static String get(String path) {
        return server.ask(Wire.get(path, "Connection: close")).content();
    }

    @Test
    void timeOfTheProcessorEndsAndTheSignalIsLogged() {
        assertEquals(502, server.ask(Wire.get("/time.py", "Connection: close")).status());
        server.awaitError("/python3\" was ended by signal 24");
    }

    @Test
    void memoryEnds() {
        assertEquals("no memory\n", get("/memory.py"));
        assertEquals("had it\n", get("/free/memory.py"));
    }

    @Test
    void descriptorsEnd() {
        assertEquals("15 24\n", get("/descriptors.py"));
        assertEquals("19 24\n", get("/part/descriptors.py"));
    }

    /** Python ignores SIGXFSZ and is told by EFBIG; whoever does not is ended by it. */
    @Test
    void filesEnd() {
        assertEquals("65536 27\n", get("/file.py"));
        assertEquals("all of it\n", get("/free/file.py"));
        assertEquals(502, server.ask(Wire.get("/filled.sh")).status());
        server.awaitError("/sh\" was ended by signal 25");
        assertEquals(65_536, site.read("run/filled").length());
    }

    @Test
    void limitsAreThoseOfTheInnermostLevelAsAWhole() {
        String own = get("/free/told.py");
        assertEquals("""
                CPU 1 of 2
                AS 402653184
                NOFILE 16
                NPROC 30000
                FSIZE 65536
                """ + line(own, "CORE"), get("/told.py"));
        assertEquals(
                "CPU 60 of 61\n" + line(own, "AS") + "NOFILE 20\n" + line(own, "NPROC") + line(own, "FSIZE")
                        + line(own, "CORE"),
                get("/part/told.py"));
    }

    private static String line(String text, String name) {
        return text.lines()
                        .filter(line -> line.startsWith(name + " "))
                        .findFirst()
                        .orElseThrow()
                + "\n";
    }
}
