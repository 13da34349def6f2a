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
    void logsNothingForAProgramThatIsQuiet() {
        output.end();
        output.end();
        assertEquals(List.of(), lines);
    }
}
