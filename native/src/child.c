/*
 * Between fork and execve: async-signal-safe calls only (POSIX, System Interfaces, 2.4.3), because the parent has other
 * threads whose locks are frozen, or shares its memory (vfork).
 *
 *   signals to default -> unblock -> process group or session -> descriptors 0, 1, 2 -> chdir -> others close-on-exec
 *   -> limits -> execve
 *
 * The first step that fails writes its errno to the status descriptor.
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
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
    int placed;
    do {
        placed = dup2(fd, number);
    } while (pxi_interrupted(placed));
    if (placed < 0) {
        return -1;
    }
    int flags = fcntl(number, F_GETFL);
    if (flags < 0 || (flags & O_NONBLOCK) == 0) {
        return flags;
    }
    return fcntl(number, F_SETFL, flags & ~O_NONBLOCK);
}

/* getrlimit, setrlimit and setpriority are not in POSIX's list, but bare system calls wherever this runs. */
static int limit(int resource, int64_t value) {
    struct rlimit both;
    if (value < 0) {
        return 0;
    }
    if (getrlimit(resource, &both) < 0) {
        return -1;
    }
    rlim_t wanted = (rlim_t)value;
    /* At the soft limit of time a program is told by SIGXCPU, at the hard one killed: without a second between them the
       signal would never be seen. */
    rlim_t hard = resource == RLIMIT_CPU ? wanted + 1 : wanted;
    if (both.rlim_max == RLIM_INFINITY || both.rlim_max > hard) {
        both.rlim_max = hard;
    }
    both.rlim_cur = wanted < both.rlim_max ? wanted : both.rlim_max;
    return setrlimit(resource, &both);
}

static int set_limits(const int64_t *limits) {
    static const int resources[PX_LIMITS] = {RLIMIT_CPU, RLIMIT_AS, RLIMIT_NOFILE, RLIMIT_NPROC, RLIMIT_FSIZE};
    struct rlimit core;
    for (int i = 0; i < PX_LIMITS; i++) {
        if (limit(resources[i], limits[i]) < 0) {
            return -1;
        }
    }
    /* A core would lie in the program's folder, which may be served. Whoever wants one can raise it again. */
    if (getrlimit(RLIMIT_CORE, &core) == 0) {
        core.rlim_cur = 0;
        setrlimit(RLIMIT_CORE, &core);
    }
    if (getpriority(PRIO_PROCESS, 0) < 0) {
        setpriority(PRIO_PROCESS, 0, 0);
    }
    return 0;
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
    for (const int32_t *fd = program->keep; fd != NULL && *fd >= 0; fd++) {
        if (fcntl(*fd, F_SETFD, 0) < 0) {
            return -1;
        }
    }
    if (program->limits != NULL && set_limits(program->limits) < 0) {
        return -1;
    }
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
