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
    private static final String CONTINUE = "Expect: 100-continue";
    private static final String THREE = "Content-Length: 3";
    private static final String NO_CGI = "nginx has no CGI";

    private ExpectRows() {}

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
                                "417 kept")
                        .nginx("204 kept", NO_417),
                row(
                                "9110 10.1.1",
                                "another beside 100-continue",
                                request("PUT /put/there.txt", "Expect: 100-continue, x", THREE) + "new",
                                "417 kept")
                        .nginx("204 kept", NO_417),
                row(
                                "9110 10.1.1",
                                "another in a line of its own",
                                request("PUT /put/there.txt", CONTINUE, "Expect: x", THREE) + "new",
                                "417 kept")
                        .nginx("400 closed", "refuses a second line; RFC 9110 10.1.1: Expect is a list"),
                row(
                                "9110 10.1.1",
                                "100-continue with a value",
                                request("PUT /put/there.txt", "Expect: 100-continue=yes", THREE) + "new",
                                "417 kept")
                        .nginx("204 kept", NO_417),
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
