package pollux.handler;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pollux.buffer.IoBuffer;
import pollux.posix.OffHeap;

/** Gives content to a sink as the server does, and looks what is left of it. */
final class Feeding {
    private Feeding() {}

    /** The whole way of a request with content: a status, 0 when the response is filled. */
    static int send(Requests.Exchange exchange, ContentHandler handler, String content) {
        return send(exchange, handler, content, Math.max(1, content.length()));
    }

    /** As {@link #send(Requests.Exchange, ContentHandler, String)}, in slices of some bytes. */
    static int send(Requests.Exchange exchange, ContentHandler handler, String content, int slice) {
        ContentSink sink = handler.open(exchange.request, exchange.response);
        if (sink == null) {
            return exchange.response.status();
        }
        int status = take(sink, content, slice);
        if (status != 0) {
            sink.abort();
            return status;
        }
        return sink.complete(exchange.response);
    }

    /** Gives content to a sink in slices; the first answer that is not 0, or 0. */
    static int take(ContentSink sink, String content, int slice) {
        IoBuffer buffer = OffHeap.SOURCE.allocate(slice + 1);
        int status = 0;
        for (int at = 0; status == 0 && at < content.length(); at += slice) {
            String part = content.substring(at, Math.min(at + slice, content.length()));
            buffer.clear();
            buffer.put("?" + part);
            status = sink.take(buffer, 1, part.length());
        }
        buffer.release();
        return status;
    }

    /** Every name below a folder, sorted; folders with a slash behind them. */
    static List<String> census(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (var all = Files.walk(folder)) {
            all.filter(path -> !path.equals(folder))
                    .map(path -> folder.relativize(path) + (Files.isDirectory(path) ? "/" : ""))
                    .sorted()
                    .forEach(names::add);
        }
        names.remove("test.conf");
        return names;
    }

    /** What this process has open below a folder, files without a name included. */
    static List<String> open(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return names; // macOS: the census of names must do
        }
        try (var all = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : all) {
                String target = target(descriptor);
                if (target.startsWith(folder.toString())) {
                    names.add(target);
                }
            }
        }
        return names;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /** A small file by the bytes of its path, whatever the JVM takes names for. */
    static String readBytes(String path) {
        int fd = pollux.posix.Files.openRead(path);
        IoBuffer buffer = OffHeap.SOURCE.allocate(4096);
        int count = pollux.posix.Files.read(fd, buffer, 0, 4096);
        pollux.posix.Files.close(fd);
        String text = count < 0 ? "unreadable" : buffer.string(0, count);
        buffer.release();
        return text;
    }

    /** The bytes of a text's UTF-8, one a char. */
    static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
