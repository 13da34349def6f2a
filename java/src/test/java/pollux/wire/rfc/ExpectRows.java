package pollux.wire.rfc;

import static pollux.wire.rfc.Row.head;
import static pollux.wire.rfc.Row.request;
import static pollux.wire.rfc.Row.row;

import java.util.List;

/** Expect (RFC 9110 section 10.1.1): 100 only when the content will be read. */
final class ExpectRows {
    private static final String WAITS =
            "keeps the connection and waits for the content; RFC 9110 10.1.1: it need not come";
    private static final String NO_417 = "ignores what it does not know; RFC 9110 10.1.1: 417";
    private static final String KNOWS =
            "keeps it; a client that waits for 100 may never send the content, and its next request would be taken for it";
    private static final String CONTINUE = "Expect: 100-continue";
    private static final String THREE = "Content-Length: 3";
    private static final String NO_CGI = "nginx has no CGI";

    private ExpectRows() {}

    private static Row unknown(String gist, String expectation) {
        return row(
                        "9110 10.1.1",
                        "nearly 100-continue: " + gist,
                        request("PUT /put/there.txt", "Expect: " + expectation, THREE) + "new",
                        "417 closed")
                .nginx("204 kept", NO_417);
    }

    static List<Row> rows() {
        return List.of(
                row(
                                "9110 10.1.1",
                                "100 before the content is read",
                                request("PUT /put/there.txt", CONTINUE, THREE),
                                "100 204 kept")
                        .then("new"),
                row(
                                "9110 10.1.1",
                                "of chunks",
                                request("PUT /put/there.txt", CONTINUE, "Transfer-Encoding: chunked"),
                                "100 204 kept")
                        .then("3\r\nnew\r\n0\r\n\r\n"),
                row(
                                "9110 10.1.1",
                                "in any case",
                                request("PUT /put/there.txt", "expect: 100-CONTINUE", THREE),
                                "100 204 kept")
                        .then("new"),
                row(
                                "9110 10.1.1",
                                "a program takes the content",
                                request("POST /cgi/cat.sh", CONTINUE, THREE),
                                "100 200 kept")
                        .then("abc")
                        .content("3|abc")
                        .notForNginx(NO_CGI),
                row(
                                "9110 10.1.1",
                                "no 100 when some content has come",
                                request("PUT /put/there.txt", CONTINUE, THREE) + "new",
                                "204 kept")
                        .nginx("100 204 kept", "sends it; RFC 9110 10.1.1 allows both"),
                row("9110 10.1.1", "no 100 without content", request("GET /a.txt", CONTINUE), "200 kept")
                        .nginx("100 200 kept", "sends it; RFC 9110 10.1.1: only when content is to come"),
                row(
                                "9110 10.1.1",
                                "no 100 for empty content",
                                request("PUT /put/there.txt", CONTINUE, "Content-Length: 0"),
                                "204 kept")
                        .nginx("100 204 kept", "sends it; RFC 9110 10.1.1: only when content is to come"),
                row(
                                "9110 10.1.1",
                                "none in HTTP/1.0",
                                head("PUT /put/there.txt HTTP/1.0", CONTINUE, THREE),
                                "204 closed")
                        .then("new"),
                row(
                                "9110 10.1.1",
                                "the final status at once: 404",
                                request("POST /nothing", CONTINUE, THREE),
                                "404 closed")
                        .ending()
                        .with("Connection: close")
                        .nginx("404 closed, no Connection: close", WAITS),
                row(
                                "9110 10.1.1",
                                "the final status at once: 405",
                                request("PUT /a.txt", CONTINUE, THREE),
                                "405 closed")
                        .ending()
                        .with("Connection: close")
                        .nginx("405 closed, no Connection: close", WAITS),
                row(
                        "9110 10.1.1",
                        "the final status at once: 413",
                        request("POST /small", CONTINUE, "Content-Length: 11"),
                        "413 closed"),
                row(
                                "9110 10.1.1",
                                "the final status at once: 200",
                                request("POST /echo", CONTINUE, THREE),
                                "200 closed")
                        .ending()
                        .with("Connection: close")
                        .nginx("100 200 closed, no Connection: close", WAITS),
                row(
                                "9110 10.1.1",
                                "the final status at once: 301",
                                request("POST /moved", CONTINUE, THREE),
                                "301 closed")
                        .ending()
                        .with("Connection: close")
                        .nginx("100 301 closed, no Connection: close", WAITS),
                row(
                        "9110 10.1.1",
                        "the final status at once: 400",
                        request("PUT /put/there.txt", CONTINUE, "Content-Length: x"),
                        "400 closed"),
                row(
                                "9110 10.1.1",
                                "another expectation",
                                request("PUT /put/there.txt", "Expect: 200-ok", THREE) + "new",
                                "417 closed")
                        .nginx("204 kept", NO_417),
                row(
                                "9110 10.1.1",
                                "another beside 100-continue",
                                request("PUT /put/there.txt", "Expect: 100-continue, x", THREE) + "new",
                                "417 closed")
                        .nginx("204 kept", NO_417),
                row(
                                "9110 10.1.1",
                                "another in a line of its own",
                                request("PUT /put/there.txt", CONTINUE, "Expect: x", THREE) + "new",
                                "417 closed")
                        .nginx("400 closed", "refuses a second line; RFC 9110 10.1.1: Expect is a list"),
                row(
                                "9110 10.1.1",
                                "100-continue with a value",
                                request("PUT /put/there.txt", "Expect: 100-continue=yes", THREE) + "new",
                                "417 closed")
                        .nginx("204 kept", NO_417),
                row(
                                "9110 10.1.1",
                                "the final status, although the content has come: 404",
                                request("POST /nothing", CONTINUE, THREE) + "abc",
                                "404 closed")
                        .with("Connection: close")
                        .nginx("404 kept, no Connection: close", KNOWS),
                row(
                                "9110 10.1.1",
                                "the final status, although the chunks have come: 405",
                                request("POST /a.txt", CONTINUE, "Transfer-Encoding: chunked") + "0\r\n\r\n",
                                "405 closed")
                        .with("Connection: close")
                        .nginx("405 kept, no Connection: close", KNOWS),
                row(
                                "9110 10.1.1",
                                "the final status, and a request in place of the content",
                                request("POST /nothing", CONTINUE, "Content-Length: " + Way.GOOD.length()) + Way.GOOD,
                                "404 closed")
                        .nginx("404 kept", KNOWS),
                row(
                        "9110 10.1.1",
                        "too much is too much, whatever is expected",
                        request("PUT /ten/there.txt", CONTINUE, "Content-Length: 11") + "0123456789a",
                        "413 closed"),
                row(
                                "9110 10.1.1",
                                "chunks that announce too much",
                                request("PUT /ten/there.txt", CONTINUE, "Transfer-Encoding: chunked"),
                                "100 413 closed")
                        .then("b\r\na"),
                row(
                                "9110 10.1.1",
                                "chunks that are broken",
                                request("PUT /put/there.txt", CONTINUE, "Transfer-Encoding: chunked"),
                                "100 400 closed")
                        .then("x\r\n"),
                row(
                                "9110 10.1.1",
                                "an upload that is refused",
                                request("PUT /put/folder/", CONTINUE, THREE),
                                "409 closed")
                        .ending(),
                row(
                                "9110 10.1.1",
                                "Connection cannot take it away",
                                request("PUT /put/there.txt", "Connection: Expect", CONTINUE, THREE),
                                "100 204 kept")
                        .then("new"),
                row(
                                "9110 10.1.1",
                                "behind an empty member of the list",
                                request("PUT /put/there.txt", "Expect: , 100-continue ,", THREE),
                                "100 204 kept")
                        .then("new")
                        .nginx("204 kept", "does not read it as a list; RFC 9110 5.6.1"),
                unknown("in quotes", "\"100-continue\""),
                unknown("with a parameter", "100-continue;q=1"),
                unknown("two words", "100-continue x"),
                unknown("a space for the hyphen", "100 continue"),
                unknown("an equals sign", "100-continue="),
                unknown("a number alone", "100"),
                row("9110 10.1.1", "an empty expectation", request("GET /a.txt", "Expect:"), "200 kept"),
                row(
                                "9110 10.1.1",
                                "100-continue twice",
                                request("PUT /put/there.txt", "Expect: 100-continue, 100-continue", THREE),
                                "100 204 kept")
                        .then("new")
                        .nginx("204 kept", "does not read it as a list; RFC 9110 10.1.1"),
                row(
                                "9110 10.1.1",
                                "100-continue in two lines",
                                request("PUT /put/there.txt", CONTINUE, CONTINUE, THREE),
                                "100 204 kept")
                        .then("new")
                        .nginx("400 closed", "refuses a second line; RFC 9110 10.1.1: Expect is a list"),
                row("9110 10.1.1", "another expectation of a GET", request("GET /a.txt", "Expect: x"), "417 kept")
                        .nginx("200 kept", NO_417),
                row(
                        "9110 10.1.1",
                        "another in HTTP/1.0 is ignored",
                        head("GET /a.txt HTTP/1.0", "Expect: x"),
                        "200 closed"));
    }
}
