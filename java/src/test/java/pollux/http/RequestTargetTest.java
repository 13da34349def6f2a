package pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;
import pollux.http.RequestTarget.Form;

/** RFC 9112 section 3.2, RFC 3986 section 5.2.4; the answers are those of nginx 1.22 unless a row says otherwise. */
class RequestTargetTest {
    /** Target; path and, behind a "?", the query; or "400". */
    static String[][] paths() {
        return new String[][] {
            {"/", "/"},
            {"/a/./b", "/a/b"},
            {"/a/../b", "/b"},
            {"/a/..", "/"},
            {"/a/.", "/a/"},
            {"/.", "/"},
            {"/./", "/"},
            {"/a/b/../..", "/"},
            {"/a/b/../../c", "/c"},
            {"/..", "400"},
            {"/../x", "400"},
            {"/a/../../x", "400"},
            {"/a/b/../../..", "400"},
            {"//a//b", "/a/b"},
            {"//", "/"},
            {"/a//", "/a/"},
            {"/a//../b", "/b"},
            {"//..", "400"},
            {"/...", "/..."},
            {"/a/.../b", "/a/.../b"},
            {"/a/..b", "/a/..b"},
            {"/a/b..", "/a/b.."},
            {"/a/.b/", "/a/.b/"},
            {"/a.", "/a."},
            // decoded once, then normalised
            {"/a/%2e%2e/b", "/b"},
            {"/a/.%2e/b", "/b"},
            {"/a/.%2f/b", "/a/b"},
            {"/%2e%2e/b", "400"},
            {"/%2f..", "400"},
            {"/a%2fb", "/a/b"},
            {"/a%2F%2Fb", "/a/b"},
            {"/a%2f..%2fb", "/b"},
            {"/a/b/..%2fc", "/a/c"},
            {"/%25%32%66", "/%2f"},
            {"/%252e%252e/b", "/%2e%2e/b"},
            {"/a%3fb?c", "/a?b?c"},
            {"/a%23b", "/a#b"},
            {"/a%20b", "/a b"},
            {"/a+b", "/a+b"},
            {"/a;b", "/a;b"},
            {"/a\\..\\b", "/a\\..\\b"},
            {"/%5c..%5cb", "/\\..\\b"},
            {"/%c0%ae%c0%ae/b", "/\u00c0\u00ae\u00c0\u00ae/b"},
            {"/\u00c3\u00a9%C3%A9", "/\u00c3\u00a9\u00c3\u00a9"},
            {"/a|b<>\"{}^`", "/a|b<>\"{}^`"},
            {"/%0d%0a", "/\r\n"},
            {"/%00", "400"},
            {"/a%00b", "400"},
            {"/%", "400"},
            {"/%2", "400"},
            {"/%zz", "400"},
            {"/%2z", "400"},
            {"/%u0041", "400"},
            // query and fragment
            {"/a?", "/a?"},
            {"/a?b?c", "/a?b?c"},
            {"/a?%zz", "/a?%zz"},
            {"/a?%00", "/a?%00"},
            {"/a?../b", "/a?../b"},
            {"/a/..?x", "/?x"},
            {"/a/.?x", "/a/?x"},
            {"/a/%2e?x", "/a/?x"},
            {"/a#f", "/a"},
            {"/a#f?x", "/a"},
            {"/a?x#f", "/a?x"},
            {"/a?#f", "/a?"},
            {"/a#%zz", "/a"},
            {"/a/..#x", "/"},
            {"//#x", "/"},
            // no target for GET
            {"*", "400"},
            {"x", "400"},
            {"?x", "400"},
            {"example.com:80", "400"},
            {"", "400"},
        };
    }

    @ParameterizedTest
    @MethodSource("paths")
    void pathsAreDecodedOnceAndNormalised(String target, String expected) {
        assertEquals(expected, parse(new RequestTarget(true, new RequestTarget.Memory()), target, Method.GET));
    }

    private static String parse(RequestTarget target, String text, Method method) {
        IoBuffer buffer = TestBuffers.of("x" + text);
        int status = target.parse(buffer, 1, text.length(), method);
        if (status != 0) {
            return Integer.toString(status);
        }
        return target.args() == null ? target.path() : target.path() + "?" + target.args();
    }

    /** With merge_slashes off: empty segments are segments. */
    static String[][] unmerged() {
        return new String[][] {
            {"//a//b", "//a//b"},
            {"/a//../b", "/a/b"},
            {"/a/../..//b", "400"},
            {"//../x", "/x"},
            {"/a//..", "/a/"},
            {"//..", "/"},
            {"/a/.//b", "/a//b"},
            {"/a%2f%2fb", "/a//b"},
        };
    }

    @ParameterizedTest
    @MethodSource("unmerged")
    void slashesCanBeKept(String target, String expected) {
        assertEquals(expected, parse(new RequestTarget(false, new RequestTarget.Memory()), target, Method.GET));
    }

