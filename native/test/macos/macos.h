/*
 * Just enough of macOS to have platform_macos.c compiled anywhere: what its headers declare and Linux's do not. It
 * proves spelling and types, not behaviour; a build on macOS uses none of it.
 */
#include <sys/types.h>

struct sf_hdtr;

typedef struct {
    unsigned int fst_flags;
    int fst_posmode;
    off_t fst_offset, fst_length, fst_bytesalloc;
} fstore_t;

enum { F_PREALLOCATE = 42, F_ALLOCATEALL = 4, F_PEOFPOSMODE = 3, RENAME_EXCL = 4, SO_NOSIGPIPE = 0x1022, TCP_NOPUSH = 4,
       TCP_KEEPALIVE = 0x10 };

#define st_mtimespec st_mtim

int sendfile(int file, int socket, off_t offset, off_t *length, struct sf_hdtr *around, int flags);
int renameatx_np(int from_folder, const char *from, int to_folder, const char *to, unsigned int flags);
int sysctlbyname(const char *name, void *old, size_t *old_length, void *new, size_t new_length);
