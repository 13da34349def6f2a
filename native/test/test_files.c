/* Files, paths and directories: the answers of the system come through unchanged, as n or -errno. */
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>

#include "peers.h"
#include "scratch.h"

static void what_is_opened_is_close_on_exec(void) {
    write_file("plain", "text");
    int fd = (int)NEED(px_open(AT("plain"), O_RDONLY, 0));
    CHECK_EQUAL(FD_CLOEXEC, fcntl(fd, F_GETFD));
    NEED(px_mkdir(AT("room"), 0755));
    write_file("room/inner", "inside");
    int room = (int)NEED(px_open(AT("room"), O_RDONLY | O_DIRECTORY, 0));
    int inner = (int)NEED(px_openat(room, AT("inner"), O_RDONLY, 0));
    CHECK_EQUAL(FD_CLOEXEC, fcntl(inner, F_GETFD));
    char text[8];
    CHECK_BYTES("inside", text, px_read(inner, AT(text), sizeof text));
    CHECK_EQUAL(-ENOENT, px_openat(room, AT("plain"), O_RDONLY, 0));
    CHECK_EQUAL(-ENOENT, px_open(AT("missing"), O_RDONLY, 0));
    CHECK_EQUAL(-ENOTDIR, px_open(AT("plain/x"), O_RDONLY, 0));
    CHECK_EQUAL(-EISDIR, px_open(AT("room"), O_WRONLY, 0));
    CHECK_EQUAL(-EEXIST, px_open(AT("plain"), O_WRONLY | O_CREAT | O_EXCL, 0600));
    NEED(px_close(inner));
    NEED(px_close(room));
    NEED(px_close(fd));
}

static void a_fifo_does_not_hold_up_whoever_says_nonblock(void) {
    NEED(mkfifo("fifo", 0600));
    int fd = (int)NEED(px_open(AT("fifo"), O_RDONLY | O_NONBLOCK, 0));
    CHECK_EQUAL(-ENXIO, (px_close(fd), px_open(AT("fifo"), O_WRONLY | O_NONBLOCK, 0)));
}

static void links_are_followed_or_refused_as_asked(void) {
    int64_t stat[PX_STAT_SLOTS];
    NEED(symlink("plain", "link"));
    NEED(symlink("loop", "loop"));
    CHECK_EQUAL(-ELOOP, px_open(AT("link"), O_RDONLY | O_NOFOLLOW, 0));
    CHECK_EQUAL(-ELOOP, px_open(AT("loop"), O_RDONLY, 0));
    CHECK_EQUAL(0, px_fstatat(AT_FDCWD, AT("link"), AT(stat), 0));
    CHECK_EQUAL(S_IFREG, stat[3] & S_IFMT);
    CHECK_EQUAL(0, px_fstatat(AT_FDCWD, AT("link"), AT(stat), AT_SYMLINK_NOFOLLOW));
    CHECK_EQUAL(S_IFLNK, stat[3] & S_IFMT);
    CHECK_EQUAL(-ENOENT, px_fstatat(AT_FDCWD, AT("missing"), AT(stat), 0));
}

static void the_nine_slots_are_filled(void) {
    int64_t slots[PX_STAT_SLOTS];
    struct stat expected;
    struct timespec times[2] = {{.tv_sec = 1000000007, .tv_nsec = 0}, {.tv_sec = 1000000009, .tv_nsec = 123456789}};
    write_file("stated", "12345");
    NEED(link("stated", "stated-too"));
    int fd = (int)NEED(px_open(AT("stated"), O_RDONLY, 0));
    NEED(fchmod(fd, 0640));
    NEED(futimens(fd, times));
    NEED(fstat(fd, &expected));
    CHECK_EQUAL(0, px_fstat(fd, AT(slots)));
    CHECK_EQUAL(5, slots[0]);
    CHECK_EQUAL(1000000009, slots[1]);
    CHECK_EQUAL(123456789, slots[2]);
    CHECK_EQUAL(S_IFREG | 0640, slots[3]);
    CHECK_EQUAL(expected.st_dev, slots[4]);
    CHECK_EQUAL(expected.st_ino, slots[5]);
    CHECK_EQUAL(expected.st_uid, slots[6]);
    CHECK_EQUAL(expected.st_gid, slots[7]);
    CHECK_EQUAL(2, slots[8]);
    NEED(px_close(fd));
    CHECK_EQUAL(-EBADF, px_fstat(fd, AT(slots)));
}

