package pollux.wire.rfc;

import static pollux.wire.rfc.Row.head;
import static pollux.wire.rfc.Row.request;
import static pollux.wire.rfc.Row.row;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The target and Host (RFC 9112 section 3.2, RFC 9110 section 7.2, RFC 3986). */
final class TargetRows {
    private TargetRows() {}

    static List<Row> rows() {
        return Stream.of(forms(), paths(), escapes(), hosts(), badHosts())
                .flatMap(List::stream)
                .toList();
    }

    private static Row echo(String rule, String gist, String target, String content) {
        return row(rule, gist, request("GET " + target), "200 kept").content(content);
    }

    private static Row refused(String rule, String gist, String target) {
        return row(rule, gist, request("GET " + target), "400 closed");
    }

    private static List<Row> forms() {
        return List.of(
                echo("9112 3.2.1", "origin form", "/echo/x?a=b", "GET|/echo/x|a=b|h"),
                echo("9112 3.2.1", "an empty query", "/echo?", "GET|/echo||h"),
                echo("3986 3.4", "a query may have question marks and slashes", "/echo?a?b/c", "GET|/echo|a?b/c|h"),
                echo(
                        "9112 3.2.2",
                        "absolute form: its authority wins over Host",
                        "http://other/echo",
                        "GET|/echo||other"),
                echo("9112 3.2.2", "absolute form: the scheme in any case", "HTTP://OTHER/echo", "GET|/echo||other"),
                echo("9112 3.2.2", "absolute form with a port", "http://other:80/echo?q", "GET|/echo|q|other"),
                echo("9112 3.2.2", "absolute form of https", "https://other/echo", "GET|/echo||other"),
                row("9112 3.2.2", "absolute form with nothing behind the host", request("GET http://h"), "403 kept"),
                row("9112 3.2.2", "absolute form with a query and no path", request("GET http://h?q"), "403 kept"),
                row("9112 3.2.2", "absolute form in HTTP/1.0", head("GET http://other/echo HTTP/1.0"), "200 closed")
                        .content("GET|/echo||other"),
                row(
                        "9112 3.2",
                        "absolute form needs a Host all the same",
                        head("GET http://other/echo HTTP/1.1"),
                        "400 closed"),
                row(
                        "9112 3.2",
                        "absolute form: Host is checked all the same",
                        head("GET http://other/echo HTTP/1.1", "Host: a b"),
                        "400 closed"),
                row(
                        "9112 3.2",
                        "absolute form: two Hosts",
                        head("GET http://other/echo HTTP/1.1", "Host: a", "Host: a"),
                        "400 closed"),
                refused("9110 4.2.4", "absolute form with user information", "http://user@other/echo"),
                refused("9110 4.2.1", "absolute form without a host", "http:///echo"),
                refused("9112 3.2.2", "absolute form without slashes", "http:/echo"),
                refused("9112 3.2.2", "absolute form with one slash and no host", "http:"),
                refused("9110 4.2.2", "absolute form with a bad port", "http://other:x/echo"),
                refused("9112 3.2", "no slash first", "echo"),
                refused("9112 3.2", "a query alone", "?q"),
                refused("9112 3.2", "a fragment alone", "#f"),
                refused("9112 3.2", "a dot first", "./echo"),
                refused("9112 3.2", "a backslash first", "\\echo"),
                refused("9112 3.2.3", "authority form is for CONNECT alone", "h:80"),
                refused("9112 3.2.4", "asterisk form is for OPTIONS alone", "*"),
                row("9112 3.2.4", "OPTIONS *", request("OPTIONS *"), "204 kept")
                        .with("Allow: GET, HEAD, OPTIONS")
                        .nginx("400 closed, no Allow: GET, HEAD, OPTIONS", "refuses the target *; RFC 9112 3.2.4"),
                row("9112 3.2.4", "OPTIONS of more than an asterisk", request("OPTIONS *x"), "400 closed"),
                row("9112 3.2.3", "CONNECT", head("CONNECT h:80 HTTP/1.1", "Host: h:80"), "405 closed")
                        .nginx(
                                "400 closed",
                                "refuses a target without a slash; RFC 9110 15.5.6: known and not allowed is 405"),
                row("9112 3.2.3", "CONNECT without a port", head("CONNECT h HTTP/1.1", "Host: h"), "400 closed"));
    }

