package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;
import pollux.config.ErrorLog;

class CgiErrorOutputTest {
    private final List<String> lines = new ArrayList<>();
    private final CgiErrorOutput output =
            new CgiErrorOutput((level, message) -> lines.add(level + " " + message), ErrorLog.Level.INFO);

    private void write(String text) {
        IoBuffer in = TestBuffers.of(text);
        output.take(in);
        assertEquals(0, in.length());
    }

    private static String logged(String line) {
        return "INFO CGI program sent in stderr: \"" + line + "\"";
    }

    @Test
    void logsEachLineWhateverThePieces() {
        String all = "one\ntwo\r\n\n\r\nthree";
        for (int split = 0; split <= all.length(); split++) {
            lines.clear();
            write(all.substring(0, split));
            write(all.substring(split));
            assertEquals(List.of(logged("one"), logged("two")), lines, "split at " + split);
            output.end();
            assertEquals(List.of(logged("one"), logged("two"), logged("three")), lines, "split at " + split);
        }
    }

    @Test
    void logsALongLineInPieces() {
        write("a".repeat(2048) + "b\n" + "c".repeat(2048) + "\n" + "d".repeat(4096));
        output.end();
        assertEquals(
                List.of(
                        logged("a".repeat(2048)),
                        logged("b"),
                        logged("c".repeat(2048)),
                        logged("d".repeat(2048)),
                        logged("d".repeat(2048))),
                lines);
    }

    @Test
    void logsAThousandLinesAndCountsTheRest() {
        for (int i = 0; i < 5_000; i++) {
            write("line\n");
        }
        output.end();
        output.end();
        assertEquals(1_001, lines.size());
        assertEquals(logged("line"), lines.get(999));
        assertEquals("INFO CGI program sent 20000 more bytes in stderr, which are not logged", lines.get(1_000));
    }

    @Test
    void logsSixtyFourKibibytesAndCountsTheRest() {
        write("a".repeat(60_000) + "\n" + "\n".repeat(10_000) + "end");
        output.end();
        assertEquals(31, lines.size());
        assertEquals(logged("a".repeat(2048)), lines.get(0));
        assertEquals(logged("a".repeat(60_000 % 2048)), lines.get(29));
        assertEquals("INFO CGI program sent 4468 more bytes in stderr, which are not logged", lines.get(30));
    }

    @Test
    void logsAllOfWhatJustFits() {
        write("a".repeat(65_535) + "\n");
        output.end();
        assertEquals(32, lines.size());
        assertEquals(logged("a".repeat(2047)), lines.get(31));
    }

    @Test
    void logsNothingForAProgramThatIsQuiet() {
        output.end();
        output.end();
        assertEquals(List.of(), lines);
    }
}
