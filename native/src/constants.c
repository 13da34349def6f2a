/* The numbers behind the names of the system's headers, so that Java writes none of them down. */
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "border.h"
#include "platform.h"

#define ROW(name) {#name, (int)name}

static const struct pxi_constant constants[] = {
    ROW(AF_INET), ROW(AF_INET6), ROW(AF_UNIX), ROW(SOCK_STREAM), ROW(SOCK_DGRAM),
    ROW(SOL_SOCKET), ROW(SO_REUSEADDR), ROW(SO_REUSEPORT), ROW(SO_KEEPALIVE), ROW(SO_RCVBUF), ROW(SO_SNDBUF),
    ROW(IPPROTO_TCP), ROW(TCP_NODELAY), ROW(IPPROTO_IPV6), ROW(IPV6_V6ONLY), ROW(SOMAXCONN),
    ROW(SHUT_RD), ROW(SHUT_WR), ROW(SHUT_RDWR),
    ROW(POLLIN), ROW(POLLOUT), ROW(POLLERR), ROW(POLLHUP), ROW(POLLNVAL),
    ROW(O_RDONLY), ROW(O_WRONLY), ROW(O_RDWR), ROW(O_CREAT), ROW(O_EXCL), ROW(O_TRUNC), ROW(O_APPEND),
    ROW(O_DIRECTORY), ROW(O_NOFOLLOW), ROW(O_NONBLOCK), ROW(O_CLOEXEC), ROW(AT_FDCWD), ROW(AT_SYMLINK_NOFOLLOW),
    ROW(S_IFMT), ROW(S_IFREG), ROW(S_IFDIR), ROW(S_IFLNK), ROW(S_IFIFO), ROW(S_IFSOCK),
    ROW(R_OK), ROW(W_OK), ROW(X_OK), ROW(F_OK), ROW(WNOHANG),
    ROW(SIGHUP), ROW(SIGINT), ROW(SIGQUIT), ROW(SIGTERM), ROW(SIGUSR1), ROW(SIGUSR2), ROW(SIGCHLD), ROW(SIGPIPE),
    ROW(SIGKILL), ROW(SIGWINCH), ROW(SIGXFSZ),
    ROW(EPERM), ROW(ENOENT), ROW(ESRCH), ROW(EINTR), ROW(EIO), ROW(E2BIG), ROW(ENOEXEC), ROW(EBADF), ROW(ECHILD),
    ROW(EAGAIN), ROW(EWOULDBLOCK), ROW(ENOMEM), ROW(EACCES), ROW(EFAULT), ROW(EBUSY), ROW(EEXIST), ROW(EXDEV),
    ROW(ENODEV), ROW(ENOTDIR), ROW(EISDIR), ROW(EINVAL), ROW(ENFILE), ROW(EMFILE), ROW(ETXTBSY), ROW(EFBIG),
    ROW(ENOSPC), ROW(ESPIPE), ROW(EROFS), ROW(EMLINK), ROW(EPIPE), ROW(ENAMETOOLONG), ROW(ENOTEMPTY), ROW(ELOOP),
    ROW(EDQUOT), ROW(EPROTO), ROW(ENOSYS), ROW(ENOTSUP), ROW(EOPNOTSUPP), ROW(ENOBUFS), ROW(ENOTCONN), ROW(EISCONN),
    ROW(EINPROGRESS), ROW(ECONNABORTED), ROW(ECONNRESET), ROW(ECONNREFUSED), ROW(ETIMEDOUT), ROW(EADDRINUSE),
    ROW(EADDRNOTAVAIL), ROW(EAFNOSUPPORT),
    {NULL, 0},
};

static const struct pxi_constant *find(const struct pxi_constant *row, const char *name) {
    while (row->name != NULL && strcmp(row->name, name) != 0) {
        row++;
    }
    return row;
}

int px_constant(int64_t name) {
    const struct pxi_constant *row = find(constants, pxi_at(name));
    if (row->name == NULL) {
        row = find(pxi_platform_constants, pxi_at(name));
    }
    return row->name == NULL ? INT32_MIN : row->value;
}
