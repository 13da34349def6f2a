/* A child's life in one call: spawned, its report read, waited for. */
#ifndef POLLUX_SPAWN_H
#define POLLUX_SPAWN_H

#include <errno.h>
#include <sys/wait.h>

#include "scratch.h"

enum { VFORK = 0, FORK = 1, SESSION = 2, EXECUTED = 0 };

static inline int open_flags(const char *path, int flags) {
    return (int)NEED(px_open(AT(path), flags | O_NONBLOCK, 0600));
}

/* Waits, for as long as it takes. */
static inline int wait_for(int pid) {
    int32_t status = -1;
    CHECK_EQUAL(pid, px_waitpid(pid, 0, AT(&status)));
    return status;
}

/* What came through the status pipe: an errno, or EXECUTED when it just ended. */
static inline int read_status(int fd) {
    int32_t error = -1;
    int64_t length;
    NEED(fcntl(fd, F_SETFL, 0)); /* blocking */
    length = px_read(fd, AT(&error), sizeof error);
    CHECK(length == 0 || length == sizeof error);
    return length == 0 ? EXECUTED : error;
}

/* Runs path with files "in", "out", "err": what came of its execve; exit: as px_waitpid tells it. */
static inline int run(const char *path, const char *cwd, int how, int *exit) {
    char *argv[] = {(char *)(intptr_t)path, (char *)(intptr_t)"one", (char *)(intptr_t)"two words", NULL};
    char *envp[] = {(char *)(intptr_t)"NAME=value", NULL};
    int status[2];
    NEED(px_pipe(AT(status)));
    int in = open_flags("in", O_RDONLY);
    int out = open_flags("out", O_WRONLY | O_CREAT | O_TRUNC);
    int err = open_flags("err", O_WRONLY | O_CREAT | O_TRUNC);
    int pid = (int)NEED(px_spawn(AT(path), AT(argv), AT(envp), AT(cwd), 0, in, out, err, status[1], how));
    CHECK_EQUAL(0, px_close(in) | px_close(out) | px_close(err) | px_close(status[1]));
    int error = read_status(status[0]);
    *exit = wait_for(pid);
    CHECK_EQUAL(0, px_close(status[0]));
    return error;
}

#endif
