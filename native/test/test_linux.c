/*
 * What an older kernel lacks is made up for: a seccomp filter makes this one answer ENOSYS, as that one would.
 * And a full tmpfs is told before a byte is written.
 */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>

#include "spawn.h"

#define ANSWER_ENOSYS(number) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS)

static void become_an_old_kernel(void) {
    struct sock_filter lines[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0), /* the number of the system call */
        ANSWER_ENOSYS(436),                    /* close_range */
        ANSWER_ENOSYS(SYS_renameat2),
        ANSWER_ENOSYS(SYS_fallocate),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = {.len = sizeof lines / sizeof lines[0], .filter = lines};
    NEED(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    NEED(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter));
    CHECK_EQUAL(-1, syscall(436, 1000, 1000, 0));
    CHECK_EQUAL(ENOSYS, errno);
}

static void strays_are_closed_one_by_one(int how) {
    int exit;
    for (int fd = 100; fd < 400; fd++) { /* more than one buffer of directory entries */
        NEED(dup2(STDERR_FILENO, fd));
    }
    CHECK_EQUAL(EXECUTED, run(SPAWNED, NULL, how, &exit));
    char text[32] = "";
    int out = (int)NEED(px_open(AT("out"), O_RDONLY, 0));
    CHECK_BYTES("descriptors 0 1 2\nsignals\n", text, px_read(out, AT(text), 26));
    CHECK_EQUAL(0, px_close(out));
}

static void rename_new_works_by_link(void) {
    write_file("from", "new");
    write_file("to", "old");
    CHECK_EQUAL(-EEXIST, px_renameat_new(AT_FDCWD, AT("from"), AT_FDCWD, AT("to")));
    CHECK_FILE("to", "old");
    CHECK_EQUAL(0, px_renameat_new(AT_FDCWD, AT("from"), AT_FDCWD, AT("elsewhere")));
    CHECK_FILE("elsewhere", "new");
    CHECK_EQUAL(-ENOENT, px_access(AT("from"), F_OK));
    CHECK_EQUAL(-ENOENT, px_renameat_new(AT_FDCWD, AT("from"), AT_FDCWD, AT("elsewhere")));
}

static void a_descriptor_tells_of_the_end(void) {
    int life[2];
    NEED(px_pipe(AT(life)));
    int child = (int)NEED(fork());
    if (child == 0) {
        char byte;
        px_close(life[1]);
        fcntl(life[0], F_SETFL, 0);
        _exit(read(life[0], &byte, 1) == 0 ? 5 : 6);
    }
    int fd = (int)NEED(px_pidfd(child));
    CHECK_EQUAL(FD_CLOEXEC, fcntl(fd, F_GETFD));
    struct pollfd end = {.fd = fd, .events = POLLIN};
    CHECK_EQUAL(0, poll(&end, 1, 0));
    CHECK_EQUAL(0, px_close(life[0]) | px_close(life[1]));
    CHECK_EQUAL(1, poll(&end, 1, -1));
    CHECK_EQUAL(5, wait_for(child));
    CHECK_EQUAL(0, px_close(fd));
    CHECK_EQUAL(-ESRCH, px_pidfd(child));
}

static void reserving_is_not_missed(void) {
    int fd = (int)NEED(px_open(AT("reserved"), O_RDWR | O_CREAT, 0600));
    CHECK_EQUAL(0, px_reserve(fd, 0, 4096));
    CHECK_EQUAL(0, px_close(fd));
}

static void a_full_disk_is_told_in_advance(void) {
    struct statvfs shm;
    char path[] = "/dev/shm/pollux-test-XXXXXX";
    int fd = (int)NEED(mkstemp(path));
    NEED(unlink(path));
    NEED(statvfs("/dev/shm", &shm));
    CHECK_EQUAL(-ENOSPC, px_reserve(fd, 0, 2 * (int64_t)shm.f_blocks * (int64_t)shm.f_frsize));
    CHECK_EQUAL(0, px_reserve(fd, 0, 4096));
    CHECK(px_room(fd) <= (int64_t)shm.f_blocks * (int64_t)shm.f_frsize);
    CHECK_EQUAL(0, px_close(fd));
}

int main(void) {
    scratch_enter();
    write_file("in", "");
    a_full_disk_is_told_in_advance();
    a_descriptor_tells_of_the_end();
    become_an_old_kernel();
    strays_are_closed_one_by_one(VFORK);
    strays_are_closed_one_by_one(FORK);
    rename_new_works_by_link();
    reserving_is_not_missed();
    return check_result();
}
