package pollux.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import pollux.buffer.Ascii;

/**
 * What a proxy adds to the addresses in version 2 of the PROXY protocol: values by their types ({@code proxy-protocol.txt}
 * section 2.2), asked for by the names that nginx gives them.
 */
public final class ProxyExtensions {
    /** There are none. */
    public static final ProxyExtensions NONE = new ProxyExtensions(new byte[0]);

    private static final int SSL = 0x20;

    /** A bit field for the client, and the result of verifying it in four bytes; then values of types of their own. */
    private static final int SSL_FIXED = 5;

    private static final int HEAD = 3;

    private static final Map<String, Integer> TYPES =
            Map.of("alpn", 0x01, "authority", 0x02, "unique_id", 0x05, "ssl", SSL, "netns", 0x30);

    private static final Map<String, Integer> SSL_TYPES =
            Map.of("version", 0x21, "cn", 0x22, "cipher", 0x23, "sig_alg", 0x24, "key_alg", 0x25);

    private final byte[] bytes;

    /** @param bytes what stands behind the addresses; not copied */
    ProxyExtensions(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The value of a name: one of {@code alpn}, {@code authority}, {@code unique_id}, {@code netns}, {@code ssl},
     * {@code ssl_verify}, {@code ssl_version}, {@code ssl_cn}, {@code ssl_cipher}, {@code ssl_sig_alg}, {@code ssl_key_alg},
     * or a type as two hexadecimal digits behind {@code 0x}.
     *
     * @return a byte string, or {@code null} when there is no such value or the name is none of these
     */
    public String find(String name) {
        if (!name.startsWith("ssl_")) {
            return text(find(type(name, TYPES), 0, bytes.length));
        }
        int ssl = find(SSL, 0, bytes.length);
        if (ssl < 0 || length(ssl) < SSL_FIXED) {
            return null;
        }
        int begin = ssl + HEAD;
        if (name.equals("ssl_verify")) {
            return Long.toString(Integer.toUnsignedLong(number(begin + 1) << 16 | number(begin + 3)));
        }
        return text(find(type(name.substring("ssl_".length()), SSL_TYPES), begin + SSL_FIXED, begin + length(ssl)));
    }

    private static int type(String name, Map<String, Integer> known) {
        if (name.startsWith("0x")) {
            return name.length() == 4 && Ascii.isHex(name.charAt(2)) && Ascii.isHex(name.charAt(3))
                    ? Ascii.hexValue(name.charAt(2)) << 4 | Ascii.hexValue(name.charAt(3))
                    : -1;
        }
        return known.getOrDefault(name, -1);
    }

    /** Where the value of a type begins, its head included; -1 when there is none before something does not fit. */
    private int find(int type, int from, int end) {
        for (int at = from; at + HEAD <= end && at + HEAD + length(at) <= end; at += HEAD + length(at)) {
            if ((bytes[at] & 0xff) == type) {
                return at;
            }
        }
        return -1;
    }

    private String text(int at) {
        return at < 0 ? null : new String(bytes, at + HEAD, length(at), StandardCharsets.ISO_8859_1);
    }

    private int length(int at) {
        return number(at + 1);
    }

    private int number(int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }
}
