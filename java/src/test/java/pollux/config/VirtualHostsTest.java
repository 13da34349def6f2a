package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server block for a host: nginx's order of exact names, wildcards, expressions and the default. */
class VirtualHostsTest {
    private static final String SERVERS = """
            http {
                server { listen 81; server_name first.org; }
                server { listen 81 default_server; server_name default; }
                server { listen 81; server_name Example.org www.example.org; }
                server { listen 81; server_name *.example.org; }
                server { listen 81; server_name *.long.example.org; }
                server { listen 81; server_name example.*; }
                server { listen 81; server_name www.example.*; }
                server { listen 81; server_name .both.net; }
                server { listen 81; server_name ~^n(?<number_of>[0-9]+)\\.net$; }
                server { listen 81; server_name ~^N1; }
                server { listen 81; server_name ""; }
            }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "first.org, first.org",
        "default, default",
        "nobody.org, default",
        "example.org, example.org",
        "www.example.org, example.org",
        "a.example.org, *.example.org",
        "a.b.example.org, *.example.org",
        "a.long.example.org, *.long.example.org",
        "long.example.org, *.example.org",
        ".example.org, *.example.org",
        "example.com, example.*",
        "example.co.uk, example.*",
        "www.example.co.uk, www.example.*",
        "www.example, default",
        "both.net, both.net",
        "a.both.net, both.net",
        "nboth.net, default",
        "n12.net, ~^n(?<number_of>[0-9]+)\\.net$",
        "n1x, ~^N1",
        "n1.nets, ~^N1",
        "'', ''",
    })
    void hostChoosesTheServer(String host, String name) throws ConfException {
        VirtualHosts hosts =
                new Conf(folder).load(SERVERS).sockets().get(0).hosts().get(0);
        assertEquals(name, hosts.find(host).name());
    }

    @Test
    void withoutHostTheDefaultAnswers() throws ConfException {
        VirtualHosts hosts =
                new Conf(folder).load(SERVERS).sockets().get(0).hosts().get(0);
        assertSame(hosts.defaultServer(), hosts.find(null));
        assertEquals("default", hosts.defaultServer().name());
    }

    @Test
    void withoutDefaultServerTheFirstIsIt() throws ConfException {
        Config config = new Conf(folder).load("http { server { listen 81; } server { listen 81; server_name b; } }");
        VirtualHosts hosts = config.sockets().get(0).hosts().get(0);
        assertSame(config.servers().get(0), hosts.find("c"));
        assertSame(config.servers().get(1), hosts.find("b"));
        assertEquals("", config.servers().get(0).name());
    }

    @Test
    void bytesOfUtf8AreNotTakenForCapitals() throws ConfException {
        Config config = new Conf(folder)
                .load("http { server { listen 81; } server { listen 81; server_name B\u00c3\u0089.org; } }");
        VirtualHosts hosts = config.sockets().get(0).hosts().get(0);
        assertSame(config.servers().get(1), hosts.find("b\u00c3\u0089.org"));
    }

    @Test
    void expressionsCapture() throws ConfException {
        Config config = new Conf(folder).load(SERVERS);
        ServerBlock server = config.sockets().get(0).hosts().get(0).find("n12.net");
        assertEquals("12", server.hostCaptures("n12.net").named("number_of"));
        assertEquals("12", server.hostCaptures("n12.net").group(1));
        assertNull(server.hostCaptures("m.net"));
    }

    @Test
    void anExpressionThatGivesUpAnswersNothing() throws ConfException {
        Config config =
                new Conf(folder).load("http { server { listen 81; } server { listen 81; server_name ~^(a+)+\\1b$; } }");
        VirtualHosts hosts = config.sockets().get(0).hosts().get(0);
        assertNull(hosts.find("a".repeat(40) + "c"));
    }
}
