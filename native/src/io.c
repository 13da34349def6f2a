/*
 * Moving bytes. No errno leaves this file (law 3): -1 means that the peer is given up, and no call is tried again, but
 * for regular files, which some file systems let a signal interrupt.
 * Whether a descriptor is ready is the loop's business. A pipe without a reader raises SIGPIPE, and Linux's sendfile
 * has no flag against it: the server ignores that signal.
 */
#include <sys/socket.h>
#include <unistd.h>

#include "border.h"
#include "platform.h"

_Static_assert(sizeof(off_t) == 8, "offsets are int64_t");

int64_t px_recv(int fd, int64_t address, int64_t length) {
    return length < 0 ? -1 : recv(fd, pxi_at(address), pxi_transfer(length), 0);
}

int64_t px_send(int fd, int64_t address, int64_t length, int more) {
    return length < 0 ? -1 : pxi_send(fd, pxi_at(address), pxi_transfer(length), more);
}

int64_t px_read(int fd, int64_t address, int64_t length) {
    return length < 0 ? -1 : read(fd, pxi_at(address), pxi_transfer(length));
}

int64_t px_write(int fd, int64_t address, int64_t length) {
    return length < 0 ? -1 : write(fd, pxi_at(address), pxi_transfer(length));
}

int64_t px_pread(int fd, int64_t address, int64_t length, int64_t offset) {
    int64_t count = -1;
    do {
        count = length < 0 ? -1 : pread(fd, pxi_at(address), pxi_transfer(length), offset);
    } while (length >= 0 && pxi_interrupted(count));
    return count;
}

int64_t px_pwrite(int fd, int64_t address, int64_t length, int64_t offset) {
    int64_t count = -1;
    do {
        count = length < 0 ? -1 : pwrite(fd, pxi_at(address), pxi_transfer(length), offset);
    } while (length >= 0 && pxi_interrupted(count));
    return count;
}

int64_t px_sendfile(int socket, int file, int64_t offset, int64_t length) {
    if (length < 0 || offset < 0) {
        return -1;
    }
    /* To macOS a length of 0 means "to the end of the file". */
    return length == 0 ? 0 : pxi_sendfile(socket, file, offset, pxi_transfer(length));
}
