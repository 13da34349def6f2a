package pollux.twin;

import static pollux.twin.Row.get;
import static pollux.twin.Row.request;
import static pollux.twin.Row.send;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** {@code allow} and {@code deny}, {@code auth_basic}, {@code satisfy} and {@code limit_except}. */
class AccessTwinTest extends TwinTable {
    private static final String USERS = """
            # users
            plain:{PLAIN}secret
            sha:{SHA}U5lVQVt3jUxILaL251beisJ5kRY=:comment
            ssha:{SSHA}kHyRxDonW4LcT0UxYTY2sNuG0hpzYWx0
            apr:$apr1$abcdefgh$OsjPgQUWMAtMNmB0bA7mk.
            md5:$1$abcdefgh$f48iE5glXvGWD.es6r1qQ0
            sha256:$5$abcdefgh$dAwIcrkbjZp1Qp4D.LaKCVpApjpoyhUhI1HLmPFfPg1
            sha512:$6$abcdefgh$aAcROoG551kYhUKpAjxWZFUqHvnEd42OxGLdK9YDmQWc.aM2LXklTwKBA0EyqYCJQoTcPGOpSAefW.b3NdZJ3.
            twice:{PLAIN}one
            twice:{PLAIN}two
            empty:{PLAIN}
            #hash:{PLAIN}x
            nocolon
            colon:{PLAIN}a:b
            last:{PLAIN}end""";

    @BeforeAll
    void users() {
        twins().site()
                .file("users", USERS)
                .file("run/crlf", "a:{PLAIN}x\r\nb:{PLAIN}y\r\n")
                .folder("run/folder");
    }

