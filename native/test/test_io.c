/* Bytes move, or -1 comes back; no length, however wrong, does harm. */
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>

#include "peers.h"
#include "scratch.h"

static char buffer[1 << 20];

static void pipes_carry_bytes_then_say_end(void) {
    int ends[2];
    NEED(px_pipe(AT(ends)));
    CHECK_BORN(ends[0]);
    CHECK_BORN(ends[1]);
    CHECK_EQUAL(-1, px_read(ends[0], AT(buffer), 10));
    CHECK_EQUAL(5, px_write(ends[1], AT("hello"), 5));
    CHECK_EQUAL(0, px_write(ends[1], AT("hello"), 0));
    CHECK_BYTES("hel", buffer, px_read(ends[0], AT(buffer), 3));
    CHECK_BYTES("lo", buffer, px_read(ends[0], AT(buffer), INT64_MAX));
    CHECK_EQUAL(0, px_close(ends[1]));
    CHECK_EQUAL(0, px_read(ends[0], AT(buffer), 10));
    CHECK_EQUAL(0, px_close(ends[0]));
    CHECK_EQUAL(-1, px_read(ends[0], AT(buffer), 10));
}

static void a_full_pipe_takes_a_part_then_nothing(void) {
    int ends[2];
    NEED(px_pipe(AT(ends)));
    int64_t taken = px_write(ends[1], AT(buffer), sizeof buffer);
    CHECK(taken > 0 && taken < (int64_t)sizeof buffer);
    CHECK_EQUAL(-1, px_write(ends[1], AT(buffer), sizeof buffer));
    CHECK_EQUAL(taken, px_read(ends[0], AT(buffer), sizeof buffer));
    CHECK_EQUAL(0, px_close(ends[0]));
    /* No reader: SIGPIPE is ignored by main, as the server does. */
    CHECK_EQUAL(-1, px_write(ends[1], AT(buffer), 1));
    CHECK_EQUAL(0, px_close(ends[1]));
}

static void sockets_carry_bytes_both_ways(void) {
    int ends[2];
    tcp_pair(ends);
    CHECK_EQUAL(-1, px_recv(ends[1], AT(buffer), 10));
    CHECK_EQUAL(4, px_send(ends[0], AT("head"), 4, 1));
    CHECK_EQUAL(4, px_send(ends[0], AT("body"), 4, 0));
    int64_t length = 0;
    while (length < 8 && await(ends[1], POLLIN) == POLLIN) {
        length += NEED(px_recv(ends[1], AT(buffer + length), (int64_t)sizeof buffer - length));
    }
    CHECK_BYTES("headbody", buffer, length);
    CHECK_EQUAL(3, px_send(ends[1], AT("yes"), 3, 0));
    await(ends[0], POLLIN);
    CHECK_BYTES("yes", buffer, px_recv(ends[0], AT(buffer), INT64_MAX));
    CHECK_EQUAL(0, px_shutdown(ends[0], SHUT_WR));
    await(ends[1], POLLIN);
    CHECK_EQUAL(0, px_recv(ends[1], AT(buffer), 10));
    CHECK_EQUAL(0, px_close(ends[0]));
    CHECK_EQUAL(0, px_close(ends[1]));
}

/* An ordinary close would let the peer read to an end: 0. */
static void a_socket_that_resets_on_close_breaks_the_peer(void) {
    int ends[2];
    tcp_pair(ends);
    CHECK_EQUAL(0, px_reset_on_close(ends[0]));
    CHECK_EQUAL(0, px_close(ends[0]));
    CHECK_EQUAL(-EBADF, px_reset_on_close(ends[0]));
    await(ends[1], POLLIN);
    CHECK_EQUAL(-1, px_recv(ends[1], AT(buffer), 10));
    CHECK_EQUAL(0, px_close(ends[1]));
}

/* The default action of SIGPIPE would end this program. */
static void sending_to_a_peer_that_left_raises_no_signal(void) {
    int ends[2];
    signal(SIGPIPE, SIG_DFL);
    tcp_pair(ends);
    CHECK_EQUAL(0, px_shutdown(ends[0], SHUT_WR));
    CHECK_EQUAL(-1, px_send(ends[0], AT("x"), 1, 0));
    CHECK_EQUAL(-1, px_send(ends[0], AT("x"), 1, 1));
    CHECK_EQUAL(0, px_shutdown(ends[1], SHUT_WR));
    CHECK_EQUAL(-1, px_send(ends[1], AT("x"), 1, 0));
    CHECK_EQUAL(0, px_close(ends[0]));
    CHECK_EQUAL(0, px_close(ends[1]));
    signal(SIGPIPE, SIG_IGN);
}

