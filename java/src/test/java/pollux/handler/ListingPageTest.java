package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pollux.config.FileSettings.Autoindex;
import pollux.handler.ListingEntry.Kind;

class ListingPageTest {
    private static final long AT = 1_795_341_600;
    private static final Autoindex EXACT = new Autoindex(true, Autoindex.Format.HTML, true, false);
    private static final Autoindex ROUNDED = new Autoindex(true, Autoindex.Format.HTML, false, false);
    private static final Autoindex LOCAL = new Autoindex(true, Autoindex.Format.HTML, true, true);
    private static final String E_ACUTE = "\u00c3\u00a9";

    private static ListingEntry file(String name, long size) {
        return new ListingEntry(name, Kind.FILE, AT, size);
    }

    private static ListingEntry folder(String name) {
        return new ListingEntry(name, Kind.DIRECTORY, AT, 4096);
    }

    static String draw(ListingForm form, List<ListingEntry> entries) {
        StringBuilder out = new StringBuilder();
        form.begin(out);
        entries.forEach(entry -> form.add(out, entry));
        form.end(out);
        return out.toString();
    }

    /** The one line between the heading and the end. */
    private static String line(Autoindex settings, boolean isUtf8, ListingEntry entry) {
        return draw(new ListingPage(settings, isUtf8, AT, "/"), List.of(entry)).split("\r\n", -1)[4];
    }

    @Test
    void aPageIsNginxsToTheByte() {
        List<ListingEntry> entries = List.of(folder("sub"), file("10000", 10000), file("a&b<c>\"d'e.txt", 0));
        assertEquals("""
                <html>\r
                <head><title>Index of /l&amp;/</title></head>\r
                <body>\r
                <h1>Index of /l&amp;/</h1><hr><pre><a href="../">../</a>\r
                <a href="sub/">sub/</a>                                               22-Nov-2026 10:00                   -\r
                <a href="10000">10000</a>                                              22-Nov-2026 10:00               10000\r
                <a href="a%26b%3Cc%3E%22d%27e.txt">a&amp;b&lt;c&gt;&quot;d'e.txt</a>                                     22-Nov-2026 10:00                   0\r
                </pre><hr></body>\r
                </html>\r
                """, draw(new ListingPage(EXACT, false, AT, "/l&/"), entries));
    }

    @Test
    void anEmptyDirectoryHasItsParentAlone() {
        assertEquals("""
                <html>\r
                <head><title>Index of /e/</title></head>\r
                <body>\r
                <h1>Index of /e/</h1><hr><pre><a href="../">../</a>\r
                </pre><hr></body>\r
                </html>\r
                """, draw(new ListingPage(EXACT, false, AT, "/e/"), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "9999, 9999",
        "10000, 10K",
        "10239, 10K",
        "10240, 10K",
        "10751, 10K",
        "10752, 11K",
        "1048063, 1023K",
        "1048575, 1024K",
        "1048576, 1M",
        "1572863, 1M",
        "1572864, 2M",
        "1073741823, 1024M",
        "1073741824, 1G",
        "3850371072, 4G"
    })
    void sizesAreRoundedToUnits(long size, String shown) {
        String line = line(ROUNDED, false, file("f", size));
        assertEquals(
                " 22-Nov-2026 10:00 " + " ".repeat(7 - shown.length()) + shown, line.substring(line.length() - 26));
    }

    @Test
    void aRoundedDirectoryHasADash() {
        String line = line(ROUNDED, false, folder("d"));
        assertEquals(" 22-Nov-2026 10:00       -", line.substring(line.length() - 26));
    }

    @ParameterizedTest
    @CsvSource({"48", "49", "50", "51", "120"})
    void longNamesAreCutToFiftyColumns(int length) {
        String shown =
                length > 50 ? "n".repeat(47) + "..&gt;</a>" : "n".repeat(length) + "</a>" + " ".repeat(50 - length);
        String link = "<a href=\"" + "n".repeat(length) + "\">";
        assertEquals(
                link + shown + " 22-Nov-2026 10:00                   7",
                line(EXACT, false, file("n".repeat(length), 7)));
    }

    @ParameterizedTest
    @CsvSource({"49, /</a>", "50, </a>"})
    void theSlashOfADirectoryIsLeftOutWhereItHasNoRoom(int length, String end) {
        String name = "n".repeat(length);
        assertEquals(
                "<a href=\"" + name + "/\">" + name + end + " 22-Nov-2026 10:00                   -",
                line(EXACT, false, folder(name)));
    }

    @Test
    void escapesDoNotCount() {
        String line = line(EXACT, false, file("&".repeat(51), 0));
        assertEquals(
                "&amp;".repeat(47) + "..&gt;</a> 22", line.substring(9 + 51 * 3 + 2, 9 + 51 * 3 + 2 + 47 * 5 + 13));
    }

    @Test
    void withUtf8CharactersCountAndWithoutBytesDo() {
        String name = E_ACUTE.repeat(30);
        String link = "<a href=\"" + "%C3%A9".repeat(30) + "\">";
        String end = " 22-Nov-2026 10:00                   0";
        assertEquals(link + name + "</a>" + " ".repeat(20) + end, line(EXACT, true, file(name, 0)));
        assertEquals(link + E_ACUTE.repeat(23) + "\u00c3..&gt;</a>" + end, line(EXACT, false, file(name, 0)));
        assertEquals(
                E_ACUTE.repeat(47) + "..&gt;</a>" + end,
                line(EXACT, true, file(E_ACUTE.repeat(51), 0)).substring(9 + 51 * 6 + 2));
    }

    @Test
    void aNameThatIsNotUtf8CountsByBytes() {
        String name = "bad\u00ff" + E_ACUTE.repeat(40);
        assertEquals(
                "bad\u00ff" + E_ACUTE.repeat(21) + "\u00c3..&gt;</a> 22-Nov-2026 10:00                   0",
                line(EXACT, true, file(name, 0)).substring(9 + 6 + 40 * 6 + 2));
    }

    @Test
    void linksEscapeAllButUnreservedCharacters() {
        String line = line(EXACT, false, file("~-_.!*() ?#%:+,;=@$'\u00e9\u007f\n", 0));
        assertEquals(
                "<a href=\"~-_.%21%2A%28%29%20%3F%23%25%3A%2B%2C%3B%3D%40%24%27%E9%7F%0A\">",
                line.substring(0, line.indexOf('>') + 1));
    }

    @Test
    void localTimesAreInTheOffsetThatHoldsNow() {
        String expected = DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm", Locale.ROOT)
                .format(ZonedDateTime.ofInstant(java.time.Instant.ofEpochSecond(AT), ZoneId.systemDefault()));
        String line = line(LOCAL, false, file("f", 0));
        assertEquals(expected + "                   0", line.substring(line.length() - 37));
    }

    @Test
    void directoriesComeFirstThenBytesDecide() {
        List<ListingEntry> entries = new ArrayList<>(List.of(
                file("b", 0), file("B", 0), file("\u00e9", 0), file("aa", 0), folder("z"), file("a", 0), folder("y")));
        entries.sort(null);
        assertEquals(
                List.of("y", "z", "B", "a", "aa", "b", "\u00e9"),
                entries.stream().map(ListingEntry::name).toList());
    }
}
