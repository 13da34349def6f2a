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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pollux.config.UploadSettings;

class UploadHandlerTest {
    private static final String TYPE = "Content-Type: multipart/form-data; boundary=XYZ";
    private static final String JSON = "Accept: application/json";

    /** A field, two files, and a file field that nothing was chosen for. */
    private static final String FORM = "--XYZ\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n"
            + file("a.txt", "text/plain", "first\r\n--XY not yet")
            + file("b.bin", null, "\u0000\u00ff\r")
            + file("", "application/octet-stream", "")
            + "--XYZ--\r\n";

    @TempDir
    Path folder;

    private final UploadHandler handler = new UploadHandler();
    private Requests requests;

    private static String file(String name, String type, String content) {
        return "--XYZ\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" + name + "\"\r\n"
                + (type == null ? "" : "Content-Type: " + type + "\r\n")
                + "\r\n" + content + "\r\n";
    }

    @BeforeEach
    void configure() {
        requests = Requests.server(
                folder,
                "location /up { upload_store " + folder + "/store; allow_methods POST; types { text/csv csv; } }"
                        + " location /open/ { upload_store " + folder + "/store; dav_access user:rw group:rw all:r; }");
    }

    @AfterEach
    void nothingIsLeftOpen() throws IOException {
        assertEquals(List.of(), Feeding.open(folder));
    }

    private Requests.Exchange post(String path, String content, String... fieldLines) {
        List<String> lines = new java.util.ArrayList<>(List.of(fieldLines));
        lines.add("Content-Length: " + content.length());
        Requests.Exchange exchange = requests.send("POST", path, lines.toArray(String[]::new));
        exchange.request.contentLength(content.length());
        return exchange;
    }

    private List<String> census() throws IOException {
        return Feeding.census(folder);
    }

    @Test
    void everyFileOfAFormIsStoredUnderItsOwnNameInSlicesOfAnySize() throws IOException {
        for (int slice = 1; slice <= FORM.length(); slice++) {
            Requests.Exchange exchange = post("/up/", FORM, TYPE, JSON);
            assertEquals(0, Feeding.send(exchange, handler, FORM, slice));
            assertEquals(List.of("store/", "store/a.txt", "store/b.bin"), census());
            assertEquals("first\r\n--XY not yet", Feeding.read(folder.resolve("store/a.txt")));
            assertEquals("\u0000\u00ff\r", Feeding.read(folder.resolve("store/b.bin")));
            assertEquals(
                    "{\"stored\":[{\"name\":\"a.txt\",\"size\":19,\"type\":\"text/plain\"},"
                            + "{\"name\":\"b.bin\",\"size\":3,\"type\":\"text/plain\"}]}\n",
                    exchange.content());
            Files.delete(folder.resolve("store/a.txt"));
            Files.delete(folder.resolve("store/b.bin"));
        }
    }

    @Test
    void aFormCutOffAnywhereLeavesNothing() throws IOException {
        int whole = FORM.length() - 2; // the line end behind the last boundary is not needed
        for (int length = 0; length < whole; length++) {
            String part = FORM.substring(0, length);
            ContentSink left = open(post("/up/", FORM, TYPE));
            assertEquals(0, Feeding.take(left, part, 7));
            left.abort();
            assertEquals(List.of("store/"), census(), "left after " + length);

            ContentSink ended = open(post("/up/", FORM, TYPE));
            assertEquals(0, Feeding.take(ended, part, 64));
            assertEquals(400, ended.complete(new Response()), "ended after " + length);
            assertEquals(List.of("store/"), census(), "ended after " + length);
        }
    }

    private ContentSink open(Requests.Exchange exchange) {
        return handler.open(exchange.request, exchange.response);
    }

    @Test
    void otherContentIsStoredUnderTheLastSegmentOfThePath() throws IOException {
        Requests.Exchange exchange = post("/up/x/caf%C3%A9%20%26.csv", "a,b", JSON);
        assertEquals(0, Feeding.send(exchange, handler, "a,b"));
        assertEquals(201, exchange.response.status());
        assertEquals("a,b", Feeding.readBytes(folder + "/store/" + Feeding.utf8("caf\u00e9 &.csv")));
        assertEquals(
                Feeding.utf8("{\"stored\":[{\"name\":\"caf\u00e9 &.csv\",\"size\":3,\"type\":\"text/csv\"}]}\n"),
                exchange.content());
        assertEquals(List.of("Location: http://h.example:8080/up/x/caf%C3%A9%20%26.csv"), exchange.fields());
        assertEquals("application/json", exchange.response.contentType());
    }

