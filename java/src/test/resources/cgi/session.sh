#!/bin/sh
# Counts in the visitor's session; "forget" as the query string clears it.
if [ "$QUERY_STRING" = forget ]; then
    printf 'Content-Type: text/plain\nSession-Clear:\n\nforgotten\n'
    exit
fi
count=$((${SESSION_COUNT:-0} + 1))
printf 'Content-Type: text/plain\nSession-Set: count=%s\n\ncount=%s id=%s\n' "$count" "$count" "$SESSION_ID"
