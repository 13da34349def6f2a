#!/bin/sh
# Answers well, and ends with an exit code that says otherwise: the answer stands.
printf 'Content-Type: text/plain\n\nfine\n'
exit 3
