package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pollux.buffer.IoBuffer;
import pollux.buffer.TestBuffers;

class NphStatusTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    HTTP/1.1 200 OK,       200
                    HTTP/1.0 404 Not Here, 404
                    HTTP/1.1 503,          503
                    HTTP/1.1 50,           0
                    HTTP/1.1  200,         0
                    HTTP/1.1 099 x,        0
                    HTTP/1.1 2x0 x,        0
                    HTTP/11.1 200,         0
                    http/1.1 200,          0
                    Content-Type: text,    0
                    "",                    0
                    """)
    void readsTheCodeHoweverMuchCame(String output, int code) {
        for (int split = 0; split <= output.length(); split++) {
            NphStatus status = new NphStatus();
            IoBuffer in = TestBuffers.of(output);
            status.take(in, 0, split);
            assertEquals(split >= 12, status.isDecided());
            assertEquals(split >= 12 ? code : 0, status.code(), "after " + split);
            status.take(in, 0, output.length());
            assertEquals(code, status.code(), "after " + split + " and all");
        }
    }
}
