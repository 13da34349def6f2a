package pollux.twin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import pollux.wire.Answer;

/**
 * What a server answers to the requests of a row over one connection, and whether it keeps the connection then. Unlike a
 * client that knows what must come, it takes whatever comes: both servers' words are judged later, beside each other.
 */
final class Dialogue implements AutoCloseable {
    /** Far above what an answer takes: what is silent for so long stays silent. */
    private static final int LIMIT_MS = 15_000;

    private final Socket socket;
    private final InputStream in;
    private final List<Answer> answers = new ArrayList<>();
    private final List<String> interim = new ArrayList<>();
    private String connection = "kept";

    private Dialogue(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(LIMIT_MS);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    /**
     * The answers, as many as came.
     *
     * @param answers the content of chunked ones without its framing; interim ones (100) are in {@code interim}
     * @param interim their status lines
     * @param connection {@code kept}, {@code closed}, or what else happened
     */
    record Outcome(List<Answer> answers, List<String> interim, String connection) {}

    /** Holds the dialogue of a row with the server on a port. */
    static Outcome hold(int port, Row row) {
        try (Dialogue dialogue = new Dialogue(port)) {
            dialogue.run(row);
            return new Outcome(dialogue.answers, dialogue.interim, dialogue.connection);
        } catch (IOException e) {
            throw new AssertionError("port " + port + ": " + e, e);
        }
    }

    private void run(Row row) throws IOException {
        write(String.join("", row.requests()));
        try {
            for (int i = 0; i < row.answers() && connection.equals("kept"); i++) {
                String request = row.requests().get(Math.min(i, row.requests().size() - 1));
                readAnswer(request.startsWith("HEAD "));
            }
            if (connection.equals("kept")) {
                write(Row.PROBE);
                String rest = text(readToEnd());
                connection = rest.isEmpty() ? "closed" : rest.startsWith("HTTP/1.1 ") ? "kept" : "more: " + rest;
            }
        } catch (SocketTimeoutException silent) {
            connection = "silent";
        }
    }

    /** A server that has gone may refuse what is sent to it: what it said before still counts. */
    private void write(String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            connection = "closed";
        }
    }

    private void readAnswer(boolean toHead) throws IOException {
        StringBuilder head = new StringBuilder();
        int c;
        while (head.indexOf("\r\n\r\n") < 0 && (c = read()) >= 0) {
            head.append((char) c);
            if (head.length() == 5 && !head.toString().equals("HTTP/")) {
                head.append(text(readToEnd()));
                answers.add(new Answer("", head.toString().getBytes(StandardCharsets.ISO_8859_1)));
                connection = "closed";
                return;
            }
        }
        if (head.length() == 0) {
            connection = "closed";
            return;
        }
        Answer bare = new Answer(head.substring(0, head.length() - 2), new byte[0]);
        if (bare.status() < 200) {
            interim.add(bare.statusLine());
            readAnswer(toHead);
            return;
        }
        answers.add(new Answer(bare.head(), readContent(bare, toHead)));
    }

    private byte[] readContent(Answer head, boolean toHead) throws IOException {
        int status = head.status();
        if (toHead || status == 204 || status == 304) {
            return new byte[0];
        }
        if (head.field("Transfer-Encoding") != null) {
            return readChunks();
        }
        String length = head.field("Content-Length");
        if (length == null) {
            connection = "closed";
            return readToEnd();
        }
        return in.readNBytes(Integer.parseInt(length));
    }

    /** The content of chunks, and the lines of the trailer section behind it. */
    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (true) {
            String line = readLine();
            int size = Integer.parseInt(line.substring(0, line.length() - 2), 16);
            if (size == 0) {
                for (String field = readLine(); !field.equals("\r\n"); field = readLine()) {
                    content.writeBytes(field.getBytes(StandardCharsets.ISO_8859_1));
                }
                return content.toByteArray();
            }
            content.writeBytes(in.readNBytes(size));
            in.readNBytes(2);
        }
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
            line.append((char) read());
        }
        return line.toString();
    }

    private int read() throws IOException {
        try {
            return in.read();
        } catch (SocketTimeoutException silent) {
            throw silent;
        } catch (IOException reset) {
            return -1;
        }
    }

    private byte[] readToEnd() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int c = read(); c >= 0; c = read()) {
            all.write(c);
        }
        return all.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
