package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a.txt, a.txt",
                "two words.txt, two words.txt",
                "C:\\Users\\x\\b.txt, b.txt",
                "../../etc/passwd, passwd",
                "..\\..\\boot.ini, boot.ini",
                "/etc/passwd, passwd",
                "a/b\\c, c",
                "folder/, upload",
                ".., upload",
                "., upload",
                ".htaccess, htaccess",
                "...x, x",
                "` . .x `, x",
                "`  `, upload",
                "``, upload",
                "a..b, a..b",
                "a., a.",
                "%2e%2e%2fx, %2e%2e%2fx",
                "<b>&\"'.txt, <b>&\"'.txt",
                "-rf, -rf",
            })
    void namesAreCleaned(String sent, String stored) {
        assertEquals(stored, FileNames.clean(sent));
    }

    @Test
    void controlCharactersAreDroppedBeforeAnythingElseIsLookedAt() {
        assertEquals("ab.txt", FileNames.clean("a\u0000\u0001\r\n\tb\u007f.txt"));
        assertEquals("hidden", FileNames.clean("\u0001.\u0002hidden"));
        assertEquals("b", FileNames.clean("a/\u0000b"));
        assertEquals("ab", FileNames.clean("a\u00c2\u0085b"));
        assertEquals("upload", FileNames.clean("\u0000"));
    }

    @Test
    void utf8AndBytesThatAreNoneStayAsTheyAre() {
        String utf8 = Feeding.utf8("na\u00efve \u65e5\u672c \ud83d\ude00.txt");
        assertEquals(utf8, FileNames.clean(utf8));
        assertEquals("\u00ff\u00fe.txt", FileNames.clean("\u00ff\u00fe.txt"));
        assertEquals("\u00c2", FileNames.clean("\u00c2"));
    }

    @ParameterizedTest
    @CsvSource({"255, 255", "256, 255", "5000, 255"})
    void aNameIsCutToWhatFileSystemsTakeAndKeepsItsExtension(int sent, int stored) {
        String name = FileNames.clean("x".repeat(sent - 7) + ".tar.gz");
        assertEquals(stored, name.length());
        assertTrue(name.endsWith(".gz"));
    }

    @Test
    void whatIsTooLongForAnExtensionIsCutToo() {
        assertEquals(255, FileNames.clean("a." + "x".repeat(400)).length());
        assertEquals("a." + "x".repeat(253), FileNames.clean("a." + "x".repeat(400)));
    }

    @Test
    void noCharacterIsCutInside() {
        for (String character : new String[] {"\u00e9", "\u65e5", "\ud83d\ude00"}) {
            for (int before = 0; before < 4; before++) {
                String name = FileNames.clean("a".repeat(before) + Feeding.utf8(character.repeat(200)) + ".txt");
                byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
                assertTrue(bytes.length > 251 && bytes.length <= 255, name);
                String text = new String(bytes, StandardCharsets.UTF_8);
                assertEquals("a".repeat(before), text.substring(0, before));
                assertEquals(-1, text.indexOf('\ufffd'), "cut inside a character");
            }
        }
    }

    @Test
    void continuationBytesThatBelongToNothingAreCutAnywhere() {
        assertEquals("\u0080".repeat(255), FileNames.clean("\u0080".repeat(300)));
    }

    @ParameterizedTest
    @CsvSource({
        "name.txt, -1, name-1.txt",
        "archive.tar.gz, -2, archive.tar-2.gz",
        "README, -3, README-3",
        "a., -1, a-1.",
    })
    void aNumberStandsBeforeTheExtension(String name, String suffix, String numbered) {
        assertEquals(numbered, FileNames.withSuffix(name, suffix));
    }

    @Test
    void aNumberMakesRoomForItself() {
        String name = FileNames.withSuffix("x".repeat(251) + ".txt", "-12");
        assertEquals("x".repeat(248) + "-12.txt", name);
    }
}
