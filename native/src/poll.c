/* The one wait. Java lays the array out by hand, so its shape is proved here. */
#include <poll.h>

#include "border.h"

_Static_assert(sizeof(struct pollfd) == 8, "laid out by Java: 8 bytes each");
_Static_assert(offsetof(struct pollfd, fd) == 0 && sizeof(((struct pollfd *)0)->fd) == 4, "laid out by Java: int fd");
_Static_assert(offsetof(struct pollfd, events) == 4, "laid out by Java: short events");
_Static_assert(offsetof(struct pollfd, revents) == 6, "laid out by Java: short revents");

int px_poll(int64_t fds, int count, int timeout_ms) {
    return count < 0 ? -EINVAL : pxi_answer(poll(pxi_at(fds), (nfds_t)count, timeout_ms));
}