    @Test
    void otherContentCutOffLeavesNothing() throws IOException {
        ContentSink sink = open(post("/up/x.txt", "abc"));
        assertEquals(0, Feeding.take(sink, "ab", 1));
        assertEquals(2, Feeding.open(folder).size(), "the file and its folder");
        sink.abort();
        assertEquals(List.of("store/"), census());
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        assertEquals(0, Feeding.send(post("/up/empty", ""), handler, ""));
        assertEquals("", Feeding.read(folder.resolve("store/empty")));
        String form = file("none.txt", null, "") + "--XYZ--";
        assertEquals(0, Feeding.send(post("/up/", form, TYPE), handler, form));
        assertEquals("", Feeding.read(folder.resolve("store/none.txt")));
    }

    @Test
    void nothingIsEverOverwritten() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertEquals(0, Feeding.send(post("/up/n.txt", "" + i), handler, "" + i));
        }
        Files.createDirectory(folder.resolve("store/n-3.txt"));
        Files.createSymbolicLink(folder.resolve("store/n-4.txt"), Path.of("dangling"));
        Requests.Exchange last = post("/up/n.txt", "3");
        assertEquals(0, Feeding.send(last, handler, "3"));
        assertEquals(List.of("Location: http://h.example:8080/up/n-5.txt"), last.fields());
        for (Map.Entry<String, String> file : Map.of("n.txt", "0", "n-1.txt", "1", "n-2.txt", "2", "n-5.txt", "3")
                .entrySet()) {
            assertEquals(file.getValue(), Feeding.read(folder.resolve("store").resolve(file.getKey())));
        }
        String form = file("n.txt", null, "4") + file("n.txt", null, "5") + "--XYZ--";
        assertEquals(0, Feeding.send(post("/up/", form, TYPE), handler, form));
        assertEquals("4", Feeding.read(folder.resolve("store/n-6.txt")));
        assertEquals("5", Feeding.read(folder.resolve("store/n-7.txt")));
    }

    @Test
    void aNameTakenAThousandTimesGetsRandomDigits() throws IOException {
        Files.createDirectory(folder.resolve("store"));
        Files.createFile(folder.resolve("store/n.txt"));
        for (int i = 1; i <= 999; i++) {
            Files.createFile(folder.resolve("store/n-" + i + ".txt"));
        }
        Requests.Exchange exchange = post("/up/n.txt", "x");
        assertEquals(0, Feeding.send(exchange, handler, "x"));
        String location = exchange.response.field("Location");
        assertTrue(location.matches("http://h.example:8080/up/n-[0-9a-f]{12}\\.txt"), location);
    }

    @Test
    void aFormFullOfOneNameTriesABoundedCountOfNumbers() throws IOException {
        String form = file("n.txt", null, "x").repeat(100) + "--XYZ--";
        assertEquals(0, Feeding.send(post("/up/", form, TYPE), handler, form));
        String[] names = folder.resolve("store").toFile().list();
        assertEquals(100, names.length);
        // 1 + 2 + ... + 62 tries, and then there were not enough left for the next one.
        assertEquals(
                63,
                Stream.of(names)
                        .filter(name -> name.matches("n(-[0-9]{1,2})?\\.txt"))
                        .count());
        assertEquals(
                37,
                Stream.of(names)
                        .filter(name -> name.matches("n-[0-9a-f]{12}\\.txt"))
                        .count());
    }

    @Test
    void aPageIsForBrowsersAndEscapesWhatItShows() throws IOException {
        String form = file("<i>&'%22.txt", null, "x".repeat(1536)) + file("\u00ff.txt", null, "") + "--XYZ--";
        Requests.Exchange exchange = post("/up", form, TYPE, "Referer: http://h.example/form?a=\"><b");
        assertEquals(0, Feeding.send(exchange, handler, form));
        String page = exchange.content();
        assertEquals("text/html; charset=utf-8", exchange.response.contentType());
        assertTrue(page.contains("<tr><td>&lt;i&gt;&amp;'&quot;.txt</td><td>1.5 KiB</td></tr>"), page);
        assertTrue(page.contains("<tr><td>" + Feeding.utf8("\ufffd") + ".txt</td><td>0 B</td></tr>"), page);
        assertTrue(page.contains("<a href=\"http://h.example/form?a=&quot;&gt;&lt;b\">Back</a>"), page);
        assertEquals(List.of("Location: http://h.example:8080/up/%3Ci%3E%26%27%22.txt"), exchange.fields());
    }

    @Test
    void aLinkBackIsNeverAScript() {
        Requests.Exchange exchange = post("/up/x", "", "Referer: javascript:alert(1)");
        assertEquals(0, Feeding.send(exchange, handler, ""));
        assertTrue(exchange.content().contains("<a href=\"/up/x\">Back</a>"), exchange.content());
        assertFalse(exchange.content().contains("javascript"));
    }

    @Test
    void jsonEscapesWhatItMust() {
        String form = file("q%22b.txt", "a\\\\b\t\u00ff", "") + "--XYZ--";
        Requests.Exchange exchange = post("/up/", form, TYPE, JSON);
        assertEquals(0, Feeding.send(exchange, handler, form));
        assertEquals(
                Feeding.utf8("{\"stored\":[{\"name\":\"q\\\"b.txt\",\"size\":0,"
                        + "\"type\":\"a\\\\\\\\b\\u0009\ufffd\"}]}\n"),
                exchange.content());
    }

    @Test
    void permissionsAreThoseOfDavAccess() throws IOException {
        assertEquals(0, Feeding.send(post("/up/closed", ""), handler, ""));
        assertEquals(0, Feeding.send(post("/open/shared", ""), handler, ""));
        assertEquals("rw-------", permissions("store/closed"));
        assertEquals("rw-rw-r--", permissions("store/shared"));
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/up/ | X-Y: z | content without a name | client sent content to store without a name",
                "/up/ | Content-Type: multipart/form-data | no boundary | client sent a form without a valid boundary",
                "/up/ | Content-Type: multipart/form-data; boundary=\"a\u00e9\" | x "
                        + "| client sent a form without a valid boundary",
                "/up/ | Content-Type: multipart/form-data; boundary=XYZ | --XYZ-- | client sent a form without a file",
                "/up/ | Content-Type: multipart/form-data; boundary=XYZ | --XYZx | client sent a malformed form",
                "/up/ | Content-Type: multipart/form-data; boundary=XYZ | x | client sent a form that ends too early",
            })
    void whatCannotBeStoredIsABadRequest(String path, String line, String content, String logged) throws IOException {
        Requests.Exchange exchange = post(path, content, line);
        assertEquals(400, Feeding.send(exchange, handler, content));
        assertEquals(List.of("info: " + logged), exchange.log);
        assertEquals(
                List.of(), census().stream().filter(n -> !n.equals("store/")).toList());
    }

    @Test
    void aRequestWithoutALengthIsRefused() {
        Requests.Exchange exchange = requests.send("POST", "/up/x");
        assertEquals(411, Feeding.send(exchange, handler, ""));
    }

    /** RFC 9110 13.1.1: nothing is there yet that could match. */
    @Test
    void whatIsNewMatchesNothing() throws IOException {
        for (String line : List.of("If-Match: \"x\"", "If-Match: *")) {
            assertEquals(412, Feeding.send(post("/up/new.txt", "abc", line), handler, "abc"), line);
        }
        assertEquals(0, Feeding.send(post("/up/new.txt", "abc", "If-None-Match: *"), handler, "abc"));
        assertEquals(List.of("store/", "store/new.txt"), census());
    }

    @Test
    void chunkedContentNeedsNoLength() throws IOException {
        Requests.Exchange exchange = requests.send("POST", "/up/x", "Transfer-Encoding: chunked");
        assertEquals(0, Feeding.send(exchange, handler, "abc"));
        assertEquals("abc", Feeding.read(folder.resolve("store/x")));
    }

    @Test
    void tooManyPartsAreRefusedAndLeaveNothing() throws IOException {
        String form = file("a", null, "").repeat(1001) + "--XYZ--";
        assertEquals(400, Feeding.send(post("/up/", form, TYPE), handler, form));
        assertEquals(List.of("store/"), census());
    }

    @Test
    void aStoreThatCannotBeUsedIsTheServersFault() throws IOException {
        Files.createFile(folder.resolve("store"));
        Requests.Exchange exchange = post("/up/", FORM, TYPE);
        assertEquals(500, Feeding.send(exchange, handler, FORM));
        assertEquals(List.of("crit: open() \"" + folder + "/store\" failed (20: Not a directory)"), exchange.log);
    }

    @Test
    void filesThatHaveTheirNamesLoseThemWhenAnotherGetsNone() throws IOException {
        UploadSettings settings = new UploadSettings(folder + "/store", 0644, true, false);
        PendingFiles files = new PendingFiles((level, message) -> {}, settings);
        for (String name : List.of("one", "two", "no/such/folder", "four")) {
            assertEquals(0, files.begin(name, "", -1));
            assertEquals(0, files.end());
        }
        assertEquals(500, files.commit());
        assertEquals(List.of(), files.stored());
        assertEquals(List.of("store/"), census());
    }
}
