/* A spawned program gets what it was promised and nothing else; whatever fails is told; ends are decoded. */
#include <signal.h>
#include <sys/resource.h>

#include "spawn.h"

static void the_program_finds_a_clean_world(int how) {
    struct sigaction before;
    sigset_t blocked;
    sigset_t after;
    int stray = open("in", O_RDONLY); /* inheritable: only the child itself can close it */
    NEED(dup2(stray, 300));
    NEED(px_signal_ignore(SIGPIPE));
    NEED(px_signal_catch(SIGUSR1));
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_SETMASK, &blocked, NULL);

    int exit;
    CHECK_EQUAL(EXECUTED, run(SPAWNED, "room", how, &exit));
    CHECK_EQUAL(7, exit);
    char expected[256];
    snprintf(expected, sizeof expected,
             "descriptors 0 1 2\nsignals\nsession %s\ngroup own\ndirectory room\nargument (path)\nargument one\n"
             "argument two words\nenvironment NAME=value\ninput hello\n",
             how == SESSION ? "own" : "foreign");
    CHECK_FILE("out", expected);
    CHECK_FILE("err", "error line\n");

    /* And the parent is as it was. */
    sigprocmask(SIG_SETMASK, NULL, &after);
    CHECK_EQUAL(1, sigismember(&after, SIGTERM));
    CHECK_EQUAL(0, sigismember(&after, SIGUSR1));
    sigaction(SIGPIPE, NULL, &before);
    CHECK(before.sa_handler == SIG_IGN);
    sigaction(SIGUSR1, NULL, &before);
    CHECK(before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN);
    CHECK_EQUAL(0, fcntl(300, F_GETFD));
    sigemptyset(&blocked);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
    CHECK_EQUAL(0, px_close(stray) | px_close(300));
}

static void a_signal_changed_later_is_reset_too(void) {
    int exit;
    CHECK_EQUAL(EXECUTED, run(SPAWNED, NULL, VFORK, &exit));
    NEED(px_signal_ignore(SIGUSR2));
    CHECK_EQUAL(EXECUTED, run(SPAWNED, NULL, VFORK, &exit));
    char text[32] = "";
    int out = (int)NEED(px_open(AT("out"), O_RDONLY, 0));
    CHECK_BYTES("descriptors 0 1 2\nsignals\n", text, px_read(out, AT(text), 26));
    CHECK_EQUAL(0, px_close(out));
    NEED(px_signal_default(SIGUSR2));
}

