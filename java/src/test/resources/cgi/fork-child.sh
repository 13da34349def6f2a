#!/bin/sh
# Leaves a child behind that holds its output open: without the group's end the answer would never end. The child's pid
# goes into the file that PIDS names.
sleep 600 &
if [ -n "$PIDS" ]; then
    echo "$!" >"$PIDS.new" && mv "$PIDS.new" "$PIDS"
fi
printf 'Content-Type: text/plain\n\nparent\n'
