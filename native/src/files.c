/* Regular files and paths, set-up only: their bytes move in io.c. */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "border.h"
#include "platform.h"

int px_open(int64_t path, int flags, int mode) {
    int fd;
    do {
        fd = open(pxi_at(path), flags | O_CLOEXEC, (mode_t)mode);
    } while (pxi_interrupted(fd));
    return pxi_answer(fd);
}

int px_openat(int directory, int64_t path, int flags, int mode) {
    int fd;
    do {
        fd = openat(directory, pxi_at(path), flags | O_CLOEXEC, (mode_t)mode);
    } while (pxi_interrupted(fd));
    return pxi_answer(fd);
}

static void put_stat(int64_t address, const struct stat *stat) {
    struct timespec mtime = pxi_mtime(stat);
    int64_t slots[] = {stat->st_size,         mtime.tv_sec,          mtime.tv_nsec,
                       stat->st_mode,         (int64_t)stat->st_dev, (int64_t)stat->st_ino,
                       stat->st_uid,          stat->st_gid,          (int64_t)stat->st_nlink};
    _Static_assert(sizeof slots == PX_STAT_SLOTS * sizeof(int64_t), "the border promises this many");
    memcpy(pxi_at(address), slots, sizeof slots);
}

int px_fstat(int fd, int64_t address) {
    struct stat found;
    if (fstat(fd, &found) < 0) {
        return -errno;
    }
    put_stat(address, &found);
    return 0;
}

int px_fstatat(int directory, int64_t path, int64_t address, int flags) {
    struct stat found;
    if (fstatat(directory, pxi_at(path), &found, flags) < 0) {
        return -errno;
    }
    put_stat(address, &found);
    return 0;
}

int px_reserve(int fd, int64_t offset, int64_t length) {
    if (offset < 0 || length < 0) {
        return -EINVAL;
    }
    if (length > INT64_MAX - offset) {
        return -EFBIG;
    }
    int result = 0;
    do {
        result = length == 0 ? 0 : pxi_reserve(fd, offset, length);
    } while (result == -EINTR);
    return result;
}

int64_t px_room(int fd) {
    struct statvfs system;
    int result;
    do {
        result = fstatvfs(fd, &system);
    } while (pxi_interrupted(result));
    if (result < 0) {
        return -errno;
    }
    uint64_t room = 0;
    return __builtin_mul_overflow((uint64_t)system.f_bavail, (uint64_t)system.f_frsize, &room) || room > INT64_MAX
        ? INT64_MAX
        : (int64_t)room;
}

int px_ftruncate(int fd, int64_t length) {
    int result;
    do {
        result = ftruncate(fd, length);
    } while (pxi_interrupted(result));
    return pxi_answer(result);
}

int px_fsync(int fd) {
    int result;
    do {
        result = fsync(fd);
    } while (pxi_interrupted(result));
    return pxi_answer(result);
}

int px_rename(int64_t from, int64_t to) { return pxi_answer(rename(pxi_at(from), pxi_at(to))); }

int px_unlink(int64_t path) { return pxi_answer(unlink(pxi_at(path))); }
int px_rmdir(int64_t path) { return pxi_answer(rmdir(pxi_at(path))); }
int px_mkdir(int64_t path, int mode) { return pxi_answer(mkdir(pxi_at(path), (mode_t)mode)); }
int px_access(int64_t path, int mode) { return pxi_answer(access(pxi_at(path), mode)); }
int px_chmod(int64_t path, int mode) { return pxi_answer(chmod(pxi_at(path), (mode_t)mode)); }

int px_realpath(int64_t path, int64_t text, int capacity) {
    char resolved[PATH_MAX];
    if (realpath(pxi_at(path), resolved) == NULL) {
        return -errno;
    }
    return pxi_copy_out(resolved, strlen(resolved), text, capacity, -ENAMETOOLONG);
}

int px_umask(int mask) { return (int)umask((mode_t)mask); }

int px_dup(int fd) { return pxi_answer(fcntl(fd, F_DUPFD_CLOEXEC, 3)); }

int px_dup2(int from, int to) {
    int result;
    do {
        result = dup2(from, to);
    } while (pxi_interrupted(result));
    if (result > STDERR_FILENO && fcntl(result, F_SETFD, FD_CLOEXEC) < 0) {
        return -errno;
    }
    return pxi_answer(result);
}
