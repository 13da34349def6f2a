package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pollux.http.Method;
import pollux.session.Session;
import pollux.session.SessionStore;

/** The meta-variables that a program sees. */
class CgiEnvironmentTest {
    @TempDir
    Path folder;

    private Requests requests;
    private final CgiHandler handler = new CgiHandler(new SearchPath("/bin:/usr/bin"));

    @BeforeEach
    void makeTree() throws IOException {
        Requests.tree(folder, Map.of("www/run.sh", "#!/bin/sh\n"));
        Files.setPosixFilePermissions(folder.resolve("www/run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        configure("server_name first.example; root www; cgi on;");
    }

    private void configure(String directives) {
        requests = Requests.server(folder, directives);
    }

    private Request get(String target) {
        return raw("GET " + target + " HTTP/1.1\r\n\r\n");
    }

    private Request raw(String head) {
        return requests.raw(head).request;
    }

    private List<String> environment(Request request) {
        assertEquals(0, handler.resolve(request));
        List<String> variables = handler.program().environment().list();
        List<String> names = variables.stream()
                .map(variable -> variable.substring(0, variable.indexOf('=')))
                .toList();
        assertEquals(names.size(), new TreeSet<>(names).size(), "no name twice");
        return variables.stream()
                .map(variable -> variable.replace(folder.toString(), "/folder"))
                .sorted()
                .toList();
    }

    /** The variables whose names begin so. */
    private List<String> environment(Request request, String prefix) {
        return environment(request).stream()
                .filter(variable -> variable.startsWith(prefix))
                .toList();
    }

    @Test
    void saysAllOfAPlainRequestAndNoMore() {
        assertEquals(
                List.of(
                        "DOCUMENT_ROOT=/folder/www",
                        "DOCUMENT_URI=/run.sh",
                        "GATEWAY_INTERFACE=CGI/1.1",
                        "HTTP_HOST=Example.com:8080",
                        "PATH=/bin:/usr/bin",
                        "QUERY_STRING=",
                        "REDIRECT_STATUS=200",
                        "REMOTE_ADDR=192.0.2.7",
                        "REMOTE_HOST=192.0.2.7",
                        "REMOTE_PORT=40000",
                        "REQUEST_METHOD=GET",
                        "REQUEST_SCHEME=http",
                        "REQUEST_URI=/run.sh",
                        "SCRIPT_FILENAME=/folder/www/run.sh",
                        "SCRIPT_NAME=/run.sh",
                        "SERVER_ADDR=127.0.0.1",
                        "SERVER_NAME=example.com",
                        "SERVER_PORT=8080",
                        "SERVER_PROTOCOL=HTTP/1.1",
                        "SERVER_SOFTWARE=" + Product.NAME_AND_VERSION),
                environment(raw("GET /run.sh HTTP/1.1\r\nHost: Example.com:8080\r\n\r\n")));
    }

    @Test
    void saysAllOfARequestWithEverything() {
        Request request = raw("""
                POST /run.sh/a%20b/c%3F?x=%41&y HTTP/1.0
                Host: h
                Authorization: Basic dXNlcjpwdw==
                Content-Type: a/b; c=d
                Content-Length: 12

                """);
        request.contentLength(12);
        assertEquals(
                List.of(
                        "AUTH_TYPE=Basic",
                        "CONTENT_LENGTH=12",
                        "CONTENT_TYPE=a/b; c=d",
                        "DOCUMENT_ROOT=/folder/www",
                        "DOCUMENT_URI=/run.sh/a b/c?",
                        "GATEWAY_INTERFACE=CGI/1.1",
                        "HTTP_HOST=h",
                        "PATH=/bin:/usr/bin",
                        "PATH_INFO=/a b/c?",
                        "PATH_TRANSLATED=/folder/www/a b/c?",
                        "QUERY_STRING=x=%41&y",
                        "REDIRECT_STATUS=200",
                        "REMOTE_ADDR=192.0.2.7",
                        "REMOTE_HOST=192.0.2.7",
                        "REMOTE_PORT=40000",
                        "REMOTE_USER=user",
                        "REQUEST_METHOD=POST",
                        "REQUEST_SCHEME=http",
                        "REQUEST_URI=/run.sh/a%20b/c%3F?x=%41&y",
                        "SCRIPT_FILENAME=/folder/www/run.sh",
                        "SCRIPT_NAME=/run.sh",
                        "SERVER_ADDR=127.0.0.1",
                        "SERVER_NAME=h",
                        "SERVER_PORT=8080",
                        "SERVER_PROTOCOL=HTTP/1.0",
                        "SERVER_SOFTWARE=" + Product.NAME_AND_VERSION),
                environment(request));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    Accept-Language: de                      | HTTP_ACCEPT_LANGUAGE=de
                    x-a1: \u00fc                             | HTTP_X_A1=\u00fc
                    X-Empty:                                 | HTTP_X_EMPTY=
                    X-A: 1;x-a: 2;X-A: 3                     | HTTP_X_A=1, 2, 3
                    Cookie: a=1;cookie: b=2                  | HTTP_COOKIE=a=1; b=2
                    X-A: 1;X_A: 2                            | HTTP_X_A=1
                    X_A: 2;X-A: 1                            | HTTP_X_A=1
                    X_A: 1;X_A: 2                            | HTTP_X_A=1, 2
                    X.A: 1                                   |
                    Proxy: http://evil                       |
                    PROXY: http://evil                       |
                    Authorization: Bearer x                  |
                    Proxy-Authorization: Basic x             |
                    Proxy_Authorization: Basic x             |
                    Content-Type: a/b                        |
                    Content_Type: a/b                        |
                    Content_Length: 5                        |
                    Expect: 100-continue                     |
                    Connection: close                        |
                    Connection: X-A;X-A: 1;X-B: 2            | HTTP_X_B=2
                    Keep-Alive: 5                            |
                    TE: trailers                             |
                    Trailer: X                               |
                    Transfer-Encoding: chunked               |
                    Upgrade: h2c                             |
                    """)
    void handsFieldsOn(String lines, String expected) {
        String text = "GET /run.sh HTTP/1.1\r\n" + lines.replace(";", "\r\n") + "\r\n\r\n";
        assertEquals(expected == null ? List.of() : List.of(expected), environment(raw(text), "HTTP_"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    Basic dXNlcjpwdw==   | Basic  | user
                    basic dXNlcjpwdw==   | basic  | user
                    Basic !              | Basic  | -
                    Bearer dXNlcjpwdw==  | Bearer | -
                    "quoted"             | -      | -
                    """)
    void saysWhoTheClientClaimsToBe(String value, String scheme, String user) {
        Request request = raw("GET /run.sh HTTP/1.1\r\nAuthorization: " + value + "\r\n\r\n");
        assertEquals(scheme == null ? List.of() : List.of("AUTH_TYPE=" + scheme), environment(request, "AUTH_TYPE"));
        assertEquals(user == null ? List.of() : List.of("REMOTE_USER=" + user), environment(request, "REMOTE_USER"));
    }

    @Test
    void knowsALengthOfZeroFromNone() {
        Request request = get("/run.sh");
        assertEquals(List.of(), environment(request, "CONTENT_LENGTH"));
        request.contentLength(0);
        assertEquals(List.of("CONTENT_LENGTH=0"), environment(request, "CONTENT_LENGTH"));
    }

    @Test
    void passesAnyMethodAsItWasSent() {
        assertEquals(
                List.of("REQUEST_METHOD=BREW"), environment(raw("BREW /run.sh HTTP/1.1\r\n\r\n"), "REQUEST_METHOD"));
    }

    @Test
    void hidesTheContentFromAnErrorPage() {
        Request request = raw("POST /missing HTTP/1.1\r\nContent-Type: a/b\r\n\r\n");
        request.contentLength(7);
        request.method(Method.GET);
        request.redirect("/run.sh", "why");
        assertEquals(List.of("REQUEST_METHOD=GET"), environment(request, "REQUEST_METHOD"));
        assertEquals(List.of("REQUEST_URI=/missing"), environment(request, "REQUEST_URI"));
        assertEquals(List.of("QUERY_STRING=why"), environment(request, "QUERY_STRING"));
        assertEquals(List.of("DOCUMENT_URI=/run.sh"), environment(request, "DOCUMENT_URI"));
        assertEquals(List.of(), environment(request, "CONTENT_"));
    }

    @Test
    void takesTheBlocksNameWhereNoneWasAskedFor() {
        assertEquals(List.of("SERVER_NAME=first.example"), environment(get("/run.sh"), "SERVER_NAME"));
    }

    @Test
    void hasAServerNameEvenWhereNobodyGaveOne() {
        configure("root www; cgi on;");
        assertEquals(List.of("SERVER_NAME=127.0.0.1"), environment(get("/run.sh"), "SERVER_NAME"));
        requests.over(new Peer("2001:db8::2", 1, "2001:db8::1", 80, 1, 0));
        assertEquals(List.of("SERVER_NAME=[2001:db8::1]"), environment(get("/run.sh"), "SERVER_NAME"));
        assertEquals(List.of("SERVER_ADDR=2001:db8::1"), environment(get("/run.sh"), "SERVER_ADDR"));
    }

    @Test
    void makesDoWithAUnixSocket() {
        configure("root www; cgi on;");
        requests.over(new Peer("unix:", 0, "unix:/run/pollux.sock", 0, 1, 0));
        Request request = get("/run.sh");
        assertEquals(List.of("REMOTE_ADDR=unix:", "REMOTE_HOST=unix:"), environment(request, "REMOTE_"));
        assertEquals(
                List.of(
                        "SERVER_ADDR=unix:/run/pollux.sock",
                        "SERVER_NAME=" + Product.HOSTNAME,
                        "SERVER_PORT=80",
                        "SERVER_PROTOCOL=HTTP/1.1",
                        "SERVER_SOFTWARE=" + Product.NAME_AND_VERSION),
                environment(request, "SERVER_"));
    }

    @Test
    void addsAndReplacesByParameter() {
        configure("root www; cgi on; cgi_param MINE $request_method:$arg_x;"
                + " cgi_param SERVER_NAME other; cgi_param EMPTY '';");
        Request request = get("/run.sh?x=1%20");
        assertEquals(List.of("MINE=GET:1%20"), environment(request, "MINE"));
        assertEquals(List.of("SERVER_NAME=other"), environment(request, "SERVER_NAME"));
        assertEquals(List.of("EMPTY="), environment(request, "EMPTY"));
    }

    @Test
    void showsTheSessionButNotAsTheClientSaysIt() {
        SessionStore store = SessionStore.open(null, 60_000, 10);
        Session session = store.create(0);
        assertTrue(new SessionChange("name", "J\u00f6rg").applyTo(session));
        assertTrue(new SessionChange("id", "not the session's own").applyTo(session));
        assertTrue(new SessionChange("gone", "x").applyTo(session));
        assertTrue(new SessionChange("gone", null).applyTo(session));
        assertFalse(new SessionChange("big", "x".repeat(Session.MAX_BYTES)).applyTo(session));
        Request request = raw("GET /run.sh HTTP/1.1\r\nSession-Id: forged\r\n\r\n");
        assertEquals(List.of(), environment(request, "SESSION_"));
        request.session(session);
        assertEquals(List.of("SESSION_ID=" + session.id(), "SESSION_NAME=J\u00f6rg"), environment(request, "SESSION_"));
        assertTrue(new SessionChange("", null).applyTo(session));
        assertEquals(List.of("SESSION_ID=" + session.id()), environment(request, "SESSION_"));
        store.close();
    }

    @Test
    void translatesThePathBelowAnAlias() {
        configure("location /app/ { alias www/; cgi on; }");
        Request request = get("/app/run.sh/info");
        assertEquals(List.of("DOCUMENT_ROOT=/folder/www/"), environment(request, "DOCUMENT_ROOT"));
        assertEquals(List.of("PATH_INFO=/info", "PATH_TRANSLATED=/folder/www/info"), environment(request, "PATH_"));
        assertEquals(
                List.of("SCRIPT_FILENAME=/folder/www/run.sh", "SCRIPT_NAME=/app/run.sh"),
                environment(request, "SCRIPT_"));
    }

    @Test
    void givesProgramsAPathWhateverTheServerHas() {
        assertTrue(SearchPath.ofServer().value().contains("/"));
    }
}
