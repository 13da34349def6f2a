/* The faults themselves: each kind comes when the plan says so, at no other time, and is counted. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "faults.h"

static struct faults_plan *plan;

/* The library maps the file when it is loaded, so the file is made first, and this program runs again. */
static void with_plan(char **argv) {
    const char *path = getenv(FAULTS_VARIABLE);
    NEED(path == NULL ? -ENOENT : 0);
    int again = getenv("AGAIN") != NULL;
    int fd = open(path, again ? O_RDWR : O_RDWR | O_CREAT | O_TRUNC, 0600);
    NEED(fd);
    if (!again) {
        NEED(ftruncate(fd, sizeof *plan));
        setenv("AGAIN", "1", 1);
        execv("/proc/self/exe", argv);
        exit(1);
    }
    plan = mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    NEED(plan == MAP_FAILED ? -ENOMEM : 0);
    close(fd);
}

static struct faults_call *call(const char *name) {
    for (int i = 0; i < plan->count; i++) {
        if (strcmp(plan->calls[i].name, name) == 0) {
            return &plan->calls[i];
        }
    }
    fprintf(stderr, "no call is named %s\n", name);
    exit(1);
}

static void test_names(void) {
    CHECK_EQUAL(FAULTS_MAGIC, plan->magic);
    CHECK(plan->count > 60);
    CHECK_BYTES("recv", plan->calls[0].name, strlen(plan->calls[0].name));
}

static void test_the_named_place_alone_is_hit(void) {
    struct faults_call *access = call("access");
    int64_t made = access->made;
    access->fate = EIO;
    access->place = 2;
    CHECK_EQUAL(0, px_access(AT("/"), F_OK));
    CHECK_EQUAL(-EIO, px_access(AT("/"), F_OK));
    CHECK_EQUAL(0, px_access(AT("/"), F_OK));
    CHECK_EQUAL(0, access->place);
    CHECK_EQUAL(made + 3, access->made);
    CHECK_EQUAL(1, access->failed);
    CHECK_EQUAL(0, access->interrupted);
}

static void test_interrupted_is_counted_apart(void) {
    struct faults_call *poll = call("poll");
    poll->fate = EINTR;
    poll->place = 1;
    CHECK_EQUAL(-EINTR, px_poll(0, 0, 0));
    CHECK_EQUAL(0, px_poll(0, 0, 0));
    CHECK_EQUAL(1, poll->interrupted);
    CHECK_EQUAL(0, poll->failed);
}

static void test_one_byte(void) {
    int ends[2];
    char bytes[3] = "";
    struct faults_call *read = call("read");
    struct faults_call *write = call("write");
    NEED(px_pipe(AT(ends)));
    write->lasting = FAULTS_ONE_BYTE;
    write->every = 1;
    CHECK_EQUAL(1, px_write(ends[1], AT("abc"), 3));
    CHECK_EQUAL(1, px_write(ends[1], AT("bc"), 2));
    write->every = 0;
    CHECK_EQUAL(1, px_write(ends[1], AT("c"), 1));
    CHECK_EQUAL(2, write->shortened);
    read->fate = FAULTS_ONE_BYTE;
    read->place = 1;
    CHECK_EQUAL(1, px_read(ends[0], AT(bytes), 3));
    CHECK_EQUAL(2, px_read(ends[0], AT(bytes + 1), 2));
    CHECK_BYTES("abc", bytes, 3);
    px_close(ends[0]);
    px_close(ends[1]);
}

/* As the kernel has it: the descriptor is gone whatever close answers. */
static void test_close_closes_and_fails(void) {
    struct faults_call *close = call("close");
    int fd = NEED(px_open(AT("/"), O_RDONLY, 0));
    close->fate = EIO;
    close->place = 1;
    CHECK_EQUAL(-EIO, px_close(fd));
    CHECK_EQUAL(-EBADF, px_close(fd));
}

static void test_calls_by_number(void) {
    struct faults_call *rename = call("renameat2");
    rename->fate = ENOSPC;
    rename->place = 1;
    CHECK_EQUAL(-ENOSPC, px_renameat_new(AT_FDCWD, AT("/none"), AT_FDCWD, AT("/none-either")));
    CHECK_EQUAL(-ENOENT, px_renameat_new(AT_FDCWD, AT("/none"), AT_FDCWD, AT("/none-either")));
}

static void test_memory(void) {
    struct faults_call *malloc = call("malloc");
    struct faults_call *free = call("free");
    int64_t made = malloc->made;
    int64_t freed = free->made;
    malloc->fate = ENOMEM;
    malloc->place = 2;
    int64_t address = px_malloc(10);
    CHECK(address > 0);
    CHECK_EQUAL(-ENOMEM, px_malloc(10));
    CHECK_EQUAL(made + 2, malloc->made);
    CHECK_EQUAL(1, malloc->failed);
    px_free(address);
    CHECK_EQUAL(freed + 1, free->made);
}

static void test_another_process_is_left_alone(void) {
    struct faults_call *access = call("access");
    int64_t made = access->made;
    CHECK_EQUAL(1, plan->loaded);
    access->fate = EIO;
    access->place = 1;
    plan->only = 2;
    CHECK_EQUAL(0, px_access(AT("/"), F_OK));
    CHECK_EQUAL(made, access->made);
    plan->only = 1;
    CHECK_EQUAL(-EIO, px_access(AT("/"), F_OK));
    plan->only = 0;
}

static int spawn_true(int how) {
    char *argv[] = {"true", NULL};
    char *envp[] = {NULL};
    int ends[2];
    int32_t status = -1;
    NEED(px_pipe(AT(ends)));
    int pid = px_spawn(AT("/bin/true"), AT(argv), AT(envp), 0, 0, ends[0], ends[1], ends[1], ends[1], how);
    if (pid > 0) {
        CHECK_EQUAL(pid, px_waitpid(pid, 0, AT(&status)));
    }
    px_close(ends[0]);
    px_close(ends[1]);
    return pid > 0 ? status : pid;
}

static void test_children(void) {
    call("vfork")->fate = EAGAIN;
    call("vfork")->place = 1;
    CHECK_EQUAL(-EAGAIN, spawn_true(0));
    CHECK_EQUAL(0, spawn_true(0));
    call("fork")->fate = ENOMEM;
    call("fork")->place = 1;
    CHECK_EQUAL(-ENOMEM, spawn_true(1));
    CHECK_EQUAL(0, spawn_true(1));
    for (int how = 0; how < 2; how++) {
        /* On the child's side, between fork and execve. */
        int64_t failed = call("execve")->failed;
        call("execve")->fate = ENOMEM;
        call("execve")->place = 1;
        CHECK_EQUAL(127, spawn_true(how));
        CHECK_EQUAL(failed + 1, call("execve")->failed);
    }
}

static void test_some_by_seed(void) {
    struct faults_call *access = call("access");
    int64_t before = access->failed;
    plan->seed = 7;
    access->lasting = EACCES;
    access->every = 4;
    int failures = 0;
    for (int i = 0; i < 400; i++) {
        failures += px_access(AT("/"), F_OK) == -EACCES;
    }
    access->every = 0;
    CHECK(failures > 50 && failures < 150);
    CHECK_EQUAL(before + failures, access->failed);
}

int main(int argc, char **argv) {
    (void)argc;
    with_plan(argv);
    test_names();
    test_the_named_place_alone_is_hit();
    test_interrupted_is_counted_apart();
    test_one_byte();
    test_close_closes_and_fails();
    test_calls_by_number();
    test_memory();
    test_another_process_is_left_alone();
    test_children();
    test_some_by_seed();
    return check_result();
}
