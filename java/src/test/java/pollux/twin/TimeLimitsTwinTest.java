package pollux.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import pollux.wire.AtOnce;
import pollux.wire.RawClient;
import pollux.wire.Site;
import pollux.wire.Wait;

/**
 * Time limits that are over, and heads at the bounds of their buffers: what the client gets, how its connection ends, and what
 * the logs say of it. Both servers wait for all rows at the same time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimeLimitsTwinTest {
    /** Too much for all buffers on the way to a client that does not read. */
    private static final int LARGE = 24 << 20;

    private static final String SERVERS = """
            types { text/plain txt; text/html html; }
            log_format limits '$server_name|$request|$status|$body_bytes_sent|$request_completion|$connection_requests';
            large_client_header_buffers 2 1k; client_header_buffer_size 256;
            client_body_timeout 1s; send_timeout 1s; keepalive_timeout 1s;
            lingering_time 2s; lingering_timeout 1s;
            error_page 408 414 494 /page.html;
            server {
                listen 127.0.0.1:@port@ default_server;
                server_name plain;
                client_header_timeout 2s;
                root www;
                access_log run/@name@.limits.log limits;
                @locations@
            }
            server {
                listen 127.0.0.2:@port@ default_server;
                server_name reset;
                client_header_timeout 2s;
                reset_timedout_connection on;
                root www;
                access_log run/@name@.limits.log limits;
                @locations@
            }
            server {
                listen 127.0.0.3:@port@ default_server;
                server_name bounds;
                root www;
                access_log run/@name@.limits.log limits;
            }
            """;

    private static final String LOCATIONS = """
                location /dav/ { alias dav/@name@/; dav_methods PUT; client_max_body_size 1000; }
                location /s499 { return 499; }
                location /s444 { return 444; }
                location /text408 { return 408 text; }
                location /page408 { error_page 404 =408 /page.html; return 404; }
                location /told { keepalive_timeout 1s 7s; return 200 x; }
                location /unkept { keepalive_timeout 0; return 200 x; }
                location /kept { keepalive_timeout 60s; return 200 x; }
                location /once { keepalive_requests 1; return 200 x; }
                location /small { client_max_body_size 3; }
                location /small-off { client_max_body_size 3; lingering_close off; }
                location /small-always { client_max_body_size 3; lingering_close always; }
                location /always { lingering_close always; return 200 x; }
            """;

    private static final String PLAIN = "127.0.0.1";
    private static final String RESET = "127.0.0.2";
    private static final String BOUNDS = "127.0.0.3";

    /** What Pollux says to a client that is late, unless it is to be reset; nginx says nothing. */
    private static final String LATE = """
            HTTP/1.1 408 Request Time-out
            Content-Type: text/html
            Content-Length: 8
            Connection: close

            """.replace("\n", "\r\n") + "my page\n";

    private Twins twins;
    private final Map<String, String> outcomes = new HashMap<>();

    /**
     * What a client sends.
     *
     * @param host where it connects to
     * @param first what it sends at first
     * @param then what it sends when the first answer is there; {@code null} for nothing
     * @param unread whether it reads only when the server has given it up
     * @param told what Pollux says where nginx says nothing; {@code null} for the same
     */
    private record Sent(String host, String first, String then, boolean unread, String told) {
        String name() {
            String bytes = first + (then == null ? "" : " ... " + then);
            String shown = bytes.replace("\r\n", "|").replaceAll("([ux])\\1{30,}", "$1*");
            return host + " " + shown + " of " + bytes.length();
        }
    }

    private static Sent sent(String host, String first) {
        return new Sent(host, first, null, false, null);
    }

    private static List<Sent> rows() {
        List<Sent> rows = new ArrayList<>();
        for (String host : List.of(PLAIN, RESET)) {
            late(host, host.equals(PLAIN) ? LATE : null, rows);
            ended(host, rows);
        }
        bounds(rows);
        return rows;
    }

    /** Clients that say half of something, and no more. */
    private static void late(String host, String told, List<Sent> rows) {
        String kept = "GET /kept HTTP/1.1\r\nHost: h\r\n\r\n";
        String some = " HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc";
        for (String half : List.of(
                "GET /half-line HT",
                "GET /half-head HTTP/1.1\r\nHost: h\r\nX:",
                "PUT /dav/half" + some,
                "PUT /dav/half-chunk HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\na\r\nabc",
                kept + "GET /pipelined")) {
            rows.add(new Sent(host, half, null, false, told));
        }
        rows.add(new Sent(host, kept, "GET /second", false, told));
        rows.add(sent(host, ""));
        rows.add(sent(host, "\r\n"));
        rows.add(sent(host, "GET /a.txt?half" + some));
        rows.add(sent(host, "GET /a.txt?half-close" + some.replace("Content-", "Connection: close\r\nContent-")));
        rows.add(sent(host, "GET /%zz?half" + some));
        for (String place : List.of("small", "small-off", "small-always")) {
            rows.add(sent(host, "PUT /" + place + some));
        }
        rows.add(new Sent(host, "GET /large.bin?unread HTTP/1.1\r\nHost: h\r\n\r\n", null, true, null));
    }

    /** Connections that the server ends for other reasons. */
    private static void ended(String host, List<Sent> rows) {
        for (String target : List.of(
                "/a.txt?idle", "/told", "/unkept", "/once", "/always", "/s444", "/s499", "/text408", "/page408")) {
            rows.add(sent(host, "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n"));
            rows.add(sent(host, "GET " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"));
            rows.add(sent(host, "GET " + target + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
        }
        rows.add(sent(host, "x\r\n\r\n"));
    }

    /** Lines and heads at the bounds of the buffers, which hold 256, 1024 and 1024 bytes. */
    private static void bounds(List<Sent> rows) {
        for (int length : new int[] {255, 256, 257, 1023, 1024, 1025, 1026, 5000}) {
            rows.add(bound(line(length) + "Host: h\r\n"));
            rows.add(bound("GET /f HTTP/1.1\r\nHost: h\r\n" + field(length)));
        }
        for (int length : new int[] {1024, 1025}) {
            rows.add(sent(BOUNDS, line(length + 100).substring(0, length)));
            rows.add(sent(
                    BOUNDS,
                    "GET /g HTTP/1.1\r\nHost: h\r\n" + field(length + 100).substring(0, length)));
        }
        for (int count : new int[] {1, 2, 3, 4}) {
            for (int length : new int[] {60, 500, 1000}) {
                rows.add(bound("GET /" + count + " HTTP/1.1\r\nHost: h\r\n"
                        + field(length).repeat(count)));
            }
            rows.add(bound(line(1000) + "Host: h\r\n" + field(1000).repeat(count)));
        }
        rows.add(bound("GET /20 HTTP/1.1\r\nHost: h\r\n" + field(60).repeat(20)));
        rows.add(bound("GET /60 HTTP/1.1\r\nHost: h\r\n" + field(60).repeat(60)));
    }

    private static Sent bound(String head) {
        return sent(BOUNDS, head + "Connection: close\r\n\r\n");
    }

    private static String line(int length) {
        String end = " HTTP/1.1\r\n";
        return "GET /" + "u".repeat(length - 5 - end.length()) + end;
    }

    private static String field(int length) {
        return "X: " + "x".repeat(length - 5) + "\r\n";
    }

    @BeforeAll
    void start() throws Exception {
        Site site = Site.create().file("www/a.txt", "0123456789").file("www/page.html", "my page\n");
        site.file("www/large.bin", new byte[LARGE]);
        twins = Twins.start(site, SERVERS.replace("@locations@", LOCATIONS));
        List<AtOnce.Client> clients = new ArrayList<>();
        for (int which = 0; which < 2; which++) {
            int port = twins.ports().get(which);
            String log = which == 0 ? "run/nginx.error.log" : "run/error.log";
            for (Sent row : rows()) {
                String key = which + row.name();
                clients.add(() -> keep(key, talk(row, port, log)));
            }
        }
        AtOnce.run(clients);
    }

    private synchronized void keep(String key, String outcome) {
        outcomes.put(key, outcome);
    }

    @AfterAll
    void stop() {
        if (twins != null) {
            twins.close();
        }
    }

    /** All that comes, and how it ends. */
    private String talk(Sent row, int port, String log) throws IOException {
        try (Socket socket = new Socket()) {
            if (row.unread()) {
                socket.setReceiveBufferSize(4096);
            }
            socket.setSoTimeout((int) Wait.LIMIT_MS);
            socket.connect(new InetSocketAddress(InetAddress.getByName(row.host()), port));
            socket.getOutputStream().write(row.first().getBytes(StandardCharsets.ISO_8859_1));
            StringBuilder received = new StringBuilder();
            if (row.then() != null) {
                received.append((char) socket.getInputStream().read());
                socket.getOutputStream().write(row.then().getBytes(StandardCharsets.ISO_8859_1));
            }
            if (row.unread()) {
                String target = row.first().split(" ", -1)[1];
                String server = row.host().equals(PLAIN) ? "plain" : "reset";
                String line = ", server: " + server + ", request: \"GET " + target;
                Wait.until("the line on " + target, () -> twins.site().read(log).contains(line));
            }
            String end = readToEnd(socket, received);
            String answers = generalise(received.toString(), row.unread());
            return answers + end;
        }
    }

    private static String readToEnd(Socket socket, StringBuilder received) throws IOException {
        byte[] block = new byte[1 << 16];
        while (true) {
            int count;
            try {
                count = socket.getInputStream().read(block);
            } catch (java.net.SocketTimeoutException silent) {
                return "silent";
            } catch (IOException reset) {
                return "reset";
            }
            if (count < 0) {
                return "end";
            }
            received.append(new String(block, 0, count, StandardCharsets.ISO_8859_1));
        }
    }

    /** That a head which is too large is 431, and not 400, is told elsewhere. */
    private static String generalise(String received, boolean statusOnly) {
        if (statusOnly) {
            return received.isEmpty() ? "" : received.substring(0, received.indexOf("\r\n") + 2);
        }
        return received.replaceAll("\r\n(Date|Server|Last-Modified|ETag|Accept-Ranges): [^\r]*", "")
                .replaceAll("(nginx|pollux)/[0-9.]+", "<product>")
                .replaceAll("Content-Length: 1\\d\\d", "Content-Length: <page>")
                .replace("431 Request Header Fields Too Large", "400 Bad Request");
    }

    @TestFactory
    Stream<DynamicTest> answersAndEndsAreEqual() {
        return rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    String byNginx = outcomes.get(0 + row.name());
                    String byPollux = outcomes.get(1 + row.name());
                    if (row.told() == null) {
                        assertEquals(byNginx, byPollux);
                    } else {
                        assertEquals(byNginx.replaceFirst("end$", row.told() + "end"), byPollux);
                    }
                }));
    }

    @Test
    void accessLogsAreEqual() {
        int least = rows().size();
        Wait.until(() -> "as many lines: " + access("nginx") + " and " + access("pollux"), () -> {
            int count = access("nginx").size();
            return count >= least && count == access("pollux").size();
        });
        assertEquals(String.join("\n", access("nginx")), String.join("\n", access("pollux")));
    }

    /** Of what Pollux tells, and of what nobody read to its end, only the status is equal. */
    private List<String> access(String name) {
        return twins.site()
                .read("run/" + name + ".limits.log")
                .lines()
                .map(line -> line.replaceFirst("^(plain\\|.*\\|408\\|)\\d+\\|(OK)?", "$1")
                        .replaceFirst("(unread.*\\|200\\|)\\d+", "$1")
                        .replaceFirst("^(bounds\\|.*\\|)431\\|", "$1" + "400|")
                        .replace("HTTP/1.1\\x0D", "HTTP/1.1")
                        .replaceAll("u{100,}", "<long>"))
                .sorted()
                .toList();
    }

    @Test
    void errorLogsAreEqual() {
        List<List<String>> logs = new ArrayList<>();
        for (int which = 0; which < 2; which++) {
            String file = which == 0 ? "run/nginx.error.log" : "run/error.log";
            String name = which == 0 ? "nginx" : "pollux";
            ErrorLines lines =
                    new ErrorLines(twins.site(), file, name, twins.ports().get(which));
            try (RawClient client = RawClient.connect(twins.ports().get(which))) {
                client.send("GET /marker HTTP/1.0\r\n\r\n").readToEnd();
            }
            // How much is shown of a line depends on how it lies in buffers; nginx shows its end, too.
            logs.add(lines.takeUntil("/marker")
                    .replaceAll("(too long header line: \"X)[^\"]*\"", "$1\"")
                    .replace("HTTP/1.1\r", "HTTP/1.1")
                    .lines()
                    .filter(line -> line.contains("server: plain,")
                            || line.contains("server: reset,")
                            || line.contains("server: bounds,")
                            || line.contains("timed out"))
                    .sorted()
                    .toList());
        }
        assertEquals(String.join("\n", logs.get(0)), String.join("\n", logs.get(1)));
    }
}
