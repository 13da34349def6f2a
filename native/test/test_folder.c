/* Names in an open folder: what is opened follows no link, what is made replaces nothing, and the folder stays itself. */
#define _GNU_SOURCE /* O_TMPFILE */
#include <errno.h>

#include "scratch.h"

static int folder(const char *path) { return (int)NEED(px_open(AT(path), O_RDONLY | O_DIRECTORY, 0)); }

static void what_is_opened_strictly_follows_no_link(void) {
    static const struct {
        const char *path;
        int beneath, error;
    } rows[] = {
        {"in/file", 0, 0},        {"in/./file", 1, 0},      {"in/../in/file", 1, 0}, {"link", 0, ELOOP},
        {"way/file", 0, ELOOP},   {"in/up/in/file", 1, ELOOP}, {"in/none", 0, ENOENT},  {"../in/file", 1, EXDEV},
        {"/dev/null", 1, EXDEV},  {"/dev/null", 0, 0},      {"in/file/x", 0, ENOTDIR},
    };
    int here = folder(".");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int fd = px_open_strictly(here, AT(rows[i].path), O_RDONLY, rows[i].beneath);
        if (fd == -ENOSYS) {
            break; /* not Linux, or before 5.6: whoever calls walks by hand */
        }
        check_equal(__FILE__, __LINE__, rows[i].path, -rows[i].error, fd < 0 ? fd : 0);
        if (fd >= 0) {
            CHECK_EQUAL(FD_CLOEXEC, fcntl(fd, F_GETFD));
            CHECK_EQUAL(0, px_close(fd));
        }
    }
    CHECK_EQUAL(0, px_close(here));
}

static void a_link_is_read(void) {
    char text[16];
    int here = folder(".");
    CHECK_BYTES("in/file", text, px_readlinkat(here, AT("link"), AT(text), sizeof text));
    CHECK_EQUAL(-ENAMETOOLONG, px_readlinkat(here, AT("link"), AT(text), 7));
    CHECK_EQUAL(-EINVAL, px_readlinkat(here, AT("in"), AT(text), sizeof text));
    CHECK_EQUAL(-ENOENT, px_readlinkat(here, AT("none"), AT(text), sizeof text));
    CHECK_EQUAL(-EINVAL, px_readlinkat(here, AT("link"), AT(text), -1));
    CHECK_EQUAL(0, px_close(here));
}

static void the_folder_stays_itself(void) {
    int in = folder("in");
    NEED(px_rename(AT("in"), AT("elsewhere")));
    NEED(symlink("/", "in"));
    int fd = (int)NEED(px_openat(in, AT("new"), O_RDWR | O_CREAT | O_EXCL, 0600));
    CHECK_EQUAL(0, px_fchmod(fd, 0640));
    CHECK_EQUAL(0, px_ftouch(fd, 784111777));
    CHECK_EQUAL(0, px_close(fd));
    CHECK_EQUAL(-EEXIST, px_renameat_new(in, AT("new"), in, AT("file")));
    CHECK_EQUAL(-EEXIST, px_renameat_new(in, AT("new"), in, AT("lost")));
    CHECK_EQUAL(0, px_renameat_new(in, AT("new"), in, AT("made")));
    CHECK_EQUAL(0, px_renameat(in, AT("made"), in, AT("file")));
    struct stat found;
    NEED(stat("elsewhere/file", &found));
    CHECK_EQUAL(0640, found.st_mode & 07777);
    CHECK_EQUAL(784111777, found.st_mtime);
    int64_t names = NEED(px_opendir_of(in));
    int count = 0;
    char name[16];
    while (px_readdir(names, AT(name), sizeof name) > 0) {
        count++;
    }
    CHECK_EQUAL(3, count);
    CHECK_EQUAL(0, px_closedir(names));
    CHECK_EQUAL(-ENOTDIR, px_opendir_of(STDIN_FILENO));
    CHECK_EQUAL(0, px_unlinkat(in, AT("file")));
    CHECK_EQUAL(-ENOENT, px_unlinkat(in, AT("file")));
    CHECK_EQUAL(0, px_mkdirat(in, AT("inner"), 0700));
    CHECK_EQUAL(-EEXIST, px_mkdirat(in, AT("inner"), 0700));
    CHECK_EQUAL(-EISDIR, px_unlinkat(in, AT("inner")));
    CHECK_EQUAL(0, px_rmdirat(in, AT("inner")));
    CHECK_EQUAL(-ENOENT, px_rmdirat(in, AT("inner")));
    CHECK_EQUAL(-ENOTDIR, px_rmdirat(in, AT("lost")));
    CHECK_EQUAL(0, px_close(in));
}

static void a_file_gets_its_name_late(void) {
#ifdef O_TMPFILE
    int here = folder(".");
    int fd = px_openat(here, AT("."), O_RDWR | O_TMPFILE, 0600);
    if (fd >= 0) { /* not every file system can */
        CHECK_EQUAL(3, px_write(fd, AT("new"), 3));
        CHECK_EQUAL(-EEXIST, px_give_name(fd, here, AT("link")));
        CHECK_EQUAL(-EEXIST, px_give_name(fd, here, AT("dangling")));
        CHECK_EQUAL(0, px_give_name(fd, here, AT("named")));
        CHECK_EQUAL(0, px_close(fd));
        CHECK_FILE("named", "new");
    }
    CHECK_EQUAL(-ENOENT, px_give_name(4000, here, AT("none")));
    CHECK_EQUAL(0, px_close(here));
#endif
}

static void a_lock_ends_with_its_descriptor(void) {
    int first = folder(".");
    int second = folder(".");
    int third = folder(".");
    CHECK_EQUAL(0, px_lock(first, 0));
    CHECK_EQUAL(0, px_lock(second, 0));
    CHECK_EQUAL(-EWOULDBLOCK, px_lock(third, 1));
    CHECK_EQUAL(0, px_close(first) | px_close(second));
    CHECK_EQUAL(0, px_lock(third, 1));
    CHECK_EQUAL(0, px_close(third));
}

int main(void) {
    scratch_enter();
    NEED(mkdir("in", 0755));
    write_file("in/file", "content");
    NEED(symlink("nowhere", "in/lost"));
    NEED(symlink("in/file", "link"));
    NEED(symlink("in", "way"));
    NEED(symlink("..", "in/up"));
    NEED(symlink("nowhere", "dangling"));
    what_is_opened_strictly_follows_no_link();
    a_link_is_read();
    a_lock_ends_with_its_descriptor();
    a_file_gets_its_name_late();
    the_folder_stays_itself();
    return check_result();
}
