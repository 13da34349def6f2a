package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static pollux.wire.Wire.get;

import org.junit.jupiter.api.Test;

/** What a proxy adds to the addresses in version 2 of its protocol, as {@code $proxy_protocol_tlv_*}. */
class ProxyExtensionsTest {
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final String FOUR = "\1\2\3\4\5\6\7\10\0\120\37\220";

    private static String value(int type, String value) {
        return (char) type + "" + (char) (value.length() >> 8) + (char) (value.length() & 0xff) + value;
    }

    private static String header(String extensions) {
        int length = FOUR.length() + extensions.length();
        return SIGNATURE + "\41\21" + (char) (length >> 8) + (char) (length & 0xff) + FOUR + extensions;
    }

    private static String ask(ServerProcess server, String extensions) {
        try (RawClient client = server.connect()) {
            return client.send(header(extensions)).ask(get("/")).content();
        }
    }

    @Test
    void valuesAreFoundByNameAndByType() {
        String configuration = ServerProcess.http("""
                server {
                    listen 127.0.0.1:@port@ proxy_protocol;
                    return 200 "$proxy_protocol_tlv_alpn|$proxy_protocol_tlv_authority|$proxy_protocol_tlv_0xEA\
                |$proxy_protocol_tlv_ssl_verify|$proxy_protocol_tlv_ssl_cn|$proxy_protocol_tlv_ssl_0x21|$proxy_protocol_tlv_x";
                }
                """);
        try (Site site = Site.create();
                ServerProcess server = ServerProcess.start(site, configuration)) {
            String ssl = value(0x20, "\1\0\0\1\2" + value(0x21, "TLSv1.3") + value(0x22, "example.com"));
            assertEquals("||||||", ask(server, ""));
            assertEquals("h2||||||", ask(server, value(1, "h2")));
            assertEquals(
                    "|host||258|example.com|TLSv1.3|", ask(server, value(2, "host") + value(4, "x".repeat(900)) + ssl));
            assertEquals("||aws||||", ask(server, value(0xea, "aws")));
            // What does not fit is not there, and nothing behind it.
            assertEquals("h2||||||", ask(server, value(1, "h2") + "\2\0\11host"));
            assertEquals("||||||", ask(server, value(0x20, "\1\0\0")));
            assertEquals("||||||", ask(server, "\1\0"));
        }
    }
}
