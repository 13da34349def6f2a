package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which server block answers: by address, by port, and by the host's name in nginx's order. */
final class VirtualHostsTest {
    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .file("more/a.conf", "location = /a { return 200 a; }")
                .file("more/b.conf", "location = /b { return 200 b; }");
        server = ServerProcess.start(site, ServerProcess.http("""
                server { listen 127.0.0.1:@port@; server_name first; return 200 "first $host"; }
                server { listen 127.0.0.1:@port@; server_name exact.example Other.Example "";
                         return 200 "exact $server_name"; }
                server { listen 127.0.0.1:@port@; server_name *.example; return 200 "leading"; }
                server { listen 127.0.0.1:@port@; server_name *.deep.example; return 200 "deeper"; }
                server { listen 127.0.0.1:@port@; server_name www.*; return 200 "trailing"; }
                server { listen 127.0.0.1:@port@; server_name .dot.test; return 200 "dot"; }
                server { listen 127.0.0.1:@port@; server_name ~^(?<who>[a-z]+)\\.reg\\.test$; return 200 "regex $who"; }
                server { listen 127.0.0.1:@port@; server_name ~^b; return 200 "second regex"; }
                server { listen 127.0.0.1:@port2@; server_name one; return 200 "one"; }
                server { listen 127.0.0.1:@port2@ default_server; server_name two; return 200 "two"; }
                server { listen [::1]:@port@; return 200 "six $server_addr $server_port $remote_addr"; }
                server { listen unix:run/http.sock; return 200 "unix $remote_addr"; }
                server { listen @port2@; return 200 "any $server_addr"; }
                server { listen 127.0.0.1:@port3@; include more/*.conf; include more/none*.conf; }
                """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            first               | first first
            unknown             | first unknown
            UNKNOWN             | first unknown
            exact.example       | exact exact.example
            EXACT.example       | exact exact.example
            exact.example.      | exact exact.example
            exact.example:99    | exact exact.example
            other.example       | exact exact.example
            a.example           | leading
            a.b.example         | leading
            example             | first example
            a.deep.example      | deeper
            www.test            | trailing
            www.exact.example   | leading
            dot.test            | dot
            a.dot.test          | dot
            adot.test           | first adot.test
            abc.reg.test        | regex abc
            bcd.reg.test        | regex bcd
            bcd                 | second regex
            127.0.0.1           | first 127.0.0.1
            """)
    void namesInOrder(String host, String content) {
        assertEquals(
                content,
                server.ask("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").content());
    }

    @Test
    void requestWithoutAHostGoesToTheEmptyName() {
        assertEquals("exact exact.example", server.ask("GET / HTTP/1.0\r\n\r\n").content());
    }

    @Test
    void absoluteTargetWinsOverTheHostField() {
        String request = "GET http://a.dot.test/ HTTP/1.1\r\nHost: first\r\n\r\n";
        assertEquals("dot", server.ask(request).content());
    }

    @Test
    void everyRequestOfAConnectionChoosesAnew() {
        try (RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: dot.test\r\n\r\nGET / HTTP/1.1\r\nHost: www.test\r\n\r\n");
            assertEquals("dot", client.read().content());
            assertEquals("trailing", client.read().content());
        }
    }

    @Test
    void portsAndDefaultServers() {
        assertEquals("two", ask(RawClient.connect(server.port2()), "x"));
        assertEquals("one", ask(RawClient.connect(server.port2()), "one"));
        assertEquals("any 127.0.0.3", ask(RawClient.connect("127.0.0.3", server.port2()), "one"));
    }

    @Test
    void ipv6AndUnixSockets() {
        String six = ask(RawClient.connect("::1", server.port()), "h");
        assertEquals("six ::1 " + server.port() + " ::1", six);
        assertEquals("unix unix:", ask(RawClient.connect(site.path("run/http.sock")), "h"));
    }

    @Test
    void includedFiles() {
        try (RawClient client = RawClient.connect(server.port3())) {
            assertEquals("a", client.ask(Wire.get("/a")).content());
            assertEquals("b", client.ask(Wire.get("/b")).content());
        }
    }

    private static String ask(RawClient client, String host) {
        try (client) {
            return client.ask("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").content();
        }
    }
}