static void files_are_read_and_written_at_offsets(void) {
    int fd = (int)NEED(px_open(AT("offsets"), O_RDWR | O_CREAT, 0600));
    CHECK_EQUAL(6, px_pwrite(fd, AT("abcdef"), 6, 0));
    CHECK_EQUAL(2, px_pwrite(fd, AT("XY"), 2, 2));
    CHECK_BYTES("bXYe", buffer, px_pread(fd, AT(buffer), 4, 1));
    CHECK_BYTES("ef", buffer, px_pread(fd, AT(buffer), INT64_MAX, 4));
    CHECK_EQUAL(0, px_pread(fd, AT(buffer), 4, 6));
    CHECK_EQUAL(-1, px_pread(fd, AT(buffer), 4, -1));
    CHECK_EQUAL(-1, px_pwrite(fd, AT(buffer), 4, -1));
    /* None of it moved the file's own offset. */
    CHECK_BYTES("abXYef", buffer, px_read(fd, AT(buffer), sizeof buffer));
    CHECK_EQUAL(0, px_close(fd));
}

static void sendfile_sends_a_part_of_a_file(void) {
    int ends[2];
    write_file("sent", "0123456789");
    int fd = (int)NEED(px_open(AT("sent"), O_RDONLY, 0));
    tcp_pair(ends);
    CHECK_EQUAL(4, px_sendfile(ends[0], fd, 3, 4));
    await(ends[1], POLLIN);
    CHECK_BYTES("3456", buffer, px_recv(ends[1], AT(buffer), sizeof buffer));
    CHECK_EQUAL(2, px_sendfile(ends[0], fd, 8, INT64_MAX));
    await(ends[1], POLLIN);
    CHECK_BYTES("89", buffer, px_recv(ends[1], AT(buffer), sizeof buffer));
    CHECK_EQUAL(0, px_sendfile(ends[0], fd, 10, 5));
    CHECK_EQUAL(0, px_sendfile(ends[0], fd, 0, 0));
    CHECK_EQUAL(-1, px_sendfile(ends[0], fd, -1, 5));
    CHECK_EQUAL(-1, px_sendfile(ends[0], fd, 0, -1));
    CHECK_EQUAL(-1, px_recv(ends[1], AT(buffer), sizeof buffer));
    CHECK_EQUAL(0, px_close(ends[0]));
    CHECK_EQUAL(0, px_close(ends[1]));
    CHECK_EQUAL(0, px_close(fd));
}

static void sendfile_to_a_full_socket_sends_a_part_then_nothing(void) {
    int ends[2];
    enum { SIZE = 64 << 20 }; /* more than two socket buffers hold */
    int fd = (int)NEED(px_open(AT("large"), O_RDWR | O_CREAT, 0600));
    NEED(px_ftruncate(fd, SIZE));
    tcp_pair(ends);
    int64_t sent = 0;
    int64_t n = 0;
    while (sent < SIZE && (n = px_sendfile(ends[0], fd, sent, SIZE - sent)) > 0) {
        sent += n;
    }
    CHECK_EQUAL(-1, n);
    CHECK(sent > 0 && sent < SIZE);
    CHECK_EQUAL(0, px_close(ends[0]));
    CHECK_EQUAL(0, px_close(ends[1]));
    CHECK_EQUAL(0, px_close(fd));
}

/* Although there is something to read and room to write. */
static void negative_lengths_are_given_up(void) {
    static const int64_t lengths[] = {-1, INT64_MIN, INT32_MIN};
    int ends[2];
    tcp_pair(ends);
    CHECK_EQUAL(1, px_send(ends[1], AT("x"), 1, 0));
    await(ends[0], POLLIN);
    for (int i = 0; i < 3; i++) {
        CHECK_EQUAL(-1, px_read(ends[0], AT(buffer), lengths[i]));
        CHECK_EQUAL(-1, px_write(ends[1], AT(buffer), lengths[i]));
        CHECK_EQUAL(-1, px_recv(ends[0], AT(buffer), lengths[i]));
        CHECK_EQUAL(-1, px_send(ends[1], AT(buffer), lengths[i], 0));
        CHECK_EQUAL(-1, px_pread(ends[0], AT(buffer), lengths[i], 0));
        CHECK_EQUAL(-1, px_pwrite(ends[1], AT(buffer), lengths[i], 0));
    }
    CHECK_BYTES("x", buffer, px_recv(ends[0], AT(buffer), sizeof buffer));
    CHECK_EQUAL(-1, px_recv(ends[0], AT(buffer), sizeof buffer));
    CHECK_EQUAL(-1, px_recv(ends[1], AT(buffer), sizeof buffer));
    CHECK_EQUAL(0, px_close(ends[0]));
    CHECK_EQUAL(0, px_close(ends[1]));
}

int main(void) {
    scratch_enter();
    signal(SIGPIPE, SIG_IGN);
    pipes_carry_bytes_then_say_end();
    a_full_pipe_takes_a_part_then_nothing();
    sockets_carry_bytes_both_ways();
    a_socket_that_resets_on_close_breaks_the_peer();
    sending_to_a_peer_that_left_raises_no_signal();
    files_are_read_and_written_at_offsets();
    sendfile_sends_a_part_of_a_file();
    sendfile_to_a_full_socket_sends_a_part_then_nothing();
    negative_lengths_are_given_up();
    return check_result();
}
