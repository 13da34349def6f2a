/* Names have their numbers, and a process that has become somebody else is that in every thread. */
#include <errno.h>
#include <pthread.h>
#include <pwd.h>
#include <sys/wait.h>

#include "scratch.h"

static pthread_barrier_t barrier;

static void *tell(void *result) {
    pthread_barrier_wait(&barrier);
    pthread_barrier_wait(&barrier);
    *(uid_t *)result = geteuid();
    return NULL;
}

static void names_have_numbers(void) {
    int32_t ids[2] = {-1, -1};
    CHECK_EQUAL(0, px_user_ids(AT("daemon"), AT("daemon"), AT(ids)));
    CHECK_EQUAL(getpwnam("daemon")->pw_uid, ids[0]);
    CHECK_EQUAL(getpwnam("daemon")->pw_gid, ids[1]);
    CHECK_EQUAL(-ENOENT, px_user_ids(AT("no such user"), AT("daemon"), AT(ids)));
    CHECK_EQUAL(-ESRCH, px_user_ids(AT("daemon"), AT("no such group"), AT(ids)));
}

/* In a child, because there is no way back. Without the superuser's rights it is refused and nothing changes. */
static void all_threads_become_somebody_else(void) {
    int32_t ids[2];
    NEED(px_user_ids(AT("daemon"), AT("daemon"), AT(ids)));
    write_file("owned", "");
    int root = geteuid() == 0;
    CHECK_EQUAL(root ? 0 : -EPERM, px_chown(AT("owned"), ids[0], ids[1]));
    pid_t pid = (pid_t)NEED(fork());
    if (pid == 0) {
        uid_t other = (uid_t)-1;
        pthread_t thread;
        pthread_barrier_init(&barrier, NULL, 2);
        pthread_create(&thread, NULL, tell, &other);
        pthread_barrier_wait(&barrier);
        int answer = px_become(AT("daemon"), ids[0], ids[1]);
        pthread_barrier_wait(&barrier);
        pthread_join(thread, NULL);
        if (!root) {
            _exit(answer == -EPERM && other == geteuid() ? 0 : 1);
        }
        int changed = answer == 0 && other == (uid_t)ids[0] && getegid() == (gid_t)ids[1] && getuid() == other;
        _exit(changed && setuid(0) < 0 && getgroups(0, NULL) >= 0 ? 0 : 2);
    }
    int status = -1;
    NEED(waitpid(pid, &status, 0));
    CHECK_EQUAL(0, status);
}

int main(void) {
    scratch_enter();
    names_have_numbers();
    all_threads_become_somebody_else();
    return check_result();
}
