package pollux.wire.rfc;

import static pollux.wire.rfc.Row.request;
import static pollux.wire.rfc.Row.row;

import java.util.List;

/** Cookies (RFC 6265): they pass unchanged. */
final class CookieRows {
    private CookieRows() {}

    static List<Row> rows() {
        String get = "GET /cookie";
        return List.of(
                row("6265 5.4", "one field", request(get, "Cookie: a=1; b=2"), "200 kept")
                        .content("a=1; b=2"),
                row(
                                "6265 5.4",
                                "several fields are joined",
                                request(get, "Cookie: a=1", "Cookie: b=2", "Cookie: c=3"),
                                "200 kept")
                        .content("a=1; b=2; c=3"),
                row(
                                "6265 5.4",
                                "with other fields between",
                                request(get, "Cookie: a=1", "X: y", "cookie: b=2"),
                                "200 kept")
                        .content("a=1; b=2"),
                row(
                                "6265 4.1.1",
                                "bytes that are no cookie octets stay",
                                request(get, "Cookie: a=\"1,2\\ \u00e4\"; ;b"),
                                "200 kept")
                        .content("a=\"1,2\\ \u00e4\"; ;b"),
                row("6265 5.4", "one of 8000 bytes", request(get, "Cookie: a=" + "b".repeat(7_990)), "200 kept")
                        .content("a=" + "b".repeat(7_990)),
                row("6265 5.4", "a hundred lines", request(get, "Cookie: a=b\r\n".repeat(99) + "Cookie: c"), "200 kept")
                        .content("a=b; ".repeat(99) + "c"),
                row("6265 4.2.1", "without a name", request(get, "Cookie: =b; ; =; a"), "200 kept")
                        .content("=b; ; =; a"),
                row("6265 4.2.1", "with commas", request(get, "Cookie: a=1, b=2", "Cookie: c=3, d"), "200 kept")
                        .content("a=1, b=2; c=3, d"),
                row("6265 4.2.1", "with an escape, which stays", request(get, "Cookie: a=%0d%0aX:y"), "200 kept")
                        .content("a=%0d%0aX:y"),
                row("9110 5.5", "with NUL", request(get, "Cookie: a=\0b"), "400 closed"),
                row("9110 5.5", "with a bare CR", request(get, "Cookie: a=\rb"), "400 closed"),
                row("9110 5.5", "with a control character", request(get, "Cookie: a=\u0001"), "400 closed")
                        .nginx("200 kept", "takes it; RFC 9110 5.5: invalid, and dangerous"),
                row("6265 5.4", "an empty one", request(get, "Cookie:"), "200 kept")
                        .content(""));
    }
}
