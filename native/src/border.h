/*
 * What every file of the border needs: an int64_t from Java becomes a pointer or a size, and -1 with errno becomes
 * -errno. It knows no system call.
 */
#ifndef POLLUX_BORDER_H
#define POLLUX_BORDER_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "pollux.h"

/* One call moves at most 1 GiB: macOS refuses more than INT_MAX, and an ssize_t may have 32 bits. */
enum { PXI_TRANSFER_MAX = 1 << 30 };

static inline void *pxi_at(int64_t address) {
    return (void *)(intptr_t)address;
}

/* For a length that is known not to be negative. */
static inline size_t pxi_transfer(int64_t length) {
    return length > PXI_TRANSFER_MAX ? (size_t)PXI_TRANSFER_MAX : (size_t)length;
}

static inline int pxi_answer(int result) {
    return result < 0 ? -errno : result;
}

/* Whether a signal came between: the call is made again, as SA_RESTART does where it can. Never for close. */
static inline int pxi_interrupted(int64_t result) {
    return result < 0 && errno == EINTR;
}

/* Copies n bytes, without NUL, to where Java wants them: n, or the given -errno when they do not fit. */
static inline int pxi_copy_out(const char *bytes, size_t n, int64_t text, int capacity, int too_small) {
    if (capacity < 0 || n > (size_t)capacity) {
        return too_small;
    }
    if (n > 0) {
        memcpy(pxi_at(text), bytes, n);
    }
    return (int)n;
}

#endif
