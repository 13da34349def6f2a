/* macOS's way to wait for many descriptors; epoll is not known here. CMake takes this file or poller_epoll.c. */
#include <fcntl.h>
#include <sys/event.h>
#include <time.h>

#include "border.h"

_Static_assert(sizeof(struct kevent) == 32, "laid out by Java: 32 bytes each");
_Static_assert(offsetof(struct kevent, ident) == 0 && sizeof(uintptr_t) == 8, "laid out by Java: long ident");
_Static_assert(offsetof(struct kevent, filter) == 8, "laid out by Java: short filter");
_Static_assert(offsetof(struct kevent, flags) == 10, "laid out by Java: short flags");
_Static_assert(offsetof(struct kevent, fflags) == 12, "laid out by Java: int fflags");
_Static_assert(offsetof(struct kevent, data) == 16 && sizeof(intptr_t) == 8, "laid out by Java: long data");
_Static_assert(offsetof(struct kevent, udata) == 24, "laid out by Java: an address, unused");
_Static_assert(EVFILT_READ == -1 && EVFILT_WRITE == -2, "written down by Java");
_Static_assert(EV_ADD == 0x1 && EV_DELETE == 0x2 && EV_CLEAR == 0x20, "written down by Java");
_Static_assert(EV_ERROR == 0x4000 && EV_EOF == 0x8000, "written down by Java");

int px_kqueue(void) {
    int fd = kqueue();
    /* There is no call that sets it from birth; a child forked in between does not inherit a kqueue at all. */
    if (fd >= 0) {
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    }
    return pxi_answer(fd);
}

int px_kevent(int kqueue, int64_t changes, int change_count, int64_t events, int capacity, int timeout_ms) {
    struct timespec timeout = {.tv_sec = timeout_ms / 1000, .tv_nsec = timeout_ms % 1000 * 1000000L};
    return pxi_answer(kevent(
        kqueue, pxi_at(changes), change_count, pxi_at(events), capacity, timeout_ms < 0 ? NULL : &timeout));
}

int px_epoll_create(void) { return -ENOSYS; }

int px_epoll_ctl(int epoll, int operation, int fd, int events, int64_t data) {
    (void)epoll, (void)operation, (void)fd, (void)events, (void)data;
    return -ENOSYS;
}

int px_epoll_wait(int epoll, int64_t events, int capacity, int timeout_ms) {
    (void)epoll, (void)events, (void)capacity, (void)timeout_ms;
    return -ENOSYS;
}
