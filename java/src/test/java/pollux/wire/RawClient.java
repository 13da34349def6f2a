package pollux.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A client that sends exactly the bytes it is told to, and reads what comes back. Whatever does not come within
 * {@link Wait#LIMIT_MS} fails the test, with what has come until then.
 */
public final class RawClient implements AutoCloseable {
    private static final int BLOCK = 64 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
    private byte[] received = new byte[0];
    private boolean ended;

    private RawClient(SocketAddress address, int receiveBuffer) throws IOException {
        boolean unix = address instanceof UnixDomainSocketAddress;
        channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        if (receiveBuffer > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        }
        channel.connect(address);
        channel.configureBlocking(false);
        if (!unix) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        selector = Selector.open();
        key = channel.register(selector, 0);
    }

    /** Connects to a port of 127.0.0.1. */
    public static RawClient connect(int port) {
        return connect("127.0.0.1", port);
    }

    /** Connects to a port of an address. */
    public static RawClient connect(String host, int port) {
        return connect(address(host, port), 0);
    }

    /** Connects to a Unix socket. */
    public static RawClient connect(Path socket) {
        return connect(UnixDomainSocketAddress.of(socket), 0);
    }

    /** Connects with a small receive buffer: what a server sends to a client that does not read stays with the server. */
    public static RawClient slow(int port) {
        return connect(address("127.0.0.1", port), 4096);
    }

    @SuppressWarnings("AddressSelection") // hosts are literals
    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(host, port);
    }

    private static RawClient connect(SocketAddress address, int receiveBuffer) {
        try {
            return new RawClient(address, receiveBuffer);
        } catch (IOException e) {
            throw new UncheckedIOException("connecting to " + address, e);
        }
    }

    /** Sends text, one byte a character. */
    public RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends text in pieces: each is a segment of its own. */
    public RawClient sendPieces(Iterable<String> pieces) {
        for (String piece : pieces) {
            send(piece);
        }
        return this;
    }

    /** Sends bytes. */
    public RawClient send(byte[] bytes) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        try {
            while (left.hasRemaining()) {
                if (channel.write(left) == 0) {
                    await(SelectionKey.OP_WRITE, "sending");
                }
            }
            return this;
        } catch (IOException e) {
            throw failed("the server broke the connection with " + left.remaining() + " bytes unsent: " + e);
        }
    }

    /** Sends bytes, and takes in meanwhile what comes: for a server that answers before it has everything. */
    public RawClient sendWhileReading(byte[] bytes) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        try {
            while (left.hasRemaining()) {
                await(SelectionKey.OP_WRITE | SelectionKey.OP_READ, "sending");
                if (key.isReadable() && !ended) {
                    receive();
                }
                channel.write(left);
            }
            return this;
        } catch (IOException e) {
            throw failed("the server broke the connection with " + left.remaining() + " bytes unsent: " + e);
        }
    }

    /** Ends the sending side. */
    public RawClient endOutput() {
        try {
            channel.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one response to a request that was not HEAD; an interim one (100) counts as one. */
    public Answer read() {
        return read(false);
    }

    /** Reads one response to a HEAD request. */
    public Answer readHead() {
        return read(true);
    }

    /** Sends a request and reads its response. */
    public Answer ask(String request) {
        send(request);
        return read(request.startsWith("HEAD "));
    }

    private Answer read(boolean toHead) {
        int end = awaitText("\r\n\r\n", 0);
        Answer answer = new Answer(Answer.withoutDate(take(end + 2)), new byte[0]);
        take(2);
        return new Answer(answer.head(), content(answer, toHead));
    }

    private byte[] content(Answer answer, boolean toHead) {
        int status = answer.status();
        if (toHead || status < 200 || status == 204 || status == 304) {
            return new byte[0];
        }
        if (answer.field("Transfer-Encoding") != null) {
            return chunks();
        }
        String length = answer.field("Content-Length");
        return length == null ? readToEnd() : takeBytes(Integer.parseInt(length));
    }

    private byte[] chunks() {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int size;
        do {
            size = Integer.parseInt(take(awaitText("\r\n", 0)), 16);
            take(2);
            content.writeBytes(takeBytes(size));
            if (!take(2).equals("\r\n")) {
                throw failed("a chunk does not end where its size says");
            }
        } while (size > 0);
        return content.toByteArray();
    }

    /** Reads to the end of the connection. */
    public byte[] readToEnd() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (!ended) {
            all.writeBytes(takeBytes(received.length));
            receive();
        }
        return all.toByteArray();
    }

    /** Reads to the end of the connection, as text whose dates are replaced. */
    public String readAll() {
        return Answer.withoutDate(new String(readToEnd(), StandardCharsets.ISO_8859_1));
    }

    /** Fails unless the server ends the connection now, without another byte. */
    public void assertEnded() {
        String more = readAll();
        if (!more.isEmpty()) {
            throw new AssertionError("there is more before the end: " + more);
        }
    }

    /** Reads until at least so many bytes are there that nobody has taken. */
    public RawClient await(int bytes) {
        while (received.length < bytes) {
            receiveOrFail("there are fewer than " + bytes + " bytes");
        }
        return this;
    }

    private int awaitText(String text, int from) {
        int at = indexOf(text, from);
        while (at < 0) {
            int before = received.length;
            receiveOrFail("there is no \"" + text.replace("\r", "\\r").replace("\n", "\\n") + "\"");
            at = indexOf(text, Math.max(0, before - text.length()));
        }
        return at;
    }

    private int indexOf(String text, int from) {
        return new String(received, StandardCharsets.ISO_8859_1).indexOf(text, from);
    }

    private String take(int count) {
        return new String(takeBytes(count), StandardCharsets.ISO_8859_1);
    }

    private byte[] takeBytes(int count) {
        ByteArrayOutputStream taken = new ByteArrayOutputStream(count);
        while (taken.size() < count) {
            if (received.length == 0) {
                receiveOrFail("there are only " + taken.size() + " of " + count + " bytes");
            }
            int part = Math.min(count - taken.size(), received.length);
            taken.write(received, 0, part);
            received = java.util.Arrays.copyOfRange(received, part, received.length);
        }
        return taken.toByteArray();
    }

    private void receiveOrFail(String problem) {
        if (ended) {
            throw failed("the connection has ended and " + problem);
        }
        receive();
    }

    private void receive() {
        try {
            block.clear();
            int count = channel.read(block);
            if (count == 0) {
                await(SelectionKey.OP_READ, "reading");
                count = channel.read(block);
            }
            if (count < 0) {
                ended = true;
                return;
            }
            int before = received.length;
            received = java.util.Arrays.copyOf(received, before + count);
            System.arraycopy(block.array(), 0, received, before, count);
        } catch (IOException e) {
            throw failed("the connection broke: " + e);
        }
    }

    private void await(int operation, String doing) throws IOException {
        key.interestOps(operation);
        selector.selectedKeys().clear();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Wait.LIMIT_MS);
        while (selector.select(1_000) == 0) {
            if (System.nanoTime() - end > 0) {
                throw failed(doing + " took more than " + Wait.LIMIT_MS + " ms");
            }
        }
    }

    private AssertionError failed(String problem) {
        return new AssertionError(problem + "; received so far: " + new String(received, StandardCharsets.ISO_8859_1));
    }

    /** Leaves: what the server still sends is refused. */
    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
