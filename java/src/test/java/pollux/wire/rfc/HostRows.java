package pollux.wire.rfc;

import static pollux.wire.rfc.Row.head;
import static pollux.wire.rfc.Row.row;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Host (RFC 9112 section 3.2, RFC 9110 section 7.2, RFC 3986 section 3.2.2): exactly one, and a valid one. */
final class HostRows {
    private HostRows() {}

    static List<Row> rows() {
        return Stream.of(hosts(), badHosts()).flatMap(List::stream).toList();
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
                host("an address of a future kind", "[v1.x]", "[v1.x]"),
                host("an IPv6 address that ends in an IPv4 one", "[::1.2.3.4]:", "[::1.2.3.4]"),
                host("an escape", "a%41", "a%41"),
                host("sub-delimiters", "a!$&'()*+,;=b", "a!$&'()*+,;=b"),
                host("a number that is no address", "256.256.256.256", "256.256.256.256"),
                host("port 0", "h:0", "h"),
                host("port 65535", "h:65535", "h"),
                host("zeros before a port", "h:0080", "h"),
                host("hyphens and dots", "-h.x-", "-h.x-"),
                host("a long name", "a".repeat(300), "a".repeat(300)),
                row("9110 7.2", "white space around it", head("GET /echo HTTP/1.1", "Host:   h  "), "200 kept")
                        .content("GET|/echo||h"),
                row(
                                "9110 7.2",
                                "other fields are no Host",
                                head("GET /echo HTTP/1.1", "Host: h", "X-Forwarded-Host: x", "Hostx: y", "X-Host: z"),
                                "200 kept")
                        .content("GET|/echo||h"),
                row(
                                "9112 3.2.2",
                                "of an absolute target, in HTTP/1.0",
                                head("GET http://x:8/echo HTTP/1.0", "Host: h"),
                                "200 closed")
                        .content("GET|/echo||x"),
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
                row("9112 3.2", "HTTP/1.2 without Host", head("GET /a.txt HTTP/1.2"), "400 closed"),
                row("9112 3.2", "a second, empty Host", head("GET /a.txt HTTP/1.1", "Host: a", "Host:"), "400 closed"),
                row("9112 3.2", "a first, empty Host", head("GET /a.txt HTTP/1.1", "Host:", "Host: a"), "400 closed"),
                row(
                        "9112 3.2",
                        "two Hosts apart, in any case",
                        head("GET /a.txt HTTP/1.1", "Host: a", "X: y", "hOST: a"),
                        "400 closed"),
                row(
                        "9112 3.2",
                        "a second Host that looks folded",
                        head("GET /a.txt HTTP/1.1", "Host: a", " Host: b"),
                        "400 closed"),
                row("9112 3.2", "a Host that looks folded", head("GET /a.txt HTTP/1.1", " Host: a"), "400 closed"),
                row("9112 3.2", "Host behind a bare CR", head("GET /a.txt HTTP/1.1", "X: y\rHost: h"), "400 closed"),
                row("9112 3.2", "Host with NUL in its name", head("GET /a.txt HTTP/1.1", "Host\0: h"), "400 closed"),
                row(
                        "9112 3.2",
                        "an absolute target and an empty Host",
                        head("GET http://h/a.txt HTTP/1.1", "Host:"),
                        "400 closed"),
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
            {"dots that climb", "../h"},
            {"two slashes", "//h"},
            {"two dots at the end", "h.."},
            {"a space before the port", "h :80"},
            {"a space in the port", "h: 80"},
            {"a list of one name twice", "h, h"},
            {"a bare CR", "h\rx"},
            {"NUL", "h\0"},
            {"a vertical tab", "h\u000b"},
            {"a control character", "h\u0001"},
            {"DEL", "h\u007f"}
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
            {"a byte above 127", "\u00e4"},
            {"an empty user", "@h"},
            {"a port beyond all numbers", "h:99999999999999999999"},
            {"a port with a letter", "h:8o"},
            {"a percent sign alone", "h%"},
            {"a zone", "[::1%25eth0]"},
            {"a zone that is not escaped", "[::1%eth0]"},
            {"an IPv4 address in brackets", "[1.2.3.4]"},
            {"a broken IPv4 address in an IPv6 one", "[::1.2.3.256]"},
            {"an address of no kind", "[vX.x]"},
            {"a colon in brackets", "[:]"}
        };
        for (String[] row : taken) {
            rows.add(
                    row("9110 7.2", "Host with " + row[0], head("GET /a.txt HTTP/1.1", "Host: " + row[1]), "400 closed")
                            .nginx("200 kept", "takes it; RFC 9110 7.2: uri-host [ \":\" port ]"));
        }
        return rows;
    }
}
