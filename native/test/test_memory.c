/* Memory outside Java's heap. */
#include <errno.h>

#include "check.h"
#include "pollux.h"

int main(void) {
    int64_t first = px_malloc(64 * 1024);
    int64_t second = px_malloc(1);
    CHECK(first > 0 && second > 0 && first != second);
    memset((void *)(intptr_t)first, 'a', 64 * 1024);
    px_free(first);
    px_free(second);
    px_free(0);
    CHECK_EQUAL(-EINVAL, px_malloc(0));
    CHECK_EQUAL(-EINVAL, px_malloc(-1));
    return check_result();
}
