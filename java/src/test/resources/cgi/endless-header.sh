#!/bin/sh
# A header that never ends.
exec yes 'X-More: and more'
