/*
 * From a signal to bytes in pipes. The process is shared with the JVM: a handler may run on any of its threads, at any
 * instruction, so it touches lock-free atomics only and leaves errno as it was. Which signals the JVM uses itself
 * (SIGSEGV, SIGUSR2, ...) is the caller's to know.
 */
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "border.h"
#include "platform.h"

_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "an atomic int may be used in a signal handler");
_Static_assert(sizeof(int) == 4, "descriptors and constants cross as 32 bits");

enum { WAKES = 512 };

static atomic_int wakes[WAKES]; /* descriptor + 1; 0 is free */
static atomic_int under_way;    /* handlers that may hold a descriptor out of that table */

static void on_signal(int signal) {
    int error = errno;
    unsigned char number = (unsigned char)signal;
    atomic_fetch_add(&under_way, 1);
    for (int i = 0; i < WAKES; i++) {
        int fd = atomic_load(&wakes[i]) - 1;
        if (fd >= 0) {
            /* A full pipe wakes its reader all the same. */
            ssize_t written = write(fd, &number, 1);
            (void)written;
        }
    }
    atomic_fetch_sub(&under_way, 1);
    errno = error;
}

static atomic_int changes;

int pxi_signal_changes(void) { return atomic_load(&changes); }

static int handle(int signal, void (*handler)(int)) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    sigfillset(&action.sa_mask);
    int result = pxi_answer(sigaction(signal, &action, NULL));
    atomic_fetch_add(&changes, 1);
    return result;
}

int px_signal_catch(int signal) { return handle(signal, on_signal); }
int px_signal_ignore(int signal) { return handle(signal, SIG_IGN); }
int px_signal_default(int signal) { return handle(signal, SIG_DFL); }

int px_signal_wake(int fd) {
    if (fd < 0) {
        return -EBADF;
    }
    for (int i = 0; i < WAKES; i++) {
        int vacant = 0;
        if (atomic_compare_exchange_strong(&wakes[i], &vacant, fd + 1) || vacant == fd + 1) {
            return 0;
        }
    }
    return -ENOSPC;
}

int px_signal_unwake(int fd) {
    int result = -ENOENT;
    for (int i = 0; fd >= 0 && i < WAKES; i++) {
        int present = fd + 1;
        if (atomic_compare_exchange_strong(&wakes[i], &present, 0)) {
            result = 0;
        }
    }
    /* A handler on another thread may have read the descriptor just before: after this the caller may close it. */
    while (atomic_load(&under_way) != 0) {
        sched_yield();
    }
    return result;
}
