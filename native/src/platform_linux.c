/* Linux: what platform.h promises, by the system calls that only Linux has. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "platform.h"

/* The numbers are the kernel's and the same on every architecture; older headers lack them. */
enum { NOREPLACE = 1, CLOSE_ON_EXEC = 4, PIDFD_OPEN = 434, CLOSE_RANGE = 436, OPENAT2 = 437 };

/* struct open_how of linux/openat2.h, and two of its resolve flags. */
struct how {
    uint64_t flags, mode, resolve;
};
enum { NO_SYMLINKS = 4, BENEATH = 8 };

int pxi_socket(int domain, int type) {
    int fd = socket(domain, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    return fd < 0 ? -errno : fd;
}

int pxi_accept(int fd, struct sockaddr *address, socklen_t *length) {
    int accepted = accept4(fd, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    return accepted < 0 ? -errno : accepted;
}

int pxi_pipe(int fds[2]) { return pipe2(fds, O_NONBLOCK | O_CLOEXEC) < 0 ? -errno : 0; }

int pxi_pidfd(int pid) {
    /* Close-on-exec by birth. Kernels before 5.10 know no flags, and nobody reads from it anyway. */
    long fd = syscall(PIDFD_OPEN, pid, O_NONBLOCK);
    if (fd < 0 && errno == EINVAL) {
        fd = syscall(PIDFD_OPEN, pid, 0);
    }
    return fd < 0 ? -errno : (int)fd;
}

int pxi_tcp_info(int fd, int which) {
    struct tcp_info info = {0};
    socklen_t length = sizeof info;
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length) < 0) {
        return -errno;
    }
    uint32_t values[] = {info.tcpi_rtt, info.tcpi_rttvar, info.tcpi_snd_cwnd, info.tcpi_rcv_space};
    if (which < 0 || which >= (int)(sizeof values / sizeof values[0])) {
        return -EINVAL;
    }
    return (int)(values[which] & INT32_MAX);
}

ssize_t pxi_send(int fd, const void *bytes, size_t length, int more) {
    return send(fd, bytes, length, more != 0 ? MSG_NOSIGNAL | MSG_MORE : MSG_NOSIGNAL);
}

ssize_t pxi_sendfile(int socket, int file, off_t offset, size_t length) {
    return sendfile(socket, file, &offset, length);
}

struct timespec pxi_mtime(const struct stat *stat) { return stat->st_mtim; }

int pxi_reserve(int fd, off_t offset, off_t length) {
    if (fallocate(fd, FALLOC_FL_KEEP_SIZE, offset, length) == 0 || errno == EOPNOTSUPP || errno == ENOSYS) {
        return 0;
    }
    return -errno;
}

int pxi_open_strictly(int folder, const char *path, int flags, int beneath) {
    struct how how = {.flags = (uint64_t)(unsigned)flags, .resolve = beneath != 0 ? NO_SYMLINKS | BENEATH : NO_SYMLINKS};
    long fd = syscall(OPENAT2, folder, path, &how, sizeof how);
    return fd < 0 ? -errno : (int)fd;
}

int pxi_rename_exclusive(int from_folder, const char *from, int to_folder, const char *to) {
    /* By number: C libraries before glibc 2.28, and musl for longer, have no function for it. */
    if (syscall(SYS_renameat2, from_folder, from, to_folder, to, NOREPLACE) == 0) {
        return 0;
    }
    /* EINVAL: this file system knows no flags. */
    return errno == EINVAL || errno == ENOSYS ? -ENOTSUP : -errno;
}

/*
 * 0.05 ms where fork takes 7 ms from a JVM with a 200 MiB heap. The child runs on this very stack, below this frame,
 * while the calling thread waits for its execve or _exit: hence a function of its own, never inlined, without locals
 * that live across the call.
 */
__attribute__((noinline)) pid_t pxi_spawn_cheaply(const struct pxi_program *program) {
    pid_t pid = vfork();
    if (pid == 0) {
        pxi_run_child(program);
    }
    return pid < 0 ? -errno : pid;
}

static void mark(long fd) {
    if (fd > STDERR_FILENO) {
        fcntl((int)fd, F_SETFD, FD_CLOEXEC);
    }
}

/* Walks /proc/self/fd by hand, since readdir may allocate. 0 when there is no such directory. */
static int mark_listed(void) {
    _Alignas(struct dirent) char entries[2048]; /* the kernel's dirent64, with 64-bit offsets the same */
    int directory = open("/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    long length = -1;
    while (directory >= 0 && (length = syscall(SYS_getdents64, directory, entries, sizeof entries)) > 0) {
        for (long at = 0; at < length; at += ((struct dirent *)(entries + at))->d_reclen) {
            const char *digit = ((struct dirent *)(entries + at))->d_name;
            long fd = 0;
            for (; *digit >= '0' && *digit <= '9'; digit++) {
                fd = fd * 10 + (*digit - '0');
            }
            mark(fd);
        }
    }
    return length == 0;
}

void pxi_close_all_on_exec(void) {
    /* Linux 5.11; before that, or where a sandbox forbids it, the descriptors one by one. */
    if (syscall(CLOSE_RANGE, 3, ~0U, CLOSE_ON_EXEC) == 0 || mark_listed()) {
        return;
    }
    long limit = sysconf(_SC_OPEN_MAX);
    for (long fd = STDERR_FILENO + 1; fd < limit; fd++) {
        mark(fd);
    }
}

void pxi_strerror(int error, char *text, size_t capacity) {
    /* The JVM sets the user's locale; messages and log lines are compared and searched for, so they stay English. */
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    snprintf(text, capacity, "%s", plain == (locale_t)0 ? "" : strerror_l(error, plain));
    if (plain != (locale_t)0) {
        freelocale(plain);
    }
}

rlim_t pxi_descriptor_ceiling(rlim_t hard) { return hard; }

#define ROW(name) {#name, (int)(name)}

const struct pxi_constant pxi_platform_constants[] = {
    ROW(TCP_CORK), ROW(TCP_DEFER_ACCEPT), ROW(TCP_KEEPIDLE), ROW(TCP_KEEPINTVL), ROW(TCP_KEEPCNT), ROW(TCP_FASTOPEN),
    ROW(O_PATH), ROW(O_TMPFILE),
    ROW(EPOLL_CTL_ADD), ROW(EPOLL_CTL_MOD), ROW(EPOLL_CTL_DEL),
    ROW(EPOLLIN), ROW(EPOLLOUT), ROW(EPOLLERR), ROW(EPOLLHUP), ROW(EPOLLRDHUP),
    ROW(sizeof(struct epoll_event)), ROW(offsetof(struct epoll_event, events)), ROW(offsetof(struct epoll_event, data)),
    {NULL, 0},
};
