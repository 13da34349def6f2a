package pollux.handler;

import java.security.SecureRandom;
import java.util.HexFormat;
import pollux.buffer.IoBuffer;
import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.Folder;

/**
 * A file that is written without a name, and gets its real one when it is whole: nothing is left of it before, not even by a
 * crash. Where there are no such files, or when its descriptor is not to be held any longer, it has a hidden, unguessable
 * name instead; the folder is then shared (see {@link LeftOvers}). It owns its descriptor and its name until it was moved or
 * handed over; {@link #abandon()} leaves neither, whatever came before. The folder is the caller's, and stays open as long.
 *
 * <p>Every answer is 0 or {@code -errno}. A file cannot be moved between file systems: it is made where it will end.
 */
final class TemporaryFile {
    private static final int NO_FILE = -1;
    private static final int PRIVATE_MODE = 0600;
    private static final int TRIES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Reservation room = new Reservation();
    private Folder folder;
    private String name;
    private int fd = NO_FILE;
    private long length;

    /** Makes the file, empty, readable by its owner alone. Called once. */
    int create(Folder in) {
        folder = in;
        int answer = in.createNameless(PRIVATE_MODE);
        if (answer != -Errno.ENOTSUP) {
            fd = Math.max(answer, NO_FILE);
            return Math.min(answer, 0);
        }
        in.share();
        return underHiddenName(hidden -> {
            int made = in.createNew(hidden, PRIVATE_MODE);
            fd = Math.max(made, NO_FILE);
            return made;
        });
    }

    /** Makes the file under a name that others may know: {@code -EEXIST} when there is something. Called once. */
    int createAs(Folder in, String known) {
        folder = in;
        int answer = in.createNew(known, PRIVATE_MODE);
        if (answer >= 0) {
            fd = answer;
            name = known;
        }
        return Math.min(answer, 0);
    }

    /** Tries hidden names until one is free. */
    private int underHiddenName(java.util.function.ToIntFunction<String> taking) {
        int answer = -Errno.EEXIST;
        for (int i = 0; i < TRIES && answer == -Errno.EEXIST; i++) {
            String hidden = LeftOvers.newName();
            answer = taking.applyAsInt(hidden);
            if (answer >= 0) {
                name = hidden;
            }
        }
        return Math.min(answer, 0);
    }

    /** The name stays, whatever becomes of the request. */
    void keepName() {
        name = null;
    }

    /** Random hexadecimal digits, two for each byte. */
    static String randomDigits(int bytes) {
        byte[] bits = new byte[bytes];
        RANDOM.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }

    /** How many bytes were appended. */
    long length() {
        return length;
    }

    /** Says how many bytes are to come, so that a full disk shows before the content is read. */
    int reserve(long bytes) {
        return room.begin(fd, bytes);
    }

    /**
     * Appends a slice.
     *
     * @return 0; {@code -ENOSPC}, {@code -EDQUOT} or {@code -EFBIG} when there is no room; {@code -EIO} when the reason
     *     is not to be learnt
     */
    int append(IoBuffer from, int offset, int count) {
        int ahead = room.grow(fd, length + count);
        if (ahead < 0) {
            return ahead;
        }
        if (Files.write(fd, from, offset, count, length)) {
            length += count;
            return 0;
        }
        // A write does not tell why it failed; asking for the same room does.
        int reason = Files.reserve(fd, length, count);
        return reason < 0 ? reason : -Errno.EIO;
    }

    /** Sets the permission bits that the file will have under its real name. */
    int changeMode(int mode) {
        return Files.changeMode(fd, mode);
    }

    /** Sets the time of the last change, in seconds since 1970; nothing is appended any more. */
    int touch(long seconds) {
        return Files.touch(fd, seconds);
    }

    /** Waits until the content is on the disk. */
    int sync() {
        return Files.sync(fd);
    }

    /** Gives the descriptor back before the file has its real name: until then it has a hidden one. */
    int rest() {
        if (name == null) {
            folder.share();
            int named = underHiddenName(hidden -> folder.giveName(fd, hidden));
            if (named < 0) {
                return named;
            }
        }
        return close();
    }

    private int close() {
        int answer = fd == NO_FILE ? 0 : Files.close(fd);
        fd = NO_FILE;
        return answer;
    }

    /** Gives the file its real name in its folder, unless there is something: {@code -EEXIST}. */
    int moveNew(String target) {
        if (name == null) {
            return moved(folder.giveName(fd, target));
        }
        // The last chance of a network's file system to complain.
        int closed = close();
        return closed < 0 ? closed : moved(folder.renameNew(name, target));
    }

    /** Gives the file its real name, in place of what was there. */
    int replace(Folder in, String target) {
        int answer = -Errno.EEXIST;
        if (name == null) {
            answer = in.giveName(fd, target);
        }
        if (answer == -Errno.EEXIST) {
            answer = rest();
            answer = answer < 0 ? answer : folder.rename(name, in, target);
        }
        return moved(answer);
    }

    private int moved(int answer) {
        if (answer == 0) {
            close();
            name = null;
            FileCache.changed();
        }
        return answer;
    }

    /** Takes the name away, if it has one: the file is gone when its descriptor is closed. */
    int unname() {
        int answer = name == null ? 0 : folder.unlink(name);
        if (answer == 0) {
            name = null;
        }
        return answer;
    }

    /** Hands the descriptor over: the caller closes it. */
    int takeDescriptor() {
        int taken = fd;
        fd = NO_FILE;
        return taken;
    }

    /** Leaves nothing behind; harmless at any time. */
    void abandon() {
        close();
        if (name != null) {
            // Once more, should it have been a passing trouble: nobody else knows the name.
            if (folder.unlink(name) < 0) {
                folder.unlink(name);
            }
            name = null;
        }
    }
}
