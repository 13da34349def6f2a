/* Just enough of macOS's kqueue to have poller_kqueue.c compiled anywhere; see macos.h. */
#include <stdint.h>
#include <time.h>

struct kevent {
    uintptr_t ident;
    int16_t filter;
    uint16_t flags;
    uint32_t fflags;
    intptr_t data;
    void *udata;
};

enum { EVFILT_READ = -1, EVFILT_WRITE = -2 };
enum { EV_ADD = 0x1, EV_DELETE = 0x2, EV_CLEAR = 0x20, EV_ERROR = 0x4000, EV_EOF = 0x8000 };

int kqueue(void);
int kevent(int kq, const struct kevent *changes, int change_count, struct kevent *events, int capacity,
           const struct timespec *timeout);
