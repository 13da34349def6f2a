/*
 * Run by the tests of px_spawn: tells, one line each, what it found itself to be. Its lines are literals in those
 * tests. It uses nothing of the library, so that nothing is proved by itself.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static void tell_descriptors(void) {
    printf("descriptors");
    for (int fd = 0; fd < 65536; fd++) {
        if (fcntl(fd, F_GETFD) >= 0) {
            printf(" %d%s", fd, fcntl(fd, F_GETFL) & O_NONBLOCK ? "(non-blocking)" : "");
        }
    }
    printf("\n");
}

static void tell_signals(void) {
    sigset_t mask;
    struct sigaction action;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    printf("signals");
    for (int signal = 1; signal < NSIG; signal++) {
        if (sigaction(signal, NULL, &action) == 0 && action.sa_handler != SIG_DFL) {
            printf(" %d not default", signal);
        }
        if (sigismember(&mask, signal) == 1) {
            printf(" %d blocked", signal);
        }
    }
    printf("\n");
}

int main(int argc, char **argv) {
    char cwd[1024];
    char content[64];
    char *base = strrchr(getcwd(cwd, sizeof cwd), '/');
    tell_descriptors();
    tell_signals();
    printf("session %s\n", getsid(0) == getpid() ? "own" : "foreign");
    printf("group %s\n", getpgrp() == getpid() ? "own" : "foreign");
    printf("directory %s\n", base == NULL ? "" : base + 1);
    for (int i = 0; i < argc; i++) {
        printf("argument %s\n", i == 0 && strchr(argv[i], '/') ? "(path)" : argv[i]);
    }
    for (char **variable = environ; *variable != NULL; variable++) {
        printf("environment %s\n", *variable);
    }
    size_t length = fread(content, 1, sizeof content - 1, stdin);
    printf("input %.*s\n", (int)length, content);
    fprintf(stderr, "error line\n");
    return 7;
}