    private static List<Row> paths() {
        return List.of(
                echo("3986 5.2.4", "a dot segment", "/echo/./x", "GET|/echo/x||h"),
                echo("3986 5.2.4", "two dots climb", "/echo/x/../y", "GET|/echo/y||h"),
                echo("3986 5.2.4", "two dots at the end", "/echo/x/..", "GET|/echo/||h"),
                echo("3986 5.2.4", "one dot at the end", "/echo/.", "GET|/echo/||h"),
                echo("3986 5.2.4", "dots in a query stay", "/echo?/../x", "GET|/echo|/../x|h"),
                echo("3986 3.3", "three dots are a name", "/echo/...", "GET|/echo/...||h"),
                echo("3986 3.3", "a dot at a name's end", "/echo/a.", "GET|/echo/a.||h"),
                refused("3986 5.2.4", "above the root", "/.."),
                refused("3986 5.2.4", "above the root, later", "/echo/../../x"),
                refused("3986 5.2.4", "above the root, in absolute form", "http://h/../x"),
                echo("nginx", "merge_slashes", "//echo///x//", "GET|/echo/x/||h"),
                echo("nginx", "a fragment is dropped", "/echo#f?q", "GET|/echo||h"),
                echo("nginx", "a fragment behind a query is dropped", "/echo?q#f", "GET|/echo|q|h"),
                echo(
                        "3986 3.3",
                        "sub-delimiters stand for themselves",
                        "/echo/!$&'()*+,;=:@-._~",
                        "GET|/echo/!$&'()*+,;=:@-._~||h"),
                echo("nginx", "bytes that no URI has are taken", "/echo/\"<>\\^`{|}", "GET|/echo/\"<>\\^`{|}||h"),
                echo("nginx", "bytes above 127 are taken", "/echo/\u00c3\u00a4", "GET|/echo/\u00c3\u00a4||h"),
                row("3986 3.3", "a backslash does not climb", request("GET /..\\a.txt"), "404 kept"));
    }

    private static List<Row> escapes() {
        List<Row> rows = new ArrayList<>(List.of(
                echo("3986 2.1", "an escape", "/echo/%41%c3%a4", "GET|/echo/A\u00c3\u00a4||h"),
                echo("3986 2.1", "hexadecimal in any case", "/echo/%4a%4A", "GET|/echo/JJ||h"),
                echo("3986 2.4", "decoded once: %2541", "/echo/%2541", "GET|/echo/%41||h"),
                echo("3986 2.4", "decoded once: %252e%252e", "/echo/%252e%252e/x", "GET|/echo/%2e%2e/x||h"),
                echo("3986 2.2", "an escaped question mark is no query", "/echo/%3fq", "GET|/echo/?q||h"),
                echo("3986 2.2", "an escaped number sign is no fragment", "/echo/%23f", "GET|/echo/#f||h"),
                echo("nginx", "an escaped slash separates", "/echo%2fx", "GET|/echo/x||h"),
                echo("nginx", "escaped dots climb", "/echo/x/%2e%2E/y", "GET|/echo/y||h"),
                echo("3986 2.1", "a query is not decoded", "/echo?%41%zz%", "GET|/echo|%41%zz%|h"),
                echo("3986 2.1", "a plus is a plus", "/echo/a+b", "GET|/echo/a+b||h"),
                echo("3986 2.1", "an escaped line end stays in the path", "/echo/%0d%0aX:y", "GET|/echo/\r\nX:y||h"),
                refused("3986 5.2.4", "escaped dots above the root", "/%2e%2e/x"),
                refused("3986 5.2.4", "an escaped slash above the root", "/..%2fx"),
                row(
                                "9110 5.5",
                                "an escaped line end cannot split the answer",
                                request("GET /split/a%0d%0aSet-Cookie:%20evil=1"),
                                "302 kept")
                        .without("Set-Cookie")
                        .nginx("302 kept, Set-Cookie: evil=1", "writes the line end as it is; RFC 9110 5.5")));
        for (String bad : List.of(
                "%", "%4", "%zz", "%4z", "%z4", "%%41", "%u0041", "%-1", "%+1", "% 1", "%00", "a%00b", "%\u00e41")) {
            rows.add(refused("3986 2.1", "an invalid escape or %00: " + bad, "/echo/" + bad));
        }
        return rows;
    }