static void rename_replaces_and_rename_new_does_not(void) {
    write_file("from", "new");
    write_file("to", "old");
    CHECK_EQUAL(-EEXIST, px_renameat_new(AT_FDCWD, AT("from"), AT_FDCWD, AT("to")));
    CHECK_FILE("to", "old");
    CHECK_FILE("from", "new");
    CHECK_EQUAL(0, px_rename(AT("from"), AT("to")));
    CHECK_FILE("to", "new");
    CHECK_EQUAL(-ENOENT, px_access(AT("from"), F_OK));
    CHECK_EQUAL(0, px_renameat_new(AT_FDCWD, AT("to"), AT_FDCWD, AT("elsewhere")));
    CHECK_FILE("elsewhere", "new");
    CHECK_EQUAL(-ENOENT, px_access(AT("to"), F_OK));
    CHECK_EQUAL(-ENOENT, px_renameat_new(AT_FDCWD, AT("to"), AT_FDCWD, AT("elsewhere")));
    CHECK_EQUAL(-ENOENT, px_rename(AT("to"), AT("elsewhere")));
    CHECK_EQUAL(0, px_mkdir(AT("taken"), 0700));
    CHECK_EQUAL(-EEXIST, px_renameat_new(AT_FDCWD, AT("elsewhere"), AT_FDCWD, AT("taken")));
}

static void room_is_reserved_without_growing(void) {
    int64_t stat[PX_STAT_SLOTS];
    int fd = (int)NEED(px_open(AT("reserved"), O_RDWR | O_CREAT, 0600));
    CHECK_EQUAL(0, px_reserve(fd, 0, 1 << 20));
    CHECK_EQUAL(0, px_reserve(fd, 0, 0));
    NEED(px_fstat(fd, AT(stat)));
    CHECK_EQUAL(0, stat[0]);
    CHECK_EQUAL(-EINVAL, px_reserve(fd, -1, 10));
    CHECK_EQUAL(-EINVAL, px_reserve(fd, 0, -1));
    CHECK_EQUAL(-EFBIG, px_reserve(fd, 1, INT64_MAX));
    CHECK(px_room(fd) > 0);
    NEED(px_close(fd));
    CHECK(px_reserve(fd, 0, 10) < 0);
    CHECK_EQUAL(-EBADF, px_room(fd));
}

