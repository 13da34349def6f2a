package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms of listen, the default among servers, and which sockets a configuration opens. */
class ListenTest {
    @TempDir
    Path folder;

    static Stream<Arguments> forms() {
        return Conf.rows("""
                8080                     => 0.0.0.0:8080 wildcard
                *:8080                   => 0.0.0.0:8080 wildcard
                *                        => 0.0.0.0:80 wildcard
                0.0.0.0:81               => 0.0.0.0:81 wildcard
                127.0.0.1                => 127.0.0.1:80
                127.0.0.1:8080           => 127.0.0.1:8080
                127.0.0.1:8080-8082      => 127.0.0.1:8080 127.0.0.1:8081 127.0.0.1:8082
                8080-8081                => 0.0.0.0:8080 wildcard 0.0.0.0:8081 wildcard
                [::1]                    => [::1]:80
                [::1]:65535              => [::1]:65535
                [::]:80                  => [::]:80 wildcard
                [0:0:0:0:0:0:0:0]:80     => [::]:80 wildcard
                [2001:DB8:0:0:1:0:0:1]:1 => [2001:db8::1:0:0:1]:1
                [2001:db8:0:1:1:1:1:1]:1 => [2001:db8:0:1:1:1:1:1]:1
                [fe80::]:1               => [fe80::]:1
                [::ffff:1.2.3.4]:1       => [::ffff:1.2.3.4]:1
                unix:/run/x.sock         => unix:/run/x.sock
                """);
    }