    /** Absolute target; host, port, $request_uri and path; or "400". */
    static String[][] absolutes() {
        return new String[][] {
            {"http://h2/x?y", "h2 -1 /x?y /x"},
            {"http://H2:8080/x", "h2 8080 /x /x"},
            {"HTTP://h2/x", "h2 -1 /x /x"},
            // RFC 9110 7.4: another scheme asks for something else.
            {"https://h2/x", "421"},
            {"ftp://h2/x", "421"},
            {"httpx://h2/x", "421"},
            {"https://h2/%00", "400"},
            {"http://h2", "h2 -1 / /"},
            {"http://h2?x", "h2 -1 ?x /"},
            {"http://h2:/x", "h2 -1 /x /x"},
            {"http://[::1]:80/x", "[::1] 80 /x /x"},
            {"http://h2/a/../x//y#z", "h2 -1 /a/../x//y#z /x/y"},
            {"a+b://h2/x", "421"},
            {"http://h2/../x", "400"},
            {"http:///x", "400"},
            {"http://u@h2/x", "400"},
            {"http://u:p@h2/x", "400"},
            {"http://h2:8a/x", "400"},
            {"http://h2#f", "400"},
            {"http://h2\\x/", "400"},
            {"http:/h2/x", "400"},
            {"http:h2", "400"},
            {"1a://h2/x", "400"},
            {"://h2/x", "400"},
            // RFC 3986 3.2.3 leaves the number open; over 65535 there is no port. nginx passes it over.
            {"http://h2:99999/x", "400"},
            // RFC 3986 3.2.2 has both in a registered name; nginx refuses them here, and takes them in Host.
            {"http://h_2/x", "h_2 -1 /x /x"},
            {"http://h%41/x", "h%41 -1 /x /x"},
        };
    }

    @ParameterizedTest
    @MethodSource("absolutes")
    void absoluteTargetsHaveAnAuthority(String text, String expected) {
        RequestTarget target = new RequestTarget(true, new RequestTarget.Memory());
        int status = target.parse(text, Method.GET);
        String answer = status != 0
                ? Integer.toString(status)
                : target.host() + " " + target.port() + " " + target.raw() + " " + target.path();
        assertEquals(expected, answer);
        assertEquals(Form.ABSOLUTE, status == 0 ? target.form() : Form.ABSOLUTE);
    }

    @Test
    void asteriskIsForOptionsAndAuthorityForConnect() {
        RequestTarget target = new RequestTarget(true, new RequestTarget.Memory());
        assertEquals(0, target.parse("*", Method.OPTIONS));
        assertEquals(Form.ASTERISK, target.form());
        assertEquals("*", target.path());
        assertEquals(400, target.parse("*x", Method.OPTIONS));
        assertEquals(0, target.parse("Example.com:443", Method.CONNECT));
        assertEquals(Form.AUTHORITY, target.form());
        assertEquals("example.com", target.host());
        assertEquals(443, target.port());
        assertEquals(400, target.parse("example.com", Method.CONNECT));
        assertEquals(400, target.parse("http://example.com:80/", Method.CONNECT));
        assertEquals(400, target.parse("example.com:443", Method.GET));
        assertEquals(0, target.parse("/x", Method.CONNECT));
        assertEquals(Form.ORIGIN, target.form());
    }

    @Test
    void theSameTargetAgainMakesNoNewStrings() {
        RequestTarget target = new RequestTarget(true, new RequestTarget.Memory());
        parse(target, "/a/%62?c", Method.GET);
        String path = target.path();
        parse(target, "/a/%62?c", Method.GET);
        assertSame(path, target.path());
        assertEquals("/a/c", parse(target, "/a/%63", Method.GET));
        assertEquals("/a/b?c", parse(target, "/a/%62?c", Method.GET));
        assertEquals("400", parse(target, "*", Method.GET));
        assertEquals("*", parse(target, "*", Method.OPTIONS));
    }

    @Test
    void aStringInBetweenIsNotTakenForTheLastTarget() {
        RequestTarget target = new RequestTarget(true, new RequestTarget.Memory());
        parse(target, "/a", Method.GET);
        target.parse("/b", Method.GET);
        assertEquals("/a", parse(target, "/a", Method.GET));
    }

    @Test
    void normaliseDecodesNothing() {
        assertEquals("/%2e%2e/b", RequestTarget.normalise("/a/../%2e%2e/b", true));
        assertEquals("/a?b", RequestTarget.normalise("/./a?b", true));
        assertNull(RequestTarget.normalise("/..", true));
        assertNull(RequestTarget.normalise("a", true));
        assertNull(RequestTarget.normalise("", true));
    }

    @Test
    void decodingIsStrict() {
        assertEquals("a+b \u00e9", RequestTarget.decode("a+b%20%E9"));
        assertNull(RequestTarget.decode("%"));
        assertNull(RequestTarget.decode("%4"));
        assertNull(RequestTarget.decode("%g0"));
    }

    @Test
    void encodingIsNginxs() {
        String all = "\u0001\n\r !\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~\u007f\u0080\u00ff";
        assertEquals(
                "%01%0A%0D%20!%22%23$%25&'()*+,-./09:;%3C=%3E%3F@AZ[%5C]%5E_%60az%7B%7C%7D~%7F%80%FF",
                RequestTarget.encodePath(all));
        assertEquals(
                "%01%0A%0D%20%21%22%23%24%25%26%27%28%29%2A%2B%2C-.%2F09%3A%3B%3C%3D%3E%3F%40AZ%5B%5C%5D%5E_%60az%7B%7C%7D~"
                        + "%7F%80%FF",
                RequestTarget.encodeSegment(all));
        assertEquals(all, RequestTarget.decode(RequestTarget.encodePath(all)));
        assertEquals(all, RequestTarget.decode(RequestTarget.encodeSegment(all)));
        assertEquals("/a/b", RequestTarget.encodePath("/a/b"));
    }
}
