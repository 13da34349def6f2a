#!/bin/sh
# Never answers and ignores TERM, as does its child: only KILL for the whole group ends it. Its pids go into the file
# that PIDS names, so that a test can see them gone.
trap '' TERM
sleep 600 &
if [ -n "$PIDS" ]; then
    echo "$$ $!" >"$PIDS.new" && mv "$PIDS.new" "$PIDS"
fi
wait
