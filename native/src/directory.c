/* The names in a directory, one a call. The stream's address is the handle: used by one thread, closed once. */
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "border.h"

int64_t px_opendir(int64_t path) {
    DIR *stream = opendir(pxi_at(path));
    return stream == NULL ? -errno : (int64_t)(intptr_t)stream;
}

int64_t px_opendir_of(int folder) {
    /* A descriptor of its own: the stream moves the offset of the open file, and closes it at its end. */
    int fd;
    do {
        fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    } while (pxi_interrupted(fd));
    DIR *stream = fd < 0 ? NULL : fdopendir(fd);
    int error = errno;
    if (fd >= 0 && stream == NULL) {
        close(fd);
    }
    return stream == NULL ? -error : (int64_t)(intptr_t)stream;
}

int px_readdir(int64_t directory, int64_t name, int capacity) {
    for (;;) {
        errno = 0; /* NULL is the end or an error; only errno tells which. */
        struct dirent *entry = readdir(pxi_at(directory));
        if (entry == NULL) {
            return -errno;
        }
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            return pxi_copy_out(entry->d_name, strlen(entry->d_name), name, capacity, -ENAMETOOLONG);
        }
    }
}

int px_closedir(int64_t directory) { return pxi_answer(closedir(pxi_at(directory))); }
