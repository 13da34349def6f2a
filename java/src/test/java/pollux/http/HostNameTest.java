package pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 9110 section 7.2, RFC 3986 section 3.2.2. */
class HostNameTest {
    /** Text; host and port, or "-". */
    static String[][] rows() {
        return new String[][] {
            {"example.com", "example.com -1"},
            {"EXAMPLE.Com:8080", "example.com 8080"},
            {"a:", "a -1"},
            {"a:0", "a 0"},
            {"a:65535", "a 65535"},
            {"a:65536", "-"},
            {"a:99999999999999999999", "-"},
            {"a:+80", "-"},
            {"a:8x", "-"},
            {"a:80:80", "-"},
            {":80", "-"},
            {"", "-"},
            {"h.", "h -1"},
            {"h.:80", "h 80"},
            {"a.b.", "a.b -1"},
            {"a..b", "-"},
            {".", "-"},
            {"..", "-"},
            {".a", ".a -1"},
            {"-a", "-a -1"},
            {"a_b", "a_b -1"},
            {"a!$&'()*+,;=~b", "a!$&'()*+,;=~b -1"},
            {"a%41b", "a%41b -1"},
            {"a%4", "-"},
            {"a%zz", "-"},
            {"127.0.0.1:80", "127.0.0.1 80"},
            {"u@h", "-"},
            {"u:p@h", "-"},
            {"a/b", "-"},
            {"a?b", "-"},
            {"a#b", "-"},
            {"a\\b", "-"},
            {"a b", "-"},
            {"a\tb", "-"},
            {"a<b", "-"},
            {"a\"b", "-"},
            {"\u00e9", "-"},
            {"a\u0000", "-"},
            {"[::1]", "[::1] -1"},
            {"[::1]:80", "[::1] 80"},
            {"[::1]:", "[::1] -1"},
            {"[::]", "[::] -1"},
            {"[2001:DB8::A]", "[2001:db8::a] -1"},
            {"[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7:8] -1"},
            {"[1:2:3:4:5:6:7::]", "[1:2:3:4:5:6:7::] -1"},
            {"[::ffff:192.0.2.1]", "[::ffff:192.0.2.1] -1"},
            {"[1:2:3:4:5:6:192.0.2.1]", "[1:2:3:4:5:6:192.0.2.1] -1"},
            {"[v1.a:b]", "[v1.a:b] -1"},
            {"[1:2:3:4:5:6:7]", "-"},
            {"[1:2:3:4:5:6:7:8:9]", "-"},
            {"[1:2:3:4::5:6:7:8]", "-"},
            {"[1::2::3]", "-"},
            {"[:::]", "-"},
            {"[:1]", "-"},
            {"[1:]", "-"},
            {"[12345::]", "-"},
            {"[g::]", "-"},
            {"[::192.0.2.256]", "-"},
            {"[::192.0.2]", "-"},
            {"[::192.0.02.1]", "-"},
            {"[192.0.2.1::]", "-"},
            {"[::1%25eth0]", "-"},
            {"[v1.]", "-"},
            {"[v.a]", "-"},
            {"[vg.a]", "-"},
            {"[]", "-"},
            {"[", "-"},
            {"[::1", "-"},
            {"[::1]x", "-"},
            {"[::1]80", "-"},
            {"::1", "-"},
            {"a[::1]", "-"},
        };
    }

    @ParameterizedTest
    @MethodSource("rows")
    void hosts(String text, String expected) {
        HostName host = HostName.parse(text);
        assertEquals(expected, host == null ? "-" : host.host() + " " + host.port());
    }

    /** Request line; Host fields, "|" between them; the host, or "-" for a refusal. */
    static String[][] requests() {
        return new String[][] {
            {"GET / HTTP/1.1", "Host: a:1", "a 1"},
            {"GET http://b:2/ HTTP/1.1", "Host: a:1", "b 2"},
            {"GET / HTTP/1.0", "Host: a", "a -1"},
            {"GET / HTTP/1.0", "X: y", " -1"},
            {"GET http://b/ HTTP/1.0", "X: y", "b -1"},
            {"GET / HTTP/1.1", "X: y", "-"},
            {"GET http://b/ HTTP/1.1", "X: y", "-"},
            {"GET http://b/ HTTP/1.1", "Host: a/b", "-"},
            {"GET / HTTP/1.1", "Host:", "-"},
            {"GET / HTTP/1.0", "Host:", "-"},
            {"GET / HTTP/1.1", "Host: a|Host: a", "-"},
            {"GET / HTTP/1.0", "Host: a|host: b", "-"},
        };
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theTargetsAuthorityWinsOverHost(String line, String fields, String expected) {
        RequestHead head = RequestHeadTest.parse(line, fields.split("\\|"));
        RequestTarget target = new RequestTarget(true, new RequestTarget.Memory());
        assertEquals(0, target.parse(head.buffer(), head.targetOffset(), head.targetLength(), head.method()));
        HostName host = HostName.of(head, target, new HostName.Memory());
        assertEquals(expected, host == null ? "-" : host.host() + " " + host.port());
    }
}
