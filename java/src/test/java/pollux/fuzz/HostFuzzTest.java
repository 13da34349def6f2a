package pollux.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.http.HostName;

/** RFC 3986 section 3.2.2, RFC 9110 section 7.2: {@link HostName} against the productions as the RFC lists them. */
class HostFuzzTest {
    private static final String H16 = "[0-9A-Fa-f]{1,4}";
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";
    private static final String LS32 = "(?:" + H16 + ":" + H16 + "|" + IPV4 + ")";
    private static final Pattern IPV6 = Pattern.compile(String.join(
            "|",
            "(?:" + H16 + ":){6}" + LS32,
            "::(?:" + H16 + ":){5}" + LS32,
            "(?:" + H16 + ")?::(?:" + H16 + ":){4}" + LS32,
            "(?:(?:" + H16 + ":){0,1}" + H16 + ")?::(?:" + H16 + ":){3}" + LS32,
            "(?:(?:" + H16 + ":){0,2}" + H16 + ")?::(?:" + H16 + ":){2}" + LS32,
            "(?:(?:" + H16 + ":){0,3}" + H16 + ")?::" + H16 + ":" + LS32,
            "(?:(?:" + H16 + ":){0,4}" + H16 + ")?::" + LS32,
            "(?:(?:" + H16 + ":){0,5}" + H16 + ")?::" + H16,
            "(?:(?:" + H16 + ":){0,6}" + H16 + ")?::"));
    private static final Pattern IP_FUTURE = Pattern.compile("[vV][0-9A-Fa-f]+\\.[0-9A-Za-z._~!$&'()*+,;=:-]+");
    private static final Pattern REG_NAME = Pattern.compile("(?:[0-9A-Za-z._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:\\[([^\\]]*)\\]|([^:\\[]*))(?::([0-9]*))?", Pattern.DOTALL);

    static Stream<byte[]> seeds() {
        return Seeds.of("hosts.txt");
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsAHost(byte[] data) {
        String text = new Input(data).text();
        HostName host = HostName.parse(text);
        assertEquals(expected(text), host == null ? null : host.host() + " " + host.port());
    }

    /** Host and port, the latter -1 if there is none; or null. */
    static String expected(String text) {
        Matcher authority = AUTHORITY.matcher(text);
        if (!authority.matches()) {
            return null;
        }
        String literal = authority.group(1);
        String name = authority.group(2);
        boolean valid = literal == null
                ? REG_NAME.matcher(name).matches() && !name.contains("..") && !name.equals(".")
                : IPV6.matcher(literal).matches() || IP_FUTURE.matcher(literal).matches();
        String digits = authority.group(3);
        BigInteger port = digits == null || digits.isEmpty() ? BigInteger.ONE.negate() : new BigInteger(digits);
        if (!valid || port.compareTo(BigInteger.valueOf(65535)) > 0) {
            return null;
        }
        String host = literal == null ? name.replaceFirst("\\.\\z", "") : "[" + literal + "]";
        return host.toLowerCase(Locale.ROOT) + " " + port;
    }
}
