package pollux.wire.rfc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import pollux.wire.RawClient;
import pollux.wire.Wait;

/**
 * Many talks with one server at once, each over a Unix socket of its own, in lockstep: every one sends a piece, then two
 * requests over one more connection are answered one after the other, then every one sends its next piece. The server is one
 * loop, so whatever was sent before those requests has been read when the second answer is there: a cut is a cut, without
 * any waiting for time.
 */
final class Talks implements AutoCloseable {
    private final Path socket;
    private final Selector selector;
    private final List<Talk> talks = new ArrayList<>();
    private final ByteBuffer block = ByteBuffer.allocate(64 * 1024);

    private Talks(Path socket) throws IOException {
        this.socket = socket;
        this.selector = Selector.open();
    }

    private final class Talk {
        final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        final List<String> pieces;
        final StringBuilder received = new StringBuilder();
        boolean ended;

        Talk(List<String> pieces) throws IOException {
            this.pieces = pieces;
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        /** A server that has gone takes nothing: what it has said counts all the same. */
        void send(int piece) {
            if (piece < pieces.size()) {
                ByteBuffer bytes = ByteBuffer.wrap(pieces.get(piece).getBytes(StandardCharsets.ISO_8859_1));
                try {
                    channel.write(bytes);
                } catch (IOException gone) {
                    bytes.position(bytes.limit());
                }
                if (bytes.hasRemaining()) {
                    throw new AssertionError("a piece is larger than the socket's buffer");
                }
            }
        }

        void end() {
            try {
                channel.shutdownOutput();
            } catch (IOException gone) {
                ended |= !channel.isOpen();
            }
        }

        void receive() {
            block.clear();
            int count = -1;
            try {
                count = channel.read(block);
            } catch (IOException reset) {
                block.clear();
            }
            if (count < 0) {
                ended = true;
                channel.keyFor(selector).cancel();
            } else {
                received.append(new String(block.array(), 0, count, StandardCharsets.ISO_8859_1));
            }
        }
    }

    /**
     * Holds the talks.
     *
     * @param ends whether the clients end their sending side behind the last piece
     * @return for each way all bytes that came before the end of its connection
     */
    static List<String> hold(Path socket, List<Way> ways, boolean ends) {
        try (Talks talks = new Talks(socket)) {
            for (Way way : ways) {
                talks.talks.add(talks.new Talk(way.pieces()));
            }
            talks.lockstep(ends);
            talks.receiveAll();
            return talks.talks.stream().map(talk -> talk.received.toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void lockstep(boolean ends) {
        int steps = talks.stream().mapToInt(talk -> talk.pieces.size()).max().orElse(0);
        // Connected last, it is accepted last: when it is answered, so are all others.
        try (RawClient barrier = RawClient.connect(socket)) {
            barrier.ask(Way.GOOD);
            for (int step = 0; step < steps; step++) {
                for (Talk talk : talks) {
                    talk.send(step);
                    if (ends && step == talk.pieces.size() - 1) {
                        talk.end();
                    }
                }
                // Once for the turn that everything before it is read in at the latest, and once for the end of that
                // turn.
                barrier.ask(Way.GOOD);
                barrier.ask(Way.GOOD);
            }
        }
    }

    private void receiveAll() throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Wait.LIMIT_MS);
        while (talks.stream().anyMatch(talk -> !talk.ended)) {
            selector.select(key -> ((Talk) key.attachment()).receive(), 1_000);
            if (System.nanoTime() - end > 0) {
                // Who is silent for so long has not ended the connection: the outcome says so.
                talks.stream().filter(talk -> !talk.ended).forEach(talk -> {
                    talk.received.append("silent");
                    talk.ended = true;
                });
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Talk talk : talks) {
            talk.channel.close();
        }
        selector.close();
    }
}
