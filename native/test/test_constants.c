/* Every name that Java may ask for has the number of the system's headers; a name that nobody knows has none. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

static void numbers_are_those_of_the_headers(void) {
    static const struct {
        const char *name;
        int value;
    } rows[] = {
        {"AF_INET", AF_INET},         {"AF_INET6", AF_INET6},       {"AF_UNIX", AF_UNIX},
        {"SOCK_STREAM", SOCK_STREAM}, {"SOL_SOCKET", SOL_SOCKET},   {"SO_REUSEPORT", SO_REUSEPORT},
        {"TCP_NODELAY", TCP_NODELAY}, {"IPV6_V6ONLY", IPV6_V6ONLY}, {"SHUT_WR", SHUT_WR},
        {"POLLIN", POLLIN},           {"POLLOUT", POLLOUT},         {"POLLNVAL", POLLNVAL},
        {"O_CREAT", O_CREAT},         {"O_EXCL", O_EXCL},           {"O_NOFOLLOW", O_NOFOLLOW},
        {"O_NONBLOCK", O_NONBLOCK},   {"AT_FDCWD", AT_FDCWD},       {"S_IFDIR", S_IFDIR},
        {"O_RDONLY", 0},              {"F_OK", 0},                  {"X_OK", 1},
        {"SIGHUP", 1},                {"SIGKILL", 9},               {"SIGCHLD", SIGCHLD},
        {"ENOENT", 2},                {"EAGAIN", EAGAIN},           {"EWOULDBLOCK", EAGAIN},
        {"EDQUOT", EDQUOT},           {"ENOEXEC", 8},               {"ENOTEMPTY", ENOTEMPTY},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int actual = px_constant(AT(rows[i].name));
        check_equal(__FILE__, __LINE__, rows[i].name, rows[i].value, actual);
    }
}

static void every_promised_name_has_a_number(void) {
    static const char *const names[] = {
        "SOCK_DGRAM", "SO_REUSEADDR", "SO_KEEPALIVE", "SO_RCVBUF", "SO_SNDBUF", "IPPROTO_TCP", "IPPROTO_IPV6",
        "SHUT_RD", "SHUT_RDWR", "POLLERR", "POLLHUP", "O_WRONLY", "O_RDWR", "O_TRUNC", "O_APPEND", "O_DIRECTORY",
        "O_CLOEXEC", "AT_SYMLINK_NOFOLLOW", "S_IFMT", "S_IFREG", "S_IFLNK", "R_OK", "W_OK", "WNOHANG", "SIGINT",
        "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2", "SIGPIPE", "SIGWINCH", "EPERM", "EINTR", "EACCES", "EEXIST",
        "ENOTDIR", "EISDIR", "EINVAL", "EMFILE", "ENFILE", "ENOSPC", "EFBIG", "EROFS", "ENAMETOOLONG", "ELOOP",
        "ECONNABORTED", "EPROTO", "ENOBUFS", "ENOMEM", "EADDRINUSE", "EADDRNOTAVAIL", "EXDEV", "ESRCH", "ECHILD",
        "E2BIG", "ETXTBSY",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        check_equal(__FILE__, __LINE__, names[i], 1, px_constant(AT(names[i])) != INT32_MIN);
    }
}

static void unknown_names_have_none(void) {
    static const char *const names[] = {"", "O_CREA", "O_CREATE", "o_creat", " O_CREAT", "NULL"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        check_equal(__FILE__, __LINE__, names[i], INT32_MIN, px_constant(AT(names[i])));
    }
}

/* A platform has one of the two, under its own name. */
static void corking_has_one_name(void) {
    int cork = px_constant(AT("TCP_CORK"));
    int nopush = px_constant(AT("TCP_NOPUSH"));
    CHECK((cork == INT32_MIN) != (nopush == INT32_MIN));
}

static void errors_have_english_texts(void) {
    char text[64];
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    CHECK_BYTES("No such file or directory", text, px_strerror(ENOENT, AT(text), sizeof text));
    CHECK_BYTES("No such", text, px_strerror(ENOENT, AT(text), 7));
    CHECK_EQUAL(0, px_strerror(ENOENT, AT(text), 0));
    CHECK_EQUAL(0, px_strerror(ENOENT, AT(text), -1));
    CHECK(px_strerror(123456, AT(text), sizeof text) > 0);
}

static void descriptor_limit_is_raised_to_the_hard_one(void) {
    struct rlimit limit;
    NEED(getrlimit(RLIMIT_NOFILE, &limit));
    limit.rlim_cur = 64;
    limit.rlim_max = 100;
    NEED(setrlimit(RLIMIT_NOFILE, &limit));
    CHECK_EQUAL(64, px_descriptor_limit(0));
    CHECK_EQUAL(100, px_descriptor_limit(1));
    CHECK_EQUAL(100, px_descriptor_limit(0));
}

static void the_process_knows_itself(void) {
    CHECK_EQUAL(getpid(), px_getpid());
    CHECK_EQUAL(getuid(), px_getuid());
    CHECK_EQUAL(geteuid(), px_geteuid());
}

int main(void) {
    numbers_are_those_of_the_headers();
    every_promised_name_has_a_number();
    unknown_names_have_none();
    corking_has_one_name();
    errors_have_english_texts();
    descriptor_limit_is_raised_to_the_hard_one();
    the_process_knows_itself();
    return check_result();
}
