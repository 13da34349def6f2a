/* What a child needs to become a program; read, never written, on its side. */
#ifndef POLLUX_PROGRAM_H
#define POLLUX_PROGRAM_H

struct pxi_program {
    const char *path;
    char *const *argv;
    char *const *envp;
    const char *cwd; /* or NULL */
    int in, out, err, status;
};

/*
 * The child's side of px_spawn, with every signal blocked. It may share the parent's memory and must not change any of
 * it but its own locals; it calls async-signal-safe functions only, and never returns.
 */
_Noreturn void pxi_run_child(const struct pxi_program *program);

#endif
