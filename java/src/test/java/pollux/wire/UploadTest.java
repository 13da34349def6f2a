package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.lines;
import static pollux.wire.Wire.request;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Uploads from end to end: what is stored, under which name, what is answered, and that nothing half is left. */
final class UploadTest {
    private static final String FORM_TYPE = "Content-Type: multipart/form-data; boundary=b";

    private static Site site;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        site = Site.create().folder("store");
        server = ServerProcess.start(site, ServerProcess.server("""
                        client_max_body_size 100k;
                        location /up { upload_store store; }
                        location /files/ { alias store/; dav_methods PUT DELETE; autoindex on; autoindex_format json; }
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    @AfterEach
    void empty() {
        for (String name : site.names("store")) {
            assertTrue(site.path("store/" + name).toFile().delete(), name);
        }
    }

    private static String part(String disposition, String content) {
        return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
    }

    private static String form(String... parts) {
        return String.join("", parts) + "--b--\r\n";
    }

    private static Answer post(String form, String... fields) {
        String more = fields.length == 0 ? "" : "\r\n" + String.join("\r\n", fields);
        return server.ask(request("POST /up", FORM_TYPE + more, "Content-Length: " + form.length()) + form);
    }

    @Test
    void filesOfAFormAreStored() {
        Answer answer = post(
                form(
                        part("name=\"note\"", "a field"),
                        part("name=\"f\"; filename=\"one.txt\"\r\nContent-Type: text/plain", "first"),
                        part("name=\"f\"; filename=\"two.bin\"", "\r\n--csecond\0")),
                "Accept: application/json");
        assertEquals(
                lines("""
                        HTTP/1.1 201 Created
                        Server: pollux/0.1.0
                        Date: <date>
                        Content-Type: application/json
                        Content-Length: 110
                        Location: http://h:%d/up/one.txt
                        Connection: keep-alive

                        """.formatted(server.port()))
                        + "{\"stored\":[{\"name\":\"one.txt\",\"size\":5,\"type\":\"text/plain\"},"
                        + "{\"name\":\"two.bin\",\"size\":12,\"type\":\"text/plain\"}]}\n",
                answer.text());
        assertEquals(List.of("one.txt", "two.bin"), site.names("store"));
        assertEquals("first", site.read("store/one.txt"));
        assertEquals("\r\n--csecond\0", site.read("store/two.bin"));
    }

    @Test
    void browserGetsAPage() {
        Answer answer = post(form(part("name=\"f\"; filename=\"<b>.txt\"", "x")), "Accept: text/html,*/*;q=0.8");
        assertEquals("text/html; charset=utf-8", answer.field("Content-Type"));
        assertTrue(answer.content().contains("&lt;b&gt;.txt"), answer.content());
    }

    @Test
    void nothingIsOverwrittenAndNamesAreCleaned() {
        String form = form(part("name=\"f\"; filename=\"a.txt\"", "1"));
        assertEquals(201, post(form).status());
        assertEquals(201, post(form.replace("1", "2")).status());
        assertEquals(
                201,
                post(form(part("name=\"f\"; filename=\"../../.hid\tden\"", "3")))
                        .status());
        assertEquals(List.of("a-1.txt", "a.txt", "hidden"), site.names("store"));
        assertEquals("1", site.read("store/a.txt"));
    }

    @Test
    void contentThatIsNoFormHasTheNameOfItsPath() {
        Answer answer = server.ask(request("POST /up/raw%20name.txt", "Content-Length: 3") + "raw");
        assertEquals(201, answer.status());
        assertEquals("http://h:" + server.port() + "/up/raw%20name.txt", answer.field("Location"));
        assertEquals("raw", site.read("store/raw name.txt"));
        String chunked = request("POST /up/chunked.txt", "Transfer-Encoding: chunked") + "2\r\nab\r\n0\r\n\r\n";
        assertEquals(201, server.ask(chunked).status());
        assertEquals("ab", site.read("store/chunked.txt"));
    }

    @Test
    void whatIsStoredCanBeListedFetchedAndDeleted() {
        post(form(part("name=\"f\"; filename=\"x.txt\"", "xyz")));
        assertTrue(server.ask(get("/files/")).content().contains("\"name\":\"x.txt\", \"type\":\"file\""));
        assertEquals("xyz", server.ask(get("/files/x.txt")).content());
        assertEquals(204, server.ask(request("DELETE /files/x.txt")).status());
        assertEquals(List.of(), site.names("store"));
    }

    @Test
    void brokenFormsLeaveNothing() {
        String file = part("name=\"f\"; filename=\"x.txt\"", "half");
        String[] forms = {file, "no form at all", form(part("name=\"only\"", "a field")), "--b\r\n\r\n--b--\r\n"};
        for (String broken : forms) {
            assertEquals(400, post(broken).status(), broken);
        }
        String noBoundary = request("POST /up", "Content-Type: multipart/form-data", "Content-Length: 1") + "x";
        assertEquals(400, server.ask(noBoundary).status());
        assertEquals(
                400, server.ask(request("POST /up/", "Content-Length: 1") + "x").status());
        assertEquals(List.of(), site.names("store"));
    }

    @Test
    void uploadThatIsTooLargeLeavesNothing() {
        String form = form(part("name=\"f\"; filename=\"x.txt\"", "x".repeat(102_400)));
        assertEquals(413, post(form).status());
        String chunk = Integer.toHexString(form.length()) + "\r\n" + form + "\r\n0\r\n\r\n";
        assertEquals(
                413,
                server.ask(request("POST /up", FORM_TYPE, "Transfer-Encoding: chunked") + chunk)
                        .status());
        assertEquals(List.of(), site.names("store"));
    }

    /** What the server has open of the store, and the store itself. */
    private static Stream<String> open() {
        return server.descriptors().stream()
                .filter(name -> name.startsWith(site.path("store").toString()));
    }

    @Test
    void uploadThatIsCutOffLeavesNothing() {
        String form = form(part("name=\"f\"; filename=\"x.txt\"", "x".repeat(50_000)));
        String head = request("POST /up", FORM_TYPE, "Content-Length: " + form.length());
        try (RawClient client = server.connect()) {
            client.send(head + form.substring(0, 40_000));
            Wait.until("the file without a name", () -> open().anyMatch(name -> name.contains("(deleted)")));
            assertEquals(List.of(), site.names("store"));
        }
        Wait.until("its end", () -> open().findAny().isEmpty());
        assertEquals(201, post(form).status());
    }
}
