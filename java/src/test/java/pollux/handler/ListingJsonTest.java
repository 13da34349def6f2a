package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import pollux.handler.ListingEntry.Kind;

class ListingJsonTest {
    private static final long AT = 1_795_341_600;

    @Test
    void anArrayIsNginxsToTheByte() {
        assertEquals(
                """
                [\r
                { "name":"sub", "type":"directory", "mtime":"Sun, 22 Nov 2026 10:00:00 GMT" },\r
                { "name":"pipe", "type":"other", "mtime":"Sun, 22 Nov 2026 10:00:00 GMT" },\r
                { "name":"10000", "type":"file", "mtime":"Sun, 22 Nov 2026 10:00:00 GMT", "size":10000 }\r
                ]""",
                ListingPageTest.draw(
                        new ListingJson(),
                        List.of(
                                new ListingEntry("sub", Kind.DIRECTORY, AT, 4096),
                                new ListingEntry("pipe", Kind.OTHER, AT, 0),
                                new ListingEntry("10000", Kind.FILE, AT, 10000))));
    }

    @Test
    void anEmptyDirectoryIsAnEmptyArray() {
        assertEquals("[\r\n]", ListingPageTest.draw(new ListingJson(), List.of()));
    }

    @Test
    void namesAreEscaped() {
        String json = ListingPageTest.draw(
                new ListingJson(),
                List.of(new ListingEntry("a\"b\\c\n\r\t\b\f\u0001\u001f\u007f\u00e9/", Kind.OTHER, 0, 0)));
        assertEquals(
                "{ \"name\":\"a\\\"b\\\\c\\n\\r\\t\\b\\f\\u0001\\u001F\u007f\u00e9/\"",
                json.substring(3, json.indexOf(", \"type\"")));
    }
}
