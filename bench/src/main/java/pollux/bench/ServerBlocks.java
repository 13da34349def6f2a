package pollux.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pollux.config.ConfException;
import pollux.config.ConfLoader;
import pollux.config.ServerBlock;

/** Server blocks read from configuration text. */
public final class ServerBlocks {
    private ServerBlocks() {}

    /**
     * Reads a server block.
     *
     * @param directives what stands inside {@code server { }}, without its {@code listen}
     */
    public static ServerBlock of(String directives) {
        try {
            Path folder = Files.createTempDirectory("pollux-bench");
            Path file = folder.resolve("bench.conf");
            Files.writeString(file, "events {} http { server { listen 127.0.0.1:8080;\n" + directives + "\n} }\n");
            try {
                ConfLoader.LoadRequest request = new ConfLoader.LoadRequest(folder.toString(), "bench.conf", "");
                return ConfLoader.load(request).servers().get(0);
            } catch (ConfException e) {
                throw new IllegalStateException("a benchmark's configuration is refused", e);
            } finally {
                Files.delete(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
