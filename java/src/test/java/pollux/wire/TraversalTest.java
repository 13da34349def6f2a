package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.request;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No spelling of a path leads out of the root, for reading, writing or running. */
final class TraversalTest {
    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create()
                .file("secret.txt", "SECRET")
                .program("secret.sh", "#!/bin/sh\nprintf '\\nSECRET'\n")
                .file("www-other/secret.txt", "SECRET")
                .file("www/a.txt", "inside")
                .file("www/sub/b.txt", "b")
                .file("trap/secret.txt", "SECRET")
                .file("trap/inner/b.txt", "b")
                .folder("www/store");
        server = ServerProcess.start(site, ServerProcess.server("""
                        location /alias/ { alias www/sub/; autoindex on; }
                        location /bare { alias www; }
                        location /trap { alias trap/inner/; autoindex on; dav_methods PUT DELETE MKCOL; }
                        location ~ ^/captured(.*)$ { alias trap/inner/$1; }
                        location /asked { root trap/inner/$arg_folder; }
                        location /tried { root trap/inner; try_files /$arg_file =404; }
                        location /cgi/ { alias www/sub/; cgi on; }
                        location /dav/ { alias www/store/; dav_methods PUT DELETE; }
                        location /up/ { upload_store www/store; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /../secret.txt                                     | 400
            /..                                                | 400
            /../                                               | 400
            /sub/../../secret.txt                              | 400
            /./../secret.txt                                   | 400
            /sub/..%2f..%2fsecret.txt                          | 400
            /%2e%2e/secret.txt                                 | 400
            /%2E./secret.txt                                   | 400
            /.%2e/secret.txt                                   | 400
            /..%2fsecret.txt                                   | 400
            /%2e%2e%2fsecret.txt                               | 400
            /sub/%2e%2e/%2e%2e/secret.txt                      | 400
            //../secret.txt                                    | 400
            /sub//../../../secret.txt                          | 400
            http://h/../secret.txt                             | 400
            /a.txt%00                                          | 400
            /../secret.txt%00.txt                              | 400
            /%00/../secret.txt                                 | 400
            /%252e%252e/secret.txt                             | 404
            /%252e%252e%252fsecret.txt                         | 404
            /..%255csecret.txt                                 | 404
            /..\\secret.txt                                    | 404
            /..%5csecret.txt                                   | 404
            /%c0%ae%c0%ae/secret.txt                           | 404
            /%c0%ae%c0%ae%c0%afsecret.txt                      | 404
            /..%c0%afsecret.txt                                | 404
            /%e0%80%ae%e0%80%ae/secret.txt                     | 404
            /%uff0e%uff0e/secret.txt                           | 400
            /.../secret.txt                                    | 404
            /..;/secret.txt                                    | 404
            /sub/../a.txt                                      | 200
            /sub/%2e%2e/a.txt                                  | 200
            /alias/../../secret.txt                            | 400
            /alias/..%2f..%2fsecret.txt                        | 400
            /alias../secret.txt                                | 404
            /trap/b.txt                                        | 200
            /trap../secret.txt                                 | 404
            /trap..%2fsecret.txt                               | 404
            /trap%2e%2e/secret.txt                             | 404
            /trap../                                           | 404
            /trap..                                            | 404
            /capturedb.txt                                     | 200
            /captured../secret.txt                             | 404
            /asked/../secret.txt?folder=/..                    | 404
            /asked?folder=/../secret.txt%00                    | 404
            /asked/b?folder=/..                                | 404
            /tried?file=b.txt                                  | 200
            /tried?file=../secret.txt                          | 404
            /sub/%c0%ae%c0%ae/%c0%ae%c0%ae/secret.txt          | 404
            /sub/%f0%80%80%ae%f0%80%80%ae/secret.txt           | 404
            /sub/..%00/secret.txt                              | 400
            /sub/..%09/secret.txt                              | 404
            /sub/..%20/secret.txt                              | 404
            /sub/..%2e/secret.txt                              | 404
            /%2e%2e%5c%2e%2e%5csecret.txt                      | 404
            /sub/..;x=1/..;x=1/secret.txt                      | 404
            /sub/..?/../../secret.txt                          | 403
            http://h/sub/../../secret.txt                      | 400
            http://h//../secret.txt                            | 400
            http://h%2f..%2fsecret.txt                         | 400
            ////../secret.txt                                  | 400
            /%2f../secret.txt                                  | 400
            /%2f%2f..%2f..%2fsecret.txt                        | 400
            /bare-other/secret.txt                             | 200
            /cgi/../../secret.sh                               | 400
            /cgi/..%2f..%2f..%2fsecret.sh                      | 400
            /cgi/%252e%252e/secret.sh                          | 404
            /cgi/b.txt/../../../secret.sh                      | 400
            """)
    void pathsThatClimb(String target, int status) {
        Answer answer = server.ask(get(target));
        assertEquals(status, answer.status());
        // As in nginx, an alias without a slash is a prefix of the name: that one is configured, not found by a client.
        assertEquals(target.startsWith("/bare-"), answer.content().contains("SECRET"));
    }

    @Test
    void nothingIsWrittenOutside() {
        String content = "written";
        for (String target : new String[] {
            "/dav/../../out",
            "/dav/..%2f..%2fout",
            "/dav/%2e%2e/%2e%2e/out",
            "/dav/..%5cout",
            "/dav/%252e%252e%252fout",
            "/trap../out"
        }) {
            server.ask(request("PUT " + target, "Content-Length: 7") + content);
        }
        server.ask(request("DELETE /dav/../../secret.txt"));
        server.ask(request("DELETE /dav/..%2f..%2fsecret.txt"));
        server.ask(request("DELETE /trap../secret.txt"));
        server.ask(request("MKCOL /trap../made/"));
        assertEquals("SECRET", site.read("trap/secret.txt"));
        assertEquals(List.of("inner", "secret.txt"), site.names("trap"));
        assertFalse(site.has("out"));
        assertFalse(site.has("www/out"));
        assertEquals("SECRET", site.read("secret.txt"));
    }

    @Test
    void nameOfAnUploadedFileIsNoPath() {
        String form = String.join(
                "\r\n",
                "--b",
                "Content-Disposition: form-data; name=\"f\"; filename=\"../../../out.txt\"",
                "",
                "up",
                "--b--",
                "");
        String head = request(
                "POST /up/", "Content-Type: multipart/form-data; boundary=b", "Content-Length: " + form.length());
        assertEquals(201, server.ask(head + form).status());
        assertFalse(site.has("out.txt"));
        assertEquals("up", site.read("www/store/out.txt"));
    }
}
