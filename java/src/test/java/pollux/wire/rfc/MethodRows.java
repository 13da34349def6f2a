package pollux.wire.rfc;

import static pollux.wire.rfc.Row.head;
import static pollux.wire.rfc.Row.request;
import static pollux.wire.rfc.Row.row;

import java.util.ArrayList;
import java.util.List;

/** Methods (RFC 9110 section 9): what is known, what is allowed where, and what each answer has. */
final class MethodRows {
    private static final String NO_ALLOW = "has no Allow; RFC 9110 15.5.6";
    private static final String FILE = "Allow: GET, HEAD, OPTIONS";
    private static final String NO_CGI = "nginx has neither CGI nor allow_methods";

    private MethodRows() {}

    private static Row refused(String gist, String methodAndTarget) {
        return row("9110 15.5.6", gist, request(methodAndTarget), "405 kept").with(FILE);
    }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>(each());
        String nginx = "405 kept, no " + FILE;
        for (String known : List.of(
                "COPY",
                "MOVE",
                "UNLOCK",
                "PROPPATCH",
                "TRACK",
                "DEBUG",
                "SEARCH",
                "ACL",
                "PURGE",
                "LINK",
                "QUERY",
                "M-SEARCH",
                "NOTIFY",
                "PRI",
                "GE_T",
                "-",
                "X".repeat(8_000))) {
            String shown = known.length() > 20 ? "of 8000 bytes" : known;
            rows.add(refused("a method that is not allowed: " + shown, known + " /a.txt")
                    .nginx(nginx, NO_ALLOW));
        }
        for (String odd : List.of("head", "pOST", "GET1", "1", "*", ".", "~", "%47ET", "PO$T")) {
            rows.add(row("9110 9.1", "any token is a method: " + odd, request(odd + " /a.txt"), "405 kept")
                    .with(FILE)
                    .nginx(
                            "400 closed, no " + FILE,
                            "takes only capitals, - and _; RFC 9110 9.1: a method is a token"));
        }
        for (String bad : List.of("GET,", "GET;", "GET:", "GET/", "(GET)", "GET=", "G@T", "GET\u007f", "GE\u000bT")) {
            String shown = bad.replace("\u007f", " and DEL").replace("\u000b", " vertical tab ");
            rows.add(row("9110 9.1", "no token: " + shown, request(bad + " /a.txt"), "400 closed"));
        }
        return rows;
    }

    private static List<Row> each() {
        return List.of(
                row("9110 9.3.1", "GET", request("GET /a.txt"), "200 kept").content(RfcSite.A),
                row("9110 9.3.2", "HEAD is GET without content", request("HEAD /a.txt"), "200 kept")
                        .content("")
                        .with("Content-Length: 10", "Content-Type: text/plain"),
                row("9110 9.3.7", "OPTIONS", request("OPTIONS /a.txt"), "204 kept")
                        .with(FILE)
                        .without("Content-Length")
                        .nginx(
                                "405 kept, no Allow: GET, HEAD, OPTIONS, Content-Length: 157",
                                "nginx does not answer OPTIONS; RFC 9110 9.3.7"),
                row("9110 9.3.7", "OPTIONS where PUT is allowed", request("OPTIONS /put/x"), "204 kept")
                        .with("Allow: GET, HEAD, PUT, DELETE, OPTIONS")
                        .nginx(
                                "405 kept, no Allow: GET, HEAD, PUT, DELETE, OPTIONS",
                                "nginx does not answer OPTIONS; RFC 9110 9.3.7"),
                refused("POST to a file", "POST /a.txt").nginx("405 kept, no Allow: GET, HEAD, OPTIONS", NO_ALLOW),
                refused("PUT where it is not allowed", "PUT /a.txt")
                        .nginx("405 kept, no Allow: GET, HEAD, OPTIONS", NO_ALLOW),
                refused("DELETE where it is not allowed", "DELETE /a.txt")
                        .nginx("405 kept, no Allow: GET, HEAD, OPTIONS", NO_ALLOW),
                refused("PATCH", "PATCH /a.txt").nginx("405 kept, no Allow: GET, HEAD, OPTIONS", NO_ALLOW),
                refused("MKCOL", "MKCOL /x/").nginx("405 kept, no Allow: GET, HEAD, OPTIONS", NO_ALLOW),
                refused("PROPFIND", "PROPFIND /a.txt").nginx("405 kept, no Allow: GET, HEAD, OPTIONS", NO_ALLOW),
                refused("LOCK", "LOCK /a.txt").nginx("405 kept, no Allow: GET, HEAD, OPTIONS", NO_ALLOW),
                row("9110 9.3.8", "TRACE has Allow", request("TRACE /a.txt"), "405 closed")
                        .with(FILE)
                        .nginx("405 closed, no Allow: GET, HEAD, OPTIONS", "has no Allow; RFC 9110 15.5.6"),
                refused("an unknown method", "BREW /a.txt").nginx("405 kept, no Allow: GET, HEAD, OPTIONS", NO_ALLOW),
                refused("an unknown method of odd characters", "!#$%&'*+-.^_`|~ /a.txt")
                        .nginx(
                                "400 closed, no Allow: GET, HEAD, OPTIONS",
                                "takes only capitals, hyphen and underscore; RFC 9110 9.1: a method is a token"),
                refused("an unknown method for nothing that exists", "BREW /nothing")
                        .nginx("405 kept, no Allow: GET, HEAD, OPTIONS", NO_ALLOW),
                row("9110 9.3.8", "TRACE does not echo", request("TRACE /echo", "X-Secret: s"), "405 closed"),
                row("9110 9.1", "methods are case-sensitive: get", request("get /a.txt"), "405 kept")
                        .with(FILE)
                        .nginx(
                                "400 closed, no Allow: GET, HEAD, OPTIONS",
                                "takes only capitals; RFC 9110 9.1: a method is a token"),
                row("9110 9.1", "methods are case-sensitive: Get", request("Get /a.txt"), "405 kept")
                        .with(FILE)
                        .nginx(
                                "400 closed, no Allow: GET, HEAD, OPTIONS",
                                "takes only capitals; RFC 9110 9.1: a method is a token"),
                row("9110 9.1", "a longer method that begins as GET", request("GETX /a.txt"), "405 kept")
                        .with(FILE)
                        .nginx("405 kept, no Allow: GET, HEAD, OPTIONS", NO_ALLOW),
                row("9110 9.1", "a long method", request("X".repeat(300) + " /a.txt"), "405 kept"),
                row("9110 9.3.6", "CONNECT with a path", request("CONNECT /a.txt"), "405 closed"),
                row(
                                "9110 9.3.4",
                                "PUT over what exists",
                                request("PUT /put/there.txt", "Content-Length: 3") + "new",
                                "204 kept")
                        .without("Content-Length"),
                row(
                        "9110 9.3.4",
                        "PUT in chunks",
                        request("PUT /put/there.txt", "Transfer-Encoding: chunked") + "3\r\nnew\r\n0\r\n\r\n",
                        "204 kept"),
                row(
                        "9110 9.3.4",
                        "PUT without content is empty content",
                        request("PUT /put/there.txt", "Content-Length: 0"),
                        "204 kept"),
                row(
                                "9110 14.5",
                                "PUT with Content-Range",
                                request("PUT /put/there.txt", "Content-Range: bytes 0-2/5", "Content-Length: 3")
                                        + "new",
                                "400 closed")
                        .nginx("501 closed", "501; RFC 9110 14.5: 400"),
                row("9110 9.3.5", "DELETE of nothing", request("DELETE /put/nothing"), "404 kept"),
                row(
                                "9110 15.5.6",
                                "POST where only PUT and DELETE are",
                                request("POST /put/there.txt", "Content-Length: 3") + "new",
                                "405 kept")
                        .with("Allow: GET, HEAD, PUT, DELETE, OPTIONS")
                        .nginx("405 kept, no Allow: GET, HEAD, PUT, DELETE, OPTIONS", NO_ALLOW),
                row("9110 15.5.6", "allow_methods GET", request("POST /only/a.txt"), "405 kept")
                        .with("Allow: GET, HEAD")
                        .notForNginx(NO_CGI),
                row(
                                "9110 9.3.1",
                                "an unknown method of a program is the program's",
                                request("BREW /cgi/deaf.sh"),
                                "200 kept")
                        .content("deaf")
                        .notForNginx(NO_CGI),
                row("9110 9.3.7", "OPTIONS of a program", request("OPTIONS /cgi/deaf.sh"), "204 kept")
                        .with("Allow: GET, HEAD, POST, OPTIONS")
                        .notForNginx(NO_CGI),
                row(
                                "9110 9.3.6",
                                "CONNECT to an IPv6 address",
                                head("CONNECT [::1]:80 HTTP/1.1", "Host: h"),
                                "405 closed")
                        .nginx(
                                "400 closed",
                                "refuses a target without a slash; RFC 9110 15.5.6: known and not allowed is 405"),
                row(
                                "9110 9.3.6",
                                "CONNECT with content",
                                request("CONNECT h:80", "Content-Length: 3") + "abc",
                                "405 closed")
                        .nginx(
                                "400 closed",
                                "refuses a target without a slash; RFC 9110 15.5.6: known and not allowed is 405"),
                row("9112 3.2.3", "CONNECT: a port of letters", head("CONNECT h:x HTTP/1.1", "Host: h"), "400 closed"),
                row("9112 3.2.3", "CONNECT: no host", head("CONNECT :80 HTTP/1.1", "Host: h"), "400 closed"),
                row(
                        "9112 3.2.3",
                        "CONNECT: a port too large",
                        head("CONNECT h:99999 HTTP/1.1", "Host: h"),
                        "400 closed"),
                row(
                        "9112 3.2.3",
                        "CONNECT: user information",
                        head("CONNECT u@h:80 HTTP/1.1", "Host: h"),
                        "400 closed"),
                row(
                        "9112 3.2.3",
                        "CONNECT: a path behind it",
                        head("CONNECT h:80/x HTTP/1.1", "Host: h"),
                        "400 closed"),
                row("9112 3.2.3", "CONNECT: an asterisk", head("CONNECT * HTTP/1.1", "Host: h"), "400 closed"),
                row(
                        "9110 9.3.8",
                        "TRACE with content",
                        request("TRACE /echo", "Content-Length: 3") + "abc",
                        "405 closed"),
                row("9110 9.3.8", "TRACE with Max-Forwards", request("TRACE /echo", "Max-Forwards: 0"), "405 closed"),
                row("9110 9.3.2", "GET implies HEAD", request("HEAD /only/a.txt"), "200 kept")
                        .notForNginx(NO_CGI),
                row("9110 9.3.3", "POST to a program", request("POST /cgi/deaf.sh"), "200 kept")
                        .content("deaf")
                        .notForNginx(NO_CGI),
                row("9110 9.3.8", "TRACE of a program", request("TRACE /cgi/env.sh"), "405 closed")
                        .notForNginx(NO_CGI),
                row("9110 15.5.6", "an unknown method and HTTP/1.0", head("BREW /a.txt HTTP/1.0"), "405 closed")
                        .with(FILE)
                        .nginx("405 closed, no Allow: GET, HEAD, OPTIONS", "has no Allow; RFC 9110 15.5.6"),
                row(
                        "9110 15.5.14",
                        "content above client_max_body_size",
                        request("POST /small", "Content-Length: 11") + "0123456789a",
                        "413 closed"),
                row(
                        "9110 15.5.14",
                        "content of just that size",
                        request("POST /small", "Content-Length: 10") + "0123456789",
                        "200 kept"),
                row(
                        "9110 15.5.14",
                        "a length that is absurd",
                        request("POST /small", "Content-Length: 9223372036854775807"),
                        "413 closed"),
                row(
                                "9110 15.5.14",
                                "chunks above client_max_body_size",
                                request("POST /limit/cat.sh", "Transfer-Encoding: chunked")
                                        + "b\r\n0123456789a\r\n0\r\n\r\n",
                                "413 closed")
                        .notForNginx(NO_CGI));
    }
}
