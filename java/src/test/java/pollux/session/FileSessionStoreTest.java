package pollux.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSessionStoreTest {
    private static final long TIMEOUT_MS = 1_000_000;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("sessions");
    }

    private SessionStore open() {
        return SessionStore.open(file.toString(), TIMEOUT_MS, 100);
    }

    @Test
    void aRestartKeepsSessionsWithEveryByteOfTheirEntries() {
        StringBuilder everyByte = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            everyByte.append(c);
        }
        SessionStore before = open();
        Session one = before.create(5);
        one.set("all", everyByte.toString());
        one.set("empty", "");
        before.save(one, 6);
        Session two = before.create(7);
        before.close();

        SessionStore after = open();
        assertNull(after.takeWarning());
        assertEquals(2, after.size());
        assertEquals(
                Map.of("all", everyByte.toString(), "empty", ""),
                after.find(one.id(), 8).entries());
        assertEquals(Map.of(), after.find(two.id(), 8).entries());
    }

    @Test
    void theFileIsWrittenAsItIsDescribed() throws IOException {
        SessionStore store = open();
        Session session = store.create(1_700_000_000_123L);
        session.set("name", "J\u00f6rg 100%");
        session.set("visits", "3");
        store.tend(1_700_000_000_123L);
        String lines = "pollux-sessions 1\n" + session.id() + " 1700000000123 name=J%F6rg%20100%25 visits=3\n";
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(lines.getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(lines + String.format("end 1 %08x\n", crc.getValue()), Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aFileCutAnywhereIsIgnoredWithAWarning() throws IOException {
        byte[] whole = written();
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            SessionStore store = open();
            assertEquals(0, store.size(), "cut to " + length);
            assertEquals("session file \"" + file + "\" is broken and ignored", store.takeWarning());
            assertNull(store.takeWarning());
        }
        Files.write(file, whole);
        assertEquals(3, open().size());
    }

    @Test
    void aFileWithAnyByteChangedOrAddedIsIgnored() throws IOException {
        byte[] whole = written();
        for (int at = 0; at < whole.length; at++) {
            byte[] broken = whole.clone();
            broken[at] ^= 1;
            Files.write(file, broken);
            assertEquals(0, open().size(), "changed at " + at);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertEquals(0, open().size());
        String twice = new String(whole, StandardCharsets.ISO_8859_1).repeat(2);
        Files.writeString(file, twice, StandardCharsets.ISO_8859_1);
        assertEquals(0, open().size());
    }

    private byte[] written() throws IOException {
        SessionStore store = open();
        for (int i = 0; i < 3; i++) {
            Session session = store.create(i);
            session.set("visits", "number " + i);
        }
        store.close();
        return Files.readAllBytes(file);
    }

    @Test
    void aLineLongerThanAnyIsBroken() throws IOException {
        Files.writeString(file, "pollux-sessions 1\n" + "x".repeat(200_000) + "\n");
        SessionStore store = open();
        assertEquals(0, store.size());
        assertNotNull(store.takeWarning());
    }

    @Test
    void theLargestSessionsComeBack() {
        SessionStore before = open();
        for (int i = 0; i < 20; i++) {
            Session session = before.create(0);
            for (int k = 0; k < 64; k++) {
                assertTrue(session.set(String.format("n%02d", k), "\u0001".repeat(253)));
            }
        }
        before.close();
        SessionStore after = open();
        assertNull(after.takeWarning());
        assertEquals(20, after.size());
    }

    @Test
    void aBrokenFileIsReplacedByTheNextWholeOne() throws IOException {
        Files.writeString(file, "pollux-sessions 1\nhalf of a li");
        SessionStore store = open();
        String id = store.create(0).id();
        store.close();
        assertNotNull(open().find(id, 1));
    }

    @Test
    void noFileMeansNoSessionsAndNoWarning() {
        SessionStore store = open();
        assertEquals(0, store.size());
        assertNull(store.takeWarning());
        store.close();
        assertFalse(Files.exists(file), "nothing changed, nothing to write");
    }

    @Test
    void changesAreWrittenAtMostOnceASecondAndOnlyWhenThereAreAny() throws IOException {
        SessionStore store = open();
        Session session = store.create(10_000);
        store.tend(10_000);
        byte[] first = Files.readAllBytes(file);
        session.set("a", "1");
        store.save(session, 10_500);
        store.tend(10_999);
        assertArrayEquals(first, Files.readAllBytes(file));
        store.tend(11_000);
        assertTrue(Files.readString(file).contains(" a=1\n"));
        Files.delete(file);
        store.tend(20_000);
        assertFalse(Files.exists(file));
    }

    @Test
    void mereUseIsWrittenOnceAMinute() throws IOException {
        SessionStore store = open();
        Session session = store.create(10_000);
        store.tend(10_000);
        store.find(session.id(), 15_000);
        store.tend(69_999);
        assertTrue(Files.readString(file).contains(session.id() + " 10000\n"));
        store.tend(70_000);
        assertTrue(Files.readString(file).contains(session.id() + " 15000\n"));
    }

    @Test
    void anExpiredSessionLeavesTheFile() throws IOException {
        SessionStore store = open();
        Session session = store.create(0);
        store.tend(0);
        assertTrue(Files.readString(file).contains(session.id()));
        store.tend(TIMEOUT_MS + 1);
        assertEquals("pollux-sessions 1", Files.readAllLines(file).get(0));
        assertEquals(2, Files.readAllLines(file).size());
    }

    @Test
    void whatExpiredWhileTheServerWasDownIsForgotten() {
        SessionStore before = open();
        String id = before.create(0).id();
        before.close();
        SessionStore after = open();
        assertNull(after.find(id, TIMEOUT_MS + 1));
    }

    @Test
    void aSmallerBoundKeepsTheOnesUsedLast() {
        SessionStore before = open();
        Session first = before.create(1);
        Session second = before.create(2);
        Session third = before.create(3);
        before.find(first.id(), 4);
        before.close();
        SessionStore after = SessionStore.open(file.toString(), TIMEOUT_MS, 2);
        assertEquals(2, after.size());
        assertNull(after.find(second.id(), 5));
        assertNotNull(after.find(third.id(), 5));
        assertNotNull(after.find(first.id(), 5));
    }

    @Test
    void aCrashWhileWritingLeavesTheLastWholeFile() throws IOException {
        SessionStore before = open();
        String id = before.create(0).id();
        before.close();
        Files.writeString(folder.resolve("sessions.tmp"), "pollux-sessions 1\nhalf");
        SessionStore after = open();
        assertNotNull(after.find(id, 1));
        after.create(2);
        after.close();
        assertEquals(2, open().size());
        assertFalse(Files.exists(folder.resolve("sessions.tmp")));
    }

    @Test
    void whatCannotBeWrittenIsWarnedOfOnceAMinuteAndKeptInMemory() {
        file = folder.resolve("missing").resolve("sessions");
        SessionStore store = open();
        Session session = store.create(0);
        store.tend(0);
        assertEquals("open() \"" + file + ".tmp\" failed (2: No such file or directory)", store.takeWarning());
        store.tend(59_999);
        assertNull(store.takeWarning());
        store.tend(60_000);
        assertNotNull(store.takeWarning());
        assertNotNull(store.find(session.id(), 60_000));
    }

    @Test
    void aFolderInPlaceOfTheFileIsWarnedOf() throws IOException {
        Files.createDirectory(file);
        SessionStore store = open();
        String warning = "pread() \"" + file + "\" failed, the session file is left as it is";
        assertEquals(warning, store.takeWarning());
        store.create(0);
        store.tend(0);
        assertEquals(warning, store.takeWarning());
        assertEquals(List.of("sessions"), names());
    }

    /** A link that leads in a circle cannot be opened: as little as a file when there is no descriptor left. */
    @Test
    void aFileThatCannotBeReadNowIsNotWrittenOver() throws IOException {
        SessionStore before = open();
        String old = before.create(0).id();
        before.close();
        Path aside = folder.resolve("aside");
        Files.move(file, aside);
        Files.createSymbolicLink(file, file);

        SessionStore store = open();
        String warning = "open() \"" + file
                + "\" failed (40: Too many levels of symbolic links), the session file is left as it is";
        assertEquals(warning, store.takeWarning());
        String fresh = store.create(1).id();
        store.tend(1_000);
        assertEquals(warning, store.takeWarning());
        assertTrue(Files.isSymbolicLink(file));

        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        store.tend(60_999);
        assertNull(store.takeWarning());
        assertNull(store.find(old, 60_999));
        store.tend(61_000);
        assertNull(store.takeWarning());
        assertNotNull(store.find(old, 61_000));
        assertNotNull(store.find(fresh, 61_000));
        assertEquals(2, open().size());
    }

    @Test
    void whatIsReadLateIsOlderThanWhatIsThere() throws IOException {
        SessionStore before = open();
        String old = before.create(0).id();
        before.close();
        Path aside = folder.resolve("aside");
        Files.move(file, aside);
        Files.createSymbolicLink(file, file);
        SessionStore store = SessionStore.open(file.toString(), TIMEOUT_MS, 1);
        String fresh = store.create(1).id();
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        store.close();
        assertNull(store.find(old, 2));
        assertNotNull(store.find(fresh, 2));
    }

    private List<String> names() throws IOException {
        try (var all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void twoWorkersWhoTendAtOnceLoseNothing() throws Exception {
        SessionStore store = open();
        ExecutorService workers = Executors.newFixedThreadPool(2);
        List<Future<?>> both = new ArrayList<>();
        for (int worker = 0; worker < 2; worker++) {
            both.add(workers.submit(() -> {
                for (int i = 0; i < 30; i++) {
                    store.create(i).set("number", Integer.toString(i));
                    store.tend(i * 1_000L);
                    assertNull(store.takeWarning());
                }
            }));
        }
        for (Future<?> worker : both) {
            worker.get();
        }
        workers.shutdown();
        store.close();
        SessionStore after = open();
        assertNull(after.takeWarning());
        assertEquals(60, after.size());
        assertEquals(List.of("sessions"), names());
    }

    @Test
    void aFullDiskLeavesTheLastWholeFile() throws IOException {
        SessionStore store = open();
        Session kept = store.create(0);
        store.tend(0);
        byte[] before = Files.readAllBytes(file);
        int full = pollux.posix.Files.openWrite("/dev/full");
        String problem = new SessionWriter().write(file.toString(), file + ".tmp", full, List.of(kept));
        assertTrue(problem.startsWith("write() \"" + file + ".tmp\" failed"), problem);
        assertArrayEquals(before, Files.readAllBytes(file));
        assertEquals(List.of("sessions"), names());
    }
}
