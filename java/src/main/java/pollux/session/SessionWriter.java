package pollux.session;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import pollux.buffer.IoBuffer;
import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.OffHeap;

/**
 * Writes sessions to a file that appears whole or not at all. Lines end with LF; fields are separated by one space:
 *
 * <pre>
 *  pollux-sessions 1
 *  ID MILLISECONDS NAME=VALUE NAME=VALUE ...     a session: its id, its last use since 1970, its entries
 *  end COUNT CHECKSUM                            how many sessions, and the CRC-32 of all lines before, in hexadecimal
 * </pre>
 *
 * In a value, {@code %} and every byte but the visible ones of ASCII are written as {@code %} and two hexadecimal digits.
 * The session unused longest comes first. Only the owner may read the file: whoever knows an id is that visitor.
 */
final class SessionWriter {
    static final String HEADER = "pollux-sessions 1";
    static final String END = "end ";

    /** More than the longest line: a value escaped throughout is three times as long. */
    static final int BUFFER_BYTES = 64 * 1024;

    private static final int MODE = 0600;
    private static final String DIGITS = "0123456789ABCDEF";

    private final CRC32 checksum = new CRC32();
    private final StringBuilder line = new StringBuilder();
    private int fd;
    private long written;

    /**
     * Replaces the file.
     *
     * @return {@code null}, or what failed in nginx's words: the old file, if any, is untouched then
     */
    String write(String file, List<Session> sessions) {
        String fresh = file + ".tmp";
        Files.unlink(fresh); // left by a crash
        int created = Files.createNew(fresh, MODE);
        return created < 0 ? failure("open()", fresh, created) : write(file, fresh, created, sessions);
    }

    /** As {@link #write(String, List)}, by way of a new file that is open; closes it. */
    String write(String file, String fresh, int created, List<Session> sessions) {
        fd = created;
        String problem;
        try {
            problem = fill(fresh, sessions);
        } catch (OutOfMemoryError none) {
            problem = "write() \"" + fresh + "\" failed: " + none.getMessage();
        }
        int closed = Files.close(fd);
        if (problem == null && closed < 0) {
            problem = failure("close()", fresh, closed);
        }
        int renamed = problem == null ? Files.rename(fresh, file) : 0;
        if (renamed < 0) {
            problem = failure("rename()", fresh, renamed);
        }
        if (problem != null) {
            Files.unlink(fresh);
        }
        return problem;
    }

    private String fill(String fresh, List<Session> sessions) {
        IoBuffer buffer = OffHeap.SOURCE.allocate(BUFFER_BYTES);
        try {
            if (!putAll(buffer, sessions)) {
                int reason = Files.reserve(fd, written, buffer.length());
                return reason < 0 ? failure("write()", fresh, reason) : "write() \"" + fresh + "\" failed";
            }
        } finally {
            buffer.release();
        }
        int synced = Files.sync(fd);
        return synced < 0 ? failure("fsync()", fresh, synced) : null;
    }

    private static String failure(String call, String name, int answer) {
        return call + " \"" + name + "\" failed " + Errno.describe(-answer);
    }

    private boolean putAll(IoBuffer buffer, List<Session> sessions) {
        line.append(HEADER);
        boolean good = put(buffer);
        for (int i = 0; good && i < sessions.size(); i++) {
            render(sessions.get(i));
            good = put(buffer);
        }
        line.append(END).append(sessions.size()).append(' ').append(hex(checksum.getValue()));
        return good && put(buffer) && flush(buffer);
    }

    private void render(Session session) {
        line.append(session.id()).append(' ').append(session.usedMs());
        for (Map.Entry<String, String> entry : session.entries().entrySet()) {
            line.append(' ').append(entry.getKey()).append('=');
            escape(entry.getValue());
        }
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            int b = value.charAt(i) & 0xff;
            if (b > ' ' && b < 0x7f && b != '%') {
                line.append((char) b);
            } else {
                line.append('%').append(DIGITS.charAt(b >> 4)).append(DIGITS.charAt(b & 0xf));
            }
        }
    }

    static String hex(long crc) {
        return String.format("%08x", crc);
    }

    /** Moves the line into the buffer, and the buffer into the file when it is full. */
    private boolean put(IoBuffer buffer) {
        String text = line.append('\n').toString();
        line.setLength(0);
        checksum.update(text.getBytes(StandardCharsets.ISO_8859_1));
        if (text.length() > buffer.room() && !flush(buffer)) {
            return false;
        }
        buffer.put(text);
        return true;
    }

    private boolean flush(IoBuffer buffer) {
        if (!Files.write(fd, buffer, buffer.start(), buffer.length(), written)) {
            return false;
        }
        written += buffer.length();
        buffer.clear();
        return true;
    }
}
