package pollux.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pollux.posix.Signals;
import pollux.wire.Site;
import pollux.wire.Wait;

/**
 * The file that sessions are kept in: each call that reads it, or writes it, now and then and at the end, fails once. What was
 * kept there stays, the file is whole at any time, and in the end it has every visitor.
 *
 * <p>By the error that is likeliest; by each with {@code -Dpollux.fault.places=N} above 2.
 */
class SessionFilesTest {
    private static final String KEPT = "0123456789abcdef0123456789abcdef";

    /** More than there are faults: each has a file of its own, because whatever fails is not tried again for a minute. */
    private static final int FILES = 60;

    private static final boolean ALL = Integer.getInteger("pollux.fault.places", 2) > 2;

    private final Site site = Site.create();
    private final Figures figures = new Figures();
    private FaultyServer server;
    private int next;

    @AfterEach
    void remove() {
        if (server != null && server.process().isAlive()) {
            server.kill();
        }
        site.close();
    }

    /** A fault in the making of what is looked at. */
    private record Fault(String call, int place, int errno) {
        @Override
        public String toString() {
            return "call " + place + " of " + call + "() fails with " + errno;
        }
    }

    /** The calls that replace the file. */
    static List<String> writing() {
        return List.of("unlink", "open", "malloc", "pwrite", "fsync", "close", "rename");
    }

    private static String file(int number) {
        return "run/sessions/" + number;
    }

    private void start() {
        StringBuilder locations = new StringBuilder();
        site.folder("run/sessions");
        for (int i = 0; i < FILES; i++) {
            locations.append("location = /" + i + " { session on; session_store file:" + file(i)
                    + "; return 200 \"$session_id\"; }\n");
            String line = "pollux-sessions 1\n" + KEPT + " " + System.currentTimeMillis() + " name=value\n";
            site.file(file(i), line + "end 1 " + checksum(line) + "\n");
        }
        server = FaultyServer.start(site, """
                daemon off;
                pid run/pollux.pid;
                error_log run/error.log info;
                events { use epoll; }
                http { access_log run/access.log; server { listen 127.0.0.1:@port@; root www; %s } }
                """.formatted(locations), "vfork");
        server.takeCensus();
        int number = next++;
        awaitWritten(number, visit(number));
    }

    private void awaitWritten(int number, String id) {
        Wait.until("the visitor in the file", () -> site.read(file(number)).contains("\n" + id + " "));
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return String.format("%08x", crc.getValue());
    }

    /** The id that a visitor has then; empty when that was not to be had. */
    private String visit(int number, String id) {
        figures.requests(1);
        String request = get("/" + number, "Connection: close", "Cookie: POLLUXSID=" + id);
        List<Reply> replies = Reply.ask(server.process().port(), request, List.of(false));
        return replies.size() == 1
                        && replies.get(0).status() == 200
                        && replies.get(0).whole()
                ? replies.get(0).content()
                : "";
    }

    /** A new visitor, who has gone. */
    private String visit(int number) {
        String id = visit(number, "");
        assertEquals(KEPT.length(), id.length());
        server.awaitCensus(() -> {}); // no call that is made for the visitor comes later
        return id;
    }

    private void assertWhole(int number) {
        String text = site.read(file(number));
        int end = text.lastIndexOf("\nend ") + 1;
        long sessions = text.substring(0, end).lines().count() - 1;
        assertEquals("end " + sessions + " " + checksum(text.substring(0, end)) + "\n", text.substring(end));
        assertTrue(text.contains("\n" + KEPT + " "), text);
    }

    /** At each place in the likeliest way, or in every way. */
    private static List<Fault> faults(Map<String, Integer> places) {
        List<Fault> faults = new ArrayList<>();
        places.forEach((call, count) -> {
            for (int place = 1; place <= count; place++) {
                for (int errno : ALL ? Errors.of(call) : List.of(Errors.likely(call))) {
                    faults.add(new Fault(call, place, errno));
                }
            }
        });
        return faults;
    }

    private void arm(Fault fault) {
        server.plan().once(fault.call(), fault.place(), fault.errno());
    }

    private boolean hasStruck(Fault fault) {
        return !server.plan().isPending(fault.call());
    }

    /** Ends the server: then every file is whole. */
    private void end(String title, int faults) {
        server.close();
        for (int i = 0; i < next; i++) {
            assertWhole(i);
        }
        figures.add(server.plan());
        figures.print(title, 0);
        assertTrue(figures.faults() >= faults, figures::toString);
    }

    @Test
    void whatWasKeptIsNotLostWhenItCannotBeRead() {
        start();
        List<Fault> faults = faults(Map.of("open", 1, "pread", 2, "close", 1, "malloc", 1));
        for (Fault fault : faults) {
            int own = next++;
            arm(fault);
            visit(own, KEPT);
            Wait.until(fault::toString, () -> hasStruck(fault));
            Wait.until(() -> fault + ": the visitor from before", () -> visit(own, KEPT)
                    .equals(KEPT));
        }
        end("each call fails once: reading sessions", faults.size());
    }

    @Test
    void theFileIsWholeWhenItCannotBeWritten() {
        start();
        List<Fault> faults =
                faults(Map.of("unlink", 1, "open", 1, "malloc", 1, "pwrite", 1, "fsync", 1, "close", 1, "rename", 1));
        Map<Integer, String> visitors = new LinkedHashMap<>();
        for (Fault fault : faults) {
            int own = next++;
            visitors.put(own, visit(own));
            arm(fault);
            Wait.until(fault::toString, () -> hasStruck(fault));
            Wait.until("the end of the writing", () -> !site.has(file(own) + ".tmp"));
            assertWhole(own);
        }
        end("each call fails once: writing sessions", faults.size());
        visitors.forEach((own, id) -> assertTrue(site.read(file(own)).contains("\n" + id + " ")));
    }

    /** A call that fails whenever it is made at the end: for the last time, nothing is tried again. */
    @ParameterizedTest
    @MethodSource("writing")
    void whatWasKeptStaysWhenItCannotBeWrittenAtTheEnd(String call) {
        start();
        int own = next++;
        String id = visit(own);
        server.plan().always(call, 1, Errors.likely(call));
        server.process().signal(Signals.TERM);
        assertEquals(0, server.process().awaitExit());
        assertWhole(own);
        boolean isWritten = site.read(file(own)).contains("\n" + id + " ");
        String warning = "pollux: [warn] ";
        assertTrue(isWritten || server.process().standardError().contains(warning), call);
        assertFalse(site.has(file(own) + ".tmp"));
        figures.add(server.plan());
        assertTrue(figures.faults() > 0, figures::toString);
    }
}
