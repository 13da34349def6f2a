/*
 * The smallest test frame: a check that fails says where, what was expected and what came, and the program goes on to
 * the next check; main returns check_result(). Tests run in one thread, in a directory of their own.
 */
#ifndef POLLUX_CHECK_H
#define POLLUX_CHECK_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pollux.h"

static int checks_failed;
static int checks_made;

/* Addresses cross the border as int64_t. */
#define AT(pointer) ((int64_t)(intptr_t)(pointer))

#define CHECK_EQUAL(expected, actual) check_equal(__FILE__, __LINE__, #actual, (int64_t)(expected), (int64_t)(actual))
#define CHECK(condition) check_equal(__FILE__, __LINE__, #condition, 1, (condition) ? 1 : 0)
#define CHECK_BYTES(expected, actual, length) check_bytes(__FILE__, __LINE__, expected, actual, (int64_t)(length))

static inline void check_equal(const char *file, int line, const char *what, int64_t expected, int64_t actual) {
    checks_made++;
    if (expected != actual) {
        checks_failed++;
        fprintf(stderr, "%s:%d: %s: expected %" PRId64 ", was %" PRId64 "\n", file, line, what, expected, actual);
    }
}

static inline void check_bytes(const char *file, int line, const char *expected, const char *actual, int64_t length) {
    checks_made++;
    if (length != (int64_t)strlen(expected) || memcmp(expected, actual, (size_t)length) != 0) {
        checks_failed++;
        fprintf(stderr, "%s:%d: expected \"%s\", was \"%.*s\" (%" PRId64 ")\n", file, line, expected,
                length < 0 ? 0 : (int)length, actual, length);
    }
}

/* For steps without which the rest makes no sense. */
static inline int64_t need(int64_t answer, const char *what) {
    if (answer < 0) {
        fprintf(stderr, "%s failed: %s\n", what, strerror((int)-answer));
        exit(1);
    }
    return answer;
}
#define NEED(call) need((int64_t)(call), #call)

static inline int check_result(void) {
    fprintf(stderr, "%d checks, %d failed\n", checks_made, checks_failed);
    return checks_failed == 0 && checks_made > 0 ? 0 : 1;
}

#endif
