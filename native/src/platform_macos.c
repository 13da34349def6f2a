/*
 * macOS: what platform.h promises, without the calls that only Linux has. A descriptor gets its flags one call after
 * its birth; a child forked in between still loses it, because a child marks everything from 3 on close-on-exec itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/sysctl.h>
#include <sys/uio.h>
#include <unistd.h>

#include "platform.h"

static int close_with(int fd, int error) {
    close(fd);
    return -error;
}

static int set_flags(int fd) {
    int flags = fcntl(fd, F_GETFL);
    return flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) < 0 ? -errno : 0;
}

/* There is no MSG_NOSIGNAL: the socket itself is told. */
static int set_nosigpipe(int fd) {
    int on = 1;
    return setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on) < 0 ? -errno : 0;
}

int pxi_socket(int domain, int type) {
    int fd = socket(domain, type, 0);
    if (fd < 0) {
        return -errno;
    }
    int result = set_flags(fd);
    result = result < 0 ? result : set_nosigpipe(fd);
    return result < 0 ? close_with(fd, -result) : fd;
}

int pxi_accept(int fd, struct sockaddr *address, socklen_t *length) {
    int accepted = accept(fd, address, length);
    if (accepted < 0) {
        return -errno;
    }
    /* No address, or EINVAL from setsockopt: the peer was gone before it was accepted. */
    if (*length == 0 || set_nosigpipe(accepted) < 0) {
        return close_with(accepted, ECONNABORTED);
    }
    int result = set_flags(accepted);
    return result < 0 ? close_with(accepted, -result) : accepted;
}

int pxi_pidfd(int pid) {
    (void)pid;
    return -ENOSYS;
}

int pxi_tcp_info(int fd, int which) {
    (void)fd;
    (void)which;
    return -ENOTSUP;
}

int pxi_pipe(int fds[2]) {
    if (pipe(fds) < 0) {
        return -errno;
    }
    int result = set_flags(fds[0]);
    result = result < 0 ? result : set_flags(fds[1]);
    if (result < 0) {
        close(fds[0]);
        close(fds[1]);
    }
    return result;
}

ssize_t pxi_send(int fd, const void *bytes, size_t length, int more) {
    (void)more;
    return send(fd, bytes, length, 0);
}

ssize_t pxi_sendfile(int socket, int file, off_t offset, size_t length) {
    /* In: how many to send. Out: how many were, also when the call fails because the socket took only a part. */
    off_t moved = (off_t)length;
    int result = sendfile(file, socket, offset, &moved, NULL, 0);
    return result < 0 && moved == 0 ? -1 : (ssize_t)moved;
}

struct timespec pxi_mtime(const struct stat *stat) { return stat->st_mtimespec; }

int pxi_reserve(int fd, off_t offset, off_t length) {
    struct stat found;
    if (fstat(fd, &found) < 0) {
        return -errno;
    }
    /* F_PREALLOCATE adds to the end of what is allocated, so only the part that is missing there is asked for. */
    off_t missing = offset + length - (off_t)found.st_blocks * 512;
    if (missing <= 0) {
        return 0;
    }
    fstore_t store = {.fst_flags = F_ALLOCATEALL, .fst_posmode = F_PEOFPOSMODE, .fst_offset = 0, .fst_length = missing};
    if (fcntl(fd, F_PREALLOCATE, &store) == 0 || errno == ENOTSUP || errno == EOPNOTSUPP) {
        return 0;
    }
    return -errno;
}

int pxi_open_strictly(int folder, const char *path, int flags, int beneath) {
    (void)folder;
    (void)path;
    (void)flags;
    (void)beneath;
    return -ENOSYS;
}

int pxi_rename_exclusive(int from_folder, const char *from, int to_folder, const char *to) {
    if (renameatx_np(from_folder, from, to_folder, to, RENAME_EXCL) == 0) {
        return 0;
    }
    return errno == EOPNOTSUPP || errno == EINVAL ? -ENOTSUP : -errno;
}

pid_t pxi_spawn_cheaply(const struct pxi_program *program) {
    /* vfork is deprecated here, and there is nothing cheaper that lets the child run code. */
    return pxi_spawn_copy(program);
}

void pxi_close_all_on_exec(void) {
    int limit = getdtablesize(); /* a bare system call */
    for (int fd = STDERR_FILENO + 1; fd < limit; fd++) {
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    }
}

void pxi_strerror(int error, char *text, size_t capacity) {
    if (strerror_r(error, text, capacity) != 0) {
        snprintf(text, capacity, "Unknown error: %d", error);
    }
}

rlim_t pxi_descriptor_ceiling(rlim_t hard) {
    /* The hard limit may say "infinity", but setrlimit refuses more than this. */
    int most = 0;
    size_t length = sizeof most;
    if (sysctlbyname("kern.maxfilesperproc", &most, &length, NULL, 0) < 0 || most <= 0) {
        most = 10240; /* OPEN_MAX */
    }
    return hard < (rlim_t)most ? hard : (rlim_t)most;
}

const struct pxi_constant pxi_platform_constants[] = {
    {"TCP_NOPUSH", TCP_NOPUSH},     {"TCP_KEEPIDLE", TCP_KEEPALIVE}, {"TCP_KEEPINTVL", TCP_KEEPINTVL},
    {"TCP_KEEPCNT", TCP_KEEPCNT},   {"TCP_FASTOPEN", TCP_FASTOPEN},
    {NULL, 0},
};
