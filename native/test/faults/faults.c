/*
 * libpollux with faults: the objects of libpollux, unchanged, in which every call of the system goes by way of a
 * function here (the linker's --wrap: a call of bind reaches __wrap_bind, and __real_bind is bind). Each asks the plan
 * (faults.h) what is to become of it. Only tests load it; it is never shipped.
 *
 * It runs wherever the calls do: on any thread, in signal handlers, and between fork and execve, also in a child that
 * borrows its parent's memory. So it takes no locks and allocates nothing; the plan lies in shared memory, and what
 * happens in a child is counted too.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "faults.h"
#include "platform.h"

#define ANSWER(name, symbol, type, failed, parameters, arguments) ROW(name)
#define MOVES(name, symbol, type, parameters, arguments) ROW(name)
#define RELEASES(name, symbol, type, failed, parameters, arguments) ROW(name)
#define COUNTS(name, symbol, parameters, arguments) ROW(name)
#define BY_HAND(name, symbol) ROW(name)
#define BY_NUMBER(name, number) ROW(name)
#define ROW(name) CALL_##name,
enum {
#include "calls.def"
    CALLS
};

#define ANSWER(name, symbol, type, failed, parameters, arguments) ROW(name)
#define MOVES(name, symbol, type, parameters, arguments) ROW(name)
#define RELEASES(name, symbol, type, failed, parameters, arguments) ROW(name)
#define COUNTS(name, symbol, parameters, arguments) ROW(name)
#define BY_HAND(name, symbol) ROW(name)
#define BY_NUMBER(name, number) ROW(name)
#undef ROW
#define ROW(name) #name,
static const char *const names[] = {
#include "calls.def"
};

_Static_assert((int)CALLS <= (int)FAULTS_ROOM, "the plan has room for them");

static struct faults_plan *plan;

/* Which of the processes with this plan it is, from 1 on; a child is its parent's. */
static int64_t self;

__attribute__((constructor)) static void load(void) {
    const char *file = getenv(FAULTS_VARIABLE);
    int fd = file == NULL ? -1 : open(file, O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        return;
    }
    void *mapped = mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (mapped == MAP_FAILED) {
        return;
    }
    plan = mapped;
    self = atomic_fetch_add(&plan->loaded, 1) + 1;
    if (plan->magic != FAULTS_MAGIC) {
        for (int i = 0; i < CALLS; i++) {
            strncpy(plan->calls[i].name, names[i], FAULTS_NAME - 1);
        }
        plan->count = CALLS;
        plan->magic = FAULTS_MAGIC;
    }
}

/* Whether the n-th call of all is among those that the seed chooses: the mixing of SplitMix64. */
static int is_chosen(uint64_t seed, uint64_t call, uint64_t n, uint64_t every) {
    uint64_t z = seed + call * 0xd1342543de82ef95u + n * 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (z ^ z >> 31) % every == 0;
}

/* Whether the plan speaks of this process. */
static int is_meant(void) {
    int64_t only = plan == NULL ? -1 : atomic_load(&plan->only);
    return only == 0 || only == self;
}

/* What is to become of a call: 0, it is made; an errno; or FAULTS_ONE_BYTE. */
static int fate_of(int number) {
    if (!is_meant()) {
        return 0;
    }
    struct faults_call *call = &plan->calls[number];
    int64_t n = atomic_fetch_add(&call->made, 1) + 1;
    int64_t place = atomic_load(&call->place);
    while (place > 0 && !atomic_compare_exchange_weak(&call->place, &place, place - 1)) {
    }
    int64_t every = atomic_load(&call->every);
    int64_t fate = 0;
    if (place == 1) {
        fate = atomic_load(&call->fate);
    } else if (every > 0 && is_chosen((uint64_t)atomic_load(&plan->seed), (uint64_t)number, (uint64_t)n, (uint64_t)every)) {
        fate = atomic_load(&call->lasting);
    }
    if (fate == FAULTS_ONE_BYTE) {
        atomic_fetch_add(&call->shortened, 1);
    } else if (fate == EINTR) {
        atomic_fetch_add(&call->interrupted, 1);
    } else if (fate != 0) {
        atomic_fetch_add(&call->failed, 1);
    }
    return (int)fate;
}

/* Whether a call fails; then errno is set. */
static int fails(int number) {
    int fate = fate_of(number);
    if (fate > 0) {
        errno = fate;
    }
    return fate > 0;
}

#define DECLARED(type, symbol, parameters) \
    type __real_##symbol parameters;       \
    type __wrap_##symbol parameters;       \
    type __wrap_##symbol parameters

