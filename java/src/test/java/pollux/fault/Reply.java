package pollux.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pollux.wire.Answer;

/**
 * One response, or as much of it as came: a client that takes whatever it gets, but knows whether it was all.
 *
 * @param head status line and fields, {@code Date} replaced
 * @param content without the framing of chunks
 * @param whole whether the response is complete by its own framing; one that ends with the connection is, unless that was reset
 */
record Reply(String head, String content, boolean whole) {
    /** A server that says nothing for so long hangs. */
    private static final int WATCHDOG_MS = 20_000;

    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)");

    /** What a connection brought: all bytes up to its end, and whether that was a reset. */
    private record Received(String text, boolean reset) {}

    /** The status, or 0 when not even that came. */
    int status() {
        return head.matches("(?s)HTTP/1\\.1 \\d{3} .*") ? Integer.parseInt(head.substring(9, 12)) : 0;
    }

    /** Whether it says that something went wrong. */
    boolean isRefusal() {
        return status() >= 400;
    }

    /** Whether it says that the connection ends with it. */
    boolean isLast() {
        return head.contains("\r\nConnection: close\r\n");
    }

    /**
     * Sends requests over one connection and reads to its end.
     *
     * @param heads which of them are by HEAD, in order; what comes behind the answers to all of them is one more reply
     */
    static List<Reply> ask(int port, String requests, List<Boolean> heads) {
        Received received = exchange(port, requests.getBytes(StandardCharsets.ISO_8859_1));
        List<Reply> replies = new ArrayList<>();
        String rest = received.text();
        while (!rest.isEmpty()) {
            boolean toHead = replies.size() < heads.size() && heads.get(replies.size());
            int length = take(rest, toHead, received.reset(), replies);
            rest = rest.substring(length);
        }
        return replies;
    }

    /** A client that is to be asked by {@link #isAnswered}. */
    static Socket connect(int port) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(WATCHDOG_MS);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes a client's socket. */
    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request over a connection that stays; whether an answer came that ends so, and not the connection's end. */
    static boolean isAnswered(Socket socket, String request, String end) {
        StringBuilder text = new StringBuilder();
        byte[] block = new byte[4096];
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            while (text.indexOf(end) < 0) {
                int count = socket.getInputStream().read(block);
                if (count < 0) {
                    return false;
                }
                text.append(new String(block, 0, count, StandardCharsets.ISO_8859_1));
                if (text.indexOf("HTTP/1.1 2") != 0 && text.length() > 10) {
                    return false;
                }
            }
            return true;
        } catch (SocketTimeoutException hanging) {
            throw new AssertionError("the server hangs; it said: " + text, hanging);
        } catch (IOException reset) {
            return false;
        }
    }

    private static Received exchange(int port, byte[] requests) {
        StringBuilder text = new StringBuilder();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(WATCHDOG_MS);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(requests);
            } catch (IOException refused) {
                // What the server said before it left may still be there.
                text.setLength(0);
            }
            InputStream in = socket.getInputStream();
            byte[] block = new byte[64 * 1024];
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                text.append(new String(block, 0, count, StandardCharsets.ISO_8859_1));
            }
            return new Received(text.toString(), false);
        } catch (SocketTimeoutException hanging) {
            throw new AssertionError("the server hangs; it said: " + text, hanging);
        } catch (IOException reset) {
            return new Received(text.toString(), true);
        }
    }

    /** Takes the first reply of a text; how long it is there. */
    private static int take(String text, boolean toHead, boolean reset, List<Reply> replies) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            replies.add(new Reply(text, "", false));
            return text.length();
        }
        Reply head = new Reply(Answer.withoutDate(text.substring(0, end + 2)), "", true);
        int begin = end + 4;
        String fields = head.head().toLowerCase(Locale.ROOT);
        Matcher length = LENGTH.matcher(fields);
        // Whoever is turned away is not asked what it wanted.
        boolean turnedAway = toHead && head.status() == 503 && begin < text.length();
        if ((toHead && !turnedAway) || head.status() == 204 || head.status() == 304 || head.status() == 100) {
            replies.add(head);
            return begin;
        }
        if (fields.contains("\r\ntransfer-encoding: chunked")) {
            return takeChunks(text, begin, head.head(), replies);
        }
        if (length.find()) {
            int last = begin + Integer.parseInt(length.group(1));
            boolean whole = last <= text.length();
            int stop = Math.min(last, text.length());
            replies.add(new Reply(head.head(), text.substring(begin, stop), whole));
            return stop;
        }
        replies.add(new Reply(head.head(), text.substring(begin), !reset));
        return text.length();
    }

    private static int takeChunks(String text, int begin, String head, List<Reply> replies) {
        StringBuilder content = new StringBuilder();
        int at = begin;
        while (true) {
            int line = text.indexOf("\r\n", at);
            if (line < 0) {
                break;
            }
            int size = Integer.parseInt(text.substring(at, line), 16);
            int stop = line + 2 + size;
            content.append(text, line + 2, Math.min(stop, text.length()));
            if (stop + 2 > text.length()) {
                break;
            }
            at = stop + 2;
            if (size == 0) {
                replies.add(new Reply(head, content.toString(), true));
                return at;
            }
        }
        replies.add(new Reply(head, content.toString(), false));
        return text.length();
    }
}
