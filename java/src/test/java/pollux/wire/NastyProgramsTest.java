package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pollux.posix.Processes;

/**
 * Programs that do their worst, a row each: every one ends in a status, in time, and afterwards no process is left that it
 * has made, wherever that one went, but for those that left its process group.
 */
class NastyProgramsTest {
    private static final int KILL = 9;
    private static final String HEAD = "printf 'Content-Type: text/plain\\n\\n'; ";

    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        String program = "#!/bin/sh\neval \"$(cat \"$SITE/run/script\")\"\n";
        site = Site.create().program("www/run.sh", program).program("www/nph-run.sh", program);
        server = ServerProcess.start(site, ServerProcess.server("""
                        client_max_body_size 0;
                        cgi on; cgi_param SITE @site@;
                        location /long/ { alias www/; cgi_timeout 20s 20s; }
                        location /short/ { alias www/; cgi_timeout 400ms 200ms; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    @AfterEach
    void nothingIsLeft() {
        Wait.until(() -> "the end of " + made(), () -> made().isEmpty());
        Wait.until(() -> "children to be reaped: " + server.children(), () -> server.children()
                .isEmpty());
    }

    /** All processes, whoever their parents are, that have the variable which only programs of this site have. */
    private static List<Integer> made() {
        String variable = "SITE=" + site.path() + "\0";
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("\\d+"))
                    .map(Integer::valueOf)
                    .filter(pid -> Proc.read(pid, "environ").contains(variable))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String raw(String path, String script) {
        site.file("run/script", script);
        return server.exchange(Wire.get(path + "run.sh", "Connection: close"));
    }

    /** What no client gets is read to the program's end, or to a bound: the connection is free for the next request. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET  | printf 'Content-Type: a/b\\nContent-Length: 4\\n\\nfine and more'                       | fine | sent more than its Content-Length
            GET  | printf 'Content-Type: a/b\\nContent-Length: 4\\n\\nfine'; exec yes                      | fine | beyond the end of its answer
            GET  | printf 'Content-Type: a/b\\nContent-Length: 4\\n\\nfine'; exec >&-; sleep 1; kill -9 $$ | fine | was ended by signal 9
            HEAD | printf 'Content-Type: a/b\\n\\n'; exec yes                          | ``   | beyond the end of its answer
            HEAD | printf 'Content-Type: a/b\\n\\nbegin'; kill -9 $$                   | ``   | was ended by signal 9
            GET  | printf 'Status: 204\\n\\n'; exec yes                                | ``   | beyond the end of its answer
            """)
    void whatIsBeyondTheEndIsDropped(String method, String script, String content, String words) {
        site.file("run/script", script);
        try (RawClient client = server.connect()) {
            assertEquals(
                    content, client.ask(Wire.request(method + " /long/run.sh")).content());
            site.file("run/script", HEAD + "printf next");
            assertEquals("next", client.ask(Wire.get("/long/run.sh")).content());
        }
        server.awaitError(words);
    }

    private static void assertStatus(int status, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /long/  | 502 | exit 0                                                                    | ended before its header
            /long/  | 502 | exit 77                                                                   | ended before its header
            /long/  | 502 | exec >&- 2>&-; exit 1                                                     | ended before its header
            /long/  | 502 | printf 'Content-Type'                                                     | ended before its header
            /long/  | 502 | printf 'Content-Type: a/b\\n'                                             | ended before its header
            /long/  | 502 | printf 'Content-Type: a\\000b\\n\\nx'                                     | sent an invalid header
            /long/  | 502 | printf 'Content-\\000Type: a/b\\n\\nx'                                    | sent an invalid header
            /long/  | 502 | printf '\\377\\376\\n\\n'                                                 | sent an invalid header
            /long/  | 502 | printf 'Status: 99999\\n\\n'                                              | sent an invalid header
            /long/  | 502 | printf 'Content-Length: -1\\n\\n'                                         | sent an invalid header
            /long/  | 502 | exec head -c 1000000 /dev/urandom                                         | sent an invalid header
            /long/  | 502 | exec cat /dev/zero                                                        | sent an invalid header
            /long/  | 502 | exec yes x                                                                | sent an invalid header
            /long/  | 502 | exec yes 'X-A: b'                                                         | sent an invalid header
            /long/  | 502 | (sleep 600; echo late) & exit 0                                           | ended before its header
            /long/  | 502 | (trap '' TERM HUP INT; sleep 600) & (sleep 600 & sleep 600) & exit 0      | ended before its header
            /short/ | 504 | sleep 600                                                                 | (cgi_timeout)
            /short/ | 504 | sleep 600 & sleep 600 & wait                                              | (cgi_timeout)
            /short/ | 504 | trap '' TERM HUP INT QUIT; while :; do sleep 1; done                      | (cgi_timeout)
            /short/ | 504 | trap 'trap "" TERM; sleep 600' TERM; while :; do sleep 1; done            | (cgi_timeout)
            /short/ | 504 | kill -STOP $$                                                             | (cgi_timeout)
            /short/ | 504 | while :; do :; done                                                       | (cgi_timeout)
            /short/ | 504 | exec <&- 2>&-; sleep 600                                                  | (cgi_timeout)
            /short/ | 504 | yes complaint >&2                                                         | (cgi_timeout)
            /short/ | 504 | for i in 1 2 3 4 5 6 7 8; do (trap '' TERM; sleep 600; sleep 600) & done; wait | (cgi_timeout)
            """)
    void whatNeverAnswersIsAnError(String place, int status, String script, String words) {
        assertStatus(status, raw(place, script.replace("\\\\", "\\")));
        server.awaitError(words);
    }

    /** Nothing more is said of an answer that has begun; it must not look whole. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sleep 600
            trap '' TERM; sleep 600
            sleep 600 & trap '' TERM; wait
            kill -STOP $$
            """)
    void whatStopsInTheMiddleIsCut(String script) {
        String answer = raw("/short/", HEAD + "printf begin; " + script);
        assertStatus(200, answer);
        assertTrue(answer.endsWith("5\r\nbegin\r\n"), answer);
    }

    /** A program that a signal ends may have had more to say, however much it has said: its answer must not look whole. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            kill -9 $$
            kill -11 $$
            kill -15 $$
            sleep 0.1; kill -6 $$
            sleep 600 & kill -9 $$
            exec python3 -c 'import os; os.write(1, b"x" * 100000); os.abort()'
            """)
    void whatIsKilledInTheMiddleIsCut(String script) {
        String answer = raw("/long/", HEAD + "printf begin; " + script);
        assertStatus(200, answer);
        assertTrue(answer.contains("\r\nTransfer-Encoding: chunked\r\n"), answer);
        assertTrue(answer.contains("\r\n\r\n5\r\nbegin\r\n"), answer);
        assertFalse(answer.endsWith("\r\n0\r\n\r\n"), answer);
        server.awaitError("ended before its content was complete");
    }

    /** Where only the end of the connection says where the content ends, it is no orderly end. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /long/run.sh     | Content-Type: text/plain\\n\\n | kill -9 $$
            /short/run.sh    | Content-Type: text/plain\\n\\n | sleep 600
            /long/nph-run.sh | HTTP/1.0 200 OK\\r\\n\\r\\n    | kill -11 $$
            """)
    void whatIsKilledBeforeTheEndOfTheConnectionResetsIt(String path, String head, String script) throws IOException {
        site.file("run/script", "printf '" + head + "begin'; " + script);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            assertThrows(SocketException.class, in::readAllBytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"printf fine", "printf fine; exit 3", "printf fine; exec >&-; sleep 600"})
    void whatEndsByItselfIsWholeWithoutLengthOrChunks(String script) throws IOException {
        site.file("run/script", HEAD + script);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("GET /short/run.sh HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(answer.endsWith("\r\n\r\nfine"), answer);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sleep 0.1; printf fine                                       | /long/
            printf fine; exit 3                                          | /long/
            printf fine; exec >&-; sleep 600                             | /short/
            printf fine; exec >&-; trap '' TERM; sleep 600               | /short/
            printf fine; (sleep 600; echo late) &                        | /long/
            printf fine; exec <&- >&- 2>&-; sleep 600 & sleep 600        | /short/
            exec <&-; printf fine                                        | /long/
            exec 2>&-; printf fine; echo complaint >&2                   | /long/
            printf fine; printf 'a\\033[31mb\\000c\\rd\\n[emerg] forged\\n' >&2 | /long/
            """)
    void whatAnswersIsHeardWhateverItDoesBesides(String script, String place) {
        String answer = raw(place, HEAD + script.replace("\\\\", "\\"));
        assertStatus(200, answer);
        assertTrue(answer.contains("4\r\nfine\r\n"), answer);
        assertTrue(answer.endsWith("0\r\n\r\n"), answer);
        assertTrue(server.errorLog().chars().noneMatch(c -> c < ' ' && c != '\n'), "a control character in the log");
        assertTrue(server.errorLog().lines().noneMatch(line -> line.startsWith("[emerg]")), "a forged line");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 31})
    void everySignalThatEndsItIsNamed(int signal) {
        assertStatus(502, raw("/long/", "kill -" + signal + " $$; sleep 600"));
        server.awaitError("was ended by signal " + signal);
    }

    /** It is read all the same, or the program would wait for ever. */
    @Test
    void ofEndlessComplaintsTheBeginningIsLogged() {
        long before = logged();
        raw("/long/", HEAD + "i=0; while [ $i -lt 40000 ]; do echo complaint; i=$((i+1)); done >&2; printf fine");
        server.awaitError("CGI program sent 390000 more bytes in stderr, which are not logged");
        assertEquals(1_000, logged() - before);
    }

    private static long logged() {
        return server.errorLog()
                .lines()
                .filter(line -> line.contains("CGI program sent in stderr: \"complaint\""))
                .count();
    }

    /** A gibibyte is announced and sent as long as it is taken: pipe and buffers are full soon, and then it waits. */
    @Test
    void contentThatIsNeverReadCostsNothing() throws IOException {
        site.file("run/script", "sleep 600");
        long before = Proc.memory(server.pid(), "VmRSS");
        byte[] block = new byte[64 * 1024];
        String answer;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            Thread sender = new Thread(() -> send(socket, block), "sender");
            sender.start();
            answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            assertTrue(Proc.memory(server.pid(), "VmRSS") - before < 16 << 20);
        }
        assertEquals("HTTP/1.1 504", answer);
    }

