/* Linux's way to wait for many descriptors; kqueue is not known here. CMake takes this file or poller_kqueue.c. */
#include <sys/epoll.h>

#include "border.h"

/* Java reads reports by the size and the offsets that px_constant tells: the struct is packed on x86-64 and nowhere else. */
_Static_assert(sizeof(((struct epoll_event *)0)->events) == 4, "read by Java: int events");
_Static_assert(sizeof(((struct epoll_event *)0)->data) == 8, "read by Java: long data");
/* The one bit that px_constant cannot tell: as an int it is what stands for "no such constant". */
_Static_assert((int)EPOLLET == INT32_MIN, "written down by Java");

int px_epoll_create(void) { return pxi_answer(epoll_create1(EPOLL_CLOEXEC)); }

int px_epoll_ctl(int epoll, int operation, int fd, int events, int64_t data) {
    struct epoll_event event = {.events = (uint32_t)events, .data.u64 = (uint64_t)data};
    return pxi_answer(epoll_ctl(epoll, operation, fd, &event));
}

int px_epoll_wait(int epoll, int64_t events, int capacity, int timeout_ms) {
    return pxi_answer(epoll_wait(epoll, pxi_at(events), capacity, timeout_ms));
}

int px_kqueue(void) { return -ENOSYS; }

int px_kevent(int kqueue, int64_t changes, int change_count, int64_t events, int capacity, int timeout_ms) {
    (void)kqueue, (void)changes, (void)change_count, (void)events, (void)capacity, (void)timeout_ms;
    return -ENOSYS;
}