#define ANSWER(name, symbol, type, failed, parameters, arguments)              \
    DECLARED(type, symbol, parameters) {                                       \
        return fails(CALL_##name) ? failed : __real_##symbol arguments;        \
    }
#define MOVES(name, symbol, type, parameters, arguments)                       \
    DECLARED(type, symbol, parameters) {                                       \
        int fate = fate_of(CALL_##name);                                       \
        if (fate > 0) {                                                        \
            errno = fate;                                                      \
            return -1;                                                         \
        }                                                                      \
        length = fate == FAULTS_ONE_BYTE && length > 1 ? 1 : length;           \
        return __real_##symbol arguments;                                      \
    }
#define RELEASES(name, symbol, type, failed, parameters, arguments)            \
    DECLARED(type, symbol, parameters) {                                       \
        int fate = fate_of(CALL_##name);                                       \
        type answer = __real_##symbol arguments;                               \
        if (fate > 0) {                                                        \
            errno = fate;                                                      \
            return failed;                                                     \
        }                                                                      \
        return answer;                                                         \
    }
#define COUNTS(name, symbol, parameters, arguments)                            \
    DECLARED(void, symbol, parameters) {                                       \
        if (is_meant()) {                                                      \
            atomic_fetch_add(&plan->calls[CALL_##name].made, 1);               \
        }                                                                      \
        __real_##symbol arguments;                                             \
    }
#include "calls.def"

/* Where epoll was told of a descriptor last, and how. Descriptors with greater numbers are not remembered. */
enum { REMEMBERED = 4096 };
static struct {
    _Atomic int set; /* + 1; 0 is none */
    _Atomic uint32_t events;
    _Atomic uint64_t data;
} watched[REMEMBERED];

DECLARED(int, epoll_ctl, (int set, int what, int fd, struct epoll_event *event)) {
    if (fails(CALL_epoll_ctl)) {
        return -1;
    }
    if (fd >= 0 && fd < REMEMBERED) {
        atomic_store(&watched[fd].events, event->events);
        atomic_store(&watched[fd].data, event->data.u64);
        atomic_store(&watched[fd].set, what == EPOLL_CTL_DEL ? 0 : set + 1);
    }
    return __real_epoll_ctl(set, what, fd, event);
}

/*
 * A read that gets less than it asked for has got all there was (epoll(7)), and what comes later is an edge. The bytes
 * that a shortened read has left lying are to be such a later arrival: armed again, epoll tells of them anew.
 */
static ssize_t took_one(int fd, ssize_t count) {
    int error = errno;
    int set = fd < REMEMBERED ? atomic_load(&watched[fd].set) - 1 : -1;
    if (set >= 0 && count == 1) {
        struct epoll_event event = {.events = atomic_load(&watched[fd].events),
                                    .data.u64 = atomic_load(&watched[fd].data)};
        __real_epoll_ctl(set, EPOLL_CTL_MOD, fd, &event);
    }
    errno = error;
    return count;
}

#define READS(name, parameters, one, all)                                      \
    DECLARED(ssize_t, name, parameters) {                                      \
        int fate = fate_of(CALL_##name);                                       \
        if (fate > 0) {                                                        \
            errno = fate;                                                      \
            return -1;                                                         \
        }                                                                      \
        return fate == FAULTS_ONE_BYTE && length > 1 ? took_one(fd, __real_##name one) : __real_##name all; \
    }
READS(recv, (int fd, void *bytes, size_t length, int flags), (fd, bytes, 1, flags), (fd, bytes, length, flags))
READS(read, (int fd, void *bytes, size_t length), (fd, bytes, 1), (fd, bytes, length))

/* The function around vfork and not vfork itself: nobody may return from where that was called while its child runs. */
DECLARED(pid_t, pxi_spawn_cheaply, (const struct pxi_program *program)) {
    return fails(CALL_vfork) ? -errno : __real_pxi_spawn_cheaply(program);
}

DECLARED(int, getpwnam_r, (const char *name, struct passwd *one, char *text, size_t room, struct passwd **found)) {
    return fails(CALL_getpwnam) ? errno : __real_getpwnam_r(name, one, text, room, found);
}

DECLARED(int, getgrnam_r, (const char *name, struct group *one, char *text, size_t room, struct group **found)) {
    return fails(CALL_getgrnam) ? errno : __real_getgrnam_r(name, one, text, room, found);
}

static mode_t mode_of(int flags, va_list more) {
    return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, mode_t) : 0;
}

DECLARED(int, open64, (const char *path, int flags, ...)) {
    va_list more;
    va_start(more, flags);
    mode_t mode = mode_of(flags, more);
    va_end(more);
    return fails(CALL_open) ? -1 : __real_open64(path, flags, mode);
}

DECLARED(int, openat64, (int folder, const char *path, int flags, ...)) {
    va_list more;
    va_start(more, flags);
    mode_t mode = mode_of(flags, more);
    va_end(more);
    return fails(CALL_openat) ? -1 : __real_openat64(folder, path, flags, mode);
}

DECLARED(int, fcntl64, (int fd, int command, ...)) {
    va_list more;
    va_start(more, command);
    int value = command == F_GETFL || command == F_GETFD ? 0 : va_arg(more, int);
    va_end(more);
    return fails(CALL_fcntl) ? -1 : __real_fcntl64(fd, command, value);
}

DECLARED(char *, realpath, (const char *path, char *resolved)) {
    return fails(CALL_realpath) ? NULL : __real_realpath(path, resolved);
}

/* What _FORTIFY_SOURCE makes of it. */
DECLARED(char *, __realpath_chk, (const char *path, char *resolved, size_t room)) {
    return fails(CALL_realpath) ? NULL : __real___realpath_chk(path, resolved, room);
}

static int is_failing(long number) {
#define BY_NUMBER(name, its_number)     \
    if (number == (its_number)) {       \
        return fails(CALL_##name);      \
    }
#include "calls.def"
    return 0;
}

DECLARED(long, syscall, (long number, ...)) {
    va_list more;
    va_start(more, number);
    long a = va_arg(more, long);
    long b = va_arg(more, long);
    long c = va_arg(more, long);
    long d = va_arg(more, long);
    long e = va_arg(more, long);
    va_end(more);
    return is_failing(number) ? -1 : __real_syscall(number, a, b, c, d, e);
}
