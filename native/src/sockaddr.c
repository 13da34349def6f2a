/* Socket addresses: from the text of a literal or a path, and back. It never asks a name server. */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "border.h"

_Static_assert(sizeof(struct sockaddr_un) <= sizeof(struct sockaddr_storage), "the largest of the union any");

int px_sockaddr_size(void) { return (int)sizeof(struct sockaddr_storage); }

static int put(int64_t address, const void *from, size_t length) {
    memset(pxi_at(address), 0, sizeof(struct sockaddr_storage));
    memcpy(pxi_at(address), from, length);
    return (int)length;
}

/* The zone of RFC 4007 section 11, a number or the name of an interface; 0 is none. */
static uint32_t scope_id(const char *zone) {
    uint32_t id = 0;
    const char *digit = zone;
    for (; *digit >= '0' && *digit <= '9' && id <= (UINT32_MAX - 9) / 10; digit++) {
        id = id * 10 + (uint32_t)(*digit - '0');
    }
    return *digit == '\0' ? id : if_nametoindex(zone);
}

static int inet6(int64_t address, const char *host, in_port_t port) {
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6, .sin6_port = port};
    char literal[INET6_ADDRSTRLEN];
    const char *zone = strchr(host, '%');
    size_t length = zone == NULL ? strlen(host) : (size_t)(zone - host);
    if (length >= sizeof literal) {
        return -EINVAL;
    }
    memcpy(literal, host, length);
    literal[length] = '\0';
    if (inet_pton(AF_INET6, literal, &in6.sin6_addr) != 1) {
        return -EINVAL;
    }
    if (zone != NULL && (in6.sin6_scope_id = scope_id(zone + 1)) == 0) {
        return -EINVAL;
    }
    return put(address, &in6, sizeof in6);
}

int px_sockaddr_inet(int64_t address, int64_t host, int port) {
    if (port < 0 || port > 65535) {
        return -EINVAL;
    }
    struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    if (inet_pton(AF_INET, pxi_at(host), &in.sin_addr) == 1) {
        return put(address, &in, sizeof in);
    }
    return inet6(address, pxi_at(host), in.sin_port);
}

int px_sockaddr_unix(int64_t address, int64_t path) {
    struct sockaddr_un un = {.sun_family = AF_UNIX};
    size_t length = strlen(pxi_at(path));
    if (length == 0) {
        return -EINVAL; /* Linux would invent an abstract name. */
    }
    if (length >= sizeof un.sun_path) {
        return -ENAMETOOLONG;
    }
    memcpy(un.sun_path, pxi_at(path), length);
    put(address, &un, sizeof un);
    return (int)(offsetof(struct sockaddr_un, sun_path) + length + 1);
}

union any {
    struct sockaddr_storage storage;
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    struct sockaddr_un un;
};

static union any take(int64_t address) {
    union any any;
    memcpy(&any, pxi_at(address), sizeof any);
    return any;
}

int px_sockaddr_family(int64_t address) { return take(address).storage.ss_family; }

int px_sockaddr_port(int64_t address) {
    union any any = take(address);
    switch (any.storage.ss_family) {
    case AF_INET:
        return ntohs(any.in.sin_port);
    case AF_INET6:
        return ntohs(any.in6.sin6_port);
    default:
        return 0;
    }
}

int px_sockaddr_host(int64_t address, int64_t text, int capacity) {
    union any any = take(address);
    char host[INET6_ADDRSTRLEN] = "";
    switch (any.storage.ss_family) {
    case AF_INET:
        inet_ntop(AF_INET, &any.in.sin_addr, host, sizeof host);
        break;
    case AF_INET6:
        inet_ntop(AF_INET6, &any.in6.sin6_addr, host, sizeof host);
        break;
    case AF_UNIX:
        /* The path of another program may fill sun_path without a NUL; unnamed and abstract ones begin with NUL. */
        return pxi_copy_out(any.un.sun_path, strnlen(any.un.sun_path, sizeof any.un.sun_path), text, capacity, -ENOSPC);
    default:
        break;
    }
    return pxi_copy_out(host, strlen(host), text, capacity, -ENOSPC);
}
