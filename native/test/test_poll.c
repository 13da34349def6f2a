/* One wait for everything, in both directions at once. */
#include <errno.h>
#include <signal.h>
#include <sys/time.h>

#include "peers.h"

static void readiness_is_told_for_each_direction(void) {
    int ends[2];
    char byte;
    tcp_pair(ends);
    struct pollfd both[] = {{.fd = ends[0], .events = POLLIN | POLLOUT}, {.fd = ends[1], .events = POLLIN}};
    CHECK_EQUAL(1, px_poll(AT(both), 2, 0));
    CHECK_EQUAL(POLLOUT, both[0].revents);
    CHECK_EQUAL(0, both[1].revents);
    CHECK_EQUAL(1, px_send(ends[0], AT("x"), 1, 0));
    CHECK_EQUAL(POLLIN, await(ends[1], POLLIN));
    CHECK_EQUAL(1, px_send(ends[1], AT("y"), 1, 0));
    await(ends[0], POLLIN);
    CHECK_EQUAL(2, px_poll(AT(both), 2, -1));
    CHECK_EQUAL(POLLIN | POLLOUT, both[0].revents);
    CHECK_EQUAL(POLLIN, both[1].revents);
    CHECK_EQUAL(1, px_recv(ends[1], AT(&byte), 1));
    CHECK_EQUAL(0, px_poll(AT(&both[1]), 1, 0));
    CHECK_EQUAL(0, px_close(ends[0]));
    CHECK_EQUAL(0, px_close(ends[1]));
}

static void a_closed_end_and_a_closed_descriptor_are_told(void) {
    int ends[2];
    NEED(px_pipe(AT(ends)));
    NEED(px_close(ends[1]));
    CHECK(await(ends[0], POLLIN) & POLLHUP);
    NEED(px_close(ends[0]));
    CHECK_EQUAL(POLLNVAL, await(ends[0], POLLIN));
}

static void negative_descriptors_are_passed_over(void) {
    struct pollfd none[] = {{.fd = -1, .events = POLLIN, .revents = 77}, {.fd = -5, .events = POLLOUT}};
    CHECK_EQUAL(0, px_poll(AT(none), 2, 0));
    CHECK_EQUAL(0, none[0].revents);
    CHECK_EQUAL(0, px_poll(0, 0, 0));
    CHECK_EQUAL(-EINVAL, px_poll(AT(none), -1, 0));
    CHECK_EQUAL(-EINVAL, px_poll(AT(none), INT32_MIN, 0));
}

/* Handlers restart other calls, but a wait for ever must come back to let the signal's byte be read. */
static void a_signal_ends_the_wait(void) {
    struct itimerval often = {.it_interval = {.tv_usec = 5000}, .it_value = {.tv_usec = 5000}};
    struct itimerval never = {0};
    NEED(px_signal_catch(SIGALRM));
    NEED(setitimer(ITIMER_REAL, &often, NULL));
    CHECK_EQUAL(-EINTR, px_poll(0, 0, -1));
    NEED(setitimer(ITIMER_REAL, &never, NULL));
}

int main(void) {
    readiness_is_told_for_each_direction();
    a_closed_end_and_a_closed_descriptor_are_told();
    negative_descriptors_are_passed_over();
    a_signal_ends_the_wait();
    return check_result();
}
