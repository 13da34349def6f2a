/*
 * The limit: what a literal poll() loop can do when it does nothing else. It answers whatever it is asked with the same
 * bytes, read from a file: whoever starts it puts there what Pollux answers. It keeps Pollux's law: a socket is read, or
 * written, once for each report of poll() that this can be done. It serves a load generator of this machine and nobody else.
 *
 *   limit PORT RESPONSE-FILE        serves 127.0.0.1:PORT until it is ended
 *
 * A request ends with an empty line; content is not expected. What has come while an answer leaves is read afterwards.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_CONNECTIONS = 16384, MAX_RESPONSE = 64 * 1024, MAX_PIPELINE = 64, INPUT = 16 * 1024 };

/* What is left to do on a connection; its descriptor and interest are in the pollfd of the same index. */
struct connection {
    int matched;   /* bytes of CR LF CR LF seen so far */
    size_t unsent; /* bytes of answers that must still leave */
};

static struct pollfd polled[MAX_CONNECTIONS]; /* the first is the listener */
static struct connection connections[MAX_CONNECTIONS];
static int count = 1;

static char *answers; /* the response, MAX_PIPELINE times */
static size_t response_length;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void read_response(const char *path) {
    FILE *file = fopen(path, "rb");
    char *response = malloc(MAX_RESPONSE);
    if (file == NULL || response == NULL) {
        die(path);
    }
    response_length = fread(response, 1, MAX_RESPONSE, file);
    fclose(file);
    answers = malloc(response_length * MAX_PIPELINE + 1);
    if (response_length == 0 || answers == NULL) {
        die(path);
    }
    for (int i = 0; i < MAX_PIPELINE; i++) {
        memcpy(answers + i * response_length, response, response_length);
    }
    free(response);
}

static int listen_on(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0 ||
        bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 4096) < 0) {
        die("listen");
    }
    return fd;
}

static void accept_one(void) {
    int fd = accept4(polled[0].fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    int on = 1;
    if (fd < 0) {
        return;
    }
    if (count == MAX_CONNECTIONS) {
        close(fd);
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    polled[count] = (struct pollfd){.fd = fd, .events = POLLIN};
    connections[count] = (struct connection){0};
    count++;
}

/* How many requests end in these bytes. */
static int requests_in(struct connection *connection, const char *bytes, ssize_t length) {
    static const char end[] = "\r\n\r\n";
    int found = 0;
    for (ssize_t i = 0; i < length; i++) {
        if (bytes[i] == end[connection->matched]) {
            connection->matched++;
        } else {
            connection->matched = bytes[i] == '\r';
        }
        if (connection->matched == 4) {
            connection->matched = 0;
            found++;
        }
    }
    return found;
}

/* One read. False: the connection is over. */
static int receive(int i) {
    static char input[INPUT];
    ssize_t length = recv(polled[i].fd, input, sizeof input, 0);
    if (length <= 0) {
        return 0;
    }
    int requests = requests_in(&connections[i], input, length);
    if (requests > MAX_PIPELINE) {
        return 0;
    }
    connections[i].unsent = (size_t)requests * response_length;
    polled[i].events = requests > 0 ? POLLOUT : POLLIN;
    return 1;
}

/* One write. Every answer is the same, so what is left of several is the end of as many in a row. */
static int answer(int i) {
    size_t unsent = connections[i].unsent;
    ssize_t length = send(polled[i].fd, answers + MAX_PIPELINE * response_length - unsent, unsent, MSG_NOSIGNAL);
    if (length < 0) {
        return 0;
    }
    connections[i].unsent -= (size_t)length;
    polled[i].events = connections[i].unsent > 0 ? POLLOUT : POLLIN;
    return 1;
}

static void close_connection(int i) {
    close(polled[i].fd);
    count--;
    polled[i] = polled[count];
    connections[i] = connections[count];
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: limit PORT RESPONSE-FILE\n");
        return 2;
    }
    read_response(argv[2]);
    polled[0] = (struct pollfd){.fd = listen_on(atoi(argv[1])), .events = POLLIN};
    for (;;) {
        if (poll(polled, (nfds_t)count, -1) < 0 && errno != EINTR) {
            die("poll");
        }
        /* Downwards: closing moves the last connection into the gap, and that one has had its turn. */
        for (int i = count - 1; i > 0; i--) {
            short ready = polled[i].revents;
            if (ready != 0 && !((ready & POLLOUT) ? answer(i) : receive(i))) {
                close_connection(i);
            }
        }
        if (polled[0].revents != 0) {
            accept_one();
        }
    }
}
