package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule of {@code allow} and {@code deny} decides, by the client's address. */
class AccessTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "deny 10.0.0.0/8;, 10.255.0.1, DENY",
        "deny 10.0.0.0/8;, 11.0.0.1, NONE",
        "deny 10.0.0.1;, 10.0.0.1, DENY",
        "deny 10.0.0.1;, 10.0.0.2, NONE",
        "deny 10.0.0.128/25;, 10.0.0.128, DENY",
        "deny 10.0.0.128/25;, 10.0.0.127, NONE",
        "deny 0.0.0.0/0;, 1.2.3.4, DENY",
        "deny 0.0.0.0/0;, ::1, NONE",
        "deny 10.0.0.9/8;, 10.1.1.1, DENY",
        "deny 10.0.0.0/8;, ::ffff:10.1.1.1, DENY",
        "deny ::ffff:10.0.0.0/104;, ::ffff:10.1.1.1, NONE",
        "deny ::1;, ::1, DENY",
        "deny ::1;, ::2, NONE",
        "deny 2001:db8::/33;, 2001:db8:7fff::1, DENY",
        "deny 2001:db8::/33;, 2001:db8:8000::1, NONE",
        "deny ::/0;, 1.2.3.4, NONE",
        "deny ::/0;, ::5, DENY",
        "deny unix:;, unix, DENY",
        "deny unix:;, 1.2.3.4, NONE",
        "deny 0.0.0.0/0; deny ::/0;, unix, NONE",
        "deny all;, unix, DENY",
        "deny all;, ::1, DENY",
        "allow 10.0.0.1; deny all;, 10.0.0.1, ALLOW",
        "deny all; allow 10.0.0.1;, 10.0.0.1, DENY"
    })
    void firstRuleThatFitsDecides(String rules, String client, String verdict) throws Exception {
        AccessSettings access = new Conf(folder).location(rules).access();
        assertEquals(verdict, access.rules().judge(bytes(client)).name());
    }

    private static byte[] bytes(String client) throws UnknownHostException {
        if (client.equals("unix")) {
            return new byte[0];
        }
        byte[] address = InetAddress.getByName(client).getAddress();
        if (!client.startsWith("::ffff:")) {
            return address;
        }
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        System.arraycopy(address, 0, mapped, 12, 4);
        return mapped;
    }

    @Test
    void withoutAnyEverybodyMayComeAtNoCost() throws ConfException {
        assertNull(new Conf(folder)
                .location("satisfy any; auth_basic_user_file f;")
                .access());
        assertNull(new Conf(folder).location("auth_basic x;").access());
        assertNull(new Conf(folder)
                .location("auth_basic off; auth_basic_user_file f;")
                .access());
    }

    @Test
    void meaninglessBitsAreToldOf() throws ConfException {
        Config config = new Conf(folder).load("http { server { deny 10.0.0.1/8; deny ::1/64; deny 10.0.0.0/8; } }");
        assertEquals(
                List.of(
                        "low address bits of 10.0.0.1/8 are meaningless in " + folder + "/x.conf:1",
                        "low address bits of ::1/64 are meaningless in " + folder + "/x.conf:1"),
                config.warnings());
    }
}
