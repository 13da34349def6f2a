/* Memory outside Java's heap: what every buffer is made of. */
#include <stdlib.h>

#include "border.h"

_Static_assert(sizeof(size_t) >= sizeof(int64_t), "a length from Java is a size");

int64_t px_malloc(int64_t length) {
    if (length <= 0) {
        return -EINVAL;
    }
    void *memory = malloc((size_t)length);
    return memory == NULL ? -ENOMEM : (int64_t)(intptr_t)memory;
}

void px_free(int64_t address) { free(pxi_at(address)); }
