/* Making, naming and closing sockets. It moves no bytes and does not look into an address. */
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "border.h"
#include "platform.h"

int px_socket(int domain, int type) { return pxi_socket(domain, type); }

int px_bind(int fd, int64_t address, int length) {
    return length < 0 ? -EINVAL : pxi_answer(bind(fd, pxi_at(address), (socklen_t)length));
}

int px_listen(int fd, int backlog) { return pxi_answer(listen(fd, backlog)); }

int px_accept(int fd, int64_t address) {
    /* Cleared, because the peer of a Unix socket may have a shorter address, or none. */
    struct sockaddr_storage peer = {0};
    socklen_t length = sizeof peer;
    int accepted = pxi_accept(fd, (struct sockaddr *)&peer, &length);
    if (accepted >= 0 && address != 0) {
        memcpy(pxi_at(address), &peer, sizeof peer);
    }
    return accepted;
}

int px_connect(int fd, int64_t address, int length) {
    return length < 0 ? -EINVAL : pxi_answer(connect(fd, pxi_at(address), (socklen_t)length));
}

int px_getsockname(int fd, int64_t address) {
    struct sockaddr_storage own = {0};
    socklen_t length = sizeof own;
    if (getsockname(fd, (struct sockaddr *)&own, &length) < 0) {
        return -errno;
    }
    memcpy(pxi_at(address), &own, sizeof own);
    return (int)length;
}

int px_setsockopt(int fd, int level, int name, int value) {
    return pxi_answer(setsockopt(fd, level, name, &value, sizeof value));
}

int px_reset_on_close(int fd) {
    struct linger none = {.l_onoff = 1, .l_linger = 0};
    return pxi_answer(setsockopt(fd, SOL_SOCKET, SO_LINGER, &none, sizeof none));
}

int px_tcp_info(int fd, int which) { return pxi_tcp_info(fd, which); }

int px_shutdown(int fd, int how) { return pxi_answer(shutdown(fd, how)); }

int px_set_nonblocking(int fd) {
    int flags = fcntl(fd, F_GETFL);
    return flags < 0 ? -errno : pxi_answer(fcntl(fd, F_SETFL, flags | O_NONBLOCK));
}

int px_close(int fd) {
    /* Interrupted or not, the descriptor is gone, and its number may already be someone else's: never close again. */
    return close(fd) == 0 || errno == EINTR ? 0 : -errno;
}
