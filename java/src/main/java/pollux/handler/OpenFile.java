package pollux.handler;

import pollux.posix.Files;

/**
 * An open regular file that several responses may be sending, and a cache keeping, at the same time. It is closed when the
 * last holder lets it go. All holders belong to one thread.
 */
public final class OpenFile {
    private final int fd;
    private int holders = 1;

    /** Takes a descriptor over, for one holder. */
    public OpenFile(int fd) {
        this.fd = fd;
    }

    /** The descriptor, for reading only. */
    public int fd() {
        return fd;
    }

    /** One holder more. */
    public OpenFile hold() {
        if (holders == 0) {
            throw new IllegalStateException("descriptor " + fd + " is closed already");
        }
        holders++;
        return this;
    }

    /** One holder fewer; the last one closes the file. */
    public void release() {
        if (holders == 0) {
            throw new IllegalStateException("descriptor " + fd + " is closed already");
        }
        holders--;
        if (holders == 0) {
            Files.close(fd);
        }
    }
}
