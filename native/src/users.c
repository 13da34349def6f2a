/* Who the process is: names to numbers, and giving the superuser's rights away. */
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include "border.h"

_Static_assert(sizeof(uid_t) == sizeof(int32_t) && sizeof(gid_t) == sizeof(int32_t), "ids cross as int32_t");

enum { RECORD_MAX = 64 * 1024 };

int px_user_ids(int64_t user, int64_t group, int64_t ids) {
    static _Thread_local char text[RECORD_MAX];
    struct passwd person;
    struct passwd *found_person = NULL;
    struct group set;
    struct group *found_set = NULL;
    if (getpwnam_r(pxi_at(user), &person, text, sizeof text, &found_person) != 0 || found_person == NULL) {
        return -ENOENT;
    }
    int32_t numbers[2] = {(int32_t)person.pw_uid, 0};
    if (getgrnam_r(pxi_at(group), &set, text, sizeof text, &found_set) != 0 || found_set == NULL) {
        return -ESRCH;
    }
    numbers[1] = (int32_t)set.gr_gid;
    memcpy(pxi_at(ids), numbers, sizeof numbers);
    return 0;
}

/* The order matters: whoever has given the user away may not change groups any more. */
int px_become(int64_t user, int uid, int gid) {
    if (setgid((gid_t)gid) < 0 || initgroups(pxi_at(user), (gid_t)gid) < 0 || setuid((uid_t)uid) < 0) {
        return -errno;
    }
    return 0;
}

int px_chown(int64_t path, int uid, int gid) { return pxi_answer(chown(pxi_at(path), (uid_t)uid, (gid_t)gid)); }
