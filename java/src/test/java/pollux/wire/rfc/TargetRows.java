package pollux.wire.rfc;

import static pollux.wire.rfc.Row.head;
import static pollux.wire.rfc.Row.request;
import static pollux.wire.rfc.Row.row;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The target (RFC 9112 section 3.2, RFC 3986). */
final class TargetRows {
    private TargetRows() {}

    static List<Row> rows() {
        return Stream.of(forms(), schemes(), paths(), escapes())
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

    /** RFC 9110 7.4: what is asked for by another scheme is not to be had over this connection. */
    private static List<Row> schemes() {
        List<Row> rows = new ArrayList<>();
        for (String other : List.of("https", "HTTPS", "ws", "wss", "ftp", "file", "gopher", "javascript", "x-y+z.1")) {
            rows.add(row("9110 7.4", "another scheme: " + other, request("GET " + other + "://h/echo"), "421 closed")
                    .nginx("200 kept", "does not look at the scheme; RFC 9110 7.4: misdirected"));
        }
        for (String bad :
                List.of("1http://h/", "+http://h/", "://h/", "http//h/", "http:h", "http:\\\\h\\", "https:///")) {
            rows.add(refused("3986 3.1", "no scheme and authority: " + bad, bad));
        }
        return rows;
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
                echo("nginx", "an absolute URI as a path", "/echo/http://h/x", "GET|/echo/http:/h/x||h"),
                echo("3986 3.4", "a query may have another URI", "/echo?http://x/../", "GET|/echo|http://x/../|h"),
                echo(
                        "3986 3.3",
                        "parameters of a segment are a part of it",
                        "/echo/..;/x;y=z",
                        "GET|/echo/..;/x;y=z||h"),
                echo("3986 5.2.4", "a thousand segments and back", "/x/..".repeat(1_000) + "/echo", "GET|/echo||h"),
                refused("3986 5.2.4", "a thousand times above the root", "/..".repeat(1_000)),
                row("3986 3.3", "a file is no folder", request("GET /a.txt/"), "404 kept"),
                row("3986 3.3", "and has none above it", request("GET /a.txt/x"), "404 kept"),
                row("3986 3.3", "an asterisk is a name", request("GET /*"), "404 kept"),
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
                echo("3986 2.4", "decoded once: %25%32%65", "/echo/%25%32%65%25%32%65/x", "GET|/echo/%2e%2e/x||h"),
                echo("3986 2.4", "decoded once: %252f", "/echo%252fx", "GET|/echo%2fx||h"),
                echo(
                        "3986 2.5",
                        "overlong dots are no dots",
                        "/echo/%c0%ae%c0%ae/x",
                        "GET|/echo/\u00c0\u00ae\u00c0\u00ae/x||h"),
                echo("3986 2.5", "an overlong slash is no slash", "/echo/a%c0%afb", "GET|/echo/a\u00c0\u00afb||h"),
                echo("3986 2.1", "an escaped backslash is a byte", "/echo/..%5cx", "GET|/echo/..\\x||h"),
                echo("3986 2.1", "an escaped space", "/echo/%20", "GET|/echo/ ||h"),
                echo("3986 2.1", "an escaped semicolon", "/echo/%3b", "GET|/echo/;||h"),
                echo("nginx", "escaped dots and an escaped slash climb", "/echo/x/%2E%2E%2Fy", "GET|/echo/y||h"),
                echo("nginx", "a dot and an escaped one climb", "/echo/x/.%2e/y", "GET|/echo/y||h"),
                echo("nginx", "an escaped dot alone", "/echo/%2e/y", "GET|/echo/y||h"),
                echo("3986 2.1", "%00 in a query", "/echo?%00", "GET|/echo|%00|h"),
                refused("3986 5.2.4", "escaped slashes above the root", "/echo%2f..%2f..%2fx"),
                refused("3986 5.2.4", "escaped dots above the root", "/%2e%2e/x"),
                refused("3986 5.2.4", "an escaped slash above the root", "/..%2fx"),
                row(
                                "9110 5.5",
                                "an escaped line end cannot split the answer",
                                request("GET /split/a%0d%0aSet-Cookie:%20evil=1"),
                                "302 kept")
                        .without("Set-Cookie")
                        .with("Location: http://h/to/split/a%0D%0ASet-Cookie: evil=1")
                        .nginx(
                                "302 kept, Set-Cookie: evil=1, no Location: http://h/to/split/a%0D%0ASet-Cookie: evil=1",
                                "writes the line end as it is; RFC 9110 5.5"),
                row("9110 5.5", "nor other control characters", request("GET /split/%01%09%1f%7f"), "302 kept")
                        .with("Location: http://h/to/split/%01%09%1F%7F")
                        .nginx(
                                "302 kept, no Location: http://h/to/split/%01%09%1F%7F",
                                "writes them as they are; RFC 9110 5.5")));
        for (String bad : List.of(
                "%", "%4", "%zz", "%4z", "%z4", "%%41", "%u0041", "%-1", "%+1", "% 1", "%00", "a%00b", "%\u00e41")) {
            rows.add(refused("3986 2.1", "an invalid escape or %00: " + bad, "/echo/" + bad));
        }
        return rows;
    }
}
