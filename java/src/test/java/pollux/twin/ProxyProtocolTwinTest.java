package pollux.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import pollux.wire.RawClient;
import pollux.wire.Site;
import pollux.wire.Wait;

/** {@code listen ... proxy_protocol}: what both servers make of the header before the first request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyProtocolTwinTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final String FOUR = "\1\2\3\4\5\6\7\10\0\120\37\220";
    private static final String SIX =
            "\40\1\15\270\0\0\0\0\0\0\0\0\0\0\0\1" + "\0\0\0\0\0\0\0\0\0\0\377\377\300\0\2\1" + "\377\377\0\1";

    private Twins twins;

    @BeforeAll
    void start() {
        twins = Twins.start(Site.create(), """
                server {
                    listen 127.0.0.1:@port@;
                    listen 127.0.0.2:@port@ proxy_protocol;
                    return 200 "$proxy_protocol_addr $proxy_protocol_port $proxy_protocol_server_addr $proxy_protocol_server_port $remote_addr $server_addr";
                }
                server {
                    listen 127.0.0.2:@port@;
                    server_name other;
                    return 200 "other $proxy_protocol_addr";
                }
                """);
    }

    @AfterAll
    void stop() {
        if (twins != null) {
            twins.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> answersAreEqual() {
        return Stream.of(
                        "PROXY TCP4 1.2.3.4 5.6.7.8 1000 8080\r\n" + GET,
                        "PROXY TCP4 1.2.3.4 5.6.7.8 1000 8080\r\n" + GET.replace(": h", ": other"),
                        "PROXY TCP4 ::1 fe80::Ab 0 65535\r\n" + GET,
                        "PROXY TCP6 ::1 1.2.3.4 1 2\r\n" + GET,
                        "PROXY TCP6 x 1.2.3.4 1 2\r\n" + GET,
                        "PROXY TCP4 1.2.3.4 5.6.7.8 1 65536\r\n" + GET,
                        "PROXY TCP4 1.2.3.4 5.6.7.8 x 1\r\n" + GET,
                        "PROXY TCP4 1.2.3.4 5.6.7.8 1\r\n" + GET,
                        "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\n" + GET,
                        "PROXY TCP4 1.2.3.4 5.6.7.8 1 2 \r\n" + GET,
                        "PROXY TCP4 1.2.3.4  5.6.7.8 1 2\r\n" + GET,
                        "PROXY UNKNOWN\r\n" + GET,
                        "PROXY UNKNOWN some thing\r\n" + GET,
                        "PROXY UNKNOWN a\rb\nc\r\n" + GET,
                        "PROXY UDP4 1.2.3.4 5.6.7.8 1 2\r\n" + GET,
                        "PROXY\r\n" + GET,
                        "proxy UNKNOWN\r\n" + GET,
                        GET,
                        "\r\n" + GET,
                        "PROXY UNKNOWN\r\nPROXY UNKNOWN\r\n" + GET,
                        SIGNATURE + "\41\21\0\14" + FOUR + GET,
                        SIGNATURE + "\41\21\0\23" + FOUR + "\4\0\4abcd" + GET,
                        SIGNATURE + "\41\41\0\44" + SIX + GET,
                        SIGNATURE + "\41\41\0\14" + FOUR + GET,
                        SIGNATURE + "\41\22\0\14" + FOUR + GET,
                        SIGNATURE + "\41\61\0\4path" + GET,
                        SIGNATURE + "\41\0\0\0" + GET,
                        SIGNATURE + "\40\0\0\0" + GET,
                        SIGNATURE + "\40\21\0\14" + FOUR + GET,
                        SIGNATURE + "\42\21\0\14" + FOUR + GET,
                        SIGNATURE + "\61\21\0\14" + FOUR + GET,
                        SIGNATURE + "\21\21\0\14" + FOUR + GET,
                        SIGNATURE + "\41\21\377\377" + FOUR + GET)
                .map(bytes -> DynamicTest.dynamicTest(
                        "> " + bytes.substring(0, bytes.length() - GET.length()).replaceAll("[^ -~]", "."),
                        () -> assertEquals(
                                answer(twins.ports().get(0), bytes),
                                answer(twins.ports().get(1), bytes))));
    }

    /** nginx refuses a header that it does not get with its first read; a proxy cannot know how the network cuts. */
    @Test
    void headerMayComeInPieces() {
        String bytes = "PROXY TCP4 1.2.3.4 5.6.7.8 1000 8080\r\n" + GET;
        try (RawClient client = RawClient.connect("127.0.0.2", twins.ports().get(1))) {
            client.sendPieces(
                    bytes.chars().mapToObj(c -> String.valueOf((char) c)).toList());
            assertEquals("1.2.3.4 1000 5.6.7.8 8080 127.0.0.1 127.0.0.2", content(client.readAll()));
        }
    }

    /** What nginx gets with its first read is no header; Pollux waits for the rest until the client closes. */
    @Test
    void headerThatBreaksOffIsAClosedConnection() {
        List<String> told = List.of(
                " broken header: \"PROXY TCP4 1.2\" while reading PROXY protocol,",
                " client closed connection while reading PROXY protocol,");
        List<String> logs = List.of("run/nginx.error.log", "run/error.log");
        for (int i = 0; i < 2; i++) {
            String log = logs.get(i);
            String line = told.get(i);
            try (RawClient client = RawClient.connect("127.0.0.2", twins.ports().get(i))) {
                client.send("PROXY TCP4 1.2").endOutput().readAll();
            }
            Wait.until(
                    () -> line + " in " + twins.site().read(log),
                    () -> twins.site().read(log).contains(line));
        }
    }

    /** The header is the connection's: later requests have its addresses too. */
    @Test
    void addressesHoldForEveryRequest() {
        try (RawClient client = RawClient.connect("127.0.0.2", twins.ports().get(1))) {
            String first = client.ask("PROXY TCP4 1.2.3.4 5.6.7.8 1000 8080\r\nGET / HTTP/1.1\r\nHost: other\r\n\r\n")
                    .content();
            assertEquals("other 1.2.3.4", first);
            assertEquals(
                    "other 1.2.3.4",
                    client.ask("GET / HTTP/1.1\r\nHost: other\r\n\r\n").content());
        }
    }

    private static String answer(int port, String bytes) {
        try (RawClient client = RawClient.connect("127.0.0.2", port)) {
            client.send(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return content(client.readAll());
        }
    }

    private static String content(String all) {
        if (all.isEmpty()) {
            return "closed";
        }
        String status = all.substring(9, 12);
        return status.equals("200") ? all.substring(all.indexOf("\r\n\r\n") + 4) : status;
    }
}