    @Override
    String configuration() {
        return """
                types { text/plain txt; text/html html; }
                server {
                    listen 127.0.0.1:@port@;
                    root www;
                    location /allow-all/ { allow all; deny all; alias www/; }
                    location /deny-all/ { deny all; allow all; alias www/; }
                    location /me/ { allow 127.0.0.1; deny all; alias www/; }
                    location /not-me/ { deny 127.0.0.1; alias www/; }
                    location /net/ { allow 127.0.0.0/8; deny all; alias www/; }
                    location /other-net/ { allow 128.0.0.0/1; deny all; alias www/; }
                    location /net31/ { deny 127.0.0.0/31; alias www/; }
                    location /net32/ { deny 127.0.0.2/32; allow 0.0.0.0/0; deny all; alias www/; }
                    location /six/ { deny ::/0; alias www/; }
                    location /mapped/ { deny ::ffff:127.0.0.1; alias www/; }
                    location /unix/ { deny unix:; alias www/; }
                    location /none/ { allow 1.2.3.4; alias www/; }
                    location /outer/ { deny all; alias www/;
                        location /outer/inherits/ { alias www/; }
                        location /outer/own/ { allow all; alias www/; } }
                    location /deny-return { deny all; return 200 returned; }
                    location /deny-try { deny all; try_files /a.txt =404; }
                    location /deny-missing { deny all; }
                    location /to-denied { try_files /nothing /deny-all/a.txt; }
                    location /to-named { try_files /nothing @denied; }
                    location @denied { deny all; }
                    location /page/ { deny all; error_page 403 /errors/403.html; alias www/; }
                    location /page-denied/ { deny all; error_page 403 /page-denied/x; alias www/; }
                    location /page-named/ { deny all; error_page 403 = @named; alias www/; }
                    location @named { return 200 named; }
                    location /denied-folder { deny all; alias www/sub; }

                    location /auth/ { auth_basic realm; auth_basic_user_file users; alias www/;
                        location /auth/off/ { auth_basic off; alias www/; }
                        location /auth/other/ { auth_basic "other $uri"; alias www/; } }
                    location /auth-quote/ { auth_basic 'a"b'; auth_basic_user_file users; }
                    location /auth-var/ { auth_basic $arg_r; auth_basic_user_file users; alias www/; }
                    location /auth-file/ { auth_basic r; auth_basic_user_file $document_root/../run/$arg_f; alias www/; }
                    location /auth-alone/ { auth_basic r; alias www/; }
                    location /auth-no-file/ { auth_basic r; auth_basic_user_file missing; alias www/; }
                    location /auth-return { auth_basic r; auth_basic_user_file users; return 200 returned; }
                    location /auth-user { auth_basic r; auth_basic_user_file users; try_files /nothing @user; }
                    location @user { return 200 "user $remote_user"; }
                    location /auth-page/ { auth_basic r; auth_basic_user_file users; error_page 401 /page.html; alias www/; }
                    location /auth-page2/ { auth_basic r; auth_basic_user_file users; error_page 401 =200 @named; alias www/; }

                    location /all/in/ { satisfy all; allow all; auth_basic r; auth_basic_user_file users; alias www/; }
                    location /all/out/ { deny all; auth_basic r; auth_basic_user_file users; alias www/; }
                    location /any/in/ { satisfy any; allow all; auth_basic r; auth_basic_user_file users; alias www/; }
                    location /any/out/ { satisfy any; deny all; auth_basic r; auth_basic_user_file users; alias www/; }
                    location /any/none/ { satisfy any; allow 1.2.3.4; auth_basic r; auth_basic_user_file users; alias www/; }
                    location /any/only-out/ { satisfy any; deny all; alias www/; }
                    location /any/off/ { satisfy any; deny all; auth_basic off; auth_basic_user_file users; alias www/; }
                    location /any/no-file/ { satisfy any; deny all; auth_basic r; auth_basic_user_file missing; alias www/; }
                    location /any/nothing/ { satisfy any; alias www/; }

                    location /limit/deny/ { limit_except GET { deny all; } alias www/; }
                    location /limit/allow/ { limit_except GET { allow all; deny all; } alias www/; }
                    location /limit/me/ { limit_except POST { allow 127.0.0.1; deny all; } alias www/; }
                    location /limit/not-me/ { limit_except POST { deny 127.0.0.1; } alias www/; }
                    location /limit/auth/ { limit_except GET { auth_basic r; auth_basic_user_file users; } alias www/; }
                    location /limit/return { limit_except GET { allow all; } return 200 ok; }
                    location /limit/deny-return { limit_except GET { deny all; } return 200 ok; }
                    location /limit/try { limit_except POST { allow all; } root www; try_files /a.txt =404; }
                    location /limit/lower/ { limit_except get { deny all; } alias www/; }
                    location /limit/outer/ { deny all; limit_except GET { allow all; } alias www/; }
                    location /limit/empty/ { deny all; limit_except GET { } alias www/; }
                    location /limit/any/ { satisfy any; auth_basic r; auth_basic_user_file users;
                        limit_except GET { deny all; } alias www/; }
                    location /limit/nested/ { limit_except GET { deny all; }
                        location /limit/nested/in/ { alias www/; } alias www/; }
                }
                """;
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String place : List.of(
                "allow-all",
                "deny-all",
                "me",
                "not-me",
                "net",
                "other-net",
                "net31",
                "net32",
                "six",
                "mapped",
                "unix",
                "none",
                "outer",
                "outer/inherits",
                "outer/own",
                "page",
                "page-denied",
                "page-named",
                "auth",
                "auth/off",
                "auth/other",
                "auth-alone",
                "auth-no-file",
                "auth-page",
                "auth-page2",
                "all/in",
                "all/out",
                "any/in",
                "any/out",
                "any/none",
                "any/only-out",
                "any/off",
                "any/no-file",
                "any/nothing",
                "limit/outer",
                "limit/empty",
                "limit/nested/in")) {
            rows.add(get("/" + place + "/a.txt"));
            rows.add(get("/" + place + "/a.txt", basic("plain:secret")));
            rows.add(get("/" + place + "/a.txt", basic("plain:wrong")));
            rows.add(get("/" + place + "/sub"));
        }
        for (String path : List.of(
                "/deny-return",
                "/deny-try",
                "/deny-missing",
                "/to-denied",
                "/to-named",
                "/auth-return",
                "/auth-quote/",
                "/auth-var/a.txt",
                "/auth-var/a.txt?r=off",
                "/auth-var/a.txt?r=x",
                "/denied-folder")) {
            rows.add(get(path));
        }
        addCredentials(rows);
        addLimits(rows);
        return rows;
    }

    private static void addCredentials(List<Row> rows) {
        for (String pair : List.of(
                "plain:secret",
                "plain:secre",
                "plain:",
                "plain",
                ":secret",
                "PLAIN:secret",
                "nobody:x",
                "sha:pa ss",
                "sha:pass",
                "ssha:pa ss",
                "ssha:x",
                "apr:pa ss",
                "apr:x",
                "md5:pa ss",
                "md5:x",
                "sha256:pa ss",
                "sha256:x",
                "sha512:pa ss",
                "sha512:x",
                "twice:one",
                "twice:two",
                "empty:",
                "empty:x",
                "#hash:x",
                "nocolon:",
                "colon:a",
                "colon:a:b",
                "last:end",
                "plain:secret:more",
                "",
                "pl\u00e4in:x")) {
            rows.add(get("/auth/a.txt", basic(pair)));
        }
        String good = basic("plain:secret").substring("Authorization: Basic ".length());
        for (String value : List.of(
                "Basic " + good,
                "basic " + good,
                "BASIC " + good,
                "Basic  " + good,
                "Basic\t" + good,
                "Basic" + good,
                "Bearer " + good,
                "Basic",
                "Basic ",
                "Basic !!!",
                "Basic " + good + " ",
                "Basic " + good + " x",
                "Basic " + good.replace("=", ""),
                good)) {
            rows.add(get("/auth/a.txt", "Authorization: " + value));
        }
        for (String file : List.of("crlf", "folder", "none", "../users")) {
            rows.add(get("/auth-file/a.txt?f=" + file, basic("a:x")));
            rows.add(get("/auth-file/a.txt?f=" + file, basic("plain:secret")));
        }
        rows.add(get("/auth-user", basic("plain:secret")));
        rows.add(get("/auth-user", basic("plain:x")));
        rows.add(send("POST /auth/a.txt", "content"));
        rows.add(request("HEAD /auth/a.txt"));
        rows.add(request("HEAD /deny-all/a.txt"));
        rows.add(send("POST /deny-all/a.txt", "content"));
    }

    private static void addLimits(List<Row> rows) {
        for (String place :
                List.of("deny", "allow", "me", "not-me", "auth", "lower", "outer", "empty", "any", "nested")) {
            String path = " /limit/" + place + "/a.txt";
            rows.add(request("GET" + path));
            rows.add(request("HEAD" + path));
            Row plain = send("POST" + path, "x");
            boolean open = List.of("allow", "me", "not-me", "outer").contains(place);
            rows.add(open ? plain.but(Deliberate.ALLOW) : plain);
            Row known = send("POST" + path, "x", basic("plain:secret"));
            boolean letIn = open || List.of("auth", "any").contains(place);
            rows.add(letIn ? known.but(Deliberate.ALLOW) : known);
        }
        for (String path : List.of("/limit/return", "/limit/deny-return", "/limit/try")) {
            rows.add(get(path));
        }
        rows.add(send("POST /limit/return", "x"));
        rows.add(send("POST /limit/deny-return", "x"));
        rows.add(send("POST /limit/try", "x").but(Deliberate.ALLOW));
    }

    private static String basic(String pair) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.ISO_8859_1));
    }
}
