package pollux.handler;

import java.security.SecureRandom;
import java.util.HexFormat;
import pollux.buffer.IoBuffer;
import pollux.posix.Errno;
import pollux.posix.Files;

/**
 * A file that is written under a hidden, unguessable name and gets its real one when it is whole. It owns its descriptor
 * and its name until it was moved or handed over; {@link #abandon()} leaves neither, whatever came before.
 *
 * <p>Every answer is 0 or {@code -errno}. A file cannot be moved between file systems: it is made where it will end.
 */
final class TemporaryFile {
    private static final int NO_FILE = -1;
    private static final int PRIVATE_MODE = 0600;
    private static final int TRIES = 16;
    private static final int RANDOM_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private String path;
    private int fd = NO_FILE;
    private long length;

    /** Makes the file, empty, readable by its owner alone. Called once. */
    int create(String folder) {
        String prefix = folder.endsWith("/") ? folder : folder + "/";
        for (int i = 0; i < TRIES; i++) {
            String name = prefix + ".pollux-" + randomDigits(RANDOM_BYTES) + ".tmp";
            int answer = Files.createNew(name, PRIVATE_MODE);
            if (answer >= 0) {
                fd = answer;
                path = name;
                return 0;
            }
            if (answer != -Errno.EEXIST) {
                return answer;
            }
        }
        return -Errno.EEXIST;
    }

    /** Makes the file under a name that others may know: {@code -EEXIST} when there is something. Called once. */
    int createAt(String name) {
        int answer = Files.createNew(name, PRIVATE_MODE);
        if (answer >= 0) {
            fd = answer;
            path = name;
        }
        return Math.min(answer, 0);
    }

    /** The name stays, whatever becomes of the request. */
    void keepName() {
        path = null;
    }

    /** Random hexadecimal digits, two for each byte. */
    static String randomDigits(int bytes) {
        byte[] bits = new byte[bytes];
        RANDOM.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }

    /** The temporary name; {@code null} once the file has none. */
    String path() {
        return path;
    }

    /** How many bytes were appended. */
    long length() {
        return length;
    }

    /** Sets room for {@code bytes} in all aside, so that a full disk shows before the content is read. */
    int reserve(long bytes) {
        return Files.reserve(fd, 0, bytes);
    }

    /**
     * Appends a slice.
     *
     * @return 0; {@code -ENOSPC}, {@code -EDQUOT} or {@code -EFBIG} when there is no room; {@code -EIO} when the reason
     *     is not to be learnt
     */
    int append(IoBuffer from, int offset, int count) {
        if (Files.write(fd, from, offset, count, length)) {
            length += count;
            return 0;
        }
        // A write does not tell why it failed; asking for the same room does.
        int reason = Files.reserve(fd, length, count);
        return reason < 0 ? reason : -Errno.EIO;
    }

    /** The content is whole: closes the descriptor, which is the last chance of a network's file system to complain. */
    int seal() {
        int answer = Files.close(fd);
        fd = NO_FILE;
        return answer;
    }

    /** Sets the permission bits that the file will have under its real name. */
    int changeMode(int mode) {
        return Files.changeMode(path, mode);
    }

    /** Moves the file to its real name, unless there is something: {@code -EEXIST}. */
    int moveNew(String target) {
        return moved(Files.renameNew(path, target));
    }

    /** Moves the file to its real name, in place of what was there. */
    int replace(String target) {
        return moved(Files.rename(path, target));
    }

    private int moved(int answer) {
        if (answer == 0) {
            path = null;
            FileCache.changed();
        }
        return answer;
    }

    /** Takes the name away: the file is gone when its descriptor is closed. */
    int unname() {
        return moved(Files.unlink(path));
    }

    /** Hands the descriptor over: the caller closes it. */
    int takeDescriptor() {
        int taken = fd;
        fd = NO_FILE;
        return taken;
    }

    /** Leaves nothing behind; harmless at any time. */
    void abandon() {
        if (fd != NO_FILE) {
            Files.close(fd);
            fd = NO_FILE;
        }
        if (path != null) {
            Files.unlink(path);
            path = null;
        }
    }
}
