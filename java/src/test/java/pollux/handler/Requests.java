package pollux.handler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import pollux.config.Captures;
import pollux.config.ConfException;
import pollux.config.ConfLoader;
import pollux.config.Config;
import pollux.config.Location;
import pollux.config.Locations;
import pollux.config.ServerBlock;
import pollux.http.FieldName;
import pollux.http.HostName;
import pollux.http.RequestHead;
import pollux.http.RequestParser;
import pollux.http.RequestTarget;
import pollux.posix.OffHeap;

/**
 * Requests for tests of handlers: a server block read from configuration text, and requests parsed from the bytes of a
 * head. What the server does between the two (finding the location) is done here in its simplest form.
 */
public final class Requests {
    /** The present of every request: Mon, 23 Nov 2026 06:48:12 GMT. */
    public static final long NOW_MS = 1_795_416_492_000L;

    private final ServerBlock server;
    private Peer peer = new Peer("192.0.2.7", 40000, "127.0.0.1", 8080, 1, NOW_MS);

    private Requests(ServerBlock server) {
        this.server = server;
    }

    /**
     * Reads a server block.
     *
     * @param folder an empty or existing folder: the configuration is written there as {@code test.conf}, and relative
     *     paths in it lie there
     * @param directives what stands inside {@code server { }}; it listens on 127.0.0.1:8080
     */
    public static Requests server(Path folder, String directives) {
        String text = "events {} http { server { listen 127.0.0.1:8080;\n" + directives + "\n} }\n";
        try {
            Files.writeString(folder.resolve("test.conf"), text, StandardCharsets.ISO_8859_1);
            Config config = ConfLoader.load(new ConfLoader.LoadRequest(folder.toString(), "test.conf", ""));
            return new Requests(config.servers().get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConfException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets all later requests come over another connection. */
    public Requests over(Peer connection) {
        peer = connection;
        return this;
    }

    /** A GET by HTTP/1.1 with {@code Host: h.example} and further field lines. */
    public Exchange get(String target, String... fieldLines) {
        return send("GET", target, fieldLines);
    }

    /** A request by HTTP/1.1 with {@code Host: h.example} and further field lines. */
    public Exchange send(String method, String target, String... fieldLines) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: h.example\r\n");
        for (String line : fieldLines) {
            head.append(line).append("\r\n");
        }
        return raw(head.append("\r\n").toString());
    }

    /** A request from all the bytes of its head. It must be a valid one. */
    public Exchange raw(String bytes) {
        RequestHead head = new RequestHead();
        var buffer = OffHeap.SOURCE.allocate(bytes.length());
        buffer.put(bytes);
        int parsed = new RequestParser(RequestParser.Limits.DEFAULT).parse(buffer, head);
        if (parsed != RequestParser.COMPLETE) {
            throw new IllegalArgumentException("parsed to " + parsed + ": " + bytes);
        }
        return new Exchange(head);
    }

    /** One request and its response. */
    public final class Exchange extends Unsent implements Log {
        /** The request, its location chosen. */
        public final Request request;

        /** The response, empty. */
        public final Response response = new Response();

        /** What was logged: {@code error: message}. */
        public final List<String> log = new ArrayList<>();

        private Exchange(RequestHead head) {
            request = new Request(head, response, this);
            request.connect(peer, this);
            request.clear(server, NOW_MS);
            RequestTarget target = new RequestTarget(true, new RequestTarget.Memory());
            int refused = target.parse(head.buffer(), head.targetOffset(), head.targetLength(), head.method());
            if (refused != 0) {
                throw new IllegalArgumentException("target refused: " + refused);
            }
            String host = head.value(FieldName.HOST);
            request.method(head.method());
            request.target(target.raw(), target.path(), target.args());
            request.host(host == null ? null : HostName.parse(host).host());
            locate();
        }

        /** Finds the location for the request's path, as after an internal redirect. */
        public Exchange locate() {
            Locations locations = server.locations();
            Location found = locations.exact().get(request.path());
            for (Location prefix : found == null ? locations.prefixes() : List.<Location>of()) {
                if (found == null && request.path().startsWith(prefix.pattern())) {
                    found = prefix;
                }
            }
            Captures captures = null;
            boolean isSettled = found != null
                    && (found.kind() == Location.Kind.EXACT || found.kind() == Location.Kind.PREFIX_NO_REGEX);
            for (Location regex : isSettled ? List.<Location>of() : locations.regexes()) {
                if (captures == null) {
                    captures = regex.regex().find(request.path());
                    found = captures == null ? found : regex;
                }
            }
            request.location(found == null ? server.root() : found, captures);
            return this;
        }

        /** Lets a handler answer. */
        public int by(Handler handler) {
            int outcome = handler.handle(request, response);
            return outcome == Handler.WORK ? Work.whole(response.takeWork()) : outcome;
        }

        /** The response's content as a byte string, files read; it stays the response's. */
        public String content() {
            Content.Pieces content = (Content.Pieces) response.content();
            StringBuilder out = new StringBuilder();
            for (Content.Piece piece : content.pieces()) {
                if (piece instanceof Content.Memory memory) {
                    out.append(new String(memory.bytes(), StandardCharsets.ISO_8859_1));
                } else {
                    out.append(read(content.file().fd(), (Content.Slice) piece));
                }
            }
            return out.toString();
        }

        private String read(int fd, Content.Slice slice) {
            var buffer = OffHeap.SOURCE.allocate(Math.max(1, Math.toIntExact(slice.length())));
            while (buffer.length() < slice.length()) {
                int wanted = (int) slice.length() - buffer.length();
                if (pollux.posix.Files.read(fd, buffer, slice.offset() + buffer.length(), wanted) <= 0) {
                    throw new AssertionError("the file ended before its slice");
                }
            }
            String text = buffer.string(0, buffer.length());
            buffer.release();
            return text;
        }

        /** The fields added to the response: {@code Name: value}, one after the other. */
        public List<String> fields() {
            List<String> lines = new ArrayList<>();
            List<String> fields = response.fields();
            for (int i = 0; i < fields.size(); i += 2) {
                lines.add(fields.get(i) + ": " + fields.get(i + 1));
            }
            return lines;
        }

        @Override
        public void error(pollux.config.ErrorLog.Level level, String message) {
            log.add(level.text() + ": " + message);
        }

        @Override
        public long requestLength() {
            return request.head().length();
        }
    }

    /** Writes files below a folder, byte strings by relative path; a path that ends in a slash is a folder. */
    public static void tree(Path folder, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (file.getKey().endsWith("/")) {
                Files.createDirectories(path);
            } else {
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue(), StandardCharsets.ISO_8859_1);
            }
        }
    }
}
