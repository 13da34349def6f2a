/* What the machine says of itself: texts of errors, limits. */
#include <sys/resource.h>

#include "border.h"
#include "platform.h"

int px_strerror(int error, int64_t text, int capacity) {
    char message[256];
    pxi_strerror(error, message, sizeof message);
    size_t length = strlen(message);
    size_t room = capacity < 0 ? 0 : (size_t)capacity;
    return pxi_copy_out(message, length < room ? length : room, text, (int)room, 0);
}

int64_t px_descriptor_limit(int raise) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0) {
        return -errno;
    }
    rlim_t ceiling = pxi_descriptor_ceiling(limit.rlim_max);
    if (raise != 0 && limit.rlim_cur < ceiling) {
        limit.rlim_cur = ceiling;
        if (setrlimit(RLIMIT_NOFILE, &limit) < 0) {
            return -errno;
        }
    }
    return limit.rlim_cur > (rlim_t)INT64_MAX ? INT64_MAX : (int64_t)limit.rlim_cur;
}
