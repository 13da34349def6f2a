#!/bin/sh
# Endless content: only a client that leaves ends it.
printf 'Content-Type: text/plain\n\n'
exec yes 0123456789abcde