    static Stream<Arguments> refusals() {
        return Conf.rows("""
                99999                    => invalid port in "99999" of the "listen" directive
                0                        => invalid port in "0" of the "listen" directive
                127.0.0.1:0              => invalid port in "127.0.0.1:0" of the "listen" directive
                127.0.0.1:               => invalid port in "127.0.0.1:" of the "listen" directive
                127.0.0.1:+1             => invalid port in "127.0.0.1:+1" of the "listen" directive
                127.0.0.1:8005-          => invalid port in "127.0.0.1:8005-" of the "listen" directive
                8010-8005                => invalid port range in "8010-8005" of the "listen" directive
                [::1                     => invalid host in "[::1" of the "listen" directive
                [::1]x                   => invalid host in "[::1]x" of the "listen" directive
                []:80                    => no host in "[]:80" of the "listen" directive
                [::x]:80                 => invalid IPv6 address in "[::x]:80" of the "listen" directive
                :80                      => no host in ":80" of the "listen" directive
                unix:                    => no path in the unix domain socket in "unix:" of the "listen" directive
                nowhere.invalid:80       => host not found in "nowhere.invalid:80" of the "listen" directive
                80 foo                   => invalid parameter "foo"
                a/b:80                   => invalid host in "a/b:80" of the "listen" directive
                80?                      => invalid host in "80?" of the "listen" directive
                80 so_keepalive=::       => invalid so_keepalive value: "::"
                80 so_keepalive=1:2:3:4  => invalid so_keepalive value: "1:2:3:4"
                80 fastopen=x            => invalid fastopen "fastopen=x"
                80 setfib=1              => invalid parameter "setfib=1"
                80 backlog=-1            => invalid backlog "backlog=-1"
                80 backlog=0             => invalid backlog "backlog=0"
                80 rcvbuf=x              => invalid rcvbuf "rcvbuf=x"
                80 sndbuf=x              => invalid sndbuf "sndbuf=x"
                80 ipv6only=x            => invalid parameter "ipv6only=x"
                80 so_keepalive=x        => invalid so_keepalive value: "x"
                80 ssl                   => parameter "ssl" of "listen" is one of nginx's that Pollux does not have
                80; listen 80            => a duplicate listen 0.0.0.0:80
                80; listen *:80          => a duplicate listen 0.0.0.0:80
                80 default_server; } server { listen 80 default_server => a duplicate default server for 0.0.0.0:80
                80 backlog=5; } server { listen 80 backlog=6           => duplicate listen options for 0.0.0.0:80
                """);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormIsUnderstood(String written, String expected) throws ConfException {
        Config config = new Conf(folder).load("http { server { listen " + written + "; } }");
        assertEquals(
                expected,
                config.servers().get(0).listens().stream()
                        .map(listen -> listen.text() + (listen.wildcard() ? " wildcard" : ""))
                        .collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void otherFormsAreRefused(String written, String expected) {
        assertEquals(
                expected + " in x.conf:1", new Conf(folder).refusal("http { server { listen " + written + "; } }"));
    }

    @Test
    void namesAreResolved() throws ConfException {
        ServerBlock server = new Conf(folder)
                .load("http { server { listen localhost:8080; } }")
                .servers()
                .get(0);
        assertTrue(server.listens().stream()
                .anyMatch(listen -> List.of("127.0.0.1:8080", "[::1]:8080").contains(listen.text())));
    }

    @Test
    void relativeUnixSocketsLieBelowThePrefix() throws ConfException {
        ServerBlock server = new Conf(folder)
                .load("http { server { listen unix:s; } }")
                .servers()
                .get(0);
        assertEquals("unix:" + folder + "/s", server.listens().get(0).text());
    }

    @Test
    void withoutListenThePortIs80ForRootAnd8000ForOthers() throws ConfException {
        Listen listen = new Conf(folder)
                .load("http { server { } }")
                .servers()
                .get(0)
                .listens()
                .get(0);
        boolean root = System.getProperty("user.name").equals("root");
        assertEquals(root ? "0.0.0.0:80" : "0.0.0.0:8000", listen.text());
    }

    @Test
    void optionsHoldForTheAddressWhereverTheyAreWritten() throws ConfException {
        Config config = new Conf(folder)
                .load("http { server { listen 81; } server { listen 81 default_server backlog=7 reuseport"
                        + " rcvbuf=4k sndbuf=8k so_keepalive=1m::3 ipv6only=off"
                        + " deferred fastopen=5; } server { listen 81 proxy_protocol; } }");
        Listen listen = config.sockets().get(0).listen();
        assertEquals(
                new ListenOptions(
                        true, 7, 4096, 8192, true, false, new ListenOptions.KeepAlive(true, 60, 0, 3), true, 5, true),
                listen.options());
        assertTrue(listen.defaultServer());
        assertEquals(listen, config.servers().get(0).listens().get(0));
    }

    @Test
    void withoutOptionsTheyAreNginxs() throws ConfException {
        Config config = new Conf(folder).load("http { server { listen 81; } }");
        assertEquals(
                new ListenOptions(false, 511, -1, -1, false, true, null, false, -1, false),
                config.sockets().get(0).listen().options());
        assertFalse(config.sockets().get(0).listen().defaultServer());
    }

    @Test
    void wildcardTakesTheAddressesOfItsPortAndFamily() throws ConfException {
        Config config = new Conf(folder)
                .load("http { server { listen 127.0.0.1:81; listen [::1]:81; } server { listen 81; }"
                        + " server { listen 127.0.0.2:82; listen 127.0.0.3:81 bind; } }");
        assertEquals(
                List.of("[::1]:81", "0.0.0.0:81", "127.0.0.2:82", "127.0.0.3:81"),
                config.sockets().stream().map(socket -> socket.listen().text()).toList());

        ListenSocket wildcard = config.sockets().get(1);
        assertTrue(wildcard.needsLocalAddress());
        assertSame(config.servers().get(0), wildcard.select("127.0.0.1").defaultServer());
        assertSame(config.servers().get(1), wildcard.select("127.0.0.9").defaultServer());
        assertFalse(config.sockets().get(0).needsLocalAddress());
        assertSame(config.servers().get(0), config.sockets().get(0).select(null).defaultServer());
    }
}