static void failures_are_told_through_status(int how) {
    static const struct {
        const char *path, *cwd;
        int error;
    } rows[] = {
        {"no-such-program", NULL, ENOENT}, {"./text", NULL, EACCES},       {"./empty-script", NULL, ENOEXEC},
        {"./lost-script", NULL, ENOENT},   {"/bin/sh", "nowhere", ENOENT}, {"/bin/sh", "text", ENOTDIR},
        {"./room", NULL, EACCES},          {"text/sh", NULL, ENOTDIR},     {"/bin/sh", "", ENOENT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int exit;
        check_equal(__FILE__, __LINE__, rows[i].path, rows[i].error, run(rows[i].path, rows[i].cwd, how, &exit));
        CHECK_EQUAL(127, exit);
    }
}

static void a_path_starts_at_the_working_directory(int how) {
    int exit;
    CHECK_EQUAL(EXECUTED, run("./inner", "room", how, &exit));
    CHECK_EQUAL(23, exit);
}

/*
 * Descriptors 0 to 2 themselves, in any order, as in, out, err and status. The files "in", "out" and "err" are put on
 * the numbers of the row; numbers that the row does not use keep what the test runner gave them.
 */
static void overlap(const int row[4], const char *path, int how) {
    int saved[3];
    int status[2];
    for (int i = 0; i < 3; i++) {
        saved[i] = (int)NEED(fcntl(i, F_DUPFD_CLOEXEC, 400));
    }
    NEED(px_pipe(AT(status)));
    int result = (int)NEED(fcntl(status[0], F_DUPFD_CLOEXEC, 420));
    NEED(px_close(status[0]));
    int files[] = {open_flags("in", O_RDONLY), open_flags("out", O_WRONLY | O_CREAT | O_TRUNC),
                   open_flags("err", O_WRONLY | O_CREAT | O_TRUNC), status[1]};
    for (int i = 0; i < 4; i++) {
        int high = (int)NEED(fcntl(files[i], F_DUPFD_CLOEXEC, 410));
        NEED(px_close(files[i]));
        files[i] = high;
    }
    for (int i = 0; i < 4; i++) {
        NEED(dup2(files[i], row[i]));
        NEED(fcntl(row[i], F_SETFD, FD_CLOEXEC)); /* as from px_open: the child must lift it */
        NEED(px_close(files[i]));
    }

    const char *script = "cat; echo error >&2; exit 5";
    const char *argv[] = {"sh", "-c", script, NULL};
    const char *envp[] = {"PATH=/usr/bin:/bin", NULL};
    int pid = px_spawn(AT(path), AT(argv), AT(envp), 0, 0, row[0], row[1], row[2], row[3], how);
    for (int i = 0; i < 4; i++) {
        px_close(row[i]);
    }
    for (int i = 0; i < 3; i++) {
        NEED(dup2(saved[i], i));
        NEED(px_close(saved[i]));
    }
    CHECK(pid > 0);
    int runs = strcmp(path, "/bin/sh") == 0;
    CHECK_EQUAL(runs ? EXECUTED : ENOENT, read_status(result));
    CHECK_EQUAL(runs ? 5 : 127, wait_for(pid));
    CHECK_EQUAL(0, px_close(result));
    CHECK_FILE("out", runs ? "hello" : "");
    CHECK_FILE("err", runs ? "error\n" : "");
}

static void any_numbers_do_for_the_three(int how) {
    static const int rows[][4] = {
        {0, 1, 2, 60}, {1, 0, 2, 60}, {2, 1, 0, 60}, {0, 2, 1, 60}, {1, 2, 0, 60}, {2, 0, 1, 60}, {60, 0, 1, 61},
        {1, 60, 0, 2}, {2, 0, 60, 1}, {60, 61, 62, 0}, {60, 61, 62, 1}, {60, 61, 62, 2}, {1, 2, 60, 0}, {3, 4, 5, 6},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        overlap(rows[i], "/bin/sh", how);
        overlap(rows[i], "/no/such/sh", how);
    }
}

static void one_file_may_serve_twice(int how) {
    const char *argv[] = {"sh", "-c", "echo out; echo err >&2", NULL};
    const char *envp[] = {NULL};
    int status[2];
    NEED(px_pipe(AT(status)));
    int both = open_flags("both", O_RDWR | O_CREAT | O_TRUNC);
    int pid = (int)NEED(px_spawn(AT("/bin/sh"), AT(argv), AT(envp), 0, 0, both, both, both, status[1], how));
    CHECK_EQUAL(0, wait_for(pid));
    CHECK_FILE("both", "out\nerr\n");
    CHECK_EQUAL(0, px_close(both) | px_close(status[0]) | px_close(status[1]));
}

/* The program that takes over has the descriptors that it was promised, open and under their numbers, and no other. */
static void an_heir_keeps_what_it_is_left(void) {
    const char *argv[] = {"sh", "-c", "echo kept >&8; (echo lost >&9) 2>/dev/null || echo closed", NULL};
    const char *envp[] = {"PATH=/usr/bin:/bin", NULL};
    int status[2];
    NEED(px_pipe(AT(status)));
    int in = open_flags("in", O_RDONLY);
    int out = open_flags("out", O_WRONLY | O_CREAT | O_TRUNC);
    int kept = open_flags("kept", O_WRONLY | O_CREAT | O_TRUNC);
    NEED(px_dup2(kept, 8));
    NEED(px_dup2(kept, 9));
    int32_t keep[] = {8, -1};
    int pid = (int)NEED(px_spawn_heir(AT("/bin/sh"), AT(argv), AT(envp), AT(keep), in, out, out, status[1]));
    CHECK_EQUAL(0, wait_for(pid));
    CHECK_FILE("kept", "kept\n");
    CHECK_FILE("out", "closed\n");
    CHECK_EQUAL(FD_CLOEXEC, fcntl(8, F_GETFD));
    CHECK_EQUAL(0, px_close(8) | px_close(9) | px_close(kept));
    int32_t gone[] = {8, -1};
    NEED(px_close(status[1]));
    CHECK_EQUAL(EXECUTED, read_status(status[0]));
    NEED(px_close(status[0]));
    NEED(px_pipe(AT(status)));
    pid = (int)NEED(px_spawn_heir(AT("/bin/sh"), AT(argv), AT(envp), AT(gone), in, out, out, status[1]));
    CHECK_EQUAL(127, wait_for(pid));
    NEED(px_close(status[1]));
    CHECK_EQUAL(EBADF, read_status(status[0]));
    CHECK_EQUAL(-EBADF, px_spawn_heir(AT("/bin/sh"), AT(argv), AT(envp), AT(gone), in, out, out, -1));
    CHECK_EQUAL(0, px_close(status[0]) | px_close(in) | px_close(out));
}

static int start(const char *script, int how) {
    const char *argv[] = {"sh", "-c", script, NULL};
    const char *envp[] = {"PATH=/usr/bin:/bin", NULL};
    int status[2];
    NEED(px_pipe(AT(status)));
    int pid = (int)NEED(px_spawn(AT("/bin/sh"), AT(argv), AT(envp), 0, 0, 0, 1, 2, status[1], how));
    CHECK_EQUAL(0, px_close(status[0]) | px_close(status[1]));
    return pid;
}

static void ends_are_decoded(int how) {
    static const struct {
        const char *script;
        int status;
    } rows[] = {
        {"exit 0", 0}, {"exit 200", 200}, {"exit 255", 255}, {"kill -9 $$", 256 + 9}, {"kill -15 $$", 256 + 15},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        check_equal(__FILE__, __LINE__, rows[i].script, rows[i].status, wait_for(start(rows[i].script, how)));
    }
}

/*
 * The shell waits for cat, cat for input that never comes; both hold the pipe `life`. It ends when the last of them has:
 * at the kill, or, should this test fail, when the test does.
 */
static void a_group_ends_whole(int how) {
    const char *argv[] = {"sh", "-c", "exec 5<&0; cat <&5 & wait", NULL};
    const char *envp[] = {"PATH=/usr/bin:/bin", NULL};
    int status[2];
    int input[2];
    int life[2];
    char byte;
    NEED(px_pipe(AT(status)));
    NEED(px_pipe(AT(input)));
    NEED(px_pipe(AT(life)));
    int pid = (int)NEED(px_spawn(AT("/bin/sh"), AT(argv), AT(envp), 0, 0, input[0], 1, life[1], status[1], how));
    CHECK_EQUAL(pid, getpgid(pid));
    CHECK_EQUAL(0, px_waitpid(pid, WNOHANG, 0));
    NEED(px_kill(-pid, SIGKILL));
    CHECK_EQUAL(256 + SIGKILL, wait_for(pid));
    CHECK_EQUAL(0, px_close(life[1]));
    NEED(fcntl(life[0], F_SETFL, 0));
    CHECK_EQUAL(0, px_read(life[0], AT(&byte), 1));
    CHECK_EQUAL(0, px_close(life[0]) | px_close(input[0]) | px_close(input[1]));
    CHECK_EQUAL(0, px_close(status[0]) | px_close(status[1]));
    CHECK_EQUAL(-ECHILD, px_waitpid(pid, 0, 0));
    CHECK_EQUAL(-ESRCH, px_kill(pid, 0));
}

static void run_bounded(const int64_t *limits, const char *script, int how) {
    const char *argv[] = {"sh", "-c", script, NULL};
    const char *envp[] = {"PATH=/usr/bin:/bin", NULL};
    int status[2];
    NEED(px_pipe(AT(status)));
    int out = open_flags("out", O_WRONLY | O_CREAT | O_TRUNC);
    int pid = (int)NEED(px_spawn(AT("/bin/sh"), AT(argv), AT(envp), 0, AT(limits), 0, out, 2, status[1], how));
    CHECK_EQUAL(0, px_close(status[1]) | px_close(out));
    CHECK_EQUAL(EXECUTED, read_status(status[0]));
    CHECK_EQUAL(0, wait_for(pid));
    CHECK_EQUAL(0, px_close(status[0]));
}

/* Blocks of -f are of 512 bytes, those of -v of 1024. The caller's own hard limit of 4096 blocks is never exceeded. */
static void a_program_is_bounded(int how) {
    static const struct {
        int64_t limits[PX_LIMITS];
        const char *script, *output;
    } rows[] = {
        {{7, 1 << 30, 20, -1, 1 << 20},
         "ulimit -St; ulimit -Ht; ulimit -Sv; ulimit -Hv; ulimit -Sn; ulimit -Hn; ulimit -Sf; ulimit -Hf",
         "7\n8\n1048576\n1048576\n20\n20\n2048\n2048\n"},
        {{-1, -1, -1, -1, 512}, "ulimit -Hf; ulimit -Sc", "1\n0\n"},
        {{-1, -1, -1, -1, INT64_MAX}, "ulimit -Sf; ulimit -Hf", "4096\n4096\n"},
        {{-1, -1, -1, -1, -1}, "ulimit -Hf; ulimit -Sc", "4096\n0\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        run_bounded(rows[i].limits, rows[i].script, how);
        CHECK_FILE("out", rows[i].output);
    }
}

/* The superuser's alone to try: nobody else can have precedence to lose. */
static void precedence_is_not_inherited(void) {
    static const int64_t none[PX_LIMITS] = {-1, -1, -1, -1, -1};
    if (setpriority(PRIO_PROCESS, 0, -3) == 0) {
        run_bounded(none, "nice", VFORK);
        NEED(setpriority(PRIO_PROCESS, 0, 0));
        CHECK_FILE("out", "0\n");
    }
}

static void wrong_numbers_are_refused(void) {
    const char *none[] = {NULL};
    CHECK_EQUAL(-EINVAL, px_waitpid(-1, WNOHANG, 0));
    CHECK_EQUAL(-EINVAL, px_waitpid(0, WNOHANG, 0));
    CHECK_EQUAL(-EINVAL, px_kill(-1, 0));
    CHECK_EQUAL(-EINVAL, px_kill(getpid(), 1000));
    CHECK_EQUAL(0, px_kill(getpid(), 0));
    CHECK_EQUAL(-EBADF, px_spawn(AT("/bin/sh"), AT(none), AT(none), 0, 0, -1, 1, 2, 3, VFORK));
    CHECK_EQUAL(-EBADF, px_spawn(AT("/bin/sh"), AT(none), AT(none), 0, 0, 0, 1, 2, -1, VFORK));
}

int main(void) {
    struct rlimit blocks;
    scratch_enter();
    NEED(getrlimit(RLIMIT_FSIZE, &blocks));
    blocks.rlim_cur = blocks.rlim_max = 4096 * 512;
    NEED(setrlimit(RLIMIT_FSIZE, &blocks));
    NEED(mkdir("room", 0755));
    write_file("in", "hello");
    write_file("text", "not a program");
    write_file("empty-script", "exit 0\n");
    write_file("lost-script", "#!/no/such/interpreter\n");
    write_file("room/inner", "#!/bin/sh\nexit 23\n");
    NEED(px_chmod(AT("empty-script"), 0755));
    NEED(px_chmod(AT("lost-script"), 0755));
    NEED(px_chmod(AT("room/inner"), 0755));
    a_signal_changed_later_is_reset_too();
    for (int how = VFORK; how <= SESSION; how++) {
        the_program_finds_a_clean_world(how);
        failures_are_told_through_status(how);
        a_path_starts_at_the_working_directory(how);
        any_numbers_do_for_the_three(how);
        one_file_may_serve_twice(how);
        ends_are_decoded(how);
        a_group_ends_whole(how);
        a_program_is_bounded(how);
    }
    precedence_is_not_inherited();
    an_heir_keeps_what_it_is_left();
    wrong_numbers_are_refused();
    return check_result();
}
