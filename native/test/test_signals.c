/* A caught signal is a byte in every wake-up pipe; nothing else of the program notices it. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "peers.h"

enum { PIPES = 3, PLACES = 512 };

static void the_byte_reaches_every_pipe(void) {
    int pipes[PIPES][2];
    unsigned char got[8];
    for (int i = 0; i < PIPES; i++) {
        NEED(px_pipe(AT(pipes[i])));
        CHECK_EQUAL(0, px_signal_wake(pipes[i][1]));
    }
    CHECK_EQUAL(0, px_signal_wake(pipes[1][1])); /* twice is once */
    CHECK_EQUAL(0, px_signal_catch(SIGUSR1));
    CHECK_EQUAL(0, px_signal_catch(SIGTERM));
    raise(SIGUSR1);
    raise(SIGTERM);
    for (int i = 0; i < PIPES; i++) {
        CHECK_EQUAL(2, px_read(pipes[i][0], AT(got), sizeof got));
        CHECK_EQUAL(SIGUSR1, got[0]);
        CHECK_EQUAL(SIGTERM, got[1]);
    }

    CHECK_EQUAL(0, px_signal_unwake(pipes[1][1]));
    CHECK_EQUAL(-ENOENT, px_signal_unwake(pipes[1][1]));
    raise(SIGUSR1);
    CHECK_EQUAL(1, px_read(pipes[0][0], AT(got), sizeof got));
    CHECK_EQUAL(-1, px_read(pipes[1][0], AT(got), sizeof got));
    CHECK_EQUAL(1, px_read(pipes[2][0], AT(got), sizeof got));

    CHECK_EQUAL(0, px_signal_ignore(SIGUSR1));
    raise(SIGUSR1);
    CHECK_EQUAL(-1, px_read(pipes[0][0], AT(got), sizeof got));
    CHECK_EQUAL(0, px_signal_unwake(pipes[0][1]));
    CHECK_EQUAL(0, px_signal_unwake(pipes[2][1]));
    for (int i = 0; i < PIPES; i++) {
        CHECK_EQUAL(0, px_close(pipes[i][0]));
        CHECK_EQUAL(0, px_close(pipes[i][1]));
    }
}

static void a_full_pipe_neither_blocks_nor_changes_errno(void) {
    static char flood[1 << 20];
    int ends[2];
    NEED(px_pipe(AT(ends)));
    CHECK(px_write(ends[1], AT(flood), sizeof flood) > 0);
    while (px_write(ends[1], AT(flood), 1) == 1) {
    }
    NEED(px_signal_wake(ends[1]));
    NEED(px_signal_catch(SIGUSR1));
    errno = ELOOP;
    raise(SIGUSR1);
    CHECK_EQUAL(ELOOP, errno);
    CHECK_EQUAL(0, px_signal_unwake(ends[1]));
    CHECK_EQUAL(0, px_close(ends[0]));
    CHECK_EQUAL(0, px_close(ends[1]));
}

static void the_table_has_so_many_places(void) {
    int ends[2];
    int copies[PLACES + 1];
    NEED(px_pipe(AT(ends)));
    for (int i = 0; i <= PLACES; i++) {
        copies[i] = (int)NEED(fcntl(ends[1], F_DUPFD_CLOEXEC, 100));
        CHECK_EQUAL(i < PLACES ? 0 : -ENOSPC, px_signal_wake(copies[i]));
    }
    CHECK_EQUAL(0, px_signal_unwake(copies[PLACES - 1]));
    CHECK_EQUAL(0, px_signal_wake(copies[PLACES]));
    CHECK_EQUAL(-EBADF, px_signal_wake(-1));
    CHECK_EQUAL(-ENOENT, px_signal_unwake(-1));
    for (int i = 0; i <= PLACES; i++) {
        CHECK_EQUAL(i == PLACES - 1 ? -ENOENT : 0, px_signal_unwake(copies[i]));
        CHECK_EQUAL(0, px_close(copies[i]));
    }
    CHECK_EQUAL(0, px_close(ends[0]));
    CHECK_EQUAL(0, px_close(ends[1]));
}

static atomic_int storm_over;

static void *storm(void *unused) {
    while (!atomic_load(&storm_over)) {
        px_kill(getpid(), SIGUSR1);
    }
    return unused;
}

/* A number given back is given out again at once: no handler may still write to it. */
static void after_unwake_a_number_may_be_used_again(void) {
    pthread_t thread;
    int caught[2];
    int other[2];
    char byte;
    NEED(px_pipe(AT(caught)));
    NEED(px_pipe(AT(other)));
    NEED(px_signal_catch(SIGUSR1));
    NEED(-pthread_create(&thread, NULL, storm, NULL));
    int seen = 0; /* turns in which the storm hit the table */
    for (int turns = 0; turns < 3000 || seen == 0; turns++) {
        NEED(px_dup2(caught[1], 250));
        NEED(px_signal_wake(250));
        sched_yield();
        NEED(px_signal_unwake(250));
        NEED(px_dup2(other[1], 250));
        seen += px_read(caught[0], AT(&byte), 1) == 1;
    }
    atomic_store(&storm_over, 1);
    NEED(-pthread_join(thread, NULL));
    CHECK_EQUAL(-1, px_read(other[0], AT(&byte), 1));
    for (int i = 0; i < 2; i++) {
        CHECK_EQUAL(0, px_close(caught[i]) | px_close(other[i]));
    }
    CHECK_EQUAL(0, px_close(250));
}

static void interrupted_calls_are_restarted(void) {
    struct sigaction action;
    NEED(px_signal_catch(SIGHUP));
    NEED(sigaction(SIGHUP, NULL, &action));
    CHECK_EQUAL(SA_RESTART, action.sa_flags & SA_RESTART);
    NEED(px_signal_default(SIGHUP));
    NEED(sigaction(SIGHUP, NULL, &action));
    CHECK(action.sa_handler == SIG_DFL);
}

static void signals_that_cannot_be_caught_are_refused(void) {
    CHECK_EQUAL(-EINVAL, px_signal_catch(SIGKILL));
    CHECK_EQUAL(-EINVAL, px_signal_ignore(SIGSTOP));
    CHECK_EQUAL(-EINVAL, px_signal_catch(0));
    CHECK_EQUAL(-EINVAL, px_signal_default(100000));
}

int main(void) {
    the_byte_reaches_every_pipe();
    a_full_pipe_neither_blocks_nor_changes_errno();
    the_table_has_so_many_places();
    after_unwake_a_number_may_be_used_again();
    interrupted_calls_are_restarted();
    signals_that_cannot_be_caught_are_refused();
    return check_result();
}
