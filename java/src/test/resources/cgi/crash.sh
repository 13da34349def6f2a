#!/bin/sh
# Dies of a signal before it has said a word.
kill -SEGV $$
