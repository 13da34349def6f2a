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
                row("6265 5.4", "an empty one", request(get, "Cookie:"), "200 kept")
                        .content(""));
    }
}
