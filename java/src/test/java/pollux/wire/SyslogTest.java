package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pollux.posix.Signals;

/** Log lines as datagrams: their form, and a server that goes on when nobody takes them. */
final class SyslogTest {
    private Site site;
    private ServerProcess server;
    private DatagramSocket log;

    @BeforeEach
    void start() throws IOException {
        site = Site.create().file("www/a.txt", "Hello");
        log = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        log.setSoTimeout((int) Wait.LIMIT_MS);
        server = ServerProcess.start(
                site, ServerProcess.http("""
                log_format line '$request';
                server {
                    listen 127.0.0.1:@port@;
                    root www;
                    location /lost/ { return 200 lost; access_log syslog:server=unix:/nosuch/socket line; }
                    location /gone/ { return 200 gone; access_log syslog:server=127.0.0.1:@port2@ line; }
                    access_log syslog:server=127.0.0.1:@log@,facility=local3,severity=notice,tag=t_1,nohostname line;
                    error_log syslog:server=127.0.0.1:@log@,facility=user,tag=err error;
                }
                """.replace("@log@", Integer.toString(log.getLocalPort()))));
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
        site.close();
    }

    private String datagram() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        log.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1)
                .replaceFirst(">[A-Z][a-z]{2} [ 1-3]\\d \\d\\d:\\d\\d:\\d\\d ", ">TIME ");
    }

    @Test
    void eachLineIsADatagramInTheOrderOfWriting() throws IOException {
        server.ask(get("/a.txt?1"));
        server.ask(get("/missing"));
        server.ask(get("/a.txt?2"));
        assertEquals("<157>TIME t_1: GET /a.txt?1 HTTP/1.1", datagram());
        String error = datagram();
        assertTrue(
                error.matches(
                        "<11>TIME \\S+ err: \\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d \\[error\\] \\d+#0: \\*\\d+ open\\(\\) .*"
                                + ", client: 127.0.0.1, server: , request: \"GET /missing HTTP/1.1\", host: \"h\""),
                error);
        assertEquals("<157>TIME t_1: GET /missing HTTP/1.1", datagram());
        assertEquals("<157>TIME t_1: GET /a.txt?2 HTTP/1.1", datagram());
    }

    @Test
    void lastLineIsSentBeforeTheEnd() throws IOException {
        try (RawClient client = server.connect()) {
            client.ask(get("/a.txt", "Connection: close"));
        }
        server.signal(Signals.QUIT);
        assertEquals(0, server.awaitExit());
        assertEquals("<157>TIME t_1: GET /a.txt HTTP/1.1", datagram());
    }

    @Test
    void serverGoesOnWhenNobodyListens() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertEquals("gone", server.ask(get("/gone/")).content());
            assertEquals("lost", server.ask(get("/lost/")).content());
        }
        server.awaitError("lines were not sent to the syslog server \"/nosuch/socket\"");
        server.ask(get("/a.txt"));
        assertEquals("<157>TIME t_1: GET /a.txt HTTP/1.1", datagram());
    }
}
