/* Linux's own wait: a set that is kept, reports in the layout that px_constant tells, and no kqueue. */
#include <signal.h>
#include <sys/epoll.h>
#include <sys/time.h>
#include <unistd.h>

#include "peers.h"

enum { NO_WAIT = 0, NO_END = -1, ROOM = 8 };

static int constant(const char *name) {
    return px_constant(AT(name));
}

/* The events of the only report, read as Java does; its data must be what was said of the descriptor. */
static int only_report(int epoll, int64_t data, int timeout_ms) {
    char reports[ROOM * sizeof(struct epoll_event)];
    int events;
    int64_t told;
    CHECK_EQUAL(1, px_epoll_wait(epoll, AT(reports), ROOM, timeout_ms));
    memcpy(&events, reports + constant("offsetof(struct epoll_event, events)"), sizeof events);
    memcpy(&told, reports + constant("offsetof(struct epoll_event, data)"), sizeof told);
    CHECK_EQUAL(data, told);
    return events;
}

static void what_is_ready_is_reported_with_its_data(void) {
    struct epoll_event reports[ROOM];
    int ends[2];
    int epoll = (int)NEED(px_epoll_create());
    check_equal(__FILE__, __LINE__, "close-on-exec", FD_CLOEXEC, fcntl(epoll, F_GETFD));
    tcp_pair(ends);
    int64_t data = INT64_C(0x7766554433221100);
    CHECK_EQUAL(0, px_epoll_ctl(epoll, constant("EPOLL_CTL_ADD"), ends[0], constant("EPOLLIN"), data));
    CHECK_EQUAL(0, px_epoll_wait(epoll, AT(reports), ROOM, NO_WAIT));
    CHECK_EQUAL(1, px_send(ends[1], AT("x"), 1, 0));
    CHECK_EQUAL(EPOLLIN, only_report(epoll, data, NO_END));
    CHECK_EQUAL(EPOLLIN, only_report(epoll, data, NO_WAIT)); /* still there */
    CHECK_EQUAL(0, px_epoll_ctl(epoll, constant("EPOLL_CTL_MOD"), ends[0], constant("EPOLLOUT"), -1));
    CHECK_EQUAL(EPOLLOUT, only_report(epoll, -1, NO_WAIT));
    CHECK_EQUAL(0, px_epoll_ctl(epoll, constant("EPOLL_CTL_DEL"), ends[0], 0, 0));
    CHECK_EQUAL(0, px_epoll_wait(epoll, AT(reports), ROOM, NO_WAIT));
    CHECK_EQUAL(0, px_close(ends[0]) | px_close(ends[1]) | px_close(epoll));
}

/* On which the one wait for a request and its answer rests. */
static void an_edge_tells_the_readiness_of_both_directions(void) {
    struct epoll_event reports[ROOM];
    int ends[2];
    int both = constant("EPOLLIN") | constant("EPOLLOUT") | constant("EPOLLRDHUP") | INT32_MIN;
    int epoll = (int)NEED(px_epoll_create());
    tcp_pair(ends);
    CHECK_EQUAL(0, px_epoll_ctl(epoll, constant("EPOLL_CTL_ADD"), ends[0], both, 1));
    CHECK_EQUAL(EPOLLOUT, only_report(epoll, 1, NO_WAIT));
    CHECK_EQUAL(0, px_epoll_wait(epoll, AT(reports), ROOM, NO_WAIT));
    CHECK_EQUAL(1, px_send(ends[1], AT("x"), 1, 0));
    CHECK_EQUAL(EPOLLIN | EPOLLOUT, only_report(epoll, 1, NO_END));
    CHECK_EQUAL(0, px_epoll_wait(epoll, AT(reports), ROOM, NO_WAIT));
    CHECK_EQUAL(0, px_epoll_ctl(epoll, constant("EPOLL_CTL_MOD"), ends[0], both, 1));
    CHECK_EQUAL(EPOLLIN | EPOLLOUT, only_report(epoll, 1, NO_WAIT)); /* armed again */
    CHECK_EQUAL(0, px_shutdown(ends[1], SHUT_WR));
    CHECK_EQUAL(EPOLLIN | EPOLLOUT | EPOLLRDHUP, only_report(epoll, 1, NO_END));
    CHECK_EQUAL(0, px_close(ends[0]) | px_close(ends[1]) | px_close(epoll));
}

static void what_cannot_be_is_an_errno(void) {
    struct epoll_event reports[ROOM];
    int epoll = (int)NEED(px_epoll_create());
    CHECK_EQUAL(-EBADF, px_epoll_ctl(epoll, constant("EPOLL_CTL_ADD"), -1, 0, 0));
    CHECK_EQUAL(-ENOENT, px_epoll_ctl(epoll, constant("EPOLL_CTL_MOD"), STDERR_FILENO, 0, 0));
    CHECK_EQUAL(-EINVAL, px_epoll_wait(epoll, AT(reports), 0, NO_WAIT));
    CHECK_EQUAL(-EINVAL, px_epoll_wait(epoll, AT(reports), -1, NO_WAIT));
    CHECK_EQUAL(0, px_close(epoll));
    CHECK_EQUAL(-EBADF, px_epoll_wait(epoll, AT(reports), ROOM, NO_WAIT));
}

static void a_signal_ends_the_wait(void) {
    struct epoll_event reports[ROOM];
    struct itimerval often = {.it_interval = {.tv_usec = 5000}, .it_value = {.tv_usec = 5000}};
    struct itimerval never = {0};
    int epoll = (int)NEED(px_epoll_create());
    NEED(px_signal_catch(SIGALRM));
    NEED(setitimer(ITIMER_REAL, &often, NULL));
    CHECK_EQUAL(-EINTR, px_epoll_wait(epoll, AT(reports), ROOM, NO_END));
    NEED(setitimer(ITIMER_REAL, &never, NULL));
    CHECK_EQUAL(0, px_close(epoll));
}

static void there_is_no_kqueue(void) {
    CHECK_EQUAL(-ENOSYS, px_kqueue());
    CHECK_EQUAL(-ENOSYS, px_kevent(0, 0, 0, 0, 0, NO_WAIT));
}

int main(void) {
    what_is_ready_is_reported_with_its_data();
    an_edge_tells_the_readiness_of_both_directions();
    what_cannot_be_is_an_errno();
    a_signal_ends_the_wait();
    there_is_no_kqueue();
    return check_result();
}
