package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.request;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client gets nothing of the one before it, however that one left: connections are used again within the server. */
final class ClientsInTurnTest {
    private static final String PROBE = get("/say", "Connection: close");
    private static final String NOTHING_KNOWN = "1||||||/say||GET|0";

    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .file("www/a.txt", "Hello")
                .file("www/big.bin", new byte[3_000_000])
                .folder("www/put");
        site.program("www/run.cgi", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\ncat\n");
        site.program("www/slow.cgi", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nx'\nexec sleep 2\n");
        String say = "location = /say { return 200 \"$connection_requests|$proxy_protocol_addr|$remote_user|$args|"
                + "$cookie_c|$http_x_before|$uri|$1|$request_method|$bytes_sent\"; }"
                + "location = /gone { return 444; }";
        server = ServerProcess.start(site, ServerProcess.http("""
                server {
                    listen 127.0.0.1:@port@;
                    root www;
                    %1$s
                    location ~ ^/(a)[.]txt$ { }
                    location /put/ { dav_methods PUT; }
                    location ~ [.]cgi$ { cgi on; }
                }
                server {
                    listen 127.0.0.1:@port2@ proxy_protocol;
                    root www;
                    %1$s
                }
                """.formatted(say)));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    static List<Consumer<RawClient>> manners() {
        String known = Wire.lines("""
                GET /a.txt?args HTTP/1.1
                Host: other
                Authorization: Basic dTpw
                Cookie: c=1
                X-Before: yes

                """);
        return List.of(
                client -> {},
                client -> client.send("GET /half HTTP/1.1\r\nX-Before: ye"),
                client -> client.send("\r\n"),
                client -> client.send("BAD\r\n\r\n").readAll(),
                client -> client.send(known).read(),
                client -> client.send(known + known + "GET /ha"),
                client -> client.send(known).endOutput().readAll(),
                client -> client.send(get("/big.bin")).await(1000),
                client -> client.send(get("/gone")).readAll(),
                client -> client.send(request("PUT /put/x", "Content-Length: 4") + "ab"),
                client -> client.send(request("PUT /put/x", "Content-Length: 2") + "ab" + known)
                        .read(),
                client -> client.send(request("POST /a.txt", "Content-Length: 9000000") + "ab")
                        .readAll(),
                client -> client.send(request("POST /run.cgi", "Content-Length: 2") + "ab")
                        .read(),
                client -> client.send(get("/slow.cgi")).readHead(),
                client -> client.send(request("POST /run.cgi", "Transfer-Encoding: chunked") + "5\r\nab"),
                client -> client.send("PROXY TCP4 10.1.2.3 10.4.5.6 7 8\r\n" + known)
                        .readAll());
    }

    @ParameterizedTest
    @MethodSource("manners")
    void theNextClientIsANewOne(Consumer<RawClient> manner) {
        for (int round = 0; round < 3; round++) {
            try (RawClient client = server.connect()) {
                manner.accept(client);
            }
            assertEquals(NOTHING_KNOWN, server.ask(PROBE).content());
        }
    }

    @ParameterizedTest
    @MethodSource("manners")
    void theNextClientIsANewOneBehindAProxyToo(Consumer<RawClient> manner) {
        for (int round = 0; round < 3; round++) {
            try (RawClient client = RawClient.connect(server.port2())) {
                client.send("PROXY TCP4 10.1.2.3 10.4.5.6 7 8\r\n");
                manner.accept(client);
            }
            try (RawClient client = RawClient.connect(server.port2())) {
                String answer = client.send("PROXY UNKNOWN\r\n" + PROBE).read().content();
                assertEquals(NOTHING_KNOWN, answer);
            }
            assertEquals(NOTHING_KNOWN, server.ask(PROBE).content());
        }
    }
}