    private static void send(Socket socket, byte[] block) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(Wire.request("POST /short/run.sh", "Content-Length: " + (1L << 30))
                    .getBytes(StandardCharsets.ISO_8859_1));
            for (long sent = 0; sent < 1L << 30; sent += block.length) {
                out.write(block);
            }
        } catch (IOException closed) {
            Thread.onSpinWait();
        }
    }

    /**
     * Who makes a session of its own is in no group that could be ended. It keeps no request, descriptor or place in the
     * line: the answer ends by cgi_timeout though it holds the output, and the process itself is its owner's affair.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            setsid sh -c 'trap "" TERM; echo $$ >$SITE/run/pid; sleep 600' & sleep 600   | 504 | (cgi_timeout)
            setsid sh -c 'echo $$ >$SITE/run/pid; sleep 600' & while [ ! -s $SITE/run/pid ]; do sleep 0.02; done; exit 0 | 504 | (cgi_timeout)
            """)
    void whoLeavesTheGroupLivesButHoldsNothing(String script, int status, String words) throws IOException {
        List<String> before = descriptors();
        Files.deleteIfExists(site.path("run/pid"));
        assertStatus(status, raw("/short/", script));
        server.awaitError(words);
        Wait.until(() -> "descriptors to be closed: " + descriptors(), () -> descriptors()
                .equals(before));
        Wait.until("no child", () -> server.children().isEmpty());
        Wait.until("its pid", () -> !site.read("run/pid").isBlank());
        int pid = Integer.parseInt(site.read("run/pid").strip());
        assertEquals(0, Processes.signal(pid, 0), "it lives");
        for (int left : made()) {
            Processes.signal(left, KILL);
        }
    }

    private static List<String> descriptors() {
        return server.descriptors().stream()
                .filter(name -> name.equals("pipe") || name.equals("socket") || name.contains("pidfd"))
                .toList();
    }
}
