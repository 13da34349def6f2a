package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.request;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client gets of a program that has said its header and then nothing more for as long as it likes. */
final class ProgramHeadsTest {
    private Site site;
    private ServerProcess server;

    @BeforeEach
    void start() {
        site = Site.create().program("www/cgi/waits.sh", """
                        #!/bin/sh
                        printf 'Content-Type: text/plain\\nETag: "a"\\n\\n'
                        while [ ! -e ../../run/go ]; do sleep 0.02; done
                        printf 'content'
                        """);
        server = ServerProcess.start(site, ServerProcess.server("location /cgi/ { cgi on; }"));
    }

    @AfterEach
    void stop() {
        server.close();
        site.close();
    }

    private void letProgramsGoOn() {
        site.file("run/go", "");
    }

    @Test
    void theHeadIsSentBeforeThereIsContent() {
        try (RawClient client = server.connect()) {
            client.send(get("/cgi/waits.sh"));
            client.await("HTTP/1.1 200 OK\r\n".length());
            letProgramsGoOn();
            assertEquals("content", client.read().content());
        }
    }

    @Test
    void headIsAnsweredBeforeTheProgramEnds() {
        try (RawClient client = server.connect()) {
            Answer head = client.ask(request("HEAD /cgi/waits.sh"));
            assertEquals("HTTP/1.1 200 OK", head.statusLine());
            letProgramsGoOn();
            assertEquals(404, client.ask(get("/missing")).status());
        }
    }

    @Test
    void aPreconditionThatFailsIsSaidAtOnceAndEndsTheProgram() {
        try (RawClient client = server.connect()) {
            assertEquals(
                    412, client.ask(get("/cgi/waits.sh", "If-Match: \"b\"")).status());
            assertEquals(404, client.ask(get("/missing")).status());
            Wait.until("the program's end", () -> server.children().isEmpty());
        }
    }
}
