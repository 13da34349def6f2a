#!/bin/sh
# Begins an answer and stops in the middle of it: too late for another status.
printf 'Content-Type: text/plain\n\nhalf of'
exec sleep 600
