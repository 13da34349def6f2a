/* Sockets of every family from birth to close, and addresses from text and back. */
#include <net/if.h>
#include <stddef.h>
#include <sys/un.h>

#include "peers.h"
#include "scratch.h"

static struct sockaddr_storage address;
static struct sockaddr_storage peer;

static void literals_become_addresses_and_texts_again(void) {
    static const struct {
        const char *literal;
        int port;
        int family;
        const char *text;
    } rows[] = {
        {"127.0.0.1", 8080, AF_INET, "127.0.0.1"},
        {"0.0.0.0", 0, AF_INET, "0.0.0.0"},
        {"255.255.255.255", 65535, AF_INET, "255.255.255.255"},
        {"::", 80, AF_INET6, "::"},
        {"::1", 1, AF_INET6, "::1"},
        {"2001:DB8:0:0:0:0:0:1", 443, AF_INET6, "2001:db8::1"},
        {"::ffff:192.0.2.7", 443, AF_INET6, "::ffff:192.0.2.7"},
        {"fe80::1%1", 22, AF_INET6, "fe80::1"},
        {"ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255", 9, AF_INET6, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[64];
        int length = rows[i].family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
        memset(&address, 0xff, sizeof address);
        CHECK_EQUAL(length, px_sockaddr_inet(AT(&address), AT(rows[i].literal), rows[i].port));
        CHECK_EQUAL(rows[i].family, px_sockaddr_family(AT(&address)));
        CHECK_EQUAL(rows[i].port, px_sockaddr_port(AT(&address)));
        CHECK_BYTES(rows[i].text, text, px_sockaddr_host(AT(&address), AT(text), sizeof text));
        int exact = (int)strlen(rows[i].text);
        CHECK_EQUAL(exact, px_sockaddr_host(AT(&address), AT(text), exact));
        CHECK_EQUAL(-ENOSPC, px_sockaddr_host(AT(&address), AT(text), exact - 1));
        CHECK_EQUAL(-ENOSPC, px_sockaddr_host(AT(&address), AT(text), -1));
    }
}

static void what_is_no_literal_is_refused(void) {
    static const char *const rows[] = {
        "", "localhost", "127.1", "127.0.0.256", "127.0.0.1.1", "0x7f.0.0.1", " 127.0.0.1", "127.0.0.1 ", "[::1]",
        ":::", "1:2:3:4:5:6:7:8:9", "::g", "::1%", "::1%0", "::1%no-such-interface", "::1%99999999999999999999", "%1",
        "127.0.0.1%1", "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.2555:ffff:ffff:ffff",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        check_equal(__FILE__, __LINE__, rows[i], -EINVAL, px_sockaddr_inet(AT(&address), AT(rows[i]), 80));
    }
    CHECK_EQUAL(-EINVAL, px_sockaddr_inet(AT(&address), AT("127.0.0.1"), -1));
    CHECK_EQUAL(-EINVAL, px_sockaddr_inet(AT(&address), AT("127.0.0.1"), 65536));
}

static void a_zone_may_be_a_name(void) {
    char name[IF_NAMESIZE];
    char literal[IF_NAMESIZE + 16];
    struct sockaddr_in6 in6;
    CHECK(if_indextoname(1, name) != NULL);
    snprintf(literal, sizeof literal, "fe80::2%%%s", name);
    NEED(px_sockaddr_inet(AT(&address), AT(literal), 80));
    memcpy(&in6, &address, sizeof in6);
    CHECK_EQUAL(1, in6.sin6_scope_id);
    NEED(px_sockaddr_inet(AT(&address), AT("fe80::2%4294967"), 80));
    memcpy(&in6, &address, sizeof in6);
    CHECK_EQUAL(4294967, in6.sin6_scope_id);
}

static void talk_over_tcp(const char *host) {
    int ends[2];
    char text[64];
    int listener = tcp_listener(AT(&address), host);
    CHECK_BORN(listener);
    CHECK(px_sockaddr_port(AT(&address)) > 0);
    CHECK_EQUAL(-EAGAIN, px_accept(listener, 0));
    int length = px_sockaddr_inet(AT(&peer), AT(host), 0);
    connect_pair(listener, AT(&address), length, AT(&peer), ends);
    CHECK_BORN(ends[0]);
    CHECK_BORN(ends[1]);
    CHECK_BYTES(host, text, px_sockaddr_host(AT(&peer), AT(text), sizeof text));
    int port = px_sockaddr_port(AT(&peer));
    CHECK_EQUAL(length, px_getsockname(ends[0], AT(&peer)));
    CHECK_EQUAL(port, px_sockaddr_port(AT(&peer)));

    CHECK_EQUAL(0, px_setsockopt(ends[1], IPPROTO_TCP, px_constant(AT("TCP_NODELAY")), 1));
    int other = (int)NEED(px_socket(px_sockaddr_family(AT(&address)), SOCK_STREAM));
    CHECK_EQUAL(-EADDRINUSE, px_bind(other, AT(&address), length));
    CHECK_EQUAL(-EINVAL, px_bind(other, AT(&address), -1));
    CHECK_EQUAL(-EINVAL, px_connect(other, AT(&address), -1));
    CHECK_EQUAL(-ENOTCONN, px_shutdown(other, SHUT_WR));
    CHECK_EQUAL(0, px_close(other));
    CHECK_EQUAL(-EBADF, px_close(other));
    CHECK_EQUAL(-EBADF, px_listen(other, 1));
    CHECK_EQUAL(-EBADF, px_getsockname(other, AT(&peer)));
    for (int i = 0; i < 2; i++) {
        CHECK_EQUAL(0, px_close(ends[i]));
    }
    CHECK_EQUAL(0, px_close(listener));
}

static void one_port_has_two_families_when_v6_only(void) {
    int v4 = tcp_listener(AT(&address), "0.0.0.0");
    int port = px_sockaddr_port(AT(&address));
    int length = px_sockaddr_inet(AT(&address), AT("::"), port);
    int v6 = (int)NEED(px_socket(AF_INET6, SOCK_STREAM));
    CHECK_EQUAL(0, px_setsockopt(v6, IPPROTO_IPV6, IPV6_V6ONLY, 1));
    CHECK_EQUAL(0, px_bind(v6, AT(&address), length));
    CHECK_EQUAL(0, px_close(v6));
    CHECK_EQUAL(0, px_close(v4));
}

static void one_address_has_two_listeners_when_shared(void) {
    int fds[2];
    int length = px_sockaddr_inet(AT(&address), AT("127.0.0.1"), 0);
    for (int i = 0; i < 2; i++) {
        fds[i] = (int)NEED(px_socket(AF_INET, SOCK_STREAM));
        CHECK_EQUAL(0, px_setsockopt(fds[i], SOL_SOCKET, SO_REUSEPORT, 1));
        CHECK_EQUAL(0, px_bind(fds[i], AT(&address), length));
        CHECK_EQUAL(0, px_listen(fds[i], 5));
        CHECK_EQUAL(length, px_getsockname(fds[i], AT(&address)));
    }
    CHECK_EQUAL(0, px_close(fds[0]));
    CHECK_EQUAL(0, px_close(fds[1]));
}

static void unix_sockets_talk_by_path(void) {
    int ends[2];
    char text[128];
    int length = (int)NEED(px_sockaddr_unix(AT(&address), AT("socket")));
    int listener = (int)NEED(px_socket(AF_UNIX, SOCK_STREAM));
    CHECK_EQUAL(0, px_bind(listener, AT(&address), length));
    CHECK_EQUAL(0, px_listen(listener, 5));
    memset(&peer, 0xff, sizeof peer);
    CHECK(px_getsockname(listener, AT(&peer)) > 0);
    CHECK_EQUAL(AF_UNIX, px_sockaddr_family(AT(&peer)));
    CHECK_BYTES("socket", text, px_sockaddr_host(AT(&peer), AT(text), sizeof text));
    CHECK_EQUAL(0, px_sockaddr_port(AT(&peer)));

    memset(&peer, 0xff, sizeof peer);
    connect_pair(listener, AT(&address), length, AT(&peer), ends);
    CHECK_BORN(ends[1]);
    CHECK_EQUAL(AF_UNIX, px_sockaddr_family(AT(&peer)));
    CHECK_EQUAL(0, px_sockaddr_host(AT(&peer), AT(text), sizeof text));
    CHECK_EQUAL(2, px_send(ends[0], AT("hi"), 2, 0));
    await(ends[1], POLLIN);
    CHECK_BYTES("hi", text, px_recv(ends[1], AT(text), sizeof text));
    CHECK_EQUAL(0, px_close(ends[0]));
    CHECK_EQUAL(0, px_close(ends[1]));
    CHECK_EQUAL(0, px_close(listener));
    CHECK_EQUAL(0, px_unlink(AT("socket")));
}

static void unix_paths_have_a_bound(void) {
    char path[sizeof(((struct sockaddr_un *)0)->sun_path) + 1] = "";
    char text[128];
    int longest = (int)sizeof path - 2;
    memset(path, 'a', (size_t)longest);
    CHECK_EQUAL(offsetof(struct sockaddr_un, sun_path) + sizeof path - 1, px_sockaddr_unix(AT(&address), AT(path)));
    CHECK_BYTES(path, text, px_sockaddr_host(AT(&address), AT(text), sizeof text));
    CHECK_EQUAL(-ENOSPC, px_sockaddr_host(AT(&address), AT(text), longest - 1));
    path[longest] = 'a';
    CHECK_EQUAL(-ENAMETOOLONG, px_sockaddr_unix(AT(&address), AT(path)));
    CHECK_EQUAL(-EINVAL, px_sockaddr_unix(AT(&address), AT("")));
}

/* As when another program bound it: the system need not put a NUL behind the longest path. */
static void a_unix_path_may_lack_its_nul(void) {
    struct sockaddr_un un = {.sun_family = AF_UNIX};
    char text[128];
    memset(un.sun_path, 'b', sizeof un.sun_path);
    memset(&address, 'c', sizeof address);
    memcpy(&address, &un, sizeof un);
    CHECK_EQUAL(sizeof un.sun_path, px_sockaddr_host(AT(&address), AT(text), sizeof text));
}

static void foreign_descriptors_become_non_blocking(void) {
    int fds[2];
    NEED(socketpair(AF_UNIX, SOCK_STREAM, 0, fds));
    CHECK_EQUAL(0, px_set_nonblocking(fds[0]));
    CHECK_EQUAL(O_NONBLOCK, fcntl(fds[0], F_GETFL) & O_NONBLOCK);
    CHECK_EQUAL(0, px_close(fds[0]));
    CHECK_EQUAL(-EBADF, px_set_nonblocking(fds[0]));
    CHECK_EQUAL(0, px_close(fds[1]));
    CHECK(px_socket(-1, SOCK_STREAM) < 0);
}

static void only_tcp_has_tcp_information(void) {
    int tcp = px_socket(AF_INET, SOCK_STREAM);
    int local = px_socket(AF_UNIX, SOCK_STREAM);
    NEED(tcp);
    NEED(local);
#ifdef __linux__
    for (int which = 0; which < 4; which++) {
        CHECK(px_tcp_info(tcp, which) >= 0);
    }
    CHECK(px_tcp_info(tcp, 2) > 0);
    CHECK_EQUAL(-EINVAL, px_tcp_info(tcp, 4));
    CHECK_EQUAL(-EINVAL, px_tcp_info(tcp, -1));
#endif
    CHECK(px_tcp_info(local, 0) < 0);
    CHECK_EQUAL(0, px_close(tcp));
    CHECK_EQUAL(0, px_close(local));
}

int main(void) {
    scratch_enter();
    CHECK_EQUAL(sizeof(struct sockaddr_storage), px_sockaddr_size());
    literals_become_addresses_and_texts_again();
    what_is_no_literal_is_refused();
    a_zone_may_be_a_name();
    talk_over_tcp("127.0.0.1");
    talk_over_tcp("::1");
    one_port_has_two_families_when_v6_only();
    one_address_has_two_listeners_when_shared();
    unix_sockets_talk_by_path();
    unix_paths_have_a_bound();
    a_unix_path_may_lack_its_nul();
    foreign_descriptors_become_non_blocking();
    only_tcp_has_tcp_information();
    return check_result();
}
