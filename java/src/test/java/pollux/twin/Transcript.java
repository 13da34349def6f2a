package pollux.twin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pollux.wire.Wait;

/**
 * All that a server answers to bytes that are sent at once, and then no more are: the responses in order, interim ones left
 * out. Nothing is known here about the requests; no content may begin as a response does.
 */
record Transcript(List<Reply> replies) {
    /** Status 0 stands for what is no response by HTTP/1.1. */
    record Reply(int status, boolean closes, String content) {
        /** The end of the connection in place of an answer. */
        static final Reply NONE = new Reply(0, true, "");
    }

    private static final Pattern HEAD =
            Pattern.compile("HTTP/1\\.1 ([0-9]{3}) [^\\r]*\\r\\n((?:[^\\r\\n]+\\r\\n)*)\\r\\n");
    private static final Pattern LENGTH = Pattern.compile("(?m)^Content-Length: ([0-9]{1,9})\\r");
    private static final Pattern CLOSE = Pattern.compile("(?m)^Connection: close\\r");

    /** Sends bytes to a port of 127.0.0.1 and reads until the server ends the connection. */
    static Transcript of(int port, String bytes) {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Wait.LIMIT_MS);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            socket.getInputStream().transferTo(received);
        } catch (SocketTimeoutException e) {
            throw new UncheckedIOException("no end of the connection, but: " + received, e);
        } catch (IOException reset) {
            // Who refuses need not read what is behind; what has been received before counts.
            return parse(received.toString(StandardCharsets.ISO_8859_1));
        }
        return parse(received.toString(StandardCharsets.ISO_8859_1));
    }

    private static Transcript parse(String text) {
        List<Reply> replies = new ArrayList<>();
        Matcher head = HEAD.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!head.region(at, text.length()).lookingAt()) {
                replies.add(new Reply(0, true, text.substring(at)));
                return new Transcript(replies);
            }
            Matcher length = LENGTH.matcher(head.group(2));
            int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
            int status = Integer.parseInt(head.group(1));
            at = isBare(status, text, head.end()) ? head.end() : Math.min(text.length(), head.end() + bytes);
            // What the pages of errors say is no matter here.
            String content = status < 300 ? text.substring(head.end(), at) : "";
            if (status >= 200) {
                replies.add(new Reply(status, CLOSE.matcher(head.group(2)).find(), content));
            }
        }
        return new Transcript(replies);
    }

    /** The answer to a HEAD has a length and no content: what follows is the next one, or a page as HTTP/0.9 had them. */
    private static boolean isBare(int status, String text, int end) {
        boolean isNext = end == text.length() || text.startsWith("HTTP/1.1 ", end);
        return isNext || (status < 300 && text.startsWith("<html>", end));
    }
}
