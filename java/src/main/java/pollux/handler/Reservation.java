package pollux.handler;

import pollux.posix.Errno;
import pollux.posix.Files;

/**
 * Room on the disk for a file whose length was announced. Whether there is enough of it is asked at once; it is taken in
 * steps, ahead of what is written: who only announces a length keeps nobody else from the disk, and the loop does not stand
 * still where a file system fills what it sets aside.
 */
final class Reservation {
    private static final long STEP = 8L << 20;

    private long announced;
    private long taken;

    /**
     * Begins with a file that is empty.
     *
     * @param bytes how many are to come; 0 when that is not known: then nothing is set aside
     * @return 0, or {@code -ENOSPC} when the file system has not as much room
     */
    int begin(int fd, long bytes) {
        announced = bytes;
        taken = 0;
        long room = bytes > 0 ? Files.room(fd) : 0;
        // A file system that cannot tell will tell when it is written to.
        return room >= 0 && room < bytes ? -Errno.ENOSPC : grow(fd, Math.min(bytes, 1));
    }

    /**
     * The file is about to reach a length.
     *
     * @return 0; {@code -ENOSPC}, {@code -EDQUOT} or {@code -EFBIG} when there is no room
     */
    int grow(int fd, long length) {
        if (length <= taken || taken >= announced) {
            return 0;
        }
        long next = Math.min(announced, Math.max(length, taken + STEP));
        int answer = Files.reserve(fd, taken, next - taken);
        taken = answer == 0 ? next : taken;
        return answer;
    }
}
