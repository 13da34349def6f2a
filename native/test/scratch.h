/* A new directory to work in, the current one until the test ends, and whole files in one call. */
#ifndef POLLUX_SCRATCH_H
#define POLLUX_SCRATCH_H

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

static char scratch[64];

static inline int scratch_remove_one(const char *path, const struct stat *stat, int type, struct FTW *walk) {
    (void)stat, (void)type, (void)walk;
    return remove(path);
}

static inline void scratch_remove(void) {
    NEED(chdir("/"));
    nftw(scratch, scratch_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline void scratch_enter(void) {
    strcpy(scratch, "/tmp/pollux-test-XXXXXX");
    if (mkdtemp(scratch) == NULL || chdir(scratch) < 0) {
        perror(scratch);
        exit(1);
    }
    atexit(scratch_remove);
}

static inline void write_file(const char *path, const char *text) {
    int fd = (int)NEED(px_open(AT(path), O_WRONLY | O_CREAT | O_TRUNC, 0644));
    CHECK_EQUAL(strlen(text), px_write(fd, AT(text), (int64_t)strlen(text)));
    CHECK_EQUAL(0, px_close(fd));
}

static inline void check_file(const char *file, int line, const char *path, const char *expected) {
    char text[512];
    int fd = (int)NEED(px_open(AT(path), O_RDONLY, 0));
    check_bytes(file, line, expected, text, px_read(fd, AT(text), sizeof text));
    CHECK_EQUAL(0, px_close(fd));
}
#define CHECK_FILE(path, expected) check_file(__FILE__, __LINE__, path, expected)

#endif