    private static Row host(String gist, String host, String seen) {
        return row("9110 7.2", gist, head("GET /echo HTTP/1.1", "Host: " + host), "200 kept")
                .content("GET|/echo||" + seen);
    }

    private static List<Row> hosts() {
        return List.of(
                host("a name", "example.org", "example.org"),
                host("a name in any case", "EXAMPLE.org", "example.org"),
                host("with a port", "example.org:8080", "example.org"),
                host("with a colon and no port", "example.org:", "example.org"),
                host("an IPv4 address", "127.0.0.1:80", "127.0.0.1"),
                host("an IPv6 address", "[::1]:80", "[::1]"),
                host("an underscore", "a_b", "a_b"),
                host("a dot at the end", "example.org.", "example.org"),
                row(
                                "9110 7.2",
                                "Host need not be the first field",
                                head("GET /echo HTTP/1.1", "X: y", "Host: h"),
                                "200 kept")
                        .content("GET|/echo||h"),
                row("9112 3.2", "HTTP/1.0 without Host", head("GET /echo HTTP/1.0"), "200 closed")
                        .content("GET|/echo||s"),
                row("9112 3.2", "HTTP/1.0 with Host", head("GET /echo HTTP/1.0", "Host: x"), "200 closed")
                        .content("GET|/echo||x"));
    }

    private static List<Row> badHosts() {
        List<Row> rows = new ArrayList<>(List.of(
                row("9112 3.2", "HTTP/1.1 without Host", head("GET /a.txt HTTP/1.1"), "400 closed"),
                row("9112 3.2", "two Hosts", head("GET /a.txt HTTP/1.1", "Host: a", "Host: b"), "400 closed"),
                row("9112 3.2", "two equal Hosts", head("GET /a.txt HTTP/1.1", "Host: a", "Host: a"), "400 closed"),
                row(
                        "9112 3.2",
                        "two Hosts in HTTP/1.0",
                        head("GET /a.txt HTTP/1.0", "Host: a", "Host: b"),
                        "400 closed"),
                row(
                        "9112 3.2",
                        "an invalid Host in HTTP/1.0",
                        head("GET /a.txt HTTP/1.0", "Host: a/b"),
                        "400 closed")));
        String[][] bad = {
            {"an empty one", ""},
            {"a path", "h/x"},
            {"a list", "a, b"},
            {"a space inside", "a b"},
            {"a tab inside", "a\tb"},
            {"a scheme", "http://h"},
            {"a port alone", ":80"},
            {"a dot alone", "."},
            {"an empty label", "a..b"},
            {"a closing bracket", "::1]"},
            {"no brackets", "::1"},
            {"dots that climb", "../h"}
        };
        for (String[] row : bad) {
            rows.add(row(
                    "9110 7.2", "Host with " + row[0], head("GET /a.txt HTTP/1.1", "Host: " + row[1]), "400 closed"));
        }
        String[][] taken = {
            {"user information", "user@h"},
            {"user information and password", "u:p@h"},
            {"a query", "h?x"},
            {"a fragment", "h#x"},
            {"a port of letters", "h:http"},
            {"a negative port", "h:-1"},
            {"a port with a sign", "h:+80"},
            {"two ports", "h:80:81"},
            {"a port above 65535", "h:65536"},
            {"an open bracket", "[::1"},
            {"no address in brackets", "[h]"},
            {"text behind brackets", "[::1]x"},
            {"empty brackets", "[]"},
            {"a backslash", "a\\b"},
            {"a quote", "a\"b"},
            {"angle brackets", "<h>"},
            {"a bar", "a|b"},
            {"braces", "{h}"},
            {"a caret", "a^b"},
            {"a backtick", "a`b"},
            {"a broken escape", "a%zz"},
            {"a byte above 127", "\u00e4"}
        };
        for (String[] row : taken) {
            rows.add(
                    row("9110 7.2", "Host with " + row[0], head("GET /a.txt HTTP/1.1", "Host: " + row[1]), "400 closed")
                            .nginx("200 kept", "takes it; RFC 9110 7.2: uri-host [ \":\" port ]"));
        }
        return rows;
    }
}
