package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static pollux.wire.Wire.chunked;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.request;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Clients that send a little now and then, for ever: each is let go, because what bounds a wait is not put off by a byte that
 * is not waited for; and bounds that hold for each request of a connection, not only for its first.
 */
final class DribblesTest {
    private static final int PAUSE_MS = 50;
    private static final int MOST_PIECES = 600;

    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create().file("www/a.txt", "0123456789").folder("www/put");
        server = ServerProcess.start(site, ServerProcess.server("""
                        client_header_timeout 400ms;
                        client_body_timeout 10s;
                        keepalive_timeout 10s;
                        lingering_time 1s;
                        lingering_timeout 500ms;
                        client_max_body_size 100;
                        location /put/ { dav_methods PUT; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    /** In rows: {@code ~} is CR LF, {@code _} a space. */
    private static String unfold(String row) {
        return row == null ? "" : row.replace("~", "\r\n").replace("_", " ");
    }

    /** Sends the beginning, then the piece again and again until the server ends the connection; the status codes it gave. */
    private static String dribble(String beginning, String piece) {
        StringBuilder received = new StringBuilder();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(PAUSE_MS);
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
            byte[] block = new byte[65_536];
            for (int i = 0; i < MOST_PIECES; i++) {
                try {
                    int count = socket.getInputStream().read(block);
                    if (count < 0) {
                        return statuses(received);
                    }
                    received.append(new String(block, 0, count, StandardCharsets.ISO_8859_1));
                } catch (SocketTimeoutException silent) {
                    if (!send(socket, piece)) {
                        return statuses(received);
                    }
                } catch (IOException reset) {
                    return statuses(received);
                }
            }
            return statuses(received) + " and no end";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean send(Socket socket, String piece) {
        try {
            socket.getOutputStream().write(piece.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    private static String statuses(CharSequence received) {
        StringBuilder codes = new StringBuilder();
        for (String part : received.toString().split("HTTP/1\\.1 ", -1)) {
            codes.append(part.matches("(?s)\\d{3} .*") ? " " + part.substring(0, 3) : "");
        }
        return codes.toString().strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            a head, line by line                | GET_/a.txt_HTTP/1.1~                                            | X:_y~       | 408
            a request line                      | GET_/                                                           | a           | 408
            a field                             | GET_/a.txt_HTTP/1.1~X:_                                         | a           | 408
            the second head                     | GET_/a.txt_HTTP/1.1~Host:_h~~GET_/                              | a           | 200 408
            nothing                             | -                                                               | -           | -
            an empty line                       | ~                                                               | -           | -
            an empty line on a kept connection  | GET_/a.txt_HTTP/1.1~Host:_h~~~                                  | -           | 200
            content nobody wants                | POST_/missing_HTTP/1.1~Host:_h~Content-Length:_99~~             | a           | 404
            content nobody wants, and no more   | POST_/missing_HTTP/1.1~Host:_h~Content-Length:_99~~             | -           | 404
            chunks nobody wants, without end    | POST_/missing_HTTP/1.1~Host:_h~Transfer-Encoding:_chunked~~     | 1~a~        | 404
            a chunk's extension nobody wants    | POST_/missing_HTTP/1.1~Host:_h~Transfer-Encoding:_chunked~~1;a  | a           | 404
            a trailer nobody wants              | POST_/missing_HTTP/1.1~Host:_h~Transfer-Encoding:_chunked~~0~   | X:_y~       | 404
            content that is too large           | PUT_/put/x_HTTP/1.1~Host:_h~Content-Length:_1000~~              | a           | 413
            chunks that are too large           | PUT_/put/x_HTTP/1.1~Host:_h~Transfer-Encoding:_chunked~~3e8~    | a           | 413
            behind a refusal                    | BAD~~                                                           | a           | 400
            behind close                        | GET_/a.txt_HTTP/1.1~Host:_h~Connection:_close~~                 | a           | 200
            """)
    void clientThatDribblesIsLetGo(String what, String beginning, String piece, String statuses) {
        assertEquals(statuses == null ? "" : statuses, dribble(unfold(beginning), unfold(piece)), what);
    }

    /** What is too much is refused at the size, before a byte of it: who has the answer need not send the rest. */
    @Test
    void chunkThatAnnouncesTooMuchIsRefusedBeforeItComes() {
        try (RawClient client = server.connect()) {
            client.send(request("PUT /put/x", "Transfer-Encoding: chunked") + "65\r\n");
            assertEquals(413, client.read().status());
            client.endOutput().assertEnded();
        }
    }

    @Test
    void boundsOfChunksAndEmptyLinesAreThoseOfOneRequest() {
        String extension = ";" + "e".repeat(10_000);
        String trailer = "T: " + "t".repeat(6_000) + "\r\n";
        String good = "\r\n".repeat(8) + request("PUT /put/bounds", "Transfer-Encoding: chunked") + "1" + extension
                + "\r\na\r\n0\r\n" + trailer + "\r\n";
        try (RawClient client = server.connect()) {
            for (int i = 0; i < 30; i++) {
                assertEquals(i == 0 ? 201 : 204, client.ask(good).status(), "request " + i);
            }
            client.send(request("PUT /put/bounds", "Transfer-Encoding: chunked"));
            client.send("1" + extension + "\r\na\r\n1" + extension + "\r\na\r\n0\r\n\r\n");
            assertEquals(400, client.read().status());
            client.endOutput().assertEnded();
        }
    }

    @Test
    void boundsHoldForALaterRequestToo() {
        String[] bad = {
            "\r\n".repeat(9) + get("/a.txt"),
            request("PUT /put/bounds", "Transfer-Encoding: chunked") + "0\r\n" + "T: " + "t".repeat(9_000) + "\r\n\r\n",
            request("PUT /put/bounds", "Transfer-Encoding: chunked") + "0".repeat(65) + "\r\n\r\n"
        };
        for (String late : bad) {
            try (RawClient client = server.connect()) {
                for (int i = 0; i < 5; i++) {
                    assertEquals(200, client.ask("\r\n" + get("/a.txt")).status());
                    assertEquals(
                            405,
                            client.ask(request("POST /a.txt", "Transfer-Encoding: chunked") + chunked("a"))
                                    .status());
                }
                assertEquals(400, client.ask(late).status());
                client.endOutput().assertEnded();
            }
        }
    }
}
