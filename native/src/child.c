/*
 * Between fork and execve: async-signal-safe calls only (POSIX, System Interfaces, 2.4.3), because the parent has other
 * threads whose locks are frozen, or shares its memory (vfork).
 *
 *   signals to default -> unblock -> process group or session -> descriptors 0, 1, 2 -> chdir -> others close-on-exec -> execve
 *
 * The first step that fails writes its errno to the status descriptor.
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "border.h"
#include "platform.h"

/* Ignored signals would stay ignored in the program; handlers must be gone before the mask is lifted. */
static void reset_signals(const sigset_t *changed) {
    struct sigaction fresh = {.sa_handler = SIG_DFL};
    sigset_t none;
    sigemptyset(&fresh.sa_mask);
    for (int signal = 1; signal < NSIG; signal++) {
        if (sigismember(changed, signal) == 1) {
            sigaction(signal, &fresh, NULL);
        }
    }
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, NULL);
}

/* The same file under a number that dup2 to 0, 1 or 2 cannot overwrite. */
static int above_stderr(int fd) {
    return fd < 0 || fd > STDERR_FILENO ? fd : fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
}

/* Programs expect blocking descriptors. The flag belongs to the open file, so to all who share it. */
static int place(int fd, int number) {
    if (dup2(fd, number) < 0) {
        return -1;
    }
    int flags = fcntl(number, F_GETFL);
    if (flags < 0 || (flags & O_NONBLOCK) == 0) {
        return flags;
    }
    return fcntl(number, F_SETFL, flags & ~O_NONBLOCK);
}

static int become(const struct pxi_program *program) {
    int in = above_stderr(program->in);
    int out = above_stderr(program->out);
    int err = above_stderr(program->err);
    if (in < 0 || out < 0 || err < 0) {
        return -1;
    }
    if ((program->session ? setsid() : setpgid(0, 0)) < 0 || place(in, STDIN_FILENO) < 0 || place(out, STDOUT_FILENO) < 0 ||
        place(err, STDERR_FILENO) < 0) {
        return -1;
    }
    if (program->cwd != NULL && chdir(program->cwd) < 0) {
        return -1;
    }
    pxi_close_all_on_exec();
    return execve(program->path, program->argv, program->envp);
}

void pxi_run_child(const struct pxi_program *program) {
    reset_signals(program->changed);
    int status = above_stderr(program->status);
    if (status >= 0) {
        become(program);
        int32_t error = errno;
        /* Four bytes into an empty pipe: whole or not at all. A parent that does not read has given up. */
        ssize_t written = write(status, &error, sizeof error);
        (void)written;
    }
    _exit(127);
}
