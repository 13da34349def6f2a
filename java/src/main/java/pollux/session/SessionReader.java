package pollux.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;
import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.OffHeap;

/**
 * Reads what {@link SessionWriter} wrote: all of it, or nothing when any byte is missing, changed or too many. Used once;
 * memory is bounded by a line beyond the sessions themselves.
 */
final class SessionReader {
    private final List<Session> sessions = new ArrayList<>();
    private final CRC32 checksum = new CRC32();
    private boolean begun;
    private boolean ended;
    private boolean failed;
    private String problem;

    /**
     * The sessions of a file, the one unused longest first; none when there is no file, or it is not whole, or
     * {@link #isUnreadable}.
     */
    List<Session> read(String file) {
        try {
            return readWhole(file);
        } catch (OutOfMemoryError none) {
            refuse("read()", file, none.getMessage());
            return List.of();
        }
    }

    private List<Session> readWhole(String file) {
        IoBuffer buffer = OffHeap.SOURCE.allocate(SessionWriter.BUFFER_BYTES);
        int fd = -1;
        try {
            fd = Files.openRead(file);
            boolean whole = fd >= 0 && readAll(fd, buffer) && ended && buffer.isEmpty();
            if (fd < 0 && fd != -Errno.ENOENT) {
                refuse("open()", file, Errno.describe(-fd));
            } else if (failed) {
                refuse("pread()", file, "");
            } else if (fd >= 0 && !whole) {
                problem = "session file \"" + file + "\" is broken and ignored";
            }
            return whole ? sessions : List.of();
        } finally {
            buffer.release();
            if (fd >= 0) {
                Files.close(fd);
            }
        }
    }

    private void refuse(String call, String file, String why) {
        failed = true;
        problem = (call + " \"" + file + "\" failed " + why).strip() + ", the session file is left as it is";
    }

    /** Whether there may be sessions in the file, but it cannot be read now. */
    boolean isUnreadable() {
        return failed;
    }

    /** Why there are no sessions, in a line for the log; {@code null} when nothing is wrong. */
    String problem() {
        return problem;
    }

    private boolean readAll(int fd, IoBuffer buffer) {
        long offset = 0;
        int count = Files.read(fd, buffer, offset, buffer.room());
        while (count > 0) {
            offset += count;
            if (!takeLines(buffer)) {
                return false;
            }
            buffer.compact();
            // No line is as long as the buffer: without room nothing is read, and what is left makes the file broken.
            count = Files.read(fd, buffer, offset, buffer.room());
        }
        failed = count < 0;
        return count == 0;
    }

    private boolean takeLines(IoBuffer buffer) {
        for (int at = buffer.start(); at < buffer.end(); at++) {
            if (buffer.get(at) == '\n') {
                String line = buffer.string(buffer.start(), at - buffer.start());
                buffer.consume(at + 1 - buffer.start());
                if (ended || !takeLine(line)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean takeLine(String line) {
        boolean good;
        if (!begun) {
            good = line.equals(SessionWriter.HEADER);
            begun = true;
        } else if (line.startsWith(SessionWriter.END)) {
            String crc = SessionWriter.hex(checksum.getValue());
            good = line.equals(SessionWriter.END + sessions.size() + " " + crc);
            ended = true;
        } else {
            good = takeSession(line.split(" ", -1));
        }
        checksum.update((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        return good;
    }

    private boolean takeSession(String[] fields) {
        long usedMs = fields.length < 2 ? Ascii.INVALID : Ascii.parseDecimal(fields[1]);
        if (usedMs < 0 || !MemorySessionStore.isId(fields[0])) {
            return false;
        }
        Session session = new Session(fields[0], usedMs);
        boolean good = true;
        for (int i = 2; good && i < fields.length; i++) {
            int equals = fields[i].indexOf('=');
            String value = equals < 0 ? null : unescape(fields[i].substring(equals + 1));
            good = value != null && session.set(fields[i].substring(0, equals), value);
        }
        sessions.add(session);
        return good;
    }

    /** The bytes that an escaped value stands for, or {@code null}. */
    private static String unescape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%') {
                out.append(text.charAt(i));
                continue;
            }
            int high = i + 2 < text.length() ? Ascii.hexValue(text.charAt(i + 1)) : -1;
            int low = high < 0 ? -1 : Ascii.hexValue(text.charAt(i + 2));
            if (low < 0) {
                return null;
            }
            out.append((char) (high << 4 | low));
            i += 2;
        }
        return out.toString();
    }
}
