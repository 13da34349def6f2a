/* The parent's side of processes: spawn, wait, kill. The child's side is child.c. */
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "border.h"
#include "platform.h"

_Static_assert(sizeof(pid_t) <= sizeof(int), "a pid crosses as int");
_Static_assert(sizeof(char *) == sizeof(int64_t), "Java lays out argv and envp: an address is 8 bytes");

/* The child has a copy of the parent's page tables, which costs milliseconds when the parent is a JVM. */
pid_t pxi_spawn_copy(const struct pxi_program *program) {
    pid_t pid = fork();
    if (pid == 0) {
        pxi_run_child(program);
    }
    if (pid > 0 && !program->session) {
        /* The child does the same; whoever comes first, the group exists when this returns. EACCES: it has exec'ed. */
        setpgid(pid, pid);
    }
    return pid < 0 ? -errno : pid;
}

static pthread_mutex_t looking = PTHREAD_MUTEX_INITIALIZER;
static sigset_t changed;
static int changed_after = -1;

/*
 * The signals that a child has to reset. The kernel is asked once for all of them, and again when px_signal_... has
 * changed one: the machine that runs Java sets its own while it starts, which is before the first child.
 */
static sigset_t changed_signals(void) {
    pthread_mutex_lock(&looking);
    int changes = pxi_signal_changes();
    if (changes != changed_after) {
        sigemptyset(&changed);
        for (int signal = 1; signal < NSIG; signal++) {
            struct sigaction now;
            if (sigaction(signal, NULL, &now) == 0 && now.sa_handler != SIG_DFL) {
                sigaddset(&changed, signal);
            }
        }
        changed_after = changes;
    }
    sigset_t all = changed;
    pthread_mutex_unlock(&looking);
    return all;
}

static pid_t spawn(const struct pxi_program *program, int how) {
    sigset_t all;
    sigset_t before;
    /* No handler of the parent may run in the child: it would write to the parent's wake-up pipes, or its memory. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t pid = how == 1 ? pxi_spawn_copy(program) : pxi_spawn_cheaply(program);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return pid;
}

int px_spawn(int64_t path, int64_t argv, int64_t envp, int64_t cwd, int64_t limits, int in, int out, int err, int status,
             int how) {
    if (in < 0 || out < 0 || err < 0 || status < 0) {
        return -EBADF;
    }
    const sigset_t reset = changed_signals();
    const struct pxi_program program = {.path = pxi_at(path), .argv = pxi_at(argv), .envp = pxi_at(envp),
                                        .cwd = pxi_at(cwd), .limits = pxi_at(limits), .in = in, .out = out, .err = err,
                                        .status = status, .session = how == 2, .changed = &reset};
    return spawn(&program, how);
}

int px_spawn_heir(int64_t path, int64_t argv, int64_t envp, int64_t keep, int in, int out, int err, int status) {
    if (in < 0 || out < 0 || err < 0 || status < 0) {
        return -EBADF;
    }
    const sigset_t reset = changed_signals();
    const struct pxi_program program = {.path = pxi_at(path), .argv = pxi_at(argv), .envp = pxi_at(envp),
                                        .keep = pxi_at(keep), .in = in, .out = out, .err = err, .status = status,
                                        .session = 1, .changed = &reset};
    return spawn(&program, 2);
}

int px_waitpid(int pid, int options, int64_t status) {
    if (pid <= 0) {
        return -EINVAL; /* The JVM may have children too, and they are its own to wait for. */
    }
    int raw = 0;
    pid_t ended = waitpid(pid, &raw, options);
    if (ended > 0 && status != 0) {
        int32_t decoded = WIFSIGNALED(raw) ? 256 + WTERMSIG(raw) : WEXITSTATUS(raw);
        memcpy(pxi_at(status), &decoded, sizeof decoded);
    }
    return pxi_answer(ended);
}

int px_kill(int pid, int signal) {
    /* -1 would be every process there is: never what a server means. */
    return pid == -1 ? -EINVAL : pxi_answer(kill(pid, signal));
}

int px_pidfd(int pid) { return pxi_pidfd(pid); }

int px_getpid(void) { return getpid(); }
int px_getuid(void) { return (int)getuid(); }
int px_geteuid(void) { return (int)geteuid(); }

int px_pipe(int64_t fds) {
    int ends[2];
    int result = pxi_pipe(ends);
    if (result == 0) {
        memcpy(pxi_at(fds), ends, sizeof ends);
    }
    return result;
}