static void a_file_that_grows_too_large_is_refused(void) {
    struct rlimit before;
    NEED(getrlimit(RLIMIT_FSIZE, &before));
    struct rlimit tiny = {.rlim_cur = 1000, .rlim_max = before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    int fd = (int)NEED(px_open(AT("tiny"), O_RDWR | O_CREAT, 0600));
    char kilobyte[1024] = "";
    NEED(setrlimit(RLIMIT_FSIZE, &tiny));
    CHECK_EQUAL(1000, px_write(fd, AT(kilobyte), sizeof kilobyte));
    CHECK_EQUAL(-1, px_write(fd, AT(kilobyte), sizeof kilobyte));
    CHECK_EQUAL(-EFBIG, px_ftruncate(fd, 1001));
    NEED(setrlimit(RLIMIT_FSIZE, &before));
    CHECK_EQUAL(0, px_ftruncate(fd, 10));
    CHECK_EQUAL(-EINVAL, px_ftruncate(fd, -1));
    CHECK_EQUAL(0, px_fsync(fd));
    int64_t stat[PX_STAT_SLOTS];
    NEED(px_fstat(fd, AT(stat)));
    CHECK_EQUAL(10, stat[0]);
    NEED(px_close(fd));
    CHECK_EQUAL(-EBADF, px_fsync(fd));
}

static void paths_are_made_and_removed(void) {
    char text[512];
    CHECK_EQUAL(0, px_mkdir(AT("deep"), 0755));
    CHECK_EQUAL(-EEXIST, px_mkdir(AT("deep"), 0755));
    write_file("deep/file", "");
    CHECK_EQUAL(-ENOTEMPTY, px_rmdir(AT("deep")));
    CHECK_EQUAL(-ENOTDIR, px_rmdir(AT("deep/file")));
    CHECK_EQUAL(0, px_access(AT("deep/file"), R_OK | W_OK));
    CHECK_EQUAL(-EACCES, px_access(AT("deep/file"), X_OK));
    CHECK_EQUAL(0, px_chmod(AT("deep/file"), 0755));
    CHECK_EQUAL(0, px_access(AT("deep/file"), X_OK));
    CHECK_EQUAL(0, symlink("deep/../deep/file", "crooked"));
    int length = px_realpath(AT("./crooked"), AT(text), sizeof text);
    CHECK(length > 10 && memcmp(text + length - 10, "/deep/file", 10) == 0 && text[0] == '/');
    CHECK_EQUAL(length, px_realpath(AT("crooked"), AT(text), length));
    CHECK_EQUAL(-ENAMETOOLONG, px_realpath(AT("crooked"), AT(text), length - 1));
    CHECK_EQUAL(-ENOENT, px_realpath(AT("missing"), AT(text), sizeof text));
    CHECK_EQUAL(0, px_unlink(AT("deep/file")));
    CHECK_EQUAL(-ENOENT, px_unlink(AT("deep/file")));
    CHECK_EQUAL(0, px_rmdir(AT("deep")));
}

static void directories_tell_their_names(void) {
    static const char *const names[] = {"a", ".hidden", "caf\xc3\xa9", "with space"};
    char path[64];
    char name[256];
    int seen[4] = {0};
    NEED(px_mkdir(AT("list"), 0755));
    int64_t empty = NEED(px_opendir(AT("list")));
    CHECK_EQUAL(0, px_readdir(empty, AT(name), sizeof name));
    CHECK_EQUAL(0, px_closedir(empty));
    for (int i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "list/%s", names[i]);
        write_file(path, "");
    }
    int64_t list = NEED(px_opendir(AT("list")));
    int length;
    while ((length = px_readdir(list, AT(name), sizeof name)) > 0) {
        for (int i = 0; i < 4; i++) {
            seen[i] += length == (int)strlen(names[i]) && memcmp(name, names[i], (size_t)length) == 0;
        }
        CHECK(length != 2 && length < 11);
    }
    CHECK_EQUAL(0, length);
    for (int i = 0; i < 4; i++) {
        CHECK_EQUAL(1, seen[i]);
    }
    CHECK_EQUAL(0, px_closedir(list));
    list = NEED(px_opendir(AT("list")));
    for (int i = 0; i < 4; i++) {
        CHECK_EQUAL(-ENAMETOOLONG, px_readdir(list, AT(name), 0));
    }
    CHECK_EQUAL(0, px_readdir(list, AT(name), sizeof name));
    CHECK_EQUAL(0, px_closedir(list));
    CHECK_EQUAL(-ENOENT, px_opendir(AT("missing")));
    CHECK_EQUAL(-ENOTDIR, px_opendir(AT("list/a")));
}

static void the_mask_and_copies_of_descriptors(void) {
    int before = px_umask(027);
    CHECK_EQUAL(027, px_umask(before));
    int fd = (int)NEED(px_open(AT("plain"), O_RDONLY, 0));
    CHECK_EQUAL(200, px_dup2(fd, 200));
    CHECK_EQUAL(FD_CLOEXEC, fcntl(200, F_GETFD));
    CHECK_EQUAL(0, px_dup2(fd, 0)); /* the next program must find its descriptors 0 to 2 */
    CHECK_EQUAL(0, fcntl(0, F_GETFD));
    CHECK_EQUAL(-EBADF, px_dup2(201, 202));
    int copy = (int)NEED(px_dup(fd));
    CHECK_EQUAL(FD_CLOEXEC, fcntl(copy, F_GETFD));
    CHECK_EQUAL(-EBADF, px_dup(201));
    CHECK_EQUAL(0, px_close(copy));
    CHECK_EQUAL(0, px_close(200));
    CHECK_EQUAL(0, px_close(fd));
}

int main(void) {
    scratch_enter();
    what_is_opened_is_close_on_exec();
    a_fifo_does_not_hold_up_whoever_says_nonblock();
    links_are_followed_or_refused_as_asked();
    the_nine_slots_are_filled();
    rename_replaces_and_rename_new_does_not();
    room_is_reserved_without_growing();
    a_file_that_grows_too_large_is_refused();
    paths_are_made_and_removed();
    directories_tell_their_names();
    the_mask_and_copies_of_descriptors();
    return check_result();
}
