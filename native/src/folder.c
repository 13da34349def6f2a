/*
 * Names in an open folder. A path is walked anew by each call and may lead elsewhere each time; an open folder stays the
 * one that it was, whatever is put in its place.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "border.h"
#include "platform.h"

int px_open_strictly(int folder, int64_t path, int flags, int beneath) {
    return pxi_open_strictly(folder, pxi_at(path), flags | O_CLOEXEC, beneath);
}

int px_readlinkat(int folder, int64_t name, int64_t text, int capacity) {
    if (capacity < 0) {
        return -EINVAL;
    }
    ssize_t length = readlinkat(folder, pxi_at(name), pxi_at(text), (size_t)capacity);
    if (length == capacity) {
        return -ENAMETOOLONG; /* It may have been cut. */
    }
    return length < 0 ? -errno : (int)length;
}

int px_give_name(int fd, int folder, int64_t name) {
    char self[32];
    snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
    return pxi_answer(linkat(AT_FDCWD, self, folder, pxi_at(name), AT_SYMLINK_FOLLOW));
}

int px_renameat(int from_folder, int64_t from, int to_folder, int64_t to) {
    return pxi_answer(renameat(from_folder, pxi_at(from), to_folder, pxi_at(to)));
}

/* A link never replaces anything, and for a moment the file has both names; a crash in between leaves both. */
static int rename_by_link(int from_folder, const char *from, int to_folder, const char *to) {
    if (linkat(from_folder, from, to_folder, to, 0) < 0) {
        return -errno;
    }
    if (unlinkat(from_folder, from, 0) < 0) {
        int error = errno;
        unlinkat(to_folder, to, 0);
        return -error;
    }
    return 0;
}

int px_renameat_new(int from_folder, int64_t from, int to_folder, int64_t to) {
    int result = pxi_rename_exclusive(from_folder, pxi_at(from), to_folder, pxi_at(to));
    return result == -ENOTSUP ? rename_by_link(from_folder, pxi_at(from), to_folder, pxi_at(to)) : result;
}

int px_unlinkat(int folder, int64_t name) { return pxi_answer(unlinkat(folder, pxi_at(name), 0)); }
int px_rmdirat(int folder, int64_t name) { return pxi_answer(unlinkat(folder, pxi_at(name), AT_REMOVEDIR)); }
int px_mkdirat(int folder, int64_t name, int mode) {
    return pxi_answer(mkdirat(folder, pxi_at(name), (mode_t)mode));
}
int px_fchmod(int fd, int mode) { return pxi_answer(fchmod(fd, (mode_t)mode)); }

int px_ftouch(int fd, int64_t seconds) {
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = (time_t)seconds}};
    return pxi_answer(futimens(fd, times));
}

int px_lock(int fd, int exclusive) {
    return pxi_answer(flock(fd, (exclusive != 0 ? LOCK_EX : LOCK_SH) | LOCK_NB));
}
