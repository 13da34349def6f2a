/* Two connected TCP sockets, waiting for readiness, and what every descriptor made by the library must have. */
#ifndef POLLUX_PEERS_H
#define POLLUX_PEERS_H

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "check.h"

static inline short await(int fd, short events) {
    struct pollfd one = {.fd = fd, .events = events};
    CHECK_EQUAL(1, px_poll(AT(&one), 1, 10000));
    return one.revents;
}

static inline void check_born(const char *file, int line, int fd) {
    check_equal(file, line, "close-on-exec", FD_CLOEXEC, fcntl(fd, F_GETFD));
    check_equal(file, line, "non-blocking", O_NONBLOCK, fcntl(fd, F_GETFL) & O_NONBLOCK);
}
#define CHECK_BORN(fd) check_born(__FILE__, __LINE__, fd)

/* Connects to the listener, accepts, and answers { the connecting end, the accepted end }. peer: as for px_accept. */
static inline void connect_pair(int listener, int64_t address, int length, int64_t peer, int ends[2]) {
    ends[0] = (int)NEED(px_socket(px_sockaddr_family(address), SOCK_STREAM));
    int result = px_connect(ends[0], address, length);
    CHECK(result == 0 || result == -EINPROGRESS);
    await(listener, POLLIN);
    ends[1] = (int)NEED(px_accept(listener, peer));
    await(ends[0], POLLOUT);
}

static inline int tcp_listener(int64_t address, const char *host) {
    int length = (int)NEED(px_sockaddr_inet(address, AT(host), 0));
    int listener = (int)NEED(px_socket(px_sockaddr_family(address), SOCK_STREAM));
    NEED(px_bind(listener, address, length));
    NEED(px_listen(listener, 16));
    CHECK_EQUAL(length, px_getsockname(listener, address));
    return listener;
}

static inline void tcp_pair(int ends[2]) {
    struct sockaddr_storage address;
    int listener = tcp_listener(AT(&address), "127.0.0.1");
    connect_pair(listener, AT(&address), sizeof(struct sockaddr_in), 0, ends);
    CHECK_EQUAL(0, px_close(listener));
}

#endif
