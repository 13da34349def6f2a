package pollux.handler;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pollux.buffer.IoBuffer;
import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Files;
import pollux.posix.OffHeap;

/**
 * A file of names and passwords, as {@code htpasswd} writes it: {@code name:password} a line, perhaps with {@code :comment};
 * {@code #} begins a line of comment. It is looked at before each use and read only when it has changed, and a password that
 * took long to be found good is not worked out again.
 */
final class PasswordFile {
    /** What a look into the file says. */
    enum Answer {
        /** The password is the user's. */
        GOOD,
        /** There is no such user. */
        UNKNOWN_USER,
        /** The password is another. */
        MISMATCH,
        /** That takes {@link #work}. */
        SLOW
    }

    private static final int LARGEST = 16 << 20;
    private static final int CHUNK = 64 * 1024;
    private static final int MAX_KNOWN_GOOD = 256;

    private final String path;
    private final Map<String, List<String>> passwords = new HashMap<>();
    private final Map<String, byte[]> knownGood = new HashMap<>();
    private long size = -1;
    private long seconds;
    private long nanos;
    private long inode;
    private boolean doubtful;

    PasswordFile(String path) {
        this.path = path;
    }

    /**
     * Reads the file if it is not as it was.
     *
     * @return 0 or a positive error number
     */
    int look(long nowMs) {
        FileStatus status = new FileStatus();
        try {
            int error = -Files.status(path, status);
            boolean changed = size != status.size()
                    || seconds != status.modifiedSeconds()
                    || nanos != status.modifiedNanos()
                    || inode != status.inode();
            return error == 0 && (changed || doubtful) ? read(status, nowMs) : error;
        } finally {
            status.release();
        }
    }

    private int read(FileStatus status, long nowMs) {
        IoBuffer chunk = OffHeap.SOURCE.allocate(CHUNK);
        int fd = Files.openRead(path);
        if (fd < 0) {
            chunk.release();
            return -fd;
        }
        StringBuilder text = new StringBuilder();
        try {
            int error = -Files.status(fd, status);
            if (error != 0 || !status.isRegular() || status.size() > LARGEST) {
                return error != 0 ? error : status.isDirectory() ? Errno.EISDIR : Errno.EINVAL;
            }
            int count = Files.read(fd, chunk, 0, CHUNK);
            while (count > 0 && text.length() <= LARGEST) {
                text.append(chunk.string(chunk.start(), count));
                chunk.clear();
                count = Files.read(fd, chunk, text.length(), CHUNK);
            }
        } finally {
            chunk.release();
            Files.close(fd);
        }
        // First of all: should there be no memory for it, the file is read again the next time.
        parse(text);
        size = status.size();
        seconds = status.modifiedSeconds();
        nanos = status.modifiedNanos();
        inode = status.inode();
        // Clocks of files tick in milliseconds: one that was changed just now may change again and look the same.
        doubtful = seconds >= nowMs / 1000 - 2;
        return 0;
    }

    private void parse(CharSequence text) {
        passwords.clear();
        knownGood.clear();
        for (String line : text.toString().split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.startsWith("#")) {
                int end = colon + 1;
                while (end < line.length() && line.charAt(end) != ':' && line.charAt(end) != '\r') {
                    end++;
                }
                passwords
                        .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>(1))
                        .add(line.substring(colon + 1, end));
            }
        }
    }

    /**
     * Compares a password; of several lines for a user the first counts, as with nginx.
     *
     * @param done work that has just ended, or {@code null}
     */
    Answer check(BasicCredentials credentials, PasswordCheck done) {
        String stored = stored(credentials);
        String password = credentials.password();
        if (stored == null) {
            return Answer.UNKNOWN_USER;
        }
        if (!PasswordHash.isSlow(stored)) {
            return PasswordHash.matches(stored, password) ? Answer.GOOD : Answer.MISMATCH;
        }
        byte[] digest = PasswordHash.sha256(stored + '\0' + password);
        if (MessageDigest.isEqual(digest, knownGood.get(credentials.user()))) {
            return Answer.GOOD;
        }
        if (done == null || !done.isAbout(stored, password)) {
            return Answer.SLOW;
        }
        if (done.matches() && knownGood.size() < MAX_KNOWN_GOOD) {
            knownGood.put(credentials.user(), digest);
        }
        return done.matches() ? Answer.GOOD : Answer.MISMATCH;
    }

    private String stored(BasicCredentials credentials) {
        List<String> written = passwords.get(credentials.user());
        return written == null ? null : written.get(0);
    }

    /** What is to be done when the answer is {@link Answer#SLOW}. */
    Work work(BasicCredentials credentials, PasswordCheck.Line line) {
        return new PasswordCheck(line, stored(credentials), credentials.password());
    }

    /** The bytes of a byte string. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
