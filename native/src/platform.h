/*
 * What Linux and macOS do differently. platform_linux.c and platform_macos.c each define it, CMake takes one of them.
 * As at the border, the answer is n >= 0 or -errno, except where it says otherwise.
 */
#ifndef POLLUX_PLATFORM_H
#define POLLUX_PLATFORM_H

#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>

/* Non-blocking and close-on-exec, and a send to a peer that left raises no SIGPIPE. */
int pxi_socket(int domain, int type);
int pxi_accept(int fd, struct sockaddr *address, socklen_t *length);
int pxi_pipe(int fds[2]);
/* As px_pidfd. */
int pxi_pidfd(int pid);

/* which: as px_tcp_info has it. */
int pxi_tcp_info(int fd, int which);

/* Moving bytes: n, or -1. */
ssize_t pxi_send(int fd, const void *bytes, size_t length, int more);
/* length > 0. */
ssize_t pxi_sendfile(int socket, int file, off_t offset, size_t length);

struct timespec pxi_mtime(const struct stat *stat);
/* offset >= 0, length > 0, and their sum does not overflow. */
int pxi_reserve(int fd, off_t offset, off_t length);
/* -EEXIST when `to` exists; -ENOTSUP when kernel or file system cannot promise that. */
int pxi_rename_exclusive(int from_folder, const char *from, int to_folder, const char *to);
/* As px_open_strictly. */
int pxi_open_strictly(int folder, const char *path, int flags, int beneath);

/* What a child needs to become a program; read, never written, on its side. */
struct pxi_program {
    const char *path;
    char *const *argv;
    char *const *envp;
    const char *cwd; /* or NULL */
    const int64_t *limits; /* PX_LIMITS, -1 for none, or NULL */
    int in, out, err, status;
    const sigset_t *changed; /* the signals whose disposition is not the default one */
    const int32_t *keep;     /* descriptors that stay open, ended by -1, or NULL */
    int session; /* whether it leads a session of its own, not only a process group */
};
/* How many times px_signal_... has changed a disposition (signals.c). */
int pxi_signal_changes(void);
/* A child that runs pxi_run_child, by fork, or at the least cost the platform has: its pid, or -errno. */
pid_t pxi_spawn_copy(const struct pxi_program *program); /* process.c */
pid_t pxi_spawn_cheaply(const struct pxi_program *program);
/*
 * The child's side of px_spawn (child.c), begun with every signal blocked. It may share the parent's memory and changes
 * nothing of it but its own locals; it calls async-signal-safe functions only, and never returns.
 */
_Noreturn void pxi_run_child(const struct pxi_program *program);
/* In the child: marks every descriptor from 3 on close-on-exec. Async-signal-safe. */
void pxi_close_all_on_exec(void);

/* The English text, NUL-terminated, cut to capacity. */
void pxi_strerror(int error, char *text, size_t capacity);
/* The most descriptors a process may ask for, when its hard limit is this. */
rlim_t pxi_descriptor_ceiling(rlim_t hard);

struct pxi_constant {
    const char *name;
    int value;
};
/* The constants that only this platform has, ended by a NULL name. */
extern const struct pxi_constant pxi_platform_constants[];

#endif
