package pollux.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static pollux.wire.Wire.get;
import static pollux.wire.Wire.request;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forms of hundreds of files, many at once: their content waits for its turn, and nothing of it is lost or kept by that. */
class CostlyContentTest {
    private static final int CLIENTS = 8;
    private static final int FILES = 400;

    private final List<RawClient> clients = new ArrayList<>();
    private Site site;
    private ServerProcess server;

    @BeforeEach
    void start() {
        site = Site.create().folder("store").file("www/a.txt", "a");
        server = ServerProcess.start(site, ServerProcess.server("""
                location / { root www; }
                location /up { upload_store store; }
                """));
    }

    @AfterEach
    void stop() {
        clients.forEach(RawClient::close);
        server.close();
        site.close();
    }

    private static String form(int client) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < FILES; i++) {
            form.append("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"")
                    .append(client * FILES + i)
                    .append("x".repeat(150))
                    .append("\"\r\n\r\ncontent\r\n");
        }
        return form.append("--b--\r\n").toString();
    }

    private static String head(int length) {
        return request("POST /up", "Content-Type: multipart/form-data; boundary=b", "Content-Length: " + length);
    }

    private RawClient connect() {
        RawClient client = server.connect();
        clients.add(client);
        return client;
    }

    @Test
    void allFilesOfAllFormsAreStoredAndWhatFollowsIsAnswered() {
        for (int i = 0; i < CLIENTS; i++) {
            String form = form(i);
            connect().send(head(form.length()) + form + get("/a.txt"));
        }
        for (RawClient client : clients) {
            assertEquals(201, client.read().status());
            assertEquals("a", client.read().content());
        }
        assertEquals(CLIENTS * FILES, site.names("store").size());
    }

    @Test
    void clientsThatLeaveWhileTheirContentWaitsLeaveNothingBehind() {
        for (int i = 0; i < CLIENTS; i++) {
            String form = form(i);
            connect().send(head(form.length() + 1) + form);
        }
        for (int i = 0; i < CLIENTS; i++) {
            if (i % 2 == 0) {
                clients.get(i).close();
            } else {
                clients.get(i).endOutput().assertEnded();
            }
        }
        assertEquals("a", server.ask(get("/a.txt")).content());
        Wait.until("nothing to be left", () -> site.names("store").isEmpty());
        assertFalse(server.errorLog().contains("Exception"), server::errorLog);
    }
}
