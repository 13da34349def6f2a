#!/bin/sh
# Complains in three lines, one with a control character and one without end, and answers.
printf 'first\nse\033cond\nthird' >&2
printf 'Content-Type: text/plain\n\ncomplained\n'
