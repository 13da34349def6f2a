package pollux.twin;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.twin.Row.get;
import static pollux.twin.Row.head;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pollux.wire.RawClient;
import pollux.wire.Wait;

/** {@code limit_rate} and {@code limit_rate_after}: the same bytes arrive, and no sooner than they may. */
class RateTwinTest extends TwinTable {
    @Override
    String configuration() {
        return """
                types { text/plain txt; text/html html; }
                log_format rate "$uri $limit_rate $request_time $body_bytes_sent";
                access_log run/@name@.rate.log rate;
                server {
                    listen 127.0.0.1:@port@;
                    root www;
                    sendfile on;
                    location /kernel/ { limit_rate 200k; alias www/; }
                    location /copied/ { limit_rate 200k; sendfile off; alias www/; }
                    location /chunks/ { limit_rate 200k; sendfile_max_chunk 10k; alias www/; }
                    location /after/ { limit_rate 1k; limit_rate_after 1m; alias www/; }
                    location /part/ { limit_rate 100k; limit_rate_after 250k; alias www/; }
                    location /asked/ { limit_rate $arg_r; limit_rate_after $arg_a; alias www/; }
                    location /off/ { limit_rate 0; alias www/; }
                    location /text { limit_rate 5; limit_rate_after 1k; return 200 "rate $limit_rate"; }
                    location /head { limit_rate 300; return 200 "%s"; }
                    location /slow/ { limit_rate 100k; alias www/; }
                }
                """.formatted("0123456789".repeat(20));
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String path : List.of(
                "/kernel/large.bin",
                "/kernel/a.txt",
                "/copied/large.bin",
                "/chunks/large.bin",
                "/after/large.bin",
                "/part/large.bin",
                "/asked/large.bin",
                "/asked/large.bin?r=0",
                "/asked/large.bin?r=x",
                "/asked/large.bin?r=-1",
                "/asked/large.bin?r=400k",
                "/asked/large.bin?r=1k&a=1m",
                "/asked/large.bin?r=1m&a=x",
                "/off/large.bin",
                "/text",
                "/head")) {
            rows.add(get(path));
        }
        rows.add(head("/kernel/large.bin"));
        rows.add(get("/kernel/large.bin", "Range: bytes=10-250000"));
        rows.add(Row.raw(
                Row.text("GET /kernel/a.txt", "h"),
                Row.text("GET /kernel/large.bin", "h"),
                Row.text("GET /off/large.bin", "h"),
                Row.text("GET /text", "h")));
        return rows;
    }

    /** 300,007 bytes at 102,400 a second: what may go in the first and the second second is not all of it. */
    @Test
    void answerTakesItsTime() {
        for (int port : twins().ports()) {
            try (RawClient client = RawClient.connect(port)) {
                client.ask("GET /slow/large.bin HTTP/1.1\r\nHost: h\r\n\r\n");
            }
        }
        for (String name : List.of("nginx", "pollux")) {
            String file = "run/" + name + ".rate.log";
            Wait.until(
                    () -> "the line in " + file, () -> twins().site().read(file).contains("/slow/large.bin"));
            String[] words = twins().site()
                    .read(file)
                    .lines()
                    .filter(line -> line.startsWith("/slow/"))
                    .findFirst()
                    .orElseThrow()
                    .split(" ");
            assertTrue(words[1].equals("102400") && words[3].equals("300007"), String.join(" ", words));
            assertTrue(Double.parseDouble(words[2]) >= 1, String.join(" ", words));
        }
    }
}
